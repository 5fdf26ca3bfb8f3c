"""Signatures, closings and legal notices at the end of what somebody wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from agent.bundled import lines as bundled

LONGEST = 15  # lines of a signature
_DELIMITERS = frozenset({"--", "\u2014", "__"})
_RULE = "-_\u2013\u2014 "
_AFTERTHOUGHT = re.compile(r"\s*P\.? ?[.]?S\b[.:,]?", re.IGNORECASE)
_INNER = re.compile(r"[\w\[](?:.*\w)?")  # without what stands around words
_SENT_FROM = re.compile(r"Sent from [A-Z]")
_SAYS = re.compile(r"[?](?:\s|$)|\b(?:please|could you|can you|let me know|bitte|bonjour|por favor|graag)\b", re.IGNORECASE)


def signature_start(rows: Sequence[str], sender: str) -> int:
    """Where the signature of one run of lines begins; its length if there is none. A postscript below one undoes it."""
    end = len(rows)
    for _ in range(3):  # a closing with a name, above a delimiter with a card, above "Sent from my phone"
        found = _start(rows[max(0, end - 3 * LONGEST) : end], sender) + max(0, end - 3 * LONGEST)
        if found == end:
            break
        end = found
    return len(rows) if any(_AFTERTHOUGHT.match(row) for row in rows[end:]) else end


def _start(rows: Sequence[str], sender: str) -> int:
    end = len(rows)
    for at in range(end):
        row = rows[at].strip()
        if row and row[0] in _RULE and not row.strip(_RULE) and _delimits(row, rows[at + 1 :]):
            return at
    written = [at for at in range(end) if rows[at].strip()]
    for place in range(max(0, len(written) - 1 - LONGEST), len(written)):
        at, left = written[place], len(written) - place - 1
        found = _cut(rows, at, left, sender)
        named = bool(place and left) and _name(rows[at], sender)
        if found < 0 and not named:
            continue
        below = [rows[line] for line in written[place + 1 :]]
        if named and _card(rows, at, below):
            return at
        if _says(below):
            continue
        if found >= 0 or not any(map(_sentence, below)):
            return found if found >= 0 else at
    return written[-1] if len(written) > 1 and _name(rows[written[-1]], sender) else end


def _card(rows: Sequence[str], at: int, below: Sequence[str]) -> bool:
    """Whether a full name stands apart with who they are right under it; an advertisement below that may ask something."""
    apart = " " in rows[at].strip() and not rows[at - 1].strip() and all(rows[at + 1 :][: len(below)])
    return apart and len(below) > 1 and not _sentence(below[0]) and not _says(below[:1])


def _says(rows: Iterable[str]) -> bool:
    return any(_SAYS.search(row[:400]) for row in rows if not _AFTERTHOUGHT.match(row))


def _sentence(row: str) -> bool:
    return row.rstrip().endswith((".", "!", "?")) and len(row.split()) > 4


def _delimits(row: str, below: Sequence[str]) -> bool:
    """Whether a line of dashes is the delimiter of a signature; a ruler counts if nothing below it is a sentence."""
    if not _short(below):
        return False
    return row in _DELIMITERS or (len(row) < 40 and any(below) and not _says(below) and not any(map(_sentence, below)))


def _short(rows: Sequence[str]) -> bool:
    return sum(1 for row in rows if row.strip()) <= LONGEST


def _cut(rows: Sequence[str], at: int, left: int, sender: str) -> int:
    """The line from which to cut if `rows[at]` begins or announces a signature, else -1. `left` lines are below it."""
    row = rows[at].strip()
    if len(row) > 90:
        return -1
    inner = _INNER.search(row)
    bare = inner[0].casefold() if inner else ""
    if left <= 3 and (bare.startswith(_sent_from()) or _SENT_FROM.match(row)) and "," not in row and len(row.split()) <= 9:
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
    return -1


def _names(rows: Sequence[str], sender: str) -> bool:
    """Whether the first line below a "Thanks," is a name: a few capitalised words."""
    first = next((row.strip() for row in rows if row.strip()), "")
    words = first.split()
    return _name(first, sender) or (
        len(words) <= 4 and len(first) <= 40 and all(word[:1].isupper() for word in words) and first[-1] not in ".?!:"
    )


def _name(row: str, sender: str) -> bool:
    """Whether a line is the sender's name or a part of it and nothing else."""
    words = row.strip(" \t-\u2013\u2014*_,.").casefold().split()
    return bool(words) and len(words) <= 4 and len(row) <= 60 and all(word.strip(".,") in _words(sender) for word in words)


@lru_cache(maxsize=1024)
def _words(sender: str) -> frozenset[str]:
    return frozenset(sender.casefold().replace(",", " ").split())


@lru_cache(maxsize=1)
def _closings() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(entry.casefold() for entry in bundled("closings")), frozenset(entry.casefold() for entry in bundled("thanks_closings"))


@lru_cache(maxsize=1)
def _sent_from() -> tuple[str, ...]:
    return tuple(entry.casefold() for entry in bundled("sent_from"))


@lru_cache(maxsize=1)
def _notices() -> tuple[tuple[str, ...], dict[str, list[str]]]:
    """The phrases of notices: those of one or two words, and the longer ones by a word that stands whole within them."""
    short: list[str] = []
    long: dict[str, list[str]] = {}
    for phrase in (entry.casefold() for entry in bundled("disclaimers")):
        inner = phrase.split()[1:-1]
        (long.setdefault(max(inner, key=len), []) if inner else short).append(phrase)
    return tuple(short), long


def _notice(text: str, most: int = 4000) -> bool:
    words = text[:most].casefold().replace("\u2019", "'").split()
    plain = " ".join(words)
    if len(plain) < 9:
        return False
    short, long = _notices()
    for phrase in short:  # a loop is half the price of a generator here, and every mail comes by
        if phrase in plain:
            return True
    return any(phrase in plain for word in long.keys() & set(words) for phrase in long[word])


def unsaid(rows: Sequence[str], start: int, end: int) -> Iterable[int]:
    """The lines of the paragraphs that are legal or machine-made notices."""
    everything = " ".join(rows[start:end])
    at = start if _notice(everything, len(everything)) else end  # what no paragraph holds is not looked for in each
    while at < end:
        if not rows[at].strip():
            at += 1
            continue
        stop = at
        while stop < end and rows[stop].strip():
            stop += 1
        if _notice(" ".join(rows[at : min(stop, at + 100)])):
            first = next((line for line in range(at, min(stop, at + 100)) if _notice(" ".join(rows[line : line + 2]))), at)
            banner = rows[first].lstrip()[:9].casefold().startswith(("[external", "external"))
            yield from range(first, first + 1 if banner else stop)
        at = stop
