"""Submitting a mail (RFC 5321, 6409): every fault is named by whether the mail can have left.

Before the final dot nothing has happened, whatever fails. The server's answer to the dot is certain either way; without an
answer nobody knows. smtplib reads and writes the lines; what must not be retried, rewritten or shown is decided here.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from agent.errors import NeedsHuman, OnwardError, Rejected, Unavailable, Unsure
from connectors._http import loopback, trusted
from connectors._providers import advised

CONNECT = 60.0  # seconds; some let a client wait before they greet
ANSWER = 300.0  # to a command (RFC 5321, 4.5.3.2)
CONFIRM = 600.0  # to the final dot
_CODE = re.compile(rb"\s*(\d\.\d{1,3}\.\d{1,3})\b")
_APP = ("application-specific", "app password", "app-specific", "less secure", "5.7.9")
_OFF = ("disabled", "not enabled", "basic auth", "mechanism", "oauth", "5.7.139")
_PORTS = {"tls": 465, "starttls": 587, "none": 25}


@dataclass(frozen=True)
class Server:
    """Where mail is handed in, and as whom. `token` is an OAuth access token (XOAUTH2). Without TLS only on this machine itself,
    and there also without signing in where none is offered."""

    section: str
    host: str
    security: str  # tls, starttls, none
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    port: int = 0
    patience: float = CONNECT  # seconds for the connection

    @property
    def at(self) -> int:
        return self.port or _PORTS[self.security]

    def says(self, text: str) -> str:
        return f"{self.section}: {self.host} {text}"

    @contextmanager
    def open(self) -> Iterator[Line]:
        """Signed in. Raises `NeedsHuman`, `Unavailable` and `Rejected`, with sentences that hold no secret."""
        made = _connected(self)
        try:
            line = Line(self, made)
            line.begin()
            yield line
            _left(made)
        finally:
            made.close()


@dataclass
class Line:
    """One connection, for one mail."""

    server: Server
    smtp: smtplib.SMTP

    def begin(self) -> None:
        with self._certain():
            self._answered(self.smtp.ehlo_or_helo_if_needed, "does not greet back")
            if self.server.security == "starttls":
                self._secure()
            self._sign_in()

    def offer(self, sender: str, recipients: Sequence[str], raw: bytes) -> None:
        """Everything before the text. All recipients are taken, or the mail is withdrawn and nobody gets it."""
        if any(smtplib.quoteaddr(name) != f"<{name}>" or not name.isprintable() for name in (sender, *recipients)):
            raise Rejected(self.server.says("cannot be told one of the addresses as it is written; correct it"))
        with self._certain():
            self._answered(lambda: self.smtp.mail(sender, self._options(sender, recipients, raw)), "does not take mail from this sender")
            told = [self.smtp.rcpt(name) for name in recipients]
            if refused := [answer for answer in told if answer[0] not in (250, 251, 252)]:
                self.smtp.rset()
                for_good = next((answer for answer in refused if answer[0] >= 500), refused[0])
                count = f"{len(refused)} of {len(told)} recipients" if len(told) > 1 else "the recipient"
                raise self._refusal(for_good, f"does not take {count}, so nobody got the mail")

    def hand_over(self, raw: bytes) -> None:
        """Returns once the server has taken the mail. Raises `Unavailable` or `Rejected` if it certainly has not, and `Unsure`."""
        text = stuffed(raw)
        with self._certain():
            code, says = self.smtp.docmd("DATA")
            if code != 354:
                raise self._refusal((code, says), "does not take the text of the mail")
            self.smtp.send(text)
        try:
            if self.smtp.sock:
                self.smtp.sock.settimeout(CONFIRM)
            self.smtp.send(b".\r\n")
            code, says = self.smtp.getreply()
        except (OSError, smtplib.SMTPException) as fault:
            why = f"did not confirm that it has the mail ({type(fault).__name__}); whether it left cannot be told"
            raise Unsure(self.server.says(why)) from None
        if 200 <= code < 300:
            return
        if not 400 <= code < 600:
            raise Unsure(self.server.says("answered the mail with something that is no answer; whether it left cannot be told"))
        raise self._refusal((code, says), "does not take the mail")

    # -------------------------------------------------------------------------------------------------- beginning

    def _secure(self) -> None:
        if not self.smtp.has_extn("starttls"):
            hint = f"write security: tls and its port (465) in `{self.server.section}`"
            raise NeedsHuman(self.server.says("offers no STARTTLS, and the password is not sent without it"), hint)
        self._answered(lambda: self.smtp.starttls(context=trusted()), "does not begin TLS now")
        self._answered(self.smtp.ehlo, "does not greet back")

    def _sign_in(self) -> None:
        server = self.server
        ways = set(self.smtp.esmtp_features.get("auth", "").upper().replace("=", " ").split())
        if not (server.password or server.token) or (not ways and loopback(server.host)):
            return
        if server.token:
            given = _coded(f"user={server.user}\1auth=Bearer {server.token}\1\1")
            code, says = self._dialogue(f"AUTH XOAUTH2 {given}", "")
        elif "PLAIN" in ways:
            code, says = self._dialogue(f"AUTH PLAIN {_coded(f'{chr(0)}{server.user}{chr(0)}{server.password}')}", "")
        elif "LOGIN" in ways:
            code, says = self._dialogue("AUTH LOGIN", _coded(server.user), _coded(server.password))
        else:
            hint = f"port 587 with security: starttls is where mail is handed in; see `{server.section}`"
            raise NeedsHuman(server.says(f"offers no way to sign in with a password on port {server.at}"), hint)
        if code not in (235, 503):
            raise self._no_entry(code, says)

    def _dialogue(self, *lines: str) -> tuple[int, bytes]:
        """An empty line ends what the server began anew to say why it refuses (XOAUTH2)."""
        code, says = 334, b""
        for line in lines:
            if code != 334:
                break
            code, says = self.smtp.docmd(line)
        return code, says

    def _no_entry(self, code: int, says: bytes) -> OnwardError:
        """Its words are not shown: they may hold anything."""
        low = says.decode("utf-8", "replace").lower()
        if 400 <= code < 500:
            return Unavailable(self.server.says("takes no sign-in just now"))
        if "starttls" in low:
            hint = f"write security: starttls for `smtp` in `{self.server.section}`"
            return NeedsHuman(self.server.says("takes no mail without TLS"), hint)
        if any(word in low for word in _APP):
            hint = advised("make an app password in the account's security settings and give that as password", self.server.host)
            return NeedsHuman(self.server.says("wants an app password instead of the account's own"), hint)
        if code == 504 or any(word in low for word in _OFF):
            hint = advised(
                "switch SMTP sign-in on in the account's settings, or ask the administrator which sign-in is allowed", self.server.host
            )
            return NeedsHuman(self.server.says("does not allow this way to sign in"), hint)
        hint = advised(f"check `user` and `password` of `smtp` in `{self.server.section}`", self.server.host)
        return NeedsHuman(self.server.says("does not accept user and password for sending"), hint)

    # ---------------------------------------------------------------------------------------------------- offering

    def _options(self, sender: str, recipients: Sequence[str], raw: bytes) -> list[str]:
        options = []
        if self.smtp.has_extn("size"):
            most = self.smtp.esmtp_features["size"].strip()
            if most.isascii() and most.isdigit() and 0 < int(most) < len(raw):
                raise Rejected(self.server.says(f"takes mail of up to {int(most):,} bytes, and this one has {len(raw):,}"))
            options.append(f"size={len(raw)}")
        head = raw.partition(b"\r\n\r\n")[0]
        if not raw.isascii():
            if not self.smtp.has_extn("8bitmime"):
                raise Rejected(self.server.says("takes ASCII only (no 8BITMIME), and this mail has other characters"))
            options.append("body=8bitmime")
        if not head.isascii() or not "".join([sender, *recipients]).isascii():
            if not self.smtp.has_extn("smtputf8"):
                raise Rejected(self.server.says("takes addresses and headers in ASCII only (no SMTPUTF8)"))
            options.append("smtputf8")
        return options

    # ----------------------------------------------------------------------------------------------------- faults

    @contextmanager
    def _certain(self) -> Iterator[None]:
        """Whatever breaks here, the mail has not left."""
        try:
            yield
        except ssl.SSLCertVerificationError as fault:
            raise _untrusted(self.server, fault) from None
        except smtplib.SMTPResponseException as fault:
            raise self._refusal((fault.smtp_code, b""), "does not take the mail") from None
        except (OSError, smtplib.SMTPException) as fault:
            raise Unavailable(self.server.says(f"broke the connection before the mail left ({type(fault).__name__})")) from None

    def _answered(self, call: object, otherwise: str) -> None:
        answer = call()  # type: ignore[operator]
        if answer is not None and not 200 <= answer[0] < 300:
            raise self._refusal(answer, otherwise)

    def _refusal(self, answer: tuple[int, bytes], otherwise: str) -> OnwardError:
        """By its code; its text may name people."""
        code, says = answer
        more = f" {found[1].decode()}" if (found := _CODE.match(says)) else ""
        if 500 <= code < 600:
            if code in (530, 534, 535, 538):
                return self._no_entry(code, says)
            return Rejected(self.server.says(f"{otherwise} ({code}{more})"))
        return Unavailable(self.server.says(f"{otherwise} just now ({code}{more})"))


def stuffed(raw: bytes) -> bytes:
    """As it goes over the line (RFC 5321, 4.5.2), without the final dot. Raises `Rejected` for line breaks that are none: servers
    do not agree what they end."""
    if re.search(rb"\r(?!\n)|(?<!\r)\n", raw):
        raise Rejected("This mail has line breaks that mail servers do not agree on; write it anew.")
    made = re.sub(rb"(?m)^\.", b"..", raw)
    return made if made.endswith(b"\r\n") else made + b"\r\n"


def _connected(server: Server) -> smtplib.SMTP:
    if server.security == "none" and not loopback(server.host):
        hint = f"write security: tls or starttls for `smtp` in `{server.section}`"
        raise NeedsHuman(server.says("would get mail and password unprotected"), hint)
    name = "[127.0.0.1]"  # as mail clients do: the machine's own name is nobody's business
    try:
        if server.security == "tls":
            known = trusted()
            made: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.at, name, timeout=server.patience, context=known)
        else:
            made = smtplib.SMTP(server.host, server.at, name, timeout=server.patience)
    except ssl.SSLCertVerificationError as fault:
        raise _untrusted(server, fault) from None
    except ssl.SSLError:
        hint = f"port {server.at} may want security: starttls; 465 goes with tls, 587 with starttls"
        raise NeedsHuman(server.says("does not speak TLS on this port"), hint) from None
    except smtplib.SMTPConnectError as fault:
        fate = Rejected if 500 <= fault.smtp_code < 600 else Unavailable
        raise fate(server.says(f"takes no mail on port {server.at} ({fault.smtp_code})")) from None
    except (OSError, smtplib.SMTPException) as fault:
        raise Unavailable(server.says(f"cannot be reached on port {server.at} for sending ({_why(fault)})")) from None
    if made.sock:
        made.sock.settimeout(ANSWER)
    return made


def _left(made: smtplib.SMTP) -> None:
    """Politely, but without waiting for the answer."""
    with suppress(OSError, smtplib.SMTPException):
        made.putcmd("QUIT")


def _untrusted(server: Server, fault: ssl.SSLCertVerificationError) -> NeedsHuman:
    why = fault.verify_message or "unknown reason"
    hint = "correct `host` of `smtp`, or ask its administrator for a valid certificate; nothing was sent"
    return NeedsHuman(server.says(f"shows a certificate that cannot be trusted ({why})"), hint)


def _coded(text: str) -> str:
    return b64encode(text.encode()).decode()


def _why(fault: Exception) -> str:
    if isinstance(fault, socket.gaierror):
        return "there is no server of that name, or no network: see whether `host` of `smtp` is right"
    if isinstance(fault, ConnectionRefusedError):
        return "nothing answers there: 465 goes with security: tls, 587 with starttls"
    return type(fault).__name__
