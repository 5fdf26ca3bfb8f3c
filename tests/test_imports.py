"""Starting costs nothing that is not used."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = [
    "cryptography",
    "dns",
    "holidays",
    "jinja2",
    "keyring",
    "platformdirs",
    "publicsuffixlist",
    "rapidfuzz",
    "rich",
    "ruamel",
    "selectolax",
    "yaml",
]


def loaded(*arguments: str) -> set[str]:
    """Top-level modules in memory after `onward ARGUMENTS` has ended."""
    code = f"""
import atexit, sys
atexit.register(lambda: print("\\n" + " ".join({{name.split(".")[0] for name in sys.modules}})))
sys.argv = ["onward", *{list(arguments)!r}]
from agent.cli.main import main
main()
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_version_and_help_load_no_library_but_click(arguments: list[str]) -> None:
    assert not loaded(*arguments) & set(HEAVY)
