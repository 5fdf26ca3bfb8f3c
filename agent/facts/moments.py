"""Dates of mail headers (RFC 5322, 3.3): a fast path for what nearly all mail says, the standard library for the rest."""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_tz
from functools import lru_cache

_ZONE = re.compile(r":\d\d\s*(?:[+-]\d|[A-Za-z]{1,5}\b)")
_USUAL = re.compile(r"(?:[A-Za-z]{3}, +)?(\d\d? [A-Za-z]{3} \d{4}) ((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d) ([+-]\d{4})(?!\S)", re.ASCII)
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}


@lru_cache(maxsize=256)
def _offset(minutes: int) -> timezone:
    return timezone(timedelta(minutes=minutes)) if minutes else UTC


@lru_cache(maxsize=8192)
def _day(text: str) -> date:
    """Raises `ValueError` beyond the years that count."""
    day, month, year = text.split()
    if not 1970 <= int(year) < 9000:
        raise ValueError
    return date(int(year), _MONTHS[month.lower()], int(day))


@lru_cache(maxsize=256)
def _zone(text: str) -> timezone:
    minutes = int(text[1:3]) * 60 + int(text[3:])
    return _offset(-minutes if text[0] == "-" else minutes)


def moment(text: str) -> tuple[datetime, bool] | None:
    """The moment and whether the sender's offset is known ("-0000" and none at all are not; then it is UTC)."""
    usual = _USUAL.match(text)
    if usual:
        day, clock, zone = usual.groups()
        try:
            return datetime.combine(_day(day), time.fromisoformat(clock), _zone(zone)), zone != "-0000"
        except (KeyError, ValueError):
            pass
    return _spaced(text)


def _spaced(text: str) -> tuple[datetime, bool] | None:
    """The same with spaces and digits more or fewer."""
    words = text[:200].split()
    if len(words) > 5 and words[0][-1] == ",":
        del words[0]
    if len(words) < 5 or len(zone := words[4]) != 5 or zone[0] not in "+-" or len(words[2]) != 4:
        return _unusual(text[:200])
    try:
        clock = words[3].split(":")
        found = datetime(
            int(words[2]),
            _MONTHS[words[1].lower()],
            int(words[0]),
            int(clock[0]),
            int(clock[1]),
            min(int(clock[2]), 59) if len(clock) > 2 else 0,
            tzinfo=_zone(zone),
        )
    except (KeyError, ValueError, IndexError, OverflowError):
        return _unusual(text[:200])
    return (found, zone != "-0000") if 1970 <= found.year < 9000 else None


def _unusual(text: str) -> tuple[datetime, bool] | None:
    with contextlib.suppress(ValueError, TypeError, IndexError, OverflowError):
        found = parsedate_tz(text)
        if found and 1970 <= found[0] < 9000:
            zone = _offset((found[9] or 0) // 60)
            known = bool(found[9] is not None and _ZONE.search(text))
            return datetime(found[0], found[1], found[2], found[3], found[4], min(found[5], 59), 0, zone), known
    with contextlib.suppress(ValueError, OverflowError):
        iso = datetime.fromisoformat(text.strip())
        if 1970 <= iso.year < 9000:
            return (iso, True) if iso.tzinfo else (iso.replace(tzinfo=UTC), False)
    return None
