"""Approved mail leaves: laid in the outbox, sent at most once, and what became of it is recorded."""

from agent.deliver.courier import Courier
from agent.deliver.record import Counts

__all__ = ["Counts", "Courier"]
