"""The list of deals: next step or none, what was found, how lively it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from agent.desk.views import look
from agent.desk.words import NEXT_STEP
from agent.life import OPEN
from agent.store.schema import card, deal_state, message, thread

WEEKS = 12  # of the pulse
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


def deals(c: Connection, now: datetime, words: str = "") -> tuple[DealRow, ...]:
    """The rep's and nobody's: those without a next step first, the most valuable of them on top."""
    states = c.execute(select(deal_state)).all()
    lines = look.lines(c, (s.deal for s in states))
    beats = _pulses(c, now)
    cards = {row[0]: row[1] for row in c.execute(select(card.c.deal, card.c.ref).where(card.c.state.in_(OPEN)))}
    rows = [
        DealRow(
            lines[s.deal],
            s.rung,
            s.why,
            tuple(f["kind"] for f in s.findings),
            date.fromisoformat(s.muted_until) if s.muted_until else None,
            s.held,
            s.last_contact,
            s.next_start,
            beats.get(s.deal, (0,) * WEEKS),
            cards.get(s.deal, ""),
        )
        for s in states
    ]
    wanted = words.casefold()
    kept = (r for r in rows if wanted in f"{r.deal.id} {r.deal.name} {r.deal.account} {r.deal.stage}".casefold())
    return tuple(
        sorted(kept, key=lambda r: (r.next_step, r.deal.status not in ("open", ""), -(r.deal.amount or 0), r.deal.name.casefold()))
    )


def shown(row: DealRow, name: str) -> bool:
    """Whether a row stands under one of `SHOWN`."""
    tests = {"without": not row.next_step, "with": row.next_step, "muted": row.muted_until is not None, "held": row.held}
    return tests.get(name, True)


def _pulses(c: Connection, now: datetime) -> dict[str, tuple[int, ...]]:
    since = now - timedelta(weeks=WEEKS)
    wanted = select(thread.c.deal, message.c.sent).join(message, message.c.thread == thread.c.id)
    counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for name, sent in c.execute(wanted.where(message.c.sent > since, thread.c.status == "matched")):
        counts[name][min(WEEKS - 1, (sent - since) // timedelta(weeks=1))] += 1
    return {name: tuple(found[week] for week in range(WEEKS)) for name, found in counts.items()}
