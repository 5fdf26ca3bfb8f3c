"""An IMAP server that misbehaves as told: where Dovecot is too well-behaved to show a fault."""

from __future__ import annotations

import re
import socket
import threading
from base64 import b64decode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from connectors import imap
from connectors._imap_known import runs
from tests.rigs.folder import letter

NOW = datetime(2026, 3, 5, 20, tzinfo=UTC)


@dataclass
class Box:
    """`mails` by UID; `hidden` are those that FETCH leaves out, `stuck` those at which it answers NO."""

    validity: int = 7
    next: int = 1
    mails: dict[int, bytes] = field(default_factory=dict)
    flags: dict[int, str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    stuck: set[int] = field(default_factory=set)

    def put(self, number: int, raw: bytes | None = None) -> int:
        uid, self.next = self.next, self.next + 1
        self.mails[uid] = raw or letter(number, f"mail {number}", f"Text of {number}.")
        return uid


@dataclass
class Server:
    """`says` may answer a command in place of the server: lines without their ends, the tag of the last one written as `T`.
    None leaves it to the server. `noise` stands before each line of an answer."""

    boxes: dict[str, Box] = field(default_factory=lambda: {"INBOX": Box()})
    listed: list[bytes] = field(default_factory=list)
    can: str = "IMAP4rev1 AUTH=PLAIN"
    greeting: bytes = b"* OK ready"
    tells_next: bool = True
    quoted: bool = False
    uid_last: bool = False
    noise: tuple[bytes, ...] = ()
    says: Callable[[bytes], list[bytes] | None] = lambda _command: None
    asked: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.lines: list[socket.socket] = []
        self.idling = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def settings(self, **more: object) -> imap.Settings:
        given = {"host": "127.0.0.1", "user": "dana", "password": "secret", "port": self.port, "security": "none"}
        return imap.Settings(**given | more)  # type: ignore[arg-type]

    def source(self, since: datetime | None = None, **more: object) -> imap.Mail:
        return imap.Mail(self.settings(**more), NOW, since)

    def close(self) -> None:
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for line in self.lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()

    # ---------------------------------------------------------------------------------------------------- serving

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self.listener.accept()
                self.lines.append(line)
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with suppress(OSError), line.makefile("rb") as given:
            line.sendall(self.greeting + b"\r\n")
            self.box = Box()
            for row in given:
                while literal := re.search(rb"\{(\d+)\}\r\n\Z", row):
                    line.sendall(b"+ go on\r\n")
                    row = row[: literal.start()] + given.read(int(literal[1])) + given.readline()  # noqa: PLW2901 - the command goes on
                tag, _, command = row.rstrip(b"\r\n").partition(b" ")
                self.asked.append(command)
                told = self.says(command)
                if told is None:
                    told = self._answer(command, line, given)
                for each in told:
                    if each == b"CLOSE":
                        line.shutdown(socket.SHUT_RDWR)
                        return
                    for noise in () if each.startswith((b"T ", b"+")) else self.noise:
                        line.sendall(noise + b"\r\n")
                    line.sendall((tag + each[1:] if each.startswith(b"T ") else each) + b"\r\n")

    def _answer(self, command: bytes, line: socket.socket, given: object) -> list[bytes]:
        word = command.upper()
        if word == b"CAPABILITY":
            return [f"* CAPABILITY {self.can}".encode(), b"T OK done"]
        if word.startswith(b"AUTHENTICATE"):
            told = []
            for _ in range(2 if word.endswith(b" LOGIN") else 1):
                line.sendall(b"+ \r\n")
                told.append(b64decode(given.readline()))  # type: ignore[attr-defined]
            self.login = b"\0".join(told)
            return [b"T OK done"]
        if word.startswith(b"LOGIN "):
            self.login = command[6:]
            return [b"T OK done"]
        if word.startswith(b"LIST"):
            return [*(self.listed or [f'* LIST () "/" "{name}"'.encode() for name in self.boxes]), b"T OK done"]
        if word.startswith(b"EXAMINE"):
            return self._examine(command[8:].strip(b'"').decode())
        if word.startswith(b"UID SEARCH RETURN (ALL) "):
            uids = b",".join(b"%d:%d" % run for run in runs(self._search(word[24:])))
            return [b'* ESEARCH (TAG "T") UID' + (b" ALL " + uids if uids else b""), b"T OK done"]
        if word.startswith(b"UID SEARCH"):
            return [b" ".join([b"* SEARCH", *(b"%d" % uid for uid in self._search(word[11:]))]), b"T OK done"]
        if word.startswith(b"UID FETCH"):
            return self._fetch(command)
        if word == b"IDLE":
            line.sendall(b"+ idling\r\n")
            self.line = line
            self.idling.set()
            given.readline()  # type: ignore[attr-defined]
            return [b"T OK done"]
        return [b"T BAD what?"]

    def _examine(self, name: str) -> list[bytes]:
        if name not in self.boxes:
            return [b"T NO [NONEXISTENT] no such mailbox"]
        self.box = self.boxes[name]
        told = [b"* %d EXISTS" % len(self.box.mails), b"* 0 RECENT", b"* OK [UIDVALIDITY %d] ok" % self.box.validity]
        return [*told, *([b"* OK [UIDNEXT %d] ok" % self.box.next] if self.tells_next else []), b"T OK [READ-ONLY]"]

    def _search(self, what: bytes) -> list[int]:
        if found := re.match(rb"UID (\d+):\*", what):
            last = max(self.box.mails, default=0)
            return [uid for uid in self.box.mails if uid >= int(found[1]) or uid == last]
        return list(self.box.mails)

    def _fetch(self, command: bytes) -> list[bytes]:
        _, _, uids, what = command.split(b" ", 3)
        wanted = [uid for part in uids.split(b",") for uid in range(int(part.split(b":")[0]), int(part.split(b":")[-1]) + 1)]
        there = [uid for uid in wanted if uid in self.box.mails]
        if self.box.stuck & set(there):
            return [b"T NO [SERVERBUG] cannot read one of them"]
        rows = [self._row(number, uid, what) for number, uid in enumerate(there, 1) if uid not in self.box.hidden]
        return [*rows, b"T OK done"]

    def _row(self, number: int, uid: int, what: bytes) -> bytes:
        header, _, body = self.box.mails[uid].replace(b"\r\n", b"\n").replace(b"\n", b"\r\n").partition(b"\r\n\r\n")
        header += b"\r\n\r\n"
        parts = []
        if b"FLAGS" in what:
            parts.append(b"RFC822.SIZE %d FLAGS (%s)" % (len(header + body), self.box.flags.get(uid, "").encode()))
        if b"BODYSTRUCTURE" in what:
            named = b'("CHARSET" "utf-8" "X-ODD" "a ( UID 1 b")'  # a sender may write what looks like an answer
            parts.append(b'BODYSTRUCTURE ("TEXT" "PLAIN" %s NIL NIL "7BIT" %d 1 NIL NIL NIL NIL)' % (named, len(body)))
        if b"HEADER" in what:
            name = re.search(rb"BODY\.PEEK(\[HEADER[^\]]*\])", what)
            assert name
            parts.append(b"BODY" + name[1] + b" " + self._string(header))
        if b"BODY.PEEK[1]" in what:
            parts.append(b"BODY[1]<0> " + self._string(body))
        if b"BODY.PEEK[]" in what:
            parts.append(b"BODY[]<0> " + self._string(header + body))
        named = b"UID %d" % uid
        return b"* %d FETCH (%s)" % (number, b" ".join([*parts, named] if self.uid_last else [named, *parts]))

    def _string(self, data: bytes) -> bytes:
        """A quoted string holds no line end: of a longer text it is no choice."""
        if self.quoted and b"\r\n" not in data.strip():
            return b'"' + data.strip().replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
        return b"{%d}\r\n" % len(data) + data
