"""The structure of a mail (RFC 2045, 2046) under caps: offsets into the bytes, nothing copied, time linear in size."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass

from agent.facts.words import base64, decoded, guessed

LARGEST = 25 * 2**20  # bytes of a mail
HEADERS = 256 * 2**10  # bytes of its header block
HEADER = 64 * 2**10  # bytes of one header
PARTS = 500
DEPTH = 30
PARAMETERS = 100

EMPTY_LINE = re.compile(rb"\n\r?\n")
_FIELD = re.compile(rb"^([!-9;-~]+)[ \t]*:(.*(?:\n[ \t].*)*)", re.MULTILINE)
_PARAMETER = re.compile(r';\s*([\w!#$%&\'*+.^`|~-]{1,60})\s*=\s*("(?:[^"\\]|\\.)*"|[^\s;]*)', re.ASCII | re.DOTALL)


class Unreadable(ValueError):
    """What cannot be read as a mail; its text says why, in words for the list of quarantined items."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part that holds no other parts; its content is `raw[start:end]`.

    `inside`: within a message that this mail carries (forwarded or returned). `choice` numbers the nearest
    multipart/alternative around it, 0 if there is none.
    """

    kind: str
    parameters: dict[str, str]
    encoding: str
    disposition: str
    name: str
    start: int
    end: int
    inside: bool
    choice: int


def unwrapped(raw: bytes) -> bytes:
    """The mail without a byte order mark and the separator line of an mbox before it."""
    if raw[:3] == b"\xef\xbb\xbf":
        raw = raw[3:]
    return raw[raw.find(b"\n") + 1 :] if raw[:6].lstrip(b">").startswith(b"From ") and b"\n" in raw[:1000] else raw


def header_end(raw: bytes, start: int = 0, end: int | None = None) -> tuple[int, int]:
    """Where the header block that begins at `start` ends and where its body begins; without a body both are `end`."""
    stop = len(raw) if end is None else end
    if raw[start : start + 1] == b"\n" or raw[start : start + 2] == b"\r\n":
        return start, raw.index(b"\n", start) + 1
    limit = min(stop, start + HEADERS + 4)
    empty = EMPTY_LINE.search(raw, start, limit)
    if empty:
        return empty.span()
    if stop - start > HEADERS:
        raise Unreadable("its header is larger than 256 kB")
    return stop, stop


def measured(block: bytes) -> None:
    """Raises `Unreadable` if one header field is larger than allowed."""
    if len(block) > HEADER and any(len(value) > HEADER for _, value in _FIELD.findall(block)):
        raise Unreadable("one of its headers is larger than 64 kB")


def named(names: Iterable[str]) -> str:
    """A pattern of the header fields of these names in any case, each after a line break: name, and value still folded."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(name[0], []).append("".join(f"[{char.upper()}{char}]" if char.isalpha() else char for char in name[1:]))
    listed = "|".join(f"[{first.upper()}{first}](?:{'|'.join(rest)})" for first, rest in groups.items())
    return rf"\n({listed})[ \t]*:(.*(?:\n[ \t].*)*)"


def picked(pattern: re.Pattern[bytes], block: bytes) -> dict[bytes, bytes]:
    """The first header field of each name that is asked for, by the name in lower case."""
    measured(block)
    return {name.lower(): value for name, value in reversed(pattern.findall(b"\n" + block))}


_PART_FIELD = re.compile(named(("content-type", "content-transfer-encoding", "content-disposition")).encode())


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """`text/plain; charset=utf-8` as a lower-case kind and its parameters, RFC 2231 continuations joined."""
    kind, semicolon, _ = value.partition(";")
    found: dict[str, str] = {}
    if semicolon:
        for count, match in enumerate(_PARAMETER.finditer(value[: 8 * 1024])):
            if count == PARAMETERS:
                break
            text = match[2]
            if text[:1] == '"':
                text = re.sub(r"\\(.)", r"\1", text[1:-1]) if "\\" in text else text[1:-1]
            found.setdefault(match[1].lower(), text)
    return kind.strip().lower(), _joined(found) if any("*" in name for name in found) else found


def _joined(found: dict[str, str]) -> dict[str, str]:
    plain = {name: text for name, text in found.items() if "*" not in name}
    pieces: dict[str, list[tuple[int, str, bool]]] = {}
    for name, text in found.items():
        base, star, place = name.partition("*")
        if star:
            digits = place.rstrip("*")
            pieces.setdefault(base, []).append((int(digits) if digits.isdecimal() and len(digits) < 4 else 0, text, name.endswith("*")))
    for base, several in pieces.items():
        plain[base] = "".join(_percent(text, first=place == 0) if coded else text for place, text, coded in sorted(several))
    return plain


def _percent(text: str, first: bool) -> str:
    if first and text.count("'") >= 2:
        text = text.split("'", 2)[2]
    return guessed(re.sub(rb"%([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), text.encode("utf-8", "replace")))


def parts(raw: bytes) -> list[Part]:
    """The leaves of a mail, in order. Raises `Unreadable` beyond 25 MB, 500 parts or 30 levels."""
    if len(raw) > LARGEST:
        raise Unreadable("it is larger than 25 MB")
    out: list[Part] = []
    _walk(raw, 0, len(raw), out, counts=[0, 0])
    return out


def _walk(
    raw: bytes, start: int, end: int, out: list[Part], counts: list[int], depth: int = 0, choice: int = 0, *, inside: bool = False
) -> None:
    """`counts` holds the parts and the alternatives seen so far."""
    counts[0] += 1
    if depth > DEPTH:
        raise Unreadable("its parts are nested more than 30 deep")
    if counts[0] > PARTS:
        raise Unreadable("it has more than 500 parts")
    stop, body = header_end(raw, start, end)
    field = picked(_PART_FIELD, raw[start:stop])
    kind, given = parameters(unfolded(field.get(b"content-type", b"text/plain")))
    encoding = unfolded(field.get(b"content-transfer-encoding", b"")).strip().lower()
    boundary = given.get("boundary", "").rstrip()
    if kind.startswith("multipart/") and boundary:
        if kind == "multipart/alternative":
            counts[1] += 1
            choice = counts[1]
        for first, last in _between(raw, body, end, boundary.encode("utf-8", "replace")):
            _walk(raw, first, last, out, counts, depth + 1, choice, inside=inside)
    elif kind == "message/rfc822" and encoding not in ("base64", "quoted-printable"):
        _walk(raw, body, end, out, counts, depth + 1, inside=True)
    else:
        shown, more = parameters(unfolded(field.get(b"content-disposition", b"")))
        name = more.get("filename") or given.get("name") or ""
        out.append(Part(kind, given, encoding, shown, decoded(name), body, end, inside, choice))


def _between(raw: bytes, start: int, end: int, boundary: bytes) -> list[tuple[int, int]]:
    """What stands between the delimiter lines, without the line break before each."""
    mark = b"\n--" + boundary
    found: list[tuple[int, int]] = []
    first, at = -1, max(start - 1, 0)
    while (at := raw.find(mark, at, end)) >= 0:
        after = at + len(mark)
        line = raw.find(b"\n", after, end)
        rest = raw[after : min(line if line >= 0 else end, after + 80)].strip()
        if rest not in (b"", b"--"):
            at = after
            continue
        if first >= 0:
            found.append((first, max(first, at - (raw[at - 1 : at] == b"\r"))))
            if len(found) > PARTS:
                raise Unreadable("it has more than 500 parts")
        first = line + 1 if line >= 0 and not rest else -1
        if first < 0:
            break
        at = line
    if first >= 0:  # not closed: the mail was cut off
        found.append((first, end))
    return found


def unfolded(value: bytes) -> str:
    """The text of a header value on one line, its encoded words as they are."""
    return one_line(value.decode("ascii") if value.isascii() else guessed(value))


def one_line(text: str) -> str:
    return text.replace("\r", "").replace("\n", "").strip() if "\n" in text else text.strip()


def content(raw: bytes, part: Part, most: int = LARGEST) -> bytes:
    """The decoded content of a part, from at most `most` encoded bytes."""
    data = raw[part.start : min(part.end, part.start + most)]
    if part.encoding == "base64":
        return base64(data)
    if part.encoding == "quoted-printable":
        return binascii.a2b_qp(data)
    return data
