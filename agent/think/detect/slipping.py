"""The close date has passed, meetings keep being moved, or the stage went backwards."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from agent.model import Evidence, Finding
from agent.think import gatherings, playbook, workdays
from agent.think.case import Case

PLACE, FROM_ABSENCE, MUTED, AFTER_NO = 10, False, True, True
TITLE, SAYS = "Slipping", "the deal is slipping"
ABOUT, WHOSE = "a close date that slips", "risk"

WINDOW = timedelta(days=30)


def find(case: Case) -> Finding | None:
    signs = [s for s in (_overdue(case), _unsteady(case), _backwards(case)) if s]
    if not signs:
        return None
    return Finding("slipping", anchor=signs[0][0], due=min(s[1] for s in signs), evidence=tuple(s[2] for s in signs))


def _morning(case: Case, day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), case.rules.rep.working.zone)


def _overdue(case: Case) -> tuple[str, datetime, Evidence] | None:
    day = case.dossier.deal.close_date
    if day is None or day >= case.today:
        return None
    text = f"It was expected to close on {day.day} {day:%B %Y} and is still open."
    return f"close_date={day}", _morning(case, day + workdays.DAY), case.field("close_date", text)


def _unsteady(case: Case) -> tuple[str, datetime, Evidence] | None:
    """Two meetings cancelled or moved in the last 30 days; one act (a series called off) counts once."""
    acts: dict[tuple[str, datetime], str] = {}
    for event in case.dossier.meetings:
        changed = event.modified or event.stamp
        if not (event.cancelled or gatherings.moved(event)) or changed is None or not case.clock.reached(changed):
            continue
        if not gatherings.would_be_meeting(event, case.circle, case.rules):
            continue
        if not case.clock.passed(changed + WINDOW):
            acts.setdefault((event.uid, changed), gatherings.title(event))
    if len(acts) < 2:
        return None
    latest, uid = max((changed, uid) for uid, changed in acts)
    titles = ", ".join(sorted(set(acts.values())))
    says = f"{len(acts)} meetings were called off or moved in the last 30 days: {titles}."
    return f"moved={latest.date()}", latest, Evidence(f"event:{uid}", says)


def _backwards(case: Case) -> tuple[str, datetime, Evidence] | None:
    deal = case.dossier.deal
    history = list(deal.stage_history)
    places = [playbook.resolve(case.rules.stages, name).place for name, _ in history]
    while places and places[-1] == case.stage.place:
        places.pop()
        history.pop()
    if not places or places[-1] <= case.stage.place:
        return None
    since = deal.stage_since or deal.stage_history[-1][1] or case.today
    if since > case.today:
        return None
    text = f"The stage went back from {history[-1][0]} to {deal.stage}."
    return f"stage={since}", _morning(case, since), case.field("stage_history", text)
