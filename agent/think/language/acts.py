"""The shapes that a reading has, the same in every language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

Kind = Literal[
    "question",  # asks something; a proposal of times is no question, whoever makes it and however it is phrased
    "request",  # asks for something to be done or sent ("please send us…", "could you…", "let me know…")
    "proposal",  # puts concrete times, a date or a booking link to the other ("would Tuesday at 3 work?")
    "acceptance",  # takes up a proposed time ("Tuesday at 3 works", "that works for me", "see you then")
    "time_refused",  # turns a proposed time down ("Monday does not work")
    "promise",  # the writer commits to do something; `when` holds the date, () if none was named
    "deferral",  # puts the other off until later ("call me in December"); `when` () if no date is to be had
    "intention",  # an intention without a date ("let's talk soon", "I'll think about it")
    "acknowledgement",  # thanks, praise, "got it"
    "refusal",  # a no to the matter ("we decided against it", "we went with somebody else")
    "doubt",  # a maybe ("no budget yet", "not sure", "too expensive")
    "stop",  # asks not to be written to any more
    "missed",  # the writer says that they missed the meeting
    "absence",  # the writer is away; `when` holds the day they are back, () if none was named
    "statement",  # anything else
]


@dataclass(frozen=True, slots=True)
class When:
    """A moment that a text names, resolved from the message's date in the sender's zone.

    `day` is the day meant (for a deferral moved to the next working day, for a promise to the one before); `at` is set
    if a clock time was named; `same_day` if a promise is for the day it was written on ("by EOD").
    """

    day: date
    at: datetime | None = None
    same_day: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that one sentence does. `quote` is the sentence as written, `start` its offset in the text read."""

    kind: Kind
    quote: str
    start: int
    when: tuple[When, ...] = ()
    matter: str = ""  # promise: what was promised ("the quote"); question, request: what it is about, if short
    company: bool = False  # stop: asked for everybody ("us", "our company"), not for the writer alone
    link: bool = False  # proposal: a booking link
    choice: str = ""  # acceptance: which of the offered times, where it is only counted: first, second, third, last, earlier, later
    clock: time | None = None  # acceptance, refused time: the hour, where it stands without a day ("3 pm is fine")
    assent: bool = False  # acknowledgement: also says yes ("sounds good", "perfect"), which can take up a single proposed time


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one text does. `language` is "" where there is no pack for it."""

    language: str
    acts: tuple[Act, ...]

    def of(self, *kinds: Kind) -> tuple[Act, ...]:
        return tuple(act for act in self.acts if act.kind in kinds)

    def has(self, *kinds: Kind) -> bool:
        return any(act.kind in kinds for act in self.acts)

    @property
    def mere_acknowledgement(self) -> bool:
        """Nothing but thanks, praise or "got it" (or nothing at all)."""
        return all(act.kind == "acknowledgement" for act in self.acts)
