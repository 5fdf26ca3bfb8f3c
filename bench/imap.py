"""Onward and mbsync (isync) with one Dovecot: `python -m bench.imap FOLDER` prints JSON.

The mailbox of `bench.mailbox` is laid out as Dovecot lays it: Sent and Archive, and all else in INBOX, but for some mails that
arrive later. Both read the same folders, by turns; before each first reading the server forgets what it has indexed, after each
arrival it has seen the mails itself. Seconds of the clock, of the processor here, and of the processor in the server.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from agent import settings
from agent.cycle.feed import batches
from agent.office import feeds
from agent.settings import Settings
from agent.store import Store
from bench.mailbox import NOW
from bench.rounds import ARRIVE, QUIET, cycle, waiting
from connectors import imap
from tests.rigs.dovecot import PROGRAM, Dovecot
from tests.rigs.wire import Trips, Wire

MBSYNC = shutil.which("mbsync") or ""
USER = "dana"
FOLDERS = ("INBOX", "Sent", "Archive")
NAMES = ("connector", "round", "mbsync", "mbsync without fsync")
TIMES = 3
LONG = 60.0  # seconds: what takes longer is done once
ACCOUNT = "{{kind: imap, host: 127.0.0.1, port: {port}, user: dana, password: !env BENCH_PASSWORD, security: none}}"
RULES = """\
FSync {fsync}
IMAPAccount server
Host 127.0.0.1
Port {port}
User dana
Pass secret
SSLType None
AuthMechs LOGIN

IMAPStore there
Account server

MaildirStore here
Path {folder}/
Inbox {folder}/INBOX

Channel all
Far :there:
Near :here:
Patterns INBOX Sent Archive
Create Near
Sync Pull
SyncState *
"""
Work = Callable[[], object]
Cost = tuple[float, float, float]  # clock, processor here, processor in the server


def missing() -> str:
    """What would have to be installed."""
    names = {"dovecot": Path(PROGRAM).exists(), "mbsync": MBSYNC, "/proc": Path("/proc/self/stat").exists()}
    return " and ".join(name for name, there in names.items() if not there)


class Mailbox:
    """A Dovecot with the mailbox in it."""

    def __init__(self, box: Path) -> None:
        self.server = Dovecot()
        self.root = self.server.folder / "home" / USER / "Maildir"
        for place in (self.root.parent, self.root, *(self._at(name) for name in FOLDERS)):
            for folder in (place, *(place / part for part in ("cur", "new", "tmp") if place != self.root.parent)):
                folder.mkdir(exist_ok=True)
                os.chown(folder, self.server.account.pw_uid, self.server.account.pw_gid)
        files = sorted((box / "mail").rglob("*.eml"))
        late = set(random.Random(7).sample(files, min(TIMES * ARRIVE, len(files) // 2)))
        for file in files:
            if file not in late:
                self._lay(file, "cur")
        self.late = sorted(late)
        time.sleep(QUIET)

    def _at(self, name: str) -> Path:
        return self.root / name if name in FOLDERS[1:] else self.root

    def _lay(self, file: Path, part: str) -> None:
        """With both sizes in its name, as Dovecot itself writes it."""
        raw = file.read_bytes()
        lines = raw.count(b"\n") - raw.count(b"\r\n")
        name = f"{1_700_000_000 + int(file.stem)}.M1P1.bench,S={len(raw)},W={len(raw) + lines}{':2,S' if part == 'cur' else ''}"
        target = self._at(file.parts[-3]) / part / name
        try:
            os.link(file, target)
        except OSError:  # another disk
            shutil.copyfile(file, target)

    def look(self) -> None:
        line = self.server.client(USER)
        for name in FOLDERS:
            line.select(name, readonly=True)
        line.logout()

    def anew(self) -> None:
        for path in self.root.rglob("dovecot.index*"):
            path.unlink()
        self.look()

    def arrive(self) -> None:
        for file in self.late[:ARRIVE]:
            self._lay(file, "new")
        del self.late[:ARRIVE]
        self.look()

    def used(self) -> float:
        """CPU seconds of the server and all that it started (proc(5))."""
        found = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                words = stat.read_text("ascii", "replace").rpartition(")")[2].split()
            except OSError:
                continue
            if self.server.process.pid in (int(stat.parent.name), int(words[1])):
                found += sum(map(int, words[11:15]))
        return found / os.sysconf("SC_CLK_TCK")


class Mbsync:
    def __init__(self, folder: Path, port: int, fsync: str) -> None:
        folder.mkdir()
        self._rules = folder / "mbsyncrc"
        self._rules.write_text(RULES.format(port=port, folder=folder, fsync=fsync), "ascii")

    def __call__(self) -> None:
        subprocess.run([MBSYNC, "-q", "-c", str(self._rules), "all"], check=True, stderr=subprocess.DEVNULL)


class Connector:
    """Alone, going on from where it was."""

    def __init__(self, loaded: Settings) -> None:
        self._loaded, self.cursor, self.count = loaded, "", 0

    def __call__(self) -> None:
        (mail,) = (feed for feed in feeds(self._loaded, NOW) if feed.section == "mail")
        for batch in batches(mail, self.cursor or None):
            self.cursor = batch.cursor
            self.count += len(batch.items)


class Round:
    """All of it: mail, calendar and deals into the store, bodies, thoughts, cards."""

    def __init__(self, loaded: Settings) -> None:
        self.folder = loaded.path.parent
        self._store = Store.open(loaded.store)
        self._cycle = cycle(loaded, self._store)

    def __call__(self) -> None:
        self._cycle.round(NOW)

    def close(self) -> None:
        self._store.close()


class Peers:
    """Who reads. `begin` makes each anew, and the server as if nobody had read yet."""

    def __init__(self, box: Path, folder: Path, mailbox: Mailbox) -> None:
        self._box, self._folder, self._mailbox, self._count = box, folder, mailbox, 0
        self.now: dict[str, Any] = {}

    def settings(self, folder: Path, port: int) -> Settings:
        folder.mkdir()
        for name in ("calendar.ics", "deals.yaml"):
            shutil.copy(self._box / name, folder / name)
        text = (self._box / "onward.yaml").read_text("utf-8").replace("{kind: folder, path: mail}", ACCOUNT.format(port=port))
        (folder / "onward.yaml").write_text(text, "utf-8")
        return settings.load(folder / "onward.yaml")

    def begin(self, name: str) -> Work:
        self._count += 1
        folder, port = self._folder / str(self._count), self._mailbox.server.port
        if isinstance(self.now.get(name), Round):
            self.now[name].close()
        if name.startswith("mbsync"):
            self.now[name] = Mbsync(folder, port, "no" if "without" in name else "yes")
        else:
            self.now[name] = (Round if name == "round" else Connector)(self.settings(folder, port))
        self._mailbox.anew()
        return self.going(name)

    def going(self, name: str) -> Work:
        work: Work = self.now[name]
        return work


def measured(mailbox: Mailbox, work: Work) -> Cost:
    server, here, clock = mailbox.used(), sum(os.times()[:4]), time.perf_counter()
    work()
    clock = time.perf_counter() - clock
    here = sum(os.times()[:4]) - here
    time.sleep(0.3)  # the server's process of this connection ends
    return clock, here, mailbox.used() - server


def turns(mailbox: Mailbox, work: Callable[[str], Work], before: Work = lambda: None) -> dict[str, Cost]:
    """Medians by the clock; what takes long is done once."""
    costs: dict[str, list[Cost]] = {name: [] for name in NAMES}
    for _ in range(TIMES):
        before()
        for name, row in costs.items():
            if not row or row[0][0] < LONG:
                row.append(measured(mailbox, work(name)))
    return {name: sorted(row)[len(row) // 2] for name, row in costs.items()}


def trips(peers: Peers, folder: Path, mailbox: Mailbox) -> tuple[int, int]:
    """Of a round with nothing new: for the login, and after it."""
    heard = Trips()
    with Wire(mailbox.server.port, heard.up, heard.down) as wire:
        loaded = peers.settings(folder, wire.port)
        imap.Settings(**loaded.sections["mail"][0].options).account.open().line.shutdown()
        login = heard.count
        again = Connector(loaded)
        again.cursor = peers.now["connector"].cursor
        again()
    return login, heard.count - 2 * login


def main(box: Path) -> None:
    os.environ |= {"BENCH_PASSWORD": "secret"}  # of every user of the rig
    with tempfile.TemporaryDirectory() as name:
        mailbox = Mailbox(box)
        try:
            peers = Peers(box, Path(name), mailbox)
            found: dict[str, Any] = {"first": turns(mailbox, peers.begin)}
            found["arrived"] = turns(mailbox, peers.going, mailbox.arrive)
            found["quiet"] = turns(mailbox, peers.going)
            found["login"], found["trips"] = trips(peers, Path(name) / "trips", mailbox)
            found["cursor"] = len(peers.now["connector"].cursor)
            peers.now["round"].close()
            found |= waiting(peers.now["round"].folder)
            print(json.dumps(found), flush=True)
        finally:
            mailbox.server.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
