"""How each source stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from agent.cycle import shelves
from agent.cycle.feed import Feed
from agent.errors import OnwardError, Unavailable
from agent.model import Rules, SourceStatus
from agent.store import facts, schema


@dataclass(frozen=True, slots=True)
class Place:
    """A row of `source`; `spoiled` is how many of its items are quarantined."""

    id: int
    section: str
    kind: str
    settings: str = ""
    cursor: str | None = None
    status: SourceStatus = "stale"
    says: str = ""
    items: int = 0
    spoiled: int = 0
    fresh_as_of: datetime | None = None
    failing_since: datetime | None = None
    failures: int = 0
    retry_at: datetime | None = None
    warnings: tuple[str, ...] = ()

    @staticmethod
    def of(number: int, feed: Feed) -> Place:
        return Place(number, feed.section, feed.kind, feed.settings, says=f"The {feed.section} source has not been read yet.")

    def same(self, other: Place) -> bool:
        return (self.section, self.kind, self.settings) == (other.section, other.kind, other.settings)


def all_of(connection: Connection) -> dict[int, Place]:
    counts = select(schema.quarantined.c.source, func.count()).group_by(schema.quarantined.c.source)
    spoiled = {row[0]: row[1] for row in connection.execute(counts)}
    rows = [dict(row._mapping) for row in connection.execute(select(schema.source))]
    return {r["id"]: Place(**(r | {"warnings": tuple(r["warnings"]), "spoiled": spoiled.get(r["id"], 0)})) for r in rows}


def put(connection: Connection, place: Place) -> None:
    row = {name: value for name, value in asdict(place).items() if name != "spoiled"} | {"warnings": list(place.warnings)}
    connection.execute(delete(schema.source).where(schema.source.c.id == place.id))
    connection.execute(insert(schema.source).values(**row))


def align(connection: Connection, held: Place | None, wanted: Place | None, rules: Rules, now: datetime) -> None:
    """With other settings its facts stay until those of the new ones have arrived; with another section they go."""
    if held and (wanted is None or held.section != wanted.section):
        _forget(connection, held, rules, now)
        connection.execute(delete(schema.source).where(schema.source.c.id == held.id))
    if wanted and not (held and held.same(wanted)):
        put(connection, wanted)


def _forget(connection: Connection, place: Place, rules: Rules, now: datetime) -> None:
    shelves.shelf(place.section, place.id, rules).begin_anew().finish(connection, now)
    facts.set_aside(connection, place.id, (), [item for _, item in facts.spoiled(connection, place.id)], now)


def held_again(connection: Connection) -> None:
    """What was concluded without fresh eyes is thought about again, and mail of deals whose text is not there is matched again."""
    state, m, t, b = schema.deal_state.c, schema.message.c, schema.thread_deal, schema.body
    unread = select(m.message_id).distinct().join(t, t.c.thread == m.thread).outerjoin(b, b.c.message == m.id).where(b.c.message.is_(None))
    facts.note(connection, "link", connection.execute(unread).scalars().all())
    facts.note(connection, "deal", connection.execute(select(state.deal).where(state.held)).scalars().all())


FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=1)  # until a source that does not answer is asked again


def failing(place: Place, fault: OnwardError, now: datetime) -> Place:
    """One that does not answer is asked again later and later; what only a person can mend is looked at each time."""
    place = replace(place, says=fault.told, failing_since=place.failing_since or now)
    if not isinstance(fault, Unavailable):
        return replace(place, status="failed", failures=1, retry_at=None)
    pause = timedelta(seconds=fault.retry_after) if fault.retry_after else FIRST * 2 ** min(place.failures, 10)
    status: SourceStatus = "stale" if place.fresh_as_of else "failed"
    return replace(place, status=status, failures=place.failures + 1, retry_at=now + min(pause, LONGEST))


def resting(place: Place, now: datetime) -> bool:
    """Not to be asked yet. What the clock has put out of reach is no reason."""
    return place.retry_at is not None and now < place.retry_at <= now + LONGEST


def suspect(place: Place, now: datetime) -> Place:
    says = f"The {place.section} source is suddenly empty; what it held is kept."
    return replace(place, status="suspect", says=says, failing_since=place.failing_since or now, retry_at=None)


def fresh(connection: Connection, seen_at: Mapping[int, datetime]) -> None:
    """When the sound sources were last read."""
    s = schema.source.c
    for number, at in seen_at.items():
        connection.execute(update(schema.source).where(s.id == number, s.status == "ok").values(fresh_as_of=at))
