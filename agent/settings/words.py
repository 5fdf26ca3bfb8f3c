"""Text → value: periods, times, days, zones, addresses. Each raises `ValueError` with the end of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from ipaddress import ip_address
from zoneinfo import ZoneInfo

from agent.facts import people
from agent.model import Address

MOST = 10_000  # characters of one value that are looked at
_PERIOD = re.compile(r"(\d{1,6})\s*([a-z]+)\Z")
_UNITS = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), timedelta(seconds=1)),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("d", "day", "days"), timedelta(days=1)),
    **dict.fromkeys(("w", "week", "weeks"), timedelta(weeks=1)),
}
_BUSINESS = re.compile(r"(\d{1,4})\s*(?:business|working)?\s*-?\s*(?:days?|workdays?)\Z")
_LONGEST = timedelta(days=36_500)
_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2}))?\Z")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_EMAIL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\-\u0080-\uffff]{1,64}@([^\s@<>,;()\[\]\"]{1,253})\Z")
_LABEL = re.compile(r"[A-Za-z0-9\u0080-\uffff](?:[A-Za-z0-9\-\u0080-\uffff]{0,61}[A-Za-z0-9\u0080-\uffff])?\Z")


def meant(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'path'?`, or nothing when nothing is near."""
    near = {k.lower(): k for k in known}
    found = get_close_matches(word.lower()[:80], near, n=1, cutoff=0.6)
    return f"; did you mean {near[found[0]]!r}?" if found else ""


def period(text: str) -> timedelta:
    """`3h`, `90m`, `14d`, `30 days`, `2 weeks`."""
    words = _words(text)
    if "business" in words or "working" in words:
        raise ValueError(f"{text!r} must be hours or days of the calendar, such as 3h or 14d")
    found = _PERIOD.match(words)
    if not found or found[2] not in _UNITS:
        hint = f"; write {words}d or {words}h" if words.isdigit() else "; write it like 3h, 90m or 14d"
        raise ValueError(f"{text!r} is no period{hint}")
    length = int(found[1]) * _UNITS[found[2]]
    if length > _LONGEST:
        raise ValueError(f"{text!r} is longer than 100 years")
    return length


def some_time(text: str) -> timedelta:
    """A period that is not zero."""
    if not (length := period(text)):
        raise ValueError(f"{text!r} must be more than nothing")
    return length


def a_minute_at_most(text: str) -> timedelta:
    """`10s`, `0s`, `1 minute`: from nothing to a minute."""
    words = _words(text)
    if words.isdigit():
        raise ValueError(f"{text!r} is no period; write {words}s")
    if (length := period(text)) > timedelta(minutes=1):
        raise ValueError(f"{text!r} must lie between 0s and 60s")
    return length


def loopback(text: str) -> str:
    """`127.0.0.1`, `::1`, `localhost`: an address that this machine alone reaches."""
    bare = text.strip().strip("[]").lower()
    try:
        found = bare if bare == "localhost" else str(ip_address(bare))
    except ValueError:
        raise ValueError(f"{text[:60]!r} is no address of this machine; write 127.0.0.1") from None
    if found != "localhost" and not ip_address(found).is_loopback:
        way = "write 127.0.0.1, and reach it from another machine through ssh -L 8765:127.0.0.1:8765 HOST"
        raise ValueError(f"{text[:60]!r} can be reached by others, and no sign-in guards the inbox; {way}")
    return found


def whole_days(text: str) -> int:
    """`30`, `30d`, `30 days`: a number of calendar days, at least one."""
    length = some_time(f"{_words(text)}d" if _words(text).isdigit() else text)
    if length % timedelta(days=1):
        raise ValueError(f"{text!r} must be whole days; write it like 30 days")
    return length.days


def business_days(text: str) -> int:
    """`4 business days`, `4 working days`, `4`."""
    words = _words(text)
    found = _BUSINESS.match(words)
    if words.isdigit() and len(words) <= 4:
        number = int(words)
    elif found and ("business" in words or "work" in words):
        number = int(found[1])
    else:
        days = re.match(r"([2-9]|[1-9][0-9]{1,2})\s*d(?:ays?)?\Z", words)
        raise ValueError(f"{text!r} must be business days; write '{f'{days[1]} business days' if days else '1 business day'}'")
    if not 1 <= number <= 1000:
        raise ValueError(f"{text!r} must lie between 1 and 1000 business days")
    return number


def rhythm(text: str) -> timedelta:
    """`every 5 minutes`, `every hour`, `5m`."""
    words = _words(text)
    bare = words.removeprefix("every").strip()
    try:
        every = some_time(bare if bare[:1].isdigit() else f"1 {bare}")
    except ValueError:
        raise ValueError(f"{text!r} is no rhythm; write it like 'every 5 minutes'") from None
    if every > timedelta(days=1):
        raise ValueError(f"{text!r} is less than one round a day")
    return every


def clock(text: str) -> time:
    """`9:00`, `09:00`, `17:30`."""
    found = _CLOCK.match(text.strip())
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise ValueError(f"{text!r} is no time of day; write it like 09:00")
    return time(int(found[1]), int(found[2] or 0))


def strict_clock(text: str) -> time:
    """A time of day with its minutes, as a list of times needs it."""
    if ":" not in text:
        raise ValueError(f"{text!r} is no time of day; write it like 09:00")
    return clock(text)


def working_hours(text: str) -> tuple[frozenset[int], time, time]:
    """`mon-fri 09:00-17:30`, `sun-thu 8:00-16:00`, `mon,tue,thu 9:00-13:00`: days (Monday is 0), start, end."""
    plain = re.sub(r"\s*([,-])\s*", r"\1", _words(text[:200].replace("–", "-").replace("—", "-")))
    days, _, hours = plain.rpartition(" ")
    opens, dash, closes = hours.partition("-")
    if not days or not dash:
        raise ValueError(f"{text[:60]!r} is not understood; write it like 'mon-fri 09:00-17:30'")
    begin, end = clock(opens), clock(closes)
    if begin >= end:
        raise ValueError(f"{text[:60]!r} ends before it begins; write it like 'mon-fri 09:00-17:30'")
    return frozenset(day for part in days.split(",") for day in _days(part)), begin, end


def _days(part: str) -> list[int]:
    first, dash, last = part.partition("-")
    begin = _day(first)
    if not dash:
        return [begin]
    return [(begin + n) % 7 for n in range((_day(last) - begin) % 7 + 1)]


def _day(word: str) -> int:
    for number, name in enumerate(_LONG):
        if len(word) >= 3 and name.startswith(word):
            return number
    raise ValueError(f"{word[:20]!r} is no weekday{meant(word, _DAYS) or '; write mon, tue, wed, thu, fri, sat or sun'}")


@cache
def zones() -> tuple[str, ...]:
    """The names of the IANA time zone database."""
    return tuple((files("tzdata") / "zones").read_text("utf-8").split())


_OFFSET = re.compile(r"(?:etc/)?(?:gmt|utc)\s?[+-]\s?\d{1,2}(?::?\d{2})?\Z")
_SHORT = {
    **dict.fromkeys(("est", "edt", "et"), "America/New_York"),
    **dict.fromkeys(("cst", "cdt", "ct"), "America/Chicago"),
    **dict.fromkeys(("mst", "mdt", "mt"), "America/Denver"),
    **dict.fromkeys(("pst", "pdt", "pt"), "America/Los_Angeles"),
    **dict.fromkeys(("cest", "mez", "mesz"), "Europe/Berlin"),
    "hst": "Pacific/Honolulu",
    "bst": "Europe/London",
    "ist": "Asia/Kolkata",
    "jst": "Asia/Tokyo",
    "aest": "Australia/Sydney",
}


def without_summer(name: str) -> str:
    """Of a zone that is a fixed offset: what to write instead, "" for any other."""
    low = name.strip().lower()
    if low in ("est", "mst", "hst"):
        return _SHORT[low]
    return "the zone of a city, such as America/New_York" if _OFFSET.match(low[:40]) else ""


def zone(text: str) -> ZoneInfo:
    if text not in zones():
        raise ValueError(f"{text[:60]!r} is no IANA time zone{_zone_meant(text)}")
    return ZoneInfo(text)


def _zone_meant(text: str) -> str:
    """Also for a city alone: `Berlin`, for short names: `PST`, and for Windows names."""
    from agent.facts.calendar.zones import known  # slow, so only to find words of help

    if short := _SHORT.get(text.strip().lower()):
        return f"; write {short}"
    if other := without_summer(text):
        return f"; an offset knows no summer time, write {other}"
    if isinstance(same := known(text), ZoneInfo):
        return f"; did you mean {same.key!r}?"
    word = text.strip().replace(" ", "_").lower()
    cities = [z for z in zones() if word and z.lower().rpartition("/")[2] == word]
    return f"; did you mean {cities[0]!r}?" if cities else meant(word, zones()) or "; write it like America/New_York"


def holidays(text: str) -> Mapping[date, str]:
    """`US`, `DE/BY`: a mapping that knows the public holidays of every year; `none` knows none."""
    if text.strip().lower() == "none":
        return {}
    import holidays as library

    country, slash, region = text.strip().upper().partition("/")
    try:
        if re.fullmatch(r"[A-Z]{2,3}", country) and bool(slash) == bool(region):
            return library.country_holidays(country, subdiv=region or None)
    except NotImplementedError:
        pass
    countries = library.list_supported_countries(include_aliases=True)  # slow, so only to find words of help
    if country not in countries:
        off = text.strip().lower() in ("off", "false")
        parted = re.sub(r"[\s_-]+", "/", country)
        known = parted.partition("/")[2] in countries.get(parted[:2], ())
        hint = "; write none" if off else f"; did you mean {parted!r}?" if known else meant(country, countries) if len(country) == 2 else ""
        raise ValueError(f"{text[:40]!r} is no country whose holidays are known{hint or '; write its two letters, such as US or DE/BY'}")
    raise ValueError(f"{country} has no region {region[:20]!r}{_among(countries[country])}")


def _among(regions: Iterable[str]) -> str:
    known = sorted(regions)
    return f"; it has {', '.join(known[:60])}" if known else "; write the country alone"


def email(text: str) -> Address:
    found = _EMAIL.match(text[:MOST].strip())
    made = people.address(text.strip(), "") if found and is_domain(found[1]) and ".." not in text else None
    if made is None:
        raise ValueError(f"{text[:80]!r} is no email address; write it like dana@northwind.example")
    return made


def domain(text: str) -> str:
    """A domain by its registrable part; a leading `@` is let pass."""
    bare = text.strip().lower().removeprefix("@").rstrip(".")
    if not is_domain(bare):
        host = bare.rpartition("@")[2]
        raise ValueError(f"{text[:80]!r} is no domain; write {host if is_domain(host) else 'it like acme.example'}")
    return people.registrable(bare)


def is_domain(text: str) -> bool:
    labels = text.split(".")
    return len(text) <= 253 and len(labels) > 1 and all(_LABEL.match(label) for label in labels) and not labels[-1].isdigit()


def person_or_domain(text: str) -> str:
    """An address key, or `@domain`: what a do-not-contact list holds. `*@acme.example` is its domain."""
    bare = text.strip().removeprefix("*")
    return email(bare).key if "@" in bare[1:] else f"@{domain(bare)}"


def _words(text: str) -> str:
    return " ".join(text[:200].lower().split())
