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
LATEST = timedelta(days=1)  # that a server may wish: what is put off for longer was so by a clock that has been set back since


class Bookings:
    """`confirm` is asked first in every transaction, as the courier does. Without a diary nothing is kept for a later one."""

    def __init__(self, store: Store, diary: Diary | None) -> None:
        self._store, self._diary = store, diary

    def next_due(self, connection: Connection) -> datetime | None:
        return min((booking.next_at for booking in bookings.waiting(connection)), default=None)

    def keep(self, now: datetime, confirm: Callable[[Connection], None]) -> None:
        with self._store.read() as connection:
            due = [booking for booking in bookings.waiting(connection) if not now < booking.next_at <= now + LATEST]
        for booking in due:
            self._one(booking, now, confirm)

    def _one(self, booking: Booking, now: datetime, confirm: Callable[[Connection], None]) -> None:
        """What is refused for good is not tried again. Whatever else goes wrong is shown, and keeps no other meeting."""
        with self._store.read() as connection:
            raw = _raw(connection, booking.id)
        until, why = None, ""
        try:
            if self._diary and (event := _event(raw)):
                self._diary.book(event)
        except Rejected as fault:
            why = fault.told
        except Exception as fault:  # noqa: BLE001 -- of what was not foreseen nothing is known but that it may go well later
            wished = timedelta(seconds=fault.retry_after) if isinstance(fault, Unavailable) and fault.retry_after else timedelta()
            until = now + max(wished, min(AGAIN * 2 ** min(booking.tries, 10), LONGEST))
            why = fault.told if isinstance(fault, OnwardError) else f"It failed in a way that was not foreseen ({type(fault).__name__})."
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
