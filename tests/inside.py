"""The command line within the test's own process: what is said, and the exit status, at a fraction of the cost of a process."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from agent.cli import main


def onward(folder: Path, *words: str, given: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    """`given` is what comes on standard input; `environ` is added to an environment that holds next to nothing."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(folder), _environment({"HOME": str(folder), "PATH": ""} | environ), redirect_stdout(out), redirect_stderr(err):
        before, sys.stdin = sys.stdin, io.StringIO(given)
        try:
            status = main.run(words)
        finally:
            sys.stdin = before
    return subprocess.CompletedProcess(list(words), status, out.getvalue(), err.getvalue())


@contextmanager
def _environment(own: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(own)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
