"""RFC 5545 text: bytes to a tree of components. Tolerant, linear, and fast (a calendar is read whole in every round)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

Property = tuple[str, Mapping[str, str], str]  # name and parameter names in upper case, value as written
HEAD = 300  # characters; a longer beginning of a line is not remembered


class Unreadable(Exception):
    """The data is no calendar, or does not end as one; the text says why."""


@dataclass(slots=True)
class Node:
    """A component: its own unfolded lines and those within it. `closed` tells whether its END was there."""

    name: str
    lines: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    closed: bool = False


def tree(data: bytes) -> list[Node]:
    """The VCALENDARs of a file; none in an empty one."""
    root = Node("")
    stack = [root]
    for line in lines(data):
        mark = line[:6].upper()
        if mark == "BEGIN:":
            _begin(stack, line[6:].strip().upper())
        elif mark[:4] == "END:":
            _end(stack, line[4:].strip().upper())
        else:
            stack[-1].lines.append(line)
    calendars = [node for node in root.children if node.name == "VCALENDAR"]
    if not calendars and data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise Unreadable("it is no iCalendar file")
    if not all(node.closed for node in calendars):
        raise Unreadable("it ends in the middle (END:VCALENDAR is missing)")
    return calendars


def _begin(stack: list[Node], name: str) -> None:
    """A VEVENT holds no VEVENT: one that was not ended stays unclosed beside the next."""
    if name in ("VEVENT", "VTODO", "VJOURNAL", "VCALENDAR"):
        while any(node.name == name for node in stack):
            stack.pop()
    node = Node(name)
    stack[-1].children.append(node)
    if len(stack) < 30:  # nothing real is deeper; what is, stays flat
        stack.append(node)


def _end(stack: list[Node], name: str) -> None:
    if any(node.name == name for node in stack[1:]):
        while stack[-1].name != name:
            stack.pop()
        stack.pop().closed = True


def lines(data: bytes) -> list[str]:
    """Unfolded lines. Folds are undone in bytes, as one may fall inside of a character; then UTF-8, else Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
    for old, new in ((b"\r\r\n", b"\n"), (b"\r\n", b"\n"), (b"\r", b"\n"), (b"\n ", b""), (b"\n\t", b"")):
        data = data.replace(old, new)
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode().split("\n")
    except UnicodeDecodeError:
        return [_decoded(line) for line in data.split(b"\n")]


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def split(line: str) -> Property | None:
    """A content line's parts; None if it is none. Of a parameter's several values the text is kept as it stands."""
    colon = line.find(":")
    if colon < 1:
        return None
    if line.find('"', 0, colon) >= 0:
        colon = _outside(line, ":")
    head = line[:colon]
    return *(_known(head) if colon < HEAD else _named(head)), line[colon + 1 :]


def _named(head: str) -> tuple[str, Mapping[str, str]]:
    """Name and parameters."""
    name, *params = _parameters(head)
    return name.strip().upper(), dict(map(_parameter, params[:100]))


@lru_cache(maxsize=8192)
def _known(head: str) -> tuple[str, Mapping[str, str]]:
    """The same names, zones and guests stand in event after event."""
    return _named(head)


def _outside(text: str, mark: str, start: int = 0) -> int:
    """Where `mark` first stands outside of quotes; at the end if it does not."""
    while True:
        found, quote = text.find(mark, start), text.find('"', start)
        if found < 0:
            return len(text)
        if not 0 <= quote < found:
            return found
        closing = text.find('"', quote + 1)
        if closing < 0:
            return found
        start = closing + 1


def _parameters(head: str) -> list[str]:
    if '"' not in head:
        return head.split(";")
    parts, start = [], 0
    while start <= len(head):
        end = _outside(head, ";", start)
        parts.append(head[start:end])
        start = end + 1
    return parts


def _parameter(text: str) -> tuple[str, str]:
    """RFC 6868: ^n ^' ^^ stand for a line break, a quote and a caret."""
    name, _, value = text.partition("=")
    value = value.replace('"', "")
    if "^" in value:
        value = "^".join(part.replace("^n", "\n").replace("^'", '"') for part in value.split("^^"))
    return name.strip().upper(), value


def unescape(value: str) -> str:
    """The TEXT value that was meant (RFC 5545, 3.3.11)."""
    if "\\" not in value:
        return value
    parts = (part.replace("\\n", "\n").replace("\\N", "\n").replace("\\,", ",").replace("\\;", ";") for part in value.split("\\\\"))
    return "\\".join(parts)


def addresses(lines: list[str], limit: int = 500) -> list[str]:
    """Whatever in a component looks like an address, for what cannot be read any further; of hostile ones the first."""
    found: dict[str, None] = {}
    looks = 10 * limit
    for line in lines:
        at = -1 if line.startswith(("UID", "RELATED-TO")) else line.find("@")
        while at >= 0 and len(found) < limit and looks:
            looks -= 1
            found[_run(line[max(0, at - 64) : at][::-1])[::-1] + "@" + _run(line[at + 1 : at + 255]).rstrip(".-")] = None
            at = line.find("@", at + 1)
    return [text for text in found if not text.startswith("@") and not text.endswith("@")]


def _run(text: str) -> str:
    for place, char in enumerate(text):
        if not (char.isalnum() or char in ".-_+%&'=~!#$*/^`{|}"):
            return text[:place]
    return text
