"""Opens the database: SQLite by default, PostgreSQL by URL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

from agent.store import schema


@dataclass(frozen=True)
class Store:
    """`begin()` is one transaction; what is written in it is durable when it ends, or was never there."""

    engine: Engine

    @staticmethod
    def open(url: str) -> Store:
        """Creates and migrates what is not there yet. `url`: sqlite:///path, postgresql://…"""
        made = make_url(url)
        if made.get_backend_name() == "sqlite":
            engine = create_engine(made, connect_args={"timeout": 30})
            _private(made.database)
            event.listen(engine, "connect", _sqlite)
            event.listen(engine, "begin", _immediate)
        else:
            engine = create_engine(made.set(drivername="postgresql+psycopg"))
        schema.metadata.create_all(engine)
        return Store(engine)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        with self.engine.begin() as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()


def _private(path: str | None) -> None:
    """The file is the rep's alone, and so are its journal and index beside it, which inherit its mode."""
    if path and path != ":memory:":
        Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we begin ourselves: a transaction that will write takes its lock at once
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
