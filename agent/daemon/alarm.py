"""The alarm clock, and who notices that the clock on the wall was moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

LEAP = timedelta(minutes=1)


class Alarm:
    """Rings once, after a delay; set anew, it forgets what it was set to. What is due it does not know: that is in the store."""

    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._scheduler = BackgroundScheduler(executors={"default": DebugExecutor()}, timezone=UTC)
        self._scheduler.start()

    def set(self, delay: timedelta) -> None:
        self._scheduler.add_job(
            self._ring, _Once(delay), id="alarm", replace_existing=True, max_instances=1, coalesce=True, misfire_grace_time=None
        )

    def close(self) -> None:
        self._scheduler.shutdown(wait=False)


class _Once(BaseTrigger):  # type: ignore[misc]  # apscheduler has no annotations
    """After a delay and never again, so that no jump of the clock, however far, finds rounds to catch up with."""

    def __init__(self, delay: timedelta) -> None:
        self._delay = max(delay, timedelta(0))

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime | None:
        return None if previous else now + self._delay


class Watch:
    """Compares the clock on the wall with one that only runs while the machine does."""

    def __init__(self, clock: Callable[[], datetime], monotonic: Callable[[], float]) -> None:
        self._clock, self._monotonic = clock, monotonic
        self._seen = self._now()

    def _now(self) -> tuple[datetime, float]:
        return self._clock().astimezone(UTC), self._monotonic()

    def leapt(self) -> timedelta:
        """How far the wall clock is ahead of where it should be since it was last asked: a sleep, or somebody set it. Zero for
        less than a minute."""
        before, self._seen = self._seen, self._now()
        ahead = (self._seen[0] - before[0]) - timedelta(seconds=self._seen[1] - before[1])
        return ahead if abs(ahead) > LEAP else timedelta(0)
