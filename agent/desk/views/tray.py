"""Which deal? Threads and meetings that fit several deals, what fits none, and the answers that were given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, select

from agent.desk.views import look
from agent.facts import people
from agent.model import Body, Message, Rules
from agent.store import codec
from agent.store.schema import answer, body, meeting, message, thread

MOST = 50
OTHERS = 20  # of what fits no deal, the latest first
BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Question:
    """`field` and `name` are what the answer is given for: `thread` and its id, or `series` and its UID.

    `persons`: outsiders who take part, for an answer that holds for a person at an account.
    """

    field: str
    name: str
    title: str
    at: datetime
    candidates: tuple[look.DealLine, ...]
    evidence: tuple[str, ...]
    mail: look.MailLine | None = None
    persons: tuple[tuple[str, str], ...] = ()  # address, name
    until: datetime | None = None

    @property
    def accounts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(d.account for d in self.candidates if d.account))


@dataclass(frozen=True, slots=True)
class Given:
    """An answer. `id` is "" for one of the settings, which is taken back there."""

    id: str
    about: str
    what: str  # thread, series or person
    deal: look.DealLine | None
    at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tray:
    questions: tuple[Question, ...]
    others: tuple[Question, ...]  # mail of the last weeks that fits no deal
    answers: tuple[Given, ...]


def tray(c: Connection, rules: Rules, now: datetime) -> Tray:
    asked = c.execute(select(thread).where(thread.c.status == "ambiguous").order_by(thread.c.latest.desc()).limit(MOST)).all()
    alone = select(thread).where(thread.c.status == "unmatched", thread.c.latest > now - BACK)
    rest = c.execute(alone.order_by(thread.c.latest.desc()).limit(OTHERS)).all()
    met = c.execute(select(meeting).where(meeting.c.verdict == "ignored:ambiguous").order_by(meeting.c.start.desc()).limit(MOST)).all()
    lines = look.lines(c, {name for row in (*asked, *met) for name in row.candidates})
    questions = [*(_thread(c, row, lines, rules) for row in asked), *_series(met, lines)]
    return Tray(
        tuple(sorted(questions, key=lambda q: q.at, reverse=True)),
        tuple(_thread(c, row, lines, rules) for row in rest),
        given(c, rules),
    )


def _thread(c: Connection, row: Any, lines: dict[str, look.DealLine], rules: Rules) -> Question:
    wanted = select(message.c.data, body.c.data.label("body")).outerjoin(body, body.c.message == message.c.id)
    rows = c.execute(wanted.where(message.c.thread == row.id).order_by(message.c.sent.desc()).limit(20)).all()
    letters = [(codec.loads(Message, r.data), codec.loads(Body, r.body) if r.body else None) for r in rows]
    last = look.mail_line(*letters[0], rules.rep.keys) if letters else None
    persons = {a.email: a.name or a.email for m, _ in letters for a in (m.sender, *m.to, *m.cc) if people.role(a, rules.rep) == "outsider"}
    candidates = tuple(lines[name] for name in row.candidates if name in lines)
    says = tuple(look.named(each, candidates) for each in row.evidence)
    return Question("thread", row.id, row.subject, row.latest, candidates, says, last, tuple(persons.items())[:4])


def _series(rows: Any, lines: dict[str, look.DealLine]) -> list[Question]:
    """One question for a series, however many of its instances are listed."""
    made: dict[str, Question] = {}
    for row in rows:
        candidates = tuple(lines[name] for name in row.candidates if name in lines)
        says = (look.named(look.stopped(row.reason), candidates),)
        made.setdefault(row.uid, Question("series", row.uid, row.title, row.start, candidates, says, until=row.end))
    return list(made.values())


def given(c: Connection, rules: Rules) -> tuple[Given, ...]:
    """What holds first, the newest on top; then the settings'; then what was taken back."""
    rows = c.execute(select(answer).order_by(answer.c.id.desc()).limit(200)).all()
    names = {row.deal for row in rows if row.deal} | {a.deal for a in rules.answers if a.deal}
    lines = look.lines(c, names)
    titles = _titles(c, thread.c.id, thread.c.subject, [r.thread for r in rows if r.thread])
    titles |= _titles(c, meeting.c.uid, meeting.c.title, [r.series for r in rows if r.series])

    def made(row: Any, name: str) -> Given:
        what = "thread" if row.thread else "series" if row.series else "person"
        about = titles.get(row.thread or row.series) or row.thread or row.series or f"{row.person} at {row.account}".removesuffix(" at ")
        deal = lines.get(row.deal) if row.deal else None
        return Given(name, about, what, deal, getattr(row, "at", None), getattr(row, "revoked_at", None))

    stored = [made(row, str(row.id)) for row in rows]
    return tuple([g for g in stored if not g.revoked_at] + [made(a, "") for a in rules.answers] + [g for g in stored if g.revoked_at][:10])


def _titles(c: Connection, key: Column[str], title: Column[str], names: Sequence[str]) -> dict[str, str]:
    return {row[0]: row[1] for row in c.execute(select(key, title).where(key.in_(names)))}
