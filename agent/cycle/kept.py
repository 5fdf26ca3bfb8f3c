"""Calendar components as they are stored: what a VEVENT says, its zone by name or as its VTIMEZONE describes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from agent.facts.calendar.component import Component, Instance, Span
from agent.facts.calendar.rules import Rule
from agent.facts.calendar.zones import Observed
from agent.model import Address, Event
from agent.store import codec

Change = tuple[datetime, timedelta, timedelta]


@dataclass(frozen=True)
class _Kept:
    """A component, made of what the codec knows. `zone` is a name, "" for UTC, or `observed` says what it is."""

    event: Event
    start: datetime
    zone: str
    observed: tuple[str, timedelta, tuple[Change, ...]] | None
    span: Span
    recurrence_id: str
    future: bool
    rules: tuple[Rule, ...]
    without: tuple[Rule, ...]
    rdates: tuple[tuple[datetime, Span | None], ...]
    exdates: tuple[str, ...]
    dated: bool
    status: str
    sent_by: Address | None


def dumps(one: Component) -> bytes:
    zone = one.zone
    name = zone.key if isinstance(zone, ZoneInfo) else ""
    told = zone.told if isinstance(zone, Observed) else None
    kept = _Kept(
        one.event, one.start, name, told, one.span, _written(one.recurrence_id) if one.recurrence_id else "", one.future, one.rules,
        one.without, one.rdates, tuple(sorted(map(_written, one.exdates))), one.dated, one.status, one.sent_by,
    )  # fmt: skip
    return codec.dumps(kept).encode()


def loads(data: bytes) -> Component:
    """Raises `ValueError` or `TypeError` for what another version stored."""
    kept = codec.loads(_Kept, data.decode())
    zone: tzinfo = Observed(*kept.observed) if kept.observed else ZoneInfo(kept.zone) if kept.zone else UTC
    return Component(
        kept.event, kept.start, zone, kept.span, _instance(kept.recurrence_id) if kept.recurrence_id else None, kept.future, kept.rules,
        kept.without, kept.rdates, frozenset(map(_instance, kept.exdates)), kept.dated, kept.status, kept.sent_by,
    )  # fmt: skip


def _written(name: Instance) -> str:
    return name.isoformat()


def _instance(text: str) -> Instance:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
