"""What a test needs: programs that are not part of Python, and time."""

from __future__ import annotations

import os

import pytest


def needed(there: object, what: str) -> None:
    """Where it is not installed the test is left out, with the reason; where all tests must run it fails."""
    if not there:
        reason = f"{what} is not installed"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


SOAK = "ONWARD_SOAK" in os.environ


def often(usual: int, soak: int) -> int:
    """How often something is done: so often in every run, and so often where there are hours (ONWARD_SOAK=1)."""
    return soak if SOAK else usual
