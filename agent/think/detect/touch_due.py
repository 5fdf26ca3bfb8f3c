"""Nobody has been in touch for a month, and nothing is booked in the next one."""

from __future__ import annotations

from datetime import timedelta

from agent.model import Finding
from agent.think import ladder
from agent.think.case import Case
from agent.think.detect.park import began, last_sign

PLACE, FROM_ABSENCE, MUTED, AFTER_NO = 12, True, True, False
TITLE, SAYS = "No contact for a month", "nobody has been in touch for a month"
ABOUT, WHOSE = "a customer to stay in touch with", "theirs"
SETTINGS = {"after": ("touch_after", "days")}

AHEAD = timedelta(days=30)


def find(case: Case) -> Finding | None:
    moments = [m for m in (last_sign(case), began(case), *(x.at for x in case.ours)) if m]
    if not moments:
        return None
    last = max(moments)
    due = last + timedelta(days=case.rules.touch_after)
    coming = [e for e in case.near if not case.clock.reached(e.end) and ladder.counts_as_booked(e, case)]
    booked = any(case.clock.reached(e.start - AHEAD) for e in coming)
    if not case.clock.reached(due) or booked:
        return None
    silence = f"No contact by mail or meeting since {case.day(last)}, and none is booked in the next 30 days."
    return Finding(
        "touch_due",
        anchor=str(last.astimezone(case.rules.rep.working.zone).date()),
        due=due,
        evidence=(case.nothing_seen(silence, "mail"),),
    )
