"""Gives back what a long round took, so that a daemon that waits is small."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
import time
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

from agent.daemon.progress import Stand

LONG = 5.0  # seconds of a round that leaves something to give back
LARGE = 100  # MB of this process that are more than waiting takes
HEAVY = 118  # MB after which it is worth to begin anew: a first reading of a large mailbox leaves that much, and nothing gives it back
AGAIN = 6 * 3600.0  # seconds between two new beginnings
BEGUN = "ONWARD_BEGUN_ANEW"  # in the environment: when, in seconds since 1970
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


def heavy() -> bool:
    """Whether this process had better be followed by a new one: CPython keeps what a large round took, in pieces."""
    return resident() > HEAVY and not 0 <= time.time() - float(os.environ.get(BEGUN) or 0) < AGAIN  # noqa: TID251 - of this machine


def begin_anew() -> NoReturn:
    """The same command in the same process, without its memory. All that was open must be closed."""
    words = [word for word in sys.orig_argv[1:] if word != "--open"]
    os.execve(sys.executable, [sys.executable, *words], os.environ | {BEGUN: str(time.time())})  # noqa: S606, TID251 - our own command


def begun_anew() -> bool:
    return BEGUN in os.environ


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
