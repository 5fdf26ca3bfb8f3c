"""Rigs of the folder connector: one per shape in which mail, events and deals may lie."""

from __future__ import annotations

import re
import sys
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from agent.errors import NeedsHuman
from connectors import folder
from tests.rigs.numbered import Numbered, written

ZONE = ZoneInfo("America/New_York")
_watched: list[tuple[str, list[str]]] = []


def _hook(event: str, args: tuple[object, ...]) -> None:
    if event == "open" and _watched:
        for root, seen in _watched:
            if str(args[0]).startswith(root):
                seen.append(str(args[0]))


sys.addaudithook(_hook)  # cannot be taken out again; idle unless something is watched


class FolderRig(Numbered):
    fault = NeedsHuman
    name: str

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.root = folder / self.name
        self.place = re.escape(str(self.root))
        self.build()

    def build(self) -> None:
        self.write()

    @abstractmethod
    def source(self) -> Any: ...
    @abstractmethod
    def mark(self, item: Any) -> str: ...
    @abstractmethod
    def id(self, item: Any) -> str: ...
    def noun(self, item: Any) -> object:
        return item

    @abstractmethod
    def write(self) -> None:
        """Lays down `items`, touching no file whose item did not change."""

    def lay(self, number: int) -> None:
        self.write()

    def kill(self) -> None:
        self.root.rename(self.root.with_name("away"))

    def restore(self) -> None:
        self.root.with_name("away").rename(self.root)

    def marks(self) -> list[str]:
        """Those of all items, also of the broken ones."""
        return [written(number, version) for number, (version, _) in self.items.items()]

    def state(self) -> object:
        paths = [self.root, *sorted(self.root.rglob("*"))]
        return [(str(p), p.stat().st_mtime_ns, p.stat().st_mode, p.read_bytes() if p.is_file() else b"") for p in paths]

    @contextmanager
    def watch(self) -> Iterator[list[str]]:
        seen: list[str] = []
        _watched.append((str(self.root), seen))
        try:
            yield seen
        finally:
            _watched.pop()


def lay(path: Path, data: bytes) -> None:
    """As programs save: a new file, renamed into place."""
    if path.exists() and path.read_bytes() == data:
        return
    beside = path.parent / ".saving"
    beside.write_bytes(data)
    beside.replace(path)


class PerFile(FolderRig):
    """One file an item, below `root`."""

    suffix: str

    def build(self) -> None:
        self.root.mkdir()

    @abstractmethod
    def item(self, number: int, version: int, good: bool) -> bytes: ...

    def file(self, number: int) -> Path:
        below = self.root / ("sub" if number % 3 == 0 else "")
        below.mkdir(exist_ok=True)
        return below / f"{number}{self.suffix}"

    def write(self) -> None:
        wanted = {self.file(number): self.item(number, *state) for number, state in self.items.items()}
        for path in self.root.rglob(f"*{self.suffix}"):
            if path not in wanted:
                path.unlink()
        for path, data in wanted.items():
            lay(path, data)


# ----------------------------------------------------------------------------------------------------------- mail


class MailRig(FolderRig):
    since: datetime | None = None

    def source(self) -> folder.Mail:
        return folder.Mail(folder.Settings(self.root), self.since)

    def mark(self, item: Any) -> str:
        return str(item.subject)

    def id(self, item: Any) -> str:
        return str(item.id)

    def text(self, mark: str) -> str:
        return f"The text of {mark} goes here."

    def item(self, number: int, version: int, good: bool) -> bytes:
        return letter(number, written(number, version), self.text(written(number, version)), "From" if good else "X-Nobody")


def letter(number: int, subject: str, text: str, sender: str = "From") -> bytes:
    return (
        f"{sender}: Pat Lee <pat@acme.example>\nTo: dana@northwind.example\nMessage-ID: <a{number}@acme.example>\n"
        f"Date: Thu, 5 Mar 2026 11:{number % 60:02}:00 -0500\nSubject: {subject}\n\n{text}\n"
    ).encode()


class Eml(MailRig, PerFile):
    name, suffix = "mail", ".eml"


class Maildir(MailRig):
    name = "Maildir"

    def build(self) -> None:
        for box in ("cur", "new", "tmp"):
            (self.root / box).mkdir(parents=True)
            (self.root / ".Sent" / box).mkdir(parents=True)

    def files(self) -> dict[int, Path]:
        paths = [*self.root.glob("*/*"), *self.root.glob(".Sent/*/*")]
        return {int(path.name.split(".")[1][1:]): path for path in paths if path.is_file()}

    def write(self) -> None:
        present = self.files()
        for number in present.keys() - self.items.keys():
            present[number].unlink()
        for number, state in self.items.items():
            fresh = (self.root / ".Sent" if number % 3 == 0 else self.root) / "new" / f"1772700000.M{number}.host"
            lay(present.get(number, fresh), self.item(number, *state))

    def see(self, mark: str, flags: str = "S") -> None:
        """What a mail program does with a mail that was looked at."""
        path = self.files()[self._number(mark)]
        unique = path.name.partition(":")[0]
        path.rename(path.parent.parent / "cur" / f"{unique}:2,{flags}")


class Mbox(MailRig):
    name = "mbox"

    def write(self) -> None:
        separator = b"From pat@acme.example Thu Mar  5 11:30:00 2026\n"
        lay(self.root, b"".join(separator + self.item(n, *state) + b"\n" for n, state in sorted(self.items.items())))


# ------------------------------------------------------------------------------------------------------- calendar


class CalendarRig(FolderRig):
    def source(self) -> folder.Calendar:
        return folder.Calendar(folder.Settings(self.root), ZONE)

    def mark(self, item: Any) -> str:
        return str(item.event.title)

    def id(self, item: Any) -> str:
        return f"{item.uid}/{item.recurrence_id}"

    def noun(self, item: Any) -> object:
        return item.event


def vcalendar(*events: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rig//EN", *events, "END:VCALENDAR", ""]
    return "\n".join(lines).replace("\n", "\r\n").encode()


def vevent(number: int, version: int, good: bool) -> str:
    start = f"DTSTART:202603{number % 28 + 1:02}T150000Z" if good else "X-NO-START:1"
    title = written(number, version)
    return f"BEGIN:VEVENT\nUID:m{number}@cal.example\nDTSTAMP:20260301T000000Z\n{start}\nSUMMARY:{title}\nEND:VEVENT"


class IcsFile(CalendarRig):
    name = "calendar.ics"

    def write(self) -> None:
        lay(self.root, vcalendar(*(vevent(number, *state) for number, state in self.items.items())))


class IcsFolder(CalendarRig, PerFile):
    name, suffix = "calendars", ".ics"

    def item(self, number: int, version: int, good: bool) -> bytes:
        return vcalendar(vevent(number, version, good))


# ---------------------------------------------------------------------------------------------------------- deals


class DealsRig(FolderRig):
    def source(self) -> folder.Deals:
        return folder.Deals(folder.Settings(self.root))

    def mark(self, item: Any) -> str:
        return str(item.name)

    def id(self, item: Any) -> str:
        return str(item.id)


def yaml(number: int, version: int, good: bool) -> str:
    stage = ", stage: Demo" if good else ""
    return f"- {{id: D-{number}, name: {written(number, version)}, account: {{name: Acme Corp}}{stage}}}\n"


class Yaml(DealsRig):
    name = "deals.yaml"

    def write(self) -> None:
        rows = [yaml(number, *state) for number, state in self.items.items()]
        lay(self.root, "".join(rows).encode() or b"[]\n")


class Csv(DealsRig):
    name = "deals.csv"

    def write(self) -> None:
        rows = [
            f"D-{number},{written(number, version)},{'Demo' if good else ''},Pat Lee <pat@acme.example>\n"
            for number, (version, good) in self.items.items()
        ]
        lay(self.root, ("id,name,stage,contacts\n" + "".join(rows)).encode())


class DealsFolder(DealsRig, PerFile):
    name, suffix = "crm", ".yml"

    def item(self, number: int, version: int, good: bool) -> bytes:
        return yaml(number, version, good).encode()


MAIL = (Maildir, Mbox, Eml)
ALL = (*MAIL, IcsFile, IcsFolder, Yaml, Csv, DealsFolder)
