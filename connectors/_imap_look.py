"""One look at the mailboxes of an IMAP server: what came, what went, and the mails by their headers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from agent.errors import Unavailable
from agent.facts import mime
from agent.model import Message, Quarantined
from agent.ports import Batch
from connectors import _imap_ask, _imap_parts
from connectors._imap_ask import Folder, State
from connectors._imap_known import Box, Known
from connectors._imap_session import Session

LARGEST = 25 * 2**20
LOOKED_INTO = timedelta(days=100)  # younger mail is looked into for invitations; reports always
_REPORTS = (b"multipart/report", b"text/calendar", b"application/ics")
_MIXED = (b"multipart/mixed", b"multipart/alternative", b"multipart/related", b"multipart/signed")
_KIND = re.compile(rb"^content-type[ \t]*:\s*([\w/+.-]{1,80})", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(rb"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,255}")


@dataclass
class Look:
    """One look at the mailboxes, in pages of `size` mails."""

    session: Session
    known: Known
    now: datetime
    since: datetime | None  # mail sent before is left out
    size: int
    daily: bool  # all UIDs are compared
    reset: bool
    items: list[Message] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    asked: int = 0  # for this page

    def batch(self, *, more: bool) -> Batch[Message]:
        """What was found since the last one."""
        made = Batch(self.items, self.known.cursor(), self.removed, self.reset, more, self.quarantined, durable=True)
        self.items, self.quarantined, self.removed, self.reset, self.asked = [], [], [], False, 0
        return made

    def forget(self, name: str, box: Box) -> None:
        self.removed += [item_id(name, box.validity, uid) for uid in sorted(box.uids)]

    def at(self, folder: Folder, box: Box, state: State, *, selected: bool) -> Iterator[Batch[Message]]:
        """All pages of it but the last. A mail counts as seen when its header has come: one that is left out of an answer is
        asked for again."""
        _adopt(box, state)
        if self._still(box, state):
            return
        name = folder.name
        if not selected:
            state = _imap_ask.examined(self.session, name)
        if state.exists and state.validity != box.validity:
            raise Unavailable(self.session.account.says(f"has made the folder {name!r} anew in this moment"))
        wanted, gone = self._changes(name, box, state)
        self.removed += [item_id(name, box.validity, uid) for uid in gone]
        box.uids.difference_update(gone)
        while wanted:
            if self.asked == self.size:
                yield self.batch(more=True)
            page, wanted = wanted[: self.size - self.asked], wanted[self.size - self.asked :]
            self.asked += len(page)
            box.uids |= self._read(name, box.validity, page, drafts="\\all" not in folder.flags)
            box.next = max(box.next, page[-1] + 1)
        box.next = max(box.next, state.following)

    def _still(self, box: Box, state: State) -> bool:
        """By what EXAMINE told nothing came or went. Once a day all UIDs are compared whatever it told."""
        return not self.daily and state.following == box.next and state.exists == box.count

    def _changes(self, name: str, box: Box, state: State) -> tuple[list[int], list[int]]:
        """UIDs to be read, in order, and those that are gone."""
        if not box.uids and box.next == 1:
            there = _imap_ask.searched(self.session, b"ALL")
            inside = set(there if self.since is None else _imap_ask.searched(self.session, f"SINCE {_imap_ask.day(self.since)}".encode()))
            box.uids.update(set(there) - inside)
            return sorted(inside), []
        if not self.daily:
            fresh = {u for u in _imap_ask.searched(self.session, b"UID %d:*" % box.next) if u >= box.next and u not in box.uids}
            if len(box.uids) + len(fresh) == state.exists:
                return sorted(fresh), []
        return self._compared(name, box)

    def _compared(self, name: str, box: Box) -> tuple[list[int], list[int]]:
        """One by one. A list that is shorter than the mailbox, twice, tells of no mail that it is gone."""
        all_: set[int] = set()
        for _ in range(2):
            state = _imap_ask.examined(self.session, name)
            all_ = set(_imap_ask.searched(self.session, b"ALL"))
            if len(all_) >= state.exists:
                return sorted(all_ - box.uids), sorted(box.uids - all_)
        return sorted(all_ - box.uids), []

    def _read(self, name: str, validity: int, uids: Sequence[int], *, drafts: bool) -> set[int]:
        """Which of them came."""
        came: set[int] = set()
        made: dict[int, Message | Quarantined] = {}
        asked: dict[int, bytes] = {}
        for uid, head in _imap_ask.heads(self.session, uids):
            came.add(uid)
            if head is None:
                made[uid] = _quarantined(item_id(name, validity, uid), b"", "the server does not give it")
            elif drafts or b"\\draft" not in head.flags:
                made[uid] = one = _item(item_id(name, validity, uid), head.raw, head.size > LARGEST)
                if isinstance(one, Message) and self._may_hold(head.raw, one):
                    asked[uid] = head.raw
        for uid, raw in self._looked_into(asked).items():
            made[uid] = _item(item_id(name, validity, uid), raw, large=False)
        for _, one in sorted(made.items()):
            if isinstance(one, Quarantined):
                self.quarantined.append(one)
            elif self.since is None or one.sent >= self.since:
                self.items.append(one)
        return came & set(uids)

    def _may_hold(self, header: bytes, message: Message) -> bool:
        """An invitation, or a report."""
        kind = _KIND.search(header)
        if not kind:
            return False
        if kind[1].lower() in _REPORTS:
            return True
        return kind[1].lower() in _MIXED and message.sent >= self.now - LOOKED_INTO

    def _looked_into(self, headers: dict[int, bytes]) -> dict[int, bytes]:
        """Those that do, with those parts."""
        found = _imap_ask.structures(self.session, list(headers), _imap_parts.REPORTED)
        parts = {uid: part for uid, part in found.items() if uid in headers and any(leaf.reported for leaf in part.leaves)}
        contents = _imap_ask.contents(self.session, {uid: _imap_parts.sections(part, text=False) for uid, part in parts.items()})
        return {uid: _imap_parts.mail(headers[uid], part, contents.get(uid, {})) for uid, part in parts.items()}


def _adopt(box: Box, state: State) -> None:
    """Some servers give an empty folder another UIDVALIDITY each time: where no mail was known, that tells nothing."""
    if not box.count and box.validity != state.validity:
        box.validity, box.next = state.validity, 1


def item_id(name: str, validity: int, uid: int) -> str:
    return f"{name}/{validity}.{uid}"


def _item(item: str, raw: bytes, large: bool) -> Message | Quarantined:
    if large:
        return _quarantined(item, raw, "larger than 25 MB")
    try:
        return mime.headers(raw, item)
    except mime.Unreadable as fault:
        return _quarantined(item, raw, str(fault))
    except Exception as fault:  # noqa: BLE001 - whatever one mail does to the parser, the others arrive
        return _quarantined(item, raw, f"cannot be read ({type(fault).__name__})")


def _quarantined(item: str, raw: bytes, why: str) -> Quarantined:
    names = {match.decode("latin-1").lower() for match in _ADDRESS.findall(raw)[:5000]}
    return Quarantined("mail", item, why, frozenset(names))
