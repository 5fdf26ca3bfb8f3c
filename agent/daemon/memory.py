"""Gives back what a long round took, so that a daemon that waits is small."""

from __future__ import annotations

import ctypes
import gc
import os
import time
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from agent.daemon.progress import Stand

LONG = 5.0  # seconds of a round that leaves something to give back
LARGE = 100  # MB of this process that are more than waiting takes
_Cache = type(lru_cache(lambda: None))


class Rest:
    """Watches the progress: after each round the memory that it took is given back, after the first, after long ones and
    when much is held also what they left in our caches."""

    def __init__(self) -> None:
        self._began: float | None = None
        self._first = True

    def __call__(self, stand: Stand | None) -> None:
        now = time.monotonic()
        if stand is not None:
            self._began = now if self._began is None else self._began
        elif self._began is not None:
            if self._first or now - self._began > LONG or resident() > LARGE:
                release()
            else:
                gc.collect()
                _trim()
            self._began, self._first = None, False


def release() -> None:
    """Empties our own caches, which fill again as they are needed, and gives free memory back to the system (glibc). What is
    left has come to stay, and is not looked through for cycles again.
    """
    gc.unfreeze()
    for found in gc.get_objects():
        if type(found) is _Cache and str(getattr(found, "__module__", "")).startswith(("agent.", "connectors.")):
            found.cache_clear()
    gc.collect()
    gc.freeze()
    _trim()


def resident() -> float:
    """MB of memory that this process takes; 0 where the system does not tell as proc(5) does."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except (OSError, ValueError, AttributeError):
        return 0.0


def _trim() -> None:
    """glibc keeps what was freed."""
    with suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)
