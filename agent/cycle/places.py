"""Where the facts of each source are kept, and how it stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Protocol

from sqlalchemy import Connection, delete, func, insert, select, update

from agent.cycle import kept, marks
from agent.cycle.feed import Feed
from agent.errors import OnwardError, Unavailable
from agent.facts.calendar.component import Component
from agent.model import Deal, Message, Rules, SourceStatus
from agent.ports import Batch
from agent.store import conclusions, facts, schema
from agent.store.erase import erased, without
from agent.store.facts import Entry, Mailed
from agent.think.directory import Directory

IDENTITY = ("name", "account", "domains", "contacts", "status", "opened", "close_date", "stage_since", "criteria", "products", "url")


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
    shelf(place.section, place.id, rules).begin_anew().finish(connection, now)
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


def suspect(place: Place, now: datetime) -> Place:
    says = f"The {place.section} source is suddenly empty; what it held is kept."
    return replace(place, status="suspect", says=says, failing_since=place.failing_since or now, retry_at=None)


def fresh(connection: Connection, seen_at: Mapping[int, datetime]) -> None:
    """When the sound sources were last read."""
    s = schema.source.c
    for number, at in seen_at.items():
        connection.execute(update(schema.source).where(s.id == number, s.status == "ok").values(fresh_as_of=at))


class Shelf(Protocol):
    """Facts of one source. `fold` tells how many were new or changed, and how many are gone."""

    anew: bool

    def begin_anew(self) -> Shelf: ...
    def fold(self, connection: Connection, batch: Batch[Any], now: datetime) -> tuple[int, int]: ...
    def finish(self, connection: Connection, now: datetime) -> int:
        """A reset has arrived in full: what it does not name is gone."""
        ...

    def count(self, connection: Connection, now: datetime, /) -> tuple[int, int]:
        """Items that are there, and quarantined ones."""
        ...


def shelf(section: str, source: int, rules: Rules) -> Shelf:
    kinds: dict[str, type[_Mail] | type[_Calendar] | type[_Deals]] = {"mail": _Mail, "calendar": _Calendar, "deals": _Deals}
    return kinds[section](source, rules)


class _Shelf:
    def __init__(self, source: int, rules: Rules) -> None:
        self._source, self._rules = source, rules
        self.anew = False
        self._bad: set[str] = set()

    def _quarantine(self, connection: Connection, batch: Batch[Any], items: list[str], now: datetime) -> None:
        self._bad |= {q.item for q in batch.quarantined}
        facts.set_aside(connection, self._source, batch.quarantined, [*batch.removed, *items], now)

    def _mended(self, connection: Connection, now: datetime) -> None:
        """After a reset nothing is quarantined but what it names."""
        old = [item for _, item in facts.spoiled(connection, self._source) if item not in self._bad]
        facts.set_aside(connection, self._source, (), old, now)

    def _counted(self, connection: Connection, items: int) -> tuple[int, int]:
        return items, len(facts.spoiled(connection, self._source))


class _Mail(_Shelf):
    def begin_anew(self) -> Shelf:
        self.anew, self._seen = True, set[str]()
        return self

    def fold(self, connection: Connection, batch: Batch[Any], now: datetime) -> tuple[int, int]:
        gone = erased(connection)
        mails = [kept for m in batch.items if isinstance(m, Message) and (kept := without(m, gone))]
        removed = facts.drop_mail(connection, self._source, [*batch.removed, *(q.item for q in batch.quarantined)])
        made = (Mailed(m, marks.links(m, self._rules), marks.of_message(m, self._rules)) for m in mails)
        new = facts.put_mail(connection, self._source, made)
        self._quarantine(connection, batch, [m.id for m in mails], now)
        if self.anew:
            self._seen.update(m.id for m in mails)
        return new, removed

    def finish(self, connection: Connection, now: datetime) -> int:
        if not self.anew:
            return 0
        self._mended(connection, now)
        return facts.drop_mail(connection, self._source, set(facts.mail_items(connection, self._source)) - self._seen)

    def count(self, connection: Connection, now: datetime, /) -> tuple[int, int]:
        m = schema.message.c
        items = connection.execute(select(func.count()).where(m.source == self._source, m.sent <= now)).scalar_one()
        return self._counted(connection, items)


class _Calendar(_Shelf):
    def begin_anew(self) -> Shelf:
        self.anew, self._stay = True, set[int]()
        return self

    def fold(self, connection: Connection, batch: Batch[Any], now: datetime) -> tuple[int, int]:
        gone = erased(connection)
        items = [replace(one, event=without(one.event, gone)) for one in batch.items if isinstance(one, Component)]
        removed = 0 if self.anew else self._drop(connection, {*batch.removed, *(one.id for one in items)}, items)
        new, self._stay = facts.put_entries(connection, self._source, map(self._entry, items), self._stay if self.anew else ())
        self._quarantine(connection, batch, [one.id for one in items], now)
        return new, removed

    def _entry(self, one: Component) -> Entry:
        data = kept.dumps(one)
        return Entry(one.uid, one.id, sha256(data).hexdigest(), data, marks.of_component(one, self._rules))

    def _drop(self, connection: Connection, ids: set[str], items: list[Component]) -> int:
        """A changed one takes the place of what had its id; what comes as it is stays."""
        uids = ids | {name.rpartition("/")[0] for name in ids}
        same = {sha256(kept.dumps(one)).hexdigest() for one in items}
        found = [(row, data) for row, source, data in facts.entries_of(connection, uids) if source == self._source]
        rows = [row for row, data in found if sha256(data).hexdigest() not in same and kept.loads(data).id in ids]
        return facts.drop_entries(connection, rows)

    def finish(self, connection: Connection, now: datetime) -> int:
        if not self.anew:
            return 0
        self._mended(connection, now)
        return facts.drop_entries(connection, set(facts.entry_rows(connection, self._source)) - self._stay)

    def count(self, connection: Connection, _now: datetime, /) -> tuple[int, int]:
        return self._counted(connection, len(facts.entry_rows(connection, self._source)))


class _Deals(_Shelf):
    def begin_anew(self) -> Shelf:
        self.anew, self._seen = True, set[str]()
        return self

    def fold(self, connection: Connection, batch: Batch[Any], now: datetime) -> tuple[int, int]:
        gone = erased(connection)
        deals = {one.id: without(one, gone) for one in batch.items if isinstance(one, Deal)}
        held = facts.deals(connection)
        removed = self._drop(connection, {q.item for q in batch.quarantined} | set(batch.removed), held)
        new = {name: one for name, one in deals.items() if held.get(name) != one}
        for one in new.values():
            facts.put_deal(connection, self._source, one)
        note(connection, new.keys(), held, held | new, self._rules)
        self._quarantine(connection, batch, list(deals), now)
        if self.anew:
            self._seen.update(deals)
        return len(new), removed

    def _drop(self, connection: Connection, ids: set[str], held: dict[str, Deal]) -> int:
        gone = ids & held.keys()
        note(connection, gone, held, {}, self._rules)
        facts.drop_deals(connection, gone)
        return len(gone)

    def finish(self, connection: Connection, now: datetime) -> int:
        if not self.anew:
            return 0
        self._mended(connection, now)
        own = facts.deals(connection, self._source)
        return self._drop(connection, own.keys() - self._seen, own)

    def count(self, connection: Connection, _now: datetime, /) -> tuple[int, int]:
        return self._counted(connection, len(facts.deals(connection, self._source)))


def note(connection: Connection, changed: Collection[str], before: Mapping[str, Deal], after: Mapping[str, Deal], rules: Rules) -> None:
    """What is matched by a deal is matched again, unless nothing changed by which mail and events are told apart."""
    facts.note(connection, "deal", changed)
    apart = [name for name in changed if _told_apart(before.get(name)) != _told_apart(after.get(name))]
    names = {name.casefold() for name in apart}
    answers = [a for a in rules.answers if a.deal and a.deal.casefold() in names]
    facts.note(connection, "link", {a.thread for a in answers if a.thread})
    facts.note(connection, "uid", {a.series for a in answers if a.series} | conclusions.uids_of(connection, apart))
    facts.note(connection, "link", conclusions.mails_of(connection, apart))
    for deals in (before, after) if apart else ():
        directory = Directory(list(deals.values()), rules)
        facts.note(connection, "mark", {mark for name in apart if name in deals for mark in marks.of_deal(deals[name], directory)})


def _told_apart(deal: Deal | None) -> tuple[Any, ...] | None:
    return tuple(getattr(deal, name) for name in IDENTITY) if deal else None
