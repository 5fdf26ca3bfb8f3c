"""`onward demo`: one round on the sample rep that ships with the program; no account, no network."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console

from agent import bundled, settings
from agent.cli import report, scan
from agent.errors import NeedsHuman

SAMPLE = ("mail", "calendar.ics", "deals.yaml", "onward.yaml", "now.txt")


@click.command("demo")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="Keep the workspace in this folder, to try things on.")
def command(into: Path | None) -> None:
    """Show a round on a sample rep: a quarter of mail, meetings and deals."""
    if into:
        show(filled(into))
        asked = f"--config {into / 'onward.yaml'} --now {moment().isoformat()}"
        click.echo(f"\nThe workspace is {into}; scan it again with: onward scan {asked}")
        click.echo(f"Why a deal, meeting or thread has a card, or none, says: onward explain LF-101 {asked}")
        return
    with tempfile.TemporaryDirectory(prefix="onward-demo-") as folder:
        show(fill(Path(folder)))
    click.echo(
        "\nTry next: onward demo --into DIR, which keeps the sample and says how to ask why: onward explain LF-101, onward explain Kestrel."
    )


def moment() -> datetime:
    """The sample's now; its mail and meetings are dated around it."""
    return datetime.fromisoformat((bundled.folder() / "demo" / "now.txt").read_text("utf-8").strip())


def fill(folder: Path) -> Path:
    """Copies the sample into an empty or new folder and returns its `onward.yaml`."""
    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"{folder} is not empty, and a demo overwrites nothing; name a new folder after --into")
    for name in SAMPLE:
        source, target = bundled.folder() / "demo" / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copyfile(source, target)
    return folder / "onward.yaml"


def filled(folder: Path) -> Path:
    """The same for a folder that a person named."""
    try:
        return fill(folder)
    except OSError as fault:
        why = (fault.strerror or "unknown fault").lower()
        raise NeedsHuman(f"{folder} cannot be written to ({why})", "name another folder after --into") from None


def show(config: Path) -> None:
    checked = settings.load(config)
    report.render(scan.document(checked, moment()), Console(), checked.rules.rep.working.zone)
