"""Meetings that sent mails invite to, put into the rep's own calendar: noted in the transaction that records the mail as sent,
and tried until it is done. The calendar knows an event by its UID, so a try may be repeated.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

from sqlalchemy import Connection, select

from agent.errors import OnwardError, Rejected, Unavailable
from agent.ports import Diary
from agent.store import Store, deliveries, said, schema
from agent.store.deliveries import Delivery

_NAME = "book."  # and the approval's id: a setting for each meeting that is yet to be put there
AGAIN, LONGEST = timedelta(minutes=5), timedelta(hours=6)


class Bookings:
    """`confirm` is asked first in every transaction, as the courier does."""

    def __init__(self, store: Store, diary: Diary | None) -> None:
        self._store, self._diary = store, diary

    def note(self, connection: Connection, delivery: Delivery, now: datetime) -> None:
        """Within the transaction that records it as sent."""
        if self._diary and b"text/calendar" in delivery.raw and _event(delivery.raw):
            said.put_setting(connection, _NAME + delivery.id, _written(now, 0))

    def next_due(self, connection: Connection) -> datetime | None:
        return min((at for _, at, _ in _waiting(connection)), default=None) if self._diary else None

    def keep(self, now: datetime, confirm: Callable[[Connection], None]) -> None:
        if not self._diary:
            return
        with self._store.read() as connection:
            due = [(name, tries) for name, at, tries in _waiting(connection) if at <= now]
        for name, tries in due:
            self._one(name, tries, now, confirm)

    def _one(self, name: str, tries: int, now: datetime, confirm: Callable[[Connection], None]) -> None:
        """What is refused for good is not tried again: the card that follows says that the meeting stands in no calendar."""
        with self._store.read() as connection:
            event = _event(_raw(connection, name))
        after: str | None = None
        try:
            if event and self._diary:
                self._diary.book(event)
        except Rejected:
            pass
        except OnwardError as fault:
            wished = timedelta(seconds=fault.retry_after) if isinstance(fault, Unavailable) and fault.retry_after else timedelta()
            after = _written(now + max(wished, min(AGAIN * 2 ** min(tries, 10), LONGEST)), tries + 1)
        with self._store.begin() as connection:
            confirm(connection)
            said.put_setting(connection, _NAME + name, after)


def _waiting(connection: Connection) -> list[tuple[str, datetime, int]]:
    s = schema.setting.c
    rows = connection.execute(select(s.name, s.value).where(s.name.startswith(_NAME, autoescape=True)).order_by(s.name)).all()
    found = [(row.name.removeprefix(_NAME), json.loads(row.value)) for row in rows]
    return [(name, datetime.fromisoformat(at), tries) for name, (at, tries) in found]


def _written(at: datetime, tries: int) -> str:
    return json.dumps([at.isoformat(), tries])


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
