"""The latest customer meeting is over, and nothing is booked, proposed or dated."""

from __future__ import annotations

from agent.model import Finding
from agent.think import ladder
from agent.think.case import Case
from agent.think.detect import reply_owed

PLACE, FROM_ABSENCE, MUTED, AFTER_NO = 5, True, True, False
TITLE, SAYS = "Meeting ended, nothing booked", "the meeting ended without a next step"
ABOUT, WHOSE = "a meeting without a next step", "meeting"
SETTINGS = {"grace": ("grace", "period"), "look_back": ("look_back", "some time")}


def find(case: Case) -> Finding | None:
    event = case.latest
    if event is None or not case.clock.reached(event.end + case.rules.grace) or case.base is None:
        return None
    if case.superseded_by(event):  # by a meeting that could be this deal's
        return None
    stands = ladder.standing(case)
    if stands.rung not in ("undated", "nothing") or reply_owed.pending(case, event.start):
        return None
    return Finding(
        "no_next_step",
        anchor=event.key,
        due=event.end + case.rules.grace,
        evidence=(case.about(event, f"ended on {case.day(event.end)}"), stands.evidence)
        + ((case.nothing_seen("Nothing is booked, proposed or dated since."),) if stands.rung == "undated" else ()),
        meeting=event,
    )
