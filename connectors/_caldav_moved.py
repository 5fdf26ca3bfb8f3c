"""An event that lies in a calendar, at another time: what else the rep has written into it stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.errors import Rejected

_TIMES = frozenset({"DTSTART", "DTEND", "DURATION", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED"})
_EVENT = ["VCALENDAR", "VEVENT"]


def moved(held: str, wanted: str) -> str:
    """`held` at the time of `wanted`, which is one of ours. Raises `Rejected` for what is a series now."""
    lines = list(_lines(held))
    if sum(path == _EVENT and name == "BEGIN" for path, name, _ in lines) != 1 or any(p == _EVENT and n == "RRULE" for p, n, _ in lines):
        raise Rejected("calendar: the meeting that is to be moved is one of a series there, so move it yourself")
    made = []
    for path, name, line in lines:
        if path != _EVENT or name not in _TIMES:
            made.append(line)
        if path == _EVENT and name == "BEGIN":
            made += [each for where, what, each in _lines(wanted) if where == _EVENT and what in _TIMES]
    return "\r\n".join(made) + "\r\n"


def _lines(text: str) -> Iterator[tuple[list[str], str, str]]:
    """Each line as it is folded, with its name and the components that it stands in."""
    path: list[str] = []
    for line in re.split(r"\r?\n(?![ \t])", text.strip()):
        name, value = (re.match(r"[\w-]*", line) or [""])[0].upper(), line.partition(":")[2].strip().upper()
        if name == "BEGIN":
            path = [*path, value]
        yield path, name, line
        if name == "END":
            path = path[:-1]
