"""Killed anywhere, and again while it recovers: nothing is sent twice, nothing is lost, nothing leaves unapproved.

`CRASH=all pytest tests/crash` takes two mails and every system call instead of those that differ (an hour or so).
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
from tests.rigs import postgres

EXTENT = os.environ.get("CRASH", "every")
pytestmark = [
    pytest.mark.skipif(not trace.available(), reason="needs ptrace(2) of Linux"),
    pytest.mark.timeout(400 if EXTENT == "every" else 20_000),
]


def sweep(what: str, mode: str, extent: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.crash.sweep", what, mode, extent]
    ended = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


@pytest.mark.parametrize(
    ("what", "mode", "ends"),
    [
        ("folder", "send", {"sent"}),
        ("folder", "draft", {"laid"}),
        ("server", "send", {"sent", "held"}),  # whose Sent folder shows nothing: what is in doubt stays in doubt
    ],
)
def test_killed_anywhere_each_mail_is_sent_once_or_visibly_held(what: str, mode: str, ends: set[str]) -> None:
    found = sweep(what, mode, EXTENT)
    assert found["bad"] == {}
    assert set(found["states"]) == ends
    assert found["points"] > 20
    assert {"pwrite64", "fdatasync"} <= set(found["calls"])


def test_killed_anywhere_with_its_store_on_a_server_each_mail_is_sent_once() -> None:
    """PostgreSQL lives on, and ends what was begun as it does for any client that goes away: points of the talk with it are tried."""
    needed(postgres.binaries(), "PostgreSQL")
    found = sweep("postgres", "send", EXTENT if EXTENT == "all" else "8")
    assert found["bad"] == {}
    assert set(found["states"]) == {"sent"}
    assert found["points"] >= 8
    assert {"connect", "sendto", "recvfrom", "rename"} <= set(found["calls"])


def test_rounds_that_are_killed_anywhere_hold_each_mail_once_and_conclude_what_follows_from_it() -> None:
    """Cursor, mail and conclusions: what one of them has, all have."""
    found = sweep("rounds", "send", EXTENT if EXTENT == "all" else "4")
    assert found["bad"] == {}
    assert set(found["states"]) == {"withdrawn"}  # it opened after the meeting, and then they wrote
    assert found["points"] >= 4
    assert {"pwrite64", "fdatasync"} <= set(found["calls"])


@pytest.mark.parametrize("what", ["blind folder", "blind server"])
def test_a_courier_that_ignores_claims_is_caught_by_this_test(what: str) -> None:
    """The control: it sends twice."""
    (faults,) = sweep(what, "send", "first")["bad"].values()
    assert any(fault.startswith("twice") for fault in faults)
