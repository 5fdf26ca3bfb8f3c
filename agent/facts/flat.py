"""Whether a mail surely holds neither calendars nor carried messages, told by the beginnings of its parts alone."""

from __future__ import annotations

import re
from functools import lru_cache

from agent.facts.parts import DEPTH, PARTS

_BOUNDARY = re.compile(rb"boundary\s{0,9}=\s{0,9}\"?([^\"; \t\r\n]+)", re.IGNORECASE)
_NESTED = (b"multipart/alternative", b"multipart/mixed", b"multipart/related")
_ENDS = (b"\r\n", b"\n", b"--\r\n", b"--\n")  # of a delimiter line that is surely one
_CUT = (b"", b"\r", b"-", b"--", b"--\r")  # what may be left of one that nothing follows
_HEAD = 1000  # bytes looked at of a part's header
_LEVELS = 3


def flat(raw: bytes, begins: int, kind: bytes) -> bool:
    """`kind` is the Content-Type of the mail, `begins` where its body does. False where it is not sure, too."""
    if not kind[:40].lower().startswith(_NESTED):
        return False
    return 0 <= _parts(raw, begins - 1, len(raw), kind[:_HEAD]) < PARTS or _nothing_inside(raw[begins:].lower())


def _parts(raw: bytes, start: int, stop: int, kind: bytes, level: int = 1) -> int:
    """How many parts a multipart has if all are of no interest, else -1. `start` is the line break before it."""
    boundary = _BOUNDARY.search(kind)
    if not boundary or kind.lower().count(b"boundary") > 1:
        return -1
    delimiter = b"\n--" + boundary[1]
    count, at = 0, raw.find(delimiter, start, stop)
    while at >= 0 and count < PARTS:
        begin = at + len(delimiter)
        at = raw.find(delimiter, begin, stop)
        end = at if at >= 0 else stop
        head = _header(raw, begin, end)
        if head is None:
            return -1
        holds = _holds(head)
        inner = _parts(raw, begin + len(head) - 2, end, head, level + 1) if holds == "parts" and level < _LEVELS else -bool(holds)
        if inner < 0:
            return -1
        count += 1 + inner
    return count


def _header(raw: bytes, begin: int, end: int) -> bytes | None:
    """The header of a part with its last line break or two; the whole part if it has none, None if it is long."""
    most = min(end, begin + _HEAD)
    crlf = raw.find(b"\n\r\n", begin, most)
    bare = raw.find(b"\n\n", begin, crlf + 1 if crlf >= 0 else most)
    found = bare if bare >= 0 else crlf
    if found < 0 and end - begin > _HEAD:
        return None
    return raw[begin : found + 2] if found >= 0 else raw[begin:end]


@lru_cache(maxsize=1024)
def _holds(head: bytes) -> str:
    """What a part may hold, by its header with what follows the delimiter before it: parts, something to be read, or ""."""
    if not head.startswith(_ENDS) and head not in _CUT:
        return "something"
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
