"""Dates of mail headers (RFC 5322, 3.3): a fast path for what nearly all mail says, the standard library for the rest."""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from functools import lru_cache

_USUAL = re.compile(
    r"\s*(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})\s+([A-Za-z]{3})\w{0,6}\s+(\d{4})\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s+([+-]\d{4})\b", re.ASCII
)
_ZONE = re.compile(r":\d\d\s*(?:[+-]\d|[A-Za-z]{1,5}\b)")
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}


@lru_cache(maxsize=256)
def _offset(minutes: int) -> timezone:
    return timezone(timedelta(minutes=minutes)) if minutes else UTC


def moment(text: str) -> tuple[datetime, bool] | None:
    """The moment and whether the sender's offset is known ("-0000" and none at all are not; then it is UTC)."""
    match = _USUAL.match(text)
    if not match:
        return _unusual(text[:200])
    day, month, year, hour, minute, second, zone = match.groups()
    minutes = int(zone[1:3]) * 60 + int(zone[3:])
    try:
        number = _MONTHS[month.lower()]
        offset = _offset(-minutes if zone[0] == "-" else minutes)
        found = datetime(int(year), number, int(day), int(hour), int(minute), min(int(second or 0), 59), 0, offset)
        return (found, zone != "-0000") if 1970 <= found.year < 9000 else None
    except (KeyError, ValueError):
        return None


def _unusual(text: str) -> tuple[datetime, bool] | None:
    with contextlib.suppress(ValueError, TypeError, IndexError, OverflowError):
        found = parsedate_tz(text)
        if found and 1970 <= found[0] < 9000:
            zone = _offset((found[9] or 0) // 60)
            return datetime(found[0], found[1], found[2], found[3], found[4], min(found[5], 59), 0, zone), bool(found[9] is not None and _ZONE.search(text))
    with contextlib.suppress(ValueError, OverflowError):
        iso = datetime.fromisoformat(text.strip())
        if 1970 <= iso.year < 9000:
            return (iso, True) if iso.tzinfo else (iso.replace(tzinfo=UTC), False)
    return None
