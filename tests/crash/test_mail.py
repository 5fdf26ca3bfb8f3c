"""Killed anywhere in the talk with an IMAP and an SMTP server, and again while it recovers: nothing twice, nothing lost.

`CRASH=all pytest tests/crash/test_mail.py` tries every point (some ten minutes for each); otherwise a few, evenly spread.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.crash import trace
from tests.needs import needed
from tests.rigs.dovecot import PROGRAM

ALL = os.environ.get("CRASH") == "all"
pytestmark = [
    pytest.mark.skipif(not trace.available(), reason="needs ptrace(2) of Linux"),
    pytest.mark.timeout(7200 if ALL else 240),
]


def sweep(mode: str, points: int, *more: str) -> dict[str, Any]:
    needed(Path(PROGRAM).exists(), "Dovecot (dovecot-imapd)")
    command = [sys.executable, "-m", "tests.crash.mail", mode, "0" if ALL else str(points), *more]
    ended = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


@pytest.mark.parametrize(("mode", "points", "ends"), [("send", 12, {"sent", "held"}), ("draft", 4, {"laid"})])
def test_killed_anywhere_each_mail_is_sent_once_or_visibly_held(mode: str, points: int, ends: set[str]) -> None:
    found = sweep(mode, points)
    assert found["bad"] == {}
    assert set(found["states"]) <= ends
    assert found["points"] >= points
    assert {"connect", "sendto", "recvfrom", "fdatasync"} <= set(found["calls"])


def test_an_outbox_that_does_not_mark_what_may_leave_is_caught_by_this_test() -> None:
    """The control: it sends twice."""
    (faults,) = sweep("send", 1, "unmarked")["bad"].values()
    assert any(fault.startswith("twice") for fault in faults)
