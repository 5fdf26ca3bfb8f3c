"""A time was proposed by one side and accepted by the other in mail, and stands in no calendar."""

from __future__ import annotations

from agent.model import Finding
from agent.think import ladder
from agent.think.case import MAIL_WINDOW, Case

PLACE, FROM_ABSENCE, MUTED, AFTER_NO = 1, True, False, False
TITLE, SAYS = "Agreed, not booked", "a time was agreed, but it is not in the calendar"
ABOUT, WHOSE = "a time that was agreed", "mine"
SETTINGS = {"after": ("agreed_after", "period")}


def find(case: Case) -> Finding | None:
    """By all mail of the last 30 days: a meeting about something else does not undo what was agreed before it."""
    agreement = ladder.talk(case, (x for x in case.letters if not case.clock.passed(x.at + MAIL_WINDOW))).agreement
    if agreement is None or agreement.at is None or case.clock.reached(agreement.at):
        return None
    if any(abs(e.start - agreement.at) <= ladder.NEAR for e in case.live):
        return None
    spoken = agreement.acceptance
    due = spoken.at + case.rules.agreed_after
    if not case.fresh_find(due):
        return None
    conversation = case.conversation(spoken.letter)
    return Finding(
        "agreed_not_booked",
        anchor=agreement.at.astimezone(case.rules.rep.working.zone).isoformat(timespec="minutes"),
        due=due,
        evidence=(
            case.says(spoken.letter, "agreed to a time", spoken.act),
            case.nothing_seen(f"No event with them stands within 30 minutes of {case.day(agreement.at)}."),
        ),
        thread=conversation.id if conversation else "",
        message=spoken.letter.message if spoken.letter.side == "theirs" else agreement.proposal.message,
        when=agreement.at,
    )
