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
APART = 10.0  # seconds between two lines


def watcher(say: Callable[[Stand], None] | None = None) -> Callable[[Stand | None], None]:
    """To be told how far the round is; says it on stderr. Where that is no terminal, by `say` from time to time."""
    return _Bar() if sys.stderr.isatty() else _Now(say or _line)


def _line(stand: Stand) -> None:
    click.echo(f"{stand.section}: {stand.done:,}" + (f" of {stand.total:,}" if stand.total else ""), err=True)


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


class _Now:
    """Calls `say` when the last time is long ago."""

    def __init__(self, say: Callable[[Stand], None]) -> None:
        self._say, self._last = say, time.monotonic()

    def __call__(self, stand: Stand | None) -> None:
        now = time.monotonic()
        if stand is None or now - self._last >= APART:
            self._last = now
            if stand is not None and stand.section:
                self._say(stand)
