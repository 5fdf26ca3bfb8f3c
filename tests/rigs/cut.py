"""A line to a server that is cut after so many bytes of its answers."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Cut:
    """Each connection is ended when the server has said `after` bytes; None: never."""

    def __init__(self, port: int) -> None:
        self.behind = port
        self.after: int | None = None
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                far = socket.create_connection(("127.0.0.1", self.behind))
                for line in (near, far):
                    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self._both, args=(near, far, self.after), daemon=True).start()

    def _both(self, near: socket.socket, far: socket.socket, after: int | None) -> None:
        with near, far:
            back = threading.Thread(target=self._pass, args=(near, far, None), daemon=True)
            back.start()
            self._pass(far, near, after)
            back.join()

    def _pass(self, source: socket.socket, target: socket.socket, left: int | None) -> None:
        with suppress(OSError):
            while (left is None or left > 0) and (data := source.recv(65536)):
                target.sendall(data if left is None else data[:left])
                left = None if left is None else left - len(data)
        for line in (source, target):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
