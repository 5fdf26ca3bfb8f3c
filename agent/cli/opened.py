"""What the commands that work for a rep open first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from agent.settings import Settings

if TYPE_CHECKING:
    from agent.office import Office
    from agent.store.lease import Lease


@contextmanager
def office(settings: Settings, now: datetime) -> Iterator[Office]:
    """What is written from now on, nobody else may read."""
    from agent.office import Office

    before = os.umask(0o077)
    try:
        made = Office.open(settings, now)
        try:
            yield made
        finally:
            made.close()
    finally:
        os.umask(before)


def lease(office: Office, now: datetime) -> Lease:
    """Raises `NeedsHuman` that says who works for the rep already."""
    from agent.store.lease import Lease

    return Lease.take(office.store, office.settings.rules.rep.address.email, now)
