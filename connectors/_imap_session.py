"""A connection to an IMAP server: commands, and answers that are read without trusting them.

They are sent and read here, because a mailbox of 100,000 mails is read in long pipelined answers, which imaplib would gather whole.
"""

from __future__ import annotations

import imaplib
import re
import select
import ssl
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any

from agent.errors import Unavailable, Unsure
from connectors._imap_grammar import Reply, wired

if TYPE_CHECKING:
    from connectors._imap import Account

LONGEST = 64 * 2**20  # bytes of one literal, and of one line: a SEARCH of a large mailbox is answered in one
MOST = 512 * 2**20  # bytes that are read of the answers to one call
AHEAD = 4  # commands that are sent before the first of them is answered: a server that waits to be read does not read
_LITERAL = re.compile(rb"~?\{(\d{1,12})\+?\}\r?\n$")
_CODE = re.compile(r"\s*(?:NO|BAD)?\s*\[([A-Za-z-]{2,40})", re.IGNORECASE)
_CHANGE = re.compile(rb"\* (?:\d{1,10} (?:EXISTS|EXPUNGE)|VANISHED)\b", re.IGNORECASE)


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


@dataclass
class Session:
    """One connection. Not for two threads."""

    account: Account
    line: imaplib.IMAP4
    told: bytes = b""  # the last tagged response, behind its tag: where APPENDUID and MODIFIED stand
    _can: frozenset[str] | None = field(default=None, repr=False)
    _count: int = field(default=0, repr=False)
    _budget: int = field(default=MOST, repr=False)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        dropped(self.line)

    @property
    def capabilities(self) -> frozenset[str]:
        """After the login, in upper case; asked for where nobody did."""
        if self._can is None:
            self.learn(self.ask(b"CAPABILITY"))
        return self._can or frozenset()

    def learn(self, replies: Sequence[Reply]) -> None:
        """Of answers to CAPABILITY, and others."""
        told = [words[2:] for reply in replies if (words := reply.text.upper().split())[1:2] == [b"CAPABILITY"]]
        self._can = frozenset(word.decode("ascii", "replace") for words in told for word in words)

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
            line.sock.settimeout(self.account.timeout)
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


def dropped(line: imaplib.IMAP4) -> None:
    with suppress(OSError):
        line.shutdown()
