"""Calendar servers of two makes, started on a free port with a folder of their own, and a collection in one of them."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx2

from agent.errors import Unavailable
from connectors import _caldav_pull, caldav
from tests.rigs.folder import vcalendar
from tests.rigs.numbered import Numbered, written

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 3, 5, 20, tzinfo=UTC)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Server(ABC):
    """A process that answers on `url`."""

    home: str  # path of the collection of calendars

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.log = (folder / "server.log").open("ab")
        self.start()

    @abstractmethod
    def command(self) -> list[str]: ...

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.process = subprocess.Popen(self.command(), stdout=self.log, stderr=self.log, cwd=self.folder)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), 0.2).close()
            except OSError:
                assert self.process.poll() is None, "the calendar server ended"
                select_briefly()
            else:
                return
        raise AssertionError("the calendar server did not start")

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        self.stop()
        self.log.close()


def select_briefly() -> None:
    import select

    select.select([], [], [], 0.02)


class Radicale(Server):
    home = "/dana/"

    def command(self) -> list[str]:
        config = self.folder / "radicale.conf"
        lines = [f"[server]\nhosts = 127.0.0.1:{self.port}\n", "[auth]\ntype = none\n", "[rights]\ntype = authenticated\n"]
        lines += [f"[storage]\nfilesystem_folder = {self.folder / 'store'}\n", "[logging]\nlevel = error\n"]
        config.write_text("".join(lines).replace("type = authenticated", "type = owner_only"))
        return [sys.executable, "-m", "radicale", "--config", str(config)]


class Xandikos(Server):
    home = "/dana/calendars/"

    def command(self) -> list[str]:
        place = ["-d", str(self.folder / "store"), "--state-dir", str(self.folder / "state")]
        listen = ["-l", "127.0.0.1", "-p", str(self.port), "--no-detect-systemd"]
        return [
            str(Path(sys.executable).with_name("xandikos")),
            "serve",
            *place,
            *listen,
            "--current-user-principal",
            "/dana/",
            "--defaults",
        ]


class CalDav(Numbered):
    """The rig of the contract: one new calendar on a running server."""

    fault = Unavailable
    place = re.escape("127.0.0.1")

    def __init__(self, server: Server, name: str) -> None:
        super().__init__()
        self.server, self.name = server, name
        self.path = f"{server.home}{name}/"
        self.client = httpx2.Client(base_url=server.url, auth=("dana", "secret"), trust_env=False, verify=False)
        named = f"<D:set><D:prop><D:displayname>{name}</D:displayname></D:prop></D:set>"
        wanted = f'<?xml version="1.0"?><C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">{named}</C:mkcalendar>'
        made = self.client.request("MKCALENDAR", self.path, content=wanted.encode(), headers={"Content-Type": "application/xml"})
        assert made.status_code == 201, made.text

    def close(self) -> None:
        self.client.close()

    def settings(self, **more: Any) -> caldav.Settings:
        return caldav.Settings(f"{self.server.url}{self.path}", "dana", "secret", **more)

    def source(self) -> caldav.Calendar:
        return caldav.Calendar(self.settings(), ZONE, False, NOW)

    def put(self, name: str, text: bytes) -> None:
        told = self.client.put(f"{self.path}{name}", content=text, headers={"Content-Type": "text/calendar; charset=utf-8"})
        assert told.status_code in (200, 201, 204), told.text

    def lay(self, number: int) -> None:
        if number in self.items:
            self.put(f"m{number}.ics", vcalendar(event(number, *self.items[number])))
        else:
            assert self.client.delete(f"{self.path}m{number}.ics").status_code in (200, 204)

    def kill(self) -> None:
        self.server.stop()

    def restore(self) -> None:
        self.server.start()

    def mark(self, item: Any) -> str:
        return str(item.event.title)

    def id(self, item: Any) -> str:
        return str(item.id)

    def noun(self, item: Any) -> object:
        return item.event

    def state(self) -> object:
        ask = b'<?xml version="1.0"?><propfind xmlns="DAV:"><prop><getetag/></prop></propfind>'
        told = self.client.request("PROPFIND", self.path, headers={"Depth": "1", "Content-Type": "application/xml"}, content=ask)
        return sorted(re.findall(r"getetag[^>]*>([^<]+)<", told.text))

    @contextmanager
    def watch(self) -> Iterator[list[str]]:
        """Requests for the text of events."""
        seen: list[str] = []
        texts = _caldav_pull.Pull._texts

        def watched(pull: Any, dav: Any, paths: Any) -> Any:
            seen.extend(paths)
            return texts(pull, dav, paths)

        _caldav_pull.Pull._texts = watched  # type: ignore[method-assign]
        try:
            yield seen
        finally:
            _caldav_pull.Pull._texts = texts  # type: ignore[method-assign]


def event(number: int, version: int, good: bool) -> str:
    """A bad one is a series that servers take and we do not: an instance every minute."""
    rule = "" if good else "RRULE:FREQ=MINUTELY;COUNT=3\n"
    start = f"DTSTART:202603{number % 28 + 1:02}T150000Z\nDTEND:202603{number % 28 + 1:02}T160000Z\n{rule}"
    return f"BEGIN:VEVENT\nUID:m{number}@cal.example\nDTSTAMP:20260301T000000Z\n{start}SUMMARY:{written(number, version)}\nEND:VEVENT"
