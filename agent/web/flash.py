"""Sentences that the next page says once. They are about what was just done here, so they may end with the process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from threading import Lock

_MOST = 5  # of one session: a browser that never shows a page must not gather them


@dataclass(frozen=True, slots=True)
class Flash:
    """`undo` are the refs of the cards whose last act can be taken back; `until` when that ends."""

    says: str
    undo: tuple[str, ...] = ()
    until: datetime | None = None


class Flashes:
    def __init__(self) -> None:
        self._lock = Lock()
        self._of: dict[str, list[Flash]] = {}

    def say(self, session: str, flash: Flash) -> None:
        with self._lock:
            self._of[session] = [*self._of.get(session, ()), flash][-_MOST:]

    def take(self, session: str) -> tuple[Flash, ...]:
        with self._lock:
            return tuple(self._of.pop(session, ()))
