"""A web server that publishes a calendar, as calendar services do: ETag or Last-Modified, conditional answers; and its troubles."""

from __future__ import annotations

import base64
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from zoneinfo import ZoneInfo

from agent.errors import Unavailable
from connectors import ics_url
from tests.rigs.folder import vcalendar, vevent
from tests.rigs.numbered import Numbered

ZONE = ZoneInfo("America/New_York")


EPOCH = datetime(2026, 3, 5, 20, tzinfo=UTC)
Told = tuple[int, dict[str, str], bytes]


class Server:
    """`routes` are (status, headers, body) by path; `asked` are the paths and headers of requests.

    `validator` is how it tells that nothing changed: strong or weak (ETags), dated (Last-Modified) or none. `clock` counts the
    seconds since `EPOCH`. `trouble` is what becomes of answers: cut (in the middle of their body), gone (no answer), late (none
    until the server stops) or a status.
    """

    def __init__(self, port: int = 0) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.routes: dict[str, Told] = {}
        self.validator: Literal["strong", "weak", "dated", "none"] = "strong"
        self.trouble: Literal["", "cut", "gone", "late"] | int = ""
        self.login = ""
        self.clock = 0
        self._seen: dict[str, tuple[bytes, int]] = {}  # by path: what was there, and since when
        self._start(port)

    def _start(self, port: int) -> None:
        rig = self
        self._ended = threading.Event()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                rig.asked.append((self.path, dict(self.headers.items())))
                if rig.trouble == "late":
                    rig._ended.wait(30)
                self.close_connection = rig.trouble in ("cut", "gone", "late")
                if rig.trouble in ("gone", "late"):
                    return
                status, headers, body = rig.reply(self.path, {k.lower(): v for k, v in self.headers.items()})
                self.send_response_only(status)
                for name, value in {"Date": _date(rig.clock), **headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body[: len(body) // 2] if rig.trouble == "cut" else body)

            def handle(self) -> None:
                with suppress(OSError):  # who has read enough hangs up
                    super().handle()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def reply(self, path: str, given: dict[str, str]) -> Told:
        if isinstance(self.trouble, int):
            return self.trouble, {"Retry-After": "120"}, b"later"
        if self.login and given.get("authorization") != "Basic " + base64.b64encode(self.login.encode()).decode():
            return 401, {"WWW-Authenticate": 'Basic realm="calendar"'}, b"who are you?"
        status, headers, body = self.routes.get(path, (404, {}, b"not here"))
        if status != 200:
            return status, headers, body
        name, value, same = self._validated(path, body, given)
        told = {name: value} if name else {}
        return (304, told, b"") if same else (status, {"Content-Type": "text/calendar", **told, **headers}, body)

    def _validated(self, path: str, body: bytes, given: dict[str, str]) -> tuple[str, str, bool]:
        """The header that names this state of the document, and whether the client has it already."""
        before, since = self._seen.get(path, (b"", 0))
        since = since if before == body else self.clock
        self._seen[path] = body, since
        match self.validator:
            case "strong" | "weak":
                tag = f'{"W/" if self.validator == "weak" else ""}"{sha256(body).hexdigest()[:16]}"'
                return "ETag", tag, given.get("if-none-match", "").removeprefix("W/") == tag.removeprefix("W/")
            case "dated":
                return "Last-Modified", _date(since), given.get("if-modified-since") == _date(since)
        return "", "", False

    def stop(self) -> None:
        self._ended.set()
        self.server.shutdown()
        self.server.server_close()

    def again(self) -> None:
        self._start(self.port)


def _date(clock: int) -> str:
    return format_datetime(EPOCH + timedelta(seconds=clock), usegmt=True)


class IcsUrl(Numbered):
    """The rig of the contract."""

    fault = Unavailable
    place = re.escape("127.0.0.1")

    def __init__(self) -> None:
        super().__init__()
        self.server = Server()
        self.lay(0)

    def source(self) -> ics_url.Calendar:
        return ics_url.Calendar(ics_url.Settings(f"http://127.0.0.1:{self.server.port}/team.ics"), ZONE)

    def lay(self, number: int) -> None:
        document = vcalendar(*(vevent(number, *state) for number, state in self.items.items()))
        self.server.routes["/team.ics"] = (200, {}, document)

    def kill(self) -> None:
        self.server.stop()

    def restore(self) -> None:
        self.server.again()

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

        def watched(path: str, given: dict[str, str]) -> Told:
            answer = reply(path, given)
            if answer[0] == 200:
                seen.append(path)
            return answer

        self.server.reply = watched  # type: ignore[method-assign]
        try:
            yield seen
        finally:
            self.server.reply = reply  # type: ignore[method-assign]
