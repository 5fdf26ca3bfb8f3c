"""A web server that publishes one calendar, as calendar services do: ETag, Last-Modified, conditional answers."""

from __future__ import annotations

import base64
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from zoneinfo import ZoneInfo

from agent.errors import Unavailable
from connectors import ics_url
from tests.rigs.folder import vcalendar, vevent, written

ZONE = ZoneInfo("America/New_York")


class Server:
    """`answer` is (status, headers, body) of the next requests; `asked` their paths and headers."""

    def __init__(self, port: int = 0) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.routes: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.tags = True
        self.login = ""
        self._start(port)

    def _start(self, port: int) -> None:
        rig = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                rig.asked.append((self.path, dict(self.headers.items())))
                status, headers, body = rig.reply(self.path, self.headers.get("If-None-Match"), self.headers.get("Authorization", ""))
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def reply(self, path: str, known: str | None, login: str) -> tuple[int, dict[str, str], bytes]:
        if self.login and login != "Basic " + base64.b64encode(self.login.encode()).decode():
            return 401, {"WWW-Authenticate": 'Basic realm="calendar"'}, b"who are you?"
        status, headers, body = self.routes.get(path, (404, {}, b"not here"))
        if status != 200 or not self.tags:
            return status, headers, body
        tag = f'"{sha256(body).hexdigest()[:16]}"'
        if known == tag:
            return 304, {"ETag": tag}, b""
        return status, {"ETag": tag, "Content-Type": "text/calendar", **headers}, body

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def again(self) -> None:
        self._start(self.port)


class IcsUrl:
    """The rig of the contract. With `tags` off the server knows no conditional requests."""

    fault = Unavailable
    place = re.escape("127.0.0.1")

    def __init__(self, tags: bool = True) -> None:
        self.server = Server()
        self.server.tags = tags
        self.items: dict[int, tuple[int, bool]] = {}
        self.count = 0
        self._lay()

    def source(self) -> ics_url.Calendar:
        return ics_url.Calendar(ics_url.Settings(f"http://127.0.0.1:{self.server.port}/team.ics"), ZONE)

    def _lay(self) -> None:
        document = vcalendar(*(vevent(number, *state) for number, state in self.items.items()))
        self.server.routes["/team.ics"] = (200, {}, document)

    def _set(self, number: int, version: int, good: bool) -> str:
        self.items[number] = (version, good)
        self._lay()
        return written(number, version)

    def add(self) -> str:
        self.count += 1
        return self._set(self.count, 1, True)

    def change(self, mark: str) -> str:
        number = self._number(mark)
        return self._set(number, self.items[number][0] + 1, True)

    def remove(self, mark: str) -> None:
        del self.items[self._number(mark)]
        self._lay()

    def corrupt(self, mark: str) -> None:
        self._set(self._number(mark), self.items[self._number(mark)][0], False)

    def repair(self, mark: str) -> None:
        self._set(self._number(mark), self.items[self._number(mark)][0], True)

    def empty(self) -> None:
        self.items.clear()
        self._lay()

    def kill(self) -> None:
        self.server.stop()

    def restore(self) -> None:
        self.server.again()

    def there(self) -> set[str]:
        return {written(number, version) for number, (version, good) in self.items.items() if good}

    def mark(self, item: Any) -> str:
        return str(item.event.title)

    def id(self, item: Any) -> str:
        return f"{item.uid}/{item.recurrence_id}"

    def noun(self, item: Any) -> object:
        return item.event

    def state(self) -> object:
        return dict(self.server.routes)

    @contextmanager
    def watch(self) -> Iterator[list[str]]:
        """Requests that were answered with the document itself."""
        seen: list[str] = []
        reply = self.server.reply

        def watched(path: str, known: str | None, login: str) -> tuple[int, dict[str, str], bytes]:
            answer = reply(path, known, login)
            if answer[0] == 200:
                seen.append(path)
            return answer

        self.server.reply = watched  # type: ignore[method-assign]
        try:
            yield seen
        finally:
            self.server.reply = reply  # type: ignore[method-assign]

    def _number(self, mark: str) -> int:
        return int(mark.split()[1])
