"""What IMAP servers of other makes (Courier, Cyrus, GNU Mailutils, pymap, Hoodiecrow) were heard to say, and Dovecot does not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from agent.errors import NeedsHuman
from agent.ports import Placed
from connectors import imap
from connectors._imap_box import OURS
from connectors._imap_grammar import encoded
from connectors._imap_outbox import Outbox
from tests.contracts.outbox import mail
from tests.contracts.source import news
from tests.needs import needed
from tests.rigs.dovecot import PROGRAM, Dovecot
from tests.rigs.imap_outbox import ImapOutboxRig
from tests.rigs.imap_script import Box, Server
from tests.rigs.smtp import Sink
from tests.rigs.wire import Wire

_users = count(1)


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    needed(PROGRAM and Path(PROGRAM).exists(), "Dovecot (dovecot-imapd)")
    made = Dovecot()
    yield made
    made.close()


@pytest.fixture
def rig(server: Dovecot) -> Iterator[ImapOutboxRig]:
    sink = Sink()
    sink.start()
    made = ImapOutboxRig(server, f"dana{next(_users)}", sink)
    yield made
    made.close()
    sink.stop()


@pytest.fixture
def script() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


# --------------------------------------------------------------------------------------------------------------- login


def test_a_login_that_is_confirmed_with_a_bare_line_feed_counts(rig: ImapOutboxRig) -> None:
    """GNU Mailutils ends its line so."""
    with Wire(rig.server.port, down=lambda data: data.replace(b"\r\n", b"\n") if data.startswith(b"X1 OK") else data) as wire:
        rig.outbox(port=wire.port).put(mail())
    assert rig.drafts() == [mail().raw]


@pytest.mark.parametrize(
    ("can", "password", "login"),
    [
        ("", 'se"c ret', b'"dana" "se\\"c ret"'),
        ("", "grün weiß", "dana grün weiß".encode()),
        ("AUTH=LOGIN", "secret", b'"dana" "secret"'),
        ("AUTH=LOGIN LOGINDISABLED", "grün", "dana\0grün".encode()),
        ("AUTH=PLAIN AUTH=LOGIN LOGINDISABLED", "grün", "\0dana\0grün".encode()),
    ],
)
def test_the_password_is_told_in_a_way_that_the_server_offers(script: Server, can: str, password: str, login: bytes) -> None:
    script.can = f"IMAP4rev1 {can}"
    script.boxes["INBOX"].put(1)
    assert len(script.source(password=password).pull(None).items) == 1
    assert script.login == login


def test_a_mailbox_that_opens_only_over_tls_is_told_no_password_and_the_rep_what_to_write(script: Server) -> None:
    """Cyrus, and bridges on the rep's own machine."""
    script.can = "IMAP4rev1 STARTTLS LOGINDISABLED"
    with pytest.raises(NeedsHuman) as told:
        script.source().pull(None)
    assert "write security: starttls in `mail`" in told.value.told
    assert all(command == b"CAPABILITY" for command in script.asked)


def test_a_server_that_takes_mail_only_over_tls_is_no_wrong_password(rig: ImapOutboxRig) -> None:
    """Postfix, where it is told to encrypt."""
    outbox = rig.outbox()
    handle = outbox.put(mail())
    rig.sink.handler.answers["MAIL"] = ["530 5.7.0 Must issue a STARTTLS command first"]
    with pytest.raises(NeedsHuman) as told:
        outbox.send(handle)
    assert "write security: starttls for `smtp` in `outbox`" in told.value.told
    assert (rig.drafts(), rig.sent()) == ([mail().raw], [])


# ------------------------------------------------------------------------------------------------------------- folders


def listed(script: Server, between: str, *names: str) -> None:
    script.boxes |= {name: Box(next=100 * number) for number, name in enumerate(names, 2)}
    script.listed = [f'* LIST (\\HasNoChildren) "{between}" "{name}"'.encode() for name in script.boxes]


def outbox(script: Server, **more: str) -> Outbox:
    settings = imap.OutboxSettings("127.0.0.1", "dana", "secret", port=script.port, security="none", **more)  # type: ignore[arg-type]
    return imap.outbox(settings, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "sent", ["Sent", "Sent Items", "Gesendete Objekte", "Elementos enviados", "Verzonden", "Posta inviata", "Wysłane", "已发送"]
)
@pytest.mark.parametrize(("between", "prefix"), [("/", ""), (".", "INBOX.")])
def test_where_the_server_does_not_say_what_folders_are_for_their_names_do(script: Server, between: str, prefix: str, sent: str) -> None:
    """By the same names for the mail that is read and for the copy of what is sent."""
    listed(script, between, f"{prefix}Projects", prefix + encoded(sent), f"{prefix}Archiv", f"{prefix}Bozze")
    assert outbox(script).probe(sending=False) == f"drafts go to {prefix}Bozze, sent mail to {prefix}{sent}"
    assert [part.rsplit(" ", 1)[0] for part in script.source().probe().split(", ")] == ["INBOX", prefix + sent, f"{prefix}Archiv"]


@pytest.mark.parametrize("name", ["Sales/2026", "INBOX/Sales/2026", "INBOX.Sales.2026"])
def test_a_folder_is_named_as_a_client_shows_it_or_as_the_server_writes_it(script: Server, name: str) -> None:
    """Courier and Cyrus keep all folders below INBOX, and clients do not show that."""
    listed(script, ".", "INBOX.Sales.2026", "INBOX.Drafts")
    assert script.source(folders=("inbox", name)).probe() == "INBOX (0), INBOX.Sales.2026 (0)"
    told = outbox(script, drafts="Drafts", sent=name).probe(sending=False)
    assert told == "drafts go to INBOX.Drafts, sent mail to INBOX.Sales.2026"


# ------------------------------------------------------------------------------------------------------------- reading


@pytest.mark.parametrize("others", [0, 1])
def test_a_folder_that_is_made_anew_as_long_as_it_is_empty_is_no_reset_and_no_suspicion(script: Server, others: int) -> None:
    """GNU Mailutils keeps UIDVALIDITY in the first mail of an mbox."""
    sent = script.boxes["Sent"] = Box()
    for number in range(others):
        script.boxes["INBOX"].put(number)
    source, cursor = script.source(), None
    for first in (True, False, False):
        sent.validity += 1
        batch = source.pull(cursor)
        cursor = batch.cursor
        assert (batch.reset, batch.suspect, len(batch.items)) == (first, False, others if first else 0)
    sent.validity += 1
    sent.put(7)
    batch = source.pull(cursor)
    assert ([item.subject for item in batch.items], batch.reset) == (["mail 7"], False)
    assert news([source.pull(batch.cursor)]) == 0


@pytest.mark.parametrize("answer", ["BODY[1] NIL", 'BODY[1]<0> ""', "BODY[1]<0> {0}\r\n", ""])
def test_a_mail_whose_text_a_server_cannot_find_by_its_number_is_read_from_its_beginning(script: Server, answer: str) -> None:
    """GNU Mailutils (a Content-Type that is none, a part that does not end) and Hoodiecrow (all mails but the first one)."""
    for number in (1, 2):
        script.boxes["INBOX"].put(number)
    source = script.source()
    ids = [item.id for item in source.pull(None).items]

    def says(command: bytes) -> list[bytes] | None:
        given = f"* 2 FETCH (UID 2 {answer})".encode()
        return [given, b"T OK done"] if answer and b"BODY.PEEK[1]" in command else [b"T NO no"] if b"BODY.PEEK[1]" in command else None

    script.says = says
    assert [body.text.strip() for body in source.read(ids)] == ["Text of 1.", "Text of 2."]


# --------------------------------------------------------------------------------------------------- drafts and sending


def test_a_server_that_takes_nothing_into_a_folder_that_is_open_for_reading_still_gets_the_copy(rig: ImapOutboxRig) -> None:
    """Courier: "NO Current box is selected READ-ONLY"."""
    opened = [b""]

    def up(data: bytes) -> bytes:
        opened.extend([data] if b" EXAMINE " in data or b" SELECT " in data else [])
        return data.replace(b'APPEND "Sent"', b'APPEND "None"') if b'EXAMINE "Sent"' in opened[-1] else data

    with Wire(rig.server.port, up) as wire:
        outbox = rig.outbox(port=wire.port)
        outbox.send(outbox.put(mail()))
    assert (rig.drafts(), rig.mails("Sent")) == ([], [mail().raw])


def test_a_draft_in_whose_header_an_mbox_keeps_notes_is_the_one_that_was_approved(rig: ImapOutboxRig) -> None:
    """As GNU Mailutils and the server of the University of Washington show them."""
    handle = rig.outbox().put(mail())
    notes = b"\r\nX-IMAPbase: 1795636430 2\r\n OnwardDraft\r\nX-UID: 1\r\nStatus: RO\r\n\r\nHi Pat"
    rig.delete(mail())
    rig.append("Drafts", mail().raw.replace(b"\r\n\r\nHi Pat", notes), rf"(\Draft \Seen {OURS})")
    assert rig.outbox().look([handle]) == [Placed("draft")]
    assert rig.outbox().put(mail()) == handle
    rig.outbox().send(handle)
    assert (rig.drafts(), rig.sent()) == ([], [mail().raw])
