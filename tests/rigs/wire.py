"""A line between a client and a server that listens in, changes what is said, or breaks at a chosen moment."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread

Heard = Callable[[bytes], bytes | None]  # what goes on instead; None breaks the line


class Wire:
    """`up` hears what the client says, `down` what the server answers, as it comes. `breaks` is the number of the piece (of all
    lines, both ways, counted from 0) in whose place the line breaks; `pieces` says how many there were."""

    def __init__(self, port: int, up: Heard = lambda data: data, down: Heard = lambda data: data, breaks: int = -1) -> None:
        self._to, self._up, self._down, self.breaks, self.pieces = port, up, down, breaks, 0
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        self._lock, self._lines, self._threads = Lock(), list[socket.socket](), list[Thread]()
        self._run(self._open)

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for line in self._lines:
            _cut(line)
        for thread in self._threads:
            thread.join()
        for line in self._lines:
            line.close()

    def _run(self, work: Callable[..., None], *given: object) -> None:
        thread = Thread(target=work, args=given)
        self._threads.append(thread)
        thread.start()

    def _open(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                self._lines += [near, far]
                self._run(self._pump, near, far, self._up)
                self._run(self._pump, far, near, self._down)

    def _pump(self, source: socket.socket, target: socket.socket, heard: Heard) -> None:
        with suppress(OSError):
            while data := source.recv(2**20):
                with self._lock:
                    broken = self.pieces == self.breaks
                    self.pieces += 1
                    passed = None if broken else heard(data)
                if passed is None:
                    break
                target.sendall(passed)
        _cut(source)
        _cut(target)


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


class Trips:
    """Round trips: how often the client speaks after the server has, which is each time that it waited for an answer. `said` is
    what it said."""

    def __init__(self) -> None:
        self.count, self.said, self._answered = 0, b"", True

    def up(self, data: bytes) -> bytes:
        self.count += self._answered
        self.said += data
        self._answered = False
        return data

    def down(self, data: bytes) -> bytes:
        self._answered = True
        return data
