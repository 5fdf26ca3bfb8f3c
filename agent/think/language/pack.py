"""What a language pack is made of, and how its patterns are written.

Patterns are matched against one sentence in lower case (NFC), with typographic apostrophes, dashes and spaces made plain.
All quantifiers over open classes are bounded, so that matching stays linear.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from agent.think.language.openings import Cue, Index

Pattern = re.Pattern[str]


def alt(words: Iterable[str]) -> str:
    """An alternation, longest first; entries may be patterns."""
    return "(?:" + "|".join(sorted(words, key=lambda w: (-len(w), w))) + ")"


def cue(*alternatives: str) -> Cue:
    """Any of the alternatives, at word boundaries; a space stands for any white space."""
    joined = "|".join(f"(?:{a})" for a in alternatives)
    return Cue(rf"(?<![\w'])(?:{joined})(?!\w)".replace(" ?", r"\s?").replace(" ", r"\s+"))


def tail(**groups: str) -> Pattern:
    """What may stand right before a date, by name: matched at the end of the text before it."""
    joined = "|".join(f"(?P<{name}>{pattern})" for name, pattern in groups.items())
    return re.compile(rf"(?<!\w)(?:{joined})\s{{0,3}}$".replace(" ?", r"\s?").replace(" ", r"\s{1,3}"))


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """The words of a language for days and clock times.

    `spans` are tried in order, each with the name of its rule in `dates.py`; a stretch of text belongs to the first
    that matches. `words` is what a sentence without digits must contain to be searched at all.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    numbers: Mapping[str, int]
    units: Mapping[str, str]  # "weeks": "week"
    feasts: Mapping[str, str]  # "easter": "easter"
    spans: tuple[tuple[str, Pattern], ...]
    clocks: tuple[Pattern, ...]
    part: Pattern  # start, mid, end: of a week, month, quarter, year
    relation: Pattern  # after, by, before, until, since, week
    zones: Pattern  # yours, mine, place, offset
    words: Pattern
    over: Pattern | None = None  # right after a date: "(once December) is over"


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """One language: its times, and the cues that tell what a sentence does (see `reading.py` for how they are used)."""

    code: str
    times: Times
    cues: Mapping[str, Any]  # each a Cue, which is also made of a compiled pattern
    breaks: Pattern  # between two clauses of one sentence
    abbreviations: frozenset[str] = field(default_factory=frozenset)
    find: Callable[[str, str], re.Match[str] | None] = field(init=False)
    has: Callable[[str, str], bool] = field(init=False)
    without: Callable[[str, str], str] = field(init=False)

    def __post_init__(self) -> None:
        cues = {name: Cue.of(given) for name, given in self.cues.items()}
        index = Index(cues)
        for name, value in (("cues", cues), ("find", index.find), ("has", index.has), ("without", index.without)):
            object.__setattr__(self, name, value)
