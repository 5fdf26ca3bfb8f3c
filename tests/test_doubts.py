"""Warnings of what can hardly be meant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from agent.facts import people
from agent.model import Address, Deal, Event, Guest, Rep, Rules, WorkingTime
from agent.think import doubts

START = datetime(2026, 3, 5, 15, tzinfo=UTC)


def address(email: str) -> Address:
    found = people.address(email)
    assert found
    return found


DANA, PAT = address("dana@northwind.example"), address("pat@acme.example")
REP = Rep("Dana Reyes", DANA, (), WorkingTime(ZoneInfo("UTC")))
DEALS = [Deal("D-1", "Rollout", "Demo", "Acme Corp")]


def event(title: str, *guests: Address, all_day: bool = False) -> Event:
    return Event(title, START, START + timedelta(hours=1), title, DANA, tuple(Guest(g) for g in guests), all_day=all_day)


def guestless(*events: Event) -> tuple[str, ...]:
    bare = doubts.bare(events, REP)
    return doubts.guestless(len(bare), doubts.called(bare), DEALS)


def test_a_calendar_without_guests_that_names_an_account_is_warned_of_once() -> None:
    (said,) = guestless(event("ACME: demo"), event("Lunch"), event("Call", PAT))
    assert said.startswith("2 events of the calendar carry no guests")


def test_a_calendar_with_guests_is_not() -> None:
    assert guestless(event("Acme demo"), event("Acme call", PAT), event("Acme review", PAT)) == ()


def test_nor_are_events_that_name_no_account_or_last_all_day() -> None:
    assert guestless(event("Lunch"), event("Focus"), event("Acme fair", all_day=True)) == ()


def test_a_stage_that_is_not_in_the_playbook_is_told_of_once_however_many_deals_are_in_it() -> None:
    rules = Rules(REP, ())
    deals = [Deal(f"D-{n}", "Rollout", "Charming", "Acme Corp") for n in range(7)]
    (one,) = doubts.unknown(deals[:1], rules)
    assert one.startswith("deal D-0: the stage 'Charming' is not in the playbook; ")
    (many,) = doubts.unknown(deals, rules)
    assert many.startswith("deals D-0, D-1, D-2, D-3, D-4 and 2 more: the stage 'Charming'")
