"""One round: sync, match, think, draft. In memory for `onward scan`; in the store, from change to change, for the daemon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agent.cycle.feed import Feed
from agent.cycle.memory import Facts, Round, round_once
from agent.cycle.report import Report

if TYPE_CHECKING:
    from agent.cycle.cycle import Cycle

__all__ = ["Cycle", "Facts", "Feed", "Report", "Round", "round_once"]


def __getattr__(name: str) -> Any:
    """`Cycle` once it is asked for: a round in memory needs no store, and its library takes long to load."""
    if name == "Cycle":
        from agent.cycle.cycle import Cycle

        return Cycle
    raise AttributeError(name)
