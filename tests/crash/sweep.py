"""`python -m tests.crash.sweep WHAT MODE EXTENT`: kills the work at every point, and writes what was found as JSON.

EXTENT is `every`: of a row of writes within one transaction only the first is a point (what SQLite has not committed is all
one), and each recovery is killed once. `first` is the same from the end, until something is wrong. `all`: two mails, two points
for each system call, each recovery killed twice. A process of its own, with one thread, for it forks.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from tests.crash import trace, work
from tests.crash.work import Blind, Place

PLACES = {
    "folder": Place(Path()),
    "server": Place(Path(), outbox=work.server),
    "blind folder": Place(Path(), courier=Blind),
    "blind server": Place(Path(), outbox=work.server, courier=Blind),
}


def points(calls: Sequence[str], *, everything: bool) -> list[int]:
    """Before each call, and after the last one: between two calls nothing changes a file."""
    if everything:
        return list(range(2 * len(calls)))
    first = [n for n, name in enumerate(calls) if name != "pwrite64" or calls[n - 1] != name]
    return [2 * n for n in first] + [2 * len(calls) - 1]


def tried(place: Place, blank: Path, point: int, *, crashes: int, most: int) -> tuple[list[str], Counter[str]]:
    """Killed at `point`, and then wherever chance has it while it recovers; at last it comes to its end."""
    chance = Random(point)
    place.fresh(blank)
    trace.run(lambda: place.work(0), point)
    for day in range(1, crashes + 1):
        trace.run(lambda d=day: place.work(d), chance.randrange(most))  # type: ignore[misc]
    place.work(crashes + 1)
    return place.ended()


def main(what: str, mode: str, extent: str) -> dict[str, object]:
    everything = extent == "all"
    memory = Path("/dev/shm")  # SIGKILL takes no page from the cache: the disk itself adds nothing but time
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        blank = work.blank(Path(folder) / "blank", 2 if everything else 1)
        place = replace(PLACES[what], root=Path(folder) / "place", mode=mode)
        place.fresh(blank).work(0)  # what Python does only once is done
        place.fresh(blank)
        calls = trace.run(lambda: place.work(0)).calls
        chosen = points(calls, everything=everything)
        bad: dict[str, list[str]] = {}
        states = Counter[str]()
        for point in reversed(chosen) if extent == "first" else chosen:
            faults, ended = tried(place, blank, point, crashes=2 if everything else 1, most=2 * len(calls))
            states += ended
            if faults:
                bad[f"{'after' if point % 2 else 'before'} call {point // 2}, {calls[point // 2]}"] = faults
                if extent == "first":
                    break
    return {"calls": Counter(calls), "points": len(chosen), "bad": bad, "states": states}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])))
