"""What is remembered: facts with their cursors, what the last round concluded, and decisions. SQLite or PostgreSQL."""

from agent.store.engine import Store

__all__ = ["Store"]
