"""Decisions: cards with the versions of their draft, and approvals. Functions over a connection, within `Store.begin()`.

A state changes by `move` alone: by `agent.life`, compared and set on the state and version that were read, with a row of the audit
trail in the same transaction. Of two that act at once (two tabs, the terminal, a round, the courier) one wins, the other gets `Changed`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from agent import life
from agent.errors import OnwardError
from agent.model import Card, Draft, Evidence, Mail, Slot
from agent.store import audit, bookings, codec, facts, schema

_TEXTS: Mapping[str, str] = {
    "waiting": "it waits for a day with room",
    "review": "it is to be reviewed",
    "snoozed": "it was put off",
    "approved": "it was approved",
    "sending": "it is leaving",
    "laid": "it lies in the Drafts folder",
    "held": "it may have left, and waits for your word",
    "failed": "it could not be sent",
    "sent": "it was sent",
    "withdrawn": "it was withdrawn",
    "dismissed": "it was dismissed",
    "handled": "it was marked as done",
    "misplaced": "it was moved to another deal",
    "muted": "it was muted with its thread",
}


_ASKED: frozenset[life.State] = frozenset({"review", "failed"})
_FOLLOWED: frozenset[life.State] = frozenset({"waiting", "review", "snoozed", "approved", "laid", "failed"})  # by the rounds


class Changed(OnwardError):
    """The card is not what the rep was looking at any more; `version` is the current one."""

    def __init__(self, says: str, version: int) -> None:
        super().__init__(says)
        self.version = version


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card as it is stored; `version` is that of its current draft."""

    key: str
    ref: str
    kind: str
    deal: str
    state: life.State
    due: datetime
    meeting: str | None
    thread: str | None
    also: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    warnings: tuple[str, ...]
    value: float
    version: int
    opened_at: datetime
    shown_at: datetime | None
    changed_at: datetime
    wake_at: datetime | None
    reason: str

    @property
    def closed(self) -> bool:
        return self.state in life.CLOSED

    @property
    def told(self) -> str:
        """What it is now, as a clause: `it was sent`, with the reason where there is one."""
        return _TEXTS[self.state] + (f" ({self.reason.rstrip('.')})" if self.reason else "")


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    author: str  # model.Draft.written_by: rep, or a drafter
    draft: Draft
    at: datetime


# --------------------------------------------------------------------------------------------------------- cards


def find(connection: Connection, name: str) -> CardRow | None:
    """By key, or by ref as it stands in addresses and on the command line."""
    table = schema.card.c
    row = connection.execute(select(schema.card).where((table.key == name) | (table.ref == name))).first()
    return _card(row) if row else None


def named(connection: Connection, beginning: str) -> list[CardRow]:
    """Cards whose ref begins so."""
    table = schema.card.c
    return [_card(row) for row in connection.execute(select(schema.card).where(table.ref.startswith(beginning, autoescape=True)))]


def cards(connection: Connection, states: Iterable[life.State] = life.OPEN, *, deal: str | None = None) -> list[CardRow]:
    """The most valuable first, then the longest due."""
    table = schema.card.c
    query = select(schema.card).where(table.state.in_(sorted(states)))
    if deal is not None:
        query = query.where(table.deal == deal)
    return [_card(row) for row in connection.execute(query.order_by(table.value.desc(), table.due, table.key))]


def create(connection: Connection, card: Card, value: float, now: datetime) -> CardRow:
    """A card that a round found, with its draft as version 1; `waiting` or under review. Its key must be new."""
    assert card.draft is not None
    state: life.State = "waiting" if card.waiting else "review"
    names = {"key": card.key, "ref": schema.ref(card.key), "kind": card.kind, "deal": card.deal, "state": state}
    connection.execute(insert(schema.card).values(**names, **about(card, value), version=1, opened_at=now, changed_at=now, reason=""))
    _write(connection, card.key, 1, card.draft, now)
    audit.append(connection, now, "onward", "open", card=card.key, deal=card.deal, after=state, version_after=1)
    return known(connection, card.key)


def about(card: Card, value: float) -> dict[str, Any]:
    """The columns of a card that a later round may see anew: what `move(…, columns=)` takes on a refresh."""
    return {
        "due": card.due,
        "meeting": card.meeting,
        "thread": card.thread,
        "also": list(card.also),
        "evidence": [asdict(e) for e in card.evidence],
        "warnings": list(card.warnings),
        "value": value,
    }


def move(
    connection: Connection,
    card: CardRow,
    act: life.Act,
    now: datetime,
    *,
    who: str,
    reason: str = "",
    draft: Draft | None = None,
    columns: Mapping[str, Any] | None = None,
) -> CardRow:
    """The card after `act` of `who` (rep, onward, outbox). A `draft` becomes its next version; `columns` of the card change with it.
    Of one that comes back from where no round follows it the next round asks whether it is still wanted.

    Raises `Changed` if it is not as it was read, or if the act cannot follow from its state.
    """
    try:
        state = life.after(card.state, act)
    except life.Impossible:
        raise Changed(f"This cannot be done any more: {card.told}.", card.version) from None
    stays, version = state == card.state, card.version + (draft is not None)
    new: dict[str, Any] = {"state": state, "version": version, "changed_at": now}
    kept = card.reason if stays and (act != "refresh" or state == "failed") else ""  # new words are there for what the card is there for
    new |= {"reason": reason or kept, "wake_at": card.wake_at if stays else None}
    _set(connection, card, new | dict(columns or {}))
    if draft is not None:
        _write(connection, card.key, version, draft, now)
    if state in _ASKED and card.state not in _FOLLOWED:
        facts.note(connection, "deal", [card.deal])
    about_it: dict[str, Any] = {"card": card.key, "deal": card.deal, "reason": reason, "before": card.state, "after": state}
    audit.append(connection, now, who, act, **about_it, version_before=card.version, version_after=version)
    return known(connection, card.key)


def _set(connection: Connection, card: CardRow, new: Mapping[str, Any]) -> None:
    table = schema.card.c
    same = (table.key == card.key) & (table.state == card.state) & (table.version == card.version)
    if connection.execute(update(schema.card).where(same).values(**new)).rowcount != 1:
        current = known(connection, card.key)
        told = current.told if current.state != card.state else "its text is another one"
        raise Changed(f"The card has changed meanwhile: {told}.", current.version)


def shown(connection: Connection, key: str, now: datetime) -> None:
    """The rep has it before his eyes; only the first time counts."""
    table = schema.card.c
    connection.execute(update(schema.card).where(table.key == key, table.shown_at.is_(None)).values(shown_at=now))


def known(connection: Connection, name: str) -> CardRow:
    """Raises `Changed` where no card is called that."""
    card = find(connection, name)
    if card is None:
        raise Changed("There is no such card (any more).", 0)
    return card


def _card(row: Row[Any]) -> CardRow:
    found = dict(row._mapping)
    found["evidence"] = tuple(Evidence(**e) for e in found["evidence"])
    return CardRow(**(found | {name: tuple(found[name]) for name in ("also", "warnings")}))


def series(card: CardRow) -> str:
    """UID of the meeting that the card is about, without the instance of a recurring one; "" without a meeting."""
    uid, _, instance = (card.meeting or "").rpartition("/")
    try:
        datetime.fromisoformat(instance)
    except ValueError:
        return card.meeting or ""
    return uid


# -------------------------------------------------------------------------------------------------------- drafts


def draft(connection: Connection, card: CardRow) -> Version:
    """The current one."""
    return versions(connection, card.key, card.version)[0]


def drafts(connection: Connection, states: Iterable[life.State]) -> dict[str, Draft]:
    """The current ones of all cards in these states, by card key."""
    return {key: version.draft for key, version in current(connection, states).items()}


def current(connection: Connection, states: Iterable[life.State] = life.OPEN) -> dict[str, Version]:
    """As `drafts`, with who wrote them."""
    c, d = schema.card.c, schema.draft.c
    query = select(d.card, d.version, d.author, d.data, d.at).join_from(
        schema.card, schema.draft, (d.card == c.key) & (d.version == c.version)
    )
    rows = connection.execute(query.where(c.state.in_(sorted(states))))
    return {row.card: Version(row.version, row.author, codec.loads(Draft, row.data), row.at) for row in rows}


def offers(connection: Connection) -> list[tuple[str, tuple[Slot, ...]]]:
    """The times that the drafts of open cards offer, with the deal."""
    c, d = schema.card.c, schema.draft.c
    query = select(c.deal, d.data).join_from(schema.card, schema.draft, (d.card == c.key) & (d.version == c.version))
    rows = connection.execute(query.where(c.state.in_(sorted(life.OPEN))).order_by(c.key))
    return [(row.deal, codec.part(Draft, "times", row.data)) for row in rows]


def versions(connection: Connection, key: str, number: int | None = None) -> list[Version]:
    """All that were written, the oldest first; or only that number."""
    table = schema.draft.c
    query = select(table.version, table.author, table.data, table.at).where(table.card == key).order_by(table.version)
    found = connection.execute(query if number is None else query.where(table.version == number))
    return [Version(row.version, row.author, codec.loads(Draft, row.data), row.at) for row in found]


def _write(connection: Connection, key: str, number: int, words: Draft, now: datetime) -> None:
    connection.execute(insert(schema.draft).values(card=key, version=number, author=words.written_by, data=codec.dumps(words), at=now))


# ------------------------------------------------------------------------------------------------------ approvals


@dataclass(frozen=True, slots=True)
class Approval:
    """What the rep agreed to, with the state of its delivery."""

    id: str
    card: str
    version: int
    recipients: tuple[str, ...]
    mode: Literal["send", "draft"]
    at: datetime
    leave_at: datetime
    state: str  # of the delivery
    says: str


def agree(connection: Connection, card: CardRow, mail: Mail, mode: str, now: datetime, leave_at: datetime, says: str = "") -> None:
    """The approval of exactly this mail and its delivery, due at `leave_at`. `says`: what it waits for beside the time."""
    last = connection.execute(select(func.max(schema.approval.c.at)).where(schema.approval.c.card == card.key)).scalar()
    at = max(now, last + timedelta(microseconds=1)) if last else now  # also of a clock that was set back the last word is the latest
    kept = {"id": mail.key, "card": card.key, "version": card.version, "digest": mail.digest, "raw": mail.raw, "sender": mail.sender}
    kept |= {"recipients": list(mail.recipients), "mode": mode, "at": at, "leave_at": leave_at}
    connection.execute(insert(schema.approval).values(**kept))
    due = {"id": mail.key, "card": card.key, "state": "due", "next_at": leave_at, "says": says, "changed_at": now}
    connection.execute(insert(schema.delivery).values(**due, attempts=0))


def approval(connection: Connection, key: str) -> Approval | None:
    """The last one of a card, also if it was undone."""
    a, d = schema.approval.c, schema.delivery.c
    query = select(a.id, a.card, a.version, a.recipients, a.mode, a.at, a.leave_at, d.state, d.says).join_from(
        schema.approval, schema.delivery, a.id == d.id
    )
    row = connection.execute(query.where(a.card == key).order_by(a.at.desc(), a.undone_at.is_not(None)).limit(1)).first()
    if row is None:
        return None
    return Approval(row.id, row.card, row.version, tuple(row.recipients), row.mode, row.at, row.leave_at, row.state, row.says)


def stop(connection: Connection, name: str, now: datetime, state: Literal["undone", "withdrawn"], says: str = "") -> bool:
    """Stops the delivery of the approval `name`, unless the courier has claimed it: whether it will not leave. What lies in the outbox
    is the courier's to take away, at once."""
    stoppable = ("due",) if state == "undone" else ("due", "laid")
    if not _end(connection, schema.delivery.c.id == name, stoppable, state, says, now):
        return False
    if state == "undone":
        connection.execute(update(schema.approval).where(schema.approval.c.id == name).values(undone_at=now))
    return True


def settle(connection: Connection, key: str, sent: bool, says: str, now: datetime) -> None:
    """The delivery in doubt of a card is over, by the word of the rep; the meeting that it invites to is agreed if it was sent."""
    d = schema.delivery.c
    for name in connection.execute(select(d.id).where(d.card == key, d.state == "held")).scalars().all() if sent else ():
        bookings.note(connection, name, now)
    _end(connection, schema.delivery.c.card == key, ("held",), "sent" if sent else "refused", says, now)


def _end(connection: Connection, which: ColumnElement[bool], states: Sequence[str], state: str, says: str, now: datetime) -> bool:
    row = update(schema.delivery).where(which, schema.delivery.c.state.in_(states))
    return connection.execute(row.values(state=state, says=says, changed_at=now, next_at=now)).rowcount > 0
