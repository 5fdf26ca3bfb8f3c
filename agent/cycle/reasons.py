"""Why a card is withdrawn, in a sentence that a rep can read."""

from __future__ import annotations

from datetime import datetime

from agent.facts import names
from agent.model import Rules
from agent.store.decisions import CardRow
from agent.think import gatherings, ladder
from agent.think.case import Case
from agent.think.clock import Clock
from agent.think.detect import kinds
from agent.think.dossier import Dossier
from agent.think.think import Conclusions


def why(row: CardRow, since: datetime, dossier: Dossier, found: Conclusions, replaced_by: str, rules: Rules, now: datetime) -> str:
    """`since` is when the card was written; `replaced_by` the kind of what comes first now."""
    case, kind = Case(dossier, rules, Clock(now)), row.kind
    return (
        _closed(dossier)
        or _replied(case, since)
        or _booked(case, kind)
        or _written(case, since)
        or _called_off(found, kind)
        or (f"Replaced by {_about(replaced_by)}." if replaced_by and replaced_by != kind else "")
        or (_replied(case, row.due) or _written(case, row.due) if row.due < since else "")  # mail that came late
        or "What it was about no longer holds."
    )


def _about(kind: str) -> str:
    return kinds()[kind].ABOUT if kind in kinds() else "another card"


def gone(deal: str) -> str:
    return f"The deal {deal} is not in the CRM any more, or is somebody else's."


def _closed(dossier: Dossier) -> str:
    return "" if dossier.deal.status == "open" else f"The deal was closed: it is {dossier.deal.status}."


def _replied(case: Case, since: datetime) -> str:
    later = [x for x in case.theirs if x.at > since]
    if not later:
        return ""
    who = later[-1].message.sender
    return f"Already moved: {names.in_order(who.name) or who.email} wrote on {_day(case, later[-1].at)}."


def _booked(case: Case, kind: str) -> str:
    event = ladder.next_event(case)
    if event is None or kind in ("reply_owed", "promise_due"):
        return ""
    title = "" if event.private else gatherings.title(event)
    return f"Already moved: {title or 'a meeting'} is booked for {case.day(event.start)}."


def _written(case: Case, since: datetime) -> str:
    later = [x for x in case.sent_anywhere if x.at > since]
    if not later:
        return ""
    last = max(later, key=lambda x: x.at)
    if last.by_rep:
        return f"Already moved: you wrote to them yourself on {_day(case, last.at)}."
    who = last.message.sender
    return f"Already moved: {names.in_order(who.name) or who.email} wrote to them on {_day(case, last.at)}."


def _called_off(found: Conclusions, kind: str) -> str:
    if found.muted_until and kind != "callback_due":
        return f"They asked to be contacted again on {found.muted_until.day} {found.muted_until:%B %Y}."
    return ""


def _day(case: Case, moment: datetime) -> str:
    local = moment.astimezone(case.rules.rep.working.zone)
    return f"{local.day} {local:%B}"
