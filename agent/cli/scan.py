"""`onward scan`: one round, read-only."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import click

from agent.cli.options import config_option, when_option
from agent.settings import Settings


def run(settings: Settings, now: datetime) -> Any:
    """One round over the configured sources."""
    from agent import cycle, wiring

    feeds = [cycle.Feed(n.section, n.kind, n.source, n.source if n.section == "mail" else None) for n in wiring.sources(settings, now)]
    return cycle.round_once(feeds, settings.rules, wiring.drafter(settings, now), wiring.template(settings, now), now)


def document(settings: Settings, now: datetime) -> dict[str, Any]:
    """The JSON document of one round."""
    from agent.cli.document import document as shape

    found = shape(run(settings, now))
    found["warnings"] = [*settings.warnings, *found["warnings"]]
    return found


def complain(found: dict[str, Any]) -> int:
    """Says on stderr what needs a person; the exit status."""
    bad = [s for s in found["sources"] if s["status"] != "ok"]
    for source in bad:
        says = source.get("says") or source["status"]
        known = says.startswith(f"{source['section']}: ")
        click.echo(f"onward: {says if known else source['section'] + ': ' + says}", err=True)
    return 1 if bad else 0


def written(found: dict[str, Any]) -> Iterator[str]:
    """As JSON, each item of its lists on a line: `json.dump` is slow in pieces and large as a whole."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for place, (name, value) in enumerate(found.items()):
        yield f"{',' if place else '{'}\n{encode(name)}: "
        if isinstance(value, list):
            yield "["
            yield from (f"{',' if number else ''}\n{encode(item)}" for number, item in enumerate(value))
            yield "]"
        else:
            yield encode(value)
    yield "\n}\n"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
@when_option
@config_option
def command(settings: Settings, now: datetime | None, as_json: bool) -> None:
    """One round, read-only: read, match, detect, draft, print. Stores nothing, sends nothing."""
    gc.disable()  # the process is short and its nouns hold no cycles; looking for some costs a quarter of all work in a large mailbox
    found = document(settings, now or datetime.now(UTC))
    if as_json:
        sys.stdout.writelines(written(found))
    else:
        from rich.console import Console

        from agent.cli.report import render

        render(found, Console(), settings.rules.rep.working.zone)
    gc.freeze()  # nor does the process look for them when it ends
    sys.exit(complain(found))
