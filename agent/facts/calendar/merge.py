"""Of several copies of one event, the one that counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from agent.facts.calendar.component import Component, Instance


def merge(components: Iterable[Component]) -> tuple[Component, ...]:
    """Of one UID and RECURRENCE-ID the greater SEQUENCE, then the later DTSTAMP, wherever it was read.

    The winner keeps the starts of the others as `event.earlier`; it is `shared` only if all copies are, and from mail only
    if no calendar holds it. The order of the copies does not matter.
    """
    groups: dict[tuple[str, Instance | None], list[Component]] = {}
    for component in components:
        groups.setdefault((component.uid, component.recurrence_id), []).append(component)
    return tuple(group[0] if len(group) == 1 else _winner(group) for group in groups.values())


def _winner(group: list[Component]) -> Component:
    best = max(group, key=_rank)
    starts = {one.event.start for one in group if one.dated}.union(*(one.event.earlier for one in group)) - {best.event.start}
    held = any(one.event.source == "calendar" for one in group)
    event = replace(
        best.event,
        earlier=tuple(sorted(starts)),
        shared=all(one.event.shared for one in group),
        source="calendar" if held else best.event.source,
    )
    return replace(best, event=event)


def _rank(one: Component) -> tuple[object, ...]:
    """Copies of one version: the calendar's own before mail's and before a shared one's, then whatever is the same each time."""
    event = one.event
    modified = event.modified.timestamp() if event.modified else 0.0
    return *one.version, one.dated, event.source == "calendar", not event.shared, modified, repr(one)
