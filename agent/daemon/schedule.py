"""What is due when. All of it is UTC rows in the store: no restart, sleep or change of the clock loses any of it, or makes it
come twice.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, select

from agent.store import Store, said, schema

LAST = "last_round_at"  # the settings of the store that hold it
FAULT = "last_round_fault"
_SLACK = timedelta(minutes=1)  # that a clock which is kept right may be set back


def next_round(last: datetime | None, every: timedelta, wakes: datetime | None, now: datetime) -> datetime:
    """UTC. At once where there was none, or where the last one lies in the future: then the clock was set back.

    `wakes`: when, after the last round, the same facts first give another answer.
    """
    now = now.astimezone(UTC)  # within a zone Python adds up by the clock on the wall
    if last is None or last.astimezone(UTC) > now + _SLACK:
        return now
    due = last.astimezone(UTC) + every
    return min(due, wakes.astimezone(UTC)) if wakes else due


def round_due(connection: Connection, every: timedelta, now: datetime) -> datetime:
    last = last_round(connection)
    return next_round(last, every, _wakes(connection, last) if last else None, now)


def last_round(connection: Connection) -> datetime | None:
    """The moment that the last round judged by."""
    value = said.setting(connection, LAST)
    return datetime.fromisoformat(value) if value else None


def ended(store: Store, at: datetime, fault: str) -> None:
    """A round that began at `at` has ended; `fault` is the sentence why it did not come to its end, "" where it did."""
    with store.begin() as connection:
        said.put_setting(connection, LAST, at.astimezone(UTC).isoformat())
        said.put_setting(connection, FAULT, fault or None)


def _wakes(connection: Connection, last: datetime) -> datetime | None:
    """The first snooze or change of mind after the last round, which has seen to all before."""
    card, deal = schema.card.c, schema.deal_state.c
    snoozed = select(func.min(card.wake_at)).where(card.state == "snoozed", card.wake_at > last)
    moments = [connection.scalar(snoozed), connection.scalar(select(func.min(deal.wake_at)).where(deal.wake_at > last))]
    return min((m for m in moments if m), default=None)
