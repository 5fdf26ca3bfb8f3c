"""The customer promised something by a date that has passed, and nothing has come."""

from __future__ import annotations

from datetime import datetime

from agent.model import Finding
from agent.think import workdays
from agent.think.case import Case

PLACE, FROM_ABSENCE, MUTED, AFTER_NO = 7, True, True, False
TITLE, SAYS = "They promised something", "something they promised has not arrived"
ABOUT, WHOSE = "something they promised", "theirs"
SETTINGS = {"after": ("their_promise_after", "business days")}


def find(case: Case) -> Finding | None:
    found = None
    heard = _last_word(case)
    for spoken in case.promises(x for x in case.letters if x.side == "theirs" and (heard is None or x.at >= heard)):
        working = case.rules.rep.working
        day = spoken.act.when[-1].day
        due = case.business(workdays.closing(working, day), case.rules.their_promise_after)
        if not case.fresh_find(due):
            continue
        conversation = case.conversation(spoken.letter)
        found = Finding(
            "their_promise_due",
            anchor=f"{spoken.letter.message.message_id}/{day}",
            due=due,
            evidence=(
                case.says(spoken.letter, "promised", spoken.act),
                case.nothing_seen(f"That was for {day:%A} {day.day} {day:%B}; nothing has come from them since.", "mail"),
            ),
            thread=conversation.id if conversation else "",
            message=spoken.letter.message,
            matter=spoken.act.matter,
            when=due,
        )
    return found


def _last_word(case: Case) -> datetime | None:
    """When a customer last wrote in any thread, acknowledgements without papers aside. So few mails as possible are read for it."""
    elsewhere = (x for x in case.dossier.others if x.side == "theirs" and x.human)
    latest_first = sorted((*case.theirs, *elsewhere), key=lambda x: x.at, reverse=True)
    return next((x.at for x in latest_first if x.body.attachments or not x.acknowledges), None)
