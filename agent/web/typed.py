"""What a form held, read. What cannot be read raises `Refused`, with a sentence for each field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from agent.desk import times
from agent.errors import Rejected
from agent.facts import people
from agent.model import Address, WorkingTime

_APART = re.compile(r'[,;\n](?=(?:[^"]*"[^"]*")*[^"]*\Z)')
_NAMED = re.compile(r"(?P<name>.*)<(?P<email>[^<>]*)>\Z", re.DOTALL)
_LOCAL = re.compile(r"/(?!/)[\w/.~%?=&,:@+-]{0,600}\Z", re.ASCII)


class Refused(Rejected):
    def __init__(self, errors: Mapping[str, str]) -> None:
        """`errors`: a sentence by field name; "form" for one that is about no single field."""
        super().__init__(" ".join(errors.values()))
        self.errors = errors


def lines(text: str) -> str:
    """A browser sends CRLF (HTML, 4.10.22.4)."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def recipients(field: str, text: str) -> tuple[Address, ...]:
    """Addresses with or without a name, apart by comma, semicolon or line."""
    if len(text) > 8000:
        raise Refused({field: "These are too many addresses."})
    pieces = [piece.strip() for piece in _APART.split(lines(text)) if piece.strip()]
    found = [(piece, _address(piece)) for piece in pieces]
    wrong = [piece for piece, address in found if address is None]
    if wrong:
        raise Refused({field: f"“{wrong[0][:80]}” is no e-mail address."})
    return tuple(address for _, address in found if address is not None)


def _address(piece: str) -> Address | None:
    named = _NAMED.match(piece)
    made = people.address(named["email"], named["name"].strip().strip('"')) if named else people.address(piece)
    return made if made and "." in made.domain else None


def written(addresses: tuple[Address, ...]) -> str:
    """As `recipients` reads them again."""
    return ", ".join(mailbox(a.email, a.name) for a in addresses)


def mailbox(email: str, name: str) -> str:
    plain = name.replace('"', "'").replace("\n", " ")
    return f'"{plain}" <{email}>' if re.search(r"[,;<>@]", plain) else f"{plain} <{email}>" if plain else email


def until(field: str, text: str, now: datetime, working: WorkingTime) -> datetime:
    """In the words of `agent.desk.times`."""
    try:
        return times.until(text, now, working)
    except Rejected as refused:
        raise Refused({field: refused.told}) from None


def local(text: str) -> str | None:
    """An address within the inbox; None for any other."""
    return text if _LOCAL.match(text) and not text.startswith("/start") else None
