"""What wakes a round before its time: mailboxes that tell of news themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Event, Thread
from typing import Any

from agent.daemon.logs import log, where
from agent.errors import OnwardError

SILENT = 29 * 60.0  # seconds that a source is listened to without a word
CALM = 15.0  # seconds between two rounds that were woken
FIRST, LONGEST = 60.0, 3600.0  # seconds until one that failed is listened to again


class Ears:
    """One quiet thread for each source that has `wait(stop, seconds)`: true when there is news, false when there is none, None
    where the server never tells. They only call `wake`; a round comes at its time without them."""

    def __init__(self, wake: Callable[[], None], calm: float = CALM, first: float = FIRST) -> None:
        self._wake, self._calm, self._first = wake, calm, first
        self._stop = Event()

    def listen(self, sources: Iterable[Any]) -> None:
        """To these, and no longer to those of before."""
        self.close()
        self._stop = Event()
        for source in sources:
            if hasattr(source, "wait"):
                Thread(target=self._ear, args=(source, self._stop), name="ear", daemon=True).start()

    def close(self) -> None:
        """What is being listened to meanwhile is not waited for: nothing is changed there."""
        self._stop.set()

    def _ear(self, source: Any, stop: Event) -> None:
        pause = self._first
        while not stop.is_set():
            try:
                news = source.wait(stop, SILENT)
            except OnwardError as error:
                log.info("not listening", fault=type(error).__name__, seconds=pause)
                stop.wait(pause)
                pause = min(pause * 2, LONGEST)
                continue
            except Exception as error:  # noqa: BLE001 - a fault of what is not needed ends nothing
                log.error("not listening", **where(error))
                return
            if news is None:
                return
            pause = self._first
            if news and not stop.is_set():
                self._wake()
                stop.wait(self._calm)
