"""One round: sync, match, think, draft. In memory for `onward scan`; in the store, from change to change, for the daemon."""

from agent.cycle.cycle import Cycle
from agent.cycle.feed import Feed
from agent.cycle.memory import Facts, Round, round_once
from agent.cycle.report import Report

__all__ = ["Cycle", "Facts", "Feed", "Report", "Round", "round_once"]
