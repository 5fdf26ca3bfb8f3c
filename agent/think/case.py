"""One deal laid out for judging: what was said, by whom, and which meetings took place, in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from agent.facts import names
from agent.model import Address, Event, Evidence, Rules, Stage
from agent.think import gatherings, playbook, workdays
from agent.think.clock import Clock
from agent.think.dossier import Circle, Conversation, Dossier, Letter
from agent.think.language.acts import Act, Kind, When

QUICK = timedelta(days=30)  # kinds that need quick hands are found this long
MAIL_WINDOW = timedelta(days=30)
MEMORY = timedelta(days=200)  # nobody promises for a day that is further away; older mail is not read for promises


@dataclass(frozen=True, slots=True)
class Spoken:
    """One act of one letter."""

    letter: Letter
    act: Act

    @property
    def at(self) -> datetime:
        return self.letter.at


@dataclass(frozen=True)
class Case:
    """What detectors, ladder and verdicts ask. Everything is derived from dossier, rules and clock."""

    dossier: Dossier
    rules: Rules
    clock: Clock

    @property
    def now(self) -> datetime:
        return self.clock.now

    @property
    def circle(self) -> Circle:
        return self.dossier.circle

    @cached_property
    def stage(self) -> Stage:
        return playbook.resolve(self.rules.stages, self.dossier.deal.stage)

    @property
    def quiet_after(self) -> int:
        return self.rules.quiet_after if self.rules.quiet_after is not None else self.stage.quiet_after

    @cached_property
    def today(self) -> date:
        """In the rep's zone; the next midnight is a moment to think again."""
        zone = self.rules.rep.working.zone
        local = self.now.astimezone(zone)
        self.clock.reached(datetime.combine(local.date() + workdays.DAY, datetime.min.time(), zone))
        return local.date()

    def business(self, moment: datetime, days: int) -> datetime:
        return workdays.plus(self.rules.rep.working, moment, days)

    def due(self, when: When) -> datetime:
        """When a named date has come: at the start of work, or for the day it was said on at its end."""
        working = self.rules.rep.working
        return workdays.closing(working, when.day) if when.same_day else workdays.opening(working, when.day)

    def fresh_find(self, due: datetime) -> bool:
        """`due` has come, and not more than 30 days ago."""
        return self.clock.reached(due) and not self.clock.passed(due + QUICK)

    # ------------------------------------------------------------------------------------------------------- mail

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        """Human mail between us and the customers in the deal's own threads, oldest first."""
        found = [x for c in self.dossier.conversations for x in c.letters if self.counts(x)]
        return tuple(sorted(found, key=lambda x: (x.at, x.message.message_id)))

    def counts(self, letter: Letter) -> bool:
        return letter.human and (letter.side == "theirs" or (letter.side == "ours" and bool(self.addressed(letter))))

    def addressed(self, letter: Letter) -> tuple[Address, ...]:
        """The customers among a letter's recipients."""
        return tuple(a for a in letter.message.recipients if self.circle.customer(a))

    @cached_property
    def contacts(self) -> tuple[Letter, ...]:
        """The same with what was written in ambiguous threads that could be this deal's."""
        found = [x for x in self.dossier.elsewhere if self.counts(x)]
        return tuple(sorted((*self.letters, *found), key=lambda x: (x.at, x.message.message_id)))

    @cached_property
    def theirs(self) -> tuple[Letter, ...]:
        return tuple(x for x in self.contacts if x.side == "theirs")

    @cached_property
    def ours(self) -> tuple[Letter, ...]:
        return tuple(x for x in self.contacts if x.side == "ours")

    def spoken(self, letters: Iterable[Letter], *kinds: Kind) -> list[Spoken]:
        return [Spoken(x, act) for x in letters for act in x.reading.of(*kinds)]

    def conversation(self, letter: Letter) -> Conversation | None:
        return next((c for c in self.dossier.conversations if any(x is letter for x in c.letters)), None)

    @cached_property
    def muted_threads(self) -> frozenset[str]:
        """Ids of the conversations of which nothing is to be found."""
        if not self.rules.muted_threads:
            return frozenset()
        mails = ((c.id, {c.id, *(x.message.message_id for x in c.letters)}) for c in self.dossier.conversations)
        return frozenset(name for name, ids in mails if not self.rules.muted_threads.isdisjoint(ids))

    def heard(self, letter: Letter) -> bool:
        """Whether something may be found in it; what it tells of the rest it tells in any case."""
        found = self.conversation(letter) if self.muted_threads else None
        return found is None or found.id not in self.muted_threads

    @cached_property
    def sent_anywhere(self) -> tuple[Letter, ...]:
        """Our mail to the deal's customers in any thread, other deals' too."""
        return (*self.ours, *(x for x in self.dossier.others if x.side == "ours" and self.counts(x)))

    def written_since(self, moment: datetime, person: Address | None = None) -> bool:
        """Whether one of us has written to them (to `person`) after `moment`, in any thread."""
        return any(x.at > moment and self._reaches(self.addressed(x), person) for x in self.sent_anywhere)

    def _reaches(self, addresses: Iterable[Address], person: Address | None) -> bool:
        if person is None:
            return any(True for _ in addresses)
        key = self.circle.person(person)
        return any(self.circle.person(a) == key for a in addresses)

    # --------------------------------------------------------------------------------------------------- meetings

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """All events that are this deal's, could be, or are with its customers; by start."""
        every = (*self.dossier.meetings, *self.dossier.possible, *self.dossier.reserved)
        return tuple(sorted(every, key=gatherings.order))

    @cached_property
    def live(self) -> tuple[Event, ...]:
        return tuple(e for e in self.events if gatherings.live(e, self.circle))

    @cached_property
    def near(self) -> tuple[Event, ...]:
        """Live events that are this deal's or could be."""
        every = sorted((*self.dossier.meetings, *self.dossier.possible), key=gatherings.order)
        return tuple(e for e in every if gatherings.live(e, self.circle))

    @cached_property
    def maybe_mine(self) -> tuple[Event, ...]:
        """Customer meetings that are this deal's or could be."""
        every = (*self.dossier.meetings, *self.dossier.possible)
        found = [e for e in every if gatherings.customer_meeting(e, self.circle, self.rules)]
        return tuple(sorted(found, key=gatherings.order))

    @cached_property
    def meetings(self) -> tuple[Event, ...]:
        """The deal's customer meetings."""
        mine = {e.key for e in self.dossier.meetings}
        return tuple(e for e in self.maybe_mine if e.key in mine)

    @cached_property
    def missed(self) -> dict[str, Letter]:
        """Meetings that a customer says they missed, by event key, with the mail that says so."""
        found: dict[str, Letter] = {}
        for spoken in self.spoken((x for x in self.letters if x.side == "theirs"), "missed"):
            person = spoken.letter.message.sender
            before = [
                e
                for e in self.meetings
                if e.start <= spoken.at < e.end + timedelta(days=7) and self._reaches(gatherings.attending(e, self.circle), person)
            ]
            if before:
                found.setdefault(before[-1].key, spoken.letter)
        return found

    @cached_property
    def held(self) -> tuple[Event, ...]:
        """The deal's customer meetings that have taken place and ended."""
        return tuple(e for e in self.meetings if self.clock.reached(e.end) and e.key not in self.missed)

    @cached_property
    def latest(self) -> Event | None:
        return self.held[-1] if self.held else None

    def superseded_by(self, event: Event) -> Event | None:
        """A later customer meeting that is, or could be, this deal's and has taken place."""
        later = [e for e in self.maybe_mine if gatherings.order(e) > gatherings.order(event) and e.key not in self.missed]
        return next((e for e in reversed(later) if self.clock.reached(e.end)), None)

    @cached_property
    def base(self) -> Event | None:
        """The latest customer meeting if it ended within the last 14 days."""
        if self.latest and not self.clock.passed(self.latest.end + self.rules.look_back):
            return self.latest
        return None

    def promises(self, letters: Iterable[Letter]) -> list[Spoken]:
        """Promises for a day; older first."""
        kept = [x for x in letters if not self.clock.passed(x.at + MEMORY)]
        return [s for s in self.spoken(kept, "promise") if s.act.when]

    def recent(self, letters: Iterable[Letter]) -> list[Letter]:
        """Letters that count for the ladder: since the latest meeting began, else of the last 30 days."""
        if self.base:
            return [x for x in letters if x.at >= self.base.start]
        return [x for x in letters if not self.clock.passed(x.at + MAIL_WINDOW)]

    def met_since(self, moment: datetime, person: Address | None = None) -> bool:
        """Whether a meeting with them (with `person`) has begun after `moment`."""
        return any(
            e.start >= moment
            and not e.all_day
            and e.key not in self.missed
            and self.clock.reached(e.start)
            and self._reaches(gatherings.attending(e, self.circle), person)
            for e in self.live
        )

    def invited_since(self, moment: datetime, person: Address | None = None, by: Collection[str] = ("rep", "colleague")) -> bool:
        """Whether one of us (of `by`) has put an event that is still to come into their calendar after `moment`."""
        for event in self.live:
            made = event.modified or event.stamp  # DTSTAMP may be when the calendar was written out
            theirs = event.organizer is not None and self.circle.role(event.organizer) in by
            ahead = theirs and made is not None and made > moment and not self.clock.reached(event.end)
            if ahead and self._reaches(gatherings.attending(event, self.circle), person):
                return True
        return False

    # -------------------------------------------------------------------------------------------------- sentences

    def day(self, moment: datetime) -> str:
        """For sentences of evidence: in the rep's zone."""
        local = moment.astimezone(self.rules.rep.working.zone)
        return f"{local.day} {local:%B %Y, %H:%M}"

    def says(self, letter: Letter, text: str, act: Act | None = None) -> Evidence:
        who = names.in_order(letter.message.sender.name) or letter.message.sender.email
        quote = f": “{shorten(act.quote)}”" if act and act.quote else ""
        return Evidence(f"message:{letter.message.message_id}", f"{who} {text} on {self.day(letter.at)}{quote}")

    def about(self, event: Event, text: str) -> Evidence:
        """Of a private entry only the time is shown."""
        title = "A private entry" if event.private else gatherings.title(event) or "A meeting"
        return Evidence(f"event:{event.key}", f"{title} {text}")

    def field(self, name: str, text: str) -> Evidence:
        return Evidence(f"deal:{self.dossier.deal.id}.{name}", text)

    def nothing_seen(self, text: str, section: str = "calendar") -> Evidence:
        """What a whole source does not hold."""
        return Evidence(f"source:{section}", text)


def shorten(text: str, length: int = 160) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1].rsplit(" ", 1)[0] + "…"
