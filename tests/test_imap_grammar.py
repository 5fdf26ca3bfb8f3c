"""Answers that the grammar of IMAP allows (RFC 9051, section 9) and hardly a server gives."""

from __future__ import annotations

import pytest

from agent.errors import Unavailable
from connectors._imap_box import Box, Entry
from connectors._imap_grammar import Reply
from tests.rigs.imap_script import Server
from tests.test_imap_rows import server

__all__ = ["server"]

HEAD = b"BODY[HEADER.FIELDS (MESSAGE-ID)] "


def entries(server: Server, *rows: bytes) -> list[Entry]:
    """Of a folder that answers with these rows."""
    server.says = lambda command: [*rows, b"T OK done"] if b"FETCH" in command else None
    for number in range(3):
        server.boxes["INBOX"].put(number)
    with server.settings().account.open() as session:
        return Box(session, "INBOX", frozenset(), writes=False).open().recent()


@pytest.mark.parametrize(
    "row",
    [
        HEAD + b'"Message-ID: <(UID 99 FLAGS (\\\\Deleted) )@x>" UID 5 FLAGS (\\Seen)',
        b"FLAGS (\\Seen) UID 5 " + HEAD + b"{27}\r\nMessage-ID: <UID 99@x.test>",
        b"uid 5 flags (\\Seen) " + HEAD + b'"Message-ID: <a@x>"',
        b"X-NEW (UID 99 (FLAGS (\\Deleted))) UID 5 FLAGS (\\Seen) " + HEAD + b"~{18}\r\nMessage-ID: <a@x>\r",
        b"FLAGS (\\Seen) UID 5 MODSEQ (77) " + HEAD + b'"x"',
    ],
)
def test_uid_and_flags_of_a_draft_are_those_of_the_answer_and_not_what_somebody_wrote(server: Server, row: bytes) -> None:
    (entry,) = entries(server, b"* 1 FETCH (" + row + b")")
    assert (entry.uid, entry.marked) == (5, False)


def test_a_draft_that_another_client_marks_meanwhile_is_marked(server: Server) -> None:
    row = b"* 1 FETCH (UID 5 FLAGS () " + HEAD + b'"Message-ID: <a@x>")'
    (entry,) = entries(server, row, b"* 1 FETCH (UID 5 FLAGS (\\Deleted))", b"* 2 FETCH (FLAGS (\\Seen))", b'* LIST () "/" (UID 5)')
    assert entry.marked


def test_a_folder_stands_as_it_is_told_and_not_as_a_text_says(server: Server) -> None:
    loud = b"* OK [ALERT] * 99 EXISTS, [UIDVALIDITY 3] and [PERMANENTFLAGS (\\*)]"
    server.says = lambda command: [b"* 2 EXISTS", b"* OK [UIDVALIDITY 7] ok", loud, b"T OK done"] if b"EXAMINE" in command else None
    with server.settings().account.open() as session:
        box = Box(session, "INBOX", frozenset(), writes=False).open()
    assert (box.exists, box.validity, box.keywords) == (2, 7, False)


def test_a_range_that_no_mailbox_can_hold_is_not_counted_out(server: Server) -> None:
    server.can += " ESEARCH"
    server.boxes["INBOX"].put(1)
    server.says = lambda command: [b'* ESEARCH (TAG "T") UID ALL 1:4294967295', b"T OK done"] if b"SEARCH" in command else None
    with pytest.raises(Unavailable, match="more mails"):
        server.source().pull(None)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        (b"* LIST () NIL a[b", [b"*", b"LIST", [], None, b"a[b"]),
        (b'* LIST () "\\\\" a]b', [b"*", b"LIST", [], b"\\", b"a]b"]),
        (b"* 1 FETCH (BODY[HEADER.FIELDS (TO CC)]<0> NIL)", [b"*", b"1", b"FETCH", [b"BODY[HEADER.FIELDS (TO CC)]<0>", None]]),
        (b"* 1 FETCH (FLAGS (nil \\x ]))", [b"*", b"1", b"FETCH", [b"FLAGS", [None, b"\\x", b"]"]]]),
    ],
)
def test_a_word_ends_where_the_grammar_ends_it(text: bytes, tree: object) -> None:
    assert Reply(text).tree() == tree
