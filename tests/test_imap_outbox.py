"""The outbox of an IMAP account, on a Dovecot with its extensions and on one without any, its mail sent to a real SMTP server."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from tests.contracts.outbox import OutboxContract
from tests.rigs.dovecot import BARE, Dovecot
from tests.rigs.imap_outbox import ImapOutboxRig
from tests.rigs.smtp import Sink

_users = count(1)


@pytest.fixture(scope="module", params=["", BARE], ids=["extensions", "bare"])
def server(request: pytest.FixtureRequest) -> Iterator[Dovecot]:
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


class TestOutbox(OutboxContract):
    pass
