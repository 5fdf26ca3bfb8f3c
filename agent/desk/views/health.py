"""What is fresh and what is not, and everything that was set aside: nothing disappears silently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from agent.desk.views import look, sources
from agent.desk.words import REASONS
from agent.desk.words import said as said_of
from agent.model import Rules
from agent.store import said
from agent.store.schema import deal_state, lesson, meeting, notice, quarantined, silence, source, thread

MOST = 200


@dataclass(frozen=True, slots=True)
class Item:
    """A quarantined item, by the section it came from."""

    section: str
    item: str
    why: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Silence:
    """`key`: an address key or "@domain". `at` is None for one of the settings, which is taken back there."""

    key: str
    why: str
    source: str
    at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """`kind` is "" where the whole thread is muted."""

    id: str
    kind: str
    deal: look.DealLine
    scope: str  # thread, series or deal: what it holds for
    why: str
    at: datetime
    revoked_at: datetime | None = None
    subject: str = ""  # of the thread

    @property
    def told(self) -> str:
        about = f"the thread “{self.subject}”" if self.subject else f"this {self.scope}"
        what = f"{said_of(REASONS, self.kind)}: not asked again for {about}" if self.kind else f"{about} is muted"
        return f"{self.deal.name}: {what}" + (f" ({self.why})" if self.why else "")


@dataclass(frozen=True, slots=True)
class Told:
    kind: str
    deal: look.DealLine | None
    says: str


@dataclass(frozen=True, slots=True)
class HealthView:
    sources: tuple[sources.Source, ...]
    quarantined: tuple[Item, ...]
    held: tuple[tuple[look.DealLine, str], ...]  # deals about which nothing is concluded from absence, and why
    notices: tuple[Told, ...]
    silences: tuple[Silence, ...]
    lessons: tuple[Lesson, ...]
    last_round: datetime | None
    fault: str  # why the last round did not come to its end


def health(c: Connection, rules: Rules) -> HealthView:
    held = list(c.execute(select(deal_state.c.deal).where(deal_state.c.held.is_(True)).limit(MOST)).scalars())
    told = c.execute(select(notice).order_by(notice.c.kind, notice.c.id).limit(MOST)).all()
    learnt = c.execute(select(lesson).order_by(lesson.c.revoked_at.is_not(None), lesson.c.id.desc()).limit(MOST)).all()
    lines = look.lines(c, {*held, *(n.deal for n in told if n.deal), *(row.deal for row in learnt)})
    threads = select(thread.c.id, thread.c.subject).where(thread.c.id.in_({x.thread for x in learnt if x.thread}))
    subjects: dict[str, str] = {row.id: row.subject for row in c.execute(threads)}
    known = sources.sources(c)
    return HealthView(
        known,
        _quarantined(c),
        _held(c, [lines[name] for name in held], known),
        tuple(Told(n.kind, lines.get(n.deal) if n.deal else None, n.says) for n in told),
        _silences(c, rules),
        tuple(_lesson(x, lines[x.deal], subjects) for x in learnt),
        sources.last_round(c),
        said.setting(c, sources.FAULT) or "",
    )


def _lesson(x: Any, deal: look.DealLine, subjects: Mapping[str, str]) -> Lesson:
    scope = "thread" if x.thread else "series" if x.series else "deal"
    return Lesson(str(x.id), x.kind, deal, scope, x.why, x.at, x.revoked_at, subjects.get(x.thread, ""))


def _held(c: Connection, deals: Sequence[look.DealLine], known: Sequence[sources.Source]) -> tuple[tuple[look.DealLine, str], ...]:
    """Why, as it stands at a meeting of the deal; else what is wrong now."""
    rows = c.execute(select(meeting.c.deal, meeting.c.reason).where(meeting.c.verdict == "held", meeting.c.deal.is_not(None)))
    said_of: dict[str, str] = {row.deal: row.reason for row in rows}
    stale = list(dict.fromkeys(s.section for s in known if s.section in ("mail", "calendar") and s.status != "ok"))
    if stale:
        usual = f"{' and '.join(stale).capitalize()} could not be read freshly."
    elif any(s.quarantined for s in known):
        usual = "An item that cannot be read may be about it; see what is quarantined."
    else:
        usual = "Something could not be read; the next round judges it anew."
    return tuple((deal, said_of.get(deal.id, usual)) for deal in deals)


def _quarantined(c: Connection) -> tuple[Item, ...]:
    wanted = select(quarantined, source.c.section).outerjoin(source, source.c.id == quarantined.c.source)
    rows = c.execute(wanted.order_by(quarantined.c.seen_at.desc(), quarantined.c.item).limit(MOST))
    return tuple(Item(row.section or "", row.item, row.why, row.seen_at) for row in rows)


def _silences(c: Connection, rules: Rules) -> tuple[Silence, ...]:
    rows = c.execute(select(silence).order_by(silence.c.revoked_at.is_not(None), silence.c.key).limit(MOST)).all()
    stored = [Silence(r.key, r.why, r.source, r.at, r.revoked_at) for r in rows]
    return (*stored, *(Silence(key, "", "settings") for key in sorted(rules.do_not_contact)))
