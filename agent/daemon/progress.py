"""How far the running round is: for the page, the terminal and the service manager."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Stand:
    """`total` is None where the source does not say how much there is."""

    section: str
    done: int
    total: int | None
    since: datetime  # when the round began


class Progress:
    """Written by the loop that works, read from any thread. `stand` is None between rounds."""

    def __init__(self) -> None:
        self.stand: Stand | None = None
        self.watchers: list[Callable[[Stand | None], None]] = []

    def begin(self, now: datetime) -> None:
        self._to(Stand("", 0, None, now))

    def __call__(self, section: str, done: int, total: int | None = None) -> None:
        if self.stand is not None:
            self._to(Stand(section, done, total, self.stand.since))

    def end(self) -> None:
        self._to(None)

    def _to(self, stand: Stand | None) -> None:
        self.stand = stand
        for watcher in self.watchers:
            watcher(stand)
