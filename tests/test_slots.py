from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from desk import ANA, DANA, NEW_YORK, NOW, event, rep
from hypothesis import given
from hypothesis import strategies as st

from agent.draft import slots
from agent.draft.slots import free
from agent.model import Event, Slot, WorkingTime


def local(found: tuple[Slot, ...]) -> list[str]:
    return [f"{slot.start.astimezone(NEW_YORK):%a %d %H:%M}" for slot in found]


def test_an_empty_calendar_offers_a_morning_and_an_afternoon_on_the_next_two_working_days() -> None:
    assert local(free((), rep(), NOW)) == ["Tue 10 10:00", "Wed 11 14:00"]


def test_on_a_friday_the_next_working_day_is_monday() -> None:
    assert local(free((), rep(), NOW + timedelta(days=4))) == ["Mon 16 10:00", "Tue 17 14:00"]


def test_a_meeting_moves_the_offer_to_the_nearest_free_half_hour() -> None:
    assert local(free((event("2026-03-10T09:45", [ANA], minutes=50),), rep(), NOW))[0] == "Tue 10 09:00"


@pytest.mark.parametrize(
    "harmless",
    [
        event("2026-03-10T09:00", [ANA], minutes=480, cancelled=True),
        event("2026-03-10T09:00", [ANA], minutes=480, free=True),
        event("2026-03-10T09:00", [ANA, (DANA, "declined")], minutes=480),
    ],
    ids=["cancelled", "free", "declined by the rep"],
)
def test_what_does_not_block(harmless: Event) -> None:
    assert local(free((harmless,), rep(), NOW)) == ["Tue 10 10:00", "Wed 11 14:00"]


def test_a_busy_whole_day_blocks_the_day() -> None:
    day = event("2026-03-10T00:00", minutes=24 * 60, all_day=True)
    assert local(free((day,), rep(), NOW)) == ["Wed 11 10:00", "Thu 12 14:00"]


def test_holidays_are_not_offered() -> None:
    off = WorkingTime(NEW_YORK, holidays={date(2026, 3, 10): "a feast"})
    assert local(free((), rep(working=off), NOW)) == ["Wed 11 10:00", "Thu 12 14:00"]


def test_fewer_are_offered_if_fewer_are_free() -> None:
    full = event("2026-03-11T00:00", minutes=60 * 24 * 30)
    assert local(free((full,), rep(), NOW)) == ["Tue 10 10:00"]


def test_offers_lie_between_eight_and_six_of_the_customer_too() -> None:
    london = free((), rep(), NOW, timezone(timedelta(hours=0)))
    assert local(london) == ["Tue 10 10:00", "Wed 11 13:30"]


def test_where_the_days_of_both_sides_do_not_meet_the_hours_of_the_rep_nearest_to_theirs_are_offered() -> None:
    assert local(free((), rep(), NOW, timezone(timedelta(hours=9)))) == ["Tue 10 17:00", "Wed 11 17:00"]


def test_nearest_hours_are_not_those_of_the_customers_weekend() -> None:
    assert local(free((), rep(), NOW + timedelta(days=2), timezone(timedelta(hours=9)))) == ["Thu 12 17:00", "Mon 16 17:00"]


def test_where_shared_hours_are_all_taken_the_nearest_free_hours_of_the_rep_are_offered() -> None:
    taken = [event(f"2026-03-{day}T09:00", minutes=300) for day in range(10, 28)]
    assert local(free(taken, rep(), NOW, timezone(timedelta(hours=0)))) == ["Tue 10 14:00", "Wed 11 14:00"]


def test_no_offer_falls_on_the_customers_weekend() -> None:
    auckland = free((), rep(), NOW + timedelta(days=2), ZoneInfo("Pacific/Auckland"))
    assert [f"{slot.start.astimezone(ZoneInfo('Pacific/Auckland')):%a %H:%M}" for slot in auckland] == ["Fri 08:00", "Tue 08:00"]


def test_working_hours_that_are_too_short_for_a_meeting_offer_nothing() -> None:
    assert free((), rep(working=WorkingTime(NEW_YORK, opens=time(9), closes=time(9, 20))), NOW) == ()


def test_an_instant_in_the_calendar_takes_the_slot_it_falls_into() -> None:
    assert local(free((event("2026-03-10T10:00", minutes=0),), rep(), NOW))[0] == "Tue 10 09:30"


def _suits(start: datetime, end: datetime, theirs: timezone) -> bool:
    """Within a working day of the customer."""
    begins, ends = start.astimezone(theirs), end.astimezone(theirs)
    within = begins.date() == ends.date() and begins.time() >= slots.THEIR_OPENS and ends.time() <= slots.THEIR_CLOSES
    return within and begins.weekday() < 5


def _common_days(working: WorkingTime, now: datetime, busy: list[Event], theirs: timezone) -> set[date]:
    """Of the next ten working days those with a free time that suits both sides: every quarter of an hour is tried."""
    today = now.astimezone(working.zone).date()
    every = (today + timedelta(days=n) for n in range(1, 30))
    days = [day for day in every if day.weekday() < 5 and (day.month, day.day) != (1, 1)][: slots.DAYS_AHEAD]
    found = set()
    for day in days:
        opens, closes = (datetime.combine(day, clock, working.zone).astimezone(UTC) for clock in (working.opens, working.closes))
        starts = (opens + n * slots.GRID for n in range((closes - opens) // slots.GRID))
        spans = ((start, start + slots.LENGTH) for start in starts if start + slots.LENGTH <= closes)
        if any(
            _suits(*span, theirs) and not any((e.start < span[1] and e.end > span[0]) or span[0] <= e.start < span[1] for e in busy)
            for span in spans
        ):
            found.add(day)
    return found


zones = st.sampled_from(["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland", "America/St_Johns"]).map(ZoneInfo)
moments = st.integers(0, 4 * 365 * 24 * 60).map(lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
spans = st.tuples(st.integers(0, 20 * 24 * 4), st.integers(0, 200))


@given(zones, moments, st.lists(spans, max_size=30), st.one_of(st.none(), st.integers(-11, 13)))
def test_offers_are_free_inside_working_hours_and_on_different_days(
    zone: ZoneInfo, now: datetime, taken: list[tuple[int, int]], offset: int | None
) -> None:
    """And inside the customer's hours as well, as often as there are days with a time that is free in both."""
    working = WorkingTime(zone)
    quarter = timedelta(minutes=15)
    busy = [Event(str(n), now + begin * quarter, now + (begin + long) * quarter, "") for n, (begin, long) in enumerate(taken)]
    theirs = None if offset is None else timezone(timedelta(hours=offset))
    found = free(busy, rep(working=working), now, theirs)
    days = [slot.start.astimezone(zone).date() for slot in found]
    assert len(found) <= 2
    assert len(set(days)) == len(days)
    for slot in found:
        start, end = slot.start.astimezone(zone), slot.end.astimezone(zone)
        assert start.date() > now.astimezone(zone).date()
        assert working.opens <= start.time() <= end.time() <= working.closes
        assert start.weekday() < 5
        assert not any(e.start < slot.end and e.end > slot.start for e in busy)
    if theirs:
        suiting = [slot for slot in found if _suits(slot.start, slot.end, theirs)]
        assert len(suiting) >= min(2, len(_common_days(working, now, busy, theirs)))
