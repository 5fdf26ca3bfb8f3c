"""A single round, for `onward run --once`: what a timer of the system may start instead of the daemon."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any

import click

from agent.cli import bar
from agent.cli.opened import lease, office
from agent.settings import Settings


def single(settings: Settings, now: datetime, as_json: bool) -> int:
    """One round; 1 if something needs a person."""
    from agent.daemon import Progress, schedule
    from agent.daemon.health import health

    progress = Progress()
    progress.watchers.append(bar.watcher())
    with office(settings, now) as opened, lease(opened, now) as held:
        opened.courier.confirm = held.confirm
        progress.begin(now)
        try:
            report = opened.cycle.round(now, progress=progress)
        finally:
            progress.end()
        schedule.ended(opened.store, now, "")
        delivered = opened.courier.deliver(now)
        schedule.tidy(opened.store, settings.retention, now)
        found = health(opened.store, settings, now)
    if as_json:
        json.dump(_document(report, delivered, found), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        click.echo(_sentence(report, delivered, found))
    for source in found.sources:
        if source.status != "ok":
            click.echo(f"onward: {source.section}: {source.says.removeprefix(f'{source.section}: ')}", err=True)
    return int(any(s.status != "ok" for s in found.sources) or bool(found.held))


def _document(report: Any, delivered: Any, found: Any) -> dict[str, Any]:
    from agent.daemon.loop import counts

    sources = [
        {"section": s.section, "kind": s.kind, "status": s.status, "items": s.items, "fresh_as_of": _text(s.fresh_as_of), "says": s.says}
        for s in found.sources
    ]
    return {
        "now": _text(found.now),
        "round": counts(report),
        "delivered": counts(delivered),
        "cards": dict(found.cards),
        "sources": sources,
    }


def _text(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


def _sentence(report: Any, delivered: Any, found: Any) -> str:
    from agent.daemon.loop import counts

    numbers = [
        f"{value} {name[:-1] if value == 1 and name in ('deals', 'notices') else name.replace('_', ' ')}"
        for name, value in {**counts(report), **counts(delivered)}.items()
        if value
    ]
    waiting = found.cards.get("review", 0)
    return f"{', '.join(numbers) or 'nothing new'}; {waiting} to review"
