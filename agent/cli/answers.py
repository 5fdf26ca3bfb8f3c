"""What `onward init` was told: on the command line, else at the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click


@dataclass
class Answers:
    """What was given on the command line, and asking for the rest."""

    given: Mapping[str, Any]
    folder: Path
    ask: bool
    lookups: Any = None  # for the search; None: the network's

    def get(self, name: str, question: str, default: str = "", check: Callable[[str], Any] = str.strip) -> str:
        """The answer, as it was given; `check` raises `ValueError` for what is none."""
        text = self.given.get(name)
        if text is None and not self.ask:
            text = default
        while True:
            text = click.prompt(question, default=default or None, err=True) if text is None else text
            try:
                check(text)
            except ValueError as fault:
                if not self.ask or self.given.get(name) is not None:
                    raise click.UsageError(f"--{name}: {fault}") from None
                click.echo(str(fault), err=True)
                text = None
            else:
                return str(text).strip()
