"""The sample rep's workspace as the first round leaves it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from agent import settings
from agent.cli import demo
from agent.office import Office
from agent.settings import Settings
from agent.store import Store

NOW = demo.moment()


def build(folder: Path) -> tuple[Settings, Path]:
    """Settings of the sample, and the store's file after one round."""
    checked = settings.load(demo.fill(folder / "sample"))
    office = Office.open(checked, NOW)
    try:
        office.cycle.round(NOW)
        path = office.store.path
        assert path is not None
        return checked, path
    finally:
        office.close()


def copied(database: Path, target: Path) -> Store:
    """A store of its own that begins like that of `database`, also while that one is open."""
    target.touch(mode=0o600)
    with closing(sqlite3.connect(database)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)
    return Store.open(f"sqlite:///{target}")
