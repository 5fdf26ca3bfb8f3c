"""Reads a text as if it had come on Tuesday 7 October 2025 from Zurich, and writes what it says on one line."""

from __future__ import annotations

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from agent.model import WorkingTime
from agent.think.language import read
from agent.think.language.acts import When

ZURICH = ZoneInfo("Europe/Zurich")
WORKING = WorkingTime(ZURICH)
SENT = datetime(2025, 10, 7, 9, 0, tzinfo=ZURICH)


def said(text: str, sent: datetime = SENT, other_zone: tzinfo | None = None, language: str | None = None) -> tuple[str, str]:
    """Language and acts: "deferral 2025-12-01; question"."""
    reading = read(text, sent, WORKING, other_zone, language)
    return reading.language, "; ".join(" ".join((act.kind, *map(_moment, act.when))) for act in reading.acts)


def _moment(when: When) -> str:
    moment = f"{when.at:%Y-%m-%dT%H:%M}" if when.at else when.day.isoformat()
    return moment + ("!" if when.same_day else "")
