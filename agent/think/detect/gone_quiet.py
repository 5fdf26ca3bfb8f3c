"""Our last mail expected an answer, and none has come."""

from __future__ import annotations

from agent.model import Finding
from agent.think import ladder
from agent.think.case import QUICK, Case
from agent.think.dossier import Letter
from agent.think.language import expects_answer

PLACE, FROM_ABSENCE, MUTED, AFTER_NO = 9, True, True, False
TITLE, SAYS = "Gone quiet", "our last mail expected an answer and none came"
ABOUT, WHOSE = "a deal that went quiet", "theirs"
SETTINGS = {"after": ("quiet_after", "business days")}


def find(case: Case) -> Finding | None:
    if not case.ours or ladder.next_event(case):
        return None
    ours = (x for x in reversed(case.letters) if x.side == "ours" and case.heard(x))
    last = next((x for x in ours if _still_fresh(case, x) and expects_answer(x.reading)), None)
    if last is None or case.met_since(last.at):
        return None
    due = case.business(last.at, case.quiet_after)
    if not case.clock.reached(due) or any(x.at > last.at and not _only_thanks(x) for x in case.theirs):
        return None
    conversation = case.conversation(last)
    asked = next((a for a in last.reading.acts if a.kind in ("question", "request", "proposal")), None)
    return Finding(
        "gone_quiet",
        anchor=last.message.message_id,
        due=due,
        evidence=(
            case.says(last, "asked", asked),
            case.nothing_seen(f"No answer has come for {_days(case, last)}, and nothing is booked.", "mail"),
        ),
        thread=conversation.id if conversation else "",
        message=last.message,
        matter=asked.matter if asked else "",
    )


def _still_fresh(case: Case, letter: Letter) -> bool:
    return not case.clock.passed(case.business(letter.at, case.quiet_after) + QUICK)


def _days(case: Case, letter: Letter) -> str:
    """Whole business days since a letter."""
    days = case.quiet_after
    while case.clock.reached(case.business(letter.at, days + 1)):
        days += 1
    return f"{days} business day" + ("" if days == 1 else "s")


def _only_thanks(letter: Letter) -> bool:
    """ "Got it" answers neither a question nor a quote; "sounds good" may."""
    return letter.acknowledges and not letter.body.attachments and not any(a.assent for a in letter.reading.acts)
