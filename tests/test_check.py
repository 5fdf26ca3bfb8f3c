"""The command line: what is said where, and the exit status."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BASE = """\
rep: {name: Dana Reyes, email: dana@northwind.example, timezone: America/New_York}
mail: {kind: folder, path: mail}
calendar: {kind: folder, path: calendar.ics}
deals: {kind: folder, path: deals.yaml}
"""


def onward(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parent.parent
    environ = {"PYTHONPATH": str(root), "HOME": str(folder), "PATH": ""}
    return subprocess.run(
        [sys.executable, "-m", "agent", *arguments], check=False, capture_output=True, encoding="utf-8", cwd=folder, env=environ, timeout=60
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "onward.yaml").write_text(BASE)
    (tmp_path / "mail").mkdir()
    (tmp_path / "calendar.ics").write_text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nEND:VCALENDAR\r\n")
    (tmp_path / "deals.yaml").write_text("- {id: D-1, name: Rollout, stage: Demo, account: Acme}\n")
    return tmp_path


@pytest.mark.parametrize("arguments", [["check", "--config", "onward.yaml"], ["--config", "onward.yaml", "check"], ["check"]])
def test_a_good_configuration_with_sources_that_can_be_read_is_0(folder: Path, arguments: list[str]) -> None:
    done = onward(folder, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert "deals (folder): ok, 1 item" in done.stdout


def test_a_source_that_cannot_be_read_is_1_and_said_on_stderr(folder: Path) -> None:
    (folder / "mail").rmdir()
    done = onward(folder, "check")
    assert done.returncode == 1
    assert done.stderr.startswith("mail (folder): failed, ")
    assert "calendar (folder): ok" in done.stdout


def test_offline_connects_to_nothing(folder: Path) -> None:
    (folder / "mail").rmdir()
    assert onward(folder, "check", "--offline").returncode == 0


@pytest.mark.parametrize("command", [["check"], ["check", "--offline"], ["scan", "--json"]])
def test_every_problem_is_a_line_on_stderr_and_2(folder: Path, command: list[str]) -> None:
    (folder / "onward.yaml").write_text(BASE.replace("path: mail", "pth: mail").replace("America/New_York", "Mars") + "deliver: later\n")
    done = onward(folder, *command)
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["onward.yaml:1:", "onward.yaml:2:", "onward.yaml:5:"]
    assert lines[1] == "onward.yaml:2: unknown key 'pth' in mail; did you mean 'path'?"


def test_warnings_do_not_change_the_status(folder: Path) -> None:
    (folder / "onward.yaml").write_text(BASE + "company: {domains: [northwind.example, gmail.com]}\n")
    done = onward(folder, "check")
    assert done.returncode == 0
    assert done.stderr.startswith("warning: onward.yaml:5: company.domains: gmail.com")


@pytest.mark.parametrize(
    "arguments", [["bogus"], ["check", "--bogus"], ["scan", "--now", "noon"], ["check", "--config", "nope.yaml"], ["check", "more"]]
)
def test_wrong_usage_is_2_without_a_traceback(folder: Path, arguments: list[str]) -> None:
    done = onward(folder, *arguments)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_no_configuration_says_what_to_do(tmp_path: Path) -> None:
    done = onward(tmp_path, "check")
    assert done.returncode == 2
    assert "--config PATH" in done.stderr


def test_a_reader_that_leaves_early_is_no_fault(folder: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m agent --help | head -c 1 >/dev/null"],
        check=False, capture_output=True, text=True, cwd=Path(__file__).parent.parent, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_the_version_is_told_by_name(tmp_path: Path) -> None:
    assert onward(tmp_path, "--version").stdout.startswith("onward ")


def test_what_a_source_holds_beside_its_items_is_said_below_it(folder: Path) -> None:
    deals = "- {id: D-1, name: Rollout, stage: Demo, account: Acme, amount: lots}\n- {name: Nameless, stage: Demo}\n"
    (folder / "deals.yaml").write_text(deals)
    done = onward(folder, "check")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert f"  warning: no mail was found in {folder / 'mail'}; is it the right folder?" in lines
    below = lines[next(n for n, line in enumerate(lines) if line.startswith("deals (folder): ok, 1 item, 1 quarantined")) + 1 :]
    assert below[0].startswith("  warning: deals.yaml:1: amount is left out")
    assert below[1].startswith("  warning: deals.yaml:1: deal D-1: it has no address and no domain")
    assert below[2] == "  set apart: deals.yaml:2: id is missing"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", ["check --offline", "scan", "scan --json", "demo", "--help"])
def test_an_output_that_cannot_be_written_is_a_sentence(folder: Path, command: str) -> None:
    root = Path(__file__).parent.parent
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "agent", *command.split()],
            check=False, stdout=full, stderr=subprocess.PIPE, text=True, cwd=folder, env={"PYTHONPATH": str(root)}, timeout=60,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "onward: the output cannot be written (no space left on device)\n")


@pytest.mark.parametrize("word", ["help", "version"])
def test_help_and_version_are_options(folder: Path, word: str) -> None:
    assert f"write onward --{word}" in onward(folder, word).stderr
