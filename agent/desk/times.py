"""Moments of the rep's working time: until when something is put off, and when a mail may leave."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from agent.errors import Rejected
from agent.model import WorkingTime
from agent.think import workdays

LATER = timedelta(hours=3)
LONGEST = timedelta(days=366)
_SPAN, _UNITS = re.compile(r"([0-9]{1,3})([hdw])"), {"d": 1, "w": 7}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def until(word: str, now: datetime, working: WorkingTime) -> datetime:
    """`later` (in three hours), `3h`, `tomorrow`, `2d` or `1w`, the next day of a name, a date (each when work begins), or an ISO 8601
    moment, without an offset the rep's. Raises `Rejected`."""
    written, word, today = word.strip(), word.strip().lower(), now.astimezone(working.zone).date()
    if word == "later":
        return now + LATER
    if word == "tomorrow":
        return workdays.opening(working, today + timedelta(days=1))
    if word in _DAYS:
        return workdays.opening(working, today + timedelta(days=(_DAYS.index(word) - today.weekday() - 1) % 7 + 1))
    if span := _SPAN.fullmatch(word):
        number, unit = int(span[1]), span[2]
        return ahead(now + timedelta(hours=number) if unit == "h" else today + timedelta(days=number * _UNITS[unit]), now, working)
    try:
        found = datetime.fromisoformat(written) if len(written) > 10 else date.fromisoformat(written)
    except ValueError:
        raise Rejected(f"{written[:40]!r} is no day; write later, tomorrow, 2d, monday or a date like {today + LATER * 40}.") from None
    return ahead(found, now, working)


def ahead(when: date | datetime, now: datetime, working: WorkingTime) -> datetime:
    """When work begins on a date; a moment as it is. Raises `Rejected` if it has passed, or lies more than a year ahead."""
    if not isinstance(when, datetime):
        when = workdays.opening(working, when)
    when = when if when.tzinfo else when.replace(tzinfo=working.zone)
    if not now < when <= now + LONGEST:
        raise Rejected("It can be put off until a moment that is ahead, and within a year.")
    return when


def within(moment: datetime, working: WorkingTime) -> datetime:
    """The first moment of working time that is not before `moment`."""
    local = moment.astimezone(working.zone)
    if not workdays.works(working, local.date()) or local.time() >= working.closes:
        return workdays.opening(working, workdays.on_or_after(working, local.date() + timedelta(days=1)))
    return max(moment, workdays.opening(working, local.date()))
