"""One card, with everything that stands on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from difflib import SequenceMatcher
from typing import Any, Literal

from sqlalchemy import Connection, select

from agent.desk.views import look, sources
from agent.desk.views.letter import Recipient, recipients
from agent.draft.wording import words
from agent.life import TABLE
from agent.model import Deal, Draft, Message, Rules
from agent.store import codec
from agent.store.schema import act, approval, card, deal_state, delivery, draft, meeting, message, message_mark, thread

Way = Literal["mail", "meeting", "deal", "source"]


@dataclass(frozen=True, slots=True)
class Proof:
    """One sentence of evidence and the way to what it speaks of. `mail` or `starts` where that is at hand."""

    says: str
    way: Way
    href: str
    label: str
    mail: look.MailLine | None = None
    title: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    people: tuple[str, ...] = ()
    absent: bool = False  # it says what was looked for and not found


@dataclass(frozen=True, slots=True)
class Time:
    """A proposed time. `written` is how the mail says it, in its language and in both zones."""

    start: datetime
    end: datetime
    written: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of lines of a comparison: same, gone or new."""

    op: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the card's history; `changes` compares the words before and after, where they changed."""

    at: datetime
    who: str
    act: str
    before: str
    after: str
    reason: str
    changes: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Confidence:
    word: Literal["High", "Medium", "Low"]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sending:
    """How the approved mail stands."""

    state: str
    leave_at: datetime
    next_at: datetime | None
    mode: str
    says: str
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class CardView:
    ref: str
    key: str
    kind: str
    state: str
    version: int
    deal: look.DealLine
    due: datetime
    why: str
    reason: str
    confidence: Confidence
    evidence: tuple[Proof, ...]
    checked: tuple[sources.Source, ...]
    also: tuple[str, ...]
    warnings: tuple[str, ...]
    held: bool  # a source is not fresh: nothing is concluded from absence, and nothing leaves
    draft: Draft
    author: str
    to: tuple[Recipient, ...]
    cc: tuple[Recipient, ...]
    left_out: tuple[tuple[str, str], ...]
    times: tuple[Time, ...]
    theirs: tzinfo | None  # the zone of the customer written to, where its clock shows another time
    last_mail: look.MailLine | None
    sending: Sending | None
    history: tuple[Entry, ...]
    acts: frozenset[str]  # what life allows now
    wake_at: datetime | None = None
    named_day: date | None = None  # the day the customer named, to snooze until
    next_step: str = ""


def card_view(c: Connection, ref: str, rules: Rules) -> CardView | None:
    row = c.execute(select(card).where(card.c.ref == ref)).one_or_none()
    if row is None:
        return None
    written = c.execute(select(draft).where(draft.c.card == row.key).order_by(draft.c.version)).all()
    versions = {w.version: codec.loads(Draft, w.data) for w in written}
    current = versions.get(row.version) or Draft((), (), "", "", "en", (), "", "", "")
    found = look.deals(c, [row.deal]).get(row.deal)
    state = c.execute(select(deal_state).where(deal_state.c.deal == row.deal)).one_or_none()
    proofs = tuple(_proofs(c, row, rules))
    said, theirs = [p.says for p in proofs], _zone(c, current, rules)
    first, absent = said[:1], [p.says for p in proofs[1:] if p.absent][:1]
    return CardView(
        ref=row.ref,
        key=row.key,
        kind=row.kind,
        state=row.state,
        version=row.version,
        deal=look.line(found, row.deal),
        due=row.due,
        why=" ".join(_ended(s) for s in (*first, *absent)),
        reason=row.reason,
        confidence=_confidence(c, row, found),
        evidence=proofs,
        checked=sources.by_section(sources.sources(c)),
        also=tuple(row.also),
        warnings=tuple(row.warnings),
        held=bool(state and state.held),
        draft=current,
        author=next((w.author for w in written if w.version == row.version), ""),
        to=recipients(c, current.to, found, rules),
        cc=recipients(c, current.cc, found, rules),
        left_out=tuple((a.name or a.email, why) for a, why in current.left_out),
        times=tuple(Time(t.start, t.end, words(current.language).moment(t.start, rules.rep.working.zone, theirs)) for t in current.times),
        theirs=theirs,
        last_mail=_last_mail(c, row.thread, rules),
        sending=_sending(c, row.key),
        history=tuple(_history(c, row.key, versions)),
        acts=frozenset(TABLE.get(row.state, {})) - (frozenset() if row.thread else {"mute"}),
        wake_at=row.wake_at,
        named_day=date.fromisoformat(state.muted_until) if state and state.muted_until else None,
        next_step=found.next_step if found else "",
    )


def _ended(says: str) -> str:
    return says if says.endswith((".", "?", "!", "”")) else f"{says}."


# ---------------------------------------------------------------------------------------------------------- evidence


def _proofs(c: Connection, row: Any, rules: Rules) -> Iterable[Proof]:
    split = [(*e["source"].partition(":")[::2], e["says"]) for e in row.evidence]
    letters = look.mails(c, (name for kind, name, _ in split if kind == "message"), rules.rep.keys)
    held = look.events(c, (name for kind, name, _ in split if kind == "event"))
    for kind, name, says in split:
        if kind == "message":
            place = f"/deals/{look.quoted(row.deal)}#{look.anchor('m', name)}"
            yield Proof(says, "mail", place, "Show the mail", mail=letters.get(name))
        elif kind == "event":
            e = held.get(name)
            who = () if e is None or e.private else tuple(a.name or a.email for a in e.participants if a.key not in rules.rep.keys)
            place = f"/deals/{look.quoted(row.deal)}#{look.anchor('e', name)}"
            title = "" if e is None or e.private else e.title
            yield Proof(says, "meeting", place, "Show the meeting", None, title, e.start if e else None, e.end if e else None, who)
        elif kind == "deal":
            field = name.rpartition(".")[2]
            yield Proof(says, "deal", f"/deals/{look.quoted(row.deal)}#field-{look.quoted(field)}", "Show the field")
        else:
            yield Proof(says, "source", f"/health#{look.quoted(name)}", "How fresh it is", absent=True)


def _confidence(c: Connection, row: Any, found: Deal | None) -> Confidence:
    """How sure it is that this is about this deal: the thread's match, else who takes part in the meeting."""
    match = c.execute(select(thread).where(thread.c.id == row.thread)).one_or_none() if row.thread else None
    if match is not None and match.status == "matched":
        about = look.line(found, row.deal)
        return Confidence(level(match.confidence), tuple(look.named(says, [about]) for says in match.evidence))
    if row.meeting and found:
        met = c.execute(select(meeting.c.people).where(meeting.c.key == row.meeting).limit(1)).scalar() or []
        contacts = {a.email: k.name or a.email for k in found.contacts for a in k.addresses}
        known = [contacts[email] for email in met if email in contacts]
        if known:
            return Confidence("High", (f"{known[0]}, who took part, is a contact of the deal.",))
        return Confidence("Medium", ("Who took part belongs to the account by the mail domain.",))
    return Confidence("High", ("It speaks of the deal itself.",))


def level(confidence: float) -> Literal["High", "Medium", "Low"]:
    return "High" if confidence >= 0.95 else "Medium" if confidence >= 0.8 else "Low"


def _last_mail(c: Connection, name: str | None, rules: Rules) -> look.MailLine | None:
    if not name:
        return None
    last = c.execute(select(message.c.message_id).where(message.c.thread == name).order_by(message.c.sent.desc()).limit(1)).scalar()
    return look.mails(c, [last], rules.rep.keys).get(last) if last else None


# ------------------------------------------------------------------------------------------------------------- draft


def _zone(c: Connection, current: Draft, rules: Rules) -> tzinfo | None:
    """Of the latest mail of the first recipient, where its clock shows another time than the rep's. UTC tells nothing."""
    if not current.to or not current.times:
        return None
    marked = select(message.c.data).join(message_mark, message_mark.c.message == message.c.id)
    for row in c.execute(marked.where(message_mark.c.mark == current.to[0].key).order_by(message.c.sent.desc()).limit(20)):
        noun = codec.loads(Message, row.data)
        if noun.sender.key == current.to[0].key and noun.zone_known and noun.sent.utcoffset():
            same = noun.sent.utcoffset() == noun.sent.astimezone(rules.rep.working.zone).utcoffset()
            return None if same else noun.sent.tzinfo
    return None


def _sending(c: Connection, key: str) -> Sending | None:
    wanted = select(approval, delivery.c.state, delivery.c.next_at, delivery.c.says, delivery.c.receipt)
    joined = wanted.outerjoin(delivery, delivery.c.id == approval.c.id).where(approval.c.card == key, approval.c.undone_at.is_(None))
    row = c.execute(joined.order_by(approval.c.at.desc()).limit(1)).one_or_none()
    return None if row is None else Sending(row.state or "due", row.leave_at, row.next_at, row.mode, row.says or "", row.receipt or "")


# ----------------------------------------------------------------------------------------------------------- history


def _history(c: Connection, key: str, versions: Mapping[int, Draft]) -> Iterable[Entry]:
    """Newest first."""
    for row in c.execute(select(act).where(act.c.card == key).order_by(act.c.id.desc()).limit(100)):
        before, after = versions.get(row.version_before or 0), versions.get(row.version_after or 0)
        changes = compare(before, after) if before and after and before is not after else ()
        yield Entry(row.at, row.who, look.done(row.act, row.after), row.before, row.after, row.reason, changes)


def compare(before: Draft, after: Draft) -> tuple[Piece, ...]:
    """Line by line, the headers that a person writes first."""
    return tuple(_pieces(_page(before), _page(after)))


def _page(words: Draft) -> list[str]:
    heads = [f"To: {', '.join(a.email for a in words.to)}", f"Cc: {', '.join(a.email for a in words.cc)}", f"Subject: {words.subject}"]
    return [*heads, "", *words.body.splitlines()]


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterable[Piece]:
    for op, a, b, x, y in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            yield Piece("same", "\n".join(old[a:b]))
            continue
        if b > a:
            yield Piece("gone", "\n".join(old[a:b]))
        if y > x:
            yield Piece("new", "\n".join(new[x:y]))
