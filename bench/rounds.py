"""What the daemon's rounds cost, by the size of the mailbox: `python -m bench.rounds FOLDER` prints JSON.

The mailbox of `bench.mailbox` is read but for a hundred mails taken at random; then follow a round without news, and one in which
the hundred have arrived. CPU seconds of this process, and its memory (MB) when it is idle again.
"""

from __future__ import annotations

import gc
import json
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from agent import settings, wiring
from agent.cycle import Cycle, Feed
from agent.settings import Settings
from agent.store import Store
from bench.mailbox import NOW

ARRIVE = 100


def linked(box: Path, folder: Path) -> list[tuple[Path, Path]]:
    """The mailbox as links in `folder`, without those that are to arrive: what to link, and where."""
    for name in ("onward.yaml", "calendar.ics", "deals.yaml"):
        shutil.copy(box / name, folder / name)
    files = sorted(path.relative_to(box) for path in (box / "mail").rglob("*.eml"))
    late = set(random.Random(7).sample(files, min(ARRIVE, len(files) // 2)))
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        if file not in late:
            os.link(box / file, folder / file)
    return [(box / file, folder / file) for file in sorted(late)]


def cycle(loaded: Settings, store: Store) -> Cycle:
    def feeds(now: datetime) -> Sequence[Feed]:
        return [Feed(n.section, n.kind, n.source, n.source if n.section == "mail" else None) for n in wiring.sources(loaded, now)]

    template = wiring.template(loaded, NOW)
    return Cycle(store, feeds, loaded.rules, template, template)


def memory() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1]) if Path("/proc/self/statm").exists() else 0
    return pages * resource.getpagesize() / 2**20


def measured(working: Cycle, name: str, found: dict[str, float]) -> None:
    began = time.process_time()
    report = working.round(NOW)
    found[name] = time.process_time() - began
    found[f"{name}_deals"] = report.deals


def main(box: Path) -> None:
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(dir=box) as name:
        folder = Path(name)
        late = linked(box, folder)
        store = Store.open(f"sqlite:///{folder / 'onward.db'}")
        working = cycle(settings.load(folder / "onward.yaml"), store)
        measured(working, "first", found)
        found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        measured(working, "idle", found)
        for file, place in late:
            os.link(file, place)
        measured(working, "arrived", found)
        found["memory"] = memory()
        found["store"] = sum(path.stat().st_size for path in folder.glob("onward.db*")) / 2**20
        store.close()
    print(json.dumps({key: round(value, 3) for key, value in found.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
