"""Asks the sources what is new and writes it down: items and cursor in one transaction, page by page.

The cursor of a page that more follow lives only as long as the source's object, but where the source says otherwise. So the stored
cursor moves when all pages have arrived: stopped in the middle, they are read again, and what is there already stays as it is.
Likewise a reset takes out what it does not name only when it has arrived in full: its pages are kept only if nothing was there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from agent.cycle import places, shelves
from agent.cycle.feed import Feed, batches
from agent.cycle.places import Place
from agent.cycle.report import unforeseen
from agent.cycle.shelves import Shelf
from agent.errors import OnwardError
from agent.model import Rules, SourceState
from agent.ports import Batch, Cursor
from agent.store import Store, facts

WARNINGS = 100  # kept of one source

Progress = Callable[[str, int, int | None], None]  # section, how many so far, of how many


def ignore(_section: str, _done: int, _total: int | None = None) -> None:
    """Nobody watches."""


@dataclass
class Synced:
    """What a round of asking brought. `states` by place in the configuration."""

    states: dict[int, SourceState] = field(default_factory=dict)
    new: int = 0
    removed: int = 0

    def fresh(self, section: str) -> bool:
        return all(s.status == "ok" for s in self.states.values() if s.section == section)


class Sync:
    """`seen_at` is when each source last answered, by its place; the store learns it when there is something else to write."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.seen_at: dict[int, datetime] = {}

    def __call__(self, feeds: Sequence[Feed], rules: Rules, now: datetime, progress: Progress, sections: Collection[str] = ()) -> Synced:
        """All sources, or those of some sections. One that fails is said so, and the others go on."""
        held = self._aligned(feeds, rules, now)
        done = Synced()
        for number, feed in enumerate(feeds):
            row = held[number]
            if (sections and feed.section not in sections) or places.resting(row, now):
                done.states[number] = self._state(row)
                continue
            done.states[number] = self._state(_One(self, feed, shelves.shelf(feed.section, number, rules), row, now, progress, done).run())
        return done

    def stored(self) -> Synced:
        """As it was left, without asking anybody."""
        with self._store.read() as connection:
            return Synced({row.id: self._state(row) for row in places.all_of(connection).values()})

    def _state(self, row: Place) -> SourceState:
        at = self.seen_at.get(row.id) if row.status == "ok" else None
        known = [moment for moment in (at, row.fresh_as_of) if moment]
        return SourceState(row.section, row.kind, row.status, row.items, row.spoiled, max(known, default=None), row.says)

    def _aligned(self, feeds: Sequence[Feed], rules: Rules, now: datetime) -> dict[int, Place]:
        """A source that is configured otherwise begins anew; one that is no more is forgotten."""
        with self._store.read() as connection:
            held = places.all_of(connection)
        wanted = {number: Place.of(number, feed) for number, feed in enumerate(feeds)}
        if all(number in held and held[number].same(each) for number, each in wanted.items()) and len(held) == len(wanted):
            return held
        with self._store.begin() as connection:
            for number in held.keys() | wanted.keys():
                places.align(connection, held.get(number), wanted.get(number), rules, now)
            return places.all_of(connection)

    def reading(self) -> AbstractContextManager[Connection]:
        return self._store.read()

    def write(self, change: Callable[[Connection], None]) -> None:
        with self._store.begin() as connection:
            change(connection)


class _One:
    """One source, asked once."""

    def __init__(self, sync: Sync, feed: Feed, shelf: Shelf, row: Place, now: datetime, progress: Progress, done: Synced) -> None:
        self._sync, self._feed, self._shelf, self._row = sync, feed, shelf, row
        self._now, self._progress, self._done = now, progress, done
        self._count, self._pages_stand = 0, True

    def run(self) -> Place:
        self._progress(self._feed.section, 0, None)
        try:
            for number, batch in enumerate(batches(self._feed, self._row.cursor)):
                if batch.suspect:
                    return self._stands(places.suspect(self._row, self._now))
                self._take(batch, begins=number == 0)
        except OnwardError as fault:
            return self._stands(places.failing(self._row, fault, self._now))
        except Exception as fault:  # noqa: BLE001 -- whatever goes wrong with one source, the others go on
            return self._stands(places.failing(self._row, unforeseen(f"the {self._feed.section} source", fault), self._now))
        self._sync.seen_at[self._row.id] = self._now
        return self._row

    def _take(self, batch: Batch[Any], *, begins: bool) -> None:
        """Folded by the law of a source: reset, removed, items, quarantined."""
        if begins and (batch.reset or self._row.cursor is None):
            self._shelf.begin_anew()
            self._pages_stand = self._nothing_held()
        if not batch.more and batch.cursor == self._row.cursor and self._row.status == "ok" and self._nothing_in(batch):
            return
        before = self._row
        try:
            self._sync.write(lambda connection: self._fold(connection, batch))
        except BaseException:
            self._row = before  # nothing of it is there, so the cursor is that of before
            raise
        self._count += len(batch.items)
        self._progress(self._feed.section, self._count, None)

    def _fold(self, connection: Connection, batch: Batch[Any]) -> None:
        new, removed = self._shelf.fold(connection, batch, self._now)
        if not batch.more:
            removed += self._shelf.finish(connection, self._now)
            self._arrived(connection, batch.cursor, batch.warnings)
        elif batch.durable and self._pages_stand:
            self._row = replace(self._row, cursor=batch.cursor)
            places.put(connection, self._row)
        self._done.new += new
        self._done.removed += removed

    def _nothing_held(self) -> bool:
        with self._sync.reading() as connection:
            return not facts.has_mail(connection, self._row.id) and not facts.spoiled(connection, self._row.id)

    def _arrived(self, connection: Connection, cursor: Cursor, warnings: Iterable[str]) -> None:
        if self._row.status != "ok":
            places.held_again(connection)
        told = [*({} if self._shelf.anew else dict.fromkeys(self._row.warnings)), *warnings]
        items, spoiled = self._shelf.count(connection, self._now)
        self._row = replace(
            self._row, cursor=cursor, status="ok", says="", items=items, spoiled=spoiled, fresh_as_of=self._now, failing_since=None,
            failures=0, retry_at=None, warnings=tuple(dict.fromkeys(told))[-WARNINGS:],
        )  # fmt: skip
        places.put(connection, self._row)

    def _stands(self, row: Place) -> Place:
        if row != self._row:
            self._row = row
            self._sync.write(lambda connection: places.put(connection, row))
        return row

    def _nothing_in(self, batch: Batch[Any]) -> bool:
        said_before = set(batch.warnings) <= set(self._row.warnings)
        return said_before and not (batch.items or batch.removed or batch.reset or batch.quarantined)
