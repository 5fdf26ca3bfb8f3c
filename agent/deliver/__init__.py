"""Approved mail leaves: laid in the outbox, sent at most once, and what became of it is recorded."""

from agent.deliver.courier import Counts, Courier

__all__ = ["Counts", "Courier"]
