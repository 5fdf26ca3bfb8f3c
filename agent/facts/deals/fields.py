"""The fields of a deal as people and CRMs write them. Each raises `ValueError` with the end of a sentence."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

Status = Literal["open", "won", "lost"]

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}[\d:.,]{0,16}\s?(?:Z|[+-]\d{2}:?\d{2}|UTC)?)?\Z")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_DOTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?\Z")
_SLASHES = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:,? \d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?)?\Z", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?[ -]([a-z]{3,9})\.?,?[ -](\d{4})\Z", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\Z", re.IGNORECASE)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_STATUS: dict[str, Status] = {
    **dict.fromkeys(("open", "active", "in progress", "ongoing", "pending", "new", "working"), "open"),
    **dict.fromkeys(("won", "closed won", "closedwon", "win", "1 won", "signed"), "won"),
    **dict.fromkeys(("lost", "closed lost", "closedlost", "loss", "dead", "abandoned", "cancelled", "canceled"), "lost"),
}
YEARS = (1900, 2200)
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?\Z")


class Fault(Exception):
    """Why a deal cannot be read, and in which line."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line


def day(text: str) -> date:
    """ISO 8601, and what else cannot be mistaken: 12.01.2026, 12 Jan 2026, 25/01/2026. The time of day is cut."""
    found = text.strip()[:60]
    stated = _date(found)
    if not YEARS[0] <= stated.year <= YEARS[1]:
        raise ValueError(f"{found[:40]!r} lies in no year that a deal can have")
    return stated


def _date(found: str) -> date:
    try:
        if match := _ISO.match(found) or _COMPACT.match(found):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DOTS.match(found):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _SLASHES.match(found):
            return _slashed(int(match[1]), int(match[2]), int(match[3]))
        if match := _DAY_FIRST.match(found):
            return date(int(match[3]), _month(match[2]), int(match[1]))
        if match := _MONTH_FIRST.match(found):
            return date(int(match[3]), _month(match[1]), int(match[2]))
    except ValueError as error:
        raise ValueError(f"{found[:40]!r} is no date ({error})") from None
    raise ValueError(f"{found[:40]!r} is no date; write it like 2026-01-12")


def _slashed(first: int, second: int, year: int) -> date:
    if first == second or second > 12:
        return date(year, first, second)
    if first > 12:
        return date(year, second, first)
    raise ValueError("day and month cannot be told apart")


def _month(word: str) -> int:
    for number, name in enumerate(_MONTHS, 1):
        if name.startswith(word.lower()) or (name, word.lower()) == ("september", "sept"):
            return number
    raise ValueError("the month is unknown")


def status(text: str) -> Status:
    """The three words of the contract and what CRMs say instead."""
    word = " ".join(re.sub(r"[-_/–—]", " ", text[:60].casefold()).split())
    if word not in _STATUS:
        raise ValueError(f"{text[:40]!r} is no status; it is one of open, won, lost")
    return _STATUS[word]


def closed(stage: str) -> Status | None:
    """What a stage such as "Closed Won" says of the status."""
    word = " ".join(re.sub(r"[-_/–—:()]", " ", stage[:60].casefold()).split())
    return _STATUS[word] if word in ("won", "closed won", "closedwon", "lost", "closed lost", "closedlost") else None


def amount(text: str, written: bool = True) -> float:
    """`48000`, `48,000.50`, `48.000,50`, `€ 48 000`. `written` is a number in text, where 48.000 is a thousand times 48."""
    bare = re.sub(r"[\s\u00a0\u202f'’]|[a-zA-Z]{3}\b|[$€£¥]|,-\Z", "", text.strip()[:60])
    if written:
        bare = _plain(bare)
    if not _NUMBER.match(bare):
        raise ValueError(f"{text[:40]!r} is no amount; write it like 48000")
    return float(bare)


def _plain(bare: str) -> str:
    """The last of two marks is the decimal one; a lone mark before exactly three digits parts thousands."""
    comma, dot = bare.rfind(","), bare.rfind(".")
    decimal = "," if comma > dot else "."
    other = "." if decimal == "," else ","
    whole, mark, cents = bare.rpartition(decimal)
    lone = bool(mark) and other not in bare
    if not mark or (lone and (len(cents) == 3 or decimal in whole)):
        return bare.replace(",", "").replace(".", "") if _grouped(bare) else bare
    return f"{whole.replace(other, '')}.{cents}" if not re.search(re.escape(decimal), whole) else bare


def _grouped(bare: str) -> bool:
    return bool(re.match(r"-?\d{1,3}(?:[.,]\d{3}){0,5}\Z|-?\d{1,15}\Z", bare))
