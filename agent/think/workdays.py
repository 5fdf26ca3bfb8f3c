"""Business days: the rep's working days, holidays out, at the same clock time.

Friday 16:00 plus 3 is Wednesday 16:00; outside working time the count starts at the next start of work.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from agent.model import WorkingTime

DAY = timedelta(days=1)


def works(working: WorkingTime, day: date) -> bool:
    """1 January never works, whatever the country."""
    return day.weekday() in working.days and day not in working.holidays and (day.month, day.day) != (1, 1)


def on_or_after(working: WorkingTime, day: date) -> date:
    """The first working day that is not before `day`."""
    for _ in range(400):
        if works(working, day):
            break
        day += DAY
    return day


def on_or_before(working: WorkingTime, day: date) -> date:
    """The last working day that is not after `day`."""
    for _ in range(400):
        if works(working, day):
            break
        day -= DAY
    return day


def opening(working: WorkingTime, day: date) -> datetime:
    """Start of work on `day`."""
    return datetime.combine(day, working.opens, working.zone)


def closing(working: WorkingTime, day: date) -> datetime:
    """End of work on `day`."""
    return datetime.combine(day, working.closes, working.zone)


def plus(working: WorkingTime, moment: datetime, days: int) -> datetime:
    """`moment` plus a number of business days."""
    local = moment.astimezone(working.zone)
    if not works(working, local.date()) or local.time() > working.closes:
        day = local.date() if not works(working, local.date()) else local.date() + DAY
        local = opening(working, on_or_after(working, day))
    elif local.time() < working.opens:
        local = opening(working, local.date())
    day = local.date()
    for _ in range(days):
        day = on_or_after(working, day + DAY)
    return datetime.combine(day, local.time(), working.zone)
