"""The shape of a language's words, and how dates are written with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from agent.draft.text import fold
from agent.model import Step

MOST_READ = 4000  # characters
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a doubt is about: the folded words that tell it (`budget*`: all that begin so), its name, and the question
    that makes it concrete."""

    stems: tuple[str, ...]
    name: str
    ask: str

    def in_word(self, word: str) -> bool:
        return begins(word, self.stems)


@dataclass(frozen=True, slots=True)
class Thing:
    """What can be sent: the folded words that tell it, its name in a sentence, and its name as a topic."""

    stems: tuple[str, ...]
    name: str
    topic: str

    def named_in(self, text: str) -> bool:
        """Whether a folded text names it; a stem of several words stands there as it is."""
        words = spoken(text)
        return any(stem.strip("*") in text if " " in stem else any(_fits(word, stem) for word in words) for stem in self.stems)


def begins(word: str, stems: tuple[str, ...]) -> bool:
    """Whether a folded word is one of the stems (`budget*`: begins with it; `*vertrag*`: holds it)."""
    return any(_fits(word, stem) for stem in stems)


def _fits(word: str, stem: str) -> bool:
    if stem.startswith("*"):
        return stem.strip("*") in word
    return word.startswith(stem[:-1]) if stem.endswith("*") else word == stem


def spoken(text: str) -> list[str]:
    """The folded words of a text."""
    return _WORD.findall(fold(text[:MOST_READ]))


@dataclass(frozen=True, slots=True)
class Words:
    """`day_format` takes weekday, day, month; `time_format` takes day, time, zone; `theirs` takes time and zone."""

    weekdays: tuple[str, ...]  # Monday first
    months: tuple[str, ...]
    day_format: str
    time_format: str
    theirs: str
    subject: str  # for a new thread where neither deal nor meeting has a usable name
    who_else: str
    meet: Step  # asks for a meeting, whatever the stage
    generic: Step  # where the playbook has no words for the stage in this language
    kinds: Mapping[str, Step]  # the kinds whose request does not depend on the stage
    no: Step  # asks a refusal for its reason
    maybe: Step  # makes a doubt concrete
    topics: tuple[Topic, ...] = ()
    things: tuple[Thing, ...] = ()
    sends: tuple[str, ...] = ()  # folded words of sending, as in `Topic.stems`
    not_to_us: tuple[str, ...] = ()  # folded phrases of sentences about other sending than to them by us; with a space behind: at the start
    our_time: tuple[str, ...] = ()  # folded phrases that ask when we are free
    speak: str = ""  # the request that answers them
    first_day: str = ""  # how the first of a month is written, if not as a plain number

    def day(self, day: date) -> str:
        """Weekday, day and month, without the year."""
        number = self.first_day if self.first_day and day.day == 1 else str(day.day)
        return self.day_format.format(weekday=self.weekdays[day.weekday()], day=number, month=self.months[day.month - 1])

    def moment(self, moment: datetime, ours: tzinfo, theirs: tzinfo | None) -> str:
        """Weekday, date, time and zone; theirs too where its clock differs at that moment."""
        local = moment.astimezone(ours)
        text = self.time_format.format(day=self.day(local.date()), time=f"{local:%H:%M}", zone=zone_name(local))
        there = moment.astimezone(theirs) if theirs else local
        if there.utcoffset() == local.utcoffset():
            return text
        clock = f"{there:%H:%M}"
        if there.date() != local.date():
            clock = f"{self.weekdays[there.weekday()]} {clock}"
        return f"{text} ({self.theirs.format(time=clock, zone=offset_name(there))})"


def zone_name(moment: datetime) -> str:
    """The zone's abbreviation, or its offset where it has none ("-03")."""
    name = moment.tzname() or ""
    return name if name.isalpha() else offset_name(moment)


def offset_name(moment: datetime) -> str:
    offset = moment.utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return "UTC" if not minutes else f"UTC{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02}" if rest else "")
