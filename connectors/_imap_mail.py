"""Mail on an IMAP server as a source, and its bodies: headers first, texts on demand, nothing changed at the server."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from threading import Event
from typing import Protocol

from agent.errors import NeedsHuman, Unavailable
from agent.facts import mime
from agent.model import Body, Message
from agent.ports import Batch, Cursor
from connectors import _imap_ask, _imap_parts, _imap_places, _window
from connectors._imap import Account
from connectors._imap_ask import Folder, State
from connectors._imap_known import Box, Known
from connectors._imap_look import Look, item_id
from connectors._imap_session import Refused, Session

PAGE = 2000  # mails of one batch
TEXTS = 100  # mails whose texts are asked for together
IDLE = 29 * 60  # seconds; a server may take who is silent for longer for gone (RFC 2177)


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
        self._line = _connected(self.account)  # for bodies
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
        return None if known and _window.wider(self.since, known.since) else known

    def _batches(self, session: Session, since: Cursor | None, before: Known | None) -> Iterator[Batch[Message]]:
        folders = self._chosen(_imap_ask.folders(session))
        states = {folder.name: self._opened(session, folder.name) for folder in folders}
        if before and any(box.uids and box.validity != states[name].validity for name, box in before.boxes.items() if name in states):
            before = None  # what UIDs of before meant they mean no more
        if since is not None and not any(state.exists for state in states.values()) and (before is None or before.count):
            yield Batch((), since, suspect=True)
            return
        today = f"{self.now:%Y-%m-%d}"
        known = before or Known(_window.begins(self.since), today)
        daily, known.day = known.day != today, today
        look = Look(session, known, self.now, self.since, self._size, daily, reset=before is None)
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
        """In order. A mail that is gone has an empty body. A round asks many times: the connection is kept for as long as this
        object is, or until it breaks."""
        for at in range(0, len(ids), TEXTS):
            part = ids[at : at + TEXTS]
            found: dict[str, bytes] = {}
            try:
                session = next(self._line)
                for name, wanted in _by_box(part).items():
                    found |= self._texts(session, name, wanted)
            except BaseException:
                self._line = _connected(self.account)
                raise
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
        made = {uid: _imap_parts.mail(headers[uid], part, contents.get(uid, {})) for uid, part in parts.items() if uid in headers}
        lost = [uid for uid in headers if uid not in parts or _imap_parts.lost(parts[uid], contents.get(uid, {}))]
        made |= _imap_ask.beginnings(session, lost)
        return {item_id(name, validity, uid): raw for uid, raw in made.items()}

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


def _connected(account: Account) -> Iterator[Session]:
    """The same connection each time, made when it is first wanted."""
    with account.open() as session:
        while True:
            yield session


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
