"""Who somebody is: addresses in one form, their domains, and what part they play (bot, rep, colleague, outsider)."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from agent.bundled import lines
from agent.facts.alike import looks_like
from agent.facts.domains import a_label, free_mail, registrable
from agent.facts.words import clean, decoded
from agent.model import Address, Rep

__all__ = ["Role", "address", "addresses", "clean", "cutype_bot", "free_mail", "looks_like", "machine", "registrable", "role"]

Role = Literal["bot", "rep", "colleague", "outsider"]

LONGEST = 320  # characters of an address (RFC 3696, erratum 1690)
_PLAIN = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\Z", re.ASCII)
_LOCAL = re.compile(r"(?:[^\s\"(),:;<>@\[\\\]\x00-\x1f\x7f-\x9f]+|\"[^\"\\\x00-\x1f\x7f-\x9f]+\")\Z")
_DOMAIN = re.compile(r"(?:[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*|\[[0-9a-f.:v]+\])\Z")
_GMAIL = frozenset({"gmail.com", "googlemail.com"})


def address(email: str, name: str = "") -> Address | None:
    """One mailbox in the form that addresses are compared and written in; None if it is no address.

    `email` is a bare address, `name` decoded text. Equal arguments give the same object.
    """
    return _address(email, name) if len(email) <= LONGEST else None


@lru_cache(maxsize=65536)
def _address(email: str, name: str) -> Address | None:
    written = _normal(email.strip().lower())
    if not written:
        return None
    shown = clean(name[:1000]).strip("'\" ")
    return Address(sys.intern(written), sys.intern(_key(written)), "" if shown.lower() == written else shown)


def _normal(email: str) -> str:
    if _PLAIN.match(email):
        return email
    local, at, domain = unicodedata.normalize("NFC", email).rpartition("@")
    domain = a_label(domain.rstrip("."))
    return f"{local}@{domain}" if at and _LOCAL.match(local) and _visible(local) and _DOMAIN.match(domain) else ""


def _visible(text: str) -> bool:
    return text.isascii() or all(unicodedata.category(char)[0] not in "CZ" for char in text)


def _key(email: str) -> str:
    local, _, domain = email.rpartition("@")
    if local[0] != '"':
        local = local.split("+")[0] or local
        if domain in _GMAIL:
            local, domain = local.replace(".", "") or local, "gmail.com"
    return f"{local}@{domain}"


# ------------------------------------------------------------------------------------------------- address headers

_SPECIAL = re.compile(r'["\\(),<>;:]|=\?[\w.:*-]{1,60}\?[bBqQ]\?[^?\s<>"]*\?=', re.ASCII)  # an encoded word is one


def addresses(header: str) -> tuple[Address, ...]:
    """The mailboxes of a From, To or Cc, undecoded, in order and as often as they stand there.

    Tolerant and linear: groups, comments, encoded words, unquoted commas, missing brackets. What is no address is
    left out; what stands before an angle bracket is a name, also where it looks like an address.
    """
    return _short(header) if len(header) <= 300 else tuple(_mailboxes(header))


@lru_cache(maxsize=16384)
def _short(header: str) -> tuple[Address, ...]:
    return tuple(_mailboxes(header))


def _mailboxes(header: str) -> Iterable[Address]:
    if header.count('"') % 2 and "\\" not in header:
        header = header.replace('"', "")
    ahead = ""  # a name cut by an unquoted comma: Lee, Pat <pat@acme.example>
    for phrase, angle, comment in _split(header):
        if angle is None and "@" not in phrase:
            ahead = f"{ahead}{phrase.strip()}, " if phrase.strip() and len(ahead) < 200 else ahead
            continue
        if angle is not None:
            found = _mailbox(angle, ahead + phrase.strip(" \t\r\n") or comment)
            yield from (found,) if found else ()
        else:
            yield from _bare(phrase, comment)
        ahead = ""


def _mailbox(email: str, name: str) -> Address | None:
    email = email.strip(" \t\r\n'")
    if email[:1] == email[-1:] == '"':
        email = email.strip('"')
    if email[:7].lower() == "mailto:":
        email = email[7:]
    elif email.startswith("@") and ":" in email:  # a source route of RFC 822
        email = email.partition(":")[2]
    name = name.replace('"', "")
    return address(email, decoded(name) if "=?" in name else name)


def _bare(phrase: str, comment: str) -> Iterable[Address]:
    if '"@' in phrase:  # a quoted local part may hold spaces
        whole = _mailbox(phrase, comment)
        return (whole,) if whole else ()
    found = [who for word in phrase.split() if "@" in word and (who := _mailbox(word, ""))]
    if len(found) == 1:
        name = " ".join(word for word in phrase.split() if "@" not in word)
        found = [_mailbox(found[0].email, name or comment) or found[0]]
    return found


def _split(header: str) -> Iterable[tuple[str, str | None, str]]:  # noqa: C901 - one small machine, a branch a character
    """(phrase, what stands in angle brackets or None, comment) of each mailbox."""
    phrase: list[str] = []
    comment: list[str] = []
    angle: list[str] | None = None
    closed = quoted = False
    depth = at = 0
    for match in _SPECIAL.finditer(header):
        start = match.start()
        if start < at or match.end() > start + 1:  # escaped, or within an encoded word
            continue
        text, char, at = header[at:start], header[start], start + 1
        into = comment if depth else angle if angle is not None and not closed else phrase
        into.append(text)
        if char == "\\":
            into.append(header[at : at + 1])
            at += 1
        elif quoted:
            quoted = char != '"'
            into.append(char)
        elif depth:
            depth += (char == "(") - (char == ")")
            comment.append(char if depth else " ")
        elif char == "(":
            depth = 1
        elif char == '"':
            quoted = True
            into.append(char)
        elif char == "<":
            if angle is not None:
                yield "".join(phrase), "".join(angle), "".join(comment)
                phrase, comment, closed = [], [], False
            angle = []
        elif char == ">":
            closed = True
        elif char == ":":
            if into is angle:
                angle.append(char)
            else:
                phrase = []  # the name of a group
        elif char == "," and into is angle and angle[0][:1] == "@":
            angle.append(char)
        elif char in ",;":
            yield "".join(phrase), None if angle is None else "".join(angle), "".join(comment)
            phrase, comment, angle, closed = [], [], None, False
    rest = header[at:]
    (comment if depth else angle if angle is not None and not closed else phrase).append(rest)
    yield "".join(phrase), None if angle is None else "".join(angle), "".join(comment)


# ----------------------------------------------------------------------------------------------------------- roles


def role(address: Address, rep: Rep) -> Role:
    """The first that holds of: bot, rep (by address or alias), colleague (by the company's domains), outsider."""
    return _role(address.key, rep.keys, rep.domains)


@lru_cache(maxsize=65536)  # asked of every address of every mail, several times
def _role(key: str, own: frozenset[str], company: frozenset[str]) -> Role:
    if _machine(key):
        return "bot"
    if key in own:
        return "rep"
    return "colleague" if registrable(key.rpartition("@")[2]) in company else "outsider"


def machine(address: Address) -> bool:
    """Whether nobody reads there: no-reply and notification senders, resources, meeting recorders."""
    return _machine(address.key)


@lru_cache(maxsize=65536)
def _machine(key: str) -> bool:
    local, _, domain = key.rpartition("@")
    return _bot_local(local) or not _bot_domains().isdisjoint(_parents(domain))


def cutype_bot(kind: str) -> bool:
    """Whether a CUTYPE (RFC 5545, 3.2.3) is that of a room or a resource."""
    return kind.strip().lower() in ("room", "resource")


def _bot_local(local: str) -> bool:
    bare = re.sub(r"[._\-\"]", "", local)
    exact, pieces, starts = _bot_locals()
    return bare in exact or bare.startswith(starts) or any(piece in bare for piece in pieces)


@lru_cache(maxsize=1)
def _bot_locals() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Whole local parts, pieces (`*x*`) and beginnings (`x*`) of the list, all without separators."""
    every = [re.sub(r"[._-]", "", entry) for entry in lines("bot_local_parts")]
    pieces = tuple(entry.strip("*") for entry in every if entry.startswith("*"))
    starts = tuple(entry.rstrip("*") for entry in every if entry.endswith("*") and not entry.startswith("*"))
    return frozenset(entry for entry in every if "*" not in entry), pieces, starts


@lru_cache(maxsize=1)
def _bot_domains() -> frozenset[str]:
    return frozenset(lines("note_taker_domains") + lines("bot_domains"))


def _parents(domain: str) -> Iterable[str]:
    while domain:
        yield domain
        domain = domain.partition(".")[2]
