"""Days and clock times in a sentence: a span grammar.

A span is a stretch of text and the days it names, resolved from the message's own date. What cannot be told (a weekday
and a date that disagree, 03/04 with nothing to tell day from month, "a few weeks") is a span without days: undated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache

from agent.model import WorkingTime
from agent.think.language import zones
from agent.think.language.openings import Cue, Index
from agent.think.language.pack import Times
from agent.think.language.sentences import Sentence
from agent.think.workdays import on_or_after, on_or_before

DAY = timedelta(days=1)
_DIGIT = re.compile(r"\d")
MOST = 12  # spans of one sentence
FARTHEST = 50  # years; a date beyond is no date
LONG = frozenset({"month", "quarter", "half", "year"})


@dataclass(frozen=True, slots=True)
class Span:
    """`first` to `last` are the days named, both included; None where they cannot be told."""

    start: int
    end: int
    first: date | None
    last: date | None
    grain: str = "day"  # day, week, month, quarter, half, year, end (a last working day), hours
    relation: str = ""  # after, by, before, until, since
    loose: bool = False  # a weekday alone, which is the next one unless the talk tells which
    counted: bool = False  # a day of the month without the month: "the 13th"


@dataclass(frozen=True, slots=True)
class Clock:
    start: int
    end: int
    at: time
    zone: tzinfo | None  # None: the sender's


@dataclass(frozen=True, slots=True)
class Context:
    """From where dates are resolved. `day_first`: what the text itself tells about 03/04; None: nothing."""

    sent: datetime
    working: WorkingTime
    other_zone: tzinfo | None = None
    day_first: bool | None = None

    @property
    def today(self) -> date:
        return self.sent.date()


# ------------------------------------------------------------------------------------------------------- arithmetic


def easter(year: int) -> date:
    """Western Easter Sunday (the Gregorian computus)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def month_of(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month; `month` may run beyond 12."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - DAY


def safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def period(unit: str, today: date, ahead: int) -> tuple[date, date]:
    """The week, month, quarter, half or year that is `ahead` of the one that holds `today`."""
    if unit == "week":
        monday = today - DAY * today.weekday() + 7 * DAY * ahead
        return monday, monday + 6 * DAY
    if unit == "year":
        return date(today.year + ahead, 1, 1), date(today.year + ahead, 12, 31)
    size = {"month": 1, "quarter": 3, "half": 6}.get(unit, 1)
    first = (today.month - 1) // size * size + 1 + size * ahead
    return month_of(today.year, first)[0], month_of(today.year, first + size - 1)[1]


def coming(today: date, month: int, day: int) -> date | None:
    """The next such day that has not passed (29 February: the next leap year's)."""
    for year in range(today.year, today.year + 9):
        found = safe(year, month, day)
        if found and found >= today:
            return found
    return None


# ------------------------------------------------------------------------------------------------------------ rules

Days = tuple[date | None, date | None, str]
UNDATED: Days = (None, None, "day")
Groups = Mapping[str, str | None]


def _one(day: date | None, grain: str = "day") -> Days:
    return day, day, grain


def _number(word: str | None, words: Times) -> int | None:
    if not word:
        return None
    digits = re.match(r"\d{1,4}", word)
    return int(digits.group()) if digits else words.numbers.get(word)


def _unit(g: Groups, words: Times) -> str:
    return words.units.get(" ".join((g.get("unit") or "").split()), "")


def _year(word: str | None) -> int | None:
    if not word:
        return None
    year = int(word.lstrip("'"))
    return year + 2000 if year < 100 else year


def _iso(g: Groups, words: Times, context: Context) -> Days:  # noqa: ARG001 - the shape of a rule
    return _one(safe(int(g["y"] or 0), int(g["m"] or 0), int(g["d"] or 0)))


def _numeric(g: Groups, words: Times, context: Context) -> Days:
    """a/b with an optional year: told by a number above 12, or by what the rest of the text tells."""
    a, b, year = int(g["a"] or 0), int(g["b"] or 0), _year(g.get("y"))
    first = True if a > 12 else False if b > 12 else True if a == b else context.day_first
    if first is None or (a > 12 and b > 12):
        return UNDATED
    day, month = (a, b) if first else (b, a)
    return _weekday_agrees(_dated(day, month, year, context), g, words)


def _dotted(g: Groups, words: Times, context: Context) -> Days:
    day = _dated(int(g["a"] or 0), int(g["b"] or 0), _year(g.get("y")), context)
    return _ranged(_weekday_agrees(day, g, words), g, words)


def _dated(day: int, month: int, year: int | None, context: Context) -> date | None:
    if not 1 <= month <= 12:
        return None
    return safe(year, month, day) if year else coming(context.today, month, day)


def _weekday_agrees(day: date | None, g: Groups, words: Times) -> Days:
    wanted = g.get("wd")
    if day is None or (wanted and words.weekdays.get(wanted.rstrip(".")) not in (None, day.weekday())):
        return UNDATED
    return _one(day)


def _day_month(g: Groups, words: Times, context: Context) -> Days:
    day, month = _number(g["d"], words), words.months.get((g["mon"] or "").rstrip("."))
    if day is None or month is None:
        return UNDATED
    return _ranged(_weekday_agrees(_dated(day, month, _year(g.get("y")), context), g, words), g, words)


def _ranged(days: Days, g: Groups, words: Times) -> Days:
    """ "3 to 14 August": `from` is the day it begins on, `until` (of "August 3 to 14") the one it ends on."""
    day, _, grain = days
    if day is None:
        return days
    begin, end = _number(g.get("from"), words), _number(g.get("until"), words)
    if begin and begin < day.day:
        return day.replace(day=begin), day, grain
    if end and end > day.day:
        return day, safe(day.year, day.month, end) or day, grain
    return days


def _ordinal(g: Groups, words: Times, context: Context) -> Days:
    """ "the 15th": of this month, or of the next that has it once it has passed."""
    day = _number(g["d"] or g.get("d_"), words)
    if not day or not 1 <= day <= 31:
        return UNDATED
    for ahead in range(4):
        found = safe(*_shift(context.today, ahead), day)
        if found and found >= context.today:
            return _ranged(_weekday_agrees(found, g, words), g, words)
    return UNDATED


def _weekday_number(g: Groups, words: Times, context: Context) -> Days:
    """ "Thursday 9" is the ninth if that is a Thursday; else, up to 12, an hour: "Thursday 2"."""
    days = _ordinal(g, words, context)
    return (None, None, "none") if days[0] is None and (_number(g["d"], words) or 0) <= 12 else days


def _shift(today: date, months: int) -> tuple[int, int]:
    first = month_of(today.year, today.month + months)[0]
    return first.year, first.month


def _month_day_of(g: Groups, words: Times, context: Context) -> Days:
    """ "the 5th of next month"."""
    day = _number(g["d"], words) or 0
    return _one(safe(*_shift(context.today, 1 if g.get("next") else 0), day))


def _weekday(g: Groups, words: Times, context: Context) -> Days:
    """The next one, never the day itself (`span_at` makes it the same day where "by" stands before it)."""
    wanted = words.weekdays.get((g["wd"] or "").rstrip("."))
    if wanted is None:
        return UNDATED
    if g.get("next"):  # "Tuesday next week"
        return _one(period("week", context.today, 1)[0] + DAY * wanted)
    day = context.today + DAY * ((wanted - context.today.weekday() - 1) % 7 + 1)
    return _one(day + 7 * DAY if g.get("week") else day)


def _month(g: Groups, words: Times, context: Context) -> Days:
    month = words.months.get((g["mon"] or "").rstrip("."))
    if month is None:
        return UNDATED
    year = _year(g.get("y"))
    if year is None:
        year = context.today.year + (1 if g.get("next") and month > context.today.month else 0)
        if month < context.today.month or (
            month == context.today.month and context.today > on_or_after(context.working, month_of(year, month)[0])
        ):
            year += 1
    return *month_of(year, month), "month"


def _quarter(g: Groups, words: Times, context: Context) -> Days:
    number = _number(g["n"], words)
    size = 6 if g.get("half") else 3
    if not number or number * size > 12:
        return UNDATED
    year = _year(g.get("y")) or context.today.year + (1 if g.get("next") else 0)
    first = month_of(year, (number - 1) * size + 1)[0]
    if not g.get("y") and not g.get("next") and context.today > on_or_after(context.working, first):
        first = first.replace(year=year + 1)
    return first, month_of(first.year, first.month + size - 1)[1], "half" if size == 6 else "quarter"


def _whole_year(g: Groups, words: Times, context: Context) -> Days:  # noqa: ARG001 - the shape of a rule
    year = int(g["y"] or 0)
    return date(year, 1, 1), date(year, 12, 31), "this year" if year == context.today.year else "year"


def _next(g: Groups, words: Times, context: Context) -> Days:
    unit = _unit(g, words)
    return *period(unit, context.today, 2 if g.get("over") else 1), unit


def _this(g: Groups, words: Times, context: Context) -> Days:
    """ "this week": until its last working day."""
    unit = _unit(g, words)
    return *period(unit, context.today, 0), "this " + unit


def _end_of(g: Groups, words: Times, context: Context) -> Days:
    """ "the end of the month": its last working day; `mid` its middle, `start` its first day (once passed, the next's)."""
    unit = _unit(g, words)
    for ahead in (1, 2) if g.get("next") else (0, 1):
        days = part_of((*period(unit, context.today, ahead), unit), "mid" if g.get("mid") else "start" if g.get("begin") else "end")
        if days[1] and days[1] >= context.today:
            return days
    return UNDATED


def _ahead(g: Groups, words: Times, context: Context) -> Days:
    """ "in two weeks": that many days, months or hours on; 0 stands for half of one."""
    number, unit = _number(g["n"], words), _unit(g, words)
    if number == 0:
        number, unit = {"year": (6, "month"), "month": (15, "day"), "day": (4, "hour"), "hour": (30, "minute")}.get(unit, (0, ""))
    if number is None or number > 400 or not unit:
        return UNDATED
    if unit in ("hour", "minute"):
        later = context.sent + timedelta(**{unit + "s": number})
        return _one(later.date(), "hours")
    if unit == "workday":
        day = context.today
        for _ in range(number):
            day = on_or_after(context.working, day + DAY)
        return _one(day)
    if unit in ("day", "week"):
        return _one(context.today + DAY * number * (7 if unit == "week" else 1))
    months = number * {"month": 1, "quarter": 3, "half": 6, "year": 12}[unit]
    first, last = month_of(context.today.year, context.today.month + months)
    return _one(min(last, first.replace(day=min(context.today.day, last.day))))


def _following(g: Groups, words: Times, context: Context) -> Days:  # noqa: ARG001 - the shape of a rule
    """ "the week after", "the next one": told by what was named before (`after_named`)."""
    return None, None, f"following {_unit(g, words)}"


def _from_weekday(g: Groups, words: Times, context: Context) -> Days:
    """ "a week from Monday", "two weeks on Tuesday"."""
    day = _weekday({"wd": g["wd"]}, words, context)[0]
    number = _number(g["n"], words) or 1
    return _one(day + 7 * DAY * number if day else None)


def _nth_week(g: Groups, words: Times, context: Context) -> Days:
    """ "the second week of November": its Monday; the first begins with the month, the last with its last Monday."""
    first, last, _ = _month(g, words, context)
    number = _number(g["n"], words)
    if first is None or last is None:
        return UNDATED
    if number == 1:
        return _one(first, "part")
    monday = first + DAY * (-first.weekday() % 7)
    if number is None:
        return _one(last - DAY * last.weekday(), "part")
    return _one(monday + 7 * DAY * (number - 1 - (0 < first.weekday() < 5)), "part")


def _half_month(g: Groups, words: Times, context: Context) -> Days:
    """ "the second half of October" in one word: its middle; the first half is its first day."""
    return part_of(_month(g, words, context), "start" if _number(g["n"], words) == 1 else "mid")


def _fortnight(g: Groups, words: Times, context: Context) -> Days:  # noqa: ARG001 - the shape of a rule
    return _one(context.today + 14 * DAY)


def _offset(g: Groups, words: Times, context: Context) -> Days:  # noqa: ARG001 - the shape of a rule
    """Days from today, told by which group is there: `d0` today, `d1` tomorrow, `d2` the day after."""
    return _one(context.today + DAY * next(n for n in (0, 1, 2) if g.get(f"d{n}")))


def _week_number(g: Groups, words: Times, context: Context) -> Days:
    number, year = _number(g["n"], words) or 0, _year(g.get("y")) or context.today.year
    try:
        monday = date.fromisocalendar(year, number, 1)
        if monday + 6 * DAY < context.today and not g.get("y"):
            monday = date.fromisocalendar(year + 1, number, 1)
    except ValueError:
        return UNDATED
    return monday, monday + 6 * DAY, "week"


def _new_year(g: Groups, words: Times, context: Context) -> Days:  # noqa: ARG001 - the shape of a rule
    """The first working day after the next 1 January."""
    first = date(context.today.year + (0 if context.today == date(context.today.year, 1, 1) else 1), 1, 1)
    return _one(on_or_after(context.working, first + DAY), "settled")


def _feast(g: Groups, words: Times, context: Context) -> Days:
    name = words.feasts.get(" ".join((g["feast"] or "").split()), "")
    for year in (context.today.year, context.today.year + 1):
        days = _feast_days(name, year)
        if days and days[1] >= context.today:
            return *days, "feast"
    return UNDATED


NTH = {"thanksgiving": (11, 3, 4), "labor_day": (9, 0, 1), "memorial_day": (5, 0, -1)}
FIXED = {
    "new_year": (1, 1),
    "epiphany": (1, 6),
    "may_day": (5, 1),
    "independence_day": (7, 4),
    "halloween": (10, 31),
    "boxing_day": (12, 26),
}


def _feast_days(name: str, year: int) -> tuple[date, date] | None:
    if name in ("easter", "pentecost"):
        sunday = easter(year) + (49 * DAY if name == "pentecost" else 0 * DAY)
        return sunday, sunday
    if name in ("christmas", "christmas_two"):
        return date(year, 12, 24), date(year, 12, 26 if name == "christmas_two" else 25)
    if name in NTH:
        day = _nth(year, *NTH[name])
        return day, day
    if name in FIXED:
        day = date(year, *FIXED[name])
        return day, day
    return None


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    """The first, second, … such weekday of a month; -1 the last."""
    first, last = month_of(year, month)
    if number < 0:
        return last - DAY * ((last.weekday() - weekday) % 7)
    return first + DAY * ((weekday - first.weekday()) % 7 + 7 * (number - 1))


def _vague(g: Groups, words: Times, context: Context) -> Days:  # noqa: ARG001 - the shape of a rule
    return None, None, "vague"


def _past(g: Groups, words: Times, context: Context) -> Days:  # noqa: ARG001 - the shape of a rule
    return None, None, "past"


# All rules take the same three arguments, whether they need them or not.
RULES: Mapping[str, Callable[[Groups, Times, Context], Days]] = {
    "iso": _iso,
    "numeric": _numeric,
    "dotted": _dotted,
    "day_month": _day_month,
    "ordinal": _ordinal,
    "weekday_number": _weekday_number,
    "day_of_month": _month_day_of,
    "weekday": _weekday,
    "month": _month,
    "quarter": _quarter,
    "year": _whole_year,
    "next": _next,
    "this": _this,
    "end_of": _end_of,
    "ahead": _ahead,
    "following": _following,
    "from_weekday": _from_weekday,
    "offset": _offset,
    "fortnight": _fortnight,
    "nth_week": _nth_week,
    "half_month": _half_month,
    "week_number": _week_number,
    "new_year": _new_year,
    "feast": _feast,
    "vague": _vague,
    "past": _past,
}


def part_of(days: Days, part: str) -> Days:
    """The start, middle or end of a period."""
    first, last, grain = days
    if first is None or last is None:
        return days
    unit = grain.removeprefix("this ")
    if part == "end":
        return first, last, "end"
    if part == "start":
        return _one(first, "part")
    middle = {"week": first + 2 * DAY, "month": first.replace(day=15) if first.day == 1 else first, "year": date(first.year, 7, 1)}
    return _one(middle.get(unit, first + (last - first) // 2), "part")


def _part(days: Days, part: str, free: bool, today: date) -> Days:
    """`free`: the year was ours to choose, and a later part of the period may not have passed yet this year."""
    if free and days[0] and days[1] and days[0].year > today.year:
        earlier = part_of((days[0].replace(year=days[0].year - 1), month_of(days[1].year - 1, days[1].month)[1], days[2]), part)
        if earlier[1] and earlier[1] >= today:
            return earlier
    return part_of(days, part)


# ------------------------------------------------------------------------------------------------------------ spans


def spans(low: str, words: Times, context: Context) -> list[Span]:
    """All days that a sentence names, in order of place."""
    searched = _searched(words)
    if not _DIGIT.search(low) and not searched.has("words", low):
        return []
    taken: list[Span] = []
    weekdays: dict[int, bool] = {}  # where weekdays stand, and whether with their week ("Tuesday next week")
    shut: frozenset[str] | None = None
    for name, rule in _names(words):
        if not searched.has(name, low):
            continue
        shut = _shut(low, words) if shut is None else shut
        for match in searched.each(name, low) if rule not in shut else ():
            if len(taken) < MOST and not any(s.start < match.end() and match.start() < s.end for s in taken):
                span = _span(low, match, rule, words, context)
                if span.grain != "none":
                    taken.append(span)
                if rule == "weekday":
                    weekdays[span.start] = any(match.groupdict().get(name) for name in ("week", "next"))
    found = sorted(taken, key=lambda s: s.start)
    found = _behind(_listed(low, _narrowed(found, weekdays), weekdays), weekdays) if len(found) > 1 and weekdays else found
    return [replace(s, loose=True) if weekdays.get(s.start) is False else s for s in found]


@cache
def _searched(words: Times) -> Index:
    """The spans, by their names below, the clocks and the words."""
    spans = {name: pattern for (name, _), (_, pattern) in zip(_names(words), words.spans, strict=True)}
    clocks = {f"clock {number}": pattern for number, pattern in enumerate(words.clocks)}
    return Index({name: Cue.of(pattern) for name, pattern in (spans | clocks | {"words": words.words}).items()})


@cache
def _names(words: Times) -> tuple[tuple[str, str], ...]:
    """A name for each of the spans, and its rule."""
    return tuple((f"{rule} {number}", rule) for number, (rule, _) in enumerate(words.spans))


NEAR = 24  # characters between a week and the weekday meant in it
LISTED = re.compile(r"[^\w]*(?:\w{1,4}[^\w]+){0,4}")  # between the days of a list: "at 10 or"
HOUR = re.compile(r"[^\w]*(?:[^\W\d]{1,2}[^\w]+)?\d[\d:.]{0,4}[^\w]*(?:[^\W\d]{1,3}[^\w]+)?")


def _in_week(span: Span, week: Span) -> Span:
    if not span.first or not week.first:
        return span
    day = week.first - DAY * week.first.weekday() + DAY * span.first.weekday()
    return replace(span, first=day, last=day)


def _narrowed(found: list[Span], weekdays: dict[int, bool]) -> list[Span]:
    """ "Next week, ideally on Tuesday or Thursday" means days of that week."""
    made: list[Span] = []
    week: Span | None = None
    for span in found:
        if week and weekdays.get(span.start) is False and span.start - made[-1].end <= NEAR:
            if made[-1] is week:
                made.pop()
            made.append(_in_week(span, week))
            weekdays[span.start] = True
            continue
        week = span if span.grain == "week" and not span.relation else None
        made.append(span)
    return made


def _listed(low: str, found: list[Span], weekdays: dict[int, bool]) -> list[Span]:
    """ "Tuesday or Thursday next week", "Tuesday at 10 next week": the week stands behind."""
    made: list[Span] = []
    for span in reversed(found):
        after = made[-1] if made else None
        between = low[span.end : after.start] if after else ""
        week = None
        if after and weekdays.get(span.start) is False and len(between) <= NEAR:
            if weekdays.get(after.start) and LISTED.fullmatch(between):
                week = after
            elif after.grain == "week" and not after.relation and HOUR.fullmatch(between):
                week = made.pop()
        if week:
            weekdays[span.start] = True
        made.append(_in_week(span, week) if week else span)
    return made[::-1]


def _behind(found: list[Span], weekdays: dict[int, bool]) -> list[Span]:
    """ "The Monday after Thanksgiving"."""
    made: list[Span] = []
    for span in found:
        before = made[-1] if made else None
        if (
            before
            and before.first
            and span.relation == "after"
            and span.last
            and weekdays.get(before.start) is False
            and span.start - before.end < 2
        ):
            day = span.last + DAY * ((before.first.weekday() - span.last.weekday() - 1) % 7 + 1)
            made[-1] = replace(before, first=day, last=day, end=span.end)
            weekdays[before.start] = True
        else:
            made.append(span)
    return made


def after_named(found: list[Span], named: Span | None, context: Context) -> list[Span]:
    """The spans of a sentence, with what is counted from the day `named` before: "12 October, so call on the 13th"."""
    made: list[Span] = []
    for given in found:
        span = _counted(given, named, context)
        if span.grain:
            made.append(span)
            named = span if span.last else named
    return made


def _counted(span: Span, named: Span | None, context: Context) -> Span:
    if span.grain.startswith("following"):
        first, last, grain = _after(span.grain.split(" ")[1], named, context)
        return replace(span, first=first, last=last, grain=grain)
    if not (span.counted and span.first and named and named.first and named.grain == "day" and span.first < named.first):
        return span
    day = safe(named.first.year, named.first.month, span.first.day)
    near = day is not None and DAY <= day - named.first <= 7 * DAY and named.first - context.today < 180 * DAY
    return replace(span, first=day, last=day) if near else span


def _after(unit: str, named: Span | None, context: Context) -> Days:
    """The week, month, … after what was named; nothing ("") where that does not tell which."""
    unit = unit or (named.grain.removeprefix("this ") if named else "")
    if unit not in LONG | {"week"}:
        return None, None, ""
    last = named.last if named and named.last else context.today
    return *period(unit, max(last, context.today), 1), unit


def _shut(low: str, words: Times) -> frozenset[str]:
    """Rules that cannot match, because a kind of word that they all need is missing; this saves most of the work."""
    shut: tuple[str, ...] = ()
    if not _DIGIT.search(low):
        shut += ("iso", "numeric", "dotted", "week_number", "day_of_month")
    for rules, kind in _needed(words):
        if not kind.search(low):
            shut += rules
    return frozenset(shut)


@cache
def _needed(words: Times) -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    """Rules, and the kind of word that they all need."""
    return (
        (("day_month", "month", "nth_week", "half_month"), _any_of(words.months)),
        (("weekday", "from_weekday"), _any_of(words.weekdays)),
        (("next", "this", "end_of", "ahead"), _any_of(words.units)),
        (("feast",), _any_of(words.feasts)),
    )


def _any_of(kind: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word).replace(r"\ ", r"\s+") for word in kind))


def _span(low: str, match: re.Match[str], rule: str, words: Times, context: Context) -> Span:
    try:
        days = RULES[rule](match.groupdict(), words, context)
    except (ValueError, OverflowError):  # years beyond what a date can hold
        days = UNDATED
    if days[0] and abs(days[0].year - context.today.year) > FARTHEST:
        days = UNDATED
    start = match.start("span") if "span" in match.re.groupindex else match.start()
    before = low[max(0, start - 48) : start]
    unit = days[2].removeprefix("this ")
    part = words.part.search(before) if unit in LONG or unit == "week" else None
    if part:
        free = not match.groupdict().get("y") and not match.groupdict().get("next") and rule in ("month", "quarter")
        days, start, before = (
            _part(days, part.lastgroup or "", free, context.today),
            start - len(before) + part.start(),
            before[: part.start()],
        )
    relation = words.relation.search(before)
    name = (relation.lastgroup or "") if relation else ""
    if relation:
        start = start - len(before) + relation.start()
    if not name and words.over and words.over.match(low, match.end()):
        name = "after"
    if name in ("after", "until") and rule in ("month", "quarter") and days[0] and days[1]:
        days = _running(days, match.groupdict(), context.today)
    span = Span(start, match.end(), *days, name, counted=rule == "ordinal")
    if name == "week" and span.first and span.grain == "day":
        monday = span.first - DAY * span.first.weekday()
        return replace(span, first=monday, last=monday + 6 * DAY, grain="week", relation="")
    if name == "week_after" and span.last:
        monday = span.last + DAY * (7 - span.last.weekday())
        return replace(span, first=monday, last=monday + 6 * DAY, grain="week", relation="")
    later = match.groupdict().get("next") or match.groupdict().get("coming")  # "next Tuesday" is never today
    if name == "by" and rule == "weekday" and span.first == context.today + 7 * DAY and not later:
        return replace(span, first=context.today, last=context.today)
    return span


def _running(days: Days, g: Groups, today: date) -> Days:
    """ "after October", said in October, is after this one."""
    first, last, grain = days
    if first is None or last is None or g.get("y") or g.get("next") or first.year <= today.year:
        return days
    end = month_of(last.year - 1, last.month)[1]
    return (first.replace(year=first.year - 1), end, grain) if end >= today else days


def day_for(span: Span, kind: str, context: Context) -> date | None:
    """The day that a span means for an act of this kind (see "Reading mail" in the documentation)."""
    first, last, working = span.first, span.last, context.working
    if first is None or last is None:
        return None
    try:
        return _day_for(span, first, last, kind, working, context.today)
    except OverflowError:
        return None


def _day_for(span: Span, first: date, last: date, kind: str, working: WorkingTime, today: date) -> date | None:
    if span.relation == "after" or (span.relation in ("until", "by") and kind == "absence"):
        return on_or_after(working, last + DAY)
    if kind == "absence" and last > first and span.grain == "day":
        return on_or_after(working, last + DAY)
    if span.grain == "feast" and span.relation == "before":
        return max(on_or_before(working, first - DAY), today)
    if span.grain == "end" or span.grain.startswith("this "):
        return on_or_before(working, last)
    if span.grain in LONG:
        return on_or_after(working, first)
    if kind == "promise":
        day = on_or_before(working, first - DAY if span.relation == "before" else first)
        return day if day >= today else on_or_after(working, today)
    if kind in ("deferral", "absence"):
        return on_or_after(working, first)
    return first


# ----------------------------------------------------------------------------------------------------------- clocks


def clocks(low: str, words: Times, context: Context, taken: list[Span]) -> list[Clock]:
    """All clock times that a sentence names, outside the stretches that are days."""
    found: list[Clock] = []
    searched = _searched(words)
    for number in range(len(words.clocks)):
        for match in searched.each(f"clock {number}", low):
            start, end = match.span("clock") if "clock" in match.re.groupindex else match.span()
            busy = any(s.start < end and start < s.end for s in taken if s.grain != "hours") or any(
                c.start < end and start < c.end for c in found
            )
            at = None if busy or len(found) >= MOST else _time(match.groupdict(), words)
            if at is not None:
                found.append(Clock(start, end, at, None))
    found.sort(key=lambda c: c.start)
    return _zoned(low, found, words, context) if found else found


def _time(g: Groups, words: Times) -> time | None:
    if g.get("noon"):
        return time(12)
    hour, minute = _number(g.get("h"), words), int(g.get("m") or 0)
    if hour is None or hour > 24 or minute > 59:
        return None
    if g.get("half"):  # "halb drei"
        hour, minute = hour - 1, 30
    if g.get("past"):  # "half past three"
        minute = 30
    if g.get("quarter"):
        minute = 15
    if g.get("to"):
        hour, minute = hour - 1, 45
    half = (g.get("ap") or "")[:1]
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    elif not half and not (g.get("exact") and len(g["h"] or "") > 1) and 1 <= hour <= 6:  # business hours: "at three" is in the afternoon
        hour += 12
    return time(hour % 24, minute) if hour >= 0 else None


def _zoned(low: str, found: list[Clock], words: Times, context: Context) -> list[Clock]:
    named = [(m.start(), _zone(m, context)) for m in words.zones.finditer(low)][:MOST]
    named = [(at, zone) for at, zone in named if zone is not None]
    if not named:
        return found
    return [replace(c, zone=next((z for at, z in named if at >= c.end), named[-1][1])) for c in found]


def _zone(match: re.Match[str], context: Context) -> tzinfo | None:
    g = match.groupdict()
    if g.get("yours"):
        return context.other_zone
    if g.get("mine"):
        return context.sent.tzinfo
    return zones.zone(g.get("offset") or g.get("place") or g.get("abbr") or "")


def moment(day: date, clock: Clock, context: Context) -> datetime:
    return datetime.combine(day, clock.at, clock.zone or context.sent.tzinfo)


NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})[/.-](\d{1,2})(?:[/.-]\d{2,4})?(?![\d/])")


def day_first(found: list[Sentence]) -> bool | None:
    """What a text tells about the order of day and month in its numbers; None where it tells nothing, or both."""
    told = {int(a) > 12 for s in found for a, b in NUMERIC.findall(s.low) if (int(a) > 12) != (int(b) > 12) and max(int(a), int(b)) <= 31}
    return told.pop() if len(told) == 1 else None
