"""What wakes the open pages."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from threading import Lock

MOST = 4  # pages that listen at once: a browser has six connections for all its tabs


class Place:
    """One page that listens, in its event loop."""

    def __init__(self) -> None:
        self._loop, self._event = asyncio.get_running_loop(), asyncio.Event()
        self.enough = False  # a newer page took its place

    def wake(self) -> None:
        with suppress(RuntimeError):  # that loop has ended
            self._loop.call_soon_threadsafe(self._event.set)

    async def wait(self, seconds: float) -> None:
        """Until it is woken, at most so long. What woke it before counts too."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), seconds)
        self._event.clear()

    @staticmethod
    async def rest(seconds: float) -> None:
        await asyncio.sleep(seconds)


class Changes:
    """`notify` from any thread when the store changed; `close` ends every wait for good."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._places: list[Place] = []
        self.closed = False

    @property
    def listeners(self) -> int:
        return len(self._places)

    def notify(self) -> None:
        with self._lock:
            for place in self._places:
                place.wake()

    def close(self) -> None:
        self.closed = True
        self.notify()

    def join(self) -> Place:
        """Where there are too many, the one that listens longest has to leave."""
        place = Place()
        with self._lock:
            for oldest in self._places[: len(self._places) + 1 - MOST]:
                oldest.enough = True
                oldest.wake()
            self._places.append(place)
        return place

    def leave(self, place: Place) -> None:
        with self._lock:
            self._places.remove(place)
