"""Facts to what they say: threads, events worked out, matches, dossiers. The same for a whole mailbox and for a part of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from agent.facts import calendar as ical
from agent.model import Body, Event, Message, Quarantined, Rules
from agent.think import gather, itip, meetings
from agent.think.directory import Directory
from agent.think.gather import Survey
from agent.think.screen import Screen
from agent.think.thread import threads

BACK, AHEAD = timedelta(days=400), timedelta(days=400)  # how far instances of series are worked out

Read = Callable[[Sequence[str]], Mapping[str, Body]]  # Message.ids to bodies
Fresh = Callable[[str], bool]  # whether all sources of a section are


@dataclass(frozen=True, slots=True)
class Given:
    """Facts of one moment: all, or a part that is complete for what is asked. No mail is of later than that moment."""

    messages: Sequence[Message]
    components: Sequence[ical.Component]
    directory: Directory
    rules: Rules
    quarantined: Sequence[Quarantined] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """`events` are the instances before they are matched; `spoiled` the series that proved unreadable."""

    survey: Survey
    events: Sequence[Event]
    spoiled: Sequence[Quarantined]


def worked_out(
    given: Given, screen: Screen, now: datetime, window: tuple[datetime, datetime] | None = None
) -> tuple[itip.Joined, ical.Expanded]:
    """Calendar and invitations together, and their instances. The order in which they were read does not matter."""
    rules = given.rules
    invited = [m for m in given.messages if m.calendars]
    ordered = sorted(given.components, key=lambda one: (one.uid, str(one.recurrence_id or "")))
    joined = itip.join(ordered, invited, rules.rep, given.directory.customer, screen.failed, rules.rep.working.zone)
    span = window or (now - BACK, now + AHEAD)
    return joined, ical.instances(ical.merge(joined.components), span, (now - meetings.PAST, now + meetings.AHEAD))


def see(given: Given, now: datetime, read: Read, fresh: Fresh, only: Collection[str] | None = None) -> Seen:
    """`only`: ids of the deals that get a dossier (None: all that may). `fresh` is asked once the bodies are read."""
    rules, directory = given.rules, given.directory
    screen = Screen.of(given.messages, rules)
    joined, expanded = worked_out(given, screen, now)
    mailbox = gather.Mailbox(threads(given.messages, rules.rep, screen.failed, directory.akin), screen)
    claims = gather.claim(mailbox, directory)
    bodies = read(claims.bodies)
    survey = gather.survey(
        claims,
        bodies,
        expanded.events,
        joined,
        gather.Sources(fresh("mail"), fresh("calendar"), [*given.quarantined, *expanded.quarantined]),
        rules,
        only,
    )
    return Seen(survey, expanded.events, expanded.quarantined)
