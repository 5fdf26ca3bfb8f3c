"""Times to offer: on different days, free in all the rep's calendars, inside both sides' hours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from agent.model import Event, Rep, Slot, WorkingTime
from agent.think import workdays

DAYS_AHEAD = 10  # working days
GRID = timedelta(minutes=15)
THEIR_OPENS, THEIR_CLOSES = time(8), time(18)
FAVOURED = (time(10), time(14))  # one in the morning, one in the afternoon


def free(
    busy: Sequence[Event], rep: Rep, now: datetime, customer_zone: tzinfo | None = None, *, count: int = 2, minutes: int = 30
) -> tuple[Slot, ...]:
    """At most `count` slots, in order, no two on one day; fewer if fewer are free. `busy` are the events of the rep's calendars."""
    blocking = [event for event in busy if _blocks(event, rep)]
    found: list[Slot] = []
    for day in _days(rep.working, now):
        if len(found) == count:
            break
        favoured = FAVOURED[len(found) % len(FAVOURED)]
        open_slots = list(_open(blocking, rep.working, day, customer_zone, timedelta(minutes=minutes)))
        if open_slots:
            found.append(min(open_slots, key=lambda slot: _cost(slot, rep.working, favoured)))
    return tuple(found)


def _blocks(event: Event, rep: Rep) -> bool:
    mine = {rep.address.key, *(alias.key for alias in rep.aliases)}
    declined = any(guest.address.key in mine and guest.status == "declined" for guest in event.guests)
    return not (event.cancelled or event.free or declined)


def _days(working: WorkingTime, now: datetime) -> Iterator[date]:
    day = now.astimezone(working.zone).date()
    for _ in range(DAYS_AHEAD):
        day = workdays.on_or_after(working, day + workdays.DAY)
        if workdays.works(working, day):
            yield day


def _open(blocking: Sequence[Event], working: WorkingTime, day: date, theirs: tzinfo | None, length: timedelta) -> Iterator[Slot]:
    opens, closes = workdays.opening(working, day).astimezone(UTC), workdays.closing(working, day).astimezone(UTC)
    taken = [(event.start, event.end) for event in blocking if event.start < closes and event.end >= opens]
    start = opens + (datetime.min.replace(tzinfo=UTC) - opens) % GRID
    while start + length <= closes:
        slot = Slot(start, start + length)
        if _suits(slot, working, theirs) and not any(_overlap(slot, *span) for span in taken):
            yield slot
        start += GRID


def _overlap(slot: Slot, start: datetime, end: datetime) -> bool:
    """An event without length takes the moment at which it starts."""
    return (start < slot.end and end > slot.start) or slot.start <= start < slot.end


def _suits(slot: Slot, working: WorkingTime, theirs: tzinfo | None) -> bool:
    if theirs is None:
        return True
    start, end = slot.start.astimezone(theirs), slot.end.astimezone(theirs)
    return start.weekday() in working.days and start.date() == end.date() and start.time() >= THEIR_OPENS and end.time() <= THEIR_CLOSES


def _cost(slot: Slot, working: WorkingTime, favoured: time) -> tuple[bool, int, datetime]:
    """Half hours before quarters, then what is nearest to the favoured time, then what is earlier."""
    local = slot.start.astimezone(working.zone)
    distance = abs((local.hour - favoured.hour) * 60 + local.minute - favoured.minute)
    return local.minute % 30 != 0, distance, slot.start
