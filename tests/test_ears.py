"""Sources that tell of news themselves wake a round before its time."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from threading import Event
from typing import Any

from agent.daemon.ears import Ears
from agent.errors import Unavailable


class Told:
    """Tells what the test puts in."""

    def __init__(self) -> None:
        self.says: SimpleQueue[Any] = SimpleQueue()
        self.asked: SimpleQueue[Event] = SimpleQueue()

    def wait(self, stop: Event, _seconds: float) -> bool | None:
        self.asked.put(stop)
        said = self.says.get(timeout=10)
        if isinstance(said, Exception):
            raise said
        return said  # type: ignore[no-any-return]


def listening(source: object) -> tuple[Ears, SimpleQueue[None], Callable[[], None]]:
    woken: SimpleQueue[None] = SimpleQueue()
    ears = Ears(lambda: woken.put(None), calm=0, first=0)
    ears.listen([source])
    return ears, woken, lambda: woken.get(timeout=10)


def test_news_wakes_and_silence_does_not() -> None:
    source = Told()
    ears, woken, wakes = listening(source)
    for said in (False, False, True):
        source.says.put(said)
    wakes()
    assert woken.empty()
    ears.close()
    source.says.put(False)


def test_a_source_that_fails_is_listened_to_again() -> None:
    source = Told()
    ears, _, wakes = listening(source)
    for said in (Unavailable("away"), Unavailable("away"), True):
        source.says.put(said)
    wakes()
    ears.close()
    source.says.put(False)


def test_a_source_that_never_tells_is_asked_once_and_one_that_cannot_not_at_all() -> None:
    source = Told()
    ears, woken, _ = listening(source)
    source.says.put(None)
    source.asked.get(timeout=10)
    ears.listen([object()])
    assert source.asked.empty()
    assert woken.empty()


def test_what_is_listened_to_no_more_wakes_nobody() -> None:
    source, other = Told(), Told()
    ears, woken, wakes = listening(source)
    stop = source.asked.get(timeout=10)
    ears.listen([other])
    assert stop.is_set()
    source.says.put(True)
    other.says.put(True)
    wakes()
    assert woken.empty()
    ears.close()
    other.says.put(False)
