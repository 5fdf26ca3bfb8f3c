"""What a test starts that is not part of Python."""

from __future__ import annotations

import os

import pytest


def needed(there: object, what: str) -> None:
    """Where it is not installed the test is left out, with the reason; where all tests must run it fails."""
    if not there:
        reason = f"{what} is not installed"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
