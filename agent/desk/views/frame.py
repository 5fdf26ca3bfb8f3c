"""What stands around every page: counts, what is about to leave, pauses, sources in trouble."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from agent.desk.views import inbox, look, sources
from agent.store import said
from agent.store.schema import approval, card, meeting, thread

SOON = timedelta(seconds=90)  # what leaves within this time can be taken back from every page


@dataclass(frozen=True, slots=True)
class Leaving:
    ref: str
    deal: look.DealLine
    leave_at: datetime
    mode: str


@dataclass(frozen=True, slots=True)
class Frame:
    """`outbox` and `tray` count what needs a look. `paused_until` is None while nothing is paused, or paused for good."""

    counts: Mapping[str, int]
    outbox: int
    tray: int
    leaving: tuple[Leaving, ...]
    paused: bool
    paused_until: datetime | None
    trouble: tuple[sources.Source, ...]
    read_at: datetime | None
    progress: str = ""


def frame(c: Connection, now: datetime, progress: str = "") -> Frame:
    until = said.paused_until(c, now)
    found = sources.sources(c)
    under_way = card.c.state.in_(("approved", "sending", "held", "failed"))
    return Frame(
        inbox.counts(c),
        c.execute(select(func.count()).where(under_way)).scalar() or 0,
        _tray(c),
        _leaving(c, now),
        until is not None,
        None if until == said.FOR_GOOD else until,
        tuple(s for s in found if s.status != "ok"),
        sources.read_at(found),
        progress,
    )


def _tray(c: Connection) -> int:
    threads = c.execute(select(func.count()).where(thread.c.status == "ambiguous")).scalar() or 0
    return threads + (c.execute(select(func.count()).where(meeting.c.verdict == "ignored:ambiguous")).scalar() or 0)


def _leaving(c: Connection, now: datetime) -> tuple[Leaving, ...]:
    wanted = select(card.c.ref, card.c.deal, approval.c.leave_at, approval.c.mode).join(approval, approval.c.card == card.c.key)
    current = wanted.where(card.c.state == "approved", approval.c.undone_at.is_(None), approval.c.leave_at <= now + SOON)
    rows = c.execute(current.order_by(approval.c.leave_at)).all()
    lines = look.lines(c, (row.deal for row in rows))
    return tuple(Leaving(row.ref, lines[row.deal], row.leave_at, row.mode) for row in rows)
