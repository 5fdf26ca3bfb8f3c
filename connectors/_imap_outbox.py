r"""The rep's Drafts on an IMAP server, and sending by SMTP.

    laid ── \Deleted ──▶ claimed ── SMTP ──▶ copied to Sent ──▶ expunged
               ▲             └ certainly refused ┐
               └──────────────────────────────────┘

A draft is claimed by being marked for deletion, once the mail server has taken sender and recipients and before it is told the
text: whoever finds the mark later knows that the mail may have left. A draft without it has not.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import Literal

from agent.errors import NeedsHuman, OnwardError, Rejected, Unavailable, Unsure
from agent.model import Mail
from agent.ports import Handle, Placed, Receipt
from connectors import _imap_ask, _imap_box, _outbox_mark
from connectors._imap import Account
from connectors._imap_box import Box, Entry, Heads, Open
from connectors._imap_places import Places
from connectors._imap_sent import Sent
from connectors._imap_session import Refused
from connectors._outbox_mark import Mark
from connectors._smtp import Server, stuffed

MOST = 1000  # mails whose words are remembered
SAVES = (0.0, 1.0, 2.0)  # seconds between looks whether the server has put a copy into Sent itself
_CHANGED = "the draft was changed in Drafts after it was approved; approve the new text, or send it from there"
_locks: dict[tuple[str, int, str], Lock] = {}


@dataclass
class Outbox:
    """One caller at a time for each mailbox, within this process; of other processes the courier's lease keeps it safe.

    A handle follows from the mail and the mailbox: other bytes under the same key have another one.
    """

    account: Account
    server: Server | None = None
    places: Places = field(default_factory=Places)
    copies: Literal["auto", "always", "never"] = "auto"
    waits: Sequence[float] = SAVES
    _kept: dict[Handle, tuple[bytes, bytes]] = field(default_factory=dict, repr=False)  # what a server made of a draft, and its bytes
    _unsent: dict[Handle, bytes] = field(default_factory=dict, repr=False)  # claimed here, and certainly not sent
    _heads: Heads = field(default_factory=Heads, repr=False)  # of Sent
    _read: dict[tuple[str, int, int], str] = field(default_factory=dict, repr=False)  # words by folder, UIDVALIDITY and UID

    # -------------------------------------------------------------------------------------------------------- port

    def put(self, mail: Mail) -> Handle:
        stuffed(mail.raw)
        with self._alone(), self._open() as at:
            mark = _outbox_mark.of(mail, self._mailbox(at))
            if not self._sent(at).of(mark):
                self._lay(at.box(at.drafts, writes=True), mark, mail.raw)
        return mark.handle

    def look(self, handles: Sequence[Handle]) -> list[Placed]:
        """Sent mail is looked for before and after: a client may be sending a draft this moment."""
        marks = {handle: mark for handle in handles if (mark := _outbox_mark.read(handle))}
        found = dict.fromkeys(handles, Placed("elsewhere"))
        if marks:
            with self._alone(), self._open() as at:
                found |= self._placed(at, marks)
        return [found[handle] for handle in handles]

    def _placed(self, at: Open, marks: Mapping[Handle, Mark]) -> dict[Handle, Placed]:
        sent = self._sent(at)
        found = {handle: gone for handle, mark in marks.items() if (gone := self._found_sent(sent, mark))}
        box = at.box(at.drafts)
        drafts = box.recent()
        laid = {handle: self._laid(box, drafts, mark) for handle, mark in marks.items() if handle not in found}
        found |= {handle: there for handle, there in laid.items() if there}
        if len(found) < len(marks):
            sent = self._sent(at)
            found |= {handle: self._missing(at, sent, drafts, mark) for handle, mark in marks.items() if handle not in found}
        return found

    def _laid(self, box: Box, drafts: Sequence[Entry], mark: Mark) -> Placed | None:
        """A draft that was marked may have left, and what a client saves anew has no mark: of that nothing is known but its words."""
        if mark.handle in self._unsent:
            return Placed("draft")
        there = _ours(drafts, mark)
        if (live := [entry for entry in there if not entry.marked]) and (words := self._words(box, live[-1])):
            anew = len(live) < len(there) or not live[-1].ours
            return Placed("draft", words != mark.words, anew=anew)
        return None

    def _missing(self, at: Open, sent: Sent, drafts: Sequence[Entry], mark: Mark) -> Placed:
        moved = mark.mailbox not in ("", self._mailbox(at))
        return self._found_sent(sent, mark, guess=not _ours(drafts, mark)) or Placed("elsewhere" if moved else "gone")

    def send(self, handle: Handle) -> Receipt:
        mark = _outbox_mark.read(handle)
        if mark is None:
            raise Unsure(self.account.says("does not know this draft; whether it was sent cannot be told"))
        with self._alone(), self._open() as at:
            if self._sent(at).of(mark):
                return Receipt(mark.receipt)
            box = at.box(at.drafts, writes=True)
            entry, raw = self._unchanged(box, mark)
            self._leave(box, mark, entry, raw)
            self._tidied(at, mark, entry, raw)
        return Receipt(mark.receipt)

    def withdraw(self, handle: Handle) -> bool:
        if (mark := _outbox_mark.read(handle)) is None:
            return False
        with self._alone(), self._open() as at:
            if self._sent(at).of(mark):
                return False
            box = at.box(at.drafts, writes=True)
            there = [entry for entry in box.recent() if entry.head.is_(mark)]
            if mark.handle in self._unsent:
                there = [self._restored(box, mark)]
            if not there or any(entry.marked for entry in there) or any(self._words(box, entry) != mark.words for entry in there):
                return False
            if not all(box.mark(entry) for entry in there):
                return False
            box.expunge([entry.uid for entry in there])
        return True

    def probe(self, *, sending: bool) -> str:
        """Both folders are opened, and the mail server is signed in to; it is told of no mail."""
        with self._alone(), self._open() as at:
            says = f"drafts go to {at.box(at.drafts).name}, sent mail to {at.box(at.sent).name}"
        if self.server is None and not sending:
            return says
        with self._sender().open():
            return f"{says}; {self.server.host if self.server else ''} takes mail for sending"

    # ------------------------------------------------------------------------------------------------------ drafts

    def _lay(self, box: Box, mark: Mark, raw: bytes) -> None:
        """A copy that is marked may have been sent: then nothing is laid. What was laid under this key before is replaced; words that
        the rep has written are not."""
        drafts = box.recent()
        there = [entry for entry in drafts if entry.head.is_(mark)]
        if mark.handle in self._unsent or any(entry.marked for entry in there):
            return
        same = {entry.uid for entry, _ in self._same(box, there, mark)}
        stale = [entry.uid for entry in there if entry.uid not in same and entry.ours]
        theirs = not same and len(stale) < len(there) if there else any(entry.may_be(mark) for entry in drafts)
        if theirs:
            return
        if not same:
            self._append(box, mark, raw)
        if stale:
            box.expunge(stale)

    def _append(self, box: Box, mark: Mark, raw: bytes) -> None:
        """Looked at once more: another process may have laid it meanwhile, and some servers write every mail anew."""
        before = {entry.uid for entry in box.recent()}
        box.lay(raw)
        box.open()
        laid = [entry for entry in box.recent() if entry.head.is_(mark)]
        fresh = [entry for entry in laid if entry.uid not in before]
        if len(fresh) == 1 and (data := box.whole(fresh[0].uid)) and not mark.exactly(data) and _outbox_mark.words(data) == mark.words:
            self._kept[mark.handle] = (data, raw)
        self._same(box, fresh, mark)

    def _same(self, box: Box, there: Sequence[Entry], mark: Mark) -> list[tuple[Entry, bytes]]:
        """The drafts that are what was put, and its bytes. Of several that are the same to the byte the first is kept; each who
        has laid one sees it."""
        found = [(entry, self._bytes(mark, box.whole(entry.uid) or b"")) for entry in there]
        same = [(entry, raw) for entry, raw in found if raw is not None]
        if same[1:]:
            box.expunge([entry.uid for entry, _ in same[1:]])
        return same

    def _bytes(self, mark: Mark, data: bytes) -> bytes | None:
        """Those that were put, if this is the draft that was made of them."""
        made, raw = self._kept.get(mark.handle, (b"", b""))
        return mark.exactly(data) or (raw if data and data == made else None)

    def _words(self, box: Box, entry: Entry) -> str:
        """Read once: mail does not change, and a draft may hold large files. "" if it is gone."""
        place = (box.name, box.validity, entry.uid)
        if place not in self._read and (data := box.whole(entry.uid)) is not None:
            if len(self._read) >= MOST:
                self._read.clear()
            self._read[place] = _outbox_mark.words(data)
        return self._read.get(place, "")

    def _unchanged(self, box: Box, mark: Mark) -> tuple[Entry, bytes]:
        """The one draft, and the bytes that were approved; raises otherwise."""
        if mark.handle in self._unsent:
            self._restored(box, mark)
        there = [entry for entry in box.recent() if entry.head.is_(mark)]
        if not there or any(entry.marked for entry in there):
            raise Unsure(self.account.says("has no such draft any more; whether it was sent cannot be told"))
        same = self._same(box, there, mark)
        if len(same) < len(there):
            raise Rejected(_CHANGED)
        return same[0]

    # ----------------------------------------------------------------------------------------------------- sending

    def _leave(self, box: Box, mark: Mark, entry: Entry, raw: bytes) -> None:
        server = self._sender()
        sender, recipients = _outbox_mark.envelope(raw)
        if not sender or not recipients:
            raise Rejected("This mail does not name one sender and somebody to write to.")
        with server.open() as line:
            line.offer(sender, recipients, raw)
            try:
                if not box.mark(entry):
                    raise Unsure(self.account.says("had the draft taken away while it was being sent"))
                line.hand_over(raw)
            except (Rejected, Unavailable, NeedsHuman, Refused):
                self._unsent[mark.handle] = raw
                with suppress(OnwardError, Refused):  # tried again before the draft is used
                    self._restored(box, mark)
                raise

    def _sender(self) -> Server:
        if self.server is not None:
            return self.server
        hint = "add smtp: {} to it, with host, port, user and password where they are not those of IMAP, or write deliver: draft"
        raise NeedsHuman(f"{self.account.section}: there is nothing set to send with", hint)

    def _restored(self, box: Box, mark: Mark) -> Entry:
        """The draft of what certainly was not sent, without the mark; laid anew where the server has expunged it."""
        box.open()
        there = [entry for entry in box.recent() if entry.head.is_(mark)]
        if not any(box.unmark(entry.uid) for entry in there):
            box.lay(self._unsent[mark.handle])
        box.open()
        if found := [entry for entry in box.recent() if entry.head.is_(mark) and not entry.marked]:
            del self._unsent[mark.handle]
            return found[0]
        raise Unavailable(self.account.says("does not show the draft that was laid there anew"))

    def _tidied(self, at: Open, mark: Mark, entry: Entry, raw: bytes) -> None:
        """It has left: what cannot be tidied up does not undo that. A connection that broke meanwhile is made anew, once."""
        with suppress(OnwardError, Refused):
            try:
                self._tidy(at, mark, entry, raw)
            except Unavailable:
                with self._open() as again:
                    self._tidy(again, mark, entry, raw)

    def _tidy(self, at: Open, mark: Mark, entry: Entry, raw: bytes) -> None:
        try:
            self._copy(at, mark, raw)
        finally:
            at.box(at.drafts, writes=True).expunge([entry.uid])

    def _copy(self, at: Open, mark: Mark, raw: bytes) -> None:
        """A server that keeps copies itself does so within a moment."""
        for wait in self.waits if self.copies == "auto" else ():
            time.sleep(wait)
            if self._sent(at).of(mark):
                return
        if self.copies != "never":
            at.box(at.sent, writes=True).append(raw, r"\Seen")  # some servers let nothing be laid in what is open for reading

    # ------------------------------------------------------------------------------------------------------- sent

    def _sent(self, at: Open) -> Sent:
        return Sent(at.box(at.sent), self._heads)

    def _found_sent(self, sent: Sent, mark: Mark, *, guess: bool = False) -> Placed | None:
        found = sent.of(mark) or (sent.perhaps(mark) if guess else [])
        words = self._words(sent.box, found[0]) if found else ""
        return Placed("sent", words != mark.words, mark.receipt) if words else None

    # ------------------------------------------------------------------------------------------------- connection

    def _mailbox(self, at: Open) -> str:
        return _outbox_mark.place(self.account.host, self.account.user, at.drafts)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with _locks.setdefault((self.account.host, self.account.port, self.account.user), Lock()):
            yield

    @contextmanager
    def _open(self) -> Iterator[Open]:
        with self.account.open() as session:
            try:
                capabilities = session.capabilities
                yield Open(session, capabilities, *self.places.found(self.account, _imap_ask.folders(session)))
            except Refused as fault:
                raise _imap_box.refusal(session, "Drafts", fault) from None


def _ours(drafts: Sequence[Entry], mark: Mark) -> list[Entry]:
    """The draft, or else what a client may have made of it."""
    return [entry for entry in drafts if entry.head.is_(mark)] or [entry for entry in drafts if entry.may_be(mark)]
