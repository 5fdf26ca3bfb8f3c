"""The outbox of an IMAP account, on a Dovecot with its extensions and on one without any, its mail sent to a real SMTP server."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from agent.errors import NeedsHuman, OnwardError, Rejected, Unavailable, Unsure
from agent.model import Mail
from agent.ports import Placed, Receipt
from connectors import imap
from connectors._imap_outbox import Outbox
from tests.contracts.outbox import OutboxContract, mail
from tests.needs import needed
from tests.rigs.dovecot import BARE, PROGRAM, Dovecot
from tests.rigs.imap_outbox import ImapOutboxRig
from tests.rigs.smtp import PASSWORD, Sink
from tests.rigs.wire import Wire

_users = count(1)


@pytest.fixture(scope="module", params=["", BARE], ids=["extensions", "bare"])
def server(request: pytest.FixtureRequest) -> Iterator[Dovecot]:
    needed(PROGRAM and Path(PROGRAM).exists(), "Dovecot (dovecot-imapd)")
    made = Dovecot(request.param)
    yield made
    made.close()


@pytest.fixture
def sink() -> Iterator[Sink]:
    made = Sink()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def rig(server: Dovecot, sink: Sink) -> Iterator[ImapOutboxRig]:
    made = ImapOutboxRig(server, f"dana{next(_users)}", sink)
    yield made
    made.close()


any_server = pytest.mark.parametrize("server", [""], indirect=True, ids=["extensions"])  # where extensions make no difference


class TestOutbox(OutboxContract):
    pass


def keyed(key: str = "approval-1", head: str = "In-Reply-To: <a1@acme.example>\r\n") -> Mail:
    """As it is written in earnest."""
    made = mail(key)
    raw = f"X-Onward-Key: {key}\r\n{head}".encode() + made.raw
    return replace(made, raw=raw, digest=sha256(raw).hexdigest())


def without(raw: bytes, *names: str) -> bytes:
    """What a client makes of it that does not keep these headers."""
    return re.sub(rf"(?m)^(?:{'|'.join(names)}): .*\r\n".encode(), b"", raw)


# -------------------------------------------------------------------------------------------------- what clients do


@any_server
def test_a_draft_is_marked_as_one_and_as_read(rig: ImapOutboxRig) -> None:
    rig.outbox().put(mail())
    rig.line.select("Drafts")
    _, (flags,) = rig.line.fetch("1", "(FLAGS)")
    assert rb"\Draft" in flags
    assert rb"\Seen" in flags


@any_server
@pytest.mark.parametrize("lost", [("X-Onward-Key",), ("Message-ID",), ("X-Onward-Key", "Message-ID")])
def test_a_client_that_keeps_few_headers_has_edited_the_draft_and_then_sent_it(rig: ImapOutboxRig, lost: tuple[str, ...]) -> None:
    handle = rig.outbox().put(keyed())
    changed = without(keyed().raw.replace(b"Thursday", b"Monday"), *lost).replace(b"5 Mar 2026 20:00", b"5 Mar 2026 20:30")
    rig.save(changed)
    rig.delete(keyed())
    assert rig.outbox().look([handle])[0] == Placed("draft", edited=True, anew=True)
    rig.outbox().put(keyed())
    assert rig.drafts() == [changed]
    with pytest.raises((Rejected, Unsure)):
        rig.outbox().send(handle)
    rig.send_bytes(changed)
    rig.line.select("Drafts")
    rig.line.store("1", "+FLAGS", r"(\Deleted)")
    rig.line.expunge()
    assert rig.outbox().look([handle])[0].state == "sent"
    assert rig.outbox().look([handle])[0].edited


@any_server
def test_a_draft_that_a_client_wraps_and_encodes_anew_has_the_same_words(rig: ImapOutboxRig) -> None:
    handle = rig.outbox().put(keyed())
    head, _, body = keyed().raw.partition(b"\r\n\r\n")
    head = head.replace(b"8bit", b"base64")
    rig.save(head + b"\r\nX-Mailer: one\r\n\r\n" + base64.encodebytes(body.replace(b" on", b"\r\non")).replace(b"\n", b"\r\n"))
    rig.delete(keyed())
    assert rig.outbox().look([handle])[0] == Placed("draft", anew=True)


@any_server
@pytest.mark.parametrize("other", ["To: eve@evil.example", "Cc: eve@evil.example", "Bcc: eve@evil.example", "Subject: Other"])
def test_another_recipient_or_subject_is_an_edit(rig: ImapOutboxRig, other: str) -> None:
    handle = rig.outbox().put(keyed())
    name = other.partition(":")[0]
    rig.save(other.encode() + b"\r\n" + without(keyed().raw, name))
    rig.delete(keyed())
    assert rig.outbox().look([handle])[0] == Placed("draft", edited=True, anew=True)


@any_server
def test_what_the_rep_wrote_before_or_to_others_is_not_taken_for_the_draft(rig: ImapOutboxRig) -> None:
    early = without(keyed().raw, "X-Onward-Key", "Message-ID").replace(b"5 Mar 2026", b"4 Mar 2026")
    other = without(keyed().raw, "X-Onward-Key", "Message-ID").replace(b"pat@acme", b"lee@acme")
    for raw in (early, other):
        rig.save(raw)
    handle = rig.outbox().put(keyed())
    assert len(rig.drafts()) == 3
    rig.delete(keyed())
    assert rig.outbox().look([handle])[0] == Placed("gone")


def test_a_draft_of_another_approval_is_another_draft_though_it_answers_the_same_mail(rig: ImapOutboxRig) -> None:
    first, second = rig.outbox().put(keyed("a")), rig.outbox().put(keyed("b"))
    assert len(rig.drafts()) == 2
    assert rig.outbox().withdraw(first)
    assert rig.outbox().look([first])[0] == Placed("gone")
    assert rig.outbox().look([second])[0] == Placed("draft")


def test_of_two_drafts_the_same_to_the_byte_one_is_kept(rig: ImapOutboxRig) -> None:
    rig.outbox().put(keyed())
    rig.save(keyed().raw)
    handle = rig.outbox().put(keyed())
    assert rig.drafts() == [keyed().raw]
    assert rig.outbox().send(handle).id
    assert rig.sent() == [keyed().raw]


def test_a_draft_that_was_replaced_by_half_is_replaced_once_it_is_laid_again(rig: ImapOutboxRig) -> None:
    """The process died after it had laid the new one and before it took the old one away."""
    rig.outbox().put(keyed())
    other = replace(keyed(), raw=keyed().raw.replace(b"Thursday", b"Friday"))
    rig.append("Drafts", other.raw, r"(\Draft \Seen OnwardDraft)")
    handle = rig.outbox().put(other)
    assert rig.drafts() == [other.raw]
    rig.outbox().send(handle)
    assert rig.sent() == [other.raw]


def test_of_two_drafts_that_differ_both_are_kept_and_none_is_sent(rig: ImapOutboxRig) -> None:
    handle = rig.outbox().put(keyed())
    rig.save(keyed().raw.replace(b"Thursday", b"Monday"))
    rig.outbox().put(keyed())
    with pytest.raises(Rejected):
        rig.outbox().send(handle)
    assert len(rig.drafts()) == 2
    assert rig.outbox().look([handle])[0] == Placed("draft", edited=True, anew=True)


@any_server
def test_a_draft_with_words_of_the_rep_is_not_taken_away(rig: ImapOutboxRig) -> None:
    handle = rig.outbox().put(keyed())
    changed = rig.edit(keyed())
    assert not rig.outbox().withdraw(handle)
    assert rig.drafts() == [changed]


def test_what_the_rep_has_marked_for_deletion_is_not_deleted_with_a_draft(rig: ImapOutboxRig) -> None:
    """A server without UIDPLUS deletes all that is marked, or nothing."""
    rig.save(mail("of the rep").raw)
    rig.line.select("Drafts")
    rig.line.store("1", "+FLAGS", r"(\Deleted)")
    outbox = rig.outbox()
    one, other = outbox.put(keyed("a")), outbox.put(keyed("b"))
    assert outbox.withdraw(one)
    outbox.send(other)
    assert mail("of the rep").raw in rig.drafts()
    assert (outbox.look([one])[0], outbox.look([other])[0].state) == (Placed("gone"), "sent")


@any_server
def test_a_folder_that_was_made_anew_still_holds_the_draft(rig: ImapOutboxRig) -> None:
    """Another UIDVALIDITY, other UIDs."""
    handle = rig.outbox().put(keyed())
    rig.line.select("INBOX")
    rig.line.rename("Drafts", "Old")
    rig.line.create("Drafts")
    rig.append("Drafts", mail("other").raw, r"(\Draft)")
    rig.append("Drafts", keyed().raw, r"(\Draft)")
    assert rig.outbox(drafts="Drafts").look([handle])[0] == Placed("draft", anew=True)
    rig.outbox(drafts="Drafts").send(handle)
    assert rig.sent() == [keyed().raw]


# ------------------------------------------------------------------------------------------------------- the folders


@any_server
def test_folders_without_special_use_are_known_by_their_usual_names_or_named(rig: ImapOutboxRig) -> None:
    with Wire(rig.server.port, down=lambda data: re.sub(rb"\\(Drafts|Sent)\b", rb"\\Marked", data)) as wire:
        outbox = rig.outbox(port=wire.port)
        outbox.send(outbox.put(mail()))
        rig.line.create("Postausgang")
        named = rig.outbox(port=wire.port, sent="Postausgang")
        named.send(named.put(mail("b")))
    assert rig.mails("Sent") == [mail().raw]
    assert rig.mails("Postausgang") == [mail("b").raw]


@any_server
@pytest.mark.parametrize("place", ["drafts", "sent"])
def test_a_folder_that_is_not_there_is_named_with_those_that_are(rig: ImapOutboxRig, place: str) -> None:
    with pytest.raises(NeedsHuman) as told:
        rig.outbox(**{place: "Nowhere"}).put(mail())
    assert "'Nowhere'" in told.value.told
    assert f"`{place}`" in told.value.told
    assert "Archive" in told.value.told


# ----------------------------------------------------------------------------------------------------------- sending


def test_a_draft_is_marked_before_the_mail_server_is_told_the_text(rig: ImapOutboxRig) -> None:
    """Whoever finds it so cannot say that it has not left."""
    outbox = rig.outbox()
    handle, seen = outbox.put(mail()), []

    def heard(data: bytes) -> bytes:
        if data.upper().startswith(b"DATA"):
            rig.line.select("Drafts")
            seen.append(rig.line.search(None, "DELETED")[1])
        return data

    with Wire(rig.sink.at, heard) as wire:
        rig.outbox(smtp={"port": wire.port, "security": "none"}).send(handle)
    assert seen == [[b"1"]]


@pytest.mark.parametrize(("answer", "fate"), [("450 4.3.0 later", Unavailable), ("554 5.6.0 never", Rejected)])
@pytest.mark.parametrize("command", ["MAIL", "RCPT pat@acme.example", "DATA"])
def test_what_is_refused_is_a_draft_again(rig: ImapOutboxRig, command: str, answer: str, fate: type[OnwardError]) -> None:
    rig.sink.handler.answers[command] = [answer]
    outbox = rig.outbox()
    handle = outbox.put(mail())
    with pytest.raises(fate):
        outbox.send(handle)
    assert rig.outbox().look([handle])[0] == Placed("draft")
    assert (rig.drafts(), rig.mails("Sent"), rig.sent()) == ([mail().raw], [], [])
    outbox.send(handle)
    assert rig.sent() == [mail().raw]


@any_server
@pytest.mark.parametrize("keywords", [True, False])
def test_a_draft_that_may_have_left_and_is_saved_anew_does_not_tell_that_it_did_not(rig: ImapOutboxRig, keywords: bool) -> None:
    """Byte for byte what was approved, but the mark is gone; without keywords nobody can tell it from what was laid."""
    with Wire(rig.server.port, down=lambda data: data if keywords else data.replace(b" \\*)]", b")]")) as mailbox:
        outbox = rig.outbox(port=mailbox.port)
        handle = outbox.put(mail())
        assert outbox.look([handle])[0] == Placed("draft", anew=not keywords)
        with Wire(rig.sink.at, down=lambda data: None if rig.sent() else data) as wire, pytest.raises(Unsure):
            rig.outbox(port=mailbox.port, smtp={"port": wire.port, "security": "none"}).send(handle)
        rig.save(mail().raw)
        for expunged in (False, True):
            assert rig.outbox(port=mailbox.port).look([handle])[0] == Placed("draft", anew=True)
            if not expunged:
                rig.line.select("Drafts")
                rig.line.expunge()


@any_server
def test_a_mailbox_that_a_draft_was_not_laid_in_tells_nothing_of_it(rig: ImapOutboxRig) -> None:
    """Nothing found in another account, folder or kind of outbox is no deleted draft; what lies there all the same is found."""
    handle = rig.outbox().put(mail())
    rig.line.create("Entwurf")
    other = ImapOutboxRig(rig.server, f"lee{next(_users)}", rig.sink)
    assert other.outbox().look([handle])[0] == Placed("elsewhere")
    assert rig.outbox(drafts="Entwurf").look([handle])[0] == Placed("elsewhere")
    rig.line.select("Drafts")
    rig.line.copy("1", "Entwurf")
    assert rig.outbox(drafts="Entwurf").look([handle])[0] == Placed("draft")
    other.close()


@any_server
def test_many_drafts_are_looked_for_in_one_connection(rig: ImapOutboxRig) -> None:
    handles, said = [rig.outbox().put(mail(str(number))) for number in range(6)], list[bytes]()

    def up(data: bytes) -> bytes:
        said.append(data)
        return data

    with Wire(rig.server.port, up) as wire:
        outbox = rig.outbox(port=wire.port)
        outbox.look(handles[:1])
        one = len(said)
        said.clear()
        assert [found.state for found in outbox.look(handles)] == ["draft"] * 6
    assert sum(b"LOGIN" in line.upper() or b"AUTHENTICATE" in line.upper() for line in said) == 1
    assert len(said) < 3 * one


@any_server
def test_a_draft_that_may_have_left_is_no_draft_though_the_rep_takes_back_its_deletion(rig: ImapOutboxRig) -> None:
    """A client shows it as deleted, and can undo that."""
    handle = rig.outbox().put(mail())
    with Wire(rig.sink.at, down=lambda data: None if rig.sent() else data) as wire, pytest.raises(Unsure):
        rig.outbox(smtp={"port": wire.port, "security": "none"}).send(handle)
    rig.line.select("Drafts")
    rig.line.store("1", "-FLAGS", r"(\Deleted)")
    assert rig.outbox().look([handle])[0] == Placed("gone")
    with pytest.raises(Unsure):
        rig.outbox().send(handle)
    assert not rig.outbox().withdraw(handle)
    assert rig.outbox().put(mail()) == handle
    assert rig.sent() == [mail().raw]


def test_what_is_refused_while_the_mailbox_breaks_off_is_a_draft_again_later(rig: ImapOutboxRig) -> None:
    outbox = rig.outbox()
    handle = outbox.put(mail())
    rig.sink.handler.answers["DATA"] = ["450 4.3.0 later"]

    def gone(data: bytes) -> bytes | None:
        return None if b"-FLAGS" in data else data

    with Wire(rig.server.port, gone) as wire:
        outbox.account = replace(outbox.account, port=wire.port)
        with pytest.raises(Unavailable):
            outbox.send(handle)
    assert rig.outbox().look([handle])[0] == Placed("gone")  # another process cannot know
    outbox.account = replace(outbox.account, port=rig.server.port)
    assert outbox.look([handle])[0] == Placed("draft")
    outbox.send(handle)
    assert rig.sent() == [mail().raw]


def test_a_mail_that_left_is_sent_though_the_mailbox_breaks_off(rig: ImapOutboxRig) -> None:
    outbox = rig.outbox()
    handle = outbox.put(mail())
    with Wire(rig.server.port, lambda data: None if rig.sent() else data) as wire:
        outbox.account = replace(outbox.account, port=wire.port)
        assert isinstance(outbox.send(handle), Receipt)
    assert rig.sent() == [mail().raw]
    assert rig.outbox().look([handle])[0] == Placed("gone")  # in doubt for whoever does not know the receipt, never a draft
    with pytest.raises(Unsure):
        rig.outbox().send(handle)


@any_server
@pytest.mark.parametrize("code", [b"", b"[OVERQUOTA] ", b"[TRYCREATE] "])
def test_a_mail_that_left_is_sent_though_its_copy_is_refused(rig: ImapOutboxRig, code: bytes) -> None:
    def down(data: bytes) -> bytes:
        return re.sub(rb"OK \[APPENDUID [^\r]*", b"NO " + code + b"no", data) if rig.sent() else data

    with Wire(rig.server.port, down=down) as wire:
        outbox = rig.outbox(port=wire.port)
        assert isinstance(outbox.send(outbox.put(mail())), Receipt)
    assert (rig.drafts(), rig.sent()) == ([], [mail().raw])


@any_server
@pytest.mark.parametrize("command", [b"EXAMINE", b"FETCH"])
def test_a_folder_of_sent_mail_that_cannot_be_read_shows_nothing_and_so_nothing_is_laid_or_sent(rig: ImapOutboxRig, command: bytes) -> None:
    """A fault of the look is no look that found nothing."""
    handle = rig.outbox().put(mail())
    rig.append("Sent", mail("earlier").raw, r"(\Seen)")
    tags: list[bytes] = []

    def up(data: bytes) -> bytes:
        if b"EXAMINE" in data:
            tags[:] = []
            reading = b"Sent" in data
        else:
            reading = bool(seen)
        seen[:] = [b"x"] if reading else []
        if reading and command in data:
            tags.append(data.split(b" ")[0])
        return data

    def down(data: bytes) -> bytes:
        return re.sub(rb"(?m)^%s OK[^\r]*" % tags[-1], tags[-1] + b" NO [SERVERBUG] no", data) if tags else data

    seen: list[bytes] = []
    with Wire(rig.server.port, up, down) as wire:
        outbox = rig.outbox(port=wire.port)
        calls: list[Callable[[], object]] = [
            lambda: outbox.look([handle]),
            lambda: outbox.send(handle),
            lambda: outbox.put(mail("b")),
            lambda: outbox.withdraw(handle),
        ]
        for call in calls:
            with pytest.raises(OnwardError):
                call()
    assert (rig.drafts(), rig.sent()) == ([mail().raw], [])


@any_server
@pytest.mark.parametrize("answer", ["250 taken", "450 4.3.0 later"])
def test_a_server_that_deletes_at_once_what_is_marked_is_as_good(rig: ImapOutboxRig, answer: str) -> None:
    """As Gmail does by default."""
    marked: list[bytes] = []

    def up(data: bytes) -> bytes:
        marked.extend([data] if b"+FLAGS" in data else [])
        return data

    def down(data: bytes) -> bytes:
        if marked:
            rig.line.select("Drafts")
            rig.line.expunge()
            marked.clear()
        return data

    with Wire(rig.server.port, up, down) as wire:
        outbox = rig.outbox(port=wire.port)
        handle = outbox.put(mail())
        if not answer.startswith("250"):
            rig.sink.handler.answers["DATA"] = [answer]
            with pytest.raises(Unavailable):
                outbox.send(handle)
            assert (rig.drafts(), rig.sent()) == ([mail().raw], [])
        outbox.send(handle)
        assert (rig.drafts(), rig.mails("Sent"), rig.sent()) == ([], [mail().raw], [mail().raw])
        outbox.put(mail("b"))
        assert outbox.withdraw(outbox.put(mail("b")))
    assert rig.drafts() == []


@any_server
def test_a_connection_that_breaks_once_after_it_left_is_made_anew_for_the_copy(rig: ImapOutboxRig) -> None:
    broken: list[bytes] = []

    def once(data: bytes) -> bytes | None:
        if rig.sent() and not broken:
            broken.append(data)
            return None
        return data

    outbox = rig.outbox()
    handle = outbox.put(mail())
    with Wire(rig.server.port, once) as wire:
        outbox.account = replace(outbox.account, port=wire.port)
        outbox.send(handle)
    assert broken
    assert (rig.drafts(), rig.mails("Sent"), rig.sent()) == ([], [mail().raw], [mail().raw])


@any_server
def test_a_server_that_keeps_a_copy_itself_gets_no_second_one(rig: ImapOutboxRig) -> None:
    taken = rig.sink.handler.taken
    kept: list[bytes] = []

    def down(data: bytes) -> bytes:
        if len(taken) > len(kept):
            kept.append(taken[-1].raw)
            rig.append("Sent", taken[-1].raw, r"(\Seen)")
        return data

    with Wire(rig.sink.at, down=down) as wire:
        outbox = rig.outbox(smtp={"port": wire.port, "security": "none"})
        for key in ("a", "b"):
            outbox.send(outbox.put(mail(key)))
    assert rig.mails("Sent") == [mail("a").raw, mail("b").raw]


@any_server
@pytest.mark.parametrize(("copies", "there"), [("always", 1), ("never", 0), ("auto", 1)])
def test_whether_a_copy_is_kept_can_be_set(rig: ImapOutboxRig, copies: str, there: int) -> None:
    outbox = rig.outbox(copy_to_sent=copies)
    outbox.send(outbox.put(mail()))
    assert len(rig.mails("Sent")) == there
    assert (rig.drafts(), rig.sent()) == ([], [mail().raw])


@any_server
@pytest.mark.parametrize(
    "head", ["To: pat@acme.example", "From: dana@northwind.example", "From: a@b.example\r\nFrom: c@d.example\r\nTo: e@f.example"]
)
def test_a_mail_without_one_sender_and_a_recipient_is_not_sent(rig: ImapOutboxRig, head: str) -> None:
    raw = f"{head}\r\nSubject: x\r\nMessage-ID: <m1@northwind.example>\r\n\r\nHi\r\n".encode()
    outbox = rig.outbox()
    handle = outbox.put(Mail("k", raw, "<m1@northwind.example>", "dana@northwind.example", ("pat@acme.example",)))
    with pytest.raises(Rejected):
        outbox.send(handle)
    assert (rig.drafts(), rig.sent()) == ([raw], [])


@any_server
def test_without_smtp_drafts_are_laid_and_nothing_can_be_sent(rig: ImapOutboxRig) -> None:
    outbox = rig.outbox(smtp=None)
    handle = outbox.put(mail())
    with pytest.raises(NeedsHuman, match="nothing set to send with") as told:
        outbox.send(handle)
    assert "smtp:" in told.value.told
    assert outbox.look([handle])[0] == Placed("draft")
    assert outbox.withdraw(handle)


@any_server
def test_a_server_that_writes_every_draft_anew_still_gets_the_approved_bytes_sent(rig: ImapOutboxRig) -> None:
    def anew(data: bytes) -> bytes:
        return data.replace(b"MIME-Version: 1.0", b"Mime-Version: 1.0") if b"Subject:" in data else data

    with Wire(rig.server.port, anew) as wire:
        outbox = rig.outbox(port=wire.port)
        handle = outbox.put(mail())
        assert rig.drafts() != [mail().raw]
        assert outbox.look([handle])[0] == Placed("draft")
        outbox.send(handle)
    assert rig.sent() == [mail().raw]


@any_server
def test_a_server_that_keeps_no_keywords_is_told_none(rig: ImapOutboxRig) -> None:
    said: list[bytes] = []

    def up(data: bytes) -> bytes:
        said.append(data)
        return data

    with Wire(rig.server.port, up, lambda data: data.replace(b" \\*)]", b")]")) as wire:
        outbox = rig.outbox(port=wire.port)
        outbox.send(outbox.put(mail()))
        edited = outbox.put(mail("b"))
        changed = rig.edit(mail("b"))
        assert outbox.put(mail("b")) == edited
        assert outbox.look([edited])[0] == Placed("draft", edited=True, anew=True)
    assert b"Onward" not in b"".join(said)
    assert (rig.drafts(), rig.sent()) == ([changed], [mail().raw])


@any_server
@pytest.mark.parametrize(
    ("answer", "fate", "says"),
    [
        (b"NO [OVERQUOTA] dana@northwind.example is full", NeedsHuman, "no room left"),
        (b"NO [TRYCREATE] no", NeedsHuman, "make it there"),
        (b"NO [UNAVAILABLE] later", Unavailable, "just now"),
        (b"NO no", Unavailable, "without saying why"),
        (b"BAD what", Rejected, "does not understand"),
    ],
)
def test_a_draft_that_the_mailbox_refuses_is_said_by_what_must_happen_next(
    rig: ImapOutboxRig, answer: bytes, fate: type[OnwardError], says: str
) -> None:
    with Wire(rig.server.port, down=lambda data: re.sub(rb"OK (\[APPENDUID [^\r]*)", answer, data)) as wire, pytest.raises(fate) as told:
        rig.outbox(port=wire.port).put(mail())
    assert says in told.value.told
    assert "northwind" not in told.value.told
    assert rig.outbox().put(mail())
    assert rig.drafts() == [mail().raw]


# ---------------------------------------------------------------------------------------------------- lines that break


@any_server
def test_a_server_whose_search_finds_nothing_still_shows_what_was_sent(rig: ImapOutboxRig) -> None:
    """HEADER searches are no oracle: several servers find nothing of what is there."""
    with Wire(rig.server.port, down=lambda data: re.sub(rb"\* SEARCH[ \d]*\r\n", b"* SEARCH\r\n", data)) as wire:
        outbox = rig.outbox(port=wire.port)
        handle = outbox.put(mail())
        outbox.send(handle)
        for again in (outbox, rig.outbox(port=wire.port)):
            assert again.look([handle])[0].state == "sent"
            again.send(handle)
            assert not again.withdraw(handle)
            assert again.put(mail()) == handle
    assert (rig.drafts(), rig.sent()) == ([], [mail().raw])


def test_an_append_whose_answer_is_lost_is_in_doubt_and_lays_no_second_draft(rig: ImapOutboxRig) -> None:
    said: list[bytes] = []

    def up(data: bytes) -> bytes:
        said.append(data)
        return data

    with (
        Wire(rig.server.port, up, lambda data: None if b"Subject: Re: Acme" in b"".join(said[-1:]) else data) as wire,
        pytest.raises(Unsure),
    ):
        rig.outbox(port=wire.port).put(mail())
    assert rig.drafts() == [mail().raw]
    handle = rig.outbox().put(mail())
    assert rig.drafts() == [mail().raw]
    rig.outbox().send(handle)
    assert rig.sent() == [mail().raw]


def test_wherever_the_mailbox_breaks_off_while_it_is_sent_it_leaves_at_most_once_and_what_is_said_is_true(rig: ImapOutboxRig) -> None:
    fates: set[tuple[str, int]] = set()
    bare = "CONDSTORE" not in rig.line.capabilities
    for number in count() if os.environ.get("CRASH") else count(int(bare), 4):
        handle = rig.outbox().put(mail(str(number)))
        rig.sink.handler.taken.clear()
        with Wire(rig.server.port, breaks=number) as wire:
            fate = _fate(rig.outbox(port=wire.port), handle)
        fates.add((fate, len(rig.sent())))
        found = rig.outbox().look([handle])[0]
        assert (found.state == "draft") <= (not rig.sent()), number
        assert (found.state == "sent") <= bool(rig.sent()), number
        if found.state == "draft":
            rig.outbox().send(handle)
        assert len(rig.sent()) <= 1
        if wire.pieces <= number:
            break
    assert fates <= {("Unavailable", 0), ("Unsure", 0), ("Receipt", 1)}
    assert {("Unavailable", 0), ("Receipt", 1)} <= fates


def _fate(outbox: Outbox, handle: str) -> str:
    try:
        return type(outbox.send(handle)).__name__
    except OnwardError as fault:
        return type(fault).__name__


@any_server
def test_no_error_holds_a_secret_or_names_a_person(rig: ImapOutboxRig) -> None:
    secret = {"password": PASSWORD}
    faults: list[OnwardError] = []
    good = rig.outbox().put(mail())
    for more in (secret, {"smtp": {"port": 1, "security": "none", **secret}}, {"drafts": "Nowhere"}):
        try:
            rig.outbox(**more).send(good)
        except OnwardError as fault:
            faults.append(fault)
    assert len(faults) == 3
    for fault in faults:
        for text in (fault.told, repr(fault), str(fault.__cause__), repr(rig.outbox(**secret)), repr(rig.settings(smtp=secret))):
            assert PASSWORD not in text
            assert "acme" not in text


# ---------------------------------------------------------------------------------------------------------- settings


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ({"host": "imap.mail.example"}, ("smtp.mail.example", 465, "tls", "dana", "p")),
        ({"host": "mail.example", "security": "starttls"}, ("mail.example", 587, "starttls", "dana", "p")),
        ({"host": "mail.example", "smtp": {"port": 587}}, ("mail.example", 587, "starttls", "dana", "p")),
        ({"host": "mail.example", "smtp": {"port": 465}, "security": "starttls"}, ("mail.example", 465, "tls", "dana", "p")),
        ({"host": "mail.example", "smtp": {"host": "out.example", "user": "d", "password": "q"}}, ("out.example", 465, "tls", "d", "q")),
    ],
)
def test_what_smtp_leaves_out_is_as_in_imap(given: dict[str, Any], at: tuple[object, ...]) -> None:
    made = imap.OutboxSettings(**{"user": "dana", "password": "p", "smtp": {}} | given).server
    assert made is not None
    assert (made.host, made.at, made.security, made.user, made.password) == at
