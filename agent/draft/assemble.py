"""A plan becomes a draft: people, thread and times from code, words from the drafter, nothing that fails `lint`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from agent.draft import answer, asked, invitation, slots
from agent.draft.brief import brief, language, step, subject, their_zone
from agent.draft.lint import lint
from agent.draft.recipients import recipients
from agent.draft.wording import words
from agent.errors import OnwardError
from agent.model import Brief, Draft, Event, Finding, Invitation, Rules, Slot, Text
from agent.ports import Drafter
from agent.think.dossier import Dossier, Plan

LATELY = timedelta(days=60)  # a time that is still ahead was turned down not longer ago than this
AGREED = timedelta(minutes=30)  # how long an agreed time lasts


def draft(
    plan: Plan,
    dossier: Dossier,
    busy: Sequence[Event] | slots.Diary,
    now: datetime,
    rules: Rules,
    drafter: Drafter,
    fallback: Drafter | None = None,
    taken: Sequence[Event] = (),
) -> Draft | None:
    """None: nobody is left to write to. `busy` are the events of the rep's calendars; `fallback` writes what the drafter cannot;
    `taken` are times on offer to others, offered again only where there are no two without them."""
    people = recipients(plan, dossier, rules, now)
    if people is None:
        return None
    persons = {dossier.circle.person(who) for who in people.to}
    pack, zone = language(dossier, persons), their_zone(dossier, persons, rules.rep.working.zone)
    chosen = step(plan, dossier, rules, pack)
    if plan.finding.kind == "agreed_not_booked":
        times = _agreed(plan.finding)
    else:
        sure = chosen.meeting and dossier.calendar_fresh  # what is free cannot be told from a calendar that was not read
        unwelcome = list(_unwelcome(plan, dossier, now, rules)) if sure else []
        found = slots.free(busy, rules.rep, now, zone, beside=[*unwelcome, *taken]) if sure else ()
        times = found if len(found) > 1 or not sure or not taken else slots.free(busy, rules.rep, now, zone, beside=unwelcome)
    told = brief(plan, dossier, rules.rep, people, chosen, times, zone, pack)
    text = _written(told, drafter, fallback)
    mail = people.letter.message if people.letter else None
    title = subject(plan, dossier, pack)
    invites = _invitation(plan, dossier, times, told, text, now, rules) if plan.finding.kind == "agreed_not_booked" else None
    return Draft(
        to=people.to,
        cc=people.cc,
        subject=answer.kept_subject(mail, title) if mail else title,
        body=text.body,
        language=pack,
        times=times,
        ask=text.ask,
        backup=text.backup,
        written_by=text.written_by,
        in_reply_to=mail.message_id if mail else None,
        references=answer.references(mail) if mail else (),
        left_out=people.left_out,
        thread=next((c.id for c in dossier.conversations if people.letter in c.letters), "") if people.letter else "",
        todo=asked.todo(plan.finding, dossier, words(pack), invites=invites is not None),
        invitation=invites,
    )


def _invitation(
    plan: Plan, dossier: Dossier, times: Sequence[Slot], told: Brief, text: Text, now: datetime, rules: Rules
) -> Invitation | None:
    """Only where the text names the time as well: who reads the one must read the other. Where the same conversation agreed on a time
    before, and the invitation to that has left, the meeting is moved."""
    if not times or not told.times or told.times[0] not in text.body:
        return None
    about = (plan.finding.kind, dossier.deal.id, plan.finding.anchor)
    spoken = (c for c in dossier.conversations if c.id == plan.finding.thread)
    ours = (letter.message for c in spoken for letter in c.letters if letter.by_rep)
    earlier = invitation.earlier((*dossier.meetings, *dossier.possible), ours, now, rules.rep)
    return invitation.made(times[0], subject(plan, dossier, told.language), told.times[0], about, rules.rep, earlier)


def _unwelcome(plan: Plan, dossier: Dossier, now: datetime, rules: Rules) -> Iterator[Event]:
    """Times not to offer again, as events: that of the meeting that fell through, and those a customer has turned down."""
    meeting = plan.finding.meeting
    if meeting and plan.finding.kind == "fell_through":
        yield Event("fell through", meeting.start, meeting.end, "")
    for letter in answer.letters(dossier):
        if letter.side != "theirs" or letter.at < now - LATELY:  # asked first: reading is dear
            continue
        for named in (when for act in letter.reading.of("time_refused") for when in act.when):
            start = named.at or datetime.combine(named.day, time(), rules.rep.working.zone)
            if start > now - timedelta(days=1):
                yield Event("turned down", start, start + (AGREED if named.at else timedelta(days=1)), "")


def _agreed(finding: Finding) -> tuple[Slot, ...]:
    return (Slot(finding.when, finding.when + AGREED),) if finding.when else ()


def _written(told: Brief, *drafters: Drafter | None) -> Text:
    """The first text without a problem; with none, the bare requests, which are code's own."""
    for drafter in filter(None, drafters):
        try:
            text = drafter.write(told)
        except OnwardError:
            continue
        if not lint(text, told):
            return text
    return bare(told)


def bare(told: Brief) -> Text:
    """The least that says it: names, request, times, smaller request, signature."""
    times = "\n".join(f"- {moment}" for moment in told.times)
    parts = (f"{', '.join(told.greeting)}," if told.greeting else "", told.ask, times, told.backup, told.signature)
    return Text("\n\n".join(filter(None, parts)), told.ask, told.backup, "bare")
