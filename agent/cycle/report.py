"""What a round did, in numbers."""

from __future__ import annotations

from dataclasses import dataclass

from agent.model import SourceState


@dataclass
class Counts:
    """`new` and `removed` are facts; `deals` were thought about; the others are cards."""

    new: int = 0
    removed: int = 0
    deals: int = 0
    opened: int = 0
    waiting: int = 0
    refreshed: int = 0
    withdrawn: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """`wrote`: something was found that was not known. `waiting` cards were found and have no room today; `held` ones would be
    withdrawn if it could be known."""

    sources: tuple[SourceState, ...]
    new: int
    removed: int
    deals: int
    opened: int
    waiting: int
    refreshed: int
    withdrawn: int
    held: int
    notices: int
    wrote: bool
