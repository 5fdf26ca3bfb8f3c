"""The customer put us off to a date, and it has come."""

from __future__ import annotations

from datetime import datetime

from agent.model import Finding
from agent.think import ladder
from agent.think.case import Case

PLACE, FROM_ABSENCE, MUTED, AFTER_NO = 6, True, False, False
TITLE, SAYS = "They asked to be called", "the day they asked to be called has come"
ABOUT, WHOSE = "a day they asked you to come back on", "mine"


def find(case: Case) -> Finding | None:
    put_off = ladder.deferral(case)
    if put_off is None or not put_off.over or not case.fresh_find(put_off.due):
        return None
    morning = datetime.combine(put_off.until.day, datetime.min.time(), case.rules.rep.working.zone)
    written = any(x.at >= morning for x in case.contacts) or case.written_since(morning, put_off.spoken.letter.message.sender)
    if written or case.met_since(morning) or case.invited_since(morning, by=("rep", "colleague", "customer")):
        return None
    conversation = case.conversation(put_off.spoken.letter)
    return Finding(
        "callback_due",
        anchor=str(put_off.until.day),
        due=put_off.due,
        evidence=(
            case.says(put_off.spoken.letter, "asked to be contacted later", put_off.spoken.act),
            case.nothing_seen(f"That day has come ({case.day(put_off.due)}), and nobody has been in touch since its start.", "mail"),
        ),
        thread=conversation.id if conversation else "",
        message=put_off.spoken.letter.message,
        when=put_off.due,
    )
