"""The sources as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from agent.store import said
from agent.store.schema import quarantined, source

LAST_ROUND = "last_round_at"  # the setting of the store with the moment that the last round judged by
FAULT = "last_round_fault"


@dataclass(frozen=True, slots=True)
class Source:
    """`fresh_as_of`: when it was last read to its end, whether that brought something new or not."""

    section: str
    kind: str
    status: str
    says: str
    items: int
    quarantined: int
    fresh_as_of: datetime | None
    failing_since: datetime | None
    retry_at: datetime | None
    warnings: tuple[str, ...] = ()
    place: int = -1  # in the configuration

    @property
    def told(self) -> str:
        """What is wrong and what to do, without the name of the section and the full stop."""
        return self.says.removeprefix(f"{self.section}: ").rstrip(".")


def sources(c: Connection) -> tuple[Source, ...]:
    """In the order of the configuration. A sound one was read in the last round, and its row says so only if that brought something."""
    last = last_round(c) if said.setting(c, FAULT) is None else None
    bad: dict[int, int] = {row[0]: row[1] for row in c.execute(select(quarantined.c.source, func.count()).group_by(quarantined.c.source))}
    return tuple(
        Source(
            s.section,
            s.kind,
            s.status,
            s.says,
            s.items,
            bad.get(s.id, 0),
            max((m for m in (s.fresh_as_of, last if s.status == "ok" else None) if m), default=None),
            s.failing_since,
            s.retry_at,
            tuple(s.warnings),
            s.id,
        )
        for s in c.execute(select(*(column for column in source.c if column.name != "cursor")).order_by(source.c.id))
    )


def last_round(c: Connection) -> datetime | None:
    value = said.setting(c, LAST_ROUND)
    return datetime.fromisoformat(value) if value else None


def read_at(found: Iterable[Source]) -> datetime | None:
    """Since when all of them are known."""
    return min((s.fresh_as_of for s in found if s.fresh_as_of), default=None)


def by_section(found: Iterable[Source]) -> tuple[Source, ...]:
    """One of each section: the one that stands worst."""
    worst: dict[str, Source] = {}
    for each in sorted(found, key=lambda s: (s.status == "ok", s.fresh_as_of.timestamp() if s.fresh_as_of else 0.0)):
        worst.setdefault(each.section, each)
    return tuple(worst.values())
