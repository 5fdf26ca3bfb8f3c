"""An IMAP account whose mail leaves by SMTP, and the mail client of its rep."""

from __future__ import annotations

import imaplib
import re
import smtplib
from contextlib import suppress
from typing import Any

from agent.errors import Unavailable
from agent.model import Mail
from connectors import imap
from connectors._imap_outbox import Outbox
from tests.rigs.dovecot import NOW, Dovecot
from tests.rigs.smtp import PASSWORD, Sink


class ImapOutboxRig:
    faults = (Unavailable,)
    place = re.escape("127.0.0.1")

    def __init__(self, server: Dovecot, user: str, sink: Sink) -> None:
        self.server, self.user, self.sink = server, user, sink
        self.line = server.client(user)

    def close(self) -> None:
        with suppress(OSError, imaplib.IMAP4.error):
            self.line.logout()

    def settings(self, **more: Any) -> imap.OutboxSettings:
        smtp = {"port": self.sink.at, "security": "none"}
        given = {"host": "127.0.0.1", "user": self.user, "password": "secret", "port": self.server.port, "security": "none", "smtp": smtp}
        return imap.OutboxSettings(**given | more)

    def outbox(self, **more: Any) -> Outbox:
        made = imap.outbox(self.settings(**more), None)  # type: ignore[arg-type]
        made.waits = (0.0,)
        return made

    # -------------------------------------------------------------------------------------------------- the client

    def drafts(self) -> list[bytes]:
        return self.mails("Drafts")

    def sent(self) -> list[bytes]:
        return self.sink.taken

    def edit(self, mail: Mail) -> bytes:
        """As clients do: another mail is saved, and the one before is deleted."""
        changed = mail.raw.replace(b"Thursday", b"Monday")
        self.save(changed)
        self.delete(mail)
        return changed

    def send(self, mail: Mail) -> None:
        self.send_bytes(self.mails("Drafts", mail)[-1])
        self.delete(mail, everything=True)

    def delete(self, mail: Mail, *, everything: bool = False) -> None:
        """Of several the first."""
        uids = self.uids("Drafts", mail)
        assert uids, "the draft is not there"
        for uid in uids if everything else uids[:1]:
            self.line.uid("STORE", str(uid), "+FLAGS", r"(\Deleted)")
        self.line.expunge()

    def save(self, raw: bytes) -> None:
        self.append("Drafts", raw, r"(\Draft \Seen)")

    def send_bytes(self, raw: bytes) -> None:
        with smtplib.SMTP("127.0.0.1", self.sink.at) as line:
            if self.sink.handler.auth:
                line.login("dana", PASSWORD)
            line.sendmail("dana@northwind.example", ["pat@acme.example"], raw, ["body=8bitmime"])
        self.append("Sent", raw, r"(\Seen)")

    def append(self, box: str, raw: bytes, flags: str) -> None:
        status, told = self.line.append(box, flags, imaplib.Time2Internaldate(NOW), raw)
        assert status == "OK", told

    # -------------------------------------------------------------------------------------------------------- looks

    def mails(self, box: str, mail: Mail | None = None) -> list[bytes]:
        found = []
        for uid in self.uids(box, mail):
            _, parts = self.line.uid("FETCH", str(uid), "(BODY.PEEK[])")
            found += [part[1] for part in parts if isinstance(part, tuple)]
        return found

    def uids(self, box: str, mail: Mail | None = None) -> list[int]:
        self.line.select(box)
        what = ("HEADER", "Message-ID", mail.message_id) if mail else ("ALL",)
        _, (found,) = self.line.uid("SEARCH", *what)
        return [int(uid) for uid in found.split()]

    def state(self) -> object:
        found = []
        for box in ("INBOX", "Drafts", "Sent"):
            _, (count,) = self.line.select(box, readonly=True)
            found.append((box, self.line.fetch("1:*", "(UID FLAGS INTERNALDATE)")[1] if count != b"0" else []))
        return found

    def kill(self) -> None:
        self.server.stop()
        with suppress(OSError):
            self.line.shutdown()

    def restore(self) -> None:
        self.server.start()
        self.line = self.server.client(self.user)
