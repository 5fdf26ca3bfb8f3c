"""Mail in a folder: messages in pages, their bodies, and a cursor that lets a quiet round cost one listing."""

from __future__ import annotations

import base64
import binascii
import os
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from agent.facts import mime, people
from agent.model import Body, Message, Quarantined
from agent.ports import Batch, Cursor
from connectors import _folder_mbox as mbox
from connectors import _folder_tree as tree

_ADDRESS = re.compile(rb"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,255}")


class Shelf(Protocol):
    """Where mails lie: a tree of files or one mbox. `look` gives the mark of each id, and a stamp of the whole."""

    def look(self, known: Mapping[str, str], stamp: str) -> tuple[dict[str, str], str]: ...
    def changed(self, known: Mapping[str, str], now: Mapping[str, str]) -> list[str]: ...
    def confirm(self, gone: list[str]) -> list[str]: ...
    def open(self, name: str) -> tuple[int, int, int]: ...
    def clean(self, text: bytes) -> bytes: ...


@dataclass
class _Known:
    """What a mail cursor holds: the mark of every file seen, also of those that were too old or quarantined."""

    since: str = ""  # the window's begin, RFC 3339; a wider window has to begin anew
    stamp: str = ""
    marks: dict[str, str] = field(default_factory=dict)

    def cursor(self) -> Cursor:
        words = ["mail.1", self.since, self.stamp]
        for pair in self.marks.items():
            words.extend(pair)
        return base64.b64encode(zlib.compress("\0".join(words).encode(), 1)).decode()

    @classmethod
    def read(cls, cursor: Cursor | None) -> _Known | None:
        try:
            words = zlib.decompress(base64.b64decode(cursor or "", validate=True)).decode().split("\0")
        except (binascii.Error, zlib.error, ValueError):
            return None
        if words[0] != "mail.1" or len(words) < 3:
            return None
        return cls(words[1], words[2], dict(zip(words[3::2], words[4::2], strict=True)))


class Mail:
    """Source of messages, and their bodies.

    A cursor with `more` goes on only with the object that gave it; anywhere else it has expired.
    """

    def __init__(self, path: Path, since: datetime | None, page: int) -> None:
        self._path = os.fspath(path)
        self._since, self._size = since, page
        self._shelf: Shelf = tree.Tree(self._path)
        self._pages: Iterator[Batch[Message]] = iter(())
        self._page: Cursor | None = None

    def pull(self, since: Cursor | None) -> Batch[Message]:
        if since is None or since != self._page:
            self._pages = self._begin(since)
        self._page = None
        batch = next(self._pages)
        self._page = batch.cursor if batch.more else None
        return batch

    def read(self, ids: Sequence[str]) -> Iterable[Body]:
        self._choose()
        for name in ids:
            with tree.faults("mail", self._path):
                yield self._body(name)

    def _begin(self, cursor: Cursor | None) -> Iterator[Batch[Message]]:
        known = self._usable(cursor)
        self._choose()
        with tree.faults("mail", self._path):
            before = known.marks if known else {}
            marks, stamp = self._shelf.look(before, known.stamp if known else "")
            fresh = self._shelf.changed(before, marks)
            gone = self._shelf.confirm([name for name in before if name not in marks])
        if cursor is not None and not marks and (known is None or known.marks):
            yield Batch((), cursor, suspect=True)
            return
        if cursor is not None and known and not fresh and not gone and known.stamp == stamp:
            yield Batch((), cursor)
            return
        yield from self._batches(known, _Known(_moment(self._since), stamp, marks), fresh, gone)

    def _choose(self) -> None:
        """A path that was away may come back as what it is: a file is an mbox, anything else a folder."""
        kind = mbox.Mbox if Path(self._path).is_file() else tree.Tree
        if not isinstance(self._shelf, kind):
            self._shelf = kind(self._path)

    def _usable(self, cursor: Cursor | None) -> _Known | None:
        known = _Known.read(cursor)
        narrower = known is not None and known.since != "" and (self._since is None or _moment(self._since) < known.since)
        return None if narrower else known

    def _batches(self, known: _Known | None, now: _Known, fresh: list[str], gone: list[str]) -> Iterator[Batch[Message]]:
        before = known.marks if known else {}
        pages = [fresh[at : at + self._size] for at in range(0, len(fresh), self._size)] or [[]]
        for number, names in enumerate(pages, 1):
            with tree.faults("mail", self._path):
                items, bad, out = self._headers(names, before, now.marks)
            removed = [*gone, *out] if number == 1 else out
            more = number < len(pages)
            after = f"page.{os.urandom(9).hex()}" if more else now.cursor()
            reset = known is None and number == 1
            yield Batch(items, after, removed, reset, more, bad, self._nothing() if reset and not now.marks else ())

    def _nothing(self) -> tuple[str, ...]:
        is_file = isinstance(self._shelf, mbox.Mbox)
        return (f"no mail was found in {tree.printable(self._path)}; is it the right {'file' if is_file else 'folder'}?",)

    def _headers(
        self, names: list[str], before: Mapping[str, str], marks: dict[str, str]
    ) -> tuple[list[Message], list[Quarantined], list[str]]:
        """Messages of the window, what cannot be read, and which of those known before are no item any more."""
        items: list[Message] = []
        bad: list[Quarantined] = []
        out: list[str] = []
        for name in names:
            found = self._item(name, marks)
            if isinstance(found, Message):
                items.append(found)
            elif not before.get(name) == marks.get(name) == tree.UNREADABLE:  # else it was said before
                bad.extend([found] if found else [])
                out.extend([name] if name in before else [])
        return items, bad, out

    def _item(self, name: str, marks: dict[str, str]) -> Message | Quarantined | None:
        try:
            fd, start, length = self._shelf.open(name)
            try:
                return self._message(name, fd, start, length)
            finally:
                os.close(fd)
        except FileNotFoundError:
            if marks[name] == tree.UNREADABLE:
                return Quarantined("mail", name, "cannot be opened: the link leads nowhere")
            del marks[name]  # gone since it was listed
            return None
        except OSError as fault:
            if isinstance(self._shelf, mbox.Mbox):
                raise  # it is the one file that fails
            marks[name] = tree.UNREADABLE
            return Quarantined("mail", name, tree.why(fault))

    def _message(self, name: str, fd: int, start: int, length: int) -> Message | Quarantined | None:
        large = length > tree.LIMIT
        text = self._shelf.clean(tree.span(fd, start, tree.HEAD) if large else tree.enough(fd, start, length))
        if large:
            return _quarantined(name, text, "larger than 25 MB")
        if not text or text.isspace():
            return _quarantined(name, text, "empty")
        try:
            message = mime.headers(text, name)
        except mime.Unreadable as fault:
            return _quarantined(name, text, str(fault))
        except Exception as fault:  # noqa: BLE001 - whatever one mail does to the parser, the others arrive
            return _quarantined(name, text, f"cannot be read ({type(fault).__name__})")
        return message if self._since is None or message.sent >= self._since else None

    def _body(self, name: str) -> Body:
        try:
            fd, start, length = self._shelf.open(name)
        except OSError:
            Path(self._path).stat()  # if all is gone, that is what is wrong
            return Body(name, "")
        try:
            return mime.body(self._shelf.clean(tree.span(fd, start, min(length, tree.LIMIT))), name)
        except Exception:  # noqa: BLE001 - as above; the port asks for an empty one
            return Body(name, "")
        finally:
            os.close(fd)


def _moment(since: datetime | None) -> str:
    return since.astimezone(UTC).isoformat() if since else ""


def _quarantined(name: str, text: bytes, why: str) -> Quarantined:
    return Quarantined("mail", name, why, _mentioned(text))


def _mentioned(text: bytes) -> frozenset[str]:
    found = {match.decode("latin-1") for match in _ADDRESS.findall(text[: tree.HEAD])[:5000]}
    return frozenset(who.key for email in found if (who := people.address(email.strip("."))))
