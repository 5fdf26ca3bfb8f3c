"""`onward doctor`: what is fresh, what is not, and what to do about it."""

from __future__ import annotations

import json
import shutil
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from sqlalchemy.engine import make_url

from agent.cli.options import config_option
from agent.errors import OnwardError
from agent.settings import Settings

if TYPE_CHECKING:
    from agent.daemon.health import Check
    from agent.store import Store

LITTLE, HARDLY = 500, 50  # MB of room on the disk: a warning, a fault
MARKS = {"pass": ("✓", "green"), "warn": ("!", "yellow"), "fail": ("✗", "red")}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
@click.option("--offline", is_flag=True, help="Connect to nothing: what is stored and set only.")
@config_option
def command(settings: Settings, as_json: bool, offline: bool) -> int:
    """Say what is fresh, what is not and what to do; exit status 1 if anything needs a person."""
    now = datetime.now(UTC)
    found = list(checks(settings, now, offline=offline))
    ok = all(check.level != "fail" for check in found)
    if as_json:
        json.dump({"now": now.isoformat(), "ok": ok, "checks": [asdict(c) for c in found]}, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        for check in found:
            _print(check)
    return 0 if ok else 1


def _print(check: Check) -> None:
    mark, colour = MARKS[check.level]
    click.echo(f"{click.style(mark, fg=colour)} {check.name}: {check.says}")
    if check.todo and check.level != "pass":
        click.echo(f"    → {check.todo}")


def checks(settings: Settings, now: datetime, *, offline: bool) -> Iterator[Check]:
    """Every line of the diagnosis. Nothing is created or changed, but for what an older version stored in an older form."""
    from agent.daemon.health import Check, health
    from agent.store import Store

    yield Check("configuration", "pass", str(settings.path))
    yield from (Check("configuration", "warn", warning, f"edit {settings.path}") for warning in settings.warnings)
    path = _file(settings.store)
    if path:
        yield _room(path)
    if path and not path.exists():
        yield Check("store", "warn", f"{path} is not there yet; the first round makes it", "onward run")
    else:
        try:
            store = Store.open(settings.store)
        except OnwardError as fault:
            yield Check("store", "fail", str(fault), getattr(fault, "hint", "") or "onward doctor")
        else:
            try:
                yield from _sound(store)
                found = health(store, settings, now)
                yield from (c for c in found.checks if c.name != "store" or c.level != "pass")
                yield from _unbooked(store)
                if found.holder:
                    yield _served(store, settings)
            finally:
                store.close()
    if not offline:
        yield from _answers(settings, now)


def _file(url: str) -> Path | None:
    made = make_url(url)
    return Path(made.database) if made.get_backend_name() == "sqlite" and made.database else None


def _room(path: Path) -> Check:
    from agent.daemon.health import Check

    folder = next(p for p in (path.parent, *path.parent.parents) if p.exists())
    free = shutil.disk_usage(folder).free // 1_000_000
    level, todo = ("fail", "make room") if free < HARDLY else ("warn", "make room") if free < LITTLE else ("pass", "")
    return Check("disk", level, f"{free:,} MB free where the store is", todo)  # type: ignore[arg-type]


def _sound(store: Store) -> Iterator[Check]:
    """A database file that was damaged is noticed before its holes are."""
    from agent.daemon.health import Check

    if store.path is None:
        yield Check("store", "pass", "the database answers")
        return
    try:
        with store.read() as connection:
            said = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    except OnwardError as fault:
        said = str(fault)
    good = said == "ok"
    todo = "" if good else "stop onward, put a backup of the store in its place, start it again"
    yield Check("store", "pass" if good else "fail", f"{store.path} is {'sound' if good else 'damaged'}", todo)


def _unbooked(store: Store) -> Iterator[Check]:
    from agent.daemon.health import Check
    from agent.store import bookings

    with store.read() as connection:
        yield from (Check("calendar", "fail", says, "") for says in bookings.faults(connection))


def _served(store: Store, settings: Settings) -> Check:
    """Whether the inbox of the process that works answers: it tells no more than that without a session."""
    from agent.cli.run import PORT
    from agent.daemon.health import Check
    from agent.store import said

    with store.read() as connection:
        port = int(said.setting(connection, PORT) or settings.inbox.port)
    at = f"http://127.0.0.1:{port}"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Unhealthy())
    try:
        with opener.open(f"{at}/healthz", timeout=5):
            return Check("inbox", "pass", f"answers at {at}")
    except OSError:
        return Check("inbox", "fail", f"does not answer at {at}", "onward run; if it runs already, restart it")


class _Unhealthy(urllib.request.HTTPDefaultErrorHandler):
    """503 is an answer too: what is wrong stands in the other lines."""

    def http_error_503(self, _request: object, response: object, *_: object) -> object:
        return response


def _answers(settings: Settings, now: datetime) -> Iterator[Check]:
    """Whether each source, and an outbox that is a server, can be reached now: its first answer, read-only."""
    from agent import wiring
    from agent.daemon.health import Check, called, configured

    told = ((section, called(section, kind, where if several else "")) for section, kind, where, several in configured(settings))
    built = (getattr(n.source, "probe", partial(n.source.pull, None)) for n in wiring.sources(settings, now))
    asked = [(section, name, ask) for (section, name), ask in zip(told, built, strict=True)]
    if look := wiring.outbox_probe(settings, now):
        asked.append(("outbox", called("outbox", settings.sections["outbox"][0].kind, ""), look))
    for section, told_as, ask in asked:
        name = f"{told_as} now"
        try:
            ask()
        except OnwardError as fault:
            yield Check(name, "fail", str(fault).removeprefix(f"{section}: "), getattr(fault, "hint", "") or "onward check")
        else:
            yield Check(name, "pass", "answers")
