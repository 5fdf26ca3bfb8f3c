"""One folder of drafts or of sent mail on an IMAP server: what lies there, laid there, marked and taken away.

What HEADER searches find is right, what they do not find may be there (servers search an index, or only some headers): the
headers of recent mail are always read and compared as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from agent.errors import NeedsHuman, OnwardError, Rejected, Unavailable
from connectors import _imap_ask, _imap_grammar, _outbox_mark
from connectors._imap_session import Refused, Session
from connectors._outbox_mark import Head, Mark

OURS = "OnwardDraft"  # the keyword of what was laid here: a client that saves other words makes a mail without it
DELETED = "\\deleted"
SENDING = "OnwardSending"  # stands beside it where keywords are kept: a rep may take back what is to be deleted
RECENT = 500  # mails of a folder that are compared
_KEYWORDS = re.compile(rb"\* OK \[PERMANENTFLAGS \([^)\r\n]*\\\*[^)\r\n]*\)\]", re.IGNORECASE)  # new ones may be made
_FETCHED = f"BODY.PEEK[HEADER.FIELDS ({' '.join(name.upper() for name in _outbox_mark.HEADERS)})]".encode()


@dataclass(frozen=True, slots=True)
class Entry:
    """A mail in a folder. `flags` are in lower case."""

    uid: int
    head: Head
    flags: frozenset[str]

    @property
    def marked(self) -> bool:
        """It may have left, or is to be deleted: it is as good as gone."""
        return _marks(self.flags)

    @property
    def ours(self) -> bool:
        """It was laid here, and no client has saved it anew."""
        return OURS.lower() in self.flags

    def may_be(self, mark: Mark) -> bool:
        """A client may have made it of that mail."""
        return not self.ours and self.head.may_be(mark)


@dataclass
class Heads:
    """Headers of a folder that were read before: mail does not change."""

    validity: int = 0
    known: dict[int, Head] = field(default_factory=dict)


@dataclass
class Box:
    """A folder while it is open."""

    session: Session
    name: str
    capabilities: frozenset[str]
    writes: bool
    exists: int = 0
    validity: int = 0
    keywords: bool = False  # whether new ones are kept

    def open(self) -> Box:
        verb = b"SELECT " if self.writes else b"EXAMINE "
        try:
            replies = self.session.ask(verb + _imap_grammar.wired(self.name))
        except ValueError:
            raise refusal(self.session, self.name, Refused("NO [CANNOT]")) from None
        except Refused as fault:
            raise refusal(self.session, self.name, fault) from None
        state = _imap_ask.told(self.session, replies)
        self.exists, self.validity = state.exists, state.validity
        self.keywords = any(_KEYWORDS.match(reply.text) for reply in replies)
        return self

    @property
    def _claim(self) -> bytes:
        return b"\\Deleted " + SENDING.encode() if self.keywords else b"\\Deleted"

    # -------------------------------------------------------------------------------------------------------- looks

    def recent(self) -> list[Entry]:
        """In the order in which they came."""
        if not self.exists:
            return []
        return self._entries(b"FETCH %d:* (UID FLAGS %s)" % (max(1, self.exists - RECENT + 1), _FETCHED))

    def recent_by(self, heads: Heads) -> list[Entry]:
        """The same, reading only what came since; without flags, and possibly of mail that is gone."""
        if heads.validity != self.validity:
            heads.validity, heads.known = self.validity, {}
        last = max(heads.known, default=0)
        fresh = self._entries(b"UID FETCH %d:* (UID FLAGS %s)" % (last + 1, _FETCHED)) if last and self.exists else self.recent()
        heads.known |= {entry.uid: entry.head for entry in fresh}
        for uid in sorted(heads.known)[:-RECENT]:
            del heads.known[uid]
        return [Entry(uid, head, frozenset()) for uid, head in sorted(heads.known.items())]

    def searched(self, mark: Mark) -> list[Entry]:
        """What the server finds under key or Message-ID, and is it."""
        uids: set[int] = set()
        for name, value in ((_outbox_mark.KEY, mark.key), ("Message-ID", mark.message_id)):
            if value and value.isascii() and value.isprintable():
                with suppress(Refused):
                    uids |= set(self.search(b"HEADER %s %s" % (name.encode(), _imap_grammar.quoted(value))))
        return [entry for entry in self.entries(uids) if entry.head.is_(mark)]

    def entries(self, uids: Iterable[int]) -> list[Entry]:
        return self._entries(b"UID FETCH %s (UID FLAGS %s)" % (_set(uids), _FETCHED)) if uids else []

    def search(self, what: bytes) -> list[int]:
        return _imap_ask.searched(self.session, what)

    def whole(self, uid: int) -> bytes | None:
        """None if it is gone."""
        for reply in self.session.ask(b"UID FETCH %d (UID BODY.PEEK[])" % uid):
            if _uid(given := reply.fields()) == uid and (data := _data(given)):
                return data
        return None

    def _entries(self, command: bytes) -> list[Entry]:
        """What was told last of its flags counts: that another client changes them is told without being asked."""
        heads: dict[int, Head] = {}
        flags: dict[int, frozenset[str]] = {}
        for given in (reply.fields() for reply in self.session.ask(command)):
            uid, data = _uid(given), _data(given)
            if uid and data:
                heads[uid] = _outbox_mark.head(data)
            if uid and "FLAGS" in given:
                flags[uid] = _flags(given)
        return [Entry(uid, heads[uid], flags.get(uid, frozenset())) for uid in sorted(heads)]

    # --------------------------------------------------------------------------------------------------------- acts

    def mark(self, entry: Entry) -> bool:
        """Marked for deletion, or gone because of it: some servers do not wait for EXPUNGE. False if it was gone or marked before.
        Where the server compares and sets (CONDSTORE), of two who mark one wins."""
        counts = bool(self.capabilities & {"CONDSTORE", "QRESYNC"})
        replies = self.session.ask(b"UID FETCH %d (UID FLAGS%s)" % (entry.uid, b" MODSEQ" if counts else b""))
        now = [given for reply in replies if _uid(given := reply.fields()) == entry.uid and "FLAGS" in given]
        if not now or _marks(_flags(now[-1])):
            return False
        sequence = now[-1].get("MODSEQ")
        since = _imap_ask.number(sequence[0]) if isinstance(sequence, list) and sequence else 0
        condition = b"(UNCHANGEDSINCE %d) " % since if since else b""
        self.session.ask(b"UID STORE %d %s+FLAGS.SILENT (%s)" % (entry.uid, condition, self._claim))
        return b"[MODIFIED" not in self.session.told.upper() and all(left.marked for left in self.entries([entry.uid]))

    def unmark(self, uid: int) -> bool:
        """False if it is gone."""
        self.session.ask(b"UID STORE %d -FLAGS (%s)" % (uid, self._claim))
        return any(not entry.marked for entry in self.entries([uid]))

    def expunge(self, uids: Sequence[int]) -> None:
        """Of a server that deletes only all that is marked at once, nothing else of it is deleted: then they stay marked."""
        self.session.ask(b"UID STORE %s +FLAGS.SILENT (\\Deleted)" % _set(uids))
        if self.capabilities & {"UIDPLUS", "IMAP4REV2"}:
            self.session.ask(b"UID EXPUNGE %s" % _set(uids))
        elif set(self.search(b"DELETED")) <= set(uids):
            self.session.ask(b"EXPUNGE")

    def lay(self, raw: bytes) -> None:
        """A draft. Raises `Unsure` where the server may have taken it."""
        self.append(raw, rf"\Draft \Seen {OURS}" if self.keywords else r"\Draft \Seen")

    def append(self, raw: bytes, flags: str) -> None:
        try:
            self.session.append(self.name, flags, raw)
        except Refused as fault:
            raise refusal(self.session, self.name, fault) from None


@dataclass
class Open:
    """A connection, and the two folders."""

    session: Session
    capabilities: frozenset[str]
    drafts: str
    sent: str

    def box(self, name: str, *, writes: bool = False) -> Box:
        return Box(self.session, name, self.capabilities, writes).open()


def refusal(session: Session, name: str, fault: Refused) -> OnwardError:
    """Of a folder; by the response code (RFC 5530), for the text may hold anything."""
    code = fault.code
    account = session.account
    if code == "overquota":
        return NeedsHuman(account.says("has no room left in this mailbox"), "delete something there")
    if code in ("trycreate", "nonexistent", "noperm", "cannot"):
        hint = f"make it there, or name another one in `{account.section}`"
        return NeedsHuman(account.says(f"has no folder {name!r} that can be used"), hint)
    if fault.later or code in ("serverbug", "contactadmin"):
        return Unavailable(account.says(f"cannot use the folder {name!r} just now"))
    if re.match(r"\s*BAD", fault.says, re.IGNORECASE):
        return Rejected(account.says(f"does not understand what is to be done in the folder {name!r}"))
    return Unavailable(account.says(f"refuses the folder {name!r} without saying why"))


def _marks(flags: frozenset[str]) -> bool:
    return bool(flags & {DELETED, SENDING.lower()})


def _uid(given: dict[str, Any]) -> int:
    return _imap_ask.number(given.get("UID"))


def _data(given: dict[str, Any]) -> bytes:
    return next((value for name, value in given.items() if name.startswith("BODY[") and isinstance(value, bytes)), b"")


def _flags(given: dict[str, Any]) -> frozenset[str]:
    row = given["FLAGS"]
    return frozenset(word.decode("ascii", "replace").lower() for word in (row if isinstance(row, list) else ()) if isinstance(word, bytes))


def _set(uids: Iterable[int]) -> bytes:
    return ",".join(str(uid) for uid in sorted(uids)).encode()
