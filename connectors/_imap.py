"""IMAP as a reader needs it (RFC 3501/9051): connecting, and commands whose answers are read without trusting them.

imaplib connects, secures and logs in. Commands are sent and read here, because a mailbox of 100,000 mails is read in long
pipelined answers, which imaplib would gather whole.
"""

from __future__ import annotations

import imaplib
import re
import select
import socket
import ssl
import time
from base64 import b64decode, b64encode
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from agent.errors import NeedsHuman, Unavailable, Unsure
from connectors._http import loopback, trusted
from connectors._providers import advised

TIMEOUT = 60.0  # seconds without a byte
LONGEST = 64 * 2**20  # bytes of one literal, and of one line: a SEARCH of a large mailbox is answered in one
MOST = 512 * 2**20  # bytes that are read of the answers to one call
AHEAD = 4  # commands that are sent before the first of them is answered: a server that waits to be read does not read
_LITERAL = re.compile(rb"~?\{(\d{1,12})\+?\}\r?\n$")
_CODE = re.compile(r"\s*(?:NO|BAD)?\s*\[([A-Za-z-]{2,40})", re.IGNORECASE)
_SECTION = rb"(?:BODY|BINARY)(?:\.[A-Z]+)?\[[^\]]*\](?:<\d+>)?"  # of a mail: the only word in which a blank may stand
_TOKEN = re.compile(rb'\s*(?:(\()|(\))|"((?:[^"\\]|\\.)*)"|(' + _SECTION + rb'|[^\s()"]+))', re.IGNORECASE)
_CHANGE = re.compile(rb"\* (?:\d{1,10} (?:EXISTS|EXPUNGE)|VANISHED)\b", re.IGNORECASE)
DEPTH = 60  # of parentheses


class Refused(Exception):
    """The server answered NO or BAD; `says` is its text, not to be shown."""

    def __init__(self, says: str) -> None:
        super().__init__("refused")
        self.says = says

    @property
    def code(self) -> str:
        """The response code (RFC 5530) in lower case, or nothing."""
        found = _CODE.match(self.says)
        return found[1].lower() if found else ""

    @property
    def later(self) -> bool:
        """It may be asked again unchanged."""
        return self.code in ("unavailable", "inuse", "limit")


@dataclass(frozen=True, slots=True)
class Reply:
    """One untagged response: its text, with `literals` in the places of their lengths."""

    text: bytes  # "* 12 FETCH (UID 34 BODY[] \0)": \0 stands for a literal
    literals: tuple[bytes, ...] = ()

    def tree(self) -> list[Any]:
        """Words as bytes, lists as lists, NIL as None. Raises `ValueError` for what does not close."""
        return _tree(self.text, self.literals)

    def fields(self) -> dict[str, Any]:
        """Of a FETCH: what stands in its parentheses, by names in upper case; nothing of what cannot be read."""
        try:
            row = self.tree()
        except ValueError:
            return {}
        if len(row) < 4 or _name(row[2]) != "FETCH" or not isinstance(row[3], list):
            return {}
        inner = row[3]
        return {_name(inner[i]): inner[i + 1] for i in range(0, len(inner) - 1, 2)}


def _name(word: Any) -> str:
    return word.decode("ascii", "replace").upper() if isinstance(word, bytes) else ""


def _tree(text: bytes, literals: Sequence[bytes]) -> list[Any]:
    row: list[Any] = []
    open_: list[list[Any]] = [row]
    left = iter(literals)
    at = 0
    while found := _TOKEN.match(text, at):
        at = found.end()
        if found[1]:
            if len(open_) > DEPTH:
                raise ValueError("nested too deeply")
            inner: list[Any] = []
            open_[-1].append(inner)
            open_.append(inner)
        elif found[2]:
            if len(open_) == 1:
                raise ValueError("closes what was not opened")
            open_.pop()
        elif found[3] is not None:
            open_[-1].append(re.sub(rb"\\(.)", rb"\1", found[3]))
        else:
            word = found[4]
            open_[-1].append(next(left, b"") if word == b"\0" else None if word.upper() == b"NIL" else word)
    if len(open_) > 1:
        raise ValueError("is not closed")
    return row


def quoted(text: str) -> bytes:
    r"""A string of a command. Raises `ValueError` for what would break out of it."""
    if any(ord(char) < 32 or char == "\x7f" for char in text):
        raise ValueError("holds a control character")
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'.encode()


# --------------------------------------------------------------------------------------------------- mailbox names


def encoded(name: str) -> str:
    """A mailbox name in modified UTF-7 (RFC 3501, 5.1.3)."""
    out = []
    for piece in re.findall(r"[\x20-\x7e]+|[^\x20-\x7e]+", name):
        if piece.isascii():
            out.append(piece.replace("&", "&-"))
        else:
            coded = piece.encode("utf-16-be").hex()
            out.append("&" + _base64(bytes.fromhex(coded)) + "-")
    return "".join(out)


def decoded(name: str) -> str:
    """What cannot be decoded stays as it is."""

    def part(found: re.Match[str]) -> str:
        if not found[1]:
            return "&"
        text = found[1].replace(",", "/")
        try:
            return b64decode(text + "=" * (-len(text) % 4)).decode("utf-16-be")
        except ValueError:
            return found[0]

    return re.sub(r"&([A-Za-z0-9+,]{0,2000})-", part, name)


def _base64(data: bytes) -> str:
    return b64encode(data).decode().rstrip("=").replace("/", ",")


def named(wire: bytes) -> str:
    """A mailbox by the name that a person knows it by, if the server would know it again by that; else by its bytes."""
    name = decoded(wire.decode("utf-8", "replace"))
    known = name.isprintable() and not name.startswith("=") and encoded(name).encode() == wire
    return name if known else f"={wire.hex()}"


def wired(name: str) -> bytes:
    """`named` in return, as a string of a command. Raises `ValueError` for what no string can hold."""
    if not name.startswith("="):
        return quoted(encoded(name))
    wire = bytes.fromhex(name[1:])
    if re.search(rb"[\r\n\0]", wire):
        raise ValueError("holds the end of a line")
    return b'"' + wire.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


# -------------------------------------------------------------------------------------------------------- session


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
            _dropped(session.line)
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
        _dropped(line)
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


def _dropped(line: imaplib.IMAP4) -> None:
    with suppress(OSError):
        line.shutdown()


@dataclass
class Session:
    """One connection. Not for two threads."""

    account: Account
    line: imaplib.IMAP4
    can: frozenset[bytes] = frozenset()  # what it said that it can do, in upper case, once that was asked
    told: bytes = b""  # the last tagged response, behind its tag: where APPENDUID and MODIFIED stand
    _count: int = field(default=0, repr=False)
    _budget: int = field(default=MOST, repr=False)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        _dropped(self.line)

    @property
    def capabilities(self) -> frozenset[str]:
        """After the login; asked for again where the server did not say."""
        for reply in self.ask(b"CAPABILITY"):
            words = reply.text.split()
            if len(words) > 1 and words[1].upper() == b"CAPABILITY":
                return frozenset(word.decode("ascii", "replace").upper() for word in words[2:])
        return frozenset()

    def ask(self, command: bytes) -> list[Reply]:
        return list(self.stream([command]))

    def stream(self, commands: Sequence[bytes]) -> Iterator[Reply]:
        """Sends the commands without waiting for each and gives their untagged responses as they come. Raises `Refused` at the
        first NO or BAD, once all have been answered; `Unavailable` when the line breaks."""
        waiting, left = deque(commands), set[bytes]()
        refused: Refused | None = None
        self._budget = MOST
        try:
            while waiting or left:
                self._send(waiting, left)
                reply = self._reply()
                tag, _, rest = reply.text.partition(b" ")
                if tag not in left:
                    yield reply
                    continue
                left.discard(tag)
                self.told = rest
                if not rest.upper().startswith(b"OK") and refused is None:
                    refused = Refused(rest.decode("utf-8", "replace"))
        except (OSError, imaplib.IMAP4.error) as fault:
            raise self._broken(fault) from None
        if refused:
            raise refused

    def _send(self, waiting: deque[bytes], left: set[bytes]) -> None:
        rows = []
        while waiting and len(left) < AHEAD:
            left.add(tag := self._tag())
            rows.append(b"%s %s\r\n" % (tag, waiting.popleft()))
        if rows:
            self.line.send(b"".join(rows))

    def _broken(self, fault: Exception) -> Unavailable:
        return Unavailable(self.account.says(f"broke the connection ({type(fault).__name__})"))

    def converse(self, command: bytes, *more: bytes) -> None:
        """`more` are given one by one when asked for; to a question beyond them the answer is empty, for it tells why not (RFC 7628,
        3.2.3). Raises `Refused`, and what a broken line raises."""
        tag, left = self._tag(), iter(more)
        self._budget = MOST
        self.line.send(b"%s %s\r\n" % (tag, command))
        while True:
            word, _, rest = self._reply().text.partition(b" ")
            if word == b"+":
                self.line.send(next(left, b"") + b"\r\n")
            elif word == tag and rest[:2].upper() == b"OK":
                return
            elif word == tag:
                raise Refused(rest.decode("utf-8", "replace"))

    def idle(self, stop: Callable[[], bool], seconds: float) -> bool:
        """Whether the server told of a change in the open mailbox, before `stop` or the time was over (RFC 2177). Raises
        `Refused`, and `Unavailable`."""
        tag, changed, ended = self._tag(), False, time.monotonic() + seconds
        self._budget = MOST
        try:
            self.line.send(b"%s IDLE\r\n" % tag)
            while not (reply := self._reply()).text.startswith(b"+"):
                if reply.text.startswith(tag + b" "):
                    raise Refused(reply.text.partition(b" ")[2].decode("utf-8", "replace"))
                changed = changed or bool(_CHANGE.match(reply.text))
            while not changed and not stop() and time.monotonic() < ended:
                if self._readable(min(1.0, max(0.0, ended - time.monotonic()))):
                    changed = bool(_CHANGE.match(self._reply().text))
            self.line.send(b"DONE\r\n")
            while not (reply := self._reply()).text.startswith(tag + b" "):
                changed = changed or bool(_CHANGE.match(reply.text))
        except (OSError, imaplib.IMAP4.error) as fault:
            raise self._broken(fault) from None
        return changed

    def _readable(self, seconds: float) -> bool:
        """Something, if only the end, can be read. What lies in the buffer the socket does not tell."""
        line = self.line
        line.sock.settimeout(0)
        try:
            if _file(line).peek(1):
                return True
        except (BlockingIOError, ssl.SSLWantReadError):
            pass
        finally:
            line.sock.settimeout(TIMEOUT)
        return bool(select.select([line.sock], [], [], seconds)[0])

    def append(self, box: str, flags: str, raw: bytes) -> None:
        """Raises `Refused`; `Unavailable` as long as the server cannot have taken it, and `Unsure` after that."""
        tag, given = self._tag(), False
        self._budget = MOST
        try:
            self.line.send(b"%s APPEND %s (%s) {%d}\r\n" % (tag, wired(box), flags.encode(), len(raw)))
            while True:
                word, _, rest = self._reply().text.partition(b" ")
                if word == b"+" and not given:
                    given = True
                    self.line.send(raw + b"\r\n")
                elif word == tag:
                    break
        except (OSError, imaplib.IMAP4.error) as fault:
            fate = Unsure if given else Unavailable
            raise fate(self.account.says(f"broke the connection ({type(fault).__name__})")) from None
        self.told = rest
        if not rest.upper().startswith(b"OK"):
            raise Refused(rest.decode("utf-8", "replace"))

    def _tag(self) -> bytes:
        self._count += 1
        return b"X%d" % self._count

    def _reply(self) -> Reply:
        parts: list[bytes] = []
        literals: list[bytes] = []
        while True:
            row = self._row()
            found = _LITERAL.search(row)
            if not found:
                parts.append(row.rstrip(b"\r\n"))
                break
            parts.append(row[: found.start()] + b"\0")
            literals.append(self._read(int(found[1])))
        text = b"".join(parts)
        if text[:5].upper() == b"* BYE":
            raise self.line.abort("the server said goodbye")
        return Reply(text, tuple(literals))

    def _row(self) -> bytes:
        """A line; imaplib's own reading of it ends at a million bytes."""
        row: bytes = _file(self.line).readline(LONGEST)
        self._spend(len(row))
        if not row.endswith(b"\n"):
            raise self.line.abort("the connection ended" if len(row) < LONGEST else "a line is too long")
        return row

    def _read(self, size: int) -> bytes:
        if size > LONGEST:
            raise self.line.abort("a literal is too long")
        self._spend(size)
        data: bytes = self.line.read(size)
        if len(data) != size:
            raise self.line.abort("the connection ended within a literal")
        return data

    def _spend(self, size: int) -> None:
        self._budget -= size
        if self._budget < 0:
            raise self.line.abort("the answer does not end")


def _file(line: imaplib.IMAP4) -> Any:
    return getattr(line, "_file", None) or line.file
