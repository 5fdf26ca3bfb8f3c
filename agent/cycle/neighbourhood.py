"""The part of the facts that is complete for what is asked: whole threads, with all that bears on them.

Mails that share an id (their own, one they answer, the provider's thread, an invitation's event) are loaded together, for only
together do they make threads. So are events at the very same time: they may be one meeting in two calendars.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, and_, select

from agent.cycle import kept, marks
from agent.facts.calendar.component import Component
from agent.model import Message
from agent.store import codec, conclusions, facts, schema
from agent.think.directory import Directory

MARK = "\N{SYMBOL FOR UNIT SEPARATOR}"  # before the number of each further mailbox, in Message.id


@dataclass(frozen=True)
class Part:
    """`refs` is what joins what was asked for: beside it lies what is only at the same time. `rows` gives row, source and the
    source's id of each Message.id; `threads` the thread that each joined row was last seen in."""

    messages: tuple[Message, ...]
    components: tuple[Component, ...]
    refs: frozenset[str]
    rows: Mapping[str, tuple[int, int, str]]
    threads: Mapping[int, str]
    bodies: Mapping[int, str]  # by row, as stored

    @property
    def uids(self) -> set[str]:
        return {ref[4:] for ref in self.refs if ref.startswith("uid:")}


def part(connection: Connection, refs: Iterable[str], now: datetime) -> Part:
    """Everything that is joined with one of `refs`."""
    ids, joined = _closed(connection, set(refs))
    every, alike = joined, same_time(connection, _uids(joined)) - _uids(joined)
    if alike:
        beside, more = _closed(connection, {"uid:" + uid for uid in alike})
        ids, every = ids | beside, joined | more
    return _loaded(connection, ids, joined, _uids(every), now)


def _uids(refs: Iterable[str]) -> set[str]:
    return {ref[4:] for ref in refs if ref.startswith("uid:")}


def _closed(connection: Connection, refs: set[str]) -> tuple[set[int], set[str]]:
    """Rows of mails, and all that joins them."""
    link = schema.message_link.c
    ids: set[int] = set()
    known: set[str] = set()
    new = set(refs)
    while new:
        known |= new
        found = {row.message for row in facts.some(connection, (link.message,), link.ref, new)} - ids
        ids |= found
        new = {row.ref for row in facts.some(connection, (link.ref,), link.message, found)} - known
    return ids, known


def same_time(connection: Connection, uids: Collection[str]) -> set[str]:
    """UIDs of events that begin and end as one of these does."""
    one, other = schema.occurrence.alias(), schema.occurrence.alias()
    found: set[str] = set()
    for some in facts.chunks(uids):
        join = and_(one.c.start == other.c.start, one.c.end == other.c.end, one.c.uid != other.c.uid)
        found.update(
            connection.execute(select(other.c.uid).distinct().select_from(one).join(other, join).where(one.c.uid.in_(some))).scalars()
        )
    return found


def _loaded(connection: Connection, ids: Collection[int], refs: Collection[str], uids: Collection[str], now: datetime) -> Part:
    m, b = schema.message.c, schema.body.c
    mailboxes = sorted(connection.execute(select(schema.source.c.id).where(schema.source.c.section == "mail")).scalars())
    messages: list[Message] = []
    rows: dict[str, tuple[int, int, str]] = {}
    threads: dict[int, str] = {}
    for row in facts.some(connection, (m.id, m.source, m.item, m.thread, m.data), m.id, sorted(ids), m.sent <= now):
        message = codec.loads(Message, row.data)
        if mailboxes and row.source != mailboxes[0]:
            message = replace(message, id=f"{message.id}{MARK}{row.source}")
        messages.append(message)
        rows[message.id] = (row.id, row.source, row.item)
        if row.thread and message.message_id in refs:
            threads[row.id] = row.thread
    held = {row.message: row.data for row in facts.some(connection, (b.message, b.data), b.message, sorted(ids))}
    components = tuple(kept.loads(data) for _, _, data in facts.entries_of(connection, uids))
    return Part(tuple(messages), components, frozenset(refs), rows, threads, held)


# ------------------------------------------------------------------------------------------------------ of deals


def around(connection: Connection, deals: Collection[str], directory: Directory) -> set[str]:
    """What joins all that is or could be about these deals, or is with their people."""
    known = [directory.by_id[name] for name in deals if name in directory.by_id]
    found = marked(connection, {mark for one in known for mark in marks.of_deal(one, directory)})
    found |= conclusions.mails_of(connection, deals) | {"uid:" + uid for uid in conclusions.uids_of(connection, deals)}
    names = {d.id.casefold() for d in known}
    answers = [a for a in directory.rules.answers if a.deal and a.deal.casefold() in names]
    return found | {a.thread for a in answers if a.thread} | {"uid:" + a.series for a in answers if a.series}


def marked(connection: Connection, found_by: Collection[str]) -> set[str]:
    """What joins the mails and events with one of these marks."""
    m, mm, c, cm = schema.message, schema.message_mark, schema.component, schema.component_mark
    found: set[str] = set()
    for some in facts.chunks(found_by):
        mails = select(m.c.message_id).distinct().join(mm, mm.c.message == m.c.id).where(mm.c.mark.in_(some))
        events = select(c.c.uid).distinct().join(cm, cm.c.component == c.c.id).where(cm.c.mark.in_(some))
        found.update(connection.execute(mails).scalars())
        found.update("uid:" + uid for uid in connection.execute(events).scalars())
    return found
