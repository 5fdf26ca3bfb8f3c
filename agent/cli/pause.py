"""`onward pause`: that of `onward inbox`, for it is about all of Onward."""

from __future__ import annotations

from agent.cli.for_good import pause as command

__all__ = ["command"]
