"""Mail on an IMAP server as a source, and its bodies: headers first, texts on demand, nothing changed at the server."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Protocol

from agent.errors import NeedsHuman, Unavailable
from agent.facts import mime
from agent.model import Body, Message, Quarantined
from agent.ports import Batch, Cursor
from connectors import _imap_ask, _imap_parts, _imap_places
from connectors._imap import Account
from connectors._imap_ask import Folder, State
from connectors._imap_known import Box, Known
from connectors._imap_session import Refused, Session

PAGE = 2000  # mails of one batch
TEXTS = 100  # mails whose texts are asked for together
LARGEST = 25 * 2**20
LOOKED_INTO = timedelta(days=100)  # younger mail is looked into for invitations; reports always
IDLE = 29 * 60  # seconds; a server may take who is silent for longer for gone (RFC 2177)
_REPORTS = (b"multipart/report", b"text/calendar", b"application/ics")
_MIXED = (b"multipart/mixed", b"multipart/alternative", b"multipart/related", b"multipart/signed")
_KIND = re.compile(rb"^content-type[ \t]*:\s*([\w/+.-]{1,80})", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(rb"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,255}")


class Settings(Protocol):
    """Where mail is read, and which folders in place of INBOX, Sent and Archive."""

    @property
    def account(self) -> Account: ...
    @property
    def folders(self) -> tuple[str, ...]: ...


class Mail:
    """Source of messages, and their bodies."""

    def __init__(self, settings: Settings, now: datetime, since: datetime | None = None, page: int = PAGE) -> None:
        self.account, self._folders, self.now, self.since, self._size = settings.account, settings.folders, now, since, page
        self._pages: Iterator[Batch[Message]] = iter(())
        self._page: Cursor | None = None  # the cursor with which they go on
        self._seen: State | None = None

    # ---------------------------------------------------------------------------------------------------- pull

    def pull(self, since: Cursor | None) -> Batch[Message]:
        """A page's cursor goes on from there, also after a restart; within this object on the same connection."""
        if since is None or since != self._page:
            self._pages = self._begin(since)
        self._page = None
        batch = next(self._pages)
        if batch.more:
            self._page = batch.cursor
        else:
            self._pages = iter(())
        return batch

    def _begin(self, since: Cursor | None) -> Iterator[Batch[Message]]:
        with self.account.open() as session:
            try:
                yield from self._batches(session, since, self._usable(Known.read(since)))
            except Refused as fault:
                raise self._shut(fault) from None

    def probe(self) -> str:
        with self.account.open() as session:
            try:
                found = [(folder.name, self._opened(session, folder.name)) for folder in self._chosen(_imap_ask.folders(session))]
            except Refused as fault:
                raise self._shut(fault) from None
        return ", ".join(f"{name} ({state.exists:,})" for name, state in found)

    def _usable(self, known: Known | None) -> Known | None:
        wider = known is not None and known.since != "" and (self.since is None or _moment(self.since) < known.since)
        return None if wider else known

    def _batches(self, session: Session, since: Cursor | None, before: Known | None) -> Iterator[Batch[Message]]:
        folders = self._chosen(_imap_ask.folders(session))
        states = {folder.name: self._opened(session, folder.name) for folder in folders}
        if before and any(box.uids and box.validity != states[name].validity for name, box in before.boxes.items() if name in states):
            before = None  # what UIDs of before meant they mean no more
        if since is not None and not any(state.exists for state in states.values()) and (before is None or before.count):
            yield Batch((), since, suspect=True)
            return
        today = f"{self.now:%Y-%m-%d}"
        known = before or Known(_moment(self.since), today)
        daily, known.day = known.day != today, today
        look = _Look(session, self, known, self._size, daily, reset=before is None)
        for name in [n for n in known.boxes if n not in states]:
            look.forget(name, known.boxes.pop(name))
        for folder in folders:
            state = states[folder.name]
            box = known.boxes.setdefault(folder.name, Box(state.validity))
            yield from look.at(folder, box, state, selected=len(states) == 1)
        yield look.batch(more=False)

    def _chosen(self, there: Sequence[Folder]) -> list[Folder]:
        order = _imap_places.ordered(there)
        inbox = next((folder for folder in order if folder.name.upper() == "INBOX"), _INBOX)
        if self._folders:
            return [inbox if name.upper() == "INBOX" else self._named(order, name) for name in dict.fromkeys(self._folders)]
        if everything := next((folder for folder in order if "\\all" in folder.flags), None):
            return [everything]
        found = [_imap_places.usual(order, use) for use in (_imap_places.SENT, _imap_places.ARCHIVE)]
        return [inbox, *(folder for folder in found if folder and folder.name != inbox.name)]

    def _named(self, order: Sequence[Folder], name: str) -> Folder:
        if found := _imap_places.meant(order, name):
            return found
        listed = ", ".join([folder.name for folder in order][:20])
        raise NeedsHuman(self.account.says(f"has no folder {name!r}"), f"correct `folders` of `mail`; there are {listed}")

    def _opened(self, session: Session, name: str) -> State:
        try:
            return _imap_ask.examined(session, name)
        except Refused as fault:
            if fault.later:
                raise Unavailable(self.account.says(f"does not open the folder {name!r} just now")) from None
            hint = "see whether it was renamed, or list as `folders` of `mail` those that are to be read"
            raise NeedsHuman(self.account.says(f"does not open the folder {name!r}"), hint) from None

    def _shut(self, fault: Refused) -> NeedsHuman | Unavailable:
        if fault.says.upper().startswith("NO"):
            return Unavailable(self.account.says("cannot answer now"))
        return NeedsHuman(self.account.says("does not understand IMAP as it is asked"), "see whether `host` and `port` of `mail` are right")

    # --------------------------------------------------------------------------------------------------- bodies

    def read(self, ids: Sequence[str]) -> Iterable[Body]:
        """In order. A mail that is gone has an empty body."""
        if not ids:
            return
        with self.account.open() as session:
            for at in range(0, len(ids), TEXTS):
                part = ids[at : at + TEXTS]
                found: dict[str, bytes] = {}
                for name, wanted in _by_box(part).items():
                    found |= self._texts(session, name, wanted)
                for item in part:
                    yield _body(item, found.get(item, b""))

    def _texts(self, session: Session, name: str, wanted: dict[int, set[int]]) -> dict[str, bytes]:
        try:
            validity = _imap_ask.examined(session, name).validity
        except Refused as fault:
            if fault.later:
                raise self._shut(fault) from None
            return {}
        uids = sorted(wanted.get(validity, ()))
        headers = {uid: head.raw for uid, head in _imap_ask.heads(session, uids, whole=True) if head}
        parts = _imap_ask.structures(session, list(headers))
        contents = _imap_ask.contents(session, {uid: _imap_parts.sections(part, text=True) for uid, part in parts.items()})
        made = _imap_ask.beginnings(session, [uid for uid in headers if uid not in parts])
        made |= {uid: _imap_parts.mail(headers[uid], part, contents.get(uid, {})) for uid, part in parts.items() if uid in headers}
        return {_id(name, validity, uid): raw for uid, raw in made.items()}

    # ----------------------------------------------------------------------------------------------------- news

    def wait(self, stop: Event, seconds: float = IDLE) -> bool | None:
        """Whether something changed in the first folder before `stop` or the time was over; None: this server does not tell
        (RFC 2177). What changed between two calls counts."""
        with self.account.open() as session:
            if "IDLE" not in session.capabilities:
                return None
            state = self._opened(session, self._chosen(_imap_ask.folders(session))[0].name)
            before, self._seen = self._seen, state
            if before not in (None, state):
                return True
            try:
                changed = session.idle(stop.is_set, seconds)
            except Refused:
                return None
        if changed:
            self._seen = None
        return changed


_INBOX = Folder("INBOX", frozenset(), ("INBOX",))


@dataclass
class _Look:
    """One look at the mailboxes, in pages of `size` mails."""

    session: Session
    mail: Mail
    known: Known
    size: int
    daily: bool
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
        self.removed += [_id(name, box.validity, uid) for uid in sorted(box.uids)]

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
            raise Unavailable(self.mail.account.says(f"has made the folder {name!r} anew in this moment"))
        wanted, gone = self._changes(name, box, state)
        self.removed += [_id(name, box.validity, uid) for uid in gone]
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
        since = self.mail.since
        if not box.uids and box.next == 1:
            there = _imap_ask.searched(self.session, b"ALL")
            inside = set(there if since is None else _imap_ask.searched(self.session, f"SINCE {_imap_ask.day(since)}".encode()))
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
                made[uid] = _quarantined(_id(name, validity, uid), b"", "the server does not give it")
            elif drafts or b"\\draft" not in head.flags:
                made[uid] = one = _item(_id(name, validity, uid), head.raw, head.size > LARGEST)
                if isinstance(one, Message) and self._may_hold(head.raw, one):
                    asked[uid] = head.raw
        for uid, raw in self._looked_into(asked).items():
            made[uid] = _item(_id(name, validity, uid), raw, large=False)
        for _, one in sorted(made.items()):
            if isinstance(one, Quarantined):
                self.quarantined.append(one)
            elif self.mail.since is None or one.sent >= self.mail.since:
                self.items.append(one)
        return came & set(uids)

    def _may_hold(self, header: bytes, message: Message) -> bool:
        """An invitation, or a report."""
        kind = _KIND.search(header)
        if not kind:
            return False
        if kind[1].lower() in _REPORTS:
            return True
        return kind[1].lower() in _MIXED and message.sent >= self.mail.now - LOOKED_INTO

    def _looked_into(self, headers: dict[int, bytes]) -> dict[int, bytes]:
        """Those that do, with those parts."""
        found = _imap_ask.structures(self.session, list(headers), _imap_parts.REPORTED)
        parts = {uid: part for uid, part in found.items() if uid in headers and any(leaf.reported for leaf in part.leaves)}
        contents = _imap_ask.contents(self.session, {uid: _imap_parts.sections(part, text=False) for uid, part in parts.items()})
        return {uid: _imap_parts.mail(headers[uid], part, contents.get(uid, {})) for uid, part in parts.items()}


def _adopt(box: Box, state: State) -> None:
    """Some servers give an empty folder another UIDVALIDITY each time: where no mail was known, that tells nothing."""
    if not box.uids and box.validity != state.validity:
        box.validity, box.next = state.validity, 1


# ---------------------------------------------------------------------------------------------------------- items


def _id(name: str, validity: int, uid: int) -> str:
    return f"{name}/{validity}.{uid}"


def _by_box(ids: Sequence[str]) -> dict[str, dict[int, set[int]]]:
    """Mailbox to UIDVALIDITY to UIDs."""
    found: dict[str, dict[int, set[int]]] = {}
    for item in ids:
        name, _, number = item.rpartition("/")
        validity, _, uid = number.partition(".")
        if re.fullmatch(r"[0-9]{1,10}", validity) and re.fullmatch(r"[0-9]{1,10}", uid):
            found.setdefault(name, {}).setdefault(int(validity), set()).add(int(uid))
    return found


def _body(item: str, raw: bytes) -> Body:
    try:
        return mime.body(raw, item) if raw else Body(item, "")
    except Exception:  # noqa: BLE001 - whatever one mail does to the reader, the others are read; the port asks for an empty one
        return Body(item, "")


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


def _moment(since: datetime | None) -> str:
    return since.astimezone(UTC).isoformat() if since else ""
