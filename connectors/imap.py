"""Mail on an IMAP server (RFC 3501, 9051): headers first, bodies on demand, nothing changed at the server but Drafts and Sent.

A mailbox is opened read-only. UIDs and how many mails there are tell what is new and whether something went; what an
extension would tell in another way is not needed, so a server without extensions is as good.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from agent.ports import Context
from connectors._http import loopback
from connectors._imap import Account
from connectors._imap_mail import Mail
from connectors._imap_outbox import Outbox
from connectors._imap_places import Places
from connectors._smtp import Server

__all__ = ["Mail", "OutboxSettings", "Settings", "mail", "outbox"]


def _not_in_the_clear(host: str, security: str) -> None:
    if security == "none" and not loopback(host):
        raise ValueError("security: none is for a server on this machine alone; write tls or starttls")


@dataclass(frozen=True)
class Settings:
    """`port` 0 is the usual one. `folders` are read in place of INBOX, Sent and Archive."""

    host: str
    user: str
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    port: int = 0
    security: Literal["tls", "starttls", "none"] = "tls"
    folders: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.password) == bool(self.token):
            raise ValueError("needs either password or token")
        if not re.fullmatch(r"[\w.:-]{1,253}", self.host):
            raise ValueError("host must be the name of a server, such as imap.example.com")
        if self.host.count(":") == 1:  # more of them are an IPv6 address
            raise ValueError("host must be the name of a server alone; its port stands under port")
        _not_in_the_clear(self.host, self.security)
        if any(ord(char) < 32 for char in self.user + self.password + self.token):
            raise ValueError("user and password must not hold control characters")
        if self.security == "starttls" and self.port == 993:  # RFC 8314, 3.2; such a server waits for TLS and says nothing
            raise ValueError("port 993 goes with security: tls; starttls is spoken on port 143")

    @property
    def account(self) -> Account:
        port = self.port or (993 if self.security == "tls" else 143)
        return Account("mail", self.host, port, self.security, self.user, self.password, self.token)


@dataclass(frozen=True)
class Smtp:
    """What is left out is as in IMAP: the same account, and imap.example.com goes with smtp.example.com."""

    host: str = ""
    port: int = 0
    security: Literal["tls", "starttls", "none"] | None = None
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


@dataclass(frozen=True)
class OutboxSettings:
    """`drafts` and `sent` are folders, where the server does not say itself. Without `smtp` drafts are laid and nothing is sent.
    `copy_to_sent`: auto waits whether the server puts a copy there itself."""

    host: str
    user: str
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    port: int = 0
    security: Literal["tls", "starttls", "none"] = "tls"
    drafts: str = ""
    sent: str = ""
    copy_to_sent: Literal["auto", "always", "never"] = "auto"
    smtp: Smtp | Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        Settings(self.host, self.user, self.password, self.token, self.port, self.security)
        if isinstance(self.smtp, Mapping):
            object.__setattr__(self, "smtp", Smtp(**self.smtp))
        if server := self.server:
            Settings(server.host, server.user, server.password, server.token, server.port)
            _not_in_the_clear(server.host, server.security)
            if server.security == "starttls" and server.port == 465:
                raise ValueError("port 465 of smtp goes with security: tls; starttls is spoken on port 587")

    @property
    def cannot_send(self) -> str:
        """Why mail cannot be sent with these settings; "" if it can."""
        hint = "add smtp: {} to it, with host, port, user and password where they are not those of IMAP, or write deliver: draft"
        return "" if self.server else f"there is nothing set to send with; {hint}"

    @property
    def account(self) -> Account:
        made = Settings(self.host, self.user, self.password, self.token, self.port, self.security).account
        return replace(made, section="outbox")

    @property
    def server(self) -> Server | None:
        """Where mail is sent; None: nowhere."""
        own = self.smtp
        if not isinstance(own, Smtp):
            return None
        security = own.security or _by_port(own.port) or self.security
        secrets = (own.password, own.token) if own.password or own.token else (self.password, self.token)
        host = own.host or re.sub(r"\Aimap[s4]?\.", "smtp.", self.host)
        return Server("outbox", host, security, own.user or self.user, *secrets, own.port)


def _by_port(port: int) -> Literal["tls", "starttls"] | None:
    return "tls" if port == 465 else "starttls" if port == 587 else None


def outbox(settings: OutboxSettings, _context: Context) -> Outbox:
    return Outbox(settings.account, settings.server, Places(settings.drafts, settings.sent), settings.copy_to_sent)


def mail(settings: Settings, context: Context) -> Mail:
    return Mail(settings, context.now, context.since)
