"""What IMAP servers of other makes (Courier, Cyrus, GNU Mailutils, pymap, Hoodiecrow) were heard to say, and Dovecot does not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.contracts.outbox import mail
from tests.needs import needed
from tests.rigs.dovecot import PROGRAM, Dovecot
from tests.rigs.imap_outbox import ImapOutboxRig
from tests.rigs.imap_script import Server
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
