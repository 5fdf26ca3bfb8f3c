"""Meetings that sent mails invite to and that are yet to be put into the rep's calendar: a setting for each, by its approval's id."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from agent.store import schema

_NAME = "book."
_LATER = "The meeting is not in your calendar yet: "


@dataclass(frozen=True, slots=True)
class Booking:
    """`id` is the approval's; `next_at` is when the calendar is asked next, for the `tries`th time after the first."""

    id: str
    next_at: datetime
    tries: int


def note(connection: Connection, name: str, now: datetime) -> None:
    """Within the transaction that records the mail as sent, if it invites to anything."""
    raw = connection.execute(select(schema.approval.c.raw).where(schema.approval.c.id == name)).scalar()
    if raw and b"text/calendar" in bytes(raw):
        _keep(connection, name, json.dumps([now.isoformat(), 0]))


def waiting(connection: Connection) -> list[Booking]:
    s = schema.setting.c
    rows = connection.execute(select(s.name, s.value).where(s.name.startswith(_NAME, autoescape=True)).order_by(s.name)).all()
    found = [(row.name.removeprefix(_NAME), json.loads(row.value)) for row in rows]
    return [Booking(name, datetime.fromisoformat(at), tries) for name, (at, tries) in found]


def faults(connection: Connection) -> list[str]:
    """Of meetings that were tried in vain: why."""
    d = schema.delivery.c
    names = [booking.id for booking in waiting(connection) if booking.tries]
    return list(connection.execute(select(d.says).where(d.id.in_(names), d.says != "").order_by(d.id)).scalars())


def put_off(connection: Connection, booking: Booking, until: datetime, why: str) -> None:
    """The mail's row in the outbox says why its meeting is in no calendar yet."""
    _keep(connection, booking.id, json.dumps([until.isoformat(), booking.tries + 1]))
    _tell(connection, booking.id, f"{_LATER}{why}")


def over(connection: Connection, booking: Booking, why: str = "") -> None:
    """It is there, or will never be: `why` not."""
    _keep(connection, booking.id, None)
    if why:
        _tell(connection, booking.id, f"The meeting could not be put into your calendar, so enter it yourself: {why}")
    else:
        d = schema.delivery.c
        connection.execute(update(schema.delivery).where(d.id == booking.id, d.says.startswith(_LATER, autoescape=True)).values(says=""))


def _keep(connection: Connection, name: str, value: str | None) -> None:
    s = schema.setting
    connection.execute(delete(s).where(s.c.name == _NAME + name))
    if value is not None:
        connection.execute(insert(s).values(name=_NAME + name, value=value))


def _tell(connection: Connection, name: str, says: str) -> None:
    connection.execute(update(schema.delivery).where(schema.delivery.c.id == name).values(says=says))
