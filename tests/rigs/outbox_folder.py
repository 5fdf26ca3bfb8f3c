"""The outbox of files with its mail client: somebody who opens, changes, moves and deletes them."""

from __future__ import annotations

import re
from pathlib import Path

from agent.errors import NeedsHuman
from agent.model import Mail
from connectors.folder import Outbox


class FolderOutboxRig:
    faults = (NeedsHuman,)

    def __init__(self, folder: Path) -> None:
        self.root = folder / "outbox"
        self.place = re.escape(str(self.root))
        self._aside = folder / "aside"

    def outbox(self) -> Outbox:
        return Outbox(self.root)

    def drafts(self) -> list[bytes]:
        return self._mails("drafts")

    def sent(self) -> list[bytes]:
        return self._mails("sent")

    def edit(self, mail: Mail) -> bytes:
        path = self._draft(mail)
        changed = mail.raw.replace(b"Thursday", b"Monday")
        path.write_bytes(changed)
        return changed

    def send(self, mail: Mail) -> None:
        path = self._draft(mail)
        path.rename(self.root / "sent" / path.name)

    def delete(self, mail: Mail) -> None:
        self._draft(mail).unlink()

    def kill(self) -> None:
        """Another thing lies where the folder was."""
        self.root.rename(self._aside)
        self.root.write_text("no folder")

    def restore(self) -> None:
        self.root.unlink()
        self._aside.rename(self.root)

    def state(self) -> object:
        return sorted((str(p), p.stat().st_mtime_ns, p.read_bytes() if p.is_file() else b"") for p in self.root.rglob("*"))

    def _draft(self, mail: Mail) -> Path:
        """A client tells drafts apart by what is in them."""
        name = mail.message_id.encode()
        return next(path for path in (self.root / "drafts").glob("*.eml") if name in path.read_bytes())

    def _mails(self, folder: str) -> list[bytes]:
        return [path.read_bytes() for path in sorted((self.root / folder).glob("*.eml"))]
