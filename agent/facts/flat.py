"""Whether a mail surely holds neither calendars nor carried messages, told by the beginnings of its parts alone."""

from __future__ import annotations

import re
from functools import lru_cache

from agent.facts.parts import DEPTH, EMPTY_LINE, PARTS

_BOUNDARY = re.compile(rb"boundary\s{0,9}=\s{0,9}\"?([^\"; \t\r\n]+)", re.IGNORECASE)
_NESTED = (b"multipart/alternative", b"multipart/mixed", b"multipart/related")
_ENDS = (b"\r\n", b"\n", b"--\r\n", b"--\n")  # of a delimiter line that is surely one
_HEAD = 1000  # bytes looked at of a part's header
_LEVELS = 3


def flat(raw: bytes, begins: int, kind: bytes) -> bool:
    """`kind` is the Content-Type of the mail, `begins` where its body does. False where it is not sure, too."""
    if not kind[:40].lower().startswith(_NESTED):
        return False
    return 0 <= _parts(raw, begins, len(raw), kind[:_HEAD]) < PARTS or _nothing_inside(raw[begins:].lower())


def _parts(raw: bytes, begins: int, end: int, kind: bytes, level: int = 1) -> int:
    """How many parts a multipart has if all are of no interest, else -1."""
    boundary = _BOUNDARY.search(kind)
    if not boundary or kind.lower().count(b"boundary") > 1:
        return -1
    mark = b"\n--" + boundary[1]
    count, at = 0, raw.find(mark, begins - 1, end)
    while at >= 0 and count < PARTS:
        at += len(mark)
        after = raw.find(mark, at, end)
        stop = after if after >= 0 else end
        empty = EMPTY_LINE.search(raw, at, min(stop, at + _HEAD))
        if (empty is None and stop - at > _HEAD) or not (raw.startswith(_ENDS, at) or len(raw) - at < 3):
            return -1
        head = raw[at : empty.start() if empty else stop]
        within = _within(head)
        inner = _parts(raw, empty.end(), stop, head, level + 1) if within == "parts" and empty and level < _LEVELS else -bool(within)
        if inner < 0:
            return -1
        count, at = count + 1 + inner, after
    return count


@lru_cache(maxsize=1024)
def _within(head: bytes) -> str:
    """What a part may hold, by its header: parts, something to be read, or ""."""
    low = head.lower()
    if b"calendar" in low or b"/ics" in low or b"message/" in low:
        return "something"
    if b"multipart/" in low:
        return "parts" if any(kind in low for kind in _NESTED) else "something"
    return ""


def _nothing_inside(low: bytes) -> bool:
    """The same by the words and delimiters that stand anywhere, where the beginnings are not enough."""
    if any(word in low for word in (b"calendar", b"/ics", b"message/", b"rfc822", b"delivery-status")):
        return False
    return low.count(b"\n--") <= PARTS and low.count(b"multipart/") < DEPTH
