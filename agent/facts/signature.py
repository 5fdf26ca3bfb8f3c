"""Signatures, closings and legal notices at the end of what somebody wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from agent.bundled import lines as bundled

LONGEST = 15  # lines of a signature
_DELIMITERS = frozenset({"--", "\u2014", "__", "---", "\u2013\u2013", "-- "})
_AFTERTHOUGHT = re.compile(r"\s*P\.? ?[.]?S\b[.:,]?", re.IGNORECASE)
_SAYS = re.compile(r"[?]|[.!]\s+\S|\b(?:please|could you|can you|let me know|bitte|bonjour|por favor|graag)\b", re.IGNORECASE)


def signature_start(rows: Sequence[str], sender: str) -> int:
    """Where the signature of one run of lines begins; its length if there is none."""
    end = len(rows)
    first = max(0, end - 3 * LONGEST)
    for at in range(first, end):
        if rows[at].strip() in _DELIMITERS and _short(rows[at + 1 :]) and (first or any(row.strip() for row in rows[:at])):
            return _unless_afterthought(rows, at)
    written = [at for at in range(first, end) if rows[at].strip()]
    best = end
    for place, at in enumerate(written):
        left = len(written) - place - 1
        if left > LONGEST:
            continue
        found = _cut(rows, at, left, sender)
        if found >= 0 and not any(_SAYS.search(rows[line]) for line in written[place + 1 :] if not _AFTERTHOUGHT.match(rows[line])):
            best = found
            break
    if best == end and written and _name(rows[written[-1]], sender):
        best = written[-1]
    return _unless_afterthought(rows, best)


def _short(rows: Sequence[str]) -> bool:
    return sum(1 for row in rows if row.strip()) <= LONGEST


def _unless_afterthought(rows: Sequence[str], at: int) -> int:
    """A postscript below a signature is written text: then nothing is cut but what the writer's own lines end with."""
    return len(rows) if any(_AFTERTHOUGHT.match(row) for row in rows[at:]) else at


def _cut(rows: Sequence[str], at: int, left: int, sender: str) -> int:
    """The line from which to cut if `rows[at]` begins or announces a signature, else -1. `left` lines are below it."""
    row = rows[at].strip()
    if len(row) > 90:
        return -1
    bare = row.strip("*_~ \t").rstrip(",.!;: ").casefold()
    if left <= 3 and bare.startswith(_sent_from()):
        return at
    closings, thanks = _closings()
    if bare in closings:
        return at
    if bare in thanks:
        return at + 1 if left and _names(rows[at + 1 :], sender) else -1
    if row.count(",") == 1 and len(row) < 60:  # "Kind regards, Pat"
        ahead, _, name = row.partition(",")
        if ahead.strip().casefold() in closings and len(name.split()) <= 4 and left <= 8:
            return at
    return at if left and _name(row, sender) else -1


def _names(rows: Sequence[str], sender: str) -> bool:
    """Whether the first line below a "Thanks," is a name: a few capitalised words."""
    first = next((row.strip() for row in rows if row.strip()), "")
    words = first.split()
    return _name(first, sender) or (len(words) <= 4 and len(first) <= 40 and all(word[:1].isupper() for word in words) and first[-1] not in ".?!:")


def _name(row: str, sender: str) -> bool:
    """Whether a line is the sender's name or a part of it and nothing else."""
    words = row.strip(" \t-\u2013\u2014*_,.").casefold().split()
    names = sender.casefold().replace(",", " ").split()
    return bool(words) and len(words) <= 4 and len(row) <= 60 and all(word.strip(".,") in names for word in words)


@lru_cache(maxsize=1)
def _closings() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(entry.casefold() for entry in bundled("closings")), frozenset(entry.casefold() for entry in bundled("thanks_closings"))


@lru_cache(maxsize=1)
def _sent_from() -> tuple[str, ...]:
    return tuple(entry.casefold() for entry in bundled("sent_from"))


@lru_cache(maxsize=1)
def _notices() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(entry.casefold()) for entry in bundled("disclaimers")))


def unsaid(rows: Sequence[str], start: int, end: int) -> Iterable[int]:
    """The lines of the paragraphs that are legal or machine-made notices."""
    at = start
    while at < end:
        if not rows[at].strip():
            at += 1
            continue
        stop = at
        while stop < end and rows[stop].strip():
            stop += 1
        words = " ".join(rows[at:stop])[:4000].casefold().replace("\u2019", "'")
        if _notices().search(" ".join(words.split())):
            first = next((line for line in range(at, stop) if _notices().search(" ".join(rows[line : line + 2]).casefold())), at)
            yield from range(first, first + 1 if rows[first].lstrip()[:9].casefold().startswith(("[external", "external")) else stop)
        at = stop
