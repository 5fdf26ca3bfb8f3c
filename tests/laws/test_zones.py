"""What is promised for an hour of the rep's clock comes once on each day that is meant, wherever the rep is and however clocks change."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TypeVar
from zoneinfo import ZoneInfo, available_timezones

import pytest

from agent.daemon.schedule import next_round
from agent.deliver import clearance
from agent.desk import times as put_off
from agent.model import WorkingTime
from agent.think import workdays
from tests.needs import SOAK

T = TypeVar("T")
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
USUAL = ("America/New_York", "Europe/Dublin", "Australia/Lord_Howe", "America/Havana", "Asia/Beirut", "Africa/Casablanca", "Asia/Kolkata")
LONGEST = 0.01  # seconds that one answer may take
OPENS = ("09:00", "02:30", "00:00", "01:59")


def zones() -> list[str]:
    return sorted(available_timezones() - {"localtime", "Factory"}) if SOAK else list(USUAL)


@cache
def changes(name: str) -> tuple[datetime, ...]:
    """When its clocks change, to the minute."""
    zone = ZoneInfo(name)
    days = [FIRST + n * DAY for n in range((LAST - FIRST).days)]
    return tuple(_change(zone, day) for day in days if day.astimezone(zone).utcoffset() != (day + DAY).astimezone(zone).utcoffset())


def _change(zone: ZoneInfo, day: datetime) -> datetime:
    before, after = day, day + DAY
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) / 2
        before, after = (middle, after) if middle.astimezone(zone).utcoffset() == day.astimezone(zone).utcoffset() else (before, middle)
    return after


def around(name: str) -> Iterator[tuple[date, ...]]:
    """The days about each change, and about one on which the clocks do not change."""
    zone = ZoneInfo(name)
    for moment in (*changes(name), datetime(2026, 3, 5, tzinfo=UTC)):
        middle = moment.astimezone(zone).date()
        yield tuple(day for n in range(-3, 4) if ((day := middle + n * DAY).month, day.day) != (1, 1))  # which never works


def working(name: str, opens: str) -> WorkingTime:
    start = datetime.strptime(opens, "%H:%M").time()  # noqa: DTZ007 - an hour of the wall
    return WorkingTime(ZoneInfo(name), frozenset(range(7)), start, start.replace(hour=start.hour + 9))


def quick(ask: Callable[..., T], *told: object) -> T:
    began = time.thread_time()
    found = ask(*told)
    assert time.thread_time() - began < LONGEST
    return found


@pytest.mark.parametrize("opens", OPENS)
def test_work_begins_once_on_each_day(opens: str) -> None:
    """A mail that waits for working hours leaves at that moment, be it asked long before, just before or at it."""
    for name in zones():
        hours = working(name, opens)
        for days in around(name):
            begins = [quick(workdays.opening, hours, day).astimezone(UTC) for day in days]
            assert begins == sorted(set(begins))
            for day, begin in zip(days, begins, strict=True):
                assert begin.astimezone(hours.zone).date() == day
                for before in (HOUR / 4, timedelta(seconds=1), timedelta(0)):
                    if (begin - before).astimezone(hours.zone).date() == day or before == timedelta(0):
                        assert quick(clearance.opening, hours, begin - before).astimezone(UTC) == begin
                closed = workdays.closing(hours, day).astimezone(UTC) + HOUR
                following = clearance.opening(hours, closed).astimezone(hours.zone).date()
                assert following == workdays.on_or_after(hours, day + DAY)


def test_what_is_put_off_until_a_day_comes_back_on_that_day_whenever_it_was_put_off() -> None:
    for name in zones():
        hours = working(name, "09:00")
        for days in around(name):
            start = datetime.combine(days[0], datetime.min.time(), hours.zone).astimezone(UTC)
            for now in (start + n * HOUR * (1 if SOAK else 5) for n in range(6 * 24 if SOAK else 28)):
                today = now.astimezone(hours.zone).date()
                morrow = quick(put_off.until, "tomorrow", now, hours)
                monday = quick(put_off.until, "monday", now, hours)
                assert morrow.astimezone(UTC) > now
                assert morrow.astimezone(hours.zone).replace(tzinfo=None) == datetime.combine(today + DAY, hours.opens)
                assert (monday.weekday(), monday.time()) == (0, hours.opens)
                assert 0 < (monday.date() - today).days <= 7


def test_rounds_keep_their_period_over_every_change() -> None:
    for name in zones():
        zone = ZoneInfo(name)
        for moment in changes(name):
            at, rung = moment - 2 * HOUR, 0
            while at < moment + 2 * HOUR:
                due = quick(next_round, at.astimezone(zone), HOUR / 2, None, at.astimezone(zone))
                assert due - at == HOUR / 2
                at, rung = due, rung + 1
            assert rung == 8


@pytest.mark.skipif(not SOAK, reason="takes hours' worth of zones: ONWARD_SOAK=1")
def test_all_zones_were_looked_at() -> None:
    assert len(zones()) > 400
    assert sum(bool(changes(name)) for name in zones()) > 150
    assert sum(map(len, map(changes, zones()))) > 4000
