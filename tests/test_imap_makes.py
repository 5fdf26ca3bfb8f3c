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
