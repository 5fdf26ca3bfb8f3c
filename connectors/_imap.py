"""Whose mail on which IMAP server, and signing in there. imaplib connects, secures and logs in."""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field

from agent.errors import NeedsHuman, Unavailable
from connectors._http import loopback, trusted
from connectors._imap_grammar import quoted
from connectors._imap_session import Refused, Session, dropped
from connectors._providers import advised

TIMEOUT = 60.0  # seconds without a byte


@dataclass(frozen=True)
class Account:
    """Where and as whom. `token` is an OAuth access token (XOAUTH2). Without TLS only on this machine itself."""

    section: str
    host: str
    port: int
    security: str  # tls, starttls, none
    user: str
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    timeout: float = TIMEOUT  # seconds without a byte

    def open(self) -> Session:
        """Raises `NeedsHuman` and `Unavailable`, with sentences that hold no secret."""
        session = Session(self, _connected(self))
        try:
            _logged_in(session)
        except BaseException:
            dropped(session.line)
            raise
        return session

    def says(self, text: str) -> str:
        return f"{self.section}: {self.host} {text}"


def _connected(account: Account) -> imaplib.IMAP4:
    if account.security == "none" and not loopback(account.host):
        hint = f"write security: tls or starttls in `{account.section}`"
        raise NeedsHuman(account.says("would get the password unprotected"), hint)
    try:
        if account.security == "tls":
            line: imaplib.IMAP4 = imaplib.IMAP4_SSL(account.host, account.port, ssl_context=trusted(), timeout=account.timeout)
        else:
            line = imaplib.IMAP4(account.host, account.port, timeout=account.timeout)
        line.sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except ssl.SSLCertVerificationError as fault:
        raise _untrusted(account, fault) from None
    except ssl.SSLEOFError as fault:
        raise _away(account, fault) from None
    except ssl.SSLError:
        hint = f"port {account.port} may want security: starttls; 993 goes with tls, 143 with starttls"
        raise NeedsHuman(account.says("does not speak TLS on this port"), hint) from None
    except (OSError, imaplib.IMAP4.error) as fault:
        raise _away(account, fault) from None
    try:
        _secured(account, line)
    except BaseException:
        dropped(line)
        raise
    return line


def _secured(account: Account, line: imaplib.IMAP4) -> None:
    if account.security != "starttls":
        return
    try:
        line.starttls(trusted())
    except ssl.SSLCertVerificationError as fault:
        raise _untrusted(account, fault) from None
    except (OSError, imaplib.IMAP4.abort) as fault:
        raise _away(account, fault) from None
    except imaplib.IMAP4.error:
        hint = f"write security: tls and its port (993) in `{account.section}`"
        raise NeedsHuman(account.says("offers no STARTTLS, and the password is not sent without it"), hint) from None


def _untrusted(account: Account, fault: ssl.SSLCertVerificationError) -> NeedsHuman:
    why = fault.verify_message or "unknown reason"
    hint = "correct `host`, or ask its administrator for a valid certificate; nothing was sent"
    return NeedsHuman(account.says(f"shows a certificate that cannot be trusted ({why})"), hint)


def _away(account: Account, fault: Exception) -> Unavailable:
    return Unavailable(account.says(f"cannot be reached on port {account.port} ({_why(fault)})"))


def _why(fault: Exception) -> str:
    if isinstance(fault, socket.gaierror):
        return "there is no server of that name, or no network: see whether `host` is right"
    if isinstance(fault, ConnectionRefusedError):
        return "nothing answers there: 993 goes with security: tls, 143 with starttls"
    return type(fault).__name__


def _logged_in(session: Session) -> None:
    """Not by imaplib, which takes no answer that ends in a bare line feed, and no password beyond ASCII."""
    account = session.account
    try:
        session.converse(*_entry(account, session.line.capabilities))
    except Refused as fault:
        raise _no_entry(account, fault.says) from None
    except imaplib.IMAP4.error:
        raise Unavailable(account.says("ended the connection at the login")) from None
    except OSError as fault:
        raise _away(account, fault) from None


def _entry(account: Account, can: Sequence[str]) -> list[bytes]:
    """What is said to be let in: a command, and what follows each time the server asks for more."""
    if account.token:
        bearer = "AUTH=OAUTHBEARER" in can and "AUTH=XOAUTH2" not in can
        told = _bearer(account) if bearer else _xoauth2(account)
        return [b"AUTHENTICATE OAUTHBEARER" if bearer else b"AUTHENTICATE XOAUTH2", b64encode(told.encode())]
    user, password = (text.encode(errors="surrogateescape") for text in (account.user, account.password))
    if "AUTH=PLAIN" in can:
        return [b"AUTHENTICATE PLAIN", b64encode(b"\0%s\0%s" % (user, password))]
    if "LOGINDISABLED" not in can and re.fullmatch(rb"[ -~]*", user + password):
        return [b"LOGIN %s %s" % (quoted(account.user), quoted(account.password))]
    if "LOGINDISABLED" not in can:
        return [b"LOGIN {%d}" % len(user), b"%s {%d}" % (user, len(password)), password]
    if "AUTH=LOGIN" in can:
        return [b"AUTHENTICATE LOGIN", b64encode(user), b64encode(password)]
    if "STARTTLS" in can:
        raise NoEntry(account.says("lets nobody sign in without TLS"), f"write security: starttls in `{account.section}`")
    raise _no_entry(account, "basic auth")


def _xoauth2(account: Account) -> str:
    return f"user={account.user}\1auth=Bearer {account.token}\1\1"


def _bearer(account: Account) -> str:
    user = account.user.replace("=", "=3D").replace(",", "=2C")
    return f"n,a={user},\1host={account.host}\1port={account.port}\1auth=Bearer {account.token}\1\1"


_BUSY = re.compile(r"\[(?:unavailable|inuse|limit)\b|\b(?:unavailable|too many|try again|temporar\w*|rate limit\w*|throttl\w*|in use)\b")
_APP = re.compile(r"application-specific|app[- ]password|app-specific|application password|less secure")
_BARRED = re.compile(
    r"disabled|not enabled|enable your account|basic ?auth|authentication mechanism|oauth|\[(?:privacyrequired|contactadmin)\b"
)


class NoEntry(NeedsHuman):
    """The server is there, and does not let in whoever signs in so."""


def _no_entry(account: Account, told: str) -> NoEntry | Unavailable:
    """What servers say when they let nobody in; their words are not shown, they may hold anything."""
    low = told.lower()
    if _APP.search(low):
        hint = advised("make an app password in the account's security settings and give that as password", account.host)
        return NoEntry(account.says("wants an app password instead of the account's own"), hint)
    if _BUSY.search(low):
        return Unavailable(account.says("takes no login just now"))
    if account.token:
        return NoEntry(
            account.says("does not accept the token: it may have expired"), f"sign in anew and renew `token` of `{account.section}`"
        )
    if _BARRED.search(low):
        hint = advised("switch IMAP on in the account's settings, or ask the administrator which sign-in is allowed", account.host)
        return NoEntry(account.says("does not allow this way to sign in"), hint)
    hint = advised(f"check `user` and `password` of `{account.section}`", account.host)
    return NoEntry(account.says("does not accept user and password"), hint)
