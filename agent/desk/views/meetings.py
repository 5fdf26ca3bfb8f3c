"""Meetings with their verdicts: those that ended lately, and those to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from agent.desk.views import look
from agent.life import OPEN
from agent.model import Rules
from agent.store.schema import card, meeting

PAST, AHEAD = timedelta(days=14), timedelta(days=14)
MOST = 100  # of those that ended, and of those to come


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """`card`: ref of the open card that it gave. `deal` is None where none was matched."""

    key: str
    title: str
    start: datetime
    end: datetime
    all_day: bool
    deal: look.DealLine | None
    candidates: tuple[look.DealLine, ...]
    verdict: str
    reason: str
    people: tuple[str, ...]
    next_start: datetime | None
    card: str = ""

    @property
    def ignored(self) -> bool:
        return self.verdict.startswith("ignored:")


@dataclass(frozen=True, slots=True)
class Meetings:
    """Customer meetings apart from what is left alone; what ended last, and what comes next, first."""

    ended: tuple[MeetingRow, ...]
    coming: tuple[MeetingRow, ...]
    ignored: tuple[MeetingRow, ...]


def meetings(c: Connection, now: datetime, rules: Rules) -> Meetings:
    past = select(meeting).where(meeting.c.end > now - PAST, meeting.c.end <= now).order_by(meeting.c.start.desc()).limit(MOST)
    coming = select(meeting).where(meeting.c.end > now, meeting.c.start < now + AHEAD).order_by(meeting.c.start).limit(MOST)
    rows = [*reversed(c.execute(coming).all()), *c.execute(past)]
    lines = look.lines(c, {name for row in rows for name in (row.deal, *row.candidates) if name})
    refs = {
        row[0]: row[1] for row in c.execute(select(card.c.meeting, card.c.ref).where(card.c.meeting.is_not(None), card.c.state.in_(OPEN)))
    }
    made = [_row(row, lines, refs, rules) for row in rows]
    judged = [m for m in made if not m.ignored]
    return Meetings(
        tuple(m for m in judged if m.end <= now),
        tuple(m for m in reversed(judged) if m.end > now),
        tuple(m for m in made if m.ignored),
    )


def _row(row: Any, lines: dict[str, look.DealLine], refs: dict[str, str], rules: Rules) -> MeetingRow:
    return MeetingRow(
        row.key,
        row.title,
        row.start,
        row.end,
        row.all_day,
        lines.get(row.deal) if row.deal else None,
        tuple(lines[name] for name in row.candidates if name in lines),
        row.verdict,
        look.stopped(row.reason),
        look.others(row.people, rules.rep),
        row.next_start,
        refs.get(row.key, ""),
    )
