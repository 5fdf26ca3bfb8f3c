"""What a round did, in numbers."""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass
from pathlib import Path

from agent.errors import Unavailable
from agent.model import SourceState

log = logging.getLogger(__name__)


def unforeseen(what: str, fault: Exception) -> Unavailable:
    """A fault of the program, which is to stop nothing but `what`. Its kind and place stand in the log; its text may hold mail."""
    place = traceback.extract_tb(fault.__traceback__)[-1:]
    log.error("a fault that was not foreseen: %s in %s", type(fault).__name__, [f"{Path(f.filename).name}:{f.lineno}" for f in place])
    return Unavailable(f"{what} failed in a way that was not foreseen ({type(fault).__name__})")


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
