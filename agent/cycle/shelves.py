"""How the facts of one source are written: mail, calendar components, deals; each with what it is found by."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol

from sqlalchemy import Connection, func, select

from agent.cycle import kept, marks
from agent.facts.calendar.component import Component
from agent.model import Deal, Message, Rules
from agent.ports import Batch
from agent.store import conclusions, facts, schema
from agent.store.erase import erased, without
from agent.store.facts import Entry, Mailed
from agent.think.directory import Directory

IDENTITY = ("name", "account", "domains", "contacts", "status", "opened", "close_date", "stage_since", "criteria", "products", "url")


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
        self._renamed(connection, batch, mails)
        removed = facts.drop_mail(connection, self._source, [*batch.removed, *(q.item for q in batch.quarantined)])
        made = (Mailed(m, marks.links(m, self._rules), marks.of_message(m, self._rules)) for m in mails)
        new = facts.put_mail(connection, self._source, made)
        self._quarantine(connection, batch, [m.id for m in mails], now)
        if self.anew:
            self._seen.update(m.id for m in mails)
        return new, removed

    def _renamed(self, connection: Connection, batch: Batch[Any], mails: list[Message]) -> None:
        if self.anew:
            there = self._seen | {m.id for m in mails}
            facts.rename_mail(connection, self._source, mails, lambda item: item not in there)
        elif batch.removed:
            facts.rename_mail(connection, self._source, mails, set(batch.removed).__contains__)

    def finish(self, connection: Connection, now: datetime) -> int:
        if not self.anew:
            return 0
        self._mended(connection, now)
        return facts.drop_mail(connection, self._source, set(facts.mail_items(connection, self._source)) - self._seen)

    def count(self, connection: Connection, now: datetime, /) -> tuple[int, int]:
        """What an index tells alone, less the few mails that are dated ahead."""
        m = schema.message.c
        items = connection.execute(select(func.count()).where(m.source == self._source)).scalar_one()
        ahead = connection.execute(select(m.source).where(m.sent > now)).scalars()
        return self._counted(connection, items - sum(source == self._source for source in ahead))


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
