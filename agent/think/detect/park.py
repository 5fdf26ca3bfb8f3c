"""Many mails of ours without a word from them, or a long silence: place the deal aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from agent.model import Event, Evidence, Finding
from agent.think import gatherings
from agent.think.case import Case
from agent.think.dossier import Letter

PLACE, FROM_ABSENCE, MUTED, AFTER_NO = 8, True, True, True
TITLE, SAYS = "Time to set it aside", "no sign from them for long: time to set it aside"
ABOUT, WHOSE = "a deal to be parked", "theirs"
SETTINGS = {"max_touches": ("park_touches", "number"), "after": ("park_after", "days")}


def find(case: Case) -> Finding | None:
    if any(not case.clock.reached(e.end) and _taken_up(e, case) for e in case.near):
        return None
    sign = last_sign(case)
    run = [x for x in case.ours if sign is None or x.at > sign]
    most = case.stage.max_touches or case.rules.park_touches
    base = sign or max(filter(None, (began(case), run[0].at if run else None)), default=None)
    silent_since = base + timedelta(days=case.rules.park_after) if base else None
    if len(run) >= most:
        due, why = run[most - 1].at, case.nothing_seen(f"{len(run)} mails of ours in a row have brought no word from them.", "mail")
    elif silent_since and case.clock.reached(silent_since):
        due, why = silent_since, _silence(case, sign, run)
    else:
        return None
    anchor = run[-1].message.message_id if run else str((base or due).date())
    return Finding(
        "park",
        anchor=anchor,
        due=due,
        evidence=(why, *((case.says(run[-1], "wrote last"),) if run else ())),
        message=run[-1].message if run else None,
    )


def _silence(case: Case, sign: datetime | None, run: Sequence[Letter]) -> Evidence:
    """Since when there has been none: their last word or meeting, else our first mail, else what the CRM says."""
    first, opened = run[0].at if run else None, began(case)
    if sign:
        return case.nothing_seen(f"There has been no sign from them since {case.day(sign)}.", "mail")
    if first and (opened is None or first >= opened):
        return case.says(run[0], "has had no sign from them, having first written")
    name, what = ("opened", "was opened") if case.dossier.deal.opened else ("stage_since", "entered its stage")
    day = opened.date() if opened else case.today
    return case.field(name, f"The deal {what} on {day.day} {day:%B %Y}, and there has been no sign from them since.")


def _taken_up(event: Event, case: Case) -> bool:
    """A customer has called this meeting or accepted it, which is a sign from them."""
    said = gatherings.statuses(event)
    return any(said.get(a.key) == "accepted" for a in gatherings.attending(event, case.circle))


def last_sign(case: Case) -> datetime | None:
    """The latest human word of theirs or meeting that they attended."""
    met = [e.start for e in case.near if not e.all_day and case.clock.reached(e.start) and e.key not in case.missed]
    return max([*(x.at for x in case.theirs), *met], default=None)


def began(case: Case) -> datetime | None:
    """When the deal was opened, else entered its stage."""
    day: date | None = case.dossier.deal.opened or case.dossier.deal.stage_since
    return datetime.combine(day, datetime.min.time(), case.rules.rep.working.zone) if day else None
