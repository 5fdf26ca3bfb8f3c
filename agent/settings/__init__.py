"""`onward.yaml` → checked settings. Every problem of the file is told at once, with its line."""

from __future__ import annotations

from agent.settings.file import Inbox, Settings, find, load, usual
from agent.settings.sections import Section

__all__ = ["Inbox", "Section", "Settings", "find", "load", "usual"]
