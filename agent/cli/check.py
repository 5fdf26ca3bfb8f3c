"""`onward check`: all problems of the configuration at once, then whether each source can be read."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from agent.cli.options import config_option
from agent.settings import Settings

MOST = 20  # lines of one sort below a source


@click.command()
@click.option("--offline", is_flag=True, help="Check the configuration only; connect to nothing.")
@config_option
def command(settings: Settings, offline: bool) -> int:
    """Check the configuration, then try each connection read-only."""
    for warning in settings.warnings:
        click.echo(f"warning: {warning}", err=True)
    click.echo(f"{settings.path}: the configuration is good ({summary(settings)})")
    return 0 if offline else tried(settings)


def summary(settings: Settings) -> str:
    """What was understood, in a line."""
    working = settings.rules.rep.working
    kinds = ", ".join(f"{port}: {' + '.join(s.kind for s in found)}" for port, found in settings.sections.items())
    return f"{settings.rules.rep.address.email}, {working.zone.key}, {len(settings.rules.stages)} stages; {kinds}"


def tried(settings: Settings) -> int:
    """Says how each source and the outbox fared; 1 if one cannot be used."""
    from agent import wiring
    from agent.cli.report import clean, set_apart

    found = wiring.probe(settings, datetime.now(UTC))
    for probed in found:
        state = probed.state
        aside = f", {state.quarantined} quarantined" if state.quarantined else ""
        good = state.status == "ok"
        said = state.says.removeprefix(f"{state.section}: ")
        count = f"{state.items} item{'' if state.items == 1 else 's'}{aside}"
        says = said or count if good else said or "it cannot be read"
        click.echo(f"{state.section} ({state.kind}): {state.status}, {says}", err=not good)
        for text in _told([f"warning: {clean(text)}" for text in probed.warnings], "warnings"):
            click.echo(f"  {text}")
        for text in _told([f"set apart: {set_apart(q.item, q.why)}" for q in probed.quarantined], "items set apart"):
            click.echo(f"  {text}")
    return int(any(probed.state.status != "ok" for probed in found))


def _told(lines: list[str], what: str) -> list[str]:
    rest = len(lines) - MOST
    return [*lines[:MOST], *([f"and {rest} more {what}"] if rest > 0 else [])]
