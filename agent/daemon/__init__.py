"""The daemon: one loop that works, an alarm clock that wakes it, and what it says of itself."""

from __future__ import annotations

from agent.daemon.loop import Daemon
from agent.daemon.metrics import Metrics
from agent.daemon.progress import Progress

__all__ = ["Daemon", "Metrics", "Progress"]
