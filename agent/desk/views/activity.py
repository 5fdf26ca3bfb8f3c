"""The audit trail, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from agent.desk.views import look
from agent.store.schema import act, card

PAGE = 100


@dataclass(frozen=True, slots=True)
class Trail:
    """What is asked for: `who` did it, `deal` it is about, what was done (`act`), before a row's id."""

    who: str = ""
    act: str = ""
    deal: str = ""
    before: int = 0

    @staticmethod
    def of(given: Mapping[str, str]) -> Trail:
        before = given.get("before", "")
        number = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else 0
        return Trail(given.get("who", "")[:20], given.get("act", "")[:40], given.get("deal", "")[:200], number)

    @property
    def filtered(self) -> bool:
        return bool(self.who or self.act or self.deal)


@dataclass(frozen=True, slots=True)
class Line:
    id: int
    at: datetime
    who: str
    act: str
    deal: look.DealLine | None
    card: str
    kind: str
    before: str
    after: str
    version_before: int | None
    version_after: int | None
    reason: str

    @property
    def told(self) -> str:
        return look.done(self.act, self.after)


@dataclass(frozen=True, slots=True)
class Activity:
    trail: Trail
    lines: tuple[Line, ...]
    acts: tuple[str, ...]  # that ever happened, to choose from
    more: int = 0  # `before` of the next page


def activity(c: Connection, trail: Trail) -> Activity:
    found = list(_read(c, trail, PAGE + 1))
    acts = tuple(c.execute(select(act.c.act).distinct().order_by(act.c.act)).scalars())
    return Activity(trail, tuple(found[:PAGE]), acts, found[PAGE - 1].id if len(found) > PAGE else 0)


def export(c: Connection, trail: Trail) -> Iterator[dict[str, Any]]:
    """All of it, as plain values: ids, words and times in RFC 3339."""
    for line in _read(c, trail, None):
        yield {
            "id": line.id,
            "at": line.at.isoformat().replace("+00:00", "Z"),
            "who": line.who,
            "act": line.act,
            "deal": line.deal.id if line.deal else None,
            "card": line.card or None,
            "kind": line.kind or None,
            "before": line.before or None,
            "after": line.after or None,
            "version_before": line.version_before,
            "version_after": line.version_after,
            "reason": line.reason,
        }


def _read(c: Connection, trail: Trail, most: int | None) -> Iterator[Line]:
    wanted = select(act, card.c.ref, card.c.kind).outerjoin(card, card.c.key == act.c.card).where(*_filters(trail))
    rows = c.execute(wanted.order_by(act.c.id.desc()).limit(most)).all()
    lines = look.lines(c, {row.deal for row in rows if row.deal})
    for r in rows:
        deal = lines.get(r.deal) if r.deal else None
        moved = (r.before, r.after, r.version_before, r.version_after, r.reason)
        yield Line(r.id, r.at, r.who, r.act, deal, r.ref or "", r.kind or "", *moved)


def _filters(trail: Trail) -> Iterator[ColumnElement[bool]]:
    for name in ("who", "act", "deal"):
        if value := getattr(trail, name):
            yield act.c[name] == value
    if trail.before:
        yield act.c.id < trail.before
