"""Meetings that sent mails invite to, put into the rep's own calendar: noted in the transaction that records the mail as sent,
and tried until it is done. The calendar knows an event by its UID, so a try may be repeated.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

from sqlalchemy import Connection

from agent.errors import OnwardError, Rejected, Unavailable
from agent.ports import Diary
from agent.store import Store, bookings, deliveries
from agent.store.bookings import Booking

AGAIN, LONGEST = timedelta(minutes=5), timedelta(hours=6)


class Bookings:
    """`confirm` is asked first in every transaction, as the courier does. Without a diary nothing is kept for a later one."""

    def __init__(self, store: Store, diary: Diary | None) -> None:
        self._store, self._diary = store, diary

    def next_due(self, connection: Connection) -> datetime | None:
        return min((booking.next_at for booking in bookings.waiting(connection)), default=None)

    def keep(self, now: datetime, confirm: Callable[[Connection], None]) -> None:
        with self._store.read() as connection:
            due = [booking for booking in bookings.waiting(connection) if booking.next_at <= now]
        for booking in due:
            self._one(booking, now, confirm)

    def _one(self, booking: Booking, now: datetime, confirm: Callable[[Connection], None]) -> None:
        """What is refused for good is not tried again."""
        with self._store.read() as connection:
            event = _event(_raw(connection, booking.id))
        until, why = None, ""
        try:
            if event and self._diary:
                self._diary.book(event)
        except Rejected as fault:
            why = fault.told
        except OnwardError as fault:
            wished = timedelta(seconds=fault.retry_after) if isinstance(fault, Unavailable) and fault.retry_after else timedelta()
            until, why = now + max(wished, min(AGAIN * 2 ** min(booking.tries, 10), LONGEST)), fault.told
        with self._store.begin() as connection:
            confirm(connection)
            bookings.put_off(connection, booking, until, why) if until else bookings.over(connection, booking, why)


def _raw(connection: Connection, name: str) -> bytes:
    try:
        return deliveries.find(connection, name).raw
    except deliveries.Overtaken:
        return b""


def _event(raw: bytes) -> bytes:
    """The calendar part as it may lie in a calendar: without METHOD (RFC 4791, 4.1), and so that the server invites nobody a
    second time (RFC 6638, 7.1)."""
    parsed: Any = message_from_bytes(raw, policy=policy.default)
    for part in parsed.walk():
        if part.get_content_type() == "text/calendar":
            lines = part.get_content().replace("\r\n", "\n").split("\n")
            return "".join(f"{_own(line)}\r\n" for line in lines if line and not line.startswith("METHOD:")).encode()
    return b""


def _own(line: str) -> str:
    """Folded where the new parameter ends."""
    return f"ATTENDEE;SCHEDULE-AGENT=CLIENT\r\n {line.removeprefix('ATTENDEE')}" if line.startswith("ATTENDEE") else line
