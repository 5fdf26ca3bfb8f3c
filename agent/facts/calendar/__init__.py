"""iCalendar (RFC 5545): bytes to components, components to event instances. Pure, tolerant, and bounded in all it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from zoneinfo import ZoneInfo

from agent.facts import people
from agent.facts.calendar.component import Broken, Component, Instance, Reader, uid_of
from agent.facts.calendar.expand import Expanded, instance_of, instances
from agent.facts.calendar.merge import merge
from agent.facts.calendar.rules import Unsupported
from agent.facts.calendar.text import Node, Unreadable, addresses, split, tree
from agent.facts.calendar.zones import described, known
from agent.model import Quarantined

__all__ = ["Component", "Expanded", "Instance", "Parsed", "Unreadable", "instance_of", "instances", "merge", "read"]


@dataclass(frozen=True, slots=True)
class Parsed:
    """`method` is that of the first VCALENDAR, in upper case ("" without: not iTIP)."""

    components: tuple[Component, ...]
    quarantined: tuple[Quarantined, ...] = ()
    warnings: tuple[str, ...] = ()
    method: str = ""


def read(data: bytes, zone: ZoneInfo, shared: bool = False, undated: bool = False) -> Parsed:
    """The events of an .ics file; `zone` is the rep's. With `undated`, as in iTIP, an event may lack its DTSTART.

    Raises `Unreadable` for what is no calendar or ends in the middle; nothing at all is an empty one.
    """
    components: list[Component] = []
    quarantined: list[Quarantined] = []
    warnings: list[str] = []
    calendars = tree(data)
    for calendar in calendars:
        reader = Reader(zone, _described(calendar), shared, undated)
        for node in calendar.children:
            if node.name == "VEVENT":
                try:
                    components.append(reader.component(node))
                except (Broken, Unsupported) as fault:
                    quarantined.append(_quarantined(node, str(fault)))
                except (ValueError, OverflowError):
                    quarantined.append(_quarantined(node, "its dates cannot be worked out"))
        warnings += reader.warnings
    return Parsed(tuple(components), tuple(quarantined), tuple(warnings), _method(calendars))


def _described(calendar: Node) -> dict[str, tzinfo]:
    """The zones that only this file knows; those with known names are taken from there."""
    found = (described(node) for node in calendar.children[:500] if node.name == "VTIMEZONE" and not _is_known(node))
    return dict(zone for zone in found if zone)


def _is_known(node: Node) -> bool:
    parts = (split(line) for line in node.lines)
    return any(part and part[0] == "TZID" and known(part[2]) for part in parts)


def _quarantined(node: Node, why: str) -> Quarantined:
    found = (people.address(text, "") for text in addresses(node.lines))
    return Quarantined("calendar", uid_of(node), why, frozenset(who.key for who in found if who))


def _method(calendars: list[Node]) -> str:
    parts = (split(line) for calendar in calendars[:1] for line in calendar.lines)
    return next((part[2].strip().upper() for part in parts if part and part[0] == "METHOD"), "")
