"""The wheel is all that an installation needs: built, put alone into a new environment, and run far from the sources."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
BIN = "Scripts" if os.name == "nt" else "bin"
MAIL = """From: Pat Lee <pat@acme.example>
To: dana@northwind.example
Date: Thu, 05 Mar 2026 11:30:00 -0500
Message-ID: <a1@acme.example>
Subject: Acme demo

Could you send us the quote?
"""
FILES = {
    "mail/a1.eml": MAIL,
    "calendar.ics": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nEND:VCALENDAR\r\n",
    "deals.yaml": "- {id: D-17, name: Acme rollout, stage: Proposal, account: {name: Acme, domains: [acme.example]}}\n",
    "onward.yaml": """rep: {name: Dana Reyes, email: dana@northwind.example, timezone: America/New_York, holidays: US}
mail: {kind: folder, path: mail}
calendar: {kind: folder, path: calendar.ics}
deals: {kind: folder, path: deals.yaml}
""",
}
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.xdist_group("wheel")]


def run(*command: str | Path, cwd: Path) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, check=False, cwd=cwd, env=clean, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`onward` in an environment that holds the locked run-time dependencies and the wheel, and nothing else."""
    here = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", here, ROOT, cwd=here)
    (wheel,) = here.glob("onward-*.whl")
    venv.create(here / "env", with_pip=False)
    into = [*pip, "--python", here / "env" / BIN / "python"]
    run(*into, "install", "--require-hashes", "--only-binary", ":all:", "-r", ROOT / "requirements.lock", cwd=here)
    run(*into, "install", "--no-deps", "--no-index", wheel, cwd=here)
    run(*into, "check", cwd=here)  # the lock has all that the wheel asks for
    return here / "env" / BIN / "onward"


def test_the_wheel_alone_tells_its_version(command: Path, tmp_path: Path) -> None:
    assert VERSION in run(command, "--version", cwd=tmp_path)


def test_the_wheel_alone_scans_a_mailbox_with_the_data_it_bundles(command: Path, tmp_path: Path) -> None:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    found = json.loads(run(command, "scan", "--json", "--now", "2026-03-09T15:00:00Z", cwd=tmp_path))
    assert [thread["deal"] for thread in found["threads"]] == ["D-17"]
    assert [card["kind"] for card in found["cards"]] == ["reply_owed"]
