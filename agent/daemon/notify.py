"""Tells the service manager how it goes: sd_notify(3), over the datagram socket that `NOTIFY_SOCKET` names."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Mapping
from contextlib import suppress


class Notifier:
    """Says nothing where nobody listens. A manager that is gone is no reason to stop."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        named = environ.get("NOTIFY_SOCKET", "")
        self._address = "\0" + named[1:] if named.startswith("@") else named
        self.every = _half(environ)  # seconds between two signs of life; None: nobody waits for them
        self._last = float("-inf")

    def ready(self, status: str) -> None:
        self._send(f"READY=1\nSTATUS={status}\n")

    def status(self, text: str) -> None:
        self._send(f"STATUS={text}\n")

    def stopping(self) -> None:
        self._send("STOPPING=1\n")

    def alive(self) -> None:
        """To be called by the loop that works and by no other: what does not get on must not look alive."""
        if self.every is not None and time.monotonic() - self._last >= self.every / 2:
            self._last = time.monotonic()
            self._send("WATCHDOG=1\n")

    def _send(self, text: str) -> None:
        if not self._address:
            return
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as to:
            to.settimeout(1)
            to.connect(self._address)  # only of a connected socket poll(2) knows whether its other end has room
            to.send(text.encode())


def _half(environ: Mapping[str, str]) -> float | None:
    """Half of the time after which the manager takes this process for dead, as sd_watchdog_enabled(3) recommends."""
    whole, whose = environ.get("WATCHDOG_USEC", ""), environ.get("WATCHDOG_PID", "")
    if not whole.isdigit() or not int(whole) or (whose and whose != str(os.getpid())):
        return None
    return int(whole) / 2_000_000
