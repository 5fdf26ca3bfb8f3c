"""Everything about one deal in, everything concluded out. The only door to the core."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from agent.model import Event, Finding, Rules, Rung
from agent.think import gatherings, ladder, meetings
from agent.think.case import Case
from agent.think.clock import Clock
from agent.think.detect import kinds
from agent.think.dossier import Dossier, Plan
from agent.think.match import Match


@dataclass(frozen=True, slots=True)
class Conclusions:
    """`wake_at` is the next moment at which the same facts could give another answer (None: never)."""

    deal: str
    rung: Rung
    why: str
    muted_until: date | None
    findings: tuple[Finding, ...]
    plan: Plan | None
    verdicts: tuple[meetings.Judged, ...]
    wake_at: datetime | None


def think(dossier: Dossier, now: datetime, rules: Rules) -> Conclusions:
    """Judge one deal of the rep's (or nobody's); of a closed one nothing is found.

    Pure: same dossier, same moment, same conclusions, in any order of facts.
    """
    case = Case(dossier, rules, Clock(now))
    stands = ladder.standing(case)
    put_off = ladder.deferral(case)
    muted = put_off.until.day if put_off and not put_off.over else None
    found = _findings(case, muted is not None)
    plan = _plan(case, found)
    verdicts = tuple(_verdict(case, e, plan) for e in sorted(dossier.meetings, key=gatherings.order))
    return Conclusions(dossier.deal.id, stands.rung, stands.evidence.says, muted, found, plan, verdicts, case.clock.wake_at)


def _findings(case: Case, muted: bool) -> tuple[Finding, ...]:
    if case.dossier.deal.status != "open":
        return ()
    blind = case.dossier.clouded or not (case.dossier.mail_fresh and case.dossier.calendar_fresh)
    refused = no_answered(case)
    found: dict[str, Finding] = {}
    for name, kind in kinds().items():
        if name in case.rules.off or (blind and kind.FROM_ABSENCE) or (muted and kind.MUTED):
            continue
        if refused and not kind.AFTER_NO and name != "bounced":
            continue
        if (finding := kind.find(case)) and finding.thread not in case.muted_threads:
            found[name] = finding
    if "park" in found:  # it replaces both
        found.pop("gone_quiet", None)
        found.pop("touch_due", None)
    return tuple(found.values())


def no_answered(case: Case) -> bool:
    """The customer's latest word that matters is a no, and one of us has written to them since."""
    for letter in reversed(case.theirs):
        reading = letter.reading
        if reading.has("refusal"):
            if case.written_since(letter.at):
                return not case.met_since(letter.at)
            if reading.has("question", "request"):
                return False
            continue  # said again, it is not asked for its reason again
        if not reading.language or reading.has("question", "request", "proposal", "acceptance", "deferral", "promise"):
            return False
    return False


def _plan(case: Case, found: tuple[Finding, ...]) -> Plan | None:
    """One deal, one card: the first kind in order; the others stand beside it."""
    cards = [f for f in found if kinds()[f.kind].PLACE is not None]
    if not cards:
        return None
    warnings = tuple(w.says for w in case.dossier.warnings)
    return Plan(cards[0], tuple(f.kind for f in found if f is not cards[0]), warnings)


def _verdict(case: Case, event: Event, plan: Plan | None) -> meetings.Judged:
    dossier = case.dossier
    match = Match("matched", dossier.deal.id, (dossier.deal.id,))
    out = meetings.ignored(event, match, case.circle, case.rules, dossier.do_not_contact)
    if out:
        return meetings.Judged(event, f"ignored:{out[0]}", out[1], dossier.deal.id)
    return meetings.verdict(case, event, plan.finding.kind if plan else None)
