"""One round: sync, match, think, draft. In memory for `onward scan`; in the store, from change to change, for the daemon."""

from agent.cycle.feed import Feed
from agent.cycle.memory import Facts, Round, round_once

__all__ = ["Facts", "Feed", "Round", "round_once"]
