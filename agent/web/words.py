"""Filters of the templates: every function here that is public is one, under its own name.

`now` is always in the rep's zone, and so is every time that is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any
from urllib.parse import quote

from agent.desk import words
from agent.desk.views import look
from agent.desk.views.frame import Frame, frame
from agent.model import WorkingTime
from agent.think import workdays
from agent.think.detect import kinds
from agent.web.inbox import Inbox

_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
MANY = 500  # items that are worth a word while they are read
_CURRENCIES = {"USD": "$", "EUR": "€", "GBP": "£"}


def around(inbox: Inbox) -> Frame:
    """What stands around the page; read for it, whatever page it is."""
    with inbox.store.read() as connection:
        return frame(connection, inbox.clock(), _told(inbox.progress()))


def iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def precise(moment: datetime) -> str:
    """For scripts: RFC 3339 with fractions."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def micros(moment: datetime) -> int:
    """Since 1970."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def stamp(moment: datetime, now: datetime) -> str:
    """Day and time: "Today 16:00", "Thu 12 Mar, 16:00"."""
    local = moment.astimezone(now.tzinfo)
    name = _near(local.date(), now.date())
    return f"{name} {local:%H:%M}" if name else f"{_weekday(local.date(), now.date())}, {local:%H:%M}"


def amid(day: str) -> str:
    """A day within a sentence: "today 16:00"."""
    return day[:1].lower() + day[1:] if day.startswith(("To", "Yes")) else day


def clock(moment: datetime, now: datetime) -> str:
    return f"{moment.astimezone(now.tzinfo):%H:%M}"


def day(when: date | str, now: datetime) -> str:
    """A moment in the rep's zone, a date, or an ISO date."""
    if isinstance(when, str):
        when = date.fromisoformat(when)
    found = when.astimezone(now.tzinfo).date() if isinstance(when, datetime) else when
    return _near(found, now.date()) or _weekday(found, now.date())


def short(moment: datetime, now: datetime) -> str:
    """As little as tells it: the time today, else the day."""
    local = moment.astimezone(now.tzinfo)
    if local.date() == now.date():
        return f"{local:%H:%M}"
    return f"{local.day} {local:%b}" if local.year == now.year else f"{local.day} {local:%b %Y}"


def ago(moment: datetime, now: datetime, working: WorkingTime) -> str:
    """How long ago, from a day on in working days."""
    past = now - moment
    if past < timedelta():
        return ahead(moment, now)
    if past < _MINUTE:
        return "just now"
    if past < _HOUR:
        return _many(past // _MINUTE, "minute") + " ago"
    local = moment.astimezone(now.tzinfo)
    if local.date() == now.date():
        return _many(past // _HOUR, "hour") + " ago"
    days = _working_days(local.date(), now.date(), working)
    return f"{_many(days, 'working day')} ago" if days else _many((now.date() - local.date()).days, "day") + " ago"


def ahead(moment: datetime, now: datetime) -> str:
    left = moment - now
    if left <= timedelta():
        return "now"
    if left < _MINUTE:
        return f"in {left.seconds} s"
    if left < _HOUR:
        return "in " + _many(left // _MINUTE, "minute")
    local = moment.astimezone(now.tzinfo)
    days = (local.date() - now.date()).days
    return "in " + (_many(left // _HOUR, "hour") if days == 0 else _many(days, "day"))


def seconds(moment: datetime, now: datetime) -> int:
    """Left until then, at least 0."""
    return max(0, int((moment - now).total_seconds()))


def zoned(moment: datetime, zone: tzinfo) -> str:
    """The same moment elsewhere: "Fri 13 Mar, 14:30 (UTC+1)"."""
    local = moment.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b}, {local:%H:%M} ({_offset(local)})"


def money(amount: float | None, currency: str = "") -> str:
    if amount is None:
        return ""
    number = f"{amount:,.0f}"
    sign = _CURRENCIES.get(currency.upper())
    return f"{sign}{number}" if sign else f"{number} {currency}".strip()


def count(number: int, noun: str, many: str = "") -> str:
    return _many(number, noun, many)


def reason(kind: str) -> str:
    return words.said(words.REASONS, kind)


def rung(word: str) -> str:
    return words.said(words.RUNGS, word)


def verdict(word: str) -> str:
    return words.said(words.VERDICTS, word)


def state(word: str, reason: str = "") -> str:
    return words.state(word, reason)


def source(word: str) -> str:
    return words.said(words.SOURCES, word)


def notice(word: str) -> str:
    return words.said(words.NOTICES, word)


def act(word: str) -> str:
    return words.said(words.ACTS, word).lower() if word not in words.ACTS else words.ACTS[word]


def actor(word: str) -> str:
    return words.said(words.ACTORS, word)


def family(kind: str) -> str:
    """What colour a reason has: whose turn it is, or what is at risk."""
    return kinds()[kind].WHOSE if kind in kinds() else "theirs"


def part(text: str) -> str:
    """One segment of an address."""
    return quote(text, safe="")


def anchored(key: str, kind: str) -> str:
    """The id of an item on its page."""
    return look.anchor(kind, key)


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!", "”")) else ".")


def bars(numbers: Sequence[int]) -> str:
    """A path of one bar for each, 8 apart, 22 high at the most; none is a stroke on the ground."""
    top = max(3, *numbers)
    tall = [max(1.0, round(22 * number / top, 1)) for number in numbers]
    return "".join(f"M{8 * place} 22v-{height}h6v{height}z" for place, height in enumerate(tall))


def _told(progress: Any) -> str:
    """Of a round that has much to read; the others are over before one has read the sentence."""
    done, total = getattr(progress, "done", 0), getattr(progress, "total", None)
    if max(done, total or 0) < MANY:
        return ""
    return f"Reading {progress.section}: {done:,}" + (f" of {total:,}" if total else "")


def _near(found: date, today: date) -> str:
    return {0: "Today", -1: "Yesterday", 1: "Tomorrow"}.get((found - today).days, "")


def _weekday(found: date, today: date) -> str:
    return f"{found:%a} {found.day} {found:%b}" + (f" {found.year}" if found.year != today.year else "")


def _many(number: int, noun: str, many: str = "") -> str:
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"


def _working_days(start: date, end: date, working: WorkingTime) -> int:
    """Working days after `start` up to `end`; far in the past by the week, for nobody counts holidays there."""
    span = (end - start).days
    if span > 366:
        return span * len(working.days) // 7
    return sum(workdays.works(working, start + _DAY * n) for n in range(1, span + 1))


def _offset(local: datetime) -> str:
    minutes = int((local.utcoffset() or timedelta()).total_seconds()) // 60
    sign = "+" if minutes >= 0 else "−"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
