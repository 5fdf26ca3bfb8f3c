"""The grammar of IMAP as far as a client needs it (RFC 9051, 9): answers as trees, strings, and mailbox names."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_SECTION = rb"(?:BODY|BINARY)(?:\.[A-Z]+)?\[[^\]]*\](?:<\d+>)?"  # of a mail: the only word in which a blank may stand
_TOKEN = re.compile(rb'\s*(?:(\()|(\))|"((?:[^"\\]|\\.)*)"|(' + _SECTION + rb'|[^\s()"]+))', re.IGNORECASE)
DEPTH = 60  # of parentheses


@dataclass(frozen=True, slots=True)
class Reply:
    """One untagged response: its text, with `literals` in the places of their lengths."""

    text: bytes  # "* 12 FETCH (UID 34 BODY[] \0)": \0 stands for a literal
    literals: tuple[bytes, ...] = ()

    def tree(self) -> list[Any]:
        """Words as bytes, lists as lists, NIL as None. Raises `ValueError` for what does not close."""
        return _tree(self.text, self.literals)

    def fields(self) -> dict[str, Any]:
        """Of a FETCH: what stands in its parentheses, by names in upper case; nothing of what cannot be read."""
        try:
            row = self.tree()
        except ValueError:
            return {}
        if len(row) < 4 or _name(row[2]) != "FETCH" or not isinstance(row[3], list):
            return {}
        inner = row[3]
        return {_name(inner[i]): inner[i + 1] for i in range(0, len(inner) - 1, 2)}


def _name(word: Any) -> str:
    return word.decode("ascii", "replace").upper() if isinstance(word, bytes) else ""


def _tree(text: bytes, literals: Sequence[bytes]) -> list[Any]:
    row: list[Any] = []
    open_: list[list[Any]] = [row]
    left = iter(literals)
    at = 0
    while found := _TOKEN.match(text, at):
        at = found.end()
        if found[1]:
            if len(open_) > DEPTH:
                raise ValueError("nested too deeply")
            inner: list[Any] = []
            open_[-1].append(inner)
            open_.append(inner)
        elif found[2]:
            if len(open_) == 1:
                raise ValueError("closes what was not opened")
            open_.pop()
        elif found[3] is not None:
            open_[-1].append(re.sub(rb"\\(.)", rb"\1", found[3]))
        else:
            word = found[4]
            open_[-1].append(next(left, b"") if word == b"\0" else None if word.upper() == b"NIL" else word)
    if len(open_) > 1:
        raise ValueError("is not closed")
    return row


def quoted(text: str) -> bytes:
    r"""A string of a command. Raises `ValueError` for what would break out of it."""
    if any(ord(char) < 32 or char == "\x7f" for char in text):
        raise ValueError("holds a control character")
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'.encode()


# --------------------------------------------------------------------------------------------------- mailbox names


def encoded(name: str) -> str:
    """A mailbox name in modified UTF-7 (RFC 3501, 5.1.3)."""
    out = []
    for piece in re.findall(r"[\x20-\x7e]+|[^\x20-\x7e]+", name):
        if piece.isascii():
            out.append(piece.replace("&", "&-"))
        else:
            coded = piece.encode("utf-16-be").hex()
            out.append("&" + _base64(bytes.fromhex(coded)) + "-")
    return "".join(out)


def decoded(name: str) -> str:
    """What cannot be decoded stays as it is."""

    def part(found: re.Match[str]) -> str:
        if not found[1]:
            return "&"
        text = found[1].replace(",", "/")
        try:
            return b64decode(text + "=" * (-len(text) % 4)).decode("utf-16-be")
        except ValueError:
            return found[0]

    return re.sub(r"&([A-Za-z0-9+,]{0,2000})-", part, name)


def _base64(data: bytes) -> str:
    return b64encode(data).decode().rstrip("=").replace("/", ",")


def named(wire: bytes) -> str:
    """A mailbox by the name that a person knows it by, if the server would know it again by that; else by its bytes."""
    name = decoded(wire.decode("utf-8", "replace"))
    known = name.isprintable() and not name.startswith("=") and encoded(name).encode() == wire
    return name if known else f"={wire.hex()}"


def wired(name: str) -> bytes:
    """`named` in return, as a string of a command. Raises `ValueError` for what no string can hold."""
    if not name.startswith("="):
        return quoted(encoded(name))
    wire = bytes.fromhex(name[1:])
    if re.search(rb"[\r\n\0]", wire):
        raise ValueError("holds the end of a line")
    return b'"' + wire.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
