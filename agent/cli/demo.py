"""`onward demo`: the main job on the sample rep that ships with the program; no account, no network.

Its clock starts at the moment that the sample's mail is dated around, and goes on from there: also after a restart in the
same folder.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console

from agent import bundled, settings
from agent.cli import report, scan
from agent.errors import NeedsHuman

SAMPLE = ("mail", "outbox", "calendar.ics", "deals.yaml", "onward.yaml", "now.txt")
BEGUN = "begun.txt"  # when the demo was first started in this folder


@click.command("demo")
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path), help="Keep the workspace in this folder; started again, it goes on."
)
@click.option("--serve/--no-serve", default=None, help="Open the inbox after the report (at a terminal: yes).")
@click.option("--port", type=click.IntRange(0, 65_535), help="Where the inbox is served; 0 takes a free port.")
def command(into: Path | None, serve: bool | None, port: int | None) -> int:
    """Show a round on a sample rep, and open its inbox: a quarter of mail, meetings and deals."""
    wanted = sys.stdout.isatty() if serve is None else serve
    if into:
        return _in(workspace(into), into, port, wanted)
    with tempfile.TemporaryDirectory(prefix="onward-demo-") as folder:
        return _in(fill(Path(folder)), None, port, wanted)


def _in(config: Path, kept: Path | None, port: int | None, wanted: bool) -> int:
    if not (wanted and (config.parent / "onward.db").exists()):
        show(config)
        click.echo(_further(config, kept))
    return inbox(config, port) if wanted else 0


def _further(config: Path, kept: Path | None) -> str:
    if kept is None:
        return "\nTry next: onward demo --into DIR --serve, which keeps the sample and opens the inbox where these drafts are approved."
    asked = f"--config {config} --now {moment().isoformat()}"
    return (
        f"\nThe workspace is {kept}. Open its inbox, where these drafts are approved: onward demo --into {kept} --serve"
        f"\nScan it again: onward scan {asked}"
        f"\nWhy a deal, meeting or thread has a card, or none: onward explain LF-101 {asked}"
    )


def moment() -> datetime:
    """The sample's now; its mail and meetings are dated around it."""
    return datetime.fromisoformat((bundled.folder() / "demo" / "now.txt").read_text("utf-8").strip())


def clock(folder: Path) -> Callable[[], datetime]:
    """The sample's time: what has passed since the demo was first started here has passed there too."""
    place = folder / BEGUN
    if not place.exists():
        place.write_text(datetime.now(UTC).isoformat() + "\n", "utf-8")
    ahead = moment() - datetime.fromisoformat(place.read_text("utf-8").strip())
    return lambda: datetime.now(UTC) + ahead


def inbox(config: Path, port: int | None) -> int:
    """The daemon and its inbox over the sample, until a signal."""
    from agent.cli import run

    checked = settings.load(config)
    click.echo(
        "\nMail that you approve leaves ten seconds later, as a file, for " + str(config.parent / "outbox" / "sent") + "; Ctrl-C ends."
    )
    return run.serve(checked, clock(config.parent), checked.inbox.port if port is None else port, open_=sys.stdout.isatty())


def workspace(folder: Path) -> Path:
    """The `onward.yaml` of a demo that was begun in this folder, or of a new one."""
    known = folder / "onward.yaml"
    if (folder / "now.txt").exists() and known.exists():
        return known
    return filled(folder)


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
