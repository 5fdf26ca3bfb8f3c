"""A customer meeting was called off, declined by every customer, or missed, and nothing took its place."""

from __future__ import annotations

from datetime import datetime, timedelta

from agent.model import Event, Evidence, Finding
from agent.think import gatherings
from agent.think.case import Case
from agent.think.dossier import Letter

PLACE, FROM_ABSENCE, MUTED, AFTER_NO = 3, True, False, False
TITLE, SAYS = "Meeting fell through", "a meeting fell through and nothing replaces it"
ABOUT, WHOSE = "a meeting that fell through", "meeting"
SETTINGS = {"after": ("fell_through_after", "period")}

REACH = timedelta(days=14)
SAME_ACT = timedelta(hours=1)


def find(case: Case) -> Finding | None:
    """By the latest act; of a series that was called off the first instance that did not take place any more."""
    found = [(f, event) for event in sorted(case.dossier.meetings, key=gatherings.order) if (f := _judge(case, event))]
    latest = [(f, event) for f, event in found if f.due == max(f.due for f, _ in found)]
    ahead = [f for f, event in latest if event.start + case.rules.fell_through_after >= f.due]
    return ahead[0] if ahead else latest[-1][0] if latest else None


def _judge(case: Case, event: Event) -> Finding | None:
    missed = case.missed.get(event.key)
    called_off = event.cancelled or not gatherings.attending(event, case.circle)
    if not missed and not (called_off and gatherings.would_be_meeting(event, case.circle, case.rules)):
        return None
    moment = missed.at if missed else _moment(event)
    if moment is None or not case.clock.reached(event.start - REACH) or case.clock.passed(event.start + REACH):
        return None
    due = moment + case.rules.fell_through_after
    if not case.fresh_find(due) or _replaced(case, event, moment) or _proposed_since(case, moment):
        return None
    return Finding(
        "fell_through",
        anchor=event.key,
        due=due,
        evidence=_why(case, event, missed, moment),
        meeting=event,
        message=missed.message if missed else None,
    )


def _moment(event: Event) -> datetime | None:
    return event.modified or event.stamp


def _replaced(case: Case, event: Event, moment: datetime) -> bool:
    """A live event of this deal, or of another with those customers, is still to come or has taken place since."""
    people = {case.circle.person(a) for a in gatherings.customers(event, case.circle)}
    mine = {e.key for e in case.near}
    for other in case.live:
        if other.key == event.key or other.key in case.missed:
            continue
        if case.clock.reached(other.end) and other.start < min(moment, event.start):
            continue
        if other.key in mine or people & {case.circle.person(a) for a in gatherings.attending(other, case.circle)}:
            return True
    return False


def _proposed_since(case: Case, moment: datetime) -> bool:
    """The mail that offers another time is often written just before the event is called off."""
    return any(s.at >= moment - SAME_ACT for s in case.spoken(case.contacts, "proposal"))


def _why(case: Case, event: Event, missed: Letter | None, moment: datetime) -> tuple[Evidence, ...]:
    absence = case.nothing_seen("No other meeting with them is to come or has taken place since, and no time was proposed.")
    if missed:
        act = missed.reading.of("missed")[0]
        return case.about(event, f"on {case.day(event.start)}"), case.says(missed, "writes about having missed it", act), absence
    what = "was called off" if event.cancelled else "was declined by every customer"
    return case.about(event, f"on {case.day(event.start)} {what} ({case.day(moment)})"), absence
