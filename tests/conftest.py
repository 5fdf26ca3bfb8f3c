"""A store on either database, for whoever asks for `store` (open, without a row) or `store_url`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.store import Store
from tests.rigs import postgres


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    if not postgres.binaries():
        reason = "PostgreSQL (initdb) is not installed"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with postgres.cluster() as made:
        yield made


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite store without a row, to be copied: that is faster than to migrate."""
    path = tmp_path_factory.mktemp("blank") / "onward.db"
    Store.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture(params=["sqlite", "postgres"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Of an empty, migrated database of this test's own. On SQLite it is `onward.db` in the folder `data` of `tmp_path`."""
    if request.param == "sqlite":
        path = tmp_path / "data" / "onward.db"
        path.parent.mkdir(mode=0o700)
        shutil.copy(request.getfixturevalue("blank"), path)
        yield f"sqlite:///{path}"
    else:
        with request.getfixturevalue("cluster").database() as url:
            yield url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    made = Store.open(store_url)
    yield made
    made.close()
