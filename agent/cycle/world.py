"""What a round sees by: the store, the sources' bodies, the rules and deals of the moment."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

from sqlalchemy import Connection, insert

from agent.cycle import marks, neighbourhood, rules
from agent.cycle.feed import Feed
from agent.cycle.neighbourhood import Part
from agent.cycle.report import unforeseen
from agent.cycle.seen import Given, Seen, see
from agent.errors import OnwardError, Unavailable
from agent.model import Body, Deal, Quarantined, Rules
from agent.store import Store, codec, facts, schema
from agent.store.erase import erasures
from agent.think.directory import Directory

KEEP = timedelta(days=90)  # bodies of older mail are not stored


class Forgotten(Unavailable):
    """Somebody was forgotten since this moment was looked at. Nothing that was read before it may be written."""


class Remembered:
    """The directory that was made last: the same as long as neither a deal nor a rule is another. Rounds share it."""

    def __init__(self) -> None:
        self._last: tuple[list[tuple[str, str]], Directory] | None = None

    def directory(self, connection: Connection, rules: Rules) -> Directory:
        stored, last = facts.stored_deals(connection), self._last
        if last is None or last[0] != stored or last[1].rules != rules:
            last = self._last = stored, Directory([codec.loads(Deal, data) for _, data in stored], rules)
        return last[1]


@dataclass
class World:
    """One moment. `settings` are the rules as they were set, `rules` those with what the rep has said. `failing` tells what went
    wrong where bodies were to be read, by the source's place; `stuck` is what could not be matched for that, or for a fault of ours."""

    store: Store
    feeds: Sequence[Feed]
    settings: Rules
    now: datetime
    sources_fresh: Callable[[str], bool]
    keep: timedelta = KEEP
    remembered: Remembered = field(default_factory=Remembered)
    failing: dict[int, OnwardError] = field(default_factory=dict)
    stuck: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        with self.store.read() as connection:
            self._erasures = erasures(connection)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """As `Store.begin`. Raises `Forgotten`."""
        with self.store.begin() as connection:
            if erasures(connection) != self._erasures:
                raise Forgotten("a person was forgotten meanwhile")
            yield connection

    @cached_property
    def rules(self) -> Rules:
        with self.store.read() as connection:
            return rules.of(connection, self.settings)

    @cached_property
    def directory(self) -> Directory:
        with self.store.read() as connection:
            return self.remembered.directory(connection, self.rules)

    @cached_property
    def quarantined(self) -> list[Quarantined]:
        with self.store.read() as connection:
            return list(facts.spoiled(connection).values())

    def renew(self) -> None:
        """Rules and deals are read again."""
        for name in ("rules", "directory", "quarantined"):
            self.__dict__.pop(name, None)

    def fresh(self, section: str) -> bool:
        return self.sources_fresh(section) and not (section == "mail" and self.failing)

    def look(self, find: Callable[[Connection], Collection[str]], only: Collection[str] = ()) -> View:
        """The part that is joined with what `find` finds, and what it says; `only`: deals that get a dossier."""
        with self.store.read() as connection:
            part = neighbourhood.part(connection, find(connection), self.now)
        reader = _Reader(self, part)
        given = Given(part.messages, part.components, self.directory, self.rules, self.quarantined)
        seen = see(given, self.now, reader, self.fresh, [name for name in only if name in self.directory.by_id])
        return View(part, seen, reader.bodies, reader.fetched)


@dataclass(frozen=True)
class View:
    """`bodies` by row; `fetched` are those that the store did not hold."""

    part: Part
    seen: Seen
    bodies: Mapping[int, Body]
    fetched: Mapping[int, Body]

    def keep(self, connection: Connection, world: World) -> None:
        """Stores the bodies of mail that is not too old. An empty one may be one that could not be read: only while all is well."""
        sent = {self.part.rows[m.id][0]: m.sent for m in self.part.messages}
        well = world.fresh("mail")
        young = {row: body for row, body in self.fetched.items() if sent[row] >= world.now - world.keep and (well or body.text)}
        for some in facts.chunks(young.items()):
            held = {r.message for r in facts.some(connection, (schema.body.c.message,), schema.body.c.message, [row for row, _ in some])}
            there = {r.id for r in facts.some(connection, (schema.message.c.id,), schema.message.c.id, [row for row, _ in some])}
            rows = [{"message": row, "data": codec.dumps(b), "read_at": world.now} for row, b in some if row in there - held]
            if rows:
                connection.execute(insert(schema.body), rows)

    def mark(self, connection: Connection, world: World) -> None:
        """What only the texts name becomes a mark of the mails."""
        found = {row: marks.of_body(body, world.rules) for row, body in self.bodies.items()}
        facts.add_marks(connection, {row: named for row, named in found.items() if named})


class _Reader:
    """Bodies from the store, else from where the mail lies. A mailbox that fails has none."""

    def __init__(self, world: World, part: Part) -> None:
        self._world, self._part = world, part
        self.bodies: dict[int, Body] = {}
        self.fetched: dict[int, Body] = {}

    def __call__(self, ids: Sequence[str]) -> Mapping[str, Body]:
        missing: dict[int, dict[str, str]] = {}
        for name in ids:
            row, source, item = self._part.rows[name]
            if row in self._part.bodies:
                self.bodies[row] = codec.loads(Body, self._part.bodies[row])
            else:
                missing.setdefault(source, {})[item] = name
        for source, items in missing.items():
            self._fetch(source, items)
        every = {name: self.bodies.get(self._part.rows[name][0]) for name in ids}
        return {name: replace(body, id=name) for name, body in every.items() if body is not None}

    def _fetch(self, source: int, items: Mapping[str, str]) -> None:
        feed = self._world.feeds[source] if source < len(self._world.feeds) else None
        if feed is None or feed.reads is None or source in self._world.failing:
            return
        try:
            for body in feed.reads.read(list(items)):
                row = self._part.rows[items[body.id]][0]
                self.bodies[row] = self.fetched[row] = body
        except OnwardError as fault:
            self._world.failing[source] = fault
        except Exception as fault:  # noqa: BLE001 -- as with a source that fails
            self._world.failing[source] = unforeseen("the mail source", fault)
