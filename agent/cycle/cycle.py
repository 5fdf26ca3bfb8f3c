"""The stored rounds: sync, settle what changed, think about the deals it bears on, keep the cards right."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from threading import RLock

from agent.cycle import cards, conclude, places, settle, told
from agent.cycle import rules as judged
from agent.cycle.conclude import Pens
from agent.cycle.desk import Desk
from agent.cycle.doubted import Doubts
from agent.cycle.feed import Feed
from agent.cycle.report import Counts, Report, unforeseen
from agent.cycle.sync import Progress, Sync, Synced, ignore
from agent.cycle.world import KEEP, Forgotten, Remembered, World
from agent.errors import OnwardError, Unavailable
from agent.model import Rules, SourceState
from agent.ports import Drafter
from agent.store import Store, decisions, facts

Feeds = Callable[[datetime], Sequence[Feed]]
DIRTY = ("all", "link", "mark", "uid", "person", "named", "thread", "deal")


class Cycle:
    """Rounds over one rep's store. One at a time, whoever asks.

    A round in which nothing is new and nothing due writes nothing; therefore when each source was last read stands in
    `freshness`, by its place in the configuration, and in the store only as of the last round that wrote.
    """

    def __init__(self, store: Store, feeds: Feeds, rules: Rules, drafter: Drafter, fallback: Drafter, bodies: timedelta = KEEP) -> None:
        """`bodies` of older mail are not stored, but read again when needed."""
        self._store, self._feeds, self._rules, self._pens, self._keep = store, feeds, rules, Pens(drafter, fallback), bodies
        self._digest = judged.Digest.of(rules)
        self._sync = Sync(store)
        self._remembered, self._doubts = Remembered(), Doubts()
        self._asked_at: datetime | None = None  # the moment for which `premise` last asked mail and calendar
        self._lock = RLock()

    @property
    def freshness(self) -> Mapping[int, datetime]:
        return dict(self._sync.seen_at)

    def round(self, now: datetime, progress: Progress = ignore) -> Report:
        """Raises what the store raises; what a source raises is in the report. While it runs a person may be forgotten: it begins anew."""
        now = now.astimezone(UTC)
        with self._lock:
            while True:
                with suppress(Forgotten):
                    return self._round(now, progress)

    def premise(self, key: str, now: datetime, fresh: bool = False) -> str:
        """ "" while there is still reason to send that card's mail, else the sentence why not any more.

        With `fresh` mail and calendar are asked first, once for all cards of the same moment. Raises `Unavailable` where it cannot be
        known; without `fresh` a source that is not sound is no such reason.
        """
        now = now.astimezone(UTC)
        try:
            if not fresh:  # only reads: waits for no round
                synced = self._sync.stored()
                return self._fallen(key, self._world(self._known_at(key, synced, now), self._feeds(now), synced))[0]
            with self._lock:
                world, synced = self._asked(now)
                self._settled(world, ignore)
                self._all_read(world, synced)
                fallen, known = self._fallen(key, world)
        except OnwardError:
            raise
        except Exception as fault:
            raise unforeseen("what asks whether there is still reason to write", fault) from fault
        if not (fallen or known):
            raise Unavailable("not everything about this deal can be read now")
        return fallen

    # ------------------------------------------------------------------------------------------------------- round

    def _round(self, now: datetime, progress: Progress) -> Report:
        counts = Counts()
        world, synced = self._synced(now, progress)
        counts.new, counts.removed = synced.new, synced.removed
        wrote = self._concluded(world, counts, progress)
        states = tuple(self._failed(world, synced))
        notices = self._finished(world, states, wrote=wrote)
        return Report(states, **asdict(counts), notices=notices, wrote=wrote or bool(synced.new or synced.removed))

    def _synced(self, now: datetime, progress: Progress, sections: Collection[str] = ()) -> tuple[World, Synced]:
        feeds = self._feeds(now)
        with self._store.read() as connection:
            told = judged.of(connection, self._rules)
        synced = self._sync(feeds, told, now, progress, sections)
        return self._world(now, feeds, synced), synced

    def _world(self, now: datetime, feeds: Sequence[Feed], synced: Synced) -> World:
        return World(self._store, feeds, self._rules, now, synced.fresh, self._keep, self._remembered)

    def _concluded(self, world: World, counts: Counts, progress: Progress) -> bool:
        """Whether there was anything to do."""
        wrote = self._settled(world, progress)
        with self._store.read() as connection:
            due = bool(conclude.to_think_about(connection, world.now))
        if due:
            conclude.conclude(world, self._pens, counts, lambda done, total: progress("deals", done, total))
        with self._store.read() as connection:
            opens = cards.anything_to_open(connection, world)
        if opens:
            with world.begin() as connection:
                cards.open_and_wake(connection, world, counts)
        return wrote or due or opens

    def _settled(self, world: World, progress: Progress) -> bool:
        """What was said or set, what time brought, what changed; whether there was anything."""
        wrote = settle.passing(world)
        while True:
            with self._store.read() as connection:
                stands = judged.stands(connection, world.rules, self._digest)
                dirty = any(facts.noted(connection, kind, 1) for kind in DIRTY if kind != "deal")
            if not stands:
                with world.begin() as connection:
                    judged.changed(connection, world.rules, self._digest)
            if not (dirty or settle.window_turned(world)) and stands:
                return wrote
            wrote = True
            settle.settle(world, lambda done: progress("threads", done, None))
            world.renew()
            if world.stuck:
                return wrote

    def _failed(self, world: World, synced: Synced) -> Sequence[SourceState]:
        """A mailbox whose bodies could not be read is not fresh either."""
        for number, fault in world.failing.items():
            with world.begin() as connection:
                row = places.failing(places.all_of(connection)[number], fault, world.now)
                places.put(connection, row)
            self._sync.seen_at.pop(number, None)
        return [state for _, state in sorted((self._sync.stored() if world.failing else synced).states.items())]

    def _finished(self, world: World, states: Sequence[SourceState], *, wrote: bool) -> int:
        says = [s.says or f"The {s.section} source is {s.status}." for s in states if s.status != "ok"]
        with self._store.read() as connection:
            says += self._doubts.of(connection, world.directory, world.settings)
            other = conclude.other_notices(connection, says)
            number = conclude.notices(connection)
        if wrote or other:
            with world.begin() as connection:
                conclude.general_notices(connection, says)
                settle.listed_now(connection, world.now)
                places.fresh(connection, self._sync.seen_at)
                number = conclude.notices(connection)
        return number

    # ----------------------------------------------------------------------------------------------------- premise

    def _known_at(self, key: str, synced: Synced, now: datetime) -> datetime:
        """The moment up to which everything sound was read: after a sleep the clock is ahead of the facts, and what has not come
        since is not known to be missing. Not before the card's deal was last thought about."""
        read = [s.fresh_as_of for s in synced.states.values() if s.section in ("mail", "calendar")]
        if None in read or not read:
            return now
        with self._store.read() as connection:
            thought = conclude.thought_at(connection, key)
        known = min(at for at in read if at)
        return min(now, max(known, thought) if thought else known)

    def _asked(self, now: datetime) -> tuple[World, Synced]:
        if self._asked_at == now:
            synced = self._sync.stored()
            return self._world(now, self._feeds(now), synced), synced
        found = self._synced(now, ignore, ("mail", "calendar"))
        self._asked_at = now
        return found

    def _all_read(self, world: World, synced: Synced) -> None:
        for state in synced.states.values():
            if state.section in ("mail", "calendar") and state.status != "ok":
                raise Unavailable(state.says or f"the {state.section} source is {state.status}")
        for fault in world.failing.values():
            raise Unavailable(fault.told)

    def _fallen(self, key: str, world: World) -> tuple[str, bool]:
        """Why it fell, and whether that it did not is known."""
        with self._store.read() as connection:
            row = decisions.find(connection, key)
        if row is None:
            return "There is no such card any more.", True
        _, thoughts = conclude.thought_about(world, [row.deal])
        thought = thoughts.get(row.deal)
        with self._store.read() as connection:
            if thought is None:
                if cards.unread(connection, row):
                    raise Unavailable(f"The deal {row.deal} cannot be read now")
                return cards.reason(connection, row, None, world), True
            desk = Desk.at(connection, world, [row.deal], self._pens.fallback, self._pens.fallback, [])
        thought, known = conclude.worded(desk, thought), not told.blind(thought.dossier)
        if thought.wanted and thought.wanted.card.key == key:
            return "", known
        with self._store.read() as connection:
            return cards.reason(connection, row, thought, world) if cards.fallen(row, thought) else "", known
