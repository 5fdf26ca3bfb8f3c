"""`onward erase PERSON`: forgets a person in everything that Onward keeps."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

import click

from agent.cli.options import config_option
from agent.errors import Misconfigured, NeedsHuman, Unavailable
from agent.settings import Settings, words

if TYPE_CHECKING:
    from agent.store import Store
    from agent.store.erase import Counts

T = TypeVar("T")
PATIENCE = 30  # seconds to wait for a mail that is leaving, and for whoever is reading the store
NAMES = {
    "messages": ("mail", "mails"),
    "bodies": ("text", "texts"),
    "events": ("event", "events"),
    "deals": ("deal", "deals"),
    "cards": ("card", "cards"),
    "words": ("word of yours", "words of yours"),
}


@click.command()
@click.argument("person", metavar="PERSON")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
@config_option
def command(settings: Settings, person: str, yes: bool, as_json: bool) -> None:
    """Forget a person, named by an e-mail address, everywhere. What your mail provider, calendar and CRM hold stays there."""
    from agent.store import Store

    address = _address(settings, person)
    if not yes:
        _ask(address)
    store = Store.open(settings.store)
    try:
        counts = _erase(store, address)
    finally:
        store.close()
    if as_json:
        json.dump(asdict(counts), sys.stdout)
        sys.stdout.write("\n")
    else:
        click.echo(f"Forgotten: {_told(counts)}.")
    if counts.drafts:
        click.echo("A draft to this person lies in your Drafts, and Onward does not know of it any more: delete it there.", err=True)
    _still_named(settings, address)


def _address(settings: Settings, person: str) -> str:
    try:
        found = words.email(person)
    except ValueError as fault:
        raise click.UsageError(str(fault)) from None
    if found.key in settings.rules.rep.keys:
        raise Misconfigured(["onward: this is the rep's own address, which stands everywhere; to forget all, delete the store"])
    return found.email


def _ask(address: str) -> None:
    if not sys.stdin.isatty():
        raise click.UsageError("nobody is there to confirm it; add --yes")
    click.confirm(f"Forget {address} in all mail, meetings, deals and cards kept here? This cannot be undone.", abort=True, err=True)


def _erase(store: Store, address: str) -> Counts:
    from agent.store.erase import forgotten, scrub

    counts = _patiently(lambda: forgotten(store, address, datetime.now(UTC)), "run the same command again in a minute")
    later = "the person is forgotten; what is left of the old pages goes with the next round of Onward, or run the same command again"
    _patiently(lambda: scrub(store), later)
    return counts


def _patiently(act: Callable[[], T], otherwise: str) -> T:
    """Waits for a mail that is just leaving, and for readers to let go of the old pages."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return act()
        except Unavailable as fault:
            if time.monotonic() > until:
                raise NeedsHuman(fault.told, otherwise) from None
            time.sleep(0.5)


def _told(counts: Counts) -> str:
    if counts.nothing:
        return "nothing was kept about this person; what is read from now on is left out too"
    return ", ".join(f"{n:,} {NAMES[name][n != 1]}" for name, n in asdict(counts).items() if n and name in NAMES)


def _still_named(settings: Settings, address: str) -> None:
    lines = settings.path.read_text("utf-8", "replace").lower().splitlines()
    for number, line in enumerate(lines, 1):
        if address in line:
            click.echo(f"{settings.path.name}:{number}: names this person; take it out if it is to be forgotten too", err=True)
