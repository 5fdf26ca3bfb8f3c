"""The inbox behind a real socket: a store in a file, a clock that stands still, a browser-like client."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import Message
from http.client import HTTPResponse
from threading import Thread
from typing import Any

import httpx2

from agent.desk import Desk, Terms
from agent.store import Store
from agent.web import session
from agent.web.app import Inbox
from agent.web.serve import InboxServer, bind

NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # to read the list of authorities for every client takes longer than a test
NOW = datetime(2026, 3, 12, 10, tzinfo=UTC)


@dataclass
class Alive:
    ok: bool = True


@dataclass
class Served:
    inbox: Inbox
    server: InboxServer
    port: int
    rounds: list[datetime] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def sign_in(self) -> dict[str, str]:
        """The cookie of a new session, by a link that is used up."""
        with httpx2.Client(trust_env=False, verify=NO_TLS) as browser:
            answer = browser.get(session.link(self.inbox.store, self.port, self.inbox.clock()))
            assert answer.status_code == 303, answer.text
            return dict(browser.cookies)

    def client(self, *, signed_in: bool = True, **settings: Any) -> httpx2.Client:
        """Like a browser on the inbox's own pages."""
        headers = {"Origin": self.url, "Sec-Fetch-Site": "same-origin", **settings.pop("headers", {})}
        settings |= {"cookies": self.sign_in()} if signed_in else {}
        return httpx2.Client(base_url=self.url, headers=headers, trust_env=False, verify=NO_TLS, **settings)


@contextmanager
def serving(store: Store, rules: Any, *, desk: Desk | None = None, now: datetime = NOW, **parts: Any) -> Iterator[Served]:
    """`parts` replace those of `Inbox`."""
    sock = bind("127.0.0.1", 0)
    port = sock.getsockname()[1]
    rounds: list[datetime] = []
    inbox = Inbox(
        desk=desk or Desk(store, rules, Terms("send"), lambda _key, _now: ""),
        store=store,
        clock=lambda: now,
        port=port,
        health=Alive,
        metrics=lambda: b"onward_up 1\n",
        check_now=lambda: rounds.append(now),
        progress=lambda: None,
        settings_text=lambda: "rep: …\n",
    )
    server = InboxServer(replace(inbox, **parts))
    thread = Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
    thread.start()
    try:
        yield Served(server.app.state.inbox, server, port, rounds)
    finally:
        server.stop()
        thread.join(10)
        sock.close()
        assert not thread.is_alive()


def ask(port: int, head: str, body: bytes = b"") -> tuple[int, Message, bytes]:
    """Sends exactly these bytes; `head` with bare line breaks. Status, headers and body of the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as sock:
        sock.sendall(head.replace("\n", "\r\n").encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body)
        answer = HTTPResponse(sock)
        try:
            answer.begin()
            return answer.status, answer.headers, answer.read()
        finally:
            answer.close()
