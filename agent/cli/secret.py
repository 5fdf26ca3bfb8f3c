"""`onward secret NAME`: keeps a password or token for the configuration."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Literal

import click

from agent.errors import Misconfigured, NeedsHuman

Keep = Literal["auto", "keyring", "file"]


@click.command()
@click.argument("name")
@click.option("--keep", type=click.Choice(["auto", "keyring", "file"]), default="auto", help="Where (default: the keyring if it works).")
@click.option("--stdin", "piped", is_flag=True, help="Read it from standard input instead of asking.")
@click.option("--config", metavar="PATH", help="The configuration it is for (default: as everywhere).")
def command(name: str, keep: Keep, piped: bool, config: str | None) -> None:
    """Keep a password or token, and say how onward.yaml refers to it. A secret of that name is replaced."""
    from agent.settings import vault

    try:
        vault.checked(name)
    except ValueError as fault:
        raise click.UsageError(str(fault)) from None
    folder = _folder(config or click.get_current_context().find_root().params.get("config"))
    text = piped_secret() if piped else asked_secret(name)
    click.echo(f"Kept. In onward.yaml it is: {kept(name, text, folder, keep)}")


def kept(name: str, text: str, folder: Path, keep: Keep = "auto") -> str:
    """Keeps it, and gives what stands in the file for it. Raises `NeedsHuman`."""
    from agent.settings import vault

    if keep != "file":
        try:
            vault.into_keyring(name, text)
        except NeedsHuman:
            if keep == "keyring":
                raise
        else:
            return f"!keyring {name}"
    vault.into_file(name, text, folder, os.environ)
    return f"!secret {name}"


def named(text: str) -> str:
    """A secret's name after an address or the like."""
    return re.sub(r"[^A-Za-z0-9._@+-]", "-", text).lstrip("._@+-")[:120] or "rep"


def piped_secret() -> str:
    text = sys.stdin.readline(65_536).rstrip("\r\n")
    if not text:
        raise click.UsageError("nothing came on standard input")
    return text


def asked_secret(name: str) -> str:
    if not sys.stdin.isatty():
        raise click.UsageError("nobody is there to type it; add --stdin")
    return str(click.prompt(name, hide_input=True, err=True))


def _folder(given: str | None) -> Path:
    """Of the configuration; the current one where there is none yet."""
    from agent import settings

    try:
        return settings.find(given).absolute().parent
    except Misconfigured:
        return Path(given).absolute().parent if given else Path.cwd()
