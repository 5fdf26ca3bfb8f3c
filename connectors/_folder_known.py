"""What a cursor of a folder of mail holds: the mark of every file that was seen, a sheet for each folder."""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from agent.ports import Cursor

UNREADABLE = "?"  # in place of a mark: looked at again each time


class Sheet:
    """The marks of one folder's files by id, packed until they are asked for: most folders did not change.

    `stamp` is the mark of the folder itself, "" where it does not tell whether its files are what they were. `spared` is how many
    files a next listing need not look at that this one did, because it tells now.
    """

    def __init__(self, stamp: str, marks: dict[str, str] | None = None, packed: str = "") -> None:
        self._stamp, self._marks, self._packed = stamp, marks, packed
        self.spared = 0

    @property
    def stamp(self) -> str:
        return "" if self._marks and UNREADABLE in self._marks.values() else self._stamp

    @property
    def marks(self) -> dict[str, str]:
        words = [] if self._marks is not None else self._text().split("\0")
        return self._marks if self._marks is not None else dict(zip(words[::2], words[1::2], strict=True))

    def same(self, marks: Mapping[str, str]) -> bool:
        """Whether these are its marks, none of which asks to be looked at again."""
        return self._text() == _text(marks) and UNREADABLE not in marks.values()

    def settle(self, stamp: str) -> None:
        """The folder was listed, and its files are what they were: its stamp of before that listing."""
        if stamp and stamp != self._stamp:
            self._stamp, self.spared = stamp, len(self.marks)

    def renew(self, marks: Mapping[str, str]) -> None:
        """What was found of its files when they were opened, if it is not one that was known; those that are not there are gone."""
        if self._marks is not None:
            self._marks = {name: marks[name] for name in self._marks if name in marks}

    @property
    def empty(self) -> bool:
        return not (self._packed or self._marks)

    def packed(self) -> str:
        return self._packed if self._marks is None else b64encode(zlib.compress(_text(self._marks).encode(), 1)).decode()

    def _text(self) -> str:
        return zlib.decompress(b64decode(self._packed)).decode() if self._marks is None else _text(self._marks)


def _text(marks: Mapping[str, str]) -> str:
    return "\0".join(word for name in sorted(marks) for word in (name, marks[name]))


@dataclass
class Known:
    """A cursor's content; the marks are also of files that were too old or quarantined. `since` is the window's begin (RFC 3339):
    a wider window has to begin anew. `stamp` is one of the whole."""

    since: str = ""
    stamp: str = ""
    sheets: dict[str, Sheet] = field(default_factory=dict)

    def cursor(self) -> Cursor:
        rows = (f"{name}\t{self.sheets[name].stamp}\t{self.sheets[name].packed()}" for name in sorted(self.sheets))
        text = "\n".join([f"{self.since}\t{self.stamp}", *rows])
        return f"mail.2.{zlib.crc32(text.encode()):08x}.{text}"

    @classmethod
    def read(cls, cursor: Cursor | None) -> Known | None:
        """None for one that is damaged, or another's."""
        head, text = (cursor or "")[:16], (cursor or "")[16:]
        if head != f"mail.2.{zlib.crc32(text.encode('utf-8', 'replace')):08x}.":
            return None
        whole, *rows = text.split("\n")
        since, stamp = whole.split("\t")
        return cls(since, stamp, {name: Sheet(own, packed=packed) for name, own, packed in (row.split("\t") for row in rows)})


def together(sheets: Iterable[Sheet]) -> dict[str, str]:
    """The marks of all of them."""
    found: dict[str, str] = {}
    for sheet in sheets:
        found.update(sheet.marks)
    return found
