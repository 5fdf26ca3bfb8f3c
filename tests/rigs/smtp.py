"""A mail server that takes everything and keeps it, byte for byte (aiosmtpd)."""

from __future__ import annotations

import ssl
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

from tests.rigs.dovecot import free_port

PASSWORD = "smtp-canary-7h2"


class _Server(SMTP):
    line_length_limit = 2**20


@dataclass
class Taken:
    sender: str
    recipients: list[str]
    raw: bytes
    options: list[str]


@dataclass
class Handler:
    """`answers` are given instead of the usual ones, by command, the first one first."""

    taken: list[Taken] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    logins: list[tuple[str, bytes]] = field(default_factory=list)
    auth: bool = False
    folder: Path | None = None  # where what was taken is written, before it is said to be taken

    async def handle_MAIL(self, _server: Any, session: Any, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        if said := self._said("MAIL"):
            return said
        if self.auth and not session.authenticated:
            return "530 5.7.0 sign in first"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: list[str]) -> str:  # noqa: N802
        if said := self._said(f"RCPT {address}"):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        if said := self._said("DATA"):
            return said
        raw = envelope.original_content or b""
        if self.folder:
            (self.folder / f"{len(self.taken)}.eml").write_bytes(raw)
        self.taken.append(Taken(envelope.mail_from or "", list(envelope.rcpt_tos), raw, list(envelope.mail_options)))
        return "250 OK"

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, way: str, given: Any) -> AuthResult:
        data = given.password if isinstance(given, LoginPassword) else given
        self.logins.append((way, data))
        return AuthResult(success=data == PASSWORD.encode(), handled=False)

    def _said(self, command: str) -> str:
        waiting = self.answers.get(command)
        return waiting.pop(0) if waiting else ""


class Sink(Controller):
    """`security` is that of the line; with `auth` it wants a user and `PASSWORD`."""

    def __init__(
        self, security: str = "none", certificate: ssl.SSLContext | None = None, *, auth: bool = False, port: int = 0, **more: Any
    ) -> None:
        self.handler: Handler
        own = {"authenticator": self._ask, "auth_require_tls": security == "starttls"} if auth else {}
        if security == "starttls":
            own |= {"tls_context": certificate, "require_starttls": True}
        implicit = certificate if security == "tls" else None
        made = Handler(auth=auth)
        super().__init__(made, "127.0.0.1", port or free_port(), ssl_context=implicit, server_hostname="localhost", **own, **more)

    def factory(self) -> SMTP:
        return _Server(self.handler, **self.SMTP_kwargs)

    def _ask(self, *given: Any) -> AuthResult:
        return self.handler.authenticate(*given)

    @property
    def at(self) -> int:
        return int(self.port)

    @property
    def taken(self) -> list[bytes]:
        return [each.raw for each in self.handler.taken]


if __name__ == "__main__":  # FOLDER PORT: a process of its own, which ends when its input does
    apart = Sink(port=int(sys.argv[2]))
    apart.handler.folder = Path(sys.argv[1])
    apart.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.read()
    apart.stop()
