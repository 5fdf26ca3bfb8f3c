"""Opens the database: SQLite by default, PostgreSQL by URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError

from agent.errors import NeedsHuman
from agent.store import faults, migrations, place

PATIENCE = 30  # seconds that a writer waits for the one before it


@dataclass(frozen=True)
class Store:
    """One rep's memory. Writers come one after the other; readers wait for nobody and hold up nobody.

    Faults of the database come as `Unavailable` or `NeedsHuman`, wherever a connection is used; then nothing of the
    transaction was kept.
    """

    engine: Engine
    path: Path | None = None  # of the file; None on a server

    @staticmethod
    def open(url: str) -> Store:
        """Makes and migrates what is not there yet. `url`: sqlite:///path, postgresql://user@host/database."""
        try:
            made = make_url(url)
        except ArgumentError:
            raise NeedsHuman("the address of the store cannot be read", "write sqlite:///onward.db or postgresql://…") from None
        kinds = {"sqlite": _file, "postgresql": _server}
        if made.get_backend_name() not in kinds:
            raise NeedsHuman(f"the store cannot be a {made.get_backend_name()} database", "write sqlite:///onward.db or postgresql://…")
        store = kinds[made.get_backend_name()](made)
        try:
            migrations.bring_up(store.engine, str(store.path or store.engine.url.database))
        except BaseException:
            store.close()
            raise
        return store

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One transaction, and nobody else writes until it ends: what it reads stays true. What is written is durable when it
        ends, or was never there. Not to be begun again within itself, and not to be held while the network is asked."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """What was true at one moment, however long it is looked at. It cannot write."""
        with self.engine.connect().execution_options(**_READS[self.engine.dialect.name]) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        self.engine.dispose()


_READS: dict[str, dict[str, Any]] = {
    "sqlite": {"onward": "read"},
    "postgresql": {"onward": "read", "isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}

# ------------------------------------------------------------------------------------------------------------ SQLite


def _file(url: URL) -> Store:
    path = Path(url.database or "").absolute()
    if not url.database or url.database == ":memory:":
        raise NeedsHuman("a store in memory forgets everything", "write sqlite:///onward.db")
    place.prepare(path)
    # `hide_parameters`: what is stored never stands in the text of an exception
    engine = create_engine(url.set(database=str(path)), connect_args={"timeout": PATIENCE}, hide_parameters=True)
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begun)

    @event.listens_for(engine, "handle_error", retval=True)
    def _told(context: ExceptionContext) -> BaseException | None:
        return faults.sqlite(context.original_exception, str(path))

    return Store(engine, path)


def _connected(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by `_begun`, not by the driver
    try:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            answer = connection.execute(f"PRAGMA {pragma}").fetchone()
            _kept(pragma, answer)
    except BaseException:
        connection.close()
        raise


def _kept(pragma: str, answer: Any) -> None:
    if pragma == "journal_mode=WAL" and answer != ("wal",):
        raise NeedsHuman("the store's journal (WAL) cannot be kept there", "name a folder on a disk of this machine")


def _begun(connection: Connection) -> None:
    """A transaction that will write takes its lock at once: one that finds out later cannot go on from what it has read."""
    mode = connection.get_execution_options().get("onward")
    if mode == "migrate":  # a table that is made anew must not take along what refers to it
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if mode == 'read' else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if mode == "read" else "BEGIN IMMEDIATE")


# -------------------------------------------------------------------------------------------------------- PostgreSQL


def _server(url: URL) -> Store:
    options = f"{url.query.get('options', '')} -c lock_timeout={PATIENCE}s".strip()
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            connect_args={"options": options, "application_name": "onward", "connect_timeout": PATIENCE},
            hide_parameters=True,
            pool_pre_ping=True,
        )
    except ModuleNotFoundError:
        raise NeedsHuman("the driver of PostgreSQL is not installed", "run: pip install 'onward[postgres]'") from None
    event.listen(engine, "begin", _alone)

    @event.listens_for(engine, "handle_error", retval=True)
    def _told(context: ExceptionContext) -> BaseException | None:
        if context.is_pre_ping:
            return None  # a connection that went away meanwhile is made anew
        lost = context.is_disconnect or context.connection is None
        faults.hush(context.original_exception, context.sqlalchemy_exception)
        return faults.postgres(context.original_exception, f"{url.database} at {url.host or 'this machine'}", lost)

    return Store(engine)


def _alone(connection: Connection) -> None:
    """One writer at a time, as with SQLite: what is proved with one database holds with the other."""
    if connection.get_execution_options().get("onward") != "read":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('onward'), hashtext(current_schema()))")
