"""People talk, but the deal has outstayed its stage: motion without progress."""

from __future__ import annotations

from datetime import datetime, timedelta

from agent.model import Finding
from agent.think import playbook
from agent.think.case import Case

PLACE, FROM_ABSENCE, MUTED, AFTER_NO = 11, False, True, False
TITLE, SAYS = "Stalled in its stage", "the deal has stayed in its stage too long"
ABOUT, WHOSE = "a deal that stands still", "risk"
SETTINGS = {"max_days": ("max_days", "days")}


def find(case: Case) -> Finding | None:
    deal = case.dossier.deal
    since = deal.stage_since or next(
        (d for name, d in reversed(deal.stage_history) if playbook.resolve(case.rules.stages, name).name == case.stage.name), None
    )
    if since is None:
        return None
    zone = case.rules.rep.working.zone
    most = case.rules.max_days if case.rules.max_days is not None else case.stage.max_days
    entered = datetime.combine(since, datetime.min.time(), zone)
    due = datetime.combine(since + timedelta(days=most + 1), datetime.min.time(), zone)
    if not case.clock.reached(due):
        return None
    met = [e for e in case.held if e.start >= entered]
    theirs = [x for x in case.letters if x.side == "theirs" and x.at >= entered]
    ours = [x for x in case.letters if x.side == "ours" and x.at >= entered]
    if len(met) + len(theirs) + len(ours) < 2 or not (met or theirs):
        return None
    days = (case.today - since).days
    return Finding(
        "stalled",
        anchor=str(since),
        due=due,
        evidence=(
            case.field("stage_since", f"In {deal.stage} for {days} days; {most} are usual."),
            case.nothing_seen(f"Mails since then: {len(theirs) + len(ours)}; meetings held: {len(met)}.", "mail"),
        ),
    )
