"""A proxy in front of a real calendar server that does what other servers do: refuses, cuts, redirects, writes in another way."""

from __future__ import annotations

import re
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2


@dataclass
class Ask:
    """A request. `kind` is its method, and of a REPORT the name of it ("sync-collection")."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        found = re.search(rb"<(?:\w+:)?(sync-collection|calendar-query|calendar-multiget|propfind)\b", self.body)
        return found[1].decode() if found else self.method


@dataclass
class Told:
    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


Before = Callable[[Ask], Told | None]
After = Callable[[Ask, Told], Told | None]


@dataclass
class Quirks:
    """`before` may answer in place of the server (status 0: the connection ends), `after` may change what it said."""

    behind: str
    before: Before = lambda _ask: None
    after: After = lambda _ask, told: told
    asked: list[Ask] = field(default_factory=list)
    certificate: tuple[Path, Path] | None = None

    def __post_init__(self) -> None:
        self.client = httpx2.Client(trust_env=False, verify=False, timeout=30)
        rig = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def handle_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                ask = Ask(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body)
                rig.asked.append(ask)
                told = rig.before(ask) or rig.after(ask, rig.forward(ask))
                if told is None or told.status == 0:
                    self.close_connection = True
                    return
                self.send_response_only(told.status)
                for name, value in {"date": self.date_time_string(), **told.headers, "Content-Length": str(len(told.body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(told.body)

            do_GET = do_PUT = do_PROPFIND = do_REPORT = handle_any  # noqa: N815 - so the library finds them

            def handle(self) -> None:
                with suppress(OSError):  # who does not trust us hangs up
                    super().handle()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        if self.certificate:
            trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            trust.load_cert_chain(*self.certificate)
            self.server.socket = trust.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"http{'s' if self.certificate else ''}://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def forward(self, ask: Ask) -> Told:
        passed = {
            name: value for name, value in ask.headers.items() if name not in ("host", "connection", "content-length", "accept-encoding")
        }
        answer = self.client.request(ask.method, self.behind + ask.path, headers=passed, content=ask.body)
        named = ("content-type", "etag", "location", "dav", "date")
        kept = {name.lower(): value for name, value in answer.headers.items() if name.lower() in named}
        return Told(answer.status_code, answer.content, kept)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.client.close()


def refuses(kind: str, status: int, **headers: str) -> Before:
    return lambda ask: Told(status, b"no", headers) if ask.kind == kind else None


def rewrites(pattern: str, by: str, kind: str = "") -> After:
    def change(ask: Ask, told: Told) -> Told:
        if kind in ("", ask.kind):
            told.body = re.sub(pattern.encode(), by.encode(), told.body)
        return told

    return change
