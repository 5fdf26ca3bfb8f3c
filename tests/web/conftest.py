from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import rules
from tests.rigs.inbox import Served, serving, store_in


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with store_in(tmp_path) as store, serving(store, rules()) as made:
        yield made
