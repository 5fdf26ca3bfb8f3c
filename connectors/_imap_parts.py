"""What a mail is made of, as BODYSTRUCTURE tells it (RFC 3501, 7.4.2), and a mail put together of those parts that are wanted.

Attachments are never downloaded: in the mail that is made here they stand with their names, and empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

TEXT = 2 * 2**20  # bytes of a part that are read
CARRIED = 32 * 2**10  # of a mail that this one carries: its headers and how it begins
PARTS, DEPTH = 500, 30
_CALENDARS = ("text/calendar", "application/ics", "text/x-vcalendar")
REPORTED = re.compile(rb"calendar|ics|delivery-status|rfc822", re.IGNORECASE)  # a structure without these words has no such part
_TOP = re.compile(rb"^content-(?:type|transfer-encoding|disposition)[ \t]*:.*\r?\n(?:[ \t].*\r?\n)*", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """`section` is its number ("1.2"), `kind` in lower case; a multipart has `parts`."""

    section: str
    kind: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    size: int = 0
    disposition: str = ""
    name: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def leaves(self) -> Iterator[Part]:
        if self.kind.startswith("multipart/"):
            for part in self.parts:
                yield from part.leaves
        else:
            yield self

    @property
    def written(self) -> bool:
        """Text of the sender's, rather than a file."""
        return (
            self.kind in ("text/plain", "text/html") and self.disposition != "attachment" and not (self.name and self.kind == "text/plain")
        )

    @property
    def reported(self) -> bool:
        """An invitation, or what a delivery report says."""
        return self.kind in _CALENDARS or self.kind.endswith("delivery-status") or self.carried

    @property
    def carried(self) -> bool:
        return self.kind in ("message/rfc822", "text/rfc822-headers")


def read(tree: Any) -> Part | None:
    """None for what makes no sense."""
    try:
        return _part(tree, "", 0, [0])
    except (ValueError, IndexError, TypeError, AttributeError):
        return None


def _part(tree: Any, section: str, depth: int, count: list[int]) -> Part:
    count[0] += 1
    if depth > DEPTH or count[0] > PARTS:
        raise ValueError("too many parts")
    if isinstance(tree[0], list):
        inner = [each for each in tree if isinstance(each, list)]
        kinds = next((i for i, each in enumerate(tree) if not isinstance(each, list)), len(tree))
        parts = tuple(_part(each, f"{section}.{n}".lstrip("."), depth + 1, count) for n, each in enumerate(inner[:kinds], 1))
        return Part(section, f"multipart/{_text(tree[kinds]).lower()}", parts=parts)
    kind = f"{_text(tree[0]) or 'text'}/{_text(tree[1]) or 'plain'}".lower()  # RFC 2045, 5.2
    given = _pairs(tree[2])
    shown, more = _disposition(tree[7:] if not kind.startswith(("text/", "message/")) else tree[8:])
    size = int(tree[6]) if isinstance(tree[6], bytes) and tree[6].isdigit() else 0
    name = more.get("filename") or given.get("name") or ""
    return Part(section or "1", kind, given, _text(tree[5]).lower(), size, shown, name)


def _text(word: Any) -> str:
    return word.decode("utf-8", "replace") if isinstance(word, bytes) else ""


def _pairs(row: Any) -> dict[str, str]:
    if not isinstance(row, list):
        return {}
    return {_text(row[i]).lower(): _text(row[i + 1]) for i in range(0, len(row) - 1, 2)}


def _disposition(rest: list[Any]) -> tuple[str, dict[str, str]]:
    for each in rest:
        if isinstance(each, list) and len(each) == 2 and isinstance(each[0], bytes) and each[0].lower() in (b"attachment", b"inline"):
            return _text(each[0]).lower(), _pairs(each[1])
    return "", {}


# ---------------------------------------------------------------------------------------------------- put together


def sections(part: Part, *, text: bool) -> dict[str, int]:
    """Which sections are to be fetched, and how many bytes of each: with `text` what was written, without only what belongs
    to the envelope."""
    found = {}
    for leaf in part.leaves:
        if leaf.reported or (text and leaf.written):
            found[leaf.section] = CARRIED if leaf.carried else TEXT
    return found


def lost(part: Part, contents: Mapping[str, bytes]) -> bool:
    """Nothing came of what was written, though there should be something; where the mail is nothing but text that is always so, for
    servers that cannot tell where a part ends tell that it is empty."""
    wanted = sections(part, text=True)
    texts = [leaf for leaf in part.leaves if leaf.section in wanted]
    if not texts or any(contents.get(leaf.section) for leaf in texts):
        return False
    return any(leaf.size for leaf in texts) or len(texts) == len(list(part.leaves))


def mail(header: bytes, part: Part, contents: Mapping[str, bytes]) -> bytes:
    """The mail with the contents that were fetched; all other parts are empty."""
    mark = sha256(header + b"".join(contents.values())).hexdigest()[:24]
    top = _TOP.sub(b"", header.replace(b"\r\n", b"\n").rstrip(b"\n").replace(b"\n", b"\r\n") + b"\r\n")
    return top + b"\r\n".join(_lines(part, contents, mark, 0))


def _lines(part: Part, contents: Mapping[str, bytes], mark: str, level: int) -> Iterator[bytes]:
    if not part.kind.startswith("multipart/"):
        yield from _headers(part)
        yield b""
        yield contents.get(part.section, b"")
        return
    boundary = f"{mark}.{part.section or 'top'}"
    yield f'Content-Type: {_token(part.kind)}; boundary="{boundary}"'.encode()
    yield b""
    for inner in part.parts:
        yield f"--{boundary}".encode()
        yield from _lines(inner, contents, mark, level + 1)
    yield f"--{boundary}--".encode()


def _headers(part: Part) -> Iterator[bytes]:
    given = "".join(f"; {_token(name)}={_value(value)}" for name, value in list(part.parameters.items())[:20])
    yield f"Content-Type: {_token(part.kind)}{given}".encode()
    if part.encoding:
        yield f"Content-Transfer-Encoding: {_token(part.encoding)}".encode()
    if part.disposition:
        name = f"; filename={_value(part.name)}" if part.name else ""
        yield f"Content-Disposition: {_token(part.disposition)}{name}".encode()


def _token(text: str) -> str:
    return re.sub(r"[^\w!#$%&'*+.^`|~/-]", "", text)[:200] or "x"


def _value(text: str) -> str:
    escaped = re.sub(r"[\x00-\x1f\x7f]", " ", text[:500]).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
