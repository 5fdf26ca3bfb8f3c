"""`make bench`: measures what the README claims and writes the tables to `bench/last.md`.

Times are CPU seconds (user and system) of a child process, the median of three runs where a run is cheap; memory is the
child's peak. The mailboxes of `bench.mailbox` are made once and kept in `bench/data`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from bench import imap
from bench.bare import PARSERS
from bench.mailbox import NOW, make

HERE = Path(__file__).parent
CHEAP = 20.0  # CPU seconds: what costs more is measured once
LIBRARIES = ("stdlib", "rust")  # the yardstick is the faster of these: a loop by hand reads less than a mail may hold
LIMITS = {
    "ratio": 2.0,
    "memory": 300.0,
    "version": 150.0,
    "rounds": 3.0,
    "idle": 120.0,
    "share": 0.5,
    "page": 50.0,
    "trips": 3.0,
    "mbsync": 1.0,
}
CARDS, EVERY = 1_000, 300  # cards of the inbox; seconds between two rounds


@dataclass(frozen=True, slots=True)
class Cost:
    cpu: float  # seconds
    wall: float
    memory: float  # MB
    status: int


def child(command: Sequence[str]) -> Cost:
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=HERE.parent)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, process.returncode)


def measured(command: Sequence[str]) -> Cost:
    """The median by CPU time of three runs, or the only one if it was not cheap."""
    costs = [child(command)]
    while len(costs) < 3 and costs[0].cpu < CHEAP and not costs[-1].status:
        costs.append(child(command))
    if costs[-1].status:
        sys.exit(f"status {costs[-1].status}: {' '.join(command)}")
    return sorted(costs, key=lambda cost: cost.cpu)[len(costs) // 2]


def verdict(value: float, limit: float) -> str:
    return "" if value <= limit else f" **over {limit:g}**"


def reading(box: Path) -> dict[str, Cost]:
    """The bare loop with each parser that is installed."""
    usable = [name for name in PARSERS if name != "rust" or find_spec("fast_mail_parser")]
    child([sys.executable, "-m", "bench.bare", "hand", str(box / "mail")])  # warms the file cache
    return {name: measured([sys.executable, "-m", "bench.bare", name, str(box / "mail")]) for name in usable}


def scan(box: Path) -> Cost:
    settings = str(box / "onward.yaml")
    return measured([sys.executable, "-m", "agent", "--config", settings, "scan", "--json", "--now", NOW.isoformat()])


def rounds(boxes: dict[int, Path]) -> Iterator[str]:
    yield "## A whole round against the bare loop\n"
    yield f"| mails | {' | '.join(f'bare, {name}' for name in PARSERS)} | `onward scan` | ratio to the faster library | peak memory |"
    yield "|" + "--:|" * (len(PARSERS) + 4)
    costs: list[tuple[int, float, float]] = []
    for size, box in boxes.items():
        bare = reading(box)
        whole = scan(box)
        yardstick = min(bare[name].cpu for name in LIBRARIES if name in bare)
        ratio = whole.cpu / yardstick
        costs.append((size, yardstick, whole.cpu))
        cells = [f"{bare[name].cpu:.2f} s" if name in bare else "–" for name in PARSERS]
        cells += [f"{whole.cpu:.2f} s", f"{ratio:.1f}{verdict(ratio, LIMITS['ratio'])}"]
        cells += [f"{whole.memory:.0f} MB{verdict(whole.memory, LIMITS['memory'])}"]
        yield f"| {size:,} | {' | '.join(cells)} |"
    if len(costs) > 1:
        yield from marginal(costs[0], costs[-1])


def marginal(small: tuple[int, float, float], large: tuple[int, float, float]) -> Iterator[str]:
    """Without what the start costs: each further mail, from the smallest mailbox to the largest."""
    mails = large[0] - small[0]
    bare, whole = ((large[at] - small[at]) / mails * 1e6 for at in (1, 2))
    yield f"\nEach further mail: {bare:.0f} µs bare, {whole:.0f} µs in `onward scan`, ratio {whole / bare:.1f}."


def thinking(boxes: dict[int, Path]) -> Iterator[str]:
    yield "\n## Thinking about one deal\n"
    yield "| mails | deals | mails of deals | one deal, median | 9 of 10 below |"
    yield "|--:|--:|--:|--:|--:|"
    for size, box in boxes.items():
        command = [sys.executable, "-m", "bench.thinking", str(box / "onward.yaml")]
        said = json.loads(subprocess.run(command, check=True, capture_output=True, cwd=HERE.parent).stdout)
        yield f"| {size:,} | {said['deals']:,} | {said['letters']:,} | {said['median']:.2f} ms | {said['slow']:.2f} ms |"


def daemon(boxes: dict[int, Path]) -> Iterator[str]:
    yield "\n## Rounds of the daemon\n"
    heads = ("mails in a Maildir", "first round", "100 mails arrived", "to the smallest", "deals thought about", "without news")
    yield f"| {' | '.join(heads)} | nothing due | idle, a round every 5 minutes | memory, waiting | store |"
    yield "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    least = 0.0
    for size, box in boxes.items():
        command = [sys.executable, "-m", "bench.rounds", str(box)]
        said = json.loads(subprocess.run(command, check=True, capture_output=True, cwd=HERE.parent).stdout)
        least = least or said["arrived"]
        ratio, share = said["arrived"] / least, said.get("ticks", 0.0) + said["idle"] / EVERY * 100
        memory = said.get("memory", said["peak"])
        cells = [f"{said['first']:.1f} s", f"{said['arrived']:.2f} s", f"{ratio:.1f}{verdict(ratio, LIMITS['rounds'])}"]
        cells += [f"{said['arrived_deals']:.0f}", f"{said['idle']:.2f} s", f"{said.get('ticks', 0.0):.2f} %"]
        cells += [f"{share:.2f} %{verdict(share, LIMITS['share'])}", f"{memory:.0f} MB{verdict(memory, LIMITS['idle'])}"]
        yield f"| {size:,} | {' | '.join(cells)} | {said['store']:.0f} MB |"


def servers(boxes: dict[int, Path]) -> Iterator[str]:
    yield "\n## Mail on a server, beside mbsync\n"
    if lacking := imap.missing():
        yield f"Not measured: {lacking} is not installed."
        return
    yield "Seconds of the clock (of the processor here, in the server); `part` is of what the aim allows.\n"
    yield "| mails | | connector alone | part | whole round | mbsync | mbsync without fsync |"
    yield "|--:|:--|--:|--:|--:|--:|--:|"
    beneath = []
    for size, box in boxes.items():
        command = [sys.executable, "-m", "bench.imap", str(box)]
        said = json.loads(subprocess.run(command, check=True, capture_output=True, cwd=HERE.parent).stdout)
        for case, words, share in (("first", "first reading", 3), ("arrived", "100 mails arrived", 1), ("quiet", "nothing new", 1)):
            yield f"| {size:,} | {words} | {' | '.join(beside(said[case], share))} |"
        each = said["trips"] / len(imap.FOLDERS)
        beneath.append(
            f"\n{size:,}: nothing new takes {each:.1f} round trips a folder{verdict(each, LIMITS['trips'])}, {said['login']} to sign in; "
            f"the cursor has {said['cursor']:,} bytes; the daemon waits with {said['memory']:.0f} MB and {said['ticks']:.2f} % of a CPU."
        )
    yield from beneath


def beside(costs: dict[str, imap.Cost], share: int) -> Iterator[str]:
    """`share`: by what mbsync's time is divided."""
    for name, (clock, here, there) in costs.items():
        yield f"{clock:.2f} ({here:.2f}, {there:.2f})"
        if name == "connector":
            part = clock / costs["mbsync"][0] * share
            yield f"{part:.2f}{verdict(part, LIMITS['mbsync'])}"


def pages() -> Iterator[str]:
    command = [sys.executable, "-m", "bench.pages", str(CARDS)]
    said = json.loads(subprocess.run(command, check=True, capture_output=True, cwd=HERE.parent).stdout)
    yield f"\n## Pages of the inbox, {said['cards']:,} cards\n"
    yield "| page | processor, median | answer, median | 9 of 10 below |"
    yield "|:--|--:|--:|--:|"
    for path, cost in said["pages"].items():
        used = f"{cost['processor']:.0f} ms{verdict(cost['processor'], LIMITS['page'])}"
        yield f"| `{path}` | {used} | {cost['median']:.0f} ms | {cost['slow']:.0f} ms |"


def start() -> Iterator[str]:
    walls = [child([sys.executable, "-m", "agent", "--version"]) for _ in range(20)]
    if any(cost.status for cost in walls):
        sys.exit("onward --version failed")
    middle = statistics.median(cost.wall for cost in walls) * 1000
    yield "\n## Start\n"
    yield f"`onward --version`: {middle:.0f} ms (median of 20){verdict(middle, LIMITS['version'])}"


def machine() -> str:
    model = next((line.partition(":")[2].strip() for line in cpuinfo() if line.startswith("model name")), platform.machine())
    return f"CPython {platform.python_version()}, {model}, {os.cpu_count()} cores\n"


def cpuinfo() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text("utf-8").splitlines() if path.exists() else []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000", help="numbers of mails, separated by commas")
    parser.add_argument("--data", type=Path, default=HERE / "data", help="where the mailboxes are kept")
    chosen = parser.parse_args()
    boxes = {size: make(chosen.data / str(size), size) for size in map(int, chosen.sizes.split(","))}
    lines = [machine()]
    parts: list[Callable[[], Iterator[str]]] = [
        lambda: rounds(boxes),
        lambda: thinking(boxes),
        lambda: daemon(boxes),
        lambda: servers(boxes),
        pages,
        start,
    ]
    for part in parts:
        for line in part():
            print(line, flush=True)
            lines.append(line)
    (HERE / "last.md").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
