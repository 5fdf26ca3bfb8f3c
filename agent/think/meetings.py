"""One verdict for every meeting: the first that holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from agent.facts import people
from agent.model import Event, Rules, Verdict
from agent.think import gatherings, ladder
from agent.think.case import Case
from agent.think.detect import kinds, reply_owed
from agent.think.dossier import Circle, is_own, left_alone, owner
from agent.think.match import Match

PAST, AHEAD = timedelta(days=30), timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Judged:
    """A meeting's verdict with a reason that a person can read; `next` is the booked event that follows it."""

    event: Event
    verdict: Verdict
    reason: str
    deal: str | None = None
    next: Event | None = None
    candidates: tuple[str, ...] = ()  # deals between which nothing decides


def listed(event: Event, now: datetime, rules: Rules) -> bool:
    """Ended in the last 30 days or starts in the next 90 (or runs now); of shared calendars only the rep's own."""
    inside = event.end >= now - PAST and event.start <= now + AHEAD
    return inside and (not event.shared or gatherings.rep_takes_part(event, rules.rep))


def ignored(event: Event, match: Match, circle: Circle | None, rules: Rules, silent: frozenset[str]) -> tuple[str, str] | None:
    """The reason why a meeting cannot lack a next step, with a sentence; the order is the documentation's."""
    return _by_itself(event, circle, rules) or _by_people(event, rules) or _by_deal(event, match, circle, rules, silent)


def _by_itself(event: Event, circle: Circle | None, rules: Rules) -> tuple[str, str] | None:
    there = gatherings.customers(event, circle) if circle else ()
    invited = there or tuple(a for a in gatherings.persons(event) if people.role(a, rules.rep) == "outsider")
    said = gatherings.statuses(event)
    refused = bool(invited) and all(said.get(a.key) == "declined" for a in invited)
    reasons = (
        (gatherings.set_aside(event, rules), "setting", "Its title is on your ignore list."),
        (event.private, "private", "It is marked private."),
        (event.cancelled, "cancelled", "It was cancelled."),
        (gatherings.rep_declined(event, rules.rep), "declined", "You declined it."),
        (refused, "declined", "Every customer declined it."),
        (event.all_day, "all_day", "It is an all-day entry."),
        (event.free, "free", "It is shown as free."),
    )
    return next(((word, text) for holds, word, text in reasons if holds), None)


def _by_people(event: Event, rules: Rules) -> tuple[str, str] | None:
    roles = {people.role(a, rules.rep) for a in gatherings.persons(event)}
    if "outsider" in roles:
        return None
    return ("internal", "Only colleagues take part.") if "colleague" in roles else ("no_outsider", "Nobody but you takes part.")


def _by_deal(event: Event, match: Match, circle: Circle | None, rules: Rules, silent: frozenset[str]) -> tuple[str, str] | None:
    if match.status == "ambiguous":
        return "ambiguous", f"It could be about {' or '.join(match.candidates)}."
    there = gatherings.customers(event, circle) if circle else ()
    if circle is None or not there:
        return "unmatched", "Nobody who takes part belongs to a deal."
    deal = circle.deal
    if deal.status != "open":
        return "closed_deal", f"{deal.id} is {deal.status}."
    if not is_own(deal, rules.rep):
        return "other_owner", f"{deal.id} is {owner(deal)}'s."
    if all(left_alone(a, silent) for a in there):
        return "do_not_contact", "Everybody of the customer there asked to be left alone."
    return None


def unjudged(event: Event, match: Match, circle: Circle | None, rules: Rules, silent: frozenset[str]) -> Judged:
    """Of a meeting that is no deal's of the rep's."""
    out = ignored(event, match, circle, rules, silent) or ("unmatched", "Nobody who takes part belongs to a deal.")
    candidates = match.candidates if match.status == "ambiguous" else ()
    return Judged(event, f"ignored:{out[0]}", out[1], match.deal, candidates=candidates)


def verdict(case: Case, event: Event, card: str | None) -> Judged:
    """Of a meeting that nothing rules out. `card` is the kind of the deal's card."""
    deal = case.dossier.deal.id
    clock, rules = case.clock, case.rules

    def says(word: str, reason: str, following: Event | None = None) -> Judged:
        return Judged(event, word, reason, deal, following)

    if not clock.reached(event.end + rules.grace):
        return says("too_early", "It has not ended yet." if not clock.reached(event.end) else "It ended only just now.")
    if clock.passed(event.end + rules.look_back):
        return says("too_old", f"It ended more than {rules.look_back.days} days ago.")
    later = case.superseded_by(event)
    if later:
        return says("superseded", f"{gatherings.title(later) or 'Another meeting'} took place later.")
    stands = ladder.standing(case)
    if stands.rung == "booked":
        return says("booked", stands.evidence.says + ".", stands.next)
    waits = _held(case) or _waits(case, event, card)
    if waits:
        return says(*waits)
    if stands.rung in ("proposed", "dated"):
        return says(stands.rung, stands.evidence.says + ".")
    if event.key in case.missed:
        return says("waiting", "The customer writes that they missed it.")
    return says("flagged", "It ended without a next step. " + stands.evidence.says)


def _held(case: Case) -> tuple[str, str] | None:
    if not (case.dossier.mail_fresh and case.dossier.calendar_fresh):
        return "held", "Mail or calendar could not be read freshly, so nothing is claimed."
    if case.dossier.clouded:
        return "held", "A quarantined item names somebody of this deal, so nothing is claimed."
    return None


def _waits(case: Case, event: Event, card: str | None) -> tuple[str, str] | None:
    if card and (kinds()[card].PLACE or 0) < (kinds()["no_next_step"].PLACE or 0):
        return "waiting", "Something else comes first on this deal."
    question = reply_owed.pending(case, event.start)
    if question:
        return "waiting", case.says(question, "asked something that can still be answered in time").says + "."
    if all(_away(case, a.key) for a in gatherings.attending(event, case.circle)):
        return "snoozed", "Everybody of the customer who attended is out of office."
    return None


def _away(case: Case, key: str) -> bool:
    """Out of office today."""
    back = case.dossier.away.get(key)
    return back is not None and case.today < back
