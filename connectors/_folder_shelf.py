"""The shelf of a Maildir or a folder of `.eml` files: what is there by its mark, and where it lies."""

# ruff: noqa: PTH112, PTH113, PTH208 -- a Path per file would cost more than reading the file
from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping

from connectors import _folder_tree as tree
from connectors._folder_known import UNREADABLE, Sheet

_EML = (".eml",)


class Tree:
    """A mail's mark is its file's."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._paths: dict[str, str] = {}  # of what was listed last, but for folders that did not change
        self._same: dict[str, str] = {}  # stamps of the folders that did not change
        self._boxes: dict[str, dict[str, str]] = {}  # paths by id without the folder, in Maildirs that were asked for a mail

    def look(self, known: Mapping[str, Sheet], _stamp: str) -> tuple[dict[str, Sheet], str]:
        """Folders that did not change keep their sheet. Where nothing is known, a mark is `LATER` until its file is opened."""
        sheets: dict[str, Sheet] = {}
        self._paths, self._boxes = {}, {}
        stamps = {name: sheet.stamp for name, sheet in known.items()}
        for name, stamp, files in tree.folders(self._root, _EML, maildir=True, later=not known, known=stamps):
            if files is None:
                sheets[name] = known[name]
            elif files:
                marks = {file.id: file.mark for file in files}
                if name in known and name not in sheets and known[name].same(marks):
                    sheets[name] = known[name]
                    sheets[name].settle(stamp)
                    continue
                twin = sheets.get(name)  # names of other bytes may be printed alike
                sheets[name] = Sheet("", {**twin.marks, **marks}) if twin else Sheet(stamp, marks)
                self._paths.update((file.id, file.path) for file in files)
        self._same = {name: sheet.stamp for name, sheet in sheets.items() if known.get(name) is sheet}
        return sheets, ""

    def changed(self, known: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
        return [name for name in sorted(now) if known.get(name) != now[name] or now[name] == UNREADABLE]

    def confirm(self, gone: Iterable[str]) -> list[str]:
        """A folder that is being renamed in may be listed without a file that is there: those that changed are looked at twice."""
        there = self._everything(self._same) if gone else {}
        return [name for name in gone if name not in there]

    def open(self, name: str) -> tuple[int, int, int, str]:
        """A descriptor that the caller closes, where in it the mail begins and how long it is, and its mark."""
        path = self._paths.get(name) or self._found(name)
        try:
            fd = os.open(path, tree.READ)
        except FileNotFoundError:
            fd = os.open(_moved(path), tree.READ)
        stat = os.fstat(fd)
        mark = tree.mark(stat)
        if mark == UNREADABLE:
            os.close(fd)
            raise OSError(errno.EINVAL, "not a regular file")
        return fd, 0, stat.st_size, mark

    def clean(self, text: bytes) -> bytes:
        return text

    def _found(self, name: str) -> str:
        """An id is a path, or in a Maildir nearly one; where its bytes cannot be printed, all is listed."""
        path = f"{self._root}/{name}"
        if name.lower().endswith(_EML) and os.path.isfile(path):
            return path
        folder, unique = os.path.split(path)
        likely = (f"{folder}/new/{unique}", f"{folder}/cur/{unique}:2,S")  # most mail was not seen yet, or seen
        if there := next(filter(os.path.isfile, likely), ""):
            return there
        if folder not in self._boxes:
            self._boxes[folder] = dict(_boxed(folder))
        if unique in self._boxes[folder]:
            return self._boxes[folder][unique]
        self._paths = self._everything()
        if name not in self._paths:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        return self._paths[name]

    def _everything(self, known: Mapping[str, str] | None = None) -> dict[str, str]:
        """But for what lies in folders of these stamps."""
        every = tree.folders(self._root, _EML, maildir=True, later=True, known=known)
        return {file.id: file.path for folder in every for file in folder.files or ()}


def _moved(path: str) -> str:
    """Where a mail of a Maildir went when a flag was set since the listing."""
    folder, name = os.path.split(path)
    above, box = os.path.split(folder)
    there = dict(_boxed(above)) if box in tree.BOXES else {}
    return there.get(name.partition(":2,")[0], path)


def _boxed(maildir: str) -> Iterator[tuple[str, str]]:
    for box in (f"{maildir}/{each}" for each in sorted(tree.BOXES)):
        for name in os.listdir(box) if os.path.isdir(box) else ():
            yield name.partition(":2,")[0], f"{box}/{name}"
