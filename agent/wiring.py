"""From settings to objects; the only module that sees both sides.

The section names the port, `kind` names the file: `connectors/KIND.py` has a frozen dataclass `Settings` and a function
named after the port that builds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from agent.errors import Misconfigured, OnwardError
from agent.model import SourceState
from agent.ports import Context, Drafter
from agent.settings import Section, Settings


@dataclass(frozen=True, slots=True)
class Named:
    """A built source and the section it came from."""

    section: str
    kind: str
    source: Any


def sources(settings: Settings, now: datetime) -> tuple[Named, ...]:
    """Mail, calendars and deals, in that order."""
    return tuple(
        Named(port, section.kind, _build(settings, port, section, now))
        for port in ("mail", "calendar", "deals")
        for section in settings.sections.get(port, ())
    )


def drafter(settings: Settings, now: datetime) -> Drafter:
    section = settings.sections["drafter"][0]
    made: Drafter = _build(settings, "drafter", section, now)
    return made


def template(settings: Settings, now: datetime) -> Drafter:
    """The bundled templates: what takes over where another drafter's words do not pass."""
    made: Drafter = _build(settings, "drafter", Section("template"), now)
    return made


def _build(settings: Settings, port: str, section: Section, now: datetime) -> Any:
    try:
        module = import_module(f"connectors.{section.kind}")
        make = getattr(module, port)
    except (ModuleNotFoundError, AttributeError):
        where = f"{settings.path.name}:{section.line}"
        raise Misconfigured([f"{where}: this version has no {port} of kind {section.kind!r}; use kind: folder"]) from None
    context = Context(settings.rules.rep, now, now - settings.history if port == "mail" else None, section.shared)
    return make(module.Settings(**section.options), context)


def probe(settings: Settings, now: datetime) -> list[SourceState]:
    """Asks every source once, read-only, and says how it stands."""
    found = []
    for named in sources(settings, now):
        try:
            batch = named.source.pull(None)
            found.append(
                SourceState(named.section, named.kind, "suspect" if batch.suspect else "ok", len(batch.items), len(batch.quarantined), now)
            )
        except OnwardError as fault:
            found.append(SourceState(named.section, named.kind, "failed", says=str(fault)))
    return found


Sources = Sequence[Named]
