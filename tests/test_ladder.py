"""The ladder of next steps: each rung at its bounds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from agent.model import Event, Rung
from agent.think import ladder
from agent.think.case import Case
from agent.think.clock import Clock
from agent.think.dossier import Conversation, Dossier, Letter
from agent.think.language.acts import Act, When
from agent.think.think import think
from tests.desk import ANA, BEN, DANA, dossier, event, letter, moment, rules, thread, who

MET = event("2026-03-05T10:00", [ANA])
LATER = "2026-03-20T10:00"


def case(known: Dossier, at: str = "2026-03-09T11:00") -> Case:
    return Case(known, rules(), Clock(moment(at)))


def rung(*talks: Conversation, at: str = "2026-03-09T11:00", events: tuple[Event, ...] = (), **changes: Any) -> Rung:
    return ladder.standing(case(dossier(*talks, meetings=(MET, *events), **changes), at)).rung


def day(text: str, clock: str = "", *, same_day: bool = False) -> When:
    return When(date.fromisoformat(text), moment(f"{text}T{clock}") if clock else None, same_day)


def ours(at: str, *acts: Act, to: str = ANA, **more: Any) -> Letter:
    return letter(DANA, [to], at, acts=acts, **more)


def theirs(at: str, *acts: Act, sender: str = ANA, **more: Any) -> Letter:
    return letter(sender, [DANA], at, acts=acts, **more)


def offer(*whens: When, link: bool = False) -> Act:
    return Act("proposal", "how about…", 0, whens, link=link)


def yes(*whens: When) -> Act:
    return Act("acceptance", "works for me", 0, whens)


# ------------------------------------------------------------------------------------------------------------ booked


@pytest.mark.parametrize(
    ("organizer", "rep", "customer", "expected"),
    [
        (DANA, "accepted", "needs-action", "booked"),
        ("lee@northwind.example", "needs-action", "needs-action", "booked"),
        (BEN, "needs-action", "tentative", "booked"),
        ("host@fairs.example", "needs-action", "needs-action", "nothing"),
        ("host@fairs.example", "needs-action", "tentative", "nothing"),
        ("host@fairs.example", "needs-action", "accepted", "booked"),
        ("host@fairs.example", "accepted", "needs-action", "booked"),
        ("host@fairs.example", "declined", "accepted", "nothing"),
    ],
)
def test_anothers_event_is_booked_only_once_somebody_accepted(organizer: str, rep: str, customer: str, expected: str) -> None:
    assert rung(events=(event(LATER, [(DANA, rep), (ANA, customer)], uid="n", organizer=who(organizer)),)) == expected


@pytest.mark.parametrize(
    ("organizer", "rep", "expected"), [(ANA, "needs-action", "proposed"), (ANA, "accepted", "booked"), (DANA, "", "booked")]
)
def test_an_invitation_in_mail_is_proposed_until_the_rep_accepts(organizer: str, rep: str, expected: str) -> None:
    guests: list[str | tuple[str, str]] = [(DANA, rep), ANA] if rep else [ANA]
    assert rung(events=(event(LATER, guests, uid="n", source="mail", organizer=who(organizer)),)) == expected


@pytest.mark.parametrize("mark", [{"all_day": True}, {"private": True}, {"free": True}, {"recurring": True}, {"shared": True}])
def test_any_live_event_with_a_customer_is_booked(mark: dict[str, bool]) -> None:
    assert rung(events=(event("2027-03-01T10:00", [ANA], uid="n", **mark),)) == "booked"


def test_an_event_is_booked_until_its_very_end() -> None:
    running = (event("2026-03-09T10:00", [ANA], uid="n"),)
    assert rung(events=running, at="2026-03-09T10:59") == "booked"
    assert rung(events=running, at="2026-03-09T11:00") == "nothing"


def test_what_began_before_the_latest_meeting_is_not_later_than_it() -> None:
    assert rung(events=(event("2026-03-05T00:00", [ANA], uid="n", all_day=True, minutes=10 * 24 * 60),)) == "nothing"


def test_what_could_be_this_deals_is_booked_and_anothers_is_not() -> None:
    other = (event(LATER, [ANA], uid="n"),)
    assert rung(possible=other) == "booked"
    assert rung(reserved=other) == "nothing"


# ---------------------------------------------------------------------------------------------------------- proposed


def test_an_offer_stands_until_its_answer_is_overdue() -> None:
    """Four business days at this stage: Thursday noon plus 4 is Wednesday noon."""
    talk = thread(ours("2026-03-05T12:00", offer(day("2026-03-17", "10:00"))))
    assert rung(talk, at="2026-03-11T11:59") == "proposed"
    assert rung(talk, at="2026-03-11T12:00") == "nothing"


def test_an_offer_counts_since_the_meeting_began() -> None:
    later = offer(day("2026-03-17", "10:00"))
    assert rung(thread(ours("2026-03-05T10:00", later))) == "proposed"
    assert rung(thread(ours("2026-03-05T09:59", later))) == "nothing"


def test_a_booking_link_is_an_offer() -> None:
    assert rung(thread(theirs("2026-03-06T12:00", offer(link=True)))) == "proposed"


def test_a_counter_proposal_is_an_offer_of_its_own_day() -> None:
    first = ours("2026-03-05T12:00", offer(day("2026-03-10", "10:00")))
    second = theirs("2026-03-09T12:00", Act("time_refused", "Tuesday does not work", 0), offer(day("2026-03-12", "10:00")))
    assert rung(thread(first, second), at="2026-03-11T13:00") == "proposed"


def test_a_refused_time_is_no_offer_any_more() -> None:
    first = ours("2026-03-05T12:00", offer(day("2026-03-10", "10:00")))
    assert rung(thread(first, theirs("2026-03-06T12:00", Act("time_refused", "Tuesday does not work", 0)))) == "nothing"


def test_an_agreed_time_stands_until_it_begins() -> None:
    when = day("2026-03-20", "10:00")
    talk = thread(ours("2026-03-05T12:00", offer(when, day("2026-03-19", "10:00"))), theirs("2026-03-06T12:00", yes(day("2026-03-20"))))
    assert rung(talk, at="2026-03-20T09:59") == "proposed"
    assert rung(talk, at="2026-03-20T10:00") == "nothing"


def test_thanks_for_today_offers_nothing() -> None:
    assert rung(thread(ours("2026-03-05T12:00", yes(day("2026-03-05"))))) == "nothing"


def agreed(*events: Event, at: str = "2026-03-06T13:00") -> list[str]:
    talk = thread(ours("2026-03-05T12:00", offer(day("2026-03-20", "10:00"))), theirs("2026-03-06T12:00", yes(day("2026-03-20", "10:00"))))
    return [f.kind for f in think(dossier(talk, meetings=events), moment(at), rules()).findings]


def test_agreed_is_found_an_hour_after_the_acceptance() -> None:
    assert "agreed_not_booked" not in agreed(at="2026-03-06T12:59")
    assert "agreed_not_booked" in agreed(at="2026-03-06T13:00")
    assert "agreed_not_booked" not in agreed(at="2026-03-20T10:00")


@pytest.mark.parametrize(("start", "found"), [("09:30", False), ("10:30", False), ("09:29", True), ("10:31", True)])
def test_within_thirty_minutes_is_booked(start: str, found: bool) -> None:
    assert ("agreed_not_booked" in agreed(event(f"2026-03-20T{start}", [ANA]))) is found


def test_another_meeting_in_between_undoes_no_agreement() -> None:
    assert "agreed_not_booked" in agreed(event("2026-03-09T10:00", [ANA]), at="2026-03-09T15:00")


def test_what_was_called_off_since_is_agreed_no_more() -> None:
    def cancelled(at: str) -> Event:
        return event("2026-03-20T10:00", [ANA], cancelled=True, modified=moment(at))

    assert "agreed_not_booked" not in agreed(cancelled("2026-03-06T12:30"))
    assert "agreed_not_booked" in agreed(cancelled("2026-03-06T11:30"))


# ------------------------------------------------------------------------------------------------- dated and undated


def test_a_promised_day_has_come_at_the_start_of_work() -> None:
    talk = thread(ours("2026-03-06T12:00", Act("promise", "by Tuesday", 0, (day("2026-03-10"),))))
    assert rung(talk, at="2026-03-10T08:59") == "dated"
    assert rung(talk, at="2026-03-10T09:00") == "nothing"


def test_a_promise_for_the_same_day_runs_until_the_end_of_work() -> None:
    talk = thread(ours("2026-03-09T10:00", Act("promise", "by EOD", 0, (day("2026-03-09", same_day=True),))))
    assert rung(talk, at="2026-03-09T17:29") == "dated"
    assert rung(talk, at="2026-03-09T17:30") == "nothing"


def test_a_running_deferral_counts_at_any_age() -> None:
    talk = thread(theirs("2025-11-03T12:00", Act("deferral", "call me in April", 0, (day("2026-04-01"),))))
    known = dossier(talk)
    assert ladder.standing(case(known)).rung == "dated"
    assert think(known, moment("2026-03-31T23:00"), rules()).muted_until == date(2026, 4, 1)
    assert think(known, moment("2026-04-01T09:00"), rules()).muted_until is None


def test_a_deferral_ends_with_a_newer_word_or_a_meeting() -> None:
    put_off = theirs("2026-03-05T12:00", Act("deferral", "call me in April", 0, (day("2026-04-01"),)))
    assert rung(thread(put_off, theirs("2026-03-06T09:00", Act("acknowledgement", "thanks", 0)))) == "dated"
    assert rung(thread(put_off, theirs("2026-03-06T09:00", Act("statement", "we moved", 0), sender=BEN))) == "nothing"
    assert rung(thread(put_off), events=(event("2026-03-09T09:00", [BEN], minutes=30, uid="n"),)) == "nothing"


def test_only_a_customer_can_defer() -> None:
    assert rung(thread(ours("2026-03-05T12:00", Act("deferral", "call me in April", 0, (day("2026-04-01"),))))) == "nothing"


@pytest.mark.parametrize("kind", ["intention", "promise", "deferral"])
def test_without_a_date_it_is_undated(kind: Any) -> None:
    assert rung(thread(theirs("2026-03-06T12:00", Act(kind, "soon", 0)))) == "undated"


def test_a_thank_you_is_nothing() -> None:
    assert rung(thread(theirs("2026-03-06T12:00", Act("acknowledgement", "thanks", 0)))) == "nothing"


def test_without_a_recent_meeting_the_mail_of_thirty_days_counts() -> None:
    talk = thread(theirs("2026-02-10T12:00", Act("intention", "soon", 0)))
    old = (event("2026-02-01T10:00", [ANA], uid="old"),)

    def at(moment_: str) -> Rung:
        return ladder.standing(case(dossier(talk, meetings=old), moment_)).rung

    assert at("2026-03-12T12:00") == "undated"
    assert at("2026-03-12T12:01") == "nothing"


def test_both_ends_of_a_fall_through_reach_fourteen_days() -> None:
    now = moment("2026-03-09T11:00")

    def found(start: timedelta) -> bool:
        begin = now + start
        about = event("2026-03-09T11:00", [ANA], cancelled=True, modified=now - timedelta(hours=2))
        moved = Event(
            about.uid,
            begin,
            begin + timedelta(hours=1),
            about.title,
            about.organizer,
            about.guests,
            cancelled=True,
            modified=about.modified,
        )
        return any(f.kind == "fell_through" for f in think(dossier(meetings=(moved,)), now, rules()).findings)

    edge = timedelta(days=14)
    assert [found(x) for x in (edge, edge + timedelta(hours=2), -edge + timedelta(hours=1), -edge - timedelta(hours=2))] == [
        True,
        False,
        True,
        False,
    ]
