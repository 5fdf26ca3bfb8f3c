"""RFC 5545 values: dates, moments, durations. A value that is none raises ValueError."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

YEARS = (400, 8000)  # both leap years, with room for arithmetic on either side; what lies beyond is moved to them
LONGEST = timedelta(days=36_525)
UNITS = {"W": timedelta(weeks=1), "D": timedelta(days=1), "H": timedelta(hours=1), "M": timedelta(minutes=1), "S": timedelta(seconds=1)}


def moment(text: str) -> datetime | date:
    """A DATE, or a DATE-TIME: aware (UTC) if it ends in Z, else naive."""
    text = text.strip()
    day, time, utc = text[:8], text[9:15], text[15:]
    if not (day.isascii() and day.isdigit() and len(day) == 8):
        raise ValueError(f"no date: {text[:40]!r}")
    if text[8:9] == "T" and time.isdigit() and len(text) in (15, 16) and time[4:] != "60":
        found = datetime.fromisoformat(text)  # the usual form; the rest of this is ten times slower
        return found if YEARS[0] <= found.year <= YEARS[1] else found.replace(year=_near(found.year))
    year, month, dom = _near(int(day[:4])), int(day[4:6]), int(day[6:])
    if len(text) == 8:
        return date(year, month, dom)
    if text[8] not in "Tt" or not (time.isascii() and time.isdigit()) or utc not in ("", "Z", "z"):
        raise ValueError(f"no time: {text[:40]!r}")
    time = time.ljust(6, "0")
    hour, minute, second = int(time[:2]), int(time[2:4]), min(int(time[4:]), 59)  # a leap second counts as the one before
    return datetime(year, month, dom, hour, minute, second, tzinfo=UTC if utc else None)


def _near(year: int) -> int:
    return min(max(year, YEARS[0]), YEARS[1])


def duration(text: str) -> tuple[timedelta, timedelta]:
    """Nominal days and weeks, and exact hours to seconds: across a change of the clock they differ."""
    text = text.strip().upper()
    sign = -1 if text.startswith("-") else 1
    body = text.lstrip("+-")
    if not body.startswith("P") or len(body) > 40:
        raise ValueError(f"no duration: {text[:40]!r}")
    nominal, exact, digits, in_time = timedelta(), timedelta(), "", False
    for char in body[1:]:
        if char.isdigit():
            digits += char
        elif char == "T" and not digits:
            in_time = True
        else:
            nominal, exact = _added(nominal, exact, char, digits, in_time)
            digits = ""
    if digits or body == "P":
        raise ValueError(f"no duration: {text[:40]!r}")
    if nominal + exact > LONGEST:
        raise ValueError("longer than a century")
    return sign * nominal, sign * exact


def _added(nominal: timedelta, exact: timedelta, unit: str, digits: str, in_time: bool) -> tuple[timedelta, timedelta]:
    if not digits or unit not in ("HMS" if in_time else "WD") or len(digits) > 9:
        raise ValueError("no duration")
    size = UNITS[unit] * int(digits)
    return (nominal, exact + size) if in_time else (nominal + size, exact)
