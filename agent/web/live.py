"""What wakes the open pages."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from threading import Lock


class Changes:
    """The daemon calls `notify` from any thread when the store changed; `close` ends every wait for good."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self.closed = False

    @property
    def listeners(self) -> int:
        return len(self._waiting)

    def notify(self) -> None:
        with self._lock:
            for loop, event in self._waiting:
                with suppress(RuntimeError):  # that loop has ended
                    loop.call_soon_threadsafe(event.set)

    def close(self) -> None:
        self.closed = True
        self.notify()

    def join(self) -> tuple[asyncio.AbstractEventLoop, asyncio.Event]:
        place = asyncio.get_running_loop(), asyncio.Event()
        with self._lock:
            self._waiting.add(place)
        if self.closed:
            place[1].set()
        return place

    def leave(self, place: tuple[asyncio.AbstractEventLoop, asyncio.Event]) -> None:
        with self._lock:
            self._waiting.discard(place)
