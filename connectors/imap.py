"""Mail on an IMAP server (RFC 3501, 9051): headers first, bodies on demand, nothing changed at the server but Drafts and Sent.

A mailbox is opened read-only. UIDs and how many mails there are tell what is new and whether something went; what an
extension would tell in another way is not needed, so a server without extensions is as good.
"""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from agent.errors import NeedsHuman
from agent.facts import mime
from agent.model import Body, Message, Quarantined
from agent.ports import Batch, Context, Cursor
from connectors import _imap, _imap_parts
from connectors._imap import Account, Refused, Reply, Session
from connectors._imap_outbox import Outbox, Places
from connectors._smtp import Server

PAGE = 2000  # mails of one batch
CHUNK = 500  # mails of one command
LARGEST = 25 * 2**20
LOOKED_INTO = timedelta(days=100)  # younger mail is looked into for invitations; reports always
_SPECIAL = {"\\sent": "sent", "\\archive": "archive", "\\all": "all"}
_NAMES = {
    "sent": ("Sent", "Sent Items", "Sent Messages", "Sent Mail", "Gesendet", "Gesendete Elemente", "Gesendete Objekte", "Envoyés"),
    "archive": ("Archive", "Archives", "Archiv"),
}
_HEADERS = f"BODY.PEEK[HEADER.FIELDS ({' '.join(name.upper() for name in mime.FIELDS)})]".encode()
_REPORTS = (b"multipart/report", b"text/calendar", b"application/ics")
_MIXED = (b"multipart/mixed", b"multipart/alternative", b"multipart/related")
_UID = re.compile(rb"\bUID (\d{1,10})\b", re.IGNORECASE)
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,19})\b", re.IGNORECASE)
_KIND = re.compile(rb"^content-type[ \t]*:\s*([\w/+.-]{1,80})", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(rb"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,255}")


@dataclass(frozen=True)
class Settings:
    """`port` 0 is the usual one. `folders` are read in place of INBOX, Sent and Archive."""

    host: str
    user: str
    password: str = ""
    token: str = ""
    port: int = 0
    security: Literal["tls", "starttls", "none"] = "tls"
    folders: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.password) == bool(self.token):
            raise ValueError("needs either password or token")
        if not re.fullmatch(r"[\w.:-]{1,253}", self.host):
            raise ValueError("host must be the name of a server, such as imap.example.com")
        if any(ord(char) < 32 for char in self.user + self.password + self.token):
            raise ValueError("user and password must not hold control characters")

    @property
    def account(self) -> Account:
        port = self.port or (993 if self.security == "tls" else 143)
        return Account("mail", self.host, port, self.security, self.user, self.password, self.token)


@dataclass(frozen=True)
class Smtp:
    """What is left out is as in IMAP: the same account, and imap.example.com goes with smtp.example.com."""

    host: str = ""
    port: int = 0
    security: Literal["tls", "starttls", "none"] | None = None
    user: str = ""
    password: str = ""
    token: str = ""


@dataclass(frozen=True)
class OutboxSettings:
    """`drafts` and `sent` are folders, where the server does not say itself. Without `smtp` drafts are laid and nothing is sent.
    `copy_to_sent`: auto waits whether the server puts a copy there itself."""

    host: str
    user: str
    password: str = ""
    token: str = ""
    port: int = 0
    security: Literal["tls", "starttls", "none"] = "tls"
    drafts: str = ""
    sent: str = ""
    copy_to_sent: Literal["auto", "always", "never"] = "auto"
    smtp: Smtp | Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        Settings(self.host, self.user, self.password, self.token, self.port, self.security)
        if isinstance(self.smtp, Mapping):
            object.__setattr__(self, "smtp", Smtp(**self.smtp))
        if server := self.server:
            Settings(server.host, server.user, server.password, server.token, server.port)

    @property
    def account(self) -> Account:
        made = Settings(self.host, self.user, self.password, self.token, self.port, self.security).account
        return replace(made, section="outbox")

    @property
    def server(self) -> Server | None:
        """Where mail is sent; None: nowhere."""
        own = self.smtp
        if not isinstance(own, Smtp):
            return None
        security = own.security or _by_port(own.port) or self.security
        secrets = (own.password, own.token) if own.password or own.token else (self.password, self.token)
        host = own.host or re.sub(r"\Aimap[s4]?\.", "smtp.", self.host)
        return Server("outbox", host, security, own.user or self.user, *secrets, own.port)


def _by_port(port: int) -> Literal["tls", "starttls"] | None:
    return "tls" if port == 465 else "starttls" if port == 587 else None


def outbox(settings: OutboxSettings, _context: Context) -> Outbox:
    return Outbox(settings.account, settings.server, Places(settings.drafts, settings.sent), settings.copy_to_sent)


def mail(settings: Settings, context: Context) -> Mail:
    return Mail(settings, context.now, context.since)


@dataclass
class Box:
    """What is known of one mailbox: every UID below `next`, whether it was read or lies before the window."""

    validity: int
    next: int = 1
    uids: set[int] = field(default_factory=set)


@dataclass
class Known:
    """A cursor's content. `day` is when the UIDs were last compared one by one."""

    since: str
    day: str
    boxes: dict[str, Box] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """What EXAMINE tells: UIDVALIDITY, UIDNEXT and how many mails there are."""

    validity: int
    following: int
    exists: int


class Mail:
    """Source of messages, and their bodies."""

    def __init__(self, settings: Settings, now: datetime, since: datetime | None = None, page: int = PAGE) -> None:
        self._settings, self.now, self.since, self._page = settings, now, since, page

    @property
    def account(self) -> Account:
        return self._settings.account

    # ---------------------------------------------------------------------------------------------------- pull

    def pull(self, since: Cursor | None) -> Batch[Message]:
        """A page's cursor goes on from there, also after a restart."""
        before = self._usable(_read(since))
        with self._settings.account.open() as session:
            return self._pulled(session, since, before)

    def _usable(self, known: Known | None) -> Known | None:
        wider = known is not None and known.since != "" and (self.since is None or _moment(self.since) < known.since)
        return None if wider else known

    def _pulled(self, session: Session, since: Cursor | None, before: Known | None) -> Batch[Message]:
        account = self._settings.account
        states = {name: _examined(session, name, account) for name in self._boxes(session)}
        if before and any(before.boxes[name].validity != state.validity for name, state in states.items() if name in before.boxes):
            before = None  # what UIDs of before meant they mean no more
        reset = before is None
        if since is not None and not any(state.exists for state in states.values()) and (before is None or _count(before)):
            return Batch((), since, suspect=True)
        today = f"{self.now:%Y-%m-%d}"
        known = before or Known(_moment(self.since), today)
        daily, known.day = known.day != today, today
        look = _Look(session, self, self._page, daily)
        for name in [n for n in known.boxes if n not in states]:
            look.forget(name, known.boxes.pop(name))
        for name, state in states.items():
            look.at(name, known.boxes.setdefault(name, Box(state.validity)), state, selected=len(states) == 1)
        after = _written(known)
        return Batch(look.items, after, look.removed, reset, look.more, look.quarantined)

    def _boxes(self, session: Session) -> list[str]:
        listed = [(flags, name) for reply in session.ask(b'LIST "" "*"') if (found := _listed(reply)) for flags, name in [found]]
        names = {name for flags, name in listed if "\\noselect" not in flags and "\\nonexistent" not in flags}
        if self._settings.folders:
            if lost := [name for name in self._settings.folders if name not in names and name.upper() != "INBOX"]:
                there = ", ".join(sorted(names)[:20])
                hint = f"correct `folders` of `mail`; there are {there}"
                raise NeedsHuman(f"mail: {self._settings.host} has no folder {lost[0]!r}", hint)
            return list(dict.fromkeys(self._settings.folders))
        special = {_SPECIAL[flag]: name for flags, name in listed for flag in flags if flag in _SPECIAL and name in names}
        if "all" in special:  # holds what the others hold
            return [special["all"]]
        chosen = ["INBOX"]
        for use in ("sent", "archive"):
            usual = (there for known in _NAMES[use] for there in sorted(names) if re.split(r"[/.]", there)[-1].lower() == known.lower())
            if name := special.get(use) or next(usual, ""):
                chosen.append(name)
        return chosen

    # --------------------------------------------------------------------------------------------------- bodies

    def read(self, ids: Sequence[str]) -> Iterable[Body]:
        """In order. A mail that is gone has an empty body."""
        if not ids:
            return
        found: dict[str, bytes] = {}
        with self._settings.account.open() as session:
            for name, wanted in _by_box(ids).items():
                found |= _texts(session, name, wanted, self._settings.account)
        for item in ids:
            yield _body(item, found.get(item, b""))


@dataclass
class _Look:
    """One look at the mailboxes, until `room` mails have been read."""

    session: Session
    mail: Mail
    room: int
    daily: bool
    items: list[Message] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    more: bool = False

    def forget(self, name: str, box: Box) -> None:
        self.removed += [_id(name, box.validity, uid) for uid in sorted(box.uids)]

    def at(self, name: str, box: Box, state: State, *, selected: bool) -> None:
        if not selected and not self._still(box, state):
            _examined(self.session, name, self.mail.account)
        wanted, gone = ([], []) if self._still(box, state) else self._changes(box, state)
        self.removed += [_id(name, box.validity, uid) for uid in gone]
        box.uids.difference_update(gone)
        page, rest = wanted[: self.room], wanted[self.room :]
        self.room -= len(page)
        self.more = self.more or bool(rest)
        self._read(name, box.validity, page)
        box.uids.update(page)
        box.next = max([box.next, *(uid + 1 for uid in page)]) if rest else max(box.next, state.following)

    def _still(self, box: Box, state: State) -> bool:
        """By what EXAMINE told nothing came or went. Once a day all UIDs are compared whatever it told."""
        return not self.daily and state.following == box.next and state.exists == len(box.uids)

    def _changes(self, box: Box, state: State) -> tuple[list[int], list[int]]:
        """UIDs to be read, in order, and those that are gone."""
        since = self.mail.since
        if not box.uids and box.next == 1:
            there = _searched(self.session, b"ALL")
            inside = set(there if since is None else _searched(self.session, f"SINCE {_day(since)}".encode()))
            box.uids.update(set(there) - inside)
            return sorted(inside), []
        if not self.daily:
            fresh = [u for u in _searched(self.session, b"UID %d:*" % box.next) if u >= box.next and u not in box.uids]
            if len(box.uids) + len(fresh) == state.exists:
                return sorted(fresh), []
        all_ = set(_searched(self.session, b"ALL"))
        return sorted(all_ - box.uids), sorted(box.uids - all_)

    def _read(self, name: str, validity: int, uids: Sequence[int]) -> None:
        headers, large = self._headers(uids)
        made = {uid: _item(_id(name, validity, uid), raw, uid in large) for uid, raw in headers.items()}
        asked = [uid for uid, one in made.items() if isinstance(one, Message) and self._may_hold(headers[uid], one)]
        made |= {uid: _item(_id(name, validity, uid), raw, large=False) for uid, raw in self._looked_into(asked, headers).items()}
        for one in made.values():
            if isinstance(one, Quarantined):
                self.quarantined.append(one)
            elif self.mail.since is None or one.sent >= self.mail.since:
                self.items.append(one)

    def _headers(self, uids: Sequence[int]) -> tuple[dict[int, bytes], set[int]]:
        found: dict[int, bytes] = {}
        large: set[int] = set()
        for reply in self.session.stream([b"UID FETCH %s (UID RFC822.SIZE %s)" % (part, _HEADERS) for part in _sets(uids)]):
            uid, size = _uid(reply), _SIZE.search(reply.text)
            if uid and reply.literals:
                found[uid] = reply.literals[0]
                if size and int(size[1]) > LARGEST:
                    large.add(uid)
        return {uid: found[uid] for uid in uids if uid in found}, large

    def _may_hold(self, header: bytes, message: Message) -> bool:
        """An invitation, or a report."""
        kind = _KIND.search(header)
        if not kind:
            return False
        if kind[1].lower() in _REPORTS:
            return True
        return kind[1].lower() in _MIXED and message.sent >= self.mail.now - LOOKED_INTO

    def _looked_into(self, uids: Sequence[int], headers: dict[int, bytes]) -> dict[int, bytes]:
        """Those that do, with those parts."""
        parts = {uid: part for uid, part in _structures(self.session, uids).items() if any(leaf.reported for leaf in part.leaves)}
        contents = _contents(self.session, {uid: _imap_parts.sections(part, text=False) for uid, part in parts.items()})
        return {uid: _imap_parts.mail(headers[uid], part, contents.get(uid, {})) for uid, part in parts.items()}


def _body(item: str, raw: bytes) -> Body:
    try:
        return mime.body(raw, item) if raw else Body(item, "")
    except Exception:  # noqa: BLE001 - whatever one mail does to the reader, the others are read; the port asks for an empty one
        return Body(item, "")


def _by_box(ids: Sequence[str]) -> dict[str, dict[int, set[int]]]:
    """Mailbox to UIDVALIDITY to UIDs."""
    found: dict[str, dict[int, set[int]]] = {}
    for item in ids:
        name, _, number = item.rpartition("/")
        validity, _, uid = number.partition(".")
        if validity.isdigit() and uid.isdigit():
            found.setdefault(name, {}).setdefault(int(validity), set()).add(int(uid))
    return found


def _texts(session: Session, name: str, wanted: dict[int, set[int]], account: Account) -> dict[str, bytes]:
    validity = _examined(session, name, account).validity
    uids = sorted(wanted.get(validity, ()))
    replies = session.stream([b"UID FETCH %s (UID BODY.PEEK[HEADER])" % part for part in _sets(uids)]) if uids else ()
    headers = {_uid(reply): reply.literals[0] for reply in replies if _uid(reply) and reply.literals}
    parts = _structures(session, list(headers))
    contents = _contents(session, {uid: _imap_parts.sections(part, text=True) for uid, part in parts.items()})
    return {_id(name, validity, uid): _imap_parts.mail(headers[uid], part, contents.get(uid, {})) for uid, part in parts.items()}


# --------------------------------------------------------------------------------------------------------- asking


def _examined(session: Session, name: str, account: Account) -> State:
    """Opened so that nothing can be changed."""
    try:
        told = b"\n".join(reply.text for reply in session.ask(b"EXAMINE " + _imap.quoted(_imap.encoded(name))))
    except Refused:
        hint = "see whether it was renamed, or name it in `folders` of `mail`"
        raise NeedsHuman(account.says(f"does not open the folder {name!r}"), hint) from None
    exists = re.search(rb"\* (\d{1,10}) EXISTS", told, re.IGNORECASE)
    validity = re.search(rb"UIDVALIDITY (\d{1,10})", told, re.IGNORECASE)
    following = re.search(rb"UIDNEXT (\d{1,10})", told, re.IGNORECASE)
    count = int(exists[1]) if exists else 0
    if not following:  # old servers do not say
        last = max(_searched(session, b"ALL"), default=0)
        return State(int(validity[1]) if validity else 0, last + 1, count)
    return State(int(validity[1]) if validity else 0, int(following[1]), count)


def _searched(session: Session, what: bytes) -> list[int]:
    found: list[int] = []
    for reply in session.ask(b"UID SEARCH " + what):
        words = reply.text.split()
        if len(words) > 1 and words[1].upper() == b"SEARCH":
            found += [int(word) for word in words[2:] if word.isdigit()]
    return found


def _structures(session: Session, uids: Sequence[int]) -> dict[int, _imap_parts.Part]:
    found: dict[int, _imap_parts.Part] = {}
    if not uids:
        return found
    for reply in session.stream([b"UID FETCH %s (UID BODYSTRUCTURE)" % part for part in _sets(sorted(uids))]):
        uid = _uid(reply)
        if uid:
            try:
                part = _imap_parts.read(reply.fields().get("BODYSTRUCTURE"))
            except ValueError:
                part = None
            if part:
                found[uid] = part
    return found


def _contents(session: Session, wanted: dict[int, dict[str, int]]) -> dict[int, dict[str, bytes]]:
    """Sections by UID; mails that want the same sections are asked for together."""
    groups: dict[tuple[tuple[str, int], ...], list[int]] = {}
    for uid, sections in wanted.items():
        if sections:
            groups.setdefault(tuple(sections.items()), []).append(uid)
    commands = []
    for sections_, uids in groups.items():
        asked = " ".join(f"BODY.PEEK[{section}]<0.{most}>" for section, most in sections_).encode()
        commands += [b"UID FETCH %s (UID %s)" % (part, asked) for part in _sets(sorted(uids))]
    found: dict[int, dict[str, bytes]] = {}
    for reply in session.stream(commands) if commands else ():
        if uid := _uid(reply):
            for name, value in reply.fields().items():
                section = re.match(r"BODY\[([\d.]+)\]", name)
                if section and isinstance(value, bytes):
                    found.setdefault(uid, {})[section[1]] = value
    return found


def _uid(reply: Reply) -> int:
    found = _UID.search(reply.text)
    return int(found[1]) if found else 0


def _listed(reply: Reply) -> tuple[set[str], str] | None:
    row = reply.tree()
    if len(row) < 5 or row[1].upper() != b"LIST" or not isinstance(row[2], list):
        return None
    return {word.decode("ascii", "replace").lower() for word in row[2] if word}, _imap.decoded(
        (row[4] or b"NIL").decode("utf-8", "replace")
    )


def _sets(uids: Sequence[int]) -> Iterator[bytes]:
    """UID sets of at most `CHUNK` mails each; runs are written as ranges."""
    for at in range(0, len(uids), CHUNK):
        yield ",".join(f"{a}:{b}" if b > a else str(a) for a, b in _runs(uids[at : at + CHUNK])).encode()


def _runs(uids: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = -1
    for uid in uids:
        if uid == last + 1 and first >= 0:
            last = uid
            continue
        if first >= 0:
            yield first, last
        first = last = uid
    if first >= 0:
        yield first, last


# ---------------------------------------------------------------------------------------------------------- items


def _id(name: str, validity: int, uid: int) -> str:
    printable = name if name.isprintable() else name.encode("unicode_escape").decode()
    return f"{printable}/{validity}.{uid}"


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


def _day(since: datetime) -> str:
    """A day earlier: the server compares days in a zone of its own."""
    day = since.astimezone(UTC) - timedelta(days=1)
    return f"{day.day}-{'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()[day.month - 1]}-{day.year}"


# -------------------------------------------------------------------------------------------------------- cursors


def _count(known: Known) -> int:
    return sum(len(box.uids) for box in known.boxes.values())


def _written(known: Known) -> Cursor:
    boxes = {name: [box.validity, box.next, list(_runs(sorted(box.uids)))] for name, box in known.boxes.items()}
    text = json.dumps([known.since, known.day, boxes], separators=(",", ":"))
    return "imap.1." + b64encode(zlib.compress(text.encode(), 6)).decode()


def _read(cursor: Cursor | None) -> Known | None:
    name, _, text = (cursor or "").partition(".1.")
    if name != "imap":
        return None
    try:
        since, day, boxes = json.loads(zlib.decompress(b64decode(text, validate=True)))
        return Known(since, day, {name: _box(held) for name, held in boxes.items()})
    except (ValueError, TypeError, KeyError, AttributeError, zlib.error):
        return None


def _box(held: list[Any]) -> Box:
    validity, following, runs = held
    return Box(validity, following, {uid for a, b in runs for uid in range(a, b + 1)})
