"""IMAP against a real Dovecot, with its extensions and without any."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from tests.contracts.bodies import BodiesContract
from tests.contracts.source import SourceContract
from tests.rigs.dovecot import BARE, Dovecot, Imap

_users = count(1)


@pytest.fixture(scope="module", params=["", BARE], ids=["extensions", "bare"])
def server(request: pytest.FixtureRequest) -> Iterator[Dovecot]:
    made = Dovecot(request.param)
    yield made
    made.close()


@pytest.fixture
def rig(server: Dovecot) -> Iterator[Imap]:
    made = Imap(server, f"dana{next(_users)}")
    yield made
    made.close()


class TestSource(SourceContract):
    pass


class TestBodies(BodiesContract):
    pass
