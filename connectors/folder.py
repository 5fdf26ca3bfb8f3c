"""Files in a folder: Maildir, mbox or `.eml`; iCalendar; deals as YAML or CSV; drafts and sent mail as `.eml`.

Needs no account and no network: the sample rep, every story and every contract test run on it. Only the outbox writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from agent.errors import NeedsHuman
from agent.facts import calendar as ical
from agent.facts import deals as crm
from agent.model import Body, Deal, Message, Quarantined
from agent.ports import Batch, Context, Cursor
from connectors import _folder_mail
from connectors import _folder_tree as tree
from connectors._folder_known import UNREADABLE
from connectors._folder_outbox import Outbox

T = TypeVar("T")


@dataclass(frozen=True)
class Settings:
    """`path` is a file or a folder; the section says what it must hold."""

    path: Path


def mail(settings: Settings, context: Context) -> Mail:
    return Mail(settings, context.since)


def calendar(settings: Settings, context: Context) -> Calendar:
    return Calendar(settings, context.zone, context.shared)


def deals(settings: Settings, _context: Context) -> Deals:
    return Deals(settings)


def outbox(settings: Settings, _context: Context) -> Outbox:
    return Outbox(settings.path)


class Mail:
    """Source of messages, and their bodies. Mail sent before `since` is left out.

    A cursor with `more` goes on only with the object that gave it; anywhere else it has expired.
    """

    def __init__(self, settings: Settings, since: datetime | None = None, page: int = 2000) -> None:
        """`page` is how many mails one batch holds at most."""
        self._mail = _folder_mail.Mail(settings.path, since, page)

    def pull(self, since: Cursor | None) -> Batch[Message]:
        return self._mail.pull(since)

    def read(self, ids: Sequence[str]) -> Iterable[Body]:
        return self._mail.read(ids)


# ------------------------------------------------------------------------------------------------------ documents


@dataclass(frozen=True)
class Part(Generic[T]):
    """What one file holds."""

    items: Sequence[T]
    quarantined: Sequence[Quarantined] = ()
    warnings: Sequence[str] = ()


class Documents(Generic[T]):
    """A source made of few files with many items each: a change anywhere gives all of it again as a reset.

    A file that did not change is not read again by the same object. A file that cannot be read as a whole is a failed
    source: `parse` raises `ValueError` or the like with the sentence that says why, and `NeedsHuman` is what comes out.
    """

    def __init__(self, section: str, path: Path, suffixes: tuple[str, ...], parse: Callable[[bytes, str], Part[T]]) -> None:
        self._section, self._path, self._suffixes, self._parse = section, path, suffixes, parse
        self._parts: dict[tuple[str, str], Part[T]] = {}

    def pull(self, since: Cursor | None) -> Batch[T]:
        before = _Digest.read(self._section, since)
        with tree.faults(self._section, str(self._path)):
            files = sorted(self._files())
            digest = blake2b("\0".join(f"{file.id}\0{file.mark}" for file in files).encode(), digest_size=16).hexdigest()
            if since is not None and before and before.digest == digest:
                return Batch((), since)
            self._parts = {(file.id, file.mark): part for file in files if (part := self._part(file))}
        found = self._merged(list(self._parts.values()))
        count = len(found.items) + len(found.quarantined)
        if since is not None and not count and (before is None or before.count):
            return Batch((), since, suspect=True)
        cursor = _Digest(digest, count).cursor(self._section)
        return Batch(found.items, cursor, reset=True, quarantined=found.quarantined, warnings=found.warnings)

    def _files(self) -> Iterator[tree.File]:
        if self._path.is_dir():
            return tree.walk(str(self._path), self._suffixes)
        return iter([tree.File(tree.printable(self._path.name), str(self._path), tree.mark(self._path.stat()))])

    def _part(self, file: tree.File) -> Part[T] | None:
        if (done := self._parts.get((file.id, file.mark))) is not None:
            return done
        try:
            data = tree.whole(file.path)
        except FileNotFoundError:
            if file.path == str(self._path) or file.mark == UNREADABLE:
                raise
            return None  # gone since it was listed
        try:
            return self._parse(data, file.id)
        except NeedsHuman:
            raise
        except Exception as fault:
            raise _broken(f"{self._section}: {file.id} cannot be read ({type(fault).__name__})") from fault

    def _merged(self, parts: Sequence[Part[T]]) -> Part[T]:
        return Part(
            [item for part in parts for item in part.items],
            [bad for part in parts for bad in part.quarantined],
            [text for part in parts for text in part.warnings],
        )


@dataclass(frozen=True)
class _Digest:
    """A cursor of documents: what the listing looked like, and how much was in it."""

    digest: str
    count: int

    def cursor(self, section: str) -> Cursor:
        return f"{section}.1.{self.digest}.{self.count}"

    @classmethod
    def read(cls, section: str, cursor: Cursor | None) -> _Digest | None:
        match (cursor or "").split("."):
            case [name, "1", digest, count] if name == section and count.isascii() and count.isdigit():
                return cls(digest, int(count))
        return None


class Calendar(Documents[ical.Component]):
    """Source of calendar components, of one `.ics` file or all in a folder."""

    def __init__(self, settings: Settings, zone: ZoneInfo, shared: bool = False) -> None:
        super().__init__("calendar", settings.path, (".ics",), self._read)
        self._zone, self._shared = zone, shared

    def _read(self, data: bytes, name: str) -> Part[ical.Component]:
        try:
            found = ical.read(data, self._zone, self._shared)
        except ical.Unreadable as fault:
            raise _broken(f"calendar: {name}: {fault}") from fault
        return Part(found.components, found.quarantined, found.warnings)


class Deals(Documents[Deal]):
    """Source of deals, of one YAML or CSV file or all in a folder."""

    def __init__(self, settings: Settings) -> None:
        super().__init__("deals", settings.path, (".yaml", ".yml", ".csv"), self._read)

    def _read(self, data: bytes, name: str) -> Part[Deal]:
        read = crm.read_csv if name.lower().endswith(".csv") else crm.read_yaml
        try:
            found = read(data, name)
        except crm.Unreadable as fault:
            raise _broken(f"deals: {fault}") from fault
        return Part(found.deals, found.quarantined, found.warnings)

    def _merged(self, parts: Sequence[Part[Deal]]) -> Part[Deal]:
        """Both of two deals with one id are quarantined, also where two files hold them."""
        found = super()._merged(parts)
        twice = {name for name, count in Counter(deal.id for deal in found.items).items() if count > 1}
        bad = [_twin(deal) for deal in found.items if deal.id in twice]
        return Part([deal for deal in found.items if deal.id not in twice], [*found.quarantined, *bad], found.warnings)


def _twin(deal: Deal) -> Quarantined:
    return Quarantined("deals", deal.id, "two files hold a deal with this id", crm.names_of(deal))


def _broken(sentence: str) -> NeedsHuman:
    return NeedsHuman(sentence, "mend or replace the file")
