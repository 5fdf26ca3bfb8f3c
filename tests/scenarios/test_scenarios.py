"""Every `*.yaml` below this folder is one story: a mailbox, a calendar, a CRM, a moment, and what must be concluded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from agent import settings
from agent.cli import scan
from agent.errors import Misconfigured
from tests.builders import Story, load
from tests.judge import CHECKS, faults

STORIES = sorted(Path(__file__).parent.rglob("*.yaml"))
KEYS = {"story", "now", "rep", "config", "deals", "events", "uids", "mail", "raw_mail", "raw_calendar", "lf", "files", "without", "expect"}


def scanned(story: Story, folder: Path) -> tuple[int, Mapping[str, Any]]:
    """Exit status and document."""
    try:
        document = scan.document(settings.load(story.write(folder)), story.now)
    except Misconfigured:
        return 2, {"cards": []}
    return scan.complain(document), document


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story_holds(path: Path, tmp_path: Path) -> None:
    story = Story(load(path))
    expect = story.data["expect"]
    began = monotonic()
    status, document = scanned(story, tmp_path)
    assert monotonic() - began < expect.get("seconds", 20)
    assert status == expect.get("exit", 0)
    assert faults(story, document) == []


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story_is_spelt_right(path: Path) -> None:
    """A misspelt key would expect nothing."""
    data = load(path)
    assert not set(data) - KEYS
    assert data["story"]
    assert data["expect"]
    assert not set(data["expect"]) - set(CHECKS) - {"exit", "seconds"}
