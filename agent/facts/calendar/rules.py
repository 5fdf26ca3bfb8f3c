"""RRULE (RFC 5545, 3.3.10): a rule's local times between two moments.

An own expansion, since the known one cannot be stopped: `FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30` walks to the year 9999. This one
starts beside the window (but for COUNT, which counts from the start), ends with it, and gives up after `BUDGET` steps.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import product

from agent.facts.calendar import values

BUDGET = 200_000  # days and times looked at: about half a second
DAYS = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
ONE_DAY, ONE_HOUR = timedelta(days=1), timedelta(hours=1)
Ints = tuple[int, ...]


class Unsupported(ValueError):
    """A rule that is not expanded; the text says why."""


class TooMany(Exception):
    """More instances, or more work, than any real series has."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`until` is local and included. `weekdays` are those without a number, `nth` (number, weekday) the others."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    month: Ints = ()
    weekno: Ints = ()
    yearday: Ints = ()
    monthday: Ints = ()
    weekdays: Ints = ()
    nth: tuple[tuple[int, int], ...] = ()
    hour: Ints = ()
    minute: Ints = ()
    second: Ints = ()
    setpos: Ints = ()
    wkst: int = 0


def rule(text: str, local: Callable[[datetime], datetime]) -> Rule:
    """Raises `Unsupported`. `local` turns an UNTIL in UTC into the series' local time; a date means its whole day."""
    pairs = (part.partition("=") for part in text.upper().split(";") if part.strip())
    parts = {name.strip(): value.strip() for name, _, value in pairs}
    freq = parts.get("FREQ", "")
    if freq in ("SECONDLY", "MINUTELY"):
        raise Unsupported(f"a series that repeats {freq} is not expanded")
    if freq not in ("HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        raise Unsupported("its recurrence rule cannot be read")
    if parts.get("RSCALE", "GREGORIAN") != "GREGORIAN":
        raise Unsupported("its recurrence rule uses another calendar")
    try:
        return _rule(freq, parts, local)
    except Unsupported:
        raise
    except (ValueError, KeyError, OverflowError):
        raise Unsupported("its recurrence rule cannot be read") from None


def _rule(freq: str, parts: dict[str, str], local: Callable[[datetime], datetime]) -> Rule:
    interval = int(parts.get("INTERVAL", "1"))
    count = int(parts["COUNT"]) if parts.get("COUNT") else None
    if interval < 1:
        raise Unsupported("a series with INTERVAL=0 has no end")
    if count is not None and count < 1:
        raise Unsupported("its recurrence rule cannot be read")
    names = filter(None, (name.strip() for name in parts.get("BYDAY", "").split(",")))
    days = [(int(name[:-2] or "0"), DAYS[name[-2:]]) for name in names]
    counted = freq in ("MONTHLY", "YEARLY")  # elsewhere a weekday has no number
    return Rule(
        freq,
        min(interval, 100_000),
        count,
        _until(parts["UNTIL"], local) if parts.get("UNTIL") else None,
        _ints(parts, "BYMONTH", 1, 12),
        _ints(parts, "BYWEEKNO", 1, 53, negative=True),
        _ints(parts, "BYYEARDAY", 1, 366, negative=True),
        _ints(parts, "BYMONTHDAY", 1, 31, negative=True),
        tuple(day for number, day in days if not (number and counted)),
        tuple((number, day) for number, day in days if number and counted),
        _ints(parts, "BYHOUR", 0, 23),
        _ints(parts, "BYMINUTE", 0, 59),
        _ints(parts, "BYSECOND", 0, 60),
        _ints(parts, "BYSETPOS", 1, 366, negative=True),
        DAYS[parts.get("WKST") or "MO"],
    )


def _ints(parts: dict[str, str], name: str, low: int, high: int, negative: bool = False) -> Ints:
    numbers = sorted({int(text) for text in parts.get(name, "").split(",") if text.strip()})
    if any(not low <= (abs(number) if negative else number) <= high for number in numbers):
        raise ValueError(name)
    return tuple(numbers)


def _until(text: str, local: Callable[[datetime], datetime]) -> datetime:
    value = values.moment(text)
    if not isinstance(value, datetime):
        return datetime.combine(value, time.max)
    return local(value) if value.tzinfo else value


def times(what: Rule, start: datetime, first: datetime, last: datetime) -> Iterator[datetime]:
    """Those of the rule's local times from `start` on that lie in [first, last], ascending. Raises `TooMany`."""
    last = min(last, what.until) if what.until else last
    seen, work = 0, 0
    full = _completed(what, start)
    for days, clock in _periods(full, start, start if what.count else max(start, first), last):
        fitting = [day for day in days if _fits(full, day)]
        work += len(days) + len(fitting) * len(clock)
        if work > BUDGET:
            raise TooMany
        found = [datetime.combine(day, at) for day in fitting for at in clock]
        for value in _positions(full, found) if full.setpos else found:
            if value < start:
                continue
            seen += 1
            if value > last or (what.count and seen > what.count):
                return
            if value >= first:
                yield value


def _completed(what: Rule, start: datetime) -> Rule:
    """What a rule leaves out is taken from DTSTART."""
    month, monthday, weekdays = what.month, what.monthday, what.weekdays
    if not (what.weekno or what.yearday or monthday or weekdays or what.nth):
        if what.freq == "YEARLY":
            month, monthday = month or (start.month,), (start.day,)
        elif what.freq == "MONTHLY":
            monthday = (start.day,)
        elif what.freq == "WEEKLY":
            weekdays = (start.weekday(),)
    elif what.weekno and not (what.yearday or monthday or weekdays or what.nth):
        weekdays = (start.weekday(),)
    hour = what.hour or (() if what.freq == "HOURLY" else (start.hour,))
    minute, second = what.minute or (start.minute,), what.second or (start.second,)
    return Rule(
        what.freq, what.interval, what.count, what.until, month, what.weekno, what.yearday, monthday, weekdays, what.nth,
        hour, minute, tuple(number for number in second if number < 60), what.setpos, what.wkst,
    )  # fmt: skip


Period = tuple[list[date], list[time]]


def _periods(what: Rule, start: datetime, first: datetime, last: datetime) -> Iterator[Period]:
    """The days that may count and the clock times, period by period: from the one that `first` lies in, until `last`."""
    if start > last:
        return iter(())
    if what.freq == "HOURLY":
        return _hours(what, start, first, last)
    clock = [time(*parts) for parts in product(what.hour, what.minute, what.second)]
    walk = {"YEARLY": _years, "MONTHLY": _months, "WEEKLY": _weeks, "DAILY": _days}[what.freq]
    return ((days, clock) for days in walk(what, start.date(), first.date(), last.date()))


def _hours(what: Rule, start: datetime, first: datetime, last: datetime) -> Iterator[Period]:
    step = what.interval * ONE_HOUR
    at = start.replace(minute=0, second=0)
    at += (first - at) // step * step
    while at <= last:
        clock = [time(at.hour, *parts) for parts in product(what.minute, what.second)]
        yield [at.date()], clock if not what.hour or at.hour in what.hour else []
        at += step


def _days(what: Rule, start: date, first: date, last: date) -> Iterator[list[date]]:
    step = what.interval * ONE_DAY
    day = start + (first - start) // step * step
    while day <= last:
        yield [day]
        day += step


def _weeks(what: Rule, start: date, first: date, last: date) -> Iterator[list[date]]:
    step = timedelta(weeks=what.interval)
    monday = start - (start.weekday() - what.wkst) % 7 * ONE_DAY
    monday += (first - monday) // step * step
    wanted = [number * ONE_DAY for number in range(7) if not what.weekdays or (what.wkst + number) % 7 in what.weekdays]
    while monday <= last:
        yield [monday + days for days in wanted]
        monday += step


def _months(what: Rule, start: date, first: date, last: date) -> Iterator[list[date]]:
    number = start.year * 12 + start.month - 1
    number += (first.year * 12 + first.month - 1 - number) // what.interval * what.interval
    while number <= last.year * 12 + last.month - 1:
        yield _month(what, number // 12, number % 12 + 1)
        number += what.interval


def _years(what: Rule, start: date, first: date, last: date) -> Iterator[list[date]]:
    year = start.year + (first.year - start.year) // what.interval * what.interval
    while year <= last.year:
        yield [day for month in what.month or range(1, 13) for day in _month(what, year, month)]
        year += what.interval


def _month(what: Rule, year: int, month: int) -> list[date]:
    """Only those of the right number or weekday, which spares the rule most of the days."""
    first, length = calendar.monthrange(year, month)
    if what.monthday:
        numbers = sorted({number if number > 0 else length + 1 + number for number in what.monthday})
    elif what.weekdays or what.nth:
        weekdays = {*what.weekdays, *(weekday for _, weekday in what.nth)}
        numbers = [number for number in range(1, length + 1) if (first + number - 1) % 7 in weekdays]
    else:
        numbers = list(range(1, length + 1))
    return [date(year, month, number) for number in numbers if 1 <= number <= length]


def _fits(what: Rule, day: date) -> bool:
    return (
        (not what.month or day.month in what.month)
        and (not what.monthday or _counted(what.monthday, day.day, calendar.monthrange(day.year, day.month)[1]))
        and (not what.yearday or _counted(what.yearday, _yearday(day), _length(day.year)))
        and (not what.weekno or _counted(what.weekno, *_week(day, what.wkst)))
        and (not (what.weekdays or what.nth) or day.weekday() in what.weekdays or (bool(what.nth) and _nth(what, day)))
    )


def _counted(numbers: Ints, number: int, length: int) -> bool:
    """From the front, or (negative) from the back."""
    return number in numbers or number - length - 1 in numbers


def _yearday(day: date) -> int:
    return day.timetuple().tm_yday


def _length(year: int) -> int:
    return 366 if calendar.isleap(year) else 365


def _nth(what: Rule, day: date) -> bool:
    """ "2MO" is the second Monday of the month, or of the year if a yearly rule names no months."""
    wanted = [nth for nth, weekday in what.nth if weekday == day.weekday()]
    if not wanted:
        return False
    if what.freq == "MONTHLY" or what.month:
        number, length = day.day, calendar.monthrange(day.year, day.month)[1]
    else:
        number, length = _yearday(day), _length(day.year)
    places = ((number - 1) // 7 + 1, -((length - number) // 7 + 1))
    return any(nth in places for nth in wanted)


def _week(day: date, wkst: int) -> tuple[int, int]:
    """Number of the week, and of the year's last one: the first week has four days or more in its year."""
    year = (day + (3 - (day.weekday() - wkst) % 7) * ONE_DAY).year
    first, following = _first_week(year, wkst), _first_week(year + 1, wkst)
    return (day - first).days // 7 + 1, (following - first).days // 7


def _first_week(year: int, wkst: int) -> date:
    fourth = date(year, 1, 4)
    return fourth - (fourth.weekday() - wkst) % 7 * ONE_DAY


def _positions(what: Rule, found: list[datetime]) -> list[datetime]:
    size = len(found)
    places = {number - 1 if number > 0 else size + number for number in what.setpos}
    return [found[place] for place in sorted(places) if 0 <= place < size]
