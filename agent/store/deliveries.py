"""Deliveries: one for each approval, with its state and the moment at which the courier looks at it again.

A row that is final has nothing left to be done: `sent`, or `refused`, `undone` and `withdrawn` without a handle. With one, a draft
may still lie in the outbox and is to be taken away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select, update

from agent.errors import OnwardError
from agent.model import Message
from agent.store import codec, schema

State = Literal[
    "due",  # approved: claimed at `next_at`; with a handle it lies in the outbox already
    "putting",  # the intent to lay it in the outbox is durable
    "put",  # it lies there and is about to be claimed for sending
    "sending",  # the intent to send it is durable; what became of it is not known
    "laid",  # mode draft: it lies in the rep's Drafts
    "held",  # in doubt; only what the outbox shows, or a person, gets it out of here
    "sent",
    "refused",
    "undone",
    "withdrawn",
]
CLAIMED: frozenset[State] = frozenset({"putting", "put", "sending"})
STOPPED: frozenset[State] = frozenset({"refused", "undone", "withdrawn"})
PAUSED = "Paused: nothing leaves until you resume."  # `says` of one that waits for nothing else
assert {"due", "laid", "held", "sent"} | CLAIMED | STOPPED == set(get_args(State))


class Overtaken(OnwardError):
    """Somebody else has moved this delivery since it was read."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery and what was approved. `latest`: no later approval of the same card."""

    id: str
    card: str
    state: State
    handle: str | None
    receipt: str | None
    attempts: int  # how often it was claimed
    next_at: datetime
    says: str
    changed_at: datetime
    digest: str
    raw: bytes
    sender: str
    recipients: tuple[str, ...]
    mode: Literal["send", "draft"]
    leave_at: datetime
    undone_at: datetime | None
    latest: bool


def due(connection: Connection, now: datetime, *, everything: bool = False) -> list[str]:
    """Ids of what is to be looked at now, in order; with `everything` also what was to be looked at later, but for what has
    not begun to leave: after a start nobody knows what the last process was doing."""
    d, a = schema.delivery.c, schema.approval.c
    query = select(d.id).join_from(schema.delivery, schema.approval, d.id == a.id).where(_open())
    set_back = and_(d.changed_at > now, d.next_at != a.leave_at)  # the clock was: what was put off is not to wait for it
    query = query.where(or_(d.next_at <= now, set_back, d.state != "due" if everything else d.next_at <= now))
    return list(connection.execute(query.order_by(d.next_at, d.id)).scalars())


def handles(connection: Connection, names: Sequence[str]) -> list[str]:
    """Of those whose fate the outbox is to be asked about first, in that order."""
    d = schema.delivery.c
    asked = d.state.in_(("sending", "held", "laid")) & d.handle.is_not(None)
    found = {row.id: row.handle for row in connection.execute(select(d.id, d.handle).where(asked))}
    return [found[name] for name in names if name in found]


def next_at(connection: Connection) -> datetime | None:
    return connection.execute(select(func.min(schema.delivery.c.next_at)).where(_open())).scalar()


def release(connection: Connection, now: datetime) -> None:
    """What waits for the end of a pause waits no longer."""
    d = schema.delivery.c
    connection.execute(update(schema.delivery).where(d.state == "due", d.says == PAUSED, d.next_at > now).values(next_at=now, says=""))


def begun(connection: Connection) -> bool:
    """Whether there is anything that `due(…, everything=True)` looks at before its time."""
    return bool(connection.execute(select(exists().where(_open(), schema.delivery.c.state != "due"))).scalar())


def _open() -> ColumnElement[bool]:
    d = schema.delivery.c
    return or_(d.state.in_(sorted({"due", "laid", "held", *CLAIMED})), and_(d.state.in_(sorted(STOPPED)), d.handle.is_not(None)))


def find(connection: Connection, name: str) -> Delivery:
    """Raises `Overtaken` if it is not there any more."""
    d, a = schema.delivery.c, schema.approval.c
    later = schema.approval.alias().c
    follows = exists().where(later.card == a.card, later.at > a.at)
    columns = (d.id, d.card, d.state, d.handle, d.receipt, d.attempts, d.next_at, d.says, d.changed_at)
    approved = (a.digest, a.raw, a.sender, a.recipients, a.mode, a.leave_at, a.undone_at)
    query = select(*columns, *approved, (~follows).label("latest")).join_from(schema.delivery, schema.approval, d.id == a.id)
    row = connection.execute(query.where(d.id == name)).first()
    if row is None:
        raise Overtaken("the delivery is not there any more")
    found = dict(row._mapping)
    return Delivery(**found | {"recipients": tuple(found["recipients"]), "raw": bytes(found["raw"]), "latest": bool(found["latest"])})


def again(connection: Connection, delivery: Delivery) -> Delivery:
    """As it is now, within the transaction that will move it. Raises `Overtaken` if it was moved since it was read."""
    found = find(connection, delivery.id)
    if (found.state, found.attempts) != (delivery.state, delivery.attempts):
        raise Overtaken("the delivery was moved meanwhile")
    return found


def move(  # noqa: PLR0913 -- one argument per column
    connection: Connection,
    delivery: Delivery,
    state: State,
    now: datetime,
    next_at: datetime,
    *,
    says: str = "",
    handle: str | None = None,
    receipt: str | None = None,
    claims: bool = False,
) -> Delivery:
    """The delivery after the move, compared and set on the state and claim that were read. Without a `handle` it has none.

    Raises `Overtaken`. `changed_at` tells since when it is as it is.
    """
    stays = (delivery.state, delivery.says) == (state, says) and delivery.changed_at <= now
    new: dict[str, Any] = {
        "state": state,
        "handle": handle,
        "receipt": receipt,
        "attempts": delivery.attempts + claims,
        "next_at": next_at,
        "says": says,
        "changed_at": delivery.changed_at if stays else now,
    }
    d = schema.delivery.c
    same = (d.id == delivery.id, d.state == delivery.state, d.attempts == delivery.attempts)
    if connection.execute(update(schema.delivery).where(*same).values(**new)).rowcount != 1:
        raise Overtaken("the delivery was moved meanwhile")
    return replace(delivery, **new)


def thread_hint(connection: Connection, message_id: str) -> str:
    """The provider's id of the thread that a mail we know belongs to; "" if there is none."""
    m = schema.message.c
    rows = connection.execute(select(m.data).where(m.message_id == message_id).order_by(m.source, m.id)).scalars()
    return next((hint for data in rows if (hint := codec.loads(Message, data).thread_hint)), "")
