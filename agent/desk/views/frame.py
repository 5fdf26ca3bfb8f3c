"""What stands around every page: counts, what is about to leave, pauses, sources in trouble."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from agent.desk.views import inbox, look
from agent.store.schema import approval, card, meeting, setting, source, thread

SOON = timedelta(seconds=90)  # what leaves within this time can be taken back from every page


@dataclass(frozen=True, slots=True)
class Leaving:
    ref: str
    deal: look.DealLine
    leave_at: datetime
    mode: str


@dataclass(frozen=True, slots=True)
class Trouble:
    section: str
    status: str
    says: str


@dataclass(frozen=True, slots=True)
class Frame:
    """`paused_until` is None while paused for good. `outbox` and `tray` count what needs a look."""

    counts: Mapping[str, int]
    outbox: int
    tray: int
    leaving: tuple[Leaving, ...]
    paused: bool
    paused_until: datetime | None
    trouble: tuple[Trouble, ...]
    read_at: datetime | None
    progress: str = ""


def frame(c: Connection, now: datetime, progress: str = "") -> Frame:
    paused, until = pause(c, now)
    states = c.execute(select(source.c.section, source.c.status, source.c.says, source.c.fresh_as_of).order_by(source.c.id)).all()
    under_way = card.c.state.in_(("approved", "sending", "held", "failed"))
    return Frame(
        inbox.counts(c),
        c.execute(select(func.count()).where(under_way)).scalar() or 0,
        _tray(c),
        _leaving(c, now),
        paused,
        until,
        tuple(Trouble(s.section, s.status, s.says) for s in states if s.status != "ok"),
        min((s.fresh_as_of for s in states if s.fresh_as_of), default=None),
        progress,
    )


def pause(c: Connection, now: datetime) -> tuple[bool, datetime | None]:
    """Whether nothing leaves and no card opens, and until when (None: for good)."""
    value = c.execute(select(setting.c.value).where(setting.c.name == "paused_until")).scalar()
    if value is None:
        return False, None
    try:
        until = datetime.fromisoformat(value)
    except ValueError:
        return True, None
    return (until > now, until) if until.year < 9000 else (True, None)


def _tray(c: Connection) -> int:
    threads = c.execute(select(func.count()).where(thread.c.status == "ambiguous")).scalar() or 0
    return threads + (c.execute(select(func.count()).where(meeting.c.verdict == "ignored:ambiguous")).scalar() or 0)


def _leaving(c: Connection, now: datetime) -> tuple[Leaving, ...]:
    wanted = select(card.c.ref, card.c.deal, approval.c.leave_at, approval.c.mode).join(approval, approval.c.card == card.c.key)
    current = wanted.where(card.c.state == "approved", approval.c.undone_at.is_(None), approval.c.leave_at <= now + SOON)
    rows = c.execute(current.order_by(approval.c.leave_at)).all()
    lines = look.lines(c, (row.deal for row in rows))
    return tuple(Leaving(row.ref, lines[row.deal], row.leave_at, row.mode) for row in rows)
