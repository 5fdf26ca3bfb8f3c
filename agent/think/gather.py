"""From everything that was read to one dossier per deal.

`claim` says which mails a deal claims, from headers alone; once their bodies are there, `survey` does the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from agent.facts import people
from agent.model import Body, Deal, Event, Evidence, Message, Quarantined, Rules
from agent.think import gatherings, match, standing, together
from agent.think.directory import Directory
from agent.think.dossier import Circle, Conversation, Dossier, Letter, Side, is_own
from agent.think.itip import Joined
from agent.think.language import glance, identify, read
from agent.think.language.acts import Act, Reading, When
from agent.think.match import Match
from agent.think.screen import Screen
from agent.think.thread import Thread

EMPTY = Reading("", ())
LIMIT = 400  # messages of one thread that are read; a longer one is read from its end
SHORT = 80  # characters: a longer text tells its language itself


@dataclass(frozen=True)
class Mailbox:
    """The threads of all mail, with what of each counts."""

    threads: Sequence[Thread]
    screen: Screen

    def counted(self, thread: Thread) -> tuple[list[Message], bool]:
        """Messages whose people and words count: not excluded, forged, internal or a stranger's. And whether the thread is
        excluded: nothing in it but excluded and internal mail, automatic replies and reports.
        """
        s = self.screen
        inside = [m for m in thread.messages if s.counts(m)]
        counted = [m for m in inside if m.id not in thread.strangers and not s.failed(m)]
        return counted, all(m.auto is not None for m in inside)


@dataclass(frozen=True)
class Claims:
    """What headers alone say. `counted` and `matches` run along `mailbox.threads`."""

    mailbox: Mailbox
    directory: Directory
    counted: Sequence[Sequence[Message]]
    matches: Sequence[Match]

    @property
    def bodies(self) -> list[str]:
        """Ids of the mails whose bodies are needed: those of threads that a deal claims."""
        return [m.id for found, counted in zip(self.matches, self.counted, strict=True) if found.candidates for m in counted]


EXCLUDED = Match("excluded", evidence=("Bulk or machine mail, mail among colleagues, or ignored by your settings.",))


def claim(mailbox: Mailbox, directory: Directory) -> Claims:
    counted: list[Sequence[Message]] = []
    matches: list[Match] = []
    for thread in mailbox.threads:
        count, excluded = mailbox.counted(thread)
        found = EXCLUDED if excluded else match.match_thread(thread, count, {}, directory)
        counted.append(count if found.candidates else ())
        matches.append(found)
    return Claims(mailbox, directory, counted, matches)


@dataclass(frozen=True)
class Sources:
    """What of the outside bears on every deal: freshness, and what could not be read."""

    mail_fresh: bool = True
    calendar_fresh: bool = True
    quarantined: Sequence[Quarantined] = ()


@dataclass(frozen=True)
class Survey:
    """Everything matched. `dossiers` are those of the rep's and nobody's deals."""

    threads: Sequence[tuple[Thread, Match]]
    events: Sequence[tuple[Event, Match]]
    dossiers: Mapping[str, Dossier]
    directory: Directory
    silent: frozenset[str] = frozenset()
    stops: tuple[Evidence, ...] = ()  # every request not to be written to, whichever deal it is about
    asked: Mapping[str, Evidence] = field(default_factory=dict)  # those requests by address key or "@domain"


def survey(
    claims: Claims,
    bodies: Mapping[str, Body],
    events: Sequence[Event],
    joined: Joined,
    sources: Sources,
    rules: Rules,
    only: Collection[str] | None = None,
) -> Survey:
    """`joined` is what mail says of events; `only`: ids of the deals that get a dossier (None: all that may)."""
    counters = {message.id: start for message, _, start, _ in joined.counters}
    threads = _rematched(claims, bodies)
    matched_events = together.match_events(threads, claims.counted, events, joined.accepted, claims.directory)
    threads = together.follow_events(threads, matched_events, joined.accepted)
    desk = _Desk(claims, threads, matched_events, bodies, counters, joined.refused, rules)
    said = standing.of(desk.all_letters(), claims.directory, rules, claims.mailbox.screen)
    deals = claims.directory.deals if only is None else [claims.directory.by_id[name] for name in sorted(only)]
    dossiers = {deal.id: desk.dossier(deal, said, sources) for deal in deals if is_own(deal, rules.rep)}
    return Survey(threads, matched_events, dossiers, claims.directory, said.silent, tuple(e for _, e in said.stops), said.asked)


def _rematched(claims: Claims, bodies: Mapping[str, Body]) -> list[tuple[Thread, Match]]:
    """With the texts, a link to the deal in the CRM counts too."""
    linked = bool(claims.directory.rules.deal_url) or any(d.url for d in claims.directory.deals)
    found = []
    for thread, old, counted in zip(claims.mailbox.threads, claims.matches, claims.counted, strict=True):
        again = linked and old.candidates and old.by != "answer" and any(_has_link(bodies.get(m.id)) for m in counted)
        found.append((thread, match.match_thread(thread, counted, bodies, claims.directory) if again else old))
    return found


def _has_link(body: Body | None) -> bool:
    return body is not None and (bool(body.links) or "://" in body.text)


@dataclass(frozen=True)
class _Desk:
    """Letters are read once, whichever dossiers they go into."""

    claims: Claims
    threads: Sequence[tuple[Thread, Match]]
    events: Sequence[tuple[Event, Match]]
    bodies: Mapping[str, Body]
    counters: Mapping[str, datetime]
    refused: frozenset[str]
    rules: Rules
    readings: dict[str, Reading] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)

    # ------------------------------------------------------------------------------------------------- letters

    def reading(self, message: Message) -> Reading:
        found = self.readings.get(message.id)
        if found is None:
            found = self.readings[message.id] = self._read(message)
        return found

    def _read(self, message: Message) -> Reading:
        body = self.bodies.get(message.id)
        if body is None or message.auto == "report":
            return EMPTY
        may = None if message.id in self.counters else glance(body.text, lambda: self._language(message, body))
        return Reading.later(lambda: self._read_now(message, body), may)

    def _language(self, message: Message, body: Body) -> str:
        """A word or two ("Prima.") may belong to several languages: then that of the mail it answers counts."""
        found = self.languages.get(message.id)
        if found is None:
            above = self.bodies.get(self._ids.get(message.in_reply_to, "")) if len(body.text) <= SHORT else None
            found = self.languages[message.id] = identify(body.text, identify(above.text) if above else None)
        return found

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        """Message-ID to the source's id, of what counts."""
        return {m.message_id: m.id for counted in self.claims.counted for m in counted}

    def _read_now(self, message: Message, body: Body) -> Reading:
        rep = self.rules.rep
        own = people.role(message.sender, rep) in ("rep", "colleague")
        sent = message.sent
        if not message.zone_known or (message.received and sent > message.received + timedelta(minutes=5)):
            sent = min(sent, message.received or sent).astimezone(rep.working.zone)
        elif sent.utcoffset() == sent.astimezone(rep.working.zone).utcoffset():
            sent = sent.astimezone(rep.working.zone)  # the same clock: it changes to and from summer time with the rep's
        found = read(body.text, sent, rep.working, None if own else rep.working.zone, self._language(message, body))
        proposed = self.counters.get(message.id)
        if proposed:
            local = proposed.astimezone(rep.working.zone)
            act = Act("proposal", "proposed a new time for the meeting", 0, (When(local.date(), local),))
            found = Reading(found.language or "en", (*found.acts, act))
        return found

    def letter(self, message: Message, circle: Circle) -> Letter:
        body = self.bodies.get(message.id) or Body(message.id, "")
        role = circle.role(message.sender)
        side: Side = "ours" if role in ("rep", "colleague") else "theirs" if role == "customer" else "other"
        bare = bool(message.calendars) and not body.text.strip() and message.id not in self.counters
        human = message.auto is None and role != "bot" and not bare and not message.auto_bulk
        return Letter(message, body, self.reading(message), side, human, role == "rep")

    def all_letters(self) -> Iterable[tuple[Match, Letter]]:
        """Every counted mail of every claimed thread, seen from each candidate deal."""
        for index, (_, found) in enumerate(self.threads):
            for deal in found.candidates:
                circle = self.claims.directory.circles[deal]
                for message in self.claims.counted[index]:
                    yield found, self.letter(message, circle)

    # ------------------------------------------------------------------------------------------------ dossiers

    @cached_property
    def _threads_of(self) -> Mapping[str, list[int]]:
        """Deal id to its matched threads."""
        found: dict[str, list[int]] = defaultdict(list)
        for index, (_, of) in enumerate(self.threads):
            if of.status == "matched" and of.deal:
                found[of.deal].append(index)
        return found

    @cached_property
    def _threads_with(self) -> Mapping[str, set[int]]:
        """Address key or "@domain" to the claimed threads in which it takes part."""
        found: dict[str, set[int]] = defaultdict(set)
        for index, counted in enumerate(self.claims.counted):
            for message in counted:
                for address in (message.sender, *message.recipients):
                    found[address.key].add(index)
                    found["@" + people.registrable(address.domain)].add(index)
        return found

    @cached_property
    def _events_with(self) -> Mapping[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for index, (event, _) in enumerate(self.events):
            for address in event.participants:
                found[address.key].add(index)
                found["@" + people.registrable(address.domain)].add(index)
        return found

    @staticmethod
    def _with(where: Mapping[str, set[int]], circle: Circle) -> set[int]:
        keys = (*circle.contacts, *("@" + d for d in circle.domains))
        return set().union(*(where.get(k, set()) for k in keys))

    def dossier(self, deal: Deal, said: standing.Standings, sources: Sources) -> Dossier:
        circle = self.claims.directory.circles[deal.id]
        own = self._threads_of.get(deal.id, [])
        conversations = tuple(self._conversation(i, circle) for i in own)
        beside = sorted(self._with(self._threads_with, circle) - set(own))
        elsewhere: list[Letter] = []
        others: list[Letter] = []
        for index in beside:
            found = self.threads[index][1]
            could_be = found.status == "ambiguous" and deal.id in found.candidates
            (elsewhere if could_be else others).extend(self.letter(m, circle) for m in self.claims.counted[index])
        meetings, possible, reserved = self._meetings(deal, circle)
        return Dossier(
            deal,
            circle,
            conversations,
            tuple(elsewhere),
            meetings,
            possible,
            reserved,
            sources.mail_fresh,
            sources.calendar_fresh,
            any(concerns(q, circle) for q in sources.quarantined),
            said.silent,
            {key: (at, says) for key, (at, who, says) in said.dead.items() if circle.customer(who)},
            said.away,
            tuple(self._warnings(own, circle)),
            others=tuple(others),
            stops=tuple(e for d, e in said.stops if d == deal.id),
        )

    def _conversation(self, index: int, circle: Circle) -> Conversation:
        thread = self.threads[index][0]
        return Conversation(thread.id, thread.subject, tuple(self.letter(m, circle) for m in self.claims.counted[index][-LIMIT:]))

    def _meetings(self, deal: Deal, circle: Circle) -> tuple[tuple[Event, ...], tuple[Event, ...], tuple[Event, ...]]:
        mine: list[Event] = []
        possible: list[Event] = []
        reserved: list[Event] = []
        for index in sorted(self._with(self._events_with, circle) | self._events_of.get(deal.id, set())):
            event, found = self.events[index]
            if found.deal == deal.id:
                mine.append(event)
            elif found.status == "ambiguous" and deal.id in found.candidates:
                possible.append(event)
            elif gatherings.customers(event, circle):
                reserved.append(event)
        return tuple(mine), tuple(possible), tuple(reserved)

    @cached_property
    def _events_of(self) -> Mapping[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for index, (_, of) in enumerate(self.events):
            if of.deal:
                found[of.deal].add(index)
        return found

    def _warnings(self, own: Iterable[int], circle: Circle) -> Iterable[Evidence]:
        """What a rep should be told about the mail of a deal before he answers."""
        for index in own:
            thread = self.threads[index][0]
            for message in thread.messages:
                source = f"message:{message.message_id}"
                who = message.sender.email
                if self.claims.mailbox.screen.failed(message):
                    yield Evidence(source, f"A mail from {who} failed your mail server's authentication; nothing was taken from it.")
                elif circle.role(message.sender) in ("customer", "other"):
                    yield from (Evidence(source, text) for text in self._odd(message, thread, circle))
                if message.id in self.refused:
                    yield Evidence(source, f"{who} sent a calendar change for an event that is not theirs; it was not applied.")
                body = self.bodies.get(message.id)
                if body is not None and body.hidden:
                    yield Evidence(source, f"The mail of {who} holds text that a reader would not see; it was not read.")
        yield from self._forged(circle)

    @staticmethod
    def _odd(message: Message, thread: Thread, circle: Circle) -> Iterable[str]:
        """A stranger, or somebody who looks like a customer and is none."""
        who = message.sender
        alike = None if circle.customer(who) else people.looks_like(who, (a for c in circle.deal.contacts for a in c.addresses))
        if message.id in thread.strangers:
            like = f" and only looks like {alike.email}" if alike else ""
            yield f"{who.email} wrote into this thread without being part of it{like}; nothing was taken from that mail."
        elif alike:
            yield f"{who.email} only looks like {alike.email}; nothing was taken from that mail."

    @cached_property
    def _failed(self) -> list[Message]:
        screen = self.claims.mailbox.screen
        return [m for t, f in self.threads if f.status == "unmatched" for m in t.messages if m.authentication and screen.failed(m)]

    def _forged(self, circle: Circle) -> Iterable[Evidence]:
        for message in self._failed:
            if circle.customer(message.sender):
                text = f"A mail in the name of {message.sender.email} failed your mail server's authentication; nothing was taken from it."
                yield Evidence(f"message:{message.message_id}", text)


def concerns(item: Quarantined, circle: Circle) -> bool:
    """Whether a quarantined item names an address of the deal."""
    for name in item.names:
        domain = name.rpartition("@")[2]
        if name in circle.contacts or (domain and people.registrable(domain) in circle.domains):
            return True
    return False
