"""What the daemon's rounds cost, by the size of the mailbox: `python -m bench.rounds FOLDER [eml]` prints JSON.

The mailbox of `bench.mailbox` is laid out as a Maildir (or left as `.eml` files in folders), but for two hundred mails taken
at random, and read; then follow a round in which a hundred of them have arrived, and one without news. CPU seconds of this process,
and its peak (MB). At last the daemon itself is started over that store, inbox and all, and takes in the other hundred: what it takes
when it waits again.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from subprocess import PIPE

from agent import settings, wiring
from agent.cli import run
from agent.cycle import Cycle
from agent.office import feeds
from agent.settings import Settings
from agent.store import Store
from bench.mailbox import NOW

ARRIVE = 100
SETTLE, WATCHED = 3.0, 30.0  # seconds
QUIET = 2.5  # seconds without a change before the mailbox is read: folders changed only now would be listed again each time


def linked(box: Path, folder: Path, *, eml: bool) -> list[tuple[Path, Path]]:
    """The mailbox as links in `folder`, without those that are to arrive: what to link, and where."""
    for name in ("onward.yaml", "calendar.ics", "deals.yaml"):
        shutil.copy(box / name, folder / name)
    files = sorted(path.relative_to(box) for path in (box / "mail").rglob("*.eml"))
    late = set(random.Random(7).sample(files, min(2 * ARRIVE, len(files) // 2)))
    places = {file: file if eml else placed(file, new=file in late) for file in files}
    for place in {place.parent for place in places.values()}:
        (folder / place).mkdir(parents=True, exist_ok=True)
    for file in files:
        if file not in late:
            os.link(box / file, folder / places[file])
    return [(box / file, folder / places[file]) for file in sorted(late)]


def placed(file: Path, *, new: bool) -> Path:
    """Where `mail/Archive/001/001234.eml` lies in a Maildir with folders (Maildir++): what arrived in `new`, what was seen in `cur`."""
    root, name = Path(file.parts[0]), file.parts[1]
    above = root if name == "INBOX" else root / f".{name}"
    return above / "new" / file.stem if new else above / "cur" / f"{file.stem}:2,S"


def cycle(loaded: Settings, store: Store) -> Cycle:
    template = wiring.template(loaded, NOW)
    return Cycle(store, lambda now: feeds(loaded, now), loaded.rules, template, template)


def measured(working: Cycle, name: str, found: dict[str, float]) -> None:
    began = time.process_time()
    report = working.round(NOW)
    found[name] = time.process_time() - began
    found[f"{name}_deals"] = report.deals


def waiting(folder: Path) -> dict[str, float]:
    """The daemon of this store, once its first round is over: memory (MB), and percent of one processor while nothing is due."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.rounds", str(folder), "serve"], stdout=subprocess.DEVNULL, stderr=PIPE, text=True
    ) as process:
        assert process.stderr
        try:
            next(line for line in process.stderr if "round ended" in line)
            time.sleep(SETTLE)
            before = used(process.pid)
            time.sleep(WATCHED)
            status = Path(f"/proc/{process.pid}/status").read_text("ascii")
            share = (used(process.pid) - before) / WATCHED * 100
            return {"memory": int(status.partition("VmRSS:")[2].split()[0]) / 1024, "ticks": share}
        finally:
            process.terminate()


def used(pid: int) -> float:
    """CPU seconds: proc(5), `utime` and `stime`."""
    words = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def serve(folder: Path) -> None:
    """As `onward run` does it, but at the time of the mailbox."""
    began = time.monotonic()
    run.serve(settings.load(folder / "onward.yaml"), lambda: NOW + timedelta(seconds=time.monotonic() - began), 0, open_=False)


def main(box: Path, *, eml: bool) -> None:
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(dir=box) as name:
        folder = Path(name)
        late = linked(box, folder, eml=eml)
        loaded = settings.load(folder / "onward.yaml")
        store = Store.open(loaded.store)
        time.sleep(QUIET)
        working = cycle(loaded, store)
        measured(working, "first", found)
        found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        for file, place in late[::2]:
            os.link(file, place)
        measured(working, "arrived", found)
        measured(working, "idle", found)
        store.close()
        found["store"] = sum(path.stat().st_size for path in folder.glob("onward.db*")) / 2**20
        for file, place in late[1::2]:
            os.link(file, place)
        found |= waiting(folder) if Path("/proc/self/stat").exists() else {}
    print(json.dumps({key: round(value, 3) for key, value in found.items()}))


if __name__ == "__main__":
    how = sys.argv[2] if len(sys.argv) > 2 else ""
    serve(Path(sys.argv[1])) if how == "serve" else main(Path(sys.argv[1]), eml=how == "eml")
