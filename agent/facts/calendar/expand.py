"""Components to event instances."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta

from agent.facts.calendar.component import MIDNIGHT, Component, Instance, Span, between
from agent.facts.calendar.rules import TooMany, times
from agent.model import Event, Quarantined

LIMIT = 1_000  # instances of a series in the listing
Window = tuple[datetime, datetime]
EARLIEST = datetime.combine(date(1, 1, 8), MIDNIGHT)
MARGIN = timedelta(days=2)  # no zone and no change of the clock is further from UTC


@dataclass(frozen=True, slots=True)
class Expanded:
    events: tuple[Event, ...]
    quarantined: tuple[Quarantined, ...] = ()


def instances(components: Iterable[Component], window: Window, listing: Window) -> Expanded:
    """Every instance that lies in or reaches into `window`; of what does not repeat also what lies beyond its end.

    Of each UID and RECURRENCE-ID there must be one component (`merge`). A series with more than 1,000 instances in
    `listing`, or that takes more work than any real one, is quarantined.
    """
    events: list[Event] = []
    quarantined: list[Quarantined] = []
    for uid, group in _by_uid(components).items():
        try:
            events += _group(group, window, listing)
        except TooMany:
            quarantined.append(_too_many(uid, group))
        except (ValueError, OverflowError):
            quarantined.append(Quarantined("calendar", uid, "its dates cannot be worked out", _names(group)))
    return Expanded(tuple(events), tuple(quarantined))


def _by_uid(components: Iterable[Component]) -> dict[str, list[Component]]:
    groups: dict[str, list[Component]] = {}
    for component in components:
        if component.dated:
            groups.setdefault(component.uid, []).append(component)
    return groups


def _too_many(uid: str, group: list[Component]) -> Quarantined:
    return Quarantined("calendar", uid, f"it repeats more than {LIMIT} times in the days that are looked at", _names(group))


def _names(group: list[Component]) -> frozenset[str]:
    return frozenset(who.key for component in group for who in component.event.participants)


def _group(group: list[Component], window: Window, listing: Window) -> list[Event]:
    masters = [component for component in group if component.recurrence_id is None]
    overrides = [component for component in group if component.recurrence_id is not None]
    if not masters:
        return [_single(one) for one in overrides if _reaches(one.event.start, one.event.end, window, ahead=True)]
    series = masters[0]
    if not series.recurring and not overrides:
        return [series.event] if _reaches(series.event.start, series.event.end, window, ahead=True) else []
    return _series(series, overrides, window, listing)


def _reaches(start: datetime, end: datetime, window: Window, ahead: bool = False) -> bool:
    return (ahead or start < window[1]) and (end > window[0] or start >= window[0])


def _series(series: Component, overrides: list[Component], window: Window, listing: Window) -> list[Event]:
    starts = _index(series, overrides, window)
    days = _days(starts) if overrides else {}
    named = [(_named(series, starts, days, one.recurrence_id), one) for one in overrides if one.recurrence_id is not None]
    replaced = {name: one for name, one in named if name}
    ranges = sorted(((name, one) for name, one in replaced.items() if one.future), key=lambda pair: pair[0])
    events, instance = [], _instances(series)
    for first, (_, end) in starts.items():
        if first not in replaced:
            event = _changed(series, first, ranges) if ranges else None
            event = event or instance(first, end)
            if _reaches(event.start, event.end, window, ahead=not series.recurring):
                events.append(event)
    if len(events) > LIMIT and sum(_reaches(event.start, event.end, listing) for event in events) > LIMIT:
        raise TooMany
    events += [_override(series, one, name) for name, one in replaced.items()]
    events += [_single(one) for name, one in named if not name and one.sequence >= series.sequence]
    return [event for event in events if _reaches(event.start, event.end, window, ahead=True)]


Starts = dict[datetime, tuple[datetime, datetime]]  # by start in UTC: local start, and end in UTC; ascending


def _index(series: Component, overrides: Sequence[Component], window: Window) -> Starts:
    """The instances in the window and wherever an override may replace one, those of EXDATE out."""
    needed = [moment for one in overrides if one.recurrence_id for moment in _around(one.recurrence_id)]
    needed += [*window] if series.recurring else [*window, *_around(series.event.start)]
    found: Starts = {}
    for local, span in _starts(series, min(needed), max(needed)):
        first, end = between(local, series.zone, span)
        if not (series.exdates and _excluded(series, first, local)):
            found[first] = local, end
    return found


def _starts(series: Component, first: datetime, last: datetime) -> list[tuple[datetime, Span]]:
    """Local starts in the window, ascending, with the span of each. DTSTART always counts (RFC 5545, 3.8.5.3)."""
    nominal, exact = series.span
    low = max(first.astimezone(UTC).replace(tzinfo=None) - MARGIN - nominal - exact, EARLIEST)
    high = last.astimezone(UTC).replace(tzinfo=None) + MARGIN
    found: dict[datetime, Span] = {series.start: series.span} if low <= series.start <= high else {}
    for rule in series.rules:
        found.update(dict.fromkeys(times(rule, series.start, low, high), series.span))
    for start, span in series.rdates:
        if low <= start <= high:
            found[start] = span or series.span
    for rule in series.without:
        for start in times(rule, series.start, low, high):
            found.pop(start, None)
    return sorted(found.items())


def _excluded(series: Component, first: datetime, local: datetime) -> bool:
    return first in series.exdates or local.date() in series.exdates


def _instances(series: Component) -> Callable[[datetime, datetime], Event]:
    """Makes the event of one start and end; the fields in common are gathered once (`replace` takes twice the time)."""
    if not series.recurring:
        return lambda _first, _end: series.event
    common = {field.name: getattr(series.event, field.name) for field in fields(Event)}

    def instance(first: datetime, end: datetime) -> Event:
        return Event(**common | {"start": first, "end": end, "instance": _text(first), "earlier": _moved(series, first)})

    return instance


def _moved(series: Component, first: datetime) -> tuple[datetime, ...]:
    """Where a series was moved by less than a week, its instances were; else it was another series."""
    if not series.event.earlier:
        return ()
    shifts = (before - series.event.start for before in series.event.earlier)
    return tuple(first + shift for shift in shifts if abs(shift) < timedelta(days=7))


def _changed(series: Component, first: datetime, ranges: Sequence[tuple[datetime, Component]]) -> Event | None:
    """RANGE=THISANDFUTURE: the instance takes content, length and shift of the latest such override before it."""
    name, one = next(((name, one) for name, one in reversed(ranges) if name < first), (first, series))
    if one is series:
        return None
    shift = one.start - name.astimezone(one.zone).replace(tzinfo=None)
    start, end = between(first.astimezone(one.zone).replace(tzinfo=None) + shift, one.zone, one.span)
    return replace(one.event, start=start, end=end, instance=_text(first), cancelled=one.event.cancelled or series.event.cancelled)


def _override(series: Component, one: Component, name: datetime) -> Event:
    """Whoever cancels a series cancels what was changed in it before."""
    cancelled = one.event.cancelled or (series.event.cancelled and series.sequence >= one.sequence)
    return replace(one.event, instance=_text(name), cancelled=cancelled)


def _single(one: Component) -> Event:
    """An override of nothing is an event of its own, under its RECURRENCE-ID: a UID may have several."""
    name = one.recurrence_id
    if isinstance(name, datetime):
        return replace(one.event, instance=_text(name))
    return replace(one.event, instance=_text(between(datetime.combine(name, MIDNIGHT), one.zone, one.span)[0])) if name else one.event


def _text(moment: datetime) -> str:
    return moment.isoformat()[:19] + "Z"


def instance_of(series: Component, name: Instance) -> datetime | None:
    """Start (UTC) of the instance that a RECURRENCE-ID means; None if there is none, or it was taken out."""
    starts = _index(series, (), _around(name))
    return _named(series, starts, _days(starts), name)


def _days(starts: Starts) -> dict[date, datetime]:
    """The first instance of each local day."""
    return {local.date(): first for first, (local, _) in reversed(starts.items())}


def _named(series: Component, starts: Starts, days: dict[date, datetime], name: Instance) -> datetime | None:
    """Dates and times are forgiving with each other."""
    if isinstance(name, datetime) and name in starts:
        return name
    if isinstance(name, datetime) and not series.event.all_day:
        return None
    return days.get(_day(series, name))


def _around(name: Instance) -> Window:
    moment = name if isinstance(name, datetime) else datetime.combine(name, MIDNIGHT, UTC)
    return moment - timedelta(days=1), moment + timedelta(days=1)


def _day(series: Component, name: Instance) -> date:
    """Midnight in UTC stands for its date, whatever the zone."""
    if not isinstance(name, datetime):
        return name
    return name.date() if name.time() == MIDNIGHT else name.astimezone(series.zone).date()
