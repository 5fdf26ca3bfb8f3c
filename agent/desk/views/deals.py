"""The list of deals: next step or none, what was found, how lively it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from agent.desk.views import look
from agent.desk.words import NEXT_STEP
from agent.life import OPEN
from agent.store.schema import card, deal, deal_state, message, thread

WEEKS = 12  # of the pulse
PAGE = 50
SHOWN: Mapping[str, str] = {
    "all": "All",
    "without": "Without a next step",
    "with": "With a next step",
    "muted": "Deferred",
    "held": "On hold",
}


@dataclass(frozen=True, slots=True)
class DealRow:
    """`pulse`: mails a week, the latest last. `card`: ref of its open card."""

    deal: look.DealLine
    rung: str
    why: str
    findings: tuple[str, ...]
    muted_until: date | None
    held: bool
    last_contact: datetime | None
    next_start: datetime | None
    pulse: tuple[int, ...]
    card: str = ""

    @property
    def next_step(self) -> bool:
        return self.rung in NEXT_STEP


@dataclass(frozen=True, slots=True)
class Deals:
    """`numbers`: how many there are under each of `SHOWN`."""

    rows: tuple[DealRow, ...]
    numbers: Mapping[str, int]
    more: bool


def deals(c: Connection, now: datetime, words: str = "", shown: str = "all", page: int = 1) -> Deals:
    """The rep's and nobody's: those without a next step first, the most valuable of them on top."""
    s = deal_state.c
    columns = select(s.deal, s.rung, s.muted_until.is_not(None).label("muted"), s.held, deal.c.data)
    states = c.execute(columns.outerjoin(deal, deal.c.id == s.deal)).all()
    lines = {row.deal: look.told(row.data) for row in states if row.data}
    wanted = words.casefold()
    kept = [row for row in states if not wanted or wanted in _words(lines.get(row.deal), row.deal)]
    under = {name: [row for row in kept if holds(row)] for name, holds in _UNDER.items()}
    numbers = {name: len(under[name]) for name in SHOWN}
    ordered = sorted(under.get(shown, kept), key=lambda row: _order(row, lines))
    names = [row.deal for row in ordered[(page - 1) * PAGE : page * PAGE]]
    return Deals(_rows(c, names, lines, now), numbers, len(ordered) > page * PAGE)


def _words(line: look.DealLine | None, name: str) -> str:
    return f"{name} {line.name} {line.account} {line.stage}".casefold() if line else name.casefold()


_UNDER: Mapping[str, Callable[[Any], bool]] = {
    "all": lambda _row: True,
    "without": lambda row: row.rung not in NEXT_STEP,
    "with": lambda row: row.rung in NEXT_STEP,
    "muted": lambda row: bool(row.muted),
    "held": lambda row: bool(row.held),
}


def _order(row: Any, lines: Mapping[str, look.DealLine]) -> tuple[object, ...]:
    line = lines.get(row.deal) or look.DealLine(row.deal, row.deal, known=False)
    return row.rung in NEXT_STEP, line.status not in ("open", ""), -(line.amount or 0), line.name.casefold(), row.deal


def _rows(c: Connection, names: list[str], lines: Mapping[str, look.DealLine], now: datetime) -> tuple[DealRow, ...]:
    states = {s.deal: s for s in c.execute(select(deal_state).where(deal_state.c.deal.in_(names)))}
    open_cards = select(card.c.deal, card.c.ref).where(card.c.state.in_(OPEN), card.c.deal.in_(names))
    refs = {row.deal: row.ref for row in c.execute(open_cards)}
    beats = _pulses(c, names, now)
    return tuple(
        DealRow(
            lines.get(name) or look.DealLine(name, name, known=False),
            states[name].rung,
            states[name].why,
            tuple(f["kind"] for f in states[name].findings),
            date.fromisoformat(states[name].muted_until) if states[name].muted_until else None,
            states[name].held,
            states[name].last_contact,
            states[name].next_start,
            beats.get(name, (0,) * WEEKS),
            refs.get(name, ""),
        )
        for name in names
    )


def _pulses(c: Connection, names: Iterable[str], now: datetime) -> dict[str, tuple[int, ...]]:
    since = now - timedelta(weeks=WEEKS)
    wanted = select(thread.c.deal, message.c.sent).join(message, message.c.thread == thread.c.id)
    counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for name, sent in c.execute(wanted.where(thread.c.deal.in_(names), thread.c.status == "matched", message.c.sent > since)):
        counts[name][min(WEEKS - 1, (sent - since) // timedelta(weeks=1))] += 1
    return {name: tuple(found[week] for week in range(WEEKS)) for name, found in counts.items()}
