"""Forgetting by age, and leaving no bytes behind."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, insert, select, text

from agent import life
from agent.errors import Unavailable
from agent.store import faults, schema
from agent.store.engine import Store

SCRUB = "scrub"  # a setting: rows were deleted whose bytes may still be in the file


@dataclass(frozen=True, slots=True)
class Counts:
    """What was deleted, or changed so that nobody is in it any more."""

    messages: int = 0
    bodies: int = 0
    events: int = 0
    deals: int = 0
    cards: int = 0
    words: int = 0  # of the rep: answers, lessons, entries of the do-not-contact list
    drafts: int = 0  # to the person that lie in Drafts: they stay there, and Onward does not know of them any more

    @property
    def nothing(self) -> bool:
        return self == Counts()


def retention(store: Store, bodies: timedelta, facts: timedelta, now: datetime) -> Counts:
    """Drops texts that were read longer ago than `bodies`, and mail, events and unreadable items older than `facts`. Decisions
    are never dropped, and what an open card stands on is kept as long as it is open."""
    with store.begin() as connection:
        kept = _needed(connection)
        old = _old(connection, schema.message.c.sent < now - facts, kept)
        read = _old(connection, schema.body.c.read_at < now - bodies, kept, schema.body)
        _concluded(connection, now - facts, old)
        counts = Counts(
            messages=cut(connection, schema.message.c.id, old),
            bodies=cut(connection, schema.body.c.message, read),
            events=_ended(connection, now - facts),
        )
        connection.execute(delete(schema.quarantined).where(schema.quarantined.c.seen_at < now - facts))
        due = connection.execute(select(schema.setting.c.value).where(schema.setting.c.name == SCRUB)).first()
    if due:
        scrub(store)
    return counts


def _needed(connection: Connection) -> set[str]:
    """Threads and mails that open cards stand on: ids of threads, Message-IDs, and the sources' ids."""
    card = schema.card.c
    rows = connection.execute(select(card.thread, card.evidence).where(card.state.in_(life.OPEN)))
    return {name for row in rows for name in (row.thread or "", *(e["source"].removeprefix("message:") for e in row.evidence))} - {""}


def _old(connection: Connection, aged: Any, kept: set[str], table: Table = schema.message) -> list[int]:
    m = schema.message.c
    query = select(m.id, m.thread, m.message_id, m.item).where(aged)
    query = query if table is schema.message else query.join(table, table.c.message == m.id)
    return [row.id for row in connection.execute(query) if kept.isdisjoint((row.thread, row.message_id, row.item))]


def _ended(connection: Connection, before: datetime) -> int:
    """Events that are over, and what they would be worked out from again. Instances of a series are not kept that long."""
    one = schema.occurrence.c
    uids = set(connection.execute(select(one.uid).where(one.end < before)).scalars())
    dropped = connection.execute(delete(schema.occurrence).where(one.end < before)).rowcount
    for some in chunks(sorted(uids)):
        uids -= set(connection.execute(select(one.uid).where(one.uid.in_(some))).scalars())
    cut(connection, schema.component.c.uid, sorted(uids))
    return dropped


def _concluded(connection: Connection, before: datetime, gone: Sequence[int]) -> None:
    """Threads that lose a mail are looked at again by the next round; meetings and threads of that age are not listed anyway."""
    m = schema.message.c
    for some in chunks(gone):
        threads = set(connection.execute(select(m.thread).where(m.id.in_(some), m.thread.is_not(None))).scalars())
        known = select(schema.dirty.c.key).where(schema.dirty.c.kind == "thread")
        new = sorted(threads - set(connection.execute(known).scalars()))
        if new:
            connection.execute(insert(schema.dirty), [{"kind": "thread", "key": name} for name in new])
    connection.execute(delete(schema.meeting).where(schema.meeting.c.end < before))


# ------------------------------------------------------------------------------------------------------------ bytes


def scrub(store: Store) -> None:
    """Writes the file anew, so that nothing of deleted rows is left in its free pages or its journal. Raises `Unavailable` where
    another process keeps a page of before; `retention` tries again."""
    if store.path is None:
        _rewrite(store)
    else:
        _vacuum(store)
    with store.begin() as connection:
        connection.execute(delete(schema.setting).where(schema.setting.c.name == SCRUB))


def _vacuum(store: Store) -> None:
    connection = store.engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM")
        (busy, _, _) = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise Unavailable("what was erased is still in the journal, because another process reads the store", 60)
    except sqlite3.Error as fault:
        raise faults.sqlite(fault, str(store.path)) or fault from None
    finally:
        connection.close()


def _rewrite(store: Store) -> None:
    """PostgreSQL keeps rows that were deleted until their table is written anew."""
    with store.engine.connect().execution_options(onward="read", isolation_level="AUTOCOMMIT") as connection:
        for table in schema.metadata.sorted_tables:
            connection.execute(text(f'VACUUM (FULL) "{table.name}"'))


# ----------------------------------------------------------------------------------------------------------- helpers


def chunks(items: Iterable[Any]) -> Iterable[list[Any]]:
    """A statement takes so many parameters."""
    rest = iter(items)
    while some := list(islice(rest, 1000)):
        yield some


def cut(connection: Connection, column: Column[Any], keys: Iterable[Any]) -> int:
    return sum(connection.execute(delete(column.table).where(column.in_(some))).rowcount for some in chunks(keys))
