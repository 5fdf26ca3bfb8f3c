"""`python -m tests.crash.sweep WHAT MODE EXTENT`: kills the work at every point, and writes what was found as JSON.

EXTENT is `every`: of a row of writes within one transaction only the first is a point (what SQLite has not committed is all
one), and each recovery is killed once. `first` is the same from the end, until something is wrong. `all`: two mails, two points
for each system call, each recovery killed twice. A number: as `every`, but so many
points, evenly spread. A process of its own, with one thread, for it forks.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

from tests.crash import rounds, trace, work
from tests.crash.rounds import Rounds
from tests.crash.work import Blind, Place, Served
from tests.rigs import postgres

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
    trace.run(lambda: place.work(0), point, place.calls)
    for day in range(1, crashes + 1):
        trace.run(lambda d=day: place.work(d), chance.randrange(most), place.calls)  # type: ignore[misc]
    place.work(crashes + 1)
    return place.ended()


@contextmanager
def prepared(what: str, folder: Path, cards: int) -> Iterator[tuple[Place, Path]]:
    """The place, and what it begins with each time."""
    if what == "rounds":
        yield Rounds(Path()), rounds.blank(folder / "blank")
        return
    if what != "postgres":
        yield PLACES[what], work.blank(folder / "blank", cards)
        return
    with postgres.cluster() as cluster:
        cluster.run("CREATE DATABASE blank TEMPLATE onward")
        work.fill(cluster.url("blank"), cards)
        yield Served(Path(), cluster=cluster), folder / "blank"


def main(what: str, mode: str, extent: str) -> dict[str, object]:
    everything = extent == "all"
    memory = Path("/dev/shm")  # SIGKILL takes no page from the cache: the disk itself adds nothing but time
    root = tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None)
    with root as folder, prepared(what, Path(folder), 2 if everything else 1) as (made, blank):
        place = replace(made, root=Path(folder) / "place", mode=mode)
        place.fresh(blank).work(0)  # what Python does only once is done
        place.fresh(blank)
        calls = trace.run(lambda: place.work(0), None, place.calls).calls
        chosen = points(calls, everything=everything)
        if extent.isdigit():
            chosen = chosen[:: max(1, len(chosen) // int(extent))]
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
