"""Items built to cost a reader seconds, memory or its stack: each ends as said, cheaply, and its neighbour arrives."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests import bombs

ITEM = 2.0  # seconds that one item may cost (the promise); measured as CPU time, so that a busy machine changes nothing
ALL = 120  # seconds of CPU for a whole section, after which the reader is killed


@cache
def outcomes(section: str) -> dict[str, Any]:
    """What came of every bomb of a section, scanned in a process of its own, so that one that hangs or crashes it is told."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bombs", section],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (ALL, ALL)),
        check=False,
    )
    return {found["name"]: found for found in map(json.loads, done.stdout.splitlines())}


ROWS = [
    pytest.param(section, name, outcome, id=f"{section}: {name}")
    for section, (table, _) in bombs.SECTIONS.items()
    for name, _, outcome in table()
]


@pytest.mark.parametrize(("section", "name", "outcome"), ROWS)
def test_bomb_ends_soon_and_harms_nobody(section: str, name: str, outcome: str) -> None:
    found = outcomes(section)[name]
    assert found["outcome"] in outcome
    assert found["seconds"] < ITEM
    assert found["neighbour"] or found["outcome"] == "failed"
