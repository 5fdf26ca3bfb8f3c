"""The service's file is written once, right, and never over somebody else's."""

from __future__ import annotations

import os
import plistlib
import shutil
import stat
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from agent.cli import main

CONFIG = """\
rep: {name: Dana Reyes, email: dana@northwind.example, timezone: America/New_York}
mail: {kind: folder, path: mail}
calendar: {kind: folder, path: calendar.ics}
deals: {kind: folder, path: deals.yaml}
"""


class Ran(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


class Home:
    """A home of its own, with a `systemctl` and a `launchctl` that write down what they were told."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys
        self.folder, self.config = folder, folder / "a b%$" / "onward.yaml"
        self.config.parent.mkdir()
        self.config.write_text(CONFIG)
        self.told = folder / "told"
        self.bin = folder / "bin"
        self.bin.mkdir()
        for name in ("systemctl", "launchctl"):
            self.program(name, f'echo "$(basename "$0") $*" >> {self.told}')

    def program(self, name: str, script: str) -> None:
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def __call__(self, *words: str) -> Ran:
        status = main.run(["service", *words, "--config", str(self.config)])
        said = self.capsys.readouterr()
        return Ran(status, said.out, said.err)

    @property
    def unit(self) -> Path:
        return self.folder / ".config/systemd/user/onward.service"

    def calls(self) -> list[str]:
        return self.told.read_text().splitlines() if self.told.exists() else []


@pytest.fixture
def home(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Home:
    made = Home(tmp_path, capsys)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", f"{made.bin}:/usr/bin:/bin")
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return made


def test_print_only_prints(home: Home) -> None:
    ran = home("install", "--print", "--systemd")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert not home.unit.exists()
    assert home.calls() == []
    for line in (
        "Type=notify",
        "Restart=on-failure",
        "WatchdogSec=15min",
        "UMask=0077",
        "LimitCORE=0",
        "WantedBy=default.target",
        "NoNewPrivileges=yes",
    ):
        assert line in ran.stdout.splitlines()


def test_no_character_of_a_path_means_anything_to_systemd(home: Home) -> None:
    (line,) = [x for x in home("install", "--print", "--systemd").stdout.splitlines() if x.startswith("ExecStart=")]
    assert line.endswith('a b%%$$/onward.yaml"')


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_itself_finds_nothing_wrong_with_the_unit(home: Home, tmp_path: Path) -> None:
    unit = tmp_path / "onward.service"
    unit.write_text(home("install", "--print", "--systemd").stdout)
    ran = subprocess.run(
        ["systemd-analyze", "--user", "verify", str(unit)],
        env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "onward" not in ran.stderr


def test_install_writes_starts_and_tells_about_lingering(home: Home) -> None:
    ran = home("install", "--systemd")
    assert ran.returncode == 0, ran.stderr
    assert home.unit.read_text() == home("install", "--print", "--systemd").stdout
    assert home.calls() == [f"systemctl --user {act}" for act in ("daemon-reload", "enable onward", "restart onward")]
    assert "loginctl enable-linger" in ran.stdout


def test_a_file_that_differs_is_overwritten_by_force_alone(home: Home) -> None:
    home.unit.parent.mkdir(parents=True)
    home.unit.write_text("[Service]\nExecStart=mine\n")
    ran = home("install", "--systemd")
    assert (ran.returncode, home.calls()) == (1, [])
    assert "--force" in ran.stderr
    assert home.unit.read_text() == "[Service]\nExecStart=mine\n"
    assert home("uninstall", "--systemd").returncode == 1
    assert home.unit.exists()
    assert home("install", "--systemd", "--force").returncode == 0
    assert "Type=notify" in home.unit.read_text()


def test_install_twice_is_no_difference(home: Home) -> None:
    assert [home("install", "--systemd").returncode for _ in range(2)] == [0, 0]


def test_uninstall_stops_it_and_takes_the_file_away(home: Home) -> None:
    home("install", "--systemd")
    ran = home("uninstall", "--systemd")
    assert ran.returncode == 0, ran.stderr
    assert not home.unit.exists()
    assert home.calls()[-1] == "systemctl --user disable --now onward"
    assert "not installed" in home("uninstall", "--systemd").stdout


def test_status_tells_whether_it_runs(home: Home) -> None:
    assert home("status", "--systemd").returncode == 1
    home("install", "--systemd")
    assert (home("status", "--systemd").returncode, home("status", "--systemd").stdout.splitlines()[-1]) == (0, "it runs")
    home.program("systemctl", "echo inactive; exit 3")
    ran = home("status", "--systemd")
    assert (ran.returncode, "it does not run (inactive)" in ran.stdout) == (1, True)


def test_a_manager_that_is_not_there_leaves_the_commands_to_type(home: Home) -> None:
    home.program("systemctl", "echo Failed to connect to bus >&2; exit 1")
    ran = home("install", "--systemd")
    assert ran.returncode == 1
    assert "Failed to connect to bus" in ran.stderr
    assert "systemctl --user daemon-reload && systemctl --user enable onward && systemctl --user restart onward" in ran.stderr
    assert home.unit.exists()


def test_launchd_gets_a_property_list(home: Home) -> None:
    ran = home("install", "--launchd")
    assert ran.returncode == 0, ran.stderr
    made = plistlib.loads((home.folder / "Library/LaunchAgents/onward.plist").read_bytes())
    assert made["ProgramArguments"][-4:] == ["agent", "run", "--config", str(home.config)]
    assert (made["RunAtLoad"], made["KeepAlive"], made["Umask"]) == (True, {"SuccessfulExit": False}, 0o077)
    assert home.calls()[0].startswith("launchctl bootstrap gui/")


def test_secrets_by_environment_are_spoken_of(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORE", "sqlite:///x.db")
    home.config.write_text(CONFIG + "store: !env STORE\n")
    assert "~/.config/onward/environment" in home("install", "--systemd").stdout
