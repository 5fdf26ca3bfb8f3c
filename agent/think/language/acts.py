"""The shapes that a reading has, the same in every language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
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
    loose: bool = field(default=False, compare=False)  # named by its weekday alone: the next one, or the one that was offered


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


class Reading:
    """All that one text does. `language` is "" where there is no pack for it.

    A text is read when something is asked of it: most letters of a mailbox are old, and nobody asks what they say.
    """

    __slots__ = ("_acts", "_language", "_make", "_may")

    def __init__(self, language: str, acts: tuple[Act, ...]) -> None:
        self._language, self._acts = language, acts
        self._make: Callable[[], Reading] | None = None
        self._may: Callable[[Kind], bool] | None = None

    @classmethod
    def later(cls, make: Callable[[], Reading], may: Callable[[Kind], bool] | None = None) -> Reading:
        """`may` answers at little cost whether the text could do a thing at all; `make` reads it."""
        reading = cls("", ())
        reading._make, reading._may = make, may
        return reading

    def _known(self) -> Reading:
        if self._make is not None:
            made = self._make()
            self._language, self._acts, self._make = made.language, made.acts, None
        return self

    @property
    def language(self) -> str:
        return self._known()._language

    @property
    def acts(self) -> tuple[Act, ...]:
        return self._known()._acts

    def of(self, *kinds: Kind) -> tuple[Act, ...]:
        if self._make is not None and self._may is not None and not any(map(self._may, kinds)):
            return ()
        return tuple(act for act in self.acts if act.kind in kinds)

    def has(self, *kinds: Kind) -> bool:
        return bool(self.of(*kinds))

    @property
    def mere_acknowledgement(self) -> bool:
        """Nothing but thanks, praise or "got it" (or nothing at all)."""
        return all(act.kind == "acknowledgement" for act in self.acts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reading) and (self.language, self.acts) == (other.language, other.acts)

    def __hash__(self) -> int:
        return hash((self.language, self.acts))

    def __repr__(self) -> str:
        return f"Reading({self.language!r}, {self.acts!r})"
