"""The data that ships with the program (`config/`): lists, playbook, templates, the sample rep.

It is as constant as code: read once, never written. Beside the sources it lies in `config/`, in a wheel in `agent/_config/`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


def folder() -> Path:
    """Where the bundled data lies."""
    inside = Path(__file__).with_name("_config")
    return inside if inside.is_dir() else Path(__file__).parent.parent / "config"


@cache
def lines(name: str) -> tuple[str, ...]:
    """The entries of `config/lists/NAME.txt`, lower-cased: a line each, `#` begins a comment."""
    text = (folder() / "lists" / f"{name}.txt").read_text("utf-8")
    return tuple(entry.lower() for line in text.splitlines() if (entry := line.split("#")[0].strip()))


def suffix_rules() -> tuple[str, ...]:
    """The rules of the public suffix list, private section included, as the library ships them."""
    from publicsuffixlist import PSLFILE

    text = Path(PSLFILE).read_text("utf-8")
    return tuple(rule for rule in text.splitlines() if rule and not rule.startswith("//"))
