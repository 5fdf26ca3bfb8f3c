"""What a reader of mail has seen of each mailbox, as a cursor holds it."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from agent.ports import Cursor


class Box:
    """What is known of one mailbox: `uids` that were read or lie before the window; `next`, which the server would give next.
    A round without news looks at no single UID: there may be very many."""

    def __init__(self, validity: int, following: int = 1, held: Sequence[tuple[int, int]] = ()) -> None:
        self.validity, self.next, self._runs = validity, following, held
        self._uids: set[int] | None = None

    @property
    def uids(self) -> set[int]:
        if self._uids is None:
            self._uids = {uid for a, b in self._runs for uid in range(a, b + 1)}
        return self._uids

    @uids.setter
    def uids(self, uids: set[int]) -> None:
        self._uids = uids

    @property
    def runs(self) -> Sequence[tuple[int, int]]:
        return self._runs if self._uids is None else list(runs(sorted(self._uids)))

    @property
    def count(self) -> int:
        return sum(b - a + 1 for a, b in self._runs) if self._uids is None else len(self._uids)


@dataclass
class Known:
    """A cursor's content. `day` is when the UIDs were last compared one by one."""

    since: str
    day: str
    boxes: dict[str, Box] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(box.count for box in self.boxes.values())

    def cursor(self) -> Cursor:
        boxes = {name: [box.validity, box.next, list(_steps(box.runs))] for name, box in self.boxes.items()}
        text = json.dumps([self.since, self.day, boxes], separators=(",", ":"))
        return "imap.2." + b64encode(zlib.compress(text.encode(), 6)).decode()

    @staticmethod
    def read(cursor: Cursor | None) -> Known | None:
        name, _, text = (cursor or "").partition(".2.")
        if name != "imap":
            return None
        try:
            since, day, boxes = json.loads(zlib.decompress(b64decode(text, validate=True)))
            return Known(since, day, {name: _box(held) for name, held in boxes.items()})
        except (ValueError, TypeError, KeyError, AttributeError, zlib.error):
            return None


def _box(held: list[Any]) -> Box:
    validity, following, steps = held
    at, found = 0, []
    for gap, length in zip(steps[::2], steps[1::2], strict=True):
        found.append((at + gap, at + gap + length))
        at += gap + length
    return Box(validity, following, found)


def _steps(runs: Iterable[tuple[int, int]]) -> Iterator[int]:
    """From each end to the next beginning, and from there to its end: small numbers, which pack far better."""
    at = 0
    for a, b in runs:
        yield a - at
        yield b - a
        at = b


def runs(uids: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each row of numbers without a gap."""
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
