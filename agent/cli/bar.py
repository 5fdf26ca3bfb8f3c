"""How far a long round is, for who started it: a bar at a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress as Bars

    from agent.daemon.progress import Stand

PATIENCE = 2.0  # seconds of a round that nobody asks about
APART = 10.0  # seconds between two plain lines


def watcher() -> Callable[[Stand | None], None]:
    """To be told how far the round is; says it on stderr."""
    return _Bar() if sys.stderr.isatty() else _Lines(lambda line: click.echo(line, err=True))


class _Bar:
    """Shown when the round takes long, gone when it ends."""

    def __init__(self) -> None:
        self._began: float | None = None
        self._bars: Bars | None = None

    def __call__(self, stand: Stand | None) -> None:
        if stand is None:
            if self._bars:
                self._bars.stop()
            self._began = self._bars = None
            return
        self._began = self._began if self._began is not None else time.monotonic()
        if self._bars is None and time.monotonic() - self._began >= PATIENCE:
            self._bars = _bars()
        if self._bars:
            self._bars.update(self._bars.task_ids[0], description=stand.section or "reading", completed=stand.done, total=stand.total)


def _bars() -> Bars:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    made = Progress(*columns, console=Console(stderr=True), transient=True)
    made.add_task("reading", total=None)
    made.start()
    return made


class _Lines:
    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._last = time.monotonic()

    def __call__(self, stand: Stand | None) -> None:
        if stand is not None and time.monotonic() - self._last >= APART:
            self._last = time.monotonic()
            self._say(f"{stand.section}: {stand.done:,}" + (f" of {stand.total:,}" if stand.total else ""))
