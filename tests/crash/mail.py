"""`python -m tests.crash.mail MODE EXTENT`: the same work with an IMAP account and a mail server, killed between any two things
that it says, hears or writes. EXTENT is how many points are tried, evenly spread; 0: every one. With a third word drafts are not
marked before they leave: the control, tried from where it is written down towards the beginning until something is wrong.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from agent.ports import Outbox
from connectors import _imap_box, imap
from tests.crash import trace, work
from tests.crash.work import Place
from tests.rigs.dovecot import Dovecot, free_port

CALLS = trace.CALLS | trace.NETWORK
_users = count(1)


@dataclass(frozen=True)
class Mailbox(Place):
    """`told` holds the port of the mail server and the folder of what it took; the user is another one each time."""

    server: Any = None
    port: int = 0
    taken: Path = Path()

    def fresh(self, blank: Path) -> Place:
        super().fresh(blank)
        for path in self.taken.iterdir():
            path.unlink()
        user = f"dana{next(_users)}"
        return replace(self, outbox=lambda _root: self._outbox(user), user=user)  # type: ignore[call-arg]

    user: str = ""

    def _outbox(self, user: str) -> Outbox:
        given = {"host": "127.0.0.1", "port": self.server.port, "user": user, "password": "secret", "security": "none"}
        made = imap.outbox(imap.OutboxSettings(**given, smtp={"port": self.port}), None)  # type: ignore[arg-type]
        made.waits = (0.0,)
        return made

    def _digests(self, folder: str) -> Counter[str]:
        home = self.server.folder / "home" / self.user / "Maildir" / "Drafts"
        files = (
            self.taken.glob("*.eml") if folder == "sent" else (p for d in ("cur", "new") for p in (home / d).glob("*") if not _marked(p))
        )
        return Counter(sha256(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")).hexdigest() for path in files)


def _marked(path: Path) -> bool:
    return "T" in path.name.rpartition(":2,")[2]


@contextmanager
def servers() -> Iterator[tuple[Dovecot, int, Path]]:
    taken, port = Path(tempfile.mkdtemp()), free_port()
    command = [sys.executable, "-m", "tests.rigs.smtp", str(taken), str(port)]
    sink = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert sink.stdout
    assert sink.stdout.readline() == "ready\n"
    dovecot = Dovecot()
    try:
        yield dovecot, port, taken
    finally:
        dovecot.close()
        sink.communicate("")
        shutil.rmtree(taken)


def tried(place: Mailbox, blank: Path, point: int, most: int) -> tuple[list[str], Counter[str]]:
    """Killed at `point`, and once more wherever chance has it while it recovers; at last it comes to its end."""
    now = place.fresh(blank)
    trace.run(lambda: now.work(0), point, CALLS)
    trace.run(lambda: now.work(1), Random(point).randrange(most), CALLS)
    for day in (2, 3):
        now.work(day)
    return now.ended()


def main(mode: str, extent: str, what: str = "") -> dict[str, object]:
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder, servers() as (server, port, taken):
        blank = work.blank(Path(folder) / "blank", 1)
        if what:
            _imap_box.Box.mark = lambda _box, _entry: True  # type: ignore[method-assign]
        place = Mailbox(Path(folder) / "place", mode=mode, server=server, port=port, taken=taken)  # type: ignore[arg-type]
        place.fresh(blank).work(0)  # what Python does only once is done
        now = place.fresh(blank)
        calls = trace.run(lambda: now.work(0), None, CALLS).calls
        step = 5 if what else max(1, 2 * len(calls) // int(extent)) if int(extent) else 1
        points = range(0, 2 * len(calls) * 17 // 20 if what else 2 * len(calls), step)
        bad: dict[str, list[str]] = {}
        states = Counter[str]()
        for point in reversed(points) if what else points:
            faults, ended = tried(place, blank, point, 2 * len(calls))
            states += ended
            if faults:
                bad[f"{'after' if point % 2 else 'before'} call {point // 2}, {calls[point // 2]}"] = faults
                if what:
                    break
    return {"calls": Counter(calls), "points": len(points), "bad": bad, "states": states}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])))
