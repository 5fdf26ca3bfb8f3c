"""Verdicts: their bounds and their order, asked of one deal at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from agent.model import Event, Evidence
from agent.think import meetings
from agent.think.dossier import Dossier
from agent.think.language.acts import Act, When
from agent.think.match import Match
from agent.think.think import Conclusions, think
from tests.desk import ANA, BEN, DANA, LEE, NOW, deal, dossier, event, letter, moment, rules, thread

MATCH = Match("matched", "D-1", ("D-1",))


def judged(known: Dossier, at: str = "2026-03-09T11:00", **changes: Any) -> Conclusions:
    return think(known, moment(at), rules(**changes))


def verdict(known: Dossier, uid: str = "m1", at: str = "2026-03-09T11:00") -> str:
    return next(v.verdict for v in judged(known, at).verdicts if v.event.uid == uid)


def of(*events: Event, **changes: Any) -> Dossier:
    return dossier(meetings=events, **changes)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-03-05T10:59", "too_early"),
        ("2026-03-05T13:59", "too_early"),
        ("2026-03-05T14:00", "flagged"),
        ("2026-03-19T12:00", "flagged"),  # the clocks changed on the 8th: this is 14 days of 24 hours
        ("2026-03-19T12:01", "too_old"),
    ],
)
def test_a_meeting_is_judged_from_three_hours_to_fourteen_days_after_its_end(at: str, expected: str) -> None:
    assert verdict(of(event("2026-03-05T10:00", [ANA])), at=at) == expected


def test_later_means_starting_later_then_ending_later_then_the_greater_uid() -> None:
    same = [event("2026-03-06T10:00", [ANA], uid=uid, minutes=length) for uid, length in (("b", 30), ("c", 30), ("a", 60))]
    assert [verdict(of(*same), uid) for uid in "bca"] == ["superseded", "superseded", "flagged"]


@pytest.mark.parametrize("mark", ["cancelled", "private", "all_day", "free"])
def test_what_is_no_customer_meeting_supersedes_nothing(mark: str) -> None:
    changed = moment("2026-01-05T10:00")
    other = event("2026-03-06T15:00", [ANA], uid="other", stamp=changed, **{mark: True})
    assert verdict(of(event("2026-03-06T10:00", [ANA]), other)) == "flagged"


def test_a_meeting_that_could_be_this_deals_supersedes() -> None:
    known = of(event("2026-03-05T10:00", [ANA]), possible=(event("2026-03-06T10:00", [ANA], uid="x"),))
    assert verdict(known) == "superseded"


@pytest.mark.parametrize(
    "blind", [{"mail_fresh": False}, {"calendar_fresh": False}, {"clouded": True}], ids=["mail", "calendar", "quarantined"]
)
def test_nothing_is_claimed_of_what_was_not_seen(blind: dict[str, bool]) -> None:
    assert verdict(of(event("2026-03-06T10:00", [ANA]), **blind)) == "held"


def test_booked_comes_before_held() -> None:
    known = of(event("2026-03-06T10:00", [ANA]), event("2026-03-20T10:00", [ANA], uid="next"), mail_fresh=False)
    assert verdict(known) == "booked"


def test_snoozed_only_while_every_customer_who_attended_is_away() -> None:
    back = moment("2026-03-10T00:00").date()
    known = of(event("2026-03-06T10:00", [ANA, (BEN, "declined")]), away={"ana@acme.example": back})
    assert verdict(known) == "snoozed"
    assert verdict(known, at="2026-03-10T00:00") == "flagged"
    assert verdict(of(event("2026-03-06T10:00", [ANA, BEN]), away={"ana@acme.example": back})) == "flagged"


def test_a_missed_meeting_neither_supersedes_nor_lacks_a_next_step() -> None:
    said = letter(ANA, [DANA], "2026-03-09T10:00", acts=[Act("missed", "I missed our call", 0)])
    known = dossier(thread(said), meetings=(event("2026-03-05T10:00", [ANA]), event("2026-03-09T09:00", [ANA], minutes=15, uid="missed")))
    found = judged(known, "2026-03-09T12:30")
    assert {v.event.uid: v.verdict for v in found.verdicts} == {"m1": "waiting", "missed": "waiting"}
    assert [f.kind for f in found.findings][:2] == ["fell_through", "no_next_step"]


def test_a_promised_date_is_named_in_the_reason() -> None:
    act = Act("promise", "I'll send the quote by Friday", 0, (When(moment("2026-03-13T00:00").date()),), "the quote")
    known = dossier(thread(letter(DANA, [ANA], "2026-03-06T12:00", acts=[act])), meetings=(event("2026-03-06T10:00", [ANA]),))
    (found,) = judged(known).verdicts
    assert (found.verdict, "by Friday" in found.reason) == ("dated", True)


MARKS: list[tuple[str, dict[str, Any]]] = [
    ("setting", {"title": "Office hours"}),
    ("private", {"private": True}),
    ("cancelled", {"cancelled": True}),
    ("declined", {"guests": event("2026-03-06T10:00", [(ANA, "declined")]).guests}),
    ("all_day", {"all_day": True}),
    ("free", {"free": True}),
]


@pytest.mark.parametrize("first", range(len(MARKS)), ids=[name for name, _ in MARKS])
def test_of_several_marks_the_first_in_order_is_named(first: int) -> None:
    marks = {name: value for _, fields in MARKS[first:] for name, value in fields.items()}
    about = replace(event("2026-03-06T10:00", [ANA]), **marks)
    known = of()
    found = meetings.ignored(about, MATCH, known.circle, rules(ignore_titles=("office *",)), frozenset())
    assert found is not None
    assert found[0] == MARKS[first][0]


def test_who_takes_part_is_asked_before_which_deal() -> None:
    circle = of().circle
    room = ("room@northwind.example", "accepted")

    def reason(match: Match = MATCH, *guests: Any, **changes: Any) -> str:
        found = meetings.ignored(
            event("2026-03-06T10:00", guests), match, replace(circle, **changes), rules(), frozenset({"ana@acme.example"})
        )
        return found[0] if found else ""

    assert reason(MATCH, room) == "no_outsider"
    assert reason(MATCH, room, LEE) == "internal"
    assert reason(Match("unmatched"), "max@else.example") == "unmatched"
    assert reason(Match("ambiguous", None, ("D-1", "D-2")), ANA) == "ambiguous"
    assert reason(MATCH, ANA, deal=deal(status="lost", owner="lee@northwind.example")) == "closed_deal"
    assert reason(MATCH, ANA, deal=deal(owner="lee@northwind.example")) == "other_owner"
    assert reason(MATCH, ANA) == "do_not_contact"
    assert reason(MATCH, ANA, BEN) == ""


@pytest.mark.parametrize(
    ("start", "minutes", "shown"),
    [(-30, 0, True), (-30, -1, False), (90, 0, True), (90, 1, False)],
)
def test_listed_are_thirty_days_back_and_ninety_ahead(start: int, minutes: int, shown: bool) -> None:
    begin = NOW + timedelta(days=start, minutes=minutes)
    about = replace(event("2026-03-06T10:00", [ANA]), start=begin, end=begin)
    assert meetings.listed(about, NOW, rules()) is shown


def test_of_a_shared_calendar_only_what_the_rep_takes_part_in_is_listed() -> None:
    about = event("2026-03-10T10:00", [ANA], organizer=None, shared=True)
    assert not meetings.listed(about, NOW, rules())
    assert meetings.listed(replace(about, guests=event("2026-03-10T10:00", [DANA]).guests), NOW, rules())


def test_a_private_next_step_shows_its_time_alone() -> None:
    known = of(event("2026-03-06T10:00", [ANA]), event("2026-03-20T20:00", [ANA], uid="next", private=True, title="Dinner with Ana"))
    found = next(v for v in judged(known).verdicts if v.event.uid == "m1")
    assert found.verdict == "booked"
    assert "Dinner" not in found.reason
    assert "20 March" in found.reason


def test_what_is_said_of_a_missed_meeting_is_its_mail() -> None:
    said = letter(ANA, [DANA], "2026-03-09T09:00", name="sorry", acts=[Act("missed", "I missed our call", 0)])
    found = judged(dossier(thread(said), meetings=(event("2026-03-09T08:00", [ANA], minutes=15),)), "2026-03-09T11:00")
    (card,) = [f for f in found.findings if f.kind == "fell_through"]
    assert card.due == moment("2026-03-09T11:00")
    assert isinstance(card.evidence[0], Evidence)
    assert card.message is said.message
