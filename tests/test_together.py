"""Calendar entries of one meeting, and mail that goes with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from agent.model import Event, Guest
from agent.think.directory import Directory
from agent.think.together import match_events
from tests.desk import ANA, BEN, DANA, deal, everybody, rules, who

START = datetime(2026, 3, 12, 15, tzinfo=UTC)


def entry(uid: str, *guests: str, **changes: Any) -> Event:
    given = {"organizer": who(DANA), "guests": tuple(map(Guest, everybody(*guests)))} | changes
    return Event(uid, START, START + timedelta(hours=1), "Call", **given)


def listed(*events: Event) -> list[Event]:
    return [event for event, _ in match_events((), (), events, {}, Directory((deal(),), rules()))]


def test_two_entries_of_one_meeting_are_one_under_the_smaller_uid_with_the_guests_of_both() -> None:
    (found,) = listed(entry("b", ANA), entry("a", BEN))
    assert (found.uid, {g.address.email for g in found.guests}) == ("a", {"ana@acme.example", "ben@acme.example"})


def test_an_entry_that_ends_at_another_time_is_another_meeting() -> None:
    longer = entry("b", ANA)
    assert len(listed(entry("a", ANA), replace(longer, end=longer.end + timedelta(minutes=30)))) == 2


def test_a_copy_that_does_not_take_place_takes_no_others_place() -> None:
    declined = entry("a", ANA, guests=(Guest(who(DANA), "declined"), Guest(who(ANA))))
    cancelled, free = entry("b", ANA, cancelled=True), entry("c", ANA, free=True)
    assert [e.uid for e in listed(declined, cancelled, free, entry("d", ANA))] == ["a", "b", "c", "d"]


def test_a_colleagues_entry_in_a_shared_calendar_takes_no_others_place() -> None:
    colleague = entry("a", ANA, organizer=who("lee@northwind.example"), shared=True)
    assert [e.uid for e in listed(colleague, entry("b", ANA))] == ["a", "b"]


def test_an_invitation_in_mail_beside_the_calendars_entry_is_in_the_calendar() -> None:
    (found,) = listed(entry("a", ANA, source="mail"), entry("b", ANA))
    assert (found.uid, found.source) == ("a", "calendar")
