"""What a reader of mail asks an IMAP server, and what is taken of the answers. Responses that nobody asked for may stand anywhere
among them, and what a mail's sender wrote may stand in them: UIDs are never looked for in text that is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from agent.errors import Unavailable
from agent.facts import mime
from connectors import _imap_grammar, _imap_parts
from connectors._imap_grammar import Reply
from connectors._imap_known import runs
from connectors._imap_session import Refused, Session

CHUNK = 500  # mails of one command
HEADER = 300 * 2**10  # bytes that are kept of one header: more than may be
WHOLE = 256 * 2**10  # of a mail whose structure the server cannot tell
LARGEST = 5_000_000  # mails of one mailbox
STUBBORN = 50  # mails that a server may refuse, each by itself, before it is the server that is at fault
_USES = {"\\sent", "\\all", "\\archive", "\\drafts", "\\trash", "\\junk"}
_EXISTS = re.compile(rb"^\* (\d{1,10}) EXISTS\s*$", re.IGNORECASE | re.MULTILINE)
_VALIDITY = re.compile(rb"^(?:\* )?OK \[UIDVALIDITY (\d{1,10})\]", re.IGNORECASE | re.MULTILINE)
_NEXT = re.compile(rb"^(?:\* )?OK \[UIDNEXT (\d{1,10})\]", re.IGNORECASE | re.MULTILINE)
_ALL = re.compile(rb"\bALL ([\d:,]+)", re.IGNORECASE)
_HEAD = re.compile(  # as nearly every server writes what `heads` asks for; others are read by the grammar
    rb"\* \d{1,10} FETCH \(UID (\d{1,10}) RFC822\.SIZE (\d{1,19}) FLAGS \(([^()]*)\) BODY\[HEADER[^\]]*\] \0\)", re.IGNORECASE
)
_HEADERS = f"BODY.PEEK[HEADER.FIELDS ({' '.join(name.upper() for name in mime.FIELDS)})]".encode()


@dataclass(frozen=True, slots=True)
class State:
    """What EXAMINE tells: UIDVALIDITY, UIDNEXT and how many mails there are."""

    validity: int
    following: int
    exists: int


@dataclass(frozen=True, slots=True)
class Folder:
    """A mailbox that LIST names; `flags` in lower case, `path` its levels."""

    name: str
    flags: frozenset[str]
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """Of one mail."""

    raw: bytes
    size: int = 0
    flags: frozenset[bytes] = frozenset()


# ------------------------------------------------------------------------------------------------------- mailboxes


def folders(session: Session) -> list[Folder]:
    """All that can be opened. What they are for is told only when asked for by some servers (RFC 6154, 2)."""
    replies = list(session.stream([b"CAPABILITY", b'LIST "" "*"']))
    found = _folders(replies)
    session.learn(replies)
    if "SPECIAL-USE" in session.capabilities and not any(one.flags & _USES for one in found):
        try:
            return _folders(session.ask(b'LIST "" "*" RETURN (SPECIAL-USE)')) or found
        except Refused:
            pass
    return found


def _folders(replies: Sequence[Reply]) -> list[Folder]:
    """Of one that is named twice all is true that was told."""
    found: dict[str, Folder] = {}
    for one in filter(None, map(_folder, replies)):
        before = found.get(one.name, one)
        found[one.name] = replace(one, flags=one.flags | before.flags)
    return [one for one in found.values() if not one.flags & {"\\noselect", "\\nonexistent"}]


def _folder(reply: Reply) -> Folder | None:
    """mailbox-list (RFC 9051, 9): flags, what parts the levels (or NIL), the name; more may follow."""
    if reply.text[:7].upper() != b"* LIST ":
        return None
    try:
        row = reply.tree()
    except ValueError:
        return None
    if len(row) < 5 or not isinstance(row[2], list) or isinstance(row[3], list) or isinstance(row[4], list) or row[4] == b"":
        return None
    name = _imap_grammar.named(b"NIL" if row[4] is None else row[4])
    between = (row[3] or b"").decode("ascii", "replace")
    flags = frozenset(word.decode("ascii", "replace").lower() for word in row[2] if isinstance(word, bytes))
    return Folder(name, flags, tuple(name.split(between)) if between else (name,))


def examined(session: Session, name: str) -> State:
    """Opened so that nothing can be changed. Raises `Refused`."""
    try:
        wire = _imap_grammar.wired(name)
    except ValueError:
        raise Refused("NO [CANNOT]") from None
    state = told(session, session.ask(b"EXAMINE " + wire))
    if not state.following:  # old servers do not say
        return replace(state, following=max(searched(session, b"ALL"), default=0) + 1)
    return state


def told(session: Session, replies: Sequence[Reply]) -> State:
    """Of the mailbox that was opened; 0 for what was not told."""
    text = b"\n".join(reply.text for reply in replies) + b"\n" + session.told
    return State(_last(_VALIDITY, text), _last(_NEXT, text), _last(_EXISTS, text))


def _last(pattern: re.Pattern[bytes], text: bytes) -> int:
    found = pattern.findall(text)
    return int(found[-1]) if found else 0


def searched(session: Session, what: bytes) -> list[int]:
    """UIDs; in ranges where the server can (RFC 4731), which is far shorter."""
    ranges = session.capabilities & {"ESEARCH", "IMAP4REV2"}
    found: list[int] = []
    for reply in session.ask((b"UID SEARCH RETURN (ALL) " if ranges else b"UID SEARCH ") + what):
        words = reply.text.split()
        kind = words[1].upper() if len(words) > 1 else b""
        if kind == b"SEARCH":
            found += [int(word) for word in words[2:] if word.isdigit() and len(word) <= 10]
        elif kind == b"ESEARCH" and (given := _ALL.search(reply.text)):
            found += _uids(session, given[1])
    return found


def _uids(session: Session, given: bytes) -> list[int]:
    """Of a sequence-set."""
    found: list[int] = []
    for first, last in re.findall(rb"(\d{1,10})(?::(\d{1,10}))?", given):
        low, high = sorted((int(first), int(last or first)))
        if len(found) + high - low > LARGEST:
            raise Unavailable(session.account.says("names more mails than a mailbox holds"))
        found.extend(range(low, high + 1))
    return found


def day(since: datetime) -> str:
    """A day earlier: the server compares days in a zone of its own."""
    at = since.astimezone(UTC) - timedelta(days=1)
    return f"{at.day}-{'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()[at.month - 1]}-{at.year}"


# ----------------------------------------------------------------------------------------------------------- mails


def heads(session: Session, uids: Sequence[int], *, whole: bool = False) -> Iterator[tuple[int, Head | None]]:
    """Headers, sizes and flags, as they come: the server goes on while they are read. None for a mail that it does not give,
    though it gives others."""
    return _Asked(session, b"BODY.PEEK[HEADER]" if whole else b"RFC822.SIZE FLAGS " + _HEADERS).of(uids)


@dataclass
class _Asked:
    """Where the server refuses, it is asked for fewer at a time."""

    session: Session
    what: bytes
    refused: int = 0

    def of(self, uids: Sequence[int]) -> Iterator[tuple[int, Head | None]]:
        left = dict.fromkeys(uids)
        try:
            for reply in self.session.stream([b"UID FETCH %s (UID %s)" % (part, self.what) for part in _sets(uids)]):
                uid, head = _head(reply)
                if uid and head:
                    left.pop(uid, None)
                    yield uid, head
        except Refused as fault:
            yield from self._fewer(list(left), fault)

    def _fewer(self, left: Sequence[int], fault: Refused) -> Iterator[tuple[int, Head | None]]:
        if fault.later or self.refused >= STUBBORN:
            raise Unavailable(self.session.account.says("does not give the mail just now")) from None
        if len(left) > 1:
            yield from self.of(left[: len(left) // 2])
            yield from self.of(left[len(left) // 2 :])
        elif left and fault.code != "expungeissued":  # else gone in this moment
            self.refused += 1
            yield left[0], None


def _head(reply: Reply) -> tuple[int, Head | None]:
    if usual := _HEAD.fullmatch(reply.text):
        return int(usual[1]), Head(reply.literals[0][:HEADER], int(usual[2]), frozenset(usual[3].lower().split()))
    given = reply.fields()
    raw = next((value for name, value in given.items() if name.startswith("BODY[HEADER")), b"absent")
    if raw == b"absent" or isinstance(raw, list):
        return 0, None
    size, flags = given.get("RFC822.SIZE"), given.get("FLAGS")
    words = frozenset(word.lower() for word in flags or () if isinstance(word, bytes)) if isinstance(flags, list) else frozenset()
    return number(given.get("UID")), Head((raw or b"")[:HEADER], number(size), words)


def structures(session: Session, uids: Sequence[int], about: re.Pattern[bytes] | None = None) -> dict[int, _imap_parts.Part]:
    """Those in which something is `about` it: to read a structure takes far longer than to see that."""
    found: dict[int, _imap_parts.Part] = {}
    for reply in _fetched(session, uids, b"BODYSTRUCTURE"):
        if about and not any(map(about.search, (reply.text, *reply.literals))):
            continue
        given = reply.fields()
        part = _imap_parts.read(given.get("BODYSTRUCTURE"))
        if part and (uid := number(given.get("UID"))):
            found[uid] = part
    return found


def contents(session: Session, wanted: dict[int, dict[str, int]]) -> dict[int, dict[str, bytes]]:
    """Sections by UID; mails that want the same sections are asked for together."""
    groups: dict[tuple[tuple[str, int], ...], list[int]] = {}
    for uid, sections in wanted.items():
        if sections:
            groups.setdefault(tuple(sections.items()), []).append(uid)
    found: dict[int, dict[str, bytes]] = {}
    for sections_, uids in groups.items():
        asked = " ".join(f"BODY.PEEK[{section}]<0.{most}>" for section, most in sections_).encode()
        most = sum(most for _, most in sections_)
        for reply in _fetched(session, uids, asked):
            given = reply.fields()
            for name, value in given.items():
                section = re.match(r"BODY\[([\d.]+)\]", name)
                if section and isinstance(value, bytes):
                    found.setdefault(number(given.get("UID")), {})[section[1]] = value[:most]
    return found


def beginnings(session: Session, uids: Sequence[int]) -> dict[int, bytes]:
    """Of mails as they are. Each is asked for by itself: they are those with which a server has its troubles."""
    found = {}
    for reply in _fetched(session, uids, b"BODY.PEEK[]<0.%d>" % WHOLE, at_once=1):
        given = reply.fields()
        raw = next((value for name, value in given.items() if name.startswith("BODY[]")), None)
        if isinstance(raw, bytes):
            found[number(given.get("UID"))] = raw[:WHOLE]
    return found


def _fetched(session: Session, uids: Sequence[int], what: bytes, at_once: int = CHUNK) -> Iterator[Reply]:
    """What the server refuses is not there."""
    try:
        yield from session.stream([b"UID FETCH %s (UID %s)" % (part, what) for part in _sets(sorted(uids), at_once)])
    except Refused as fault:
        if fault.later:
            raise Unavailable(session.account.says("does not give the mail just now")) from None


def number(word: Any) -> int:
    """0 for what is none."""
    return int(word) if isinstance(word, bytes) and word.isdigit() and len(word) <= 19 else 0


def _sets(uids: Sequence[int], most: int = CHUNK) -> Iterator[bytes]:
    """UID sets of so many mails each; runs are written as ranges."""
    for at in range(0, len(uids), most):
        yield ",".join(f"{a}:{b}" if b > a else str(a) for a, b in runs(uids[at : at + most])).encode()
