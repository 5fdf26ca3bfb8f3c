"""One process works for a rep. The operating system (SQLite: `flock`) or the server (PostgreSQL: a session's advisory lock)
lets go of the lease when its holder dies, however it dies; nobody judges by age whether a holder still lives. The row tells
a person who holds it, and its token lets the database refuse what a former holder still wants to write.
"""

from __future__ import annotations

import fcntl
import os
import socket
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol

from sqlalchemy import Connection, insert, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from agent.errors import NeedsHuman, OnwardError, Unavailable
from agent.store.engine import Store
from agent.store.schema import lease as rows


@dataclass(frozen=True, slots=True)
class Held:
    """What stands in the row: the last holder, who may be gone."""

    holder: str
    token: int
    seen_at: datetime


@dataclass
class Lease:
    """Held for as long as the process lives, or until `release`."""

    store: Store
    rep: str
    token: int
    _lock: Lock | None

    @staticmethod
    def take(store: Store, rep: str, now: datetime) -> Lease:
        """`rep`: the address. Raises `NeedsHuman` that says who works for the rep already. Does not wait."""
        lock = _locked(store, rep)
        try:
            return Lease(store, rep, _sign(store, rep, now), lock)
        except BaseException:
            lock.release()
            raise

    def confirm(self, connection: Connection) -> None:
        """To be asked first in a transaction of `Store.begin()`. Raises `NeedsHuman` when another process has taken over since:
        what this one knows is old."""
        if connection.execute(select(rows.c.token).where(rows.c.rep == self.rep)).scalar() != self.token:
            raise NeedsHuman("another process works for this rep now", "this one stops; nothing of it was written")

    def seen(self, now: datetime) -> None:
        """Says that the holder lives, for `onward doctor`, and takes the lock again if a server that was away has forgotten it.
        Raises as `confirm` and `take`."""
        if self._lock and not self._lock.holds():
            self.release()
            self._lock = _locked(self.store, self.rep)
        with self.store.begin() as connection:
            self.confirm(connection)
            connection.execute(update(rows).where(rows.c.rep == self.rep).values(seen_at=now))

    def release(self) -> None:
        if self._lock:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Lease:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _fault: BaseException | None, _trace: TracebackType | None) -> None:
        self.release()


def held(store: Store, rep: str) -> Held | None:
    """Who took the lease last; None if nobody ever did."""
    with store.read() as connection:
        row = connection.execute(select(rows).where(rows.c.rep == rep)).first()
    return Held(row.holder, row.token, row.seen_at) if row else None


def alive(store: Store) -> bool:
    """Whether somebody holds the lease now, by the lock itself: a row of who has ended looks like any other."""
    return _File.taken(store.path) if store.path else _Session.taken(store)


def _sign(store: Store, rep: str, now: datetime) -> int:
    holder = f"process {os.getpid()} on {socket.gethostname()}, since {now.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    with store.begin() as connection:
        last = connection.execute(select(rows.c.token).where(rows.c.rep == rep)).scalar()
        if last is None:
            connection.execute(insert(rows).values(rep=rep, holder=holder, token=1, seen_at=now))
            return 1
        connection.execute(update(rows).where(rows.c.rep == rep).values(holder=holder, token=last + 1, seen_at=now))
        return int(last) + 1


_NAME = "hashtext('onward-lease'), hashtext(current_schema())"
_TAKEN = """SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND (classid, objid) = (hashtext('onward-lease')::oid, hashtext(current_schema())::oid)"""
PATIENCE = 3


class Lock(Protocol):
    def holds(self) -> bool: ...

    def release(self) -> None: ...


def _locked(store: Store, rep: str) -> Lock:
    lock = _File.take(store.path) if store.path else _Session.take(store)
    if lock is None:
        last = held(store, rep)
        who = last.holder if last else "another process, which is just starting"
        raise NeedsHuman(f"Onward already runs: {who}", "stop that one first, or let it do the work")
    return lock


@dataclass(frozen=True)
class _File:
    number: int

    @staticmethod
    def take(path: Path) -> _File | None:
        """None: somebody else has it. The file stays when the lock goes: two could hold files of one name otherwise."""
        number = os.open(path.with_name(path.name + "-lease"), os.O_CREAT | os.O_RDWR, 0o600)
        for _ in range(PATIENCE):
            try:
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                time.sleep(0.02)  # who only looks whether it is taken has it for an instant
            else:
                return _File(number)
        os.close(number)
        return None

    @staticmethod
    def taken(path: Path) -> bool:
        try:
            number = os.open(path.with_name(path.name + "-lease"), os.O_RDONLY)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(number, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
        finally:
            os.close(number)
        return False

    def holds(self) -> bool:
        return True

    def release(self) -> None:
        os.close(self.number)


@dataclass(frozen=True)
class _Session:
    connection: Connection

    @staticmethod
    def take(store: Store) -> _Session | None:
        connection = store.engine.connect().execution_options(onward="read", isolation_level="AUTOCOMMIT")
        try:
            connection.execute(text("SET lock_timeout = '300ms'"))  # a server needs a moment to notice that a holder was killed
            connection.execute(text(f"SELECT pg_advisory_lock({_NAME})"))
        except BaseException as fault:
            connection.invalidate()
            connection.close()
            if isinstance(fault, Unavailable):
                return None
            raise
        return _Session(connection)

    @staticmethod
    def taken(store: Store) -> bool:
        with store.read() as connection:
            return bool(connection.execute(text(_TAKEN)).scalar())

    def holds(self) -> bool:
        try:
            return self.connection.execute(text("SELECT true")).scalar() is True
        except (OnwardError, SQLAlchemyError):
            return False

    def release(self) -> None:
        if self.holds():
            self.connection.execute(text(f"SELECT pg_advisory_unlock({_NAME})"))
        self.connection.invalidate()  # the session ends: no lock of it stays behind in the pool
        self.connection.close()
