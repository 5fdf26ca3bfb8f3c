"""A rule expands as dateutil expands it, wherever both follow RFC 5545.

Left out is where dateutil does not: `BYDAY=2SA,WE` (it wants both at once), BYSETPOS in a WEEKLY rule (its first week begins
with DTSTART), BYWEEKNO without BYDAY (it takes all seven days), and what never happens (it walks to the year 9999).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from agent.facts.calendar.rules import rule, times
from tests.needs import often

START = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def numbers(low: int, high: int, negative: bool = False) -> st.SearchStrategy[str]:
    number = st.integers(low, high)
    either = st.one_of(number, number.map(lambda value: -value)) if negative else number
    return st.lists(either, min_size=1, max_size=3, unique=True).map(lambda found: ",".join(map(str, found)))


def weekdays(freq: str) -> st.SearchStrategy[str]:
    """All with a number or all without."""
    counts = {"MONTHLY": ("1", "2", "4", "5", "-1", "-2"), "YEARLY": ("1", "2", "20", "-1", "-30")}.get(freq, ("",))
    plain = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=3, unique=True)
    counted = st.lists(st.tuples(st.sampled_from(counts), st.sampled_from(WEEKDAYS)).map("".join), min_size=1, max_size=3, unique=True)
    return st.one_of(plain, counted).map(",".join)


@st.composite
def rules(draw: st.DrawFn) -> str:
    freq = draw(st.sampled_from(("HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    parts = {
        "INTERVAL": st.integers(1, 5).map(str),
        "COUNT": st.integers(1, 40).map(str),
        "UNTIL": st.integers(0, 900).map(lambda days: (START + timedelta(days=days)).strftime("%Y%m%dT%H%M%S")),
        "BYMONTH": numbers(1, 12),
        "BYDAY": weekdays(freq),
        "WKST": st.sampled_from(WEEKDAYS),
    }
    if freq != "HOURLY":
        parts |= {"BYHOUR": numbers(0, 23), "BYMINUTE": numbers(0, 59)}
    if freq in ("DAILY", "MONTHLY", "YEARLY"):
        parts |= {"BYSETPOS": numbers(1, 5, negative=True), "BYMONTHDAY": numbers(1, 31, negative=True)}
    if freq == "YEARLY":
        parts |= {"BYYEARDAY": numbers(1, 366, negative=True)}
    chosen = draw(st.lists(st.sampled_from(sorted(parts)), max_size=4, unique=True))
    if {"COUNT", "UNTIL"} <= set(chosen):
        chosen.remove("UNTIL")
    return ";".join([f"FREQ={freq}", *(f"{name}={draw(parts[name])}" for name in chosen)])


@settings(max_examples=often(150, 1500), deadline=None)
@given(rules(), st.integers(0, 800), st.integers(0, 23), st.integers(-200, 800), st.integers(0, 250))
def test_a_rule_gives_what_dateutil_gives(text: str, day: int, hour: int, offset: int, length: int) -> None:
    start = START + timedelta(days=day, hours=hour, minutes=30)
    first = START + timedelta(days=offset)
    last = first + timedelta(days=length)
    mine = list(times(rule(text, lambda value: value), start, first, last))
    later = times(rule(endless(text), lambda value: value), start, last + timedelta(days=1), last + timedelta(days=365 * 9))
    assume(next(later, None))  # what never happens again takes dateutil to the year 9999
    assert mine == rrulestr(text, dtstart=start).between(first, last, inc=True)


def endless(text: str) -> str:
    return ";".join(part for part in text.split(";") if not part.startswith(("COUNT", "UNTIL")))
