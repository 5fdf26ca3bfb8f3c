"""Times to offer: on different days, free in all the rep's calendars, inside both sides' hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from agent.model import Event, Rep, Slot, WorkingTime
from agent.think import gatherings, workdays
from agent.think.dossier import Dossier

DAYS_AHEAD = 10  # working days
GRID = timedelta(minutes=15)
LENGTH = timedelta(minutes=30)  # of a time in a mail
OPEN_FOR = timedelta(days=14)  # so old may a mail be whose times are still on offer
THEIR_OPENS, THEIR_CLOSES = time(8), time(18)
DAY_MINUTES = 24 * 60
Span = tuple[datetime, datetime]
FAVOURED = (time(10), time(14))  # one in the morning, one in the afternoon


class Diary:
    """What takes the rep's time, of each day worked out once: one diary serves all drafts of a round."""

    def __init__(self, events: Iterable[Event], rep: Rep) -> None:
        self._working = rep.working
        self._spans = [(event.start, event.end) for event in events if _blocks(event, rep)]
        self._days: dict[date, tuple[Span, ...]] = {}

    def on(self, day: date) -> tuple[Span, ...]:
        """What takes time in the working hours of a day."""
        found = self._days.get(day)
        if found is None:
            opens, closes = _hours(self._working, day)
            found = self._days[day] = tuple(span for span in self._spans if span[0] < closes and span[1] >= opens)
        return found


def free(
    busy: Iterable[Event] | Diary,
    rep: Rep,
    now: datetime,
    customer_zone: tzinfo | None = None,
    *,
    count: int = 2,
    minutes: int = 30,
    beside: Iterable[Event] = (),
) -> tuple[Slot, ...]:
    """At most `count` slots, in order, no two on one day; fewer if fewer are free. `busy` are the events of the rep's calendars,
    `beside` what else takes time.

    Where the hours of both sides do not meet often enough, those of the rep's hours that are nearest to the customer's.
    """
    days, length = list(_days(rep.working, now)), timedelta(minutes=minutes)
    diaries = (busy if isinstance(busy, Diary) else Diary(busy, rep), Diary(beside, rep))
    found: dict[date, Slot] = {}
    for day in days:
        if len(found) == count:
            return tuple(found.values())
        favoured = FAVOURED[len(found) % len(FAVOURED)]
        fit = (slot for slot in _open(diaries, rep.working, day, length, favoured) if _suits(slot, rep.working, customer_zone))
        if best := next(fit, None):
            found[day] = best
    if customer_zone is None:
        return tuple(found.values())
    rest = (_open(diaries, rep.working, day, length) for day in days if day not in found)
    near = _nearest(rest, rep.working, customer_zone, count - len(found))
    return tuple(sorted((*found.values(), *near), key=lambda slot: slot.start))


def _nearest(by_day: Iterable[Iterable[Slot]], working: WorkingTime, theirs: tzinfo, count: int) -> tuple[Slot, ...]:
    """Of each day the slot nearest to the customer's hours, never on their weekend; of the days those where it is nearest."""
    fit = ([slot for slot in slots if slot.start.astimezone(theirs).weekday() in working.days] for slots in by_day)
    best = [min(slots, key=lambda slot: _distance(slot, theirs)) for slots in fit if slots]
    return tuple(sorted(sorted(best, key=lambda slot: _distance(slot, theirs))[:count], key=lambda slot: slot.start))


def ahead(events: Iterable[Event], working: WorkingTime, now: datetime) -> list[Event]:
    """Those that lie where times are offered: a calendar holds years, so this is asked once a round, not for every draft."""
    span = window(working, now)
    return [event for event in events if event.start < span[1] and event.end >= span[0]] if span else []


def window(working: WorkingTime, now: datetime) -> tuple[datetime, datetime] | None:
    """Where times are offered; None for a rep who does not work in the next days."""
    days = list(_days(working, now))
    return (workdays.opening(working, days[0]), workdays.closing(working, days[-1])) if days else None


def fits(slot: Slot, busy: Iterable[Event], rep: Rep) -> bool:
    """Whether nothing takes the rep's time then."""
    return not any(_blocks(event, rep) and _overlap(slot, event.start, event.end) for event in busy)


def as_events(slots: Iterable[Slot]) -> Iterator[Event]:
    """Times on offer, as what takes them."""
    return (Event("on offer", slot.start, slot.end, "") for slot in slots)


def on_offer(dossier: Dossier, now: datetime) -> list[Event]:
    """The times still to come that the rep has put to a deal's customers in mail."""
    letters = (x for c in dossier.conversations for x in c.letters if x.by_rep and x.side == "ours" and x.at > now - OPEN_FOR)
    named = (when.at for x in letters for act in x.reading.of("proposal") for when in act.when)
    return list(as_events(Slot(at.astimezone(UTC), at.astimezone(UTC) + LENGTH) for at in named if at and at > now))


def _blocks(event: Event, rep: Rep) -> bool:
    return not (event.cancelled or event.free or gatherings.rep_declined(event, rep))


def _days(working: WorkingTime, now: datetime) -> Iterator[date]:
    day = now.astimezone(working.zone).date()
    for _ in range(DAYS_AHEAD):
        day = workdays.on_or_after(working, day + workdays.DAY)
        if workdays.works(working, day):
            yield day


def _hours(working: WorkingTime, day: date) -> Span:
    return workdays.opening(working, day).astimezone(UTC), workdays.closing(working, day).astimezone(UTC)


def _open(diaries: Iterable[Diary], working: WorkingTime, day: date, length: timedelta, favoured: time = FAVOURED[0]) -> Iterator[Slot]:
    """The best first."""
    taken = [span for diary in diaries for span in diary.on(day)]
    for slot in _of_a_day(*_hours(working, day), length, working.zone, favoured):
        if not any(_overlap(slot, *span) for span in taken):
            yield slot


@lru_cache(maxsize=64)  # the next days are the same for every draft of a round
def _of_a_day(opens: datetime, closes: datetime, length: timedelta, zone: tzinfo, favoured: time) -> tuple[Slot, ...]:
    slots = []
    start = opens + (datetime.min.replace(tzinfo=UTC) - opens) % GRID
    while start + length <= closes:
        slots.append(Slot(start, start + length))
        start += GRID
    return tuple(sorted(slots, key=lambda slot: _cost(slot, zone, favoured)))


def _overlap(slot: Slot, start: datetime, end: datetime) -> bool:
    """An event without length takes the moment at which it starts."""
    return (start < slot.end and end > slot.start) or slot.start <= start < slot.end


def _suits(slot: Slot, working: WorkingTime, theirs: tzinfo | None) -> bool:
    if theirs is None:
        return True
    start, end = slot.start.astimezone(theirs), slot.end.astimezone(theirs)
    return start.weekday() in working.days and start.date() == end.date() and start.time() >= THEIR_OPENS and end.time() <= THEIR_CLOSES


def _distance(slot: Slot, theirs: tzinfo) -> tuple[int, datetime]:
    """Minutes between a slot outside the customer's day and that day, before it or after it."""
    early = _minutes(THEIR_OPENS) - _minutes(slot.start.astimezone(theirs).time())
    late = _minutes(slot.end.astimezone(theirs).time()) - _minutes(THEIR_CLOSES)
    return min(early % DAY_MINUTES, late % DAY_MINUTES), slot.start


def _minutes(clock: time) -> int:
    return 60 * clock.hour + clock.minute


def _cost(slot: Slot, zone: tzinfo, favoured: time) -> tuple[bool, int, datetime]:
    """Half hours before quarters, then what is nearest to the favoured time, then what is earlier."""
    local = slot.start.astimezone(zone)
    distance = abs((local.hour - favoured.hour) * 60 + local.minute - favoured.minute)
    return local.minute % 30 != 0, distance, slot.start
