"""The sample rep, and `onward demo` that shows it."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from agent import bundled, settings
from agent.cli import demo, scan
from agent.cli.report import IGNORED, KINDS, RUNGS, VERDICTS
from tests.builders import Story, load
from tests.judge import faults
from tools.sample_rep import __main__ as sample

SAMPLE = bundled.folder() / "demo"
EXPECTED: dict[str, Any] = load(Path(__file__).with_name("demo_expected.yaml"))


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return scan.document(settings.load(SAMPLE / "onward.yaml"), demo.moment())


def test_the_sample_is_what_its_script_writes(tmp_path: Path) -> None:
    sample.write(tmp_path)
    assert files(tmp_path) == files(SAMPLE)


def test_the_sample_is_small() -> None:
    assert sum(map(len, files(SAMPLE).values())) < 2_000_000


def test_the_sample_is_a_quarter_of_a_rep() -> None:
    assert len(load(SAMPLE / "deals.yaml")) >= 25
    assert len(list(SAMPLE.rglob("*.eml"))) >= 500
    assert (SAMPLE / "calendar.ics").read_text("utf-8").count("BEGIN:VEVENT") >= 60


def test_everybody_in_the_sample_is_invented() -> None:
    text = "\n".join(content.decode() for content in files(SAMPLE).values()).replace("\r\n ", "").replace("\n ", "")
    hosts = set(re.findall(r"@([\w.-]+\.[a-z]+)\b", text))
    assert {host for host in hosts if not host.endswith(".example")} == set()


def test_every_word_of_the_documentation_occurs_in_the_sample() -> None:
    """Each verdict and each reason to ignore a meeting, each rung, each kind as a card or in passing."""
    verdicts = {value.split()[0] for value in EXPECTED["meetings"].values()}
    assert verdicts == set(VERDICTS) | {f"ignored:{reason}" for reason in IGNORED}
    in_passing = {kind for kinds in EXPECTED["findings"].values() for kind in kinds}
    assert {*EXPECTED["cards"].values(), *in_passing, *EXPECTED["notices"].values()} >= set(KINDS)
    assert {*EXPECTED["rung"].values()} == set(RUNGS)


def test_the_sample_is_judged_as_intended(document: dict[str, Any]) -> None:
    story = sample.story()
    assert faults(Story({**story.data, "expect": EXPECTED}), document) == []


def test_ten_cards_today_and_the_rest_waits(document: dict[str, Any]) -> None:
    assert sum(not card.get("waiting") for card in document["cards"]) == 10


def test_a_lookalike_in_a_thread_is_warned_of(document: dict[str, Any]) -> None:
    card = next(card for card in document["cards"] if card["deal"] == "LF-101")
    assert any("ha1denfoods.example" in warning for warning in card["warnings"])


def test_demo_shows_the_report() -> None:
    shown = CliRunner().invoke(demo.command, [], catch_exceptions=False)
    assert shown.exit_code == 0
    assert "13 cards (3 waiting)" in shown.output
    assert "Onward · Thursday 12 March 2026, 16:00" in shown.output


def test_demo_leaves_a_workspace_where_asked(tmp_path: Path) -> None:
    CliRunner().invoke(demo.command, ["--into", str(tmp_path / "try")], catch_exceptions=False)
    assert files(tmp_path / "try") == files(SAMPLE)


def test_demo_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(click.UsageError):
        demo.fill(tmp_path)
    assert files(tmp_path) == {"mine.txt": b"mine"}


def test_a_demo_that_was_begun_goes_on_in_its_folder(tmp_path: Path) -> None:
    """And its clock with it."""
    folder = tmp_path / "try"
    demo.workspace(folder)
    first = demo.clock(folder)()
    (folder / "outbox" / "sent" / "mine.eml").write_text("kept")
    assert demo.workspace(folder) == folder / "onward.yaml"
    assert (folder / "outbox" / "sent" / "mine.eml").read_text() == "kept"
    assert first <= demo.clock(folder)() < first + timedelta(minutes=5)
    assert timedelta(0) <= first - demo.moment() < timedelta(minutes=5)
