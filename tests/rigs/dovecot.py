"""A Dovecot of its own (Debian's dovecot-imapd) in a temporary folder, and a mailbox in it."""

from __future__ import annotations

import base64
import imaplib
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agent.errors import Unavailable
from connectors import _imap_session, imap
from tests.rigs.folder import letter, written

NOW = datetime(2026, 3, 5, 20, tzinfo=UTC)
PROGRAM = shutil.which("dovecot") or "/usr/sbin/dovecot"
BARE = "IMAP4rev1 AUTH=PLAIN"  # a server that offers no extension at all

CONFIG = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = {ssl}
disable_plaintext_auth = no
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
mail_location = maildir:~/Maildir:LAYOUT=fs
mail_fsync = never
auth_failure_delay = 0
mail_max_userip_connections = 100
first_valid_uid = 1
{capability}
{more}
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Drafts {{
    auto = create
    special_use = {mark}Drafts
  }}
  mailbox Sent {{
    auto = create
    special_use = {mark}Sent
  }}
  mailbox Archive {{
    auto = create
    special_use = {mark}Archive
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap {{
  process_limit = 200
}}
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Dovecot:
    """`capability` replaces what the server says it can do. As root it runs as nobody, for it refuses to run as root."""

    def __init__(self, capability: str = "", certificate: tuple[Path, Path] | None = None, key: bytes = b"") -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self.port, self.tls_port = free_port(), free_port() if certificate else 0
        root = os.geteuid() == 0
        self.account = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.geteuid())
        self.as_nobody: dict[str, Any] = {"user": self.account.pw_uid, "group": self.account.pw_gid} if root else {}
        self._write(capability, certificate, self._tokens(key) if key else "")
        self.start()

    def _tokens(self, key: bytes) -> str:
        """Access tokens are JSON Web Tokens signed with the key (HS256)."""
        keys = self.folder / "keys" / "default" / "HS256"
        keys.mkdir(parents=True)
        (keys / "default").write_bytes(base64.b64encode(key))
        rules = self.folder / "oauth2.conf"
        place = f"fs:posix:prefix={self.folder}/keys/"
        rules.write_text(f"introspection_mode = local\nlocal_validation_key_dict = {place}\nusername_attribute = email\n")
        mechanisms = "xoauth2 oauthbearer"
        passdb = f"passdb {{\n  driver = oauth2\n  mechanisms = {mechanisms}\n  args = {rules}\n}}"
        return f"auth_mechanisms = plain {mechanisms}\n{passdb}"

    def _write(self, capability: str, certificate: tuple[Path, Path] | None, more: str) -> None:
        import grp

        ssl = "no"
        if certificate:
            cert, key = (self.folder / name for name in ("cert.pem", "key.pem"))
            cert.write_bytes(certificate[0].read_bytes())
            key.write_bytes(certificate[1].read_bytes())
            ssl = f"yes\nssl_cert = <{cert}\nssl_key = <{key}"
        (self.folder / "home").mkdir()
        values = {
            "folder": self.folder,
            "port": self.port,
            "tls_port": self.tls_port,
            "user": self.account.pw_name,
            "group": grp.getgrgid(self.account.pw_gid).gr_name,
            "ssl": ssl,
            "capability": f"imap_capability = {capability}" if capability else "",
            "mark": "\\",
            "more": more,
        }
        (self.folder / "dovecot.conf").write_text(CONFIG.format(**values))
        if self.as_nobody:
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def start(self) -> None:
        command = [PROGRAM, "-F", "-c", str(self.folder / "dovecot.conf")]
        self.process = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self.as_nobody)
        deadline = time.monotonic() + 30
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), 1) as line:
                    if line.recv(4) == b"* OK":
                        return
            except OSError:
                assert self.process.poll() is None, (self.folder / "dovecot.log").read_text()
                assert time.monotonic() < deadline, "Dovecot did not start"

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def client(self, user: str) -> imaplib.IMAP4:
        line = imaplib.IMAP4("127.0.0.1", self.port)
        line.login(user, "secret")
        return line


class Imap:
    """The rig of the contracts: one user's INBOX, Sent and Archive."""

    fault = Unavailable
    place = re.escape("127.0.0.1")
    since: datetime | None = None

    def __init__(self, server: Dovecot, user: str) -> None:
        self.server, self.user = server, user
        self.items: dict[int, tuple[int, bool]] = {}
        self.count = 0
        self.line = server.client(user)

    def close(self) -> None:
        with suppress(OSError, imaplib.IMAP4.error):
            self.line.logout()

    def settings(self, **more: Any) -> imap.Settings:
        given = {"host": "127.0.0.1", "user": self.user, "password": "secret", "port": self.server.port, "security": "none"}
        return imap.Settings(**given | more)

    def source(self) -> imap.Mail:
        return imap.Mail(self.settings(), NOW, self.since)

    # ------------------------------------------------------------------------------------------------------- acts

    def box(self, number: int) -> str:
        return ("Archive", "INBOX", "Sent")[number % 3]

    def append(self, box: str, raw: bytes) -> None:
        status, told = self.line.append(box, "", imaplib.Time2Internaldate(NOW), raw.replace(b"\n", b"\r\n"))  # type: ignore[arg-type]
        assert status == "OK", told

    def delete(self, box: str, number: int) -> None:
        self.line.select(box)
        _, (found,) = self.line.uid("SEARCH", "HEADER", "Message-ID", f"<a{number}@acme.example>")
        assert found, "the mail to be deleted is not there"
        self.line.uid("STORE", found.decode().replace(" ", ","), "+FLAGS", r"(\Deleted)")
        self.line.expunge()

    def move(self, number: int, box: str) -> None:
        self.line.select(self.box(number))
        _, (found,) = self.line.uid("SEARCH", "HEADER", "Message-ID", f"<a{number}@acme.example>")
        self.line.uid("COPY", found.decode(), box)
        self.line.uid("STORE", found.decode(), "+FLAGS", r"(\Deleted)")
        self.line.expunge()

    def add(self) -> str:
        self.count += 1
        return self._set(self.count, 1, True)

    def _set(self, number: int, version: int, good: bool) -> str:
        if number in self.items:
            self.delete(self.box(number), number)
        self.items[number] = (version, good)
        mark = written(number, version)
        self.append(self.box(number), letter(number, mark, self.text(mark), "From" if good else "X-Nobody"))
        return mark

    def change(self, mark: str) -> str:
        number = self._number(mark)
        return self._set(number, self.items[number][0] + 1, True)

    def remove(self, mark: str) -> None:
        number = self._number(mark)
        del self.items[number]
        self.delete(self.box(number), number)

    def corrupt(self, mark: str) -> None:
        self._set(self._number(mark), self.items[self._number(mark)][0], False)

    def repair(self, mark: str) -> None:
        self._set(self._number(mark), self.items[self._number(mark)][0], True)

    def empty(self) -> None:
        for number in list(self.items):
            self.remove(written(number, 1))

    def kill(self) -> None:
        self.server.stop()
        with suppress(OSError):
            self.line.shutdown()

    def restore(self) -> None:
        self.server.start()
        self.line = self.server.client(self.user)

    # ------------------------------------------------------------------------------------------------------ looks

    def there(self) -> set[str]:
        return {written(number, version) for number, (version, good) in self.items.items() if good}

    def marks(self) -> list[str]:
        return [written(number, version) for number, (version, _) in self.items.items()]

    def mark(self, item: Any) -> str:
        return str(item.subject)

    def id(self, item: Any) -> str:
        return str(item.id)

    def noun(self, item: Any) -> object:
        return item

    def text(self, mark: str) -> str:
        return f"The text of {mark} goes here."

    def state(self) -> object:
        found = []
        for box in ("INBOX", "Sent", "Archive"):
            self.line.select(box, readonly=True)
            found.append((box, self.line.fetch("1:*", "(UID FLAGS)")[1] if self.line.untagged_responses["EXISTS"] != [b"0"] else []))
        return found

    @contextmanager
    def watch(self) -> Iterator[list[str]]:
        """UIDs of mails of which anything is asked for."""
        seen: list[str] = []
        stream = _imap_session.Session.stream

        def watched(session: Any, commands: Any) -> Any:
            mails = (command.split()[2].decode() for command in commands if b"FETCH" in command)
            seen.extend(mail for mail in mails if mail not in seen)
            return stream(session, commands)

        _imap_session.Session.stream = watched  # type: ignore[method-assign]
        try:
            yield seen
        finally:
            _imap_session.Session.stream = stream  # type: ignore[method-assign]

    def _number(self, mark: str) -> int:
        return int(mark.split()[1])
