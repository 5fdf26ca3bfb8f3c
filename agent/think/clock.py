"""The one place where the core compares with now, so that it knows when to think again."""

from __future__ import annotations

from datetime import UTC, datetime


class Clock:
    """`wake_at` is the earliest moment that was asked for and has not come: until then the same facts give the same answer."""

    def __init__(self, now: datetime) -> None:
        self.now = now.astimezone(UTC)
        self.wake_at: datetime | None = None

    def reached(self, moment: datetime) -> bool:
        """Whether `moment` has come; that very moment has."""
        if moment <= self.now:
            return True
        if self.wake_at is None or moment < self.wake_at:
            self.wake_at = moment
        return False

    def passed(self, moment: datetime) -> bool:
        """Whether it is later than `moment`; that very moment is not."""
        if moment < self.now:
            return True
        if moment == self.now or self.wake_at is None or moment < self.wake_at:
            self.wake_at = moment if self.wake_at is None else min(moment, self.wake_at)
        return False
