"""How Onward is: what is fresh, what is not, and what a person should do about it. Read from the store alone, so every process
of the rep sees the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from sqlalchemy import Column, Connection, func, select

from agent.daemon import schedule
from agent.errors import OnwardError
from agent.model import SourceStatus
from agent.settings import Section, Settings
from agent.store import Store, lease, said, schema

Level = Literal["pass", "warn", "fail"]
RELOAD = "reload_problem"  # the setting of the store with what is wrong with a configuration that was not taken


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a diagnosis. `fail`: a person is needed; `todo` is what he does, a command where there is one."""

    name: str
    level: Level
    says: str
    todo: str = ""


@dataclass(frozen=True, slots=True)
class SourceHealth:
    section: str
    kind: str
    status: SourceStatus | Literal["unread"]
    items: int = 0
    fresh_as_of: datetime | None = None
    says: str = ""
    todo: str = ""
    retry_at: datetime | None = None  # not asked before
    where: str = ""  # folder, or account and server: tells one of several from the others
    several: bool = False  # of this section and kind

    @property
    def name(self) -> str:
        return called(self.section, self.kind, self.where if self.several else "")


@dataclass(frozen=True, slots=True)
class Health:
    """Times are UTC. `deliveries` and `cards` are counted by state."""

    now: datetime
    store: str = ""  # what is wrong with it, "" for nothing; then nothing else is known
    sources: tuple[SourceHealth, ...] = ()
    last_round: datetime | None = None
    next_round: datetime | None = None
    round_fault: str = ""
    holder: str = ""  # who works for the rep, "" for nobody
    deliveries: Mapping[str, int] = field(default_factory=dict)
    cards: Mapping[str, int] = field(default_factory=dict)
    paused_until: datetime | None = None
    reload_problem: str = ""
    doubts: tuple[str, ...] = ()  # what the sources say that can hardly be meant
    every: timedelta = timedelta(minutes=5)
    running: datetime | None = None  # since when a round does; only the process whose round it is knows

    @property
    def held(self) -> int:
        return self.deliveries.get("held", 0)

    @property
    def failed(self) -> int:
        """Cards whose mail was refused: it did not leave."""
        return self.cards.get("failed", 0)

    @property
    def paused(self) -> bool:
        return self.paused_until is not None

    @property
    def ok(self) -> bool:
        """Nothing needs a person."""
        return all(check.level != "fail" for check in self.checks)

    @property
    def checks(self) -> tuple[Check, ...]:
        if self.store:
            return (Check("store", "fail", self.store, "onward doctor"),)
        return (
            Check("store", "pass", "can be read"),
            *(_source(source, self) for source in self.sources),
            *(Check("sources", "warn", says, "mend it where it is kept") for says in self.doubts),
            _rounds(self),
            *_mail(self),
            *_wishes(self),
        )


def health(store: Store, settings: Settings, now: datetime, running: datetime | None = None) -> Health:
    """Never raises for a store that cannot be read: that is what it says then."""
    try:
        holder = _holder(store, settings)
        with store.read() as connection:
            return replace(_read(connection, settings, holder, now), running=running)
    except OnwardError as fault:
        return Health(now, store=fault.told)


def _read(connection: Connection, settings: Settings, holder: str, now: datetime) -> Health:
    last, fault = schedule.last_round(connection), said.setting(connection, schedule.FAULT) or ""
    sources = tuple(_sources(connection, settings, None if fault else last))
    return Health(
        now,
        sources=sources,
        last_round=last,
        next_round=schedule.round_due(connection, settings.rounds, now) if last else None,
        round_fault=fault,
        holder=holder,
        deliveries=_counted(connection, schema.delivery.c.state),
        cards=_counted(connection, schema.card.c.state),
        paused_until=said.paused_until(connection, now),
        reload_problem=said.setting(connection, RELOAD) or "",
        doubts=tuple(_doubts(connection, {source.says for source in sources})),
        every=settings.rounds,
    )


def _doubts(connection: Connection, known: set[str]) -> Iterator[str]:
    """Notices of the sources, but for the sentences that tell how one stands."""
    n = schema.notice.c
    found = connection.execute(select(n.says).where(n.kind == "source", n.deal.is_(None)).order_by(n.id)).scalars()
    return (says for says in found if says not in known)


def _sources(connection: Connection, settings: Settings, last: datetime | None) -> Iterator[SourceHealth]:
    """In the order of the configuration, by which the store numbers them. `last`: when a round last came to its end; a source
    that is sound was read in it, and its row says so only if that brought something new.
    """
    told = (column for column in schema.source.c if column.name != "cursor")  # which is of megabytes, where mail lies in files
    rows = {row.id: row for row in connection.execute(select(*told))}
    for place, (section, kind, where, several) in enumerate(configured(settings)):
        row = rows.get(place)
        if row is None:
            yield SourceHealth(section, kind, "unread", says="it was never read", todo="onward run", where=where, several=several)
            continue
        good = row.status == "ok"
        fresh = max((m for m in (row.fresh_as_of, last if good else None) if m), default=None)
        yield SourceHealth(
            section, kind, row.status, row.items, fresh, row.says, "" if good else "onward check", row.retry_at, where, several
        )


def configured(settings: Settings) -> Iterator[tuple[str, str, str, bool]]:
    """Section, kind, where it is, and whether there are several of that kind: of each source in the order of the configuration."""
    found = [(port, section) for port in ("mail", "calendar", "deals") for section in settings.sections.get(port, ())]
    kinds = Counter((port, section.kind) for port, section in found)
    yield from ((port, section.kind, _where(section), kinds[port, section.kind] > 1) for port, section in found)


def _where(section: Section) -> str:
    """Of an address only the host: what follows it may be a secret."""
    told = {name: str(section.options.get(name) or "") for name in ("path", "user", "host", "url")}
    host = told["host"] or urlsplit(told["url"]).hostname or ""
    return told["path"] or " at ".join(filter(None, (told["user"], host)))


def called(section: str, kind: str, where: str) -> str:
    return f"{section} ({kind} {where})" if where else f"{section} ({kind})"


def _counted(connection: Connection, state: Column[str]) -> dict[str, int]:
    return {row[0]: row[1] for row in connection.execute(select(state, func.count()).group_by(state))}


def _holder(store: Store, settings: Settings) -> str:
    found = lease.held(store, settings.rules.rep.address.email) if lease.alive(store) else None
    return found.holder if found else ""


# ------------------------------------------------------------------------------------------------------------ checks


def _source(source: SourceHealth, health: Health) -> Check:
    name = source.name
    if source.status == "unread":
        return Check(name, "warn", source.says, source.todo)
    age = f"fresh {ago(source.fresh_as_of, health.now)}" if source.fresh_as_of else "never read to its end"
    if source.status == "ok":
        return Check(name, "pass", f"{source.items:,} {'item' if source.items == 1 else 'items'}, {age}")
    again = f"; asked again {ahead(source.retry_at, health.now)}" if source.retry_at and source.retry_at > health.now else ""
    says = f"{source.status}, {age}: {source.says.rstrip('.') or 'it does not answer'}{again}"
    return Check(name, "warn" if source.status == "stale" else "fail", says, source.todo)


def _rounds(health: Health) -> Check:
    who = f"; {health.holder}" if health.holder else ""
    if health.round_fault:
        return Check("rounds", "fail", f"the last round did not end well: {health.round_fault.rstrip('.')}", "onward run --once")
    if health.last_round is None:
        return Check("rounds", "warn", f"there was no round yet{who}", "" if health.holder else "onward run")
    says = f"the last round was {ago(health.last_round, health.now)}{who}"
    if health.running and health.now - health.running > health.every:
        return Check("rounds", "warn", f"{says}, and one that began {ago(health.running, health.now)} still runs")
    if health.now - health.last_round > max(3 * health.every, timedelta(minutes=15)):
        return Check("rounds", "fail", says if health.holder else f"{says}; nobody works for this rep now", "onward run")
    after = f"; the next is {ahead(health.next_round, health.now)}" if health.next_round and health.holder else ""
    return Check("rounds", "pass", says + after)


def _mail(health: Health) -> Iterable[Check]:
    if health.held:
        yield Check("outbox", "fail", f"{_mails(health.held)} may have left: say whether, in the outbox", "onward inbox list")
    if health.failed:
        yield Check("outbox", "fail", f"{_mails(health.failed)} could not be sent and did not leave", "onward inbox list")
    if not health.held and not health.failed:
        leaving = sum(health.deliveries.get(state, 0) for state in ("due", "putting", "put", "sending"))
        yield Check("outbox", "pass", f"{_mails(leaving)} to leave" if leaving else "nothing is in doubt")


def _wishes(health: Health) -> Iterable[Check]:
    if health.paused_until:
        until = "" if health.paused_until == said.FOR_GOOD else f" until {health.paused_until:%Y-%m-%d %H:%M} UTC"
        yield Check("pause", "warn", f"paused{until}: nothing leaves and no card opens", "resume on the page of settings")
    if health.reload_problem:
        yield Check("configuration", "fail", f"a change was not taken: {health.reload_problem}", "onward check")


def _mails(count: int) -> str:
    return "one mail" if count == 1 else f"{count} mails"


def ago(then: datetime, now: datetime) -> str:
    """`3 minutes ago`."""
    return f"{_span(now - then)} ago" if now - then >= timedelta(seconds=1) else "just now"


def ahead(then: datetime | None, now: datetime) -> str:
    """`in 3 minutes`."""
    return f"in {_span(then - now)}" if then and then - now >= timedelta(seconds=1) else "due now"


def _span(length: timedelta) -> str:
    seconds = int(length.total_seconds())
    for name, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= size:
            number = seconds // size
            return f"{number} {name}{'' if number == 1 else 's'}"
    return f"{seconds} second{'' if seconds == 1 else 's'}"
