"""Gives back what a long round took, so that a daemon that waits is small."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress
from functools import lru_cache

_Cache = type(lru_cache(lambda: None))


def release() -> None:
    """Empties our own caches, which fill again as they are needed, and gives free memory back to the system (glibc)."""
    for found in gc.get_objects():
        if type(found) is _Cache and str(getattr(found, "__module__", "")).startswith(("agent.", "connectors.")):
            found.cache_clear()
    gc.collect()
    with suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)


def settle() -> None:
    """What is there now stays: it is not looked at again for cycles."""
    gc.collect()
    gc.freeze()
