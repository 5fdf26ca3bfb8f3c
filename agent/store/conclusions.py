"""What the last rounds concluded: threads, meetings, how deals stand, notices. Functions over a connection.

Rows are written only where they differ from what is there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete, insert, or_, select, update

from agent.model import Notice
from agent.store.facts import chunks, some
from agent.store.schema import deal_state, meeting, message, notice, thread, thread_deal


@dataclass(frozen=True, slots=True)
class Told:
    """A thread with its match; `rows` are those of its mails."""

    id: str
    subject: str
    latest: datetime
    status: str
    deal: str | None
    candidates: tuple[str, ...]
    by: str
    confidence: float
    evidence: tuple[str, ...]
    rows: list[int]


def put_threads(connection: Connection, told: Iterable[Told], before: Mapping[int, str], now: datetime) -> None:
    """`before`: by row, the threads that these mails were in; those that hold none of them any more are gone.

    Of two threads whose first mails share a Message-ID the one that is about a deal is kept. The other's mails are in none then, nor
    is the second copy of a mail.
    """
    kept: dict[str, Told] = {}
    for each in told:
        if each.id not in kept or not kept[each.id].candidates:
            kept[each.id] = each
    gone = set(before.values()) - kept.keys()
    _replace(connection, thread, {each.id: _thread(each) for each in kept.values()})
    pairs = {(each.id, deal) for each in kept.values() for deal in each.candidates}
    held = {(r.thread, r.deal) for r in some(connection, (thread_deal.c.thread, thread_deal.c.deal), thread_deal.c.thread, kept)}
    for name, deal in held - pairs:
        connection.execute(delete(thread_deal).where(thread_deal.c.thread == name, thread_deal.c.deal == deal))
    _insert(connection, thread_deal, [{"thread": name, "deal": deal} for name, deal in sorted(pairs - held)])
    now_in = {row: each.id for each in kept.values() for row in each.rows}
    moved = [{"row": row, "name": now_in.get(row)} for row in before.keys() | now_in if before.get(row) != now_in.get(row)]
    for part in chunks(moved):
        connection.execute(update(message).where(message.c.id == bindparam("row")).values(thread=bindparam("name")), part)
    drop_empty(connection, gone, now)


def _thread(each: Told) -> dict[str, Any]:
    names = ("id", "subject", "latest", "status", "deal", "by", "confidence")
    return {name: getattr(each, name) for name in names} | {"candidates": list(each.candidates), "evidence": list(each.evidence)}


def drop_empty(connection: Connection, threads: Iterable[str], now: datetime) -> None:
    """Those of these threads that hold no mail any more."""
    names = set(threads)
    full = {row.thread for row in some(connection, (message.c.thread,), message.c.thread, names, message.c.sent <= now)}
    for part in chunks(names - full):
        connection.execute(delete(thread).where(thread.c.id.in_(part)))


def deals_of_threads(connection: Connection, threads: Iterable[str]) -> dict[str, set[str]]:
    """By thread, the deals that it is or could be about."""
    found: dict[str, set[str]] = {}
    for row in some(connection, (thread_deal.c.thread, thread_deal.c.deal), thread_deal.c.thread, threads):
        found.setdefault(row.thread, set()).add(row.deal)
    return found


def mails_of(connection: Connection, deals: Iterable[str]) -> set[str]:
    """Message-IDs of the mails in threads that are or could be about these deals."""
    threads = {row.thread for row in some(connection, (thread_deal.c.thread,), thread_deal.c.deal, deals)}
    return {row.message_id for row in some(connection, (message.c.message_id,), message.c.thread, threads)}


# -------------------------------------------------------------------------------------------------------- meetings


def uids_of(connection: Connection, deals: Iterable[str]) -> set[str]:
    return {row.uid for row in some(connection, (meeting.c.uid,), meeting.c.deal, deals)}


def deals_of_events(connection: Connection, uids: Iterable[str]) -> set[str]:
    rows = list(some(connection, (meeting.c.deal, meeting.c.candidates), meeting.c.uid, uids))
    return {row.deal for row in rows if row.deal} | {name for row in rows for name in row.candidates}


def put_meetings(connection: Connection, rows: Mapping[tuple[str, datetime], dict[str, Any]]) -> None:
    """By key and start."""
    held = {(r.key, r.start): dict(r._mapping) for r in some(connection, (meeting,), meeting.c.key, {key for key, _ in rows})}
    new = {name: row for name, row in rows.items() if held.get(name) != row}
    for key, start in new.keys() & held.keys():
        connection.execute(delete(meeting).where(meeting.c.key == key, meeting.c.start == start))
    _insert(connection, meeting, list(new.values()))


def drop_meetings(
    connection: Connection, keep: Collection[tuple[str, datetime]], *, uids: Iterable[str] = (), deals: Iterable[str] = ()
) -> None:
    """Of these UIDs, or of these deals, all but those to keep."""
    names = (meeting.c.key, meeting.c.start)
    rows = [*some(connection, names, meeting.c.uid, uids), *some(connection, names, meeting.c.deal, deals)]
    for row in rows:
        if (row.key, row.start) not in keep:
            connection.execute(delete(meeting).where(meeting.c.key == row.key, meeting.c.start == row.start))


def outside(connection: Connection, first: datetime, last: datetime) -> bool:
    query = select(meeting.c.key).where(or_(meeting.c.end < first, meeting.c.start > last)).limit(1)
    return connection.execute(query).first() is not None


def drop_outside(connection: Connection, first: datetime, last: datetime) -> None:
    connection.execute(delete(meeting).where(or_(meeting.c.end < first, meeting.c.start > last)))


# ----------------------------------------------------------------------------------------------------------- deals


def put_states(connection: Connection, rows: Mapping[str, dict[str, Any]]) -> None:
    """By deal."""
    _replace(connection, deal_state, rows)


def drop_states(connection: Connection, deals: Iterable[str]) -> None:
    for part in chunks(deals):
        connection.execute(delete(deal_state).where(deal_state.c.deal.in_(part)))


def due(connection: Connection, now: datetime) -> list[str]:
    """Deals of which the same facts could give another answer now than when they were thought about; also where that was later."""
    s = deal_state.c
    return list(connection.execute(select(s.deal).where(or_(and_(s.wake_at <= now, s.thought_at != now), s.thought_at > now))).scalars())


def put_notices(connection: Connection, notices: Iterable[Notice], *, deals: Collection[str] | None = None) -> None:
    """Those of these deals, or those of none."""
    n = notice.c
    rows: list[Any]
    if deals is None:
        rows = list(connection.execute(select(notice).where(n.deal.is_(None))))
    else:
        rows = list(some(connection, (notice,), n.deal, deals))
    held = {(r.kind, r.deal, r.says): r.id for r in rows}
    new = {(one.kind, one.deal, one.says) for one in notices}
    gone = [number for name, number in held.items() if name not in new]
    for part in chunks(gone):
        connection.execute(delete(notice).where(n.id.in_(part)))
    added = sorted(new - held.keys(), key=str)
    _insert(connection, notice, [{"kind": kind, "deal": deal, "says": says} for kind, deal, says in added])


def general(connection: Connection) -> set[tuple[str, str]]:
    """Kind and text of those that are no deal's."""
    rows = connection.execute(select(notice.c.kind, notice.c.says).where(notice.c.deal.is_(None)))
    return {(row.kind, row.says) for row in rows}


def _replace(connection: Connection, table: Table, rows: Mapping[str, dict[str, Any]]) -> None:
    """By the table's one key."""
    name = table.primary_key.columns.keys()[0]
    key = table.c[name]
    held = {row._mapping[name]: dict(row._mapping) for row in some(connection, (table,), key, rows)}
    new = {value: row for value, row in rows.items() if held.get(value) != row}
    for value in new.keys() & held.keys():
        connection.execute(update(table).where(key == value).values(**new[value]))
    _insert(connection, table, [row for value, row in new.items() if value not in held])


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    for part in chunks(rows):
        connection.execute(insert(table), part)
