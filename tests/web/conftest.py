from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.store import Store
from tests.desk import rules
from tests.rigs.inbox import Served, serving


@pytest.fixture
def store(blank: Path, tmp_path: Path) -> Iterator[Store]:
    """On SQLite: what the pages do with the store is proved for both databases where the store is."""
    shutil.copy(blank, tmp_path / "onward.db")
    made = Store.open(f"sqlite:///{tmp_path}/onward.db")
    yield made
    made.close()


@pytest.fixture
def served(store: Store) -> Iterator[Served]:
    with serving(store, rules()) as made:
        yield made
