"""What is due when. All of it is UTC rows in the store: no restart, sleep or change of the clock loses any of it, or makes it
come twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, select

from agent.store import Store, said, schema
from agent.store import retention as dropping
from agent.store.retention import SCRUB, Counts

LAST = "last_round_at"  # the settings of the store that hold it
FAULT = "last_round_fault"
_TIDIED = "tidied_at"
_DAY, _LONG = timedelta(days=1), timedelta(days=30)
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
    last, asked = last_round(connection), said.setting(connection, said.ROUND)
    due = next_round(last, every, _wakes(connection, last) if last else None, now)
    return min(due, datetime.fromisoformat(asked)) if asked and last and datetime.fromisoformat(asked) > last else due


def last_round(connection: Connection) -> datetime | None:
    """The moment that the last round judged by."""
    value = said.setting(connection, LAST)
    return datetime.fromisoformat(value) if value else None


def ended(store: Store, at: datetime, fault: str) -> None:
    """A round that began at `at` has ended; `fault` is the sentence why it did not come to its end, "" where it did."""
    with store.begin() as connection:
        said.put_setting(connection, LAST, at.astimezone(UTC).isoformat())
        said.put_setting(connection, FAULT, fault or None)


def tidy(store: Store, retention: Mapping[str, timedelta], now: datetime) -> Counts | None:
    """Drops what is older than it is kept for, once a day. Where the last time is unlikely long ago, or is still to come, the
    clock may be wrong: then nothing is dropped today.
    """
    with store.read() as connection:
        last, scrub = said.setting(connection, _TIDIED), said.setting(connection, SCRUB)
    since = now - datetime.fromisoformat(last) if last else _LONG
    if timedelta(0) <= since < _DAY and not scrub:
        return None
    likely = timedelta(0) <= since < _LONG
    dropped = dropping.retention(store, retention["bodies"], retention["facts"], now) if likely else None
    with store.begin() as connection:
        said.put_setting(connection, _TIDIED, now.astimezone(UTC).isoformat())
    return dropped


def _wakes(connection: Connection, last: datetime) -> datetime | None:
    """The first snooze or change of mind after the last round, which has seen to all before."""
    card, deal = schema.card.c, schema.deal_state.c
    snoozed = select(func.min(card.wake_at)).where(card.state == "snoozed", card.wake_at > last)
    moments = [connection.scalar(snoozed), connection.scalar(select(func.min(deal.wake_at)).where(deal.wake_at > last))]
    return min((m for m in moments if m), default=None)
