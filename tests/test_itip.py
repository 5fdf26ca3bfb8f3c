"""Invitations by mail: whom they may come from, and what they change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import permutations
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agent.facts import people
from agent.facts.calendar import Component, instances, read
from agent.model import Address, Event, Message, Rep, WorkingTime
from agent.think.itip import Joined, join

ZONE = ZoneInfo("Europe/London")
NOW = datetime(2026, 3, 12, 12, tzinfo=UTC)


def who(email: str) -> Address:
    found = people.address(email, "")
    assert found
    return found


ELLIE, ALIAS, MAX = who("ellie@fernwood.example"), who("e.marsh@fernwood.example"), who("max@fernwood.example")
BRYN, GWEN = who("bryn@slate.example"), who("gwen@slate.example")
STRANGER = who("bryn@s1ate.example")
REP = Rep("Ellie Marsh", ELLIE, (ALIAS,), WorkingTime(ZONE), domains=frozenset({"fernwood.example"}))


def ics(text: str, method: str = "") -> bytes:
    head = f"METHOD:{method}\n" if method else ""
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}BEGIN:VEVENT\nUID:m\n{text}\nEND:VEVENT\nEND:VCALENDAR\n".encode()


def event(start: str = "20260318T100000Z", **fields: object) -> str:
    """By Bryn with Ellie and Gwen, unless fields (underscores for hyphens) say otherwise; None leaves one out."""
    given = {"DTSTART": start, "DURATION": "PT1H", "DTSTAMP": "20260301T000000Z", "ORGANIZER": "mailto:bryn@slate.example"} | fields
    lines = [f"{name.replace('_', '-')}:{value}" for name, value in given.items() if value is not None and name != "guests"]
    guests = given.get("guests", {"ellie@fernwood.example": "NEEDS-ACTION", "gwen@slate.example": "NEEDS-ACTION"})
    assert isinstance(guests, dict)
    return "\n".join([*lines, *(f"ATTENDEE;PARTSTAT={status}:mailto:{email}" for email, status in guests.items())])


def mail(sender: Address, method: str, text: str, name: str = "i1") -> Message:
    sent = datetime(2026, 3, 11, 16, tzinfo=UTC)
    return Message(name, f"<{name}@x>", sender, (ELLIE,), (), (), "Invitation", sent, calendars=((method, ics(text, method)),))


def joined(held: str, *mails: Message, failed: Sequence[str] = ()) -> Joined:
    calendar: tuple[Component, ...] = read(ics(held), ZONE).components if held else ()
    return join(calendar, mails, REP, lambda address: address in (BRYN, GWEN), lambda message: message.id in failed, ZONE)


def events(result: Joined) -> list[Event]:
    window = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)
    return sorted(instances(result.components, window, window).events, key=lambda found: found.start)


def only(result: Joined) -> Event:
    (found,) = events(result)
    return found


def statuses(found: Event) -> dict[str, str]:
    return {guest.address.email.split("@")[0]: guest.status for guest in found.guests}


# ----------------------------------------------------------------------------------------------------- invitations


@pytest.mark.parametrize("sender", [BRYN, MAX, ELLIE, ALIAS])
def test_what_no_calendar_holds_is_listed_if_a_customer_colleague_or_the_rep_sent_it(sender: Address) -> None:
    result = joined("", mail(sender, "REQUEST", event()))
    assert only(result).source == "mail"
    assert result.accepted == {"i1": ("m",)}
    assert result.refused == frozenset()


def test_a_strangers_invitation_is_a_mail_like_any_other() -> None:
    result = joined("", mail(STRANGER, "REQUEST", event()))
    assert result == Joined((), refused=frozenset({"i1"}))


def test_who_failed_authentication_is_a_stranger_even_as_the_rep() -> None:
    for sender in (BRYN, ELLIE):
        assert joined("", mail(sender, "REQUEST", event()), failed=["i1"]).refused == {"i1"}


@pytest.mark.parametrize(("sender", "hour"), [(BRYN, 15), (GWEN, 10), (ELLIE, 10), (MAX, 10), (STRANGER, 10)])
def test_an_event_in_the_calendar_is_changed_by_its_organiser_alone(sender: Address, hour: int) -> None:
    result = joined(event(), mail(sender, "REQUEST", event("20260319T150000Z", SEQUENCE=1, ORGANIZER=f"mailto:{sender.email}")))
    assert only(result).start.hour == hour
    assert result.refused == (frozenset() if hour == 15 else {"i1"})
    assert only(result).source == "calendar"


def test_a_move_is_remembered() -> None:
    result = joined(event(), mail(BRYN, "REQUEST", event("20260319T150000Z", SEQUENCE=1)))
    assert only(result).earlier == (datetime(2026, 3, 18, 10, tzinfo=UTC),)


def test_an_older_invitation_changes_nothing() -> None:
    result = joined(event(SEQUENCE=2), mail(BRYN, "REQUEST", event("20260319T150000Z", SEQUENCE=1)))
    assert only(result).start.day == 18
    assert result.accepted == {"i1": ("m",)}


def test_an_update_that_moves_nothing_leaves_the_reps_answer() -> None:
    held = event(guests={"ellie@fernwood.example": "DECLINED", "gwen@slate.example": "NEEDS-ACTION"})
    update = event(DTSTAMP="20260305T000000Z", SUMMARY="New title")
    result = only(joined(held, mail(BRYN, "REQUEST", update)))
    assert (result.title, statuses(result)["ellie"]) == ("New title", "declined")


def test_add_brings_a_further_instance() -> None:
    held = event(RRULE="FREQ=WEEKLY;COUNT=2")
    result = joined(held, mail(BRYN, "ADD", event("20260320T100000Z", SEQUENCE=1)))
    assert [found.start.day for found in events(result)] == [18, 20, 25]


@pytest.mark.parametrize("data", [b"", b"nonsense", ics(event(), "REQUEST")[:-30], ics("DTSTART:soon", "REQUEST")])
def test_malformed_parts_are_no_itip(data: bytes) -> None:
    message = mail(BRYN, "REQUEST", event())
    broken = Message(message.id, "<i1@x>", STRANGER, (ELLIE,), (), (), "x", message.sent, calendars=(("REQUEST", data),))
    assert joined("", broken) == Joined(())


# ---------------------------------------------------------------------------------------------------- cancellations


@pytest.mark.parametrize(("sender", "cancelled"), [(BRYN, True), (GWEN, False), (STRANGER, False), (ELLIE, False)])
def test_the_organiser_cancels(sender: Address, cancelled: bool) -> None:
    result = joined(event(), mail(sender, "CANCEL", event(SEQUENCE=1, STATUS="CANCELLED")))
    assert only(result).cancelled is cancelled
    assert bool(result.refused) is not cancelled


@pytest.mark.parametrize(
    ("sequence", "stamp", "cancelled"),
    [(1, "20260201T000000Z", False), (2, "20260201T000000Z", False), (2, "20260302T000000Z", True), (3, "20260201T000000Z", True)],
)
def test_a_cancellation_counts_if_it_is_not_older(sequence: int, stamp: str, cancelled: bool) -> None:
    result = joined(event(SEQUENCE=2), mail(BRYN, "CANCEL", event(SEQUENCE=sequence, DTSTAMP=stamp)))
    assert only(result).cancelled is cancelled


def test_a_cancellation_may_name_no_time() -> None:
    bare = event(SEQUENCE=1, DTSTAMP="20260310T080000Z").replace("DTSTART:20260318T100000Z\n", "")
    found = only(joined(event(), mail(BRYN, "CANCEL", bare)))
    assert (found.cancelled, found.start.day, found.modified) == (True, 18, datetime(2026, 3, 10, 8, tzinfo=UTC))
    assert joined("", mail(BRYN, "CANCEL", bare)).components == ()


def test_an_event_that_the_calendar_dropped_is_still_seen_as_cancelled() -> None:
    found = only(joined("", mail(BRYN, "CANCEL", event(STATUS="CANCELLED"))))
    assert (found.cancelled, found.source) == (True, "mail")


def test_one_instance_is_cancelled_by_its_recurrence_id() -> None:
    held = event(RRULE="FREQ=WEEKLY;COUNT=3")
    result = joined(held, mail(BRYN, "CANCEL", event("20260325T100000Z", SEQUENCE=1, RECURRENCE_ID="20260325T100000Z")))
    assert [(found.start.day, found.cancelled) for found in events(result)] == [(18, False), (25, True), (1, False)]


def test_a_cancelled_series_is_cancelled_with_its_exceptions() -> None:
    request = mail(BRYN, "REQUEST", event("20260326T100000Z", RECURRENCE_ID="20260325T100000Z"))
    cancel = mail(BRYN, "CANCEL", event(SEQUENCE=1, STATUS="CANCELLED"), "i2")
    found = events(joined(event(RRULE="FREQ=WEEKLY;COUNT=2"), request, cancel))
    assert [(one.start.day, one.cancelled) for one in found] == [(18, True), (26, True)]


def test_guests_may_be_uninvited_without_cancelling() -> None:
    found = only(joined(event(), mail(BRYN, "CANCEL", event(SEQUENCE=1, guests={"gwen@slate.example": "NEEDS-ACTION"}))))
    assert (found.cancelled, statuses(found)) == (False, {"ellie": "needs-action"})


# ----------------------------------------------------------------------------------------------------------- answers


def reply(email: str, status: str, **fields: object) -> str:
    given: dict[str, Any] = {"guests": {email: status}, "DTSTAMP": "20260305T000000Z"}
    return event(**(given | fields))


def test_a_reply_changes_its_guests_answer_and_nothing_else() -> None:
    text = reply("gwen@slate.example", "DECLINED", DTSTART="20260401T100000Z", SUMMARY="x")
    found = only(joined(event(SUMMARY="Demo"), mail(GWEN, "REPLY", text)))
    assert (found.title, found.start.day) == ("Demo", 18)
    assert statuses(found) == {"ellie": "needs-action", "gwen": "declined"}


@pytest.mark.parametrize("sender", [BRYN, STRANGER, MAX, ELLIE])
def test_nobody_answers_for_somebody_else(sender: Address) -> None:
    result = joined(event(), mail(sender, "REPLY", reply("gwen@slate.example", "DECLINED")))
    assert statuses(only(result))["gwen"] == "needs-action"
    assert result.refused == {"i1"}


def test_who_is_no_guest_has_no_answer() -> None:
    assert joined(event(), mail(STRANGER, "REPLY", reply(STRANGER.email, "ACCEPTED"))).refused == {"i1"}


@pytest.mark.parametrize("fields", [{"SEQUENCE": 1, "DTSTAMP": "20260301T000000Z"}, {"SEQUENCE": 0, "DTSTAMP": "20260310T000000Z"}])
def test_an_answer_to_an_older_version_is_stale(fields: dict[str, object]) -> None:
    held = event(SEQUENCE=1, DTSTAMP="20260308T000000Z")
    assert statuses(only(joined(held, mail(GWEN, "REPLY", reply("gwen@slate.example", "DECLINED", **fields)))))["gwen"] == "needs-action"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_of_several_answers_the_latest_counts_in_whatever_order_they_lie(order: tuple[int, ...]) -> None:
    mails = [
        mail(BRYN, "REQUEST", event(), "i0"),
        mail(GWEN, "REPLY", reply("gwen@slate.example", "ACCEPTED"), "i1"),
        mail(GWEN, "REPLY", reply("gwen@slate.example", "DECLINED", DTSTAMP="20260306T000000Z"), "i2"),
    ]
    assert statuses(only(joined("", *(mails[place] for place in order))))["gwen"] == "declined"


@pytest.mark.parametrize("sender", [ELLIE, ALIAS])
def test_the_reps_own_answer_sets_the_reps_status_also_from_an_alias(sender: Address) -> None:
    found = only(joined("", mail(BRYN, "REQUEST", event()), mail(sender, "REPLY", reply("ellie@fernwood.example", "ACCEPTED"), "i2")))
    assert (statuses(found)["ellie"], found.source) == ("accepted", "mail")


def test_an_answer_may_be_for_one_instance() -> None:
    text = reply("gwen@slate.example", "DECLINED", RECURRENCE_ID="20260325T100000Z")
    found = events(joined(event(RRULE="FREQ=WEEKLY;COUNT=2"), mail(GWEN, "REPLY", text)))
    assert [statuses(one)["gwen"] for one in found] == ["needs-action", "declined"]


def test_a_counter_is_a_proposal_and_changes_nothing() -> None:
    text = event("20260320T100000Z", SEQUENCE=1)
    result = joined(event(), mail(GWEN, "COUNTER", text))
    assert only(result).start.day == 18
    assert [(uid, start.day) for _, uid, start, _ in result.counters] == [("m", 20)]
    assert joined(event(), mail(STRANGER, "COUNTER", text)).counters == ()


def test_publish_is_no_invitation() -> None:
    assert joined("", mail(BRYN, "PUBLISH", event())) == Joined(())


def test_who_acts_for_the_organiser_in_the_calendar_may_change_the_event() -> None:
    held = event(ORGANIZER=None) + '\nORGANIZER;SENT-BY="mailto:gwen@slate.example":mailto:bryn@slate.example'
    assert only(joined(held, mail(GWEN, "REQUEST", event("20260319T100000Z", SEQUENCE="1")))).start.day == 19
    claimed = (
        event("20260319T100000Z", SEQUENCE="1", ORGANIZER=None)
        + '\nORGANIZER;SENT-BY="mailto:gwen@slate.example":mailto:bryn@slate.example'
    )
    assert only(joined(event(), mail(GWEN, "REQUEST", claimed))).start.day == 18


def test_nobody_else_invites_in_the_name_of_the_rep() -> None:
    own = event(ORGANIZER="mailto:ellie@fernwood.example")
    assert only(joined("", mail(BRYN, "REQUEST", own))).organizer == BRYN
    assert only(joined("", mail(BRYN, "REQUEST", event(ORGANIZER=None)))).organizer == BRYN
    assert only(joined("", mail(ALIAS, "REQUEST", own))).organizer == ELLIE


def test_the_last_refusal_from_outside_is_when_it_fell_through() -> None:
    held = event(
        ORGANIZER="mailto:ellie@fernwood.example",
        LAST_MODIFIED="20260301T000000Z",
        guests={"bryn@slate.example": "ACCEPTED", "gwen@slate.example": "ACCEPTED"},
    )
    bryn = mail(BRYN, "REPLY", event(DTSTAMP="20260310T000000Z", guests={"bryn@slate.example": "DECLINED"}))
    gwen = mail(GWEN, "REPLY", event(DTSTAMP="20260311T000000Z", guests={"gwen@slate.example": "DECLINED"}), "i2")
    assert only(joined(held, bryn)).modified == datetime(2026, 3, 1, tzinfo=UTC)
    assert only(joined(held, gwen, bryn)).modified == datetime(2026, 3, 11, tzinfo=UTC)
