"""What a TZID means: an IANA name, a Windows name, or what a VTIMEZONE says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from agent import bundled
from agent.facts.calendar import values
from agent.facts.calendar.rules import TooMany, rule, times
from agent.facts.calendar.text import Node, split

MIDNIGHT = datetime.min.time()
FIRST, LAST = (
    datetime.combine(date(1970, 1, 1), MIDNIGHT),
    datetime.combine(date(2100, 1, 1), MIDNIGHT),
)  # a VTIMEZONE is worked out between these


@lru_cache(maxsize=1000)
def known(tzid: str) -> tzinfo | None:
    """By the IANA database or CLDR's Windows names; `/vendor/…/Europe/Berlin` counts as what it ends with."""
    name = tzid.strip().strip('"').lower()
    if len(name) > 200:
        return None
    name = _windows().get(name, name)
    parts = name.split("/")
    tails = ("/".join(parts[-length:]) for length in (3, 2, 1) if name.startswith("/"))  # global names: RFC 5545, 3.2.19
    found = next((tail for tail in (name, *tails) if tail in _names()), None)
    return _zone(_names()[found]) if found else None


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Read from the tzdata package: walking the system's folder costs a hundred times as much."""
    return {name.lower(): name for name in (files("tzdata") / "zones").read_text("utf-8").split()}


@lru_cache(maxsize=1)
def _windows() -> dict[str, str]:
    pairs = (line.partition("=") for line in bundled.lines("windows_zones"))
    return {name.strip(): zone.strip() for name, _, zone in pairs}


class Observed(tzinfo):
    """A zone as a VTIMEZONE describes it. Local times in a gap count by the offset before it, double ones are the first."""

    def __init__(self, name: str, first: timedelta, changes: Sequence[tuple[datetime, timedelta, timedelta]]) -> None:
        """`changes`: local onset (by the offset before it), offset before, offset after; ascending."""
        self.told = (name, first, tuple(changes))  # what it is made of
        self._name, self._first = name, first
        self._after = [after for _, _, after in changes]
        self._wall = [max(onset, onset + after - before) for onset, before, after in changes]
        self._utc = [onset - before for onset, before, _ in changes]

    def utcoffset(self, when: datetime | None, /) -> timedelta:
        return self._at(self._wall, when.replace(tzinfo=None)) if when else self._first

    def dst(self, _: datetime | None, /) -> timedelta:
        return timedelta(0)

    def tzname(self, _: datetime | None, /) -> str:
        return self._name

    def fromutc(self, when: datetime, /) -> datetime:
        return when + self._at(self._utc, when.replace(tzinfo=None))

    def _at(self, onsets: list[datetime], when: datetime) -> timedelta:
        place = bisect_right(onsets, when)
        return self._after[place - 1] if place else self._first


def described(node: Node) -> tuple[str, tzinfo] | None:
    """TZID and zone of a VTIMEZONE; None if it cannot be read."""
    tzid = next((part[2].strip() for line in node.lines if (part := split(line)) and part[0] == "TZID"), "")
    changes: list[tuple[datetime, timedelta, timedelta]] = []
    try:
        for child in node.children[:200]:
            changes += _observance(child)
    except (LookupError, ValueError, OverflowError, TooMany):
        return None
    if not tzid or not changes:
        return None
    changes.sort()
    return tzid, Observed(tzid, changes[0][1], changes)


def _observance(node: Node) -> list[tuple[datetime, timedelta, timedelta]]:
    parts: dict[str, list[str]] = {}
    for line in node.lines[:500]:
        if found := split(line):
            parts.setdefault(found[0], []).append(found[2])
    if "DTSTART" not in parts:
        return []
    start = _local(parts["DTSTART"][0])
    before, after = _offset(parts["TZOFFSETFROM"][0]), _offset(parts["TZOFFSETTO"][0])
    onsets = {start}
    for text in parts.get("RRULE", []):
        onsets.update(times(rule(text, lambda until: (until + before).replace(tzinfo=None)), start, FIRST, LAST))
    onsets.update(_local(value) for text in parts.get("RDATE", []) for value in text.split(","))
    if len(onsets) > 1000:
        raise ValueError("too many changes")
    return [(onset, before, after) for onset in onsets]


def _local(text: str) -> datetime:
    value = values.moment(text.partition("/")[0])
    return value.replace(tzinfo=None) if isinstance(value, datetime) else datetime.combine(value, MIDNIGHT)


def _offset(text: str) -> timedelta:
    """+HHMM[SS] (RFC 5545, 3.3.14)."""
    text = text.strip()
    digits = text.lstrip("+-").ljust(6, "0")
    if not digits.isdigit() or len(digits) > 6:
        raise ValueError("offset")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]), seconds=int(digits[4:6]))
    if size >= timedelta(days=1):
        raise ValueError("offset")
    return -size if text.startswith("-") else size
