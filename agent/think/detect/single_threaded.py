"""From Proposal on, a deal that hangs on one person. Never a card of its own."""

from __future__ import annotations

from datetime import datetime, timedelta

from agent.facts import names
from agent.model import Finding
from agent.think import gatherings, playbook
from agent.think.case import Case

PLACE, FROM_ABSENCE, MUTED, AFTER_NO = None, True, False, False
TITLE, SAYS = "Only one person on their side", "only one person on their side takes part"
ABOUT, WHOSE = "a deal with only one person on their side", "theirs"

WINDOW = timedelta(days=30)


def find(case: Case) -> Finding | None:
    if case.stage.place < playbook.resolve(case.rules.stages, "Proposal").place:
        return None
    seen = {case.circle.person(x.message.sender): x.message.sender for x in case.letters if x.side == "theirs" and _recent(case, x.at)}
    for event in case.held:
        if _recent(case, event.end):
            seen.update({case.circle.person(a): a for a in gatherings.attending(event, case.circle)})
    if len(seen) != 1:
        return None
    (person,) = seen.values()
    moments = [x.at for x in case.letters if x.side == "theirs"] + [e.end for e in case.held]
    return Finding(
        "single_threaded",
        anchor=case.circle.person(person),
        due=max(moments),
        evidence=(case.nothing_seen(f"Only {names.in_order(person.name) or person.email} wrote or attended in the last 30 days.", "mail"),),
    )


def _recent(case: Case, moment: datetime) -> bool:
    return not case.clock.passed(moment + WINDOW)
