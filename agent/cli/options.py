"""What several commands take: the configuration, and a moment to stand in for now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

import click

YEARS = (1971, 2199)  # of mail and of the tables of zones and holidays


class Moment(click.ParamType[datetime]):
    """ISO 8601; without an offset it is the rep's local time."""

    name = "ISO-8601"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            found = value if isinstance(value, datetime) else datetime.fromisoformat(value.strip())
        except ValueError:
            self.fail(f"{value!r} is no moment; write it like 2026-03-05T15:00:00-05:00", param, ctx)
        if not YEARS[0] <= found.year <= YEARS[1]:
            self.fail(f"{value!r} lies outside the years {YEARS[0]} to {YEARS[1]}", param, ctx)
        return found


def config_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--config PATH`, also where it stands before the command; the command is called with `settings`.

    A `now` without offset is put into the rep's zone.
    """

    @click.option("--config", metavar="PATH", help="The configuration (default: ./onward.yaml, then the user's configuration folder).")
    @wraps(command)
    def wrapped(config: str | None, **arguments: Any) -> Any:
        from agent import settings

        before = click.get_current_context().find_root().params.get("config")
        found = settings.load(settings.find(before if config is None else config))
        now = arguments.get("now")
        if now is not None and now.tzinfo is None:
            arguments["now"] = now.replace(tzinfo=found.rules.rep.working.zone)
        return command(settings=found, **arguments)

    return wrapped


when_option = click.option("--now", type=Moment(), help="Judge as of this moment; mail dated later is not there yet.")
