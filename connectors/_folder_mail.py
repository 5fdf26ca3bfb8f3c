"""Mail in a folder: messages in pages, their bodies, and a cursor that lets a quiet round cost one listing."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from agent.facts import mime, people
from agent.model import Body, Message, Quarantined
from agent.ports import Batch, Cursor
from connectors import _folder_mbox as mbox
from connectors import _folder_tree as tree
from connectors import _window
from connectors._folder_known import UNREADABLE, Known, Sheet, together
from connectors._folder_shelf import Tree

_ADDRESS = re.compile(rb"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,255}")

WORTH = 1000  # files not looked at next time are worth a cursor, though there is no news


class Shelf(Protocol):
    """Where mails lie: a tree of files or one mbox. `look` gives the marks of each folder, and a stamp of the whole: what did not
    change is the very sheet that was known."""

    def look(self, known: Mapping[str, Sheet], stamp: str) -> tuple[dict[str, Sheet], str]: ...
    def changed(self, known: Mapping[str, str], now: Mapping[str, str]) -> list[str]: ...
    def confirm(self, gone: list[str]) -> list[str]: ...
    def open(self, name: str) -> tuple[int, int, int, str]: ...
    def clean(self, text: bytes) -> bytes: ...


class Mail:
    """Source of messages, and their bodies.

    A cursor with `more` goes on only with the object that gave it; anywhere else it has expired.
    """

    def __init__(self, path: Path, since: datetime | None, page: int) -> None:
        self._path = os.fspath(path)
        self._since, self._size = since, page
        self._shelf: Shelf = Tree(self._path)
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
        before = known.sheets if known else {}
        with tree.faults("mail", self._path):
            sheets, stamp = self._shelf.look(before, known.stamp if known else "")
            old = together(sheet for name, sheet in before.items() if sheets.get(name) is not sheet)
            new = together(sheet for name, sheet in sheets.items() if before.get(name) is not sheet)
            fresh = self._shelf.changed(old, new)
            gone = self._shelf.confirm([name for name in old if name not in new])
        if cursor is not None and not sheets and (known is None or known.sheets):
            yield Batch((), cursor, suspect=True)
            return
        if cursor is not None and known and not fresh and not gone and known.stamp == stamp:
            worth = sum(sheet.spared for sheet in sheets.values()) >= WORTH
            yield Batch((), replace(known, sheets=sheets).cursor() if worth else cursor)
            return
        now = Known(_window.begins(self._since), stamp, sheets)
        yield from self._batches(_Change(old, new, fresh, gone, known is None), now)

    def _choose(self) -> None:
        """A path that was away may come back as what it is: a file is an mbox, anything else a folder."""
        kind = mbox.Mbox if Path(self._path).is_file() else Tree
        if not isinstance(self._shelf, kind):
            self._shelf = kind(self._path)

    def _usable(self, cursor: Cursor | None) -> Known | None:
        known = Known.read(cursor)
        return None if known and _window.wider(self._since, known.since) else known

    def _batches(self, change: _Change, now: Known) -> Iterator[Batch[Message]]:
        pages = [change.fresh[at : at + self._size] for at in range(0, len(change.fresh), self._size)] or [[]]
        for number, names in enumerate(pages, 1):
            with tree.faults("mail", self._path):
                items, bad, out = self._headers(names, change.old, change.new)
            removed = [*change.gone, *out] if number == 1 else out
            more = number < len(pages)
            after = f"page.{os.urandom(9).hex()}" if more else _renewed(now, change.new).cursor()
            reset = change.reset and number == 1
            yield Batch(items, after, removed, reset, more, bad, self._nothing() if reset and not now.sheets else ())

    def _nothing(self) -> tuple[str, ...]:
        is_file = isinstance(self._shelf, mbox.Mbox)
        return (f"no mail was found in {tree.printable(self._path)}; is it the right {'file' if is_file else 'folder'}?",)

    def _headers(
        self, names: Sequence[str], before: Mapping[str, str], marks: dict[str, str]
    ) -> tuple[list[Message], list[Quarantined], list[str]]:
        """Messages of the window, what cannot be read, and which of those known before are no item any more."""
        items: list[Message] = []
        bad: list[Quarantined] = []
        out: list[str] = []
        for name in names:
            found = self._item(name, marks)
            if isinstance(found, Message):
                items.append(found)
            elif not before.get(name) == marks.get(name) == UNREADABLE:  # else it was said before
                bad.extend([found] if found else [])
                out.extend([name] if name in before else [])
        return items, bad, out

    def _item(self, name: str, marks: dict[str, str]) -> Message | Quarantined | None:
        try:
            fd, start, length, mark = self._shelf.open(name)
            try:
                if marks[name] == tree.LATER:
                    marks[name] = mark
                return self._message(name, fd, start, length)
            finally:
                os.close(fd)
        except FileNotFoundError:
            if marks[name] == UNREADABLE:
                return Quarantined("mail", name, "cannot be opened: the link leads nowhere")
            del marks[name]  # gone since it was listed
            return None
        except OSError as fault:
            if isinstance(self._shelf, mbox.Mbox):
                raise  # it is the one file that fails
            marks[name] = UNREADABLE
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
            fd, start, length, _ = self._shelf.open(name)
        except OSError:
            Path(self._path).stat()  # if all is gone, that is what is wrong
            return Body(name, "")
        try:
            return mime.body(self._shelf.clean(tree.span(fd, start, min(length, tree.LIMIT))), name)
        except Exception:  # noqa: BLE001 - as above; the port asks for an empty one
            return Body(name, "")
        finally:
            os.close(fd)


@dataclass(frozen=True)
class _Change:
    """Between two listings, in the folders that changed: marks before and now, ids of what is new and of what is gone."""

    old: Mapping[str, str]
    new: dict[str, str]
    fresh: Sequence[str]
    gone: Sequence[str]
    reset: bool


def _renewed(now: Known, marks: Mapping[str, str]) -> Known:
    """With what was found of the files when they were opened."""
    for sheet in now.sheets.values():
        sheet.renew(marks)
    sheets = {name: sheet for name, sheet in now.sheets.items() if not sheet.empty}
    return Known(now.since, now.stamp, sheets)


def _quarantined(name: str, text: bytes, why: str) -> Quarantined:
    return Quarantined("mail", name, why, _mentioned(text))


def _mentioned(text: bytes) -> frozenset[str]:
    found = {match.decode("latin-1") for match in _ADDRESS.findall(text[: tree.HEAD])[:5000]}
    return frozenset(who.key for email in found if (who := people.address(email.strip("."))))
