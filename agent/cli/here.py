"""What every command of `onward inbox` works on."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from agent.cli.options import config_option, when_option
from agent.settings import Settings

if TYPE_CHECKING:
    from agent.desk import Desk
    from agent.store import Store
    from agent.store.decisions import CardRow


@dataclass(frozen=True)
class Here:
    """One command's view of the inbox."""

    settings: Settings
    store: Store
    desk: Desk
    now: datetime
    as_json: bool

    def card(self, word: str) -> CardRow:
        """By its ref, a beginning of it that names one card, or its key."""
        from agent.store import decisions

        with self.store.read() as connection:
            found = decisions.find(connection, word)
            near = [] if found or len(word) < 3 else decisions.named(connection, word.lower())
        if found or len(near) == 1:
            return found or near[0]
        if near:
            raise click.UsageError(f"{word[:40]!r} is the beginning of several cards: {', '.join(card.ref for card in near[:5])}")
        raise click.UsageError(f"there is no card {word[:40]!r}; `onward inbox` lists them")

    def deal(self, name: str) -> str:
        from agent.desk.views import look

        with self.store.read() as connection:
            known = list(look.brief(connection))
        same = [each for each in known if each == name] or [each for each in known if each.casefold() == name.casefold()]
        if len(same) != 1:
            raise click.UsageError(f"there is no deal {name[:60]!r}")
        return same[0]

    def say(self, document: dict[str, Any], *lines: str) -> None:
        if self.as_json:
            json.dump(document, sys.stdout, ensure_ascii=False, indent=1)
            sys.stdout.write("\n")
        for each in () if self.as_json else lines:
            click.echo(each)

    def check_now(self) -> None:
        """A round before its time, by the process that works, if one does."""
        from agent.store import said

        with self.store.begin() as connection:
            said.ask_round(connection, self.now)

    def moved(self, card: CardRow, says: str, **more: Any) -> None:
        """What an act has made of a card."""
        from agent.store import decisions

        with self.store.read() as connection:
            now_is = decisions.known(connection, card.key)
        self.say({"ref": now_is.ref, "state": now_is.state, "version": now_is.version, **more}, says)

    def show(self, lines: Iterable[Any]) -> None:
        from rich.console import Console

        from agent.cli.report import show

        console = Console()
        for each in lines:
            show(each, console)


@contextmanager
def _opened(settings: Settings, now: datetime | None, as_json: bool) -> Iterator[Here]:
    from agent.office import Office

    moment = now or datetime.now(UTC)
    office = Office.open(settings, moment)
    try:
        yield Here(settings, office.store, office.desk, moment, as_json)
    finally:
        office.close()


def act(command: Callable[..., None]) -> Callable[..., Any]:
    """`--json`, `--now` and `--config`; the command is called with what it works on."""

    @click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
    @when_option
    @config_option
    @wraps(command)
    def wrapped(settings: Settings, now: datetime | None, as_json: bool, **arguments: Any) -> None:
        with _opened(settings, now, as_json) as here:
            command(here, **arguments)

    return wrapped
