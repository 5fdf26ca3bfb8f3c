"""One deal: what happened, who takes part, which threads are taken to be about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, func, select

from agent.desk.views import look
from agent.desk.views.card import level
from agent.life import OPEN
from agent.model import Body, Deal, Message, Rules
from agent.store import codec
from agent.store.schema import act, body, card, deal, deal_state, meeting, message, notice, thread

MAILS, ACTS = 150, 60  # of the timeline


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the timeline. `anchor` is its id on the page."""

    what: Literal["in", "out", "meeting", "act"]
    at: datetime
    title: str
    who: str
    says: str = ""
    anchor: str = ""
    until: datetime | None = None
    verdict: str = ""
    card: str = ""
    future: bool = False


@dataclass(frozen=True, slots=True)
class PersonLine:
    name: str
    email: str
    role: str
    last_in: datetime | None
    last_out: datetime | None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class ThreadLine:
    id: str
    subject: str
    latest: datetime
    mails: int
    confidence: str
    by: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    kind: str
    due: datetime
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DealView:
    deal: look.DealLine
    fields: tuple[tuple[str, str], ...]  # name of the field and what stands in it
    rung: str
    why: str
    muted_until: date | None
    held: bool
    findings: tuple[Found, ...]
    card: str
    people: tuple[PersonLine, ...]
    threads: tuple[ThreadLine, ...]
    timeline: tuple[Happening, ...]
    notices: tuple[str, ...]
    url: str = ""


def deal_view(c: Connection, name: str, rules: Rules, now: datetime) -> DealView | None:
    stored = c.execute(select(deal.c.data).where(deal.c.id == name)).scalar()
    if stored is None:
        return None
    found = codec.loads(Deal, stored)
    state = c.execute(select(deal_state).where(deal_state.c.deal == name)).one_or_none()
    letters = _letters(c, name)
    happened = [*_mails(letters, rules), *_meetings(c, name, rules, now), *_acts(c, name)]
    return DealView(
        look.line(found, name),
        tuple(_fields(found)),
        state.rung if state else "",
        state.why if state else "",
        date.fromisoformat(state.muted_until) if state and state.muted_until else None,
        bool(state and state.held),
        tuple(_found(f) for f in state.findings) if state else (),
        c.execute(select(card.c.ref).where(card.c.deal == name, card.c.state.in_(OPEN)).limit(1)).scalar() or "",
        tuple(_people(found, letters)),
        tuple(_threads(c, name)),
        tuple(sorted(happened, key=lambda h: h.at, reverse=True)),
        tuple(c.execute(select(notice.c.says).where(notice.c.deal == name).order_by(notice.c.id)).scalars()),
    )


def _found(finding: Any) -> Found:
    return Found(finding["kind"], datetime.fromisoformat(finding["due"]), tuple(e["says"] for e in finding["evidence"]))


def _fields(found: Deal) -> Iterator[tuple[str, str]]:
    """As they stand in the CRM; the names are those that evidence points to."""
    for name in ("stage", "status", "amount", "close_date", "opened", "stage_since", "next_step", "owner", "products", "criteria"):
        value = getattr(found, name)
        if name == "amount" and value is not None:
            value = f"{value:,.0f} {found.currency}".strip()
        text = ", ".join(value) if isinstance(value, tuple) else str(value or "")
        if text:
            yield name, text


# ---------------------------------------------------------------------------------------------------------- timeline


Letter = tuple[Message, Body | None]


def _letters(c: Connection, name: str) -> list[Letter]:
    wanted = select(message.c.data, body.c.data.label("body")).join(thread, thread.c.id == message.c.thread)
    wanted = wanted.outerjoin(body, body.c.message == message.c.id).where(thread.c.deal == name, thread.c.status == "matched")
    rows = c.execute(wanted.order_by(message.c.sent.desc()).limit(MAILS))
    return [(codec.loads(Message, r.data), codec.loads(Body, r.body) if r.body else None) for r in rows]


def _mails(letters: list[Letter], rules: Rules) -> Iterator[Happening]:
    seen: set[str] = set()
    for noun, text in letters:
        if noun.message_id in seen:  # it lies in two folders
            continue
        seen.add(noun.message_id)
        one = look.mail_line(noun, text, rules.rep.keys)
        to = ", ".join(a.name or a.email for a in noun.to[:3])
        who = f"{one.sender} to {to}" if to else one.sender
        yield Happening("out" if one.ours else "in", one.sent, one.subject, who, one.quote, look.anchor("m", noun.message_id))


def _meetings(c: Connection, name: str, rules: Rules, now: datetime) -> Iterator[Happening]:
    for row in c.execute(select(meeting).where(meeting.c.deal == name)):
        who = ", ".join(look.others(row.people, rules.rep)[:6])
        place = look.anchor("e", row.key)
        yield Happening("meeting", row.start, row.title, who, look.stopped(row.reason), place, row.end, row.verdict, future=row.start > now)


def _acts(c: Connection, name: str) -> Iterator[Happening]:
    wanted = select(act, card.c.ref, card.c.kind).outerjoin(card, card.c.key == act.c.card).where(act.c.deal == name)
    for row in c.execute(wanted.order_by(act.c.id.desc()).limit(ACTS)):
        yield Happening("act", row.at, look.done(row.act, row.after), row.who, row.reason, card=row.ref or "", verdict=row.kind or "")


# ----------------------------------------------------------------------------------------------- people and threads


def _people(found: Deal, letters: list[Letter]) -> Iterator[PersonLine]:
    """The contacts of the deal, and when there last was mail from and to them."""
    for contact in found.contacts:
        keys = {a.key for a in contact.addresses}
        came = max((m.sent for m, _ in letters if m.sender.key in keys), default=None)
        went = max((m.sent for m, _ in letters if any(a.key in keys for a in m.recipients)), default=None)
        yield PersonLine(contact.name, contact.addresses[0].email if contact.addresses else "", contact.role, came, went)


def _threads(c: Connection, name: str) -> Iterator[ThreadLine]:
    numbers = select(message.c.thread, func.count().label("mails")).group_by(message.c.thread).subquery()
    wanted = select(thread, numbers.c.mails).outerjoin(numbers, numbers.c.thread == thread.c.id)
    for row in c.execute(wanted.where(thread.c.deal == name, thread.c.status == "matched").order_by(thread.c.latest.desc()).limit(60)):
        yield ThreadLine(row.id, row.subject, row.latest, row.mails or 0, level(row.confidence), row.by, tuple(row.evidence))
