"""VEVENT to `Component`: what one says, its times resolved, nothing expanded yet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from agent import bundled
from agent.facts import people
from agent.facts.calendar import values
from agent.facts.calendar.rules import Rule, rule
from agent.facts.calendar.text import Node, split, unescape
from agent.facts.calendar.zones import known
from agent.model import Address, Event, Guest

T = TypeVar("T")
MIDNIGHT = datetime.min.time()
MAX_GUESTS = 500
MAX_DATES = 10_000  # RDATE and EXDATE values of one event
MAX_TEXT = 2_000  # characters of a title or name
Span = tuple[timedelta, timedelta]  # nominal days, exact time
Instance = datetime | date  # RECURRENCE-ID: UTC, or the date of an all-day one


class Broken(ValueError):
    """This event cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Component:
    """One VEVENT: a single event, a series, or (with `recurrence_id`) what replaces one instance of a series.

    `event` is its first instance, and what the others are made of. `start` is local in `zone`; that of an all-day one is
    midnight in the rep's zone.
    """

    event: Event
    start: datetime
    zone: tzinfo
    span: Span
    recurrence_id: Instance | None = None
    future: bool = False  # RANGE=THISANDFUTURE
    rules: tuple[Rule, ...] = ()
    without: tuple[Rule, ...] = ()  # EXRULE (RFC 2445)
    rdates: tuple[tuple[datetime, Span | None], ...] = ()  # local starts, with a span where it is a PERIOD
    exdates: frozenset[Instance] = frozenset()
    dated: bool = True  # False: iTIP without DTSTART; has no instances
    status: str = ""  # STATUS in upper case
    sent_by: Address | None = None  # who acts for the organiser (RFC 5545, 3.2.18)

    @property
    def uid(self) -> str:
        return self.event.uid

    @property
    def id(self) -> str:
        """UID and RECURRENCE-ID: what a source calls it when it is gone."""
        return f"{self.uid}/{self.recurrence_id.isoformat()}" if self.recurrence_id else self.uid

    @property
    def sequence(self) -> int:
        return self.event.sequence

    @property
    def stamp(self) -> datetime | None:
        return self.event.stamp

    @property
    def version(self) -> tuple[int, datetime]:
        """Of two copies the one with the greater version counts: SEQUENCE, then DTSTAMP."""
        return self.event.sequence, self.event.stamp or datetime.min.replace(tzinfo=UTC)

    @property
    def recurring(self) -> bool:
        return bool(self.rules or self.rdates)


Values = Mapping[str, list[tuple[Mapping[str, str], str]]]
WANTED = frozenset(
    (
        "UID RECURRENCE-ID SEQUENCE DTSTAMP LAST-MODIFIED STATUS CLASS TRANSP SUMMARY LOCATION ORGANIZER ATTENDEE DTSTART DTEND"
        " DURATION RRULE EXRULE RDATE EXDATE X-MICROSOFT-CDO-BUSYSTATUS X-MICROSOFT-CDO-ALLDAYEVENT"
    ).split()
)


class Reader:
    """Reads the VEVENTs of one VCALENDAR: knows its zones and the rep's. `warnings` are the fields that were dropped."""

    def __init__(self, zone: ZoneInfo, described: Mapping[str, tzinfo], shared: bool, undated: bool) -> None:
        self._rep, self._described, self._shared, self._undated = zone, described, shared, undated
        self.warnings: list[str] = []

    def component(self, node: Node) -> Component:
        """Raises `Broken`."""
        if not node.closed:
            raise Broken("it does not end (END:VEVENT is missing)")
        parts = self._parts(node)
        uid = uid_of(node)
        start, zone, all_day, dated = self._start(parts)
        span, all_day = self._span(parts, start, zone, all_day)
        recurrence_id, future = self._recurrence_id(parts)
        local = _until(zone, all_day)
        rules = tuple(rule(text, local) for _, text in parts.get("RRULE", ()))
        without = tuple(rule(text, local) for _, text in parts.get("EXRULE", ()))
        rdates = self._rdates(parts, zone, uid) if "RDATE" in parts else ()
        exdates = self._exdates(parts, all_day, uid) if "EXDATE" in parts else frozenset()
        event = self._event(uid, parts, start, zone, span, all_day)
        single = recurrence_id is not None
        return Component(
            event, start, zone, span, recurrence_id, future, () if single else rules, () if single else without,
            () if single else rdates, exdates, dated, _first(parts, "STATUS").strip().upper(), _delegate(parts),
        )  # fmt: skip

    def _parts(self, node: Node) -> Values:
        parts: dict[str, list[tuple[Mapping[str, str], str]]] = {}
        for line in node.lines:
            if (found := split(line)) and found[0] in WANTED:
                parts.setdefault(found[0], []).append(found[1:])
        if len(parts.get("ATTENDEE", ())) > MAX_GUESTS:
            raise Broken(f"it has more than {MAX_GUESTS} guests")
        if sum(text.count(",") + 1 for name in ("RDATE", "EXDATE") for _, text in parts.get(name, ())) > MAX_DATES:
            raise Broken(f"it lists more than {MAX_DATES} dates")
        if len(parts.get("RRULE", ())) + len(parts.get("EXRULE", ())) > 10:
            raise Broken("it has more than 10 recurrence rules")
        return parts

    def _event(self, uid: str, parts: Values, start: datetime, zone: tzinfo, span: Span, all_day: bool) -> Event:
        title = people.clean(unescape(_first(parts, "SUMMARY")[:MAX_TEXT]))
        free = _first(parts, "TRANSP").strip().upper() == "TRANSPARENT"
        if not _first(parts, "TRANSP"):
            free = _first(parts, "X-MICROSOFT-CDO-BUSYSTATUS").strip().upper() == "FREE"
        moment, finish = between(start, zone, span)
        return Event(
            uid, moment, finish, title, _organizer(parts), _guests(parts),
            all_day=all_day,
            cancelled=_first(parts, "STATUS").strip().upper() == "CANCELLED" or (free and cancelled_title(title)),
            private=_first(parts, "CLASS").strip().upper() in ("PRIVATE", "CONFIDENTIAL"),
            free=free,
            sequence=self._optional(parts, "SEQUENCE", uid, _number) or 0,
            stamp=self._optional(parts, "DTSTAMP", uid, _utc),
            modified=self._optional(parts, "LAST-MODIFIED", uid, _utc),
            recurring="RRULE" in parts or "RDATE" in parts or "RECURRENCE-ID" in parts,
            location=people.clean(unescape(_first(parts, "LOCATION")[:MAX_TEXT])),
            shared=self._shared,
        )  # fmt: skip

    def _optional(self, parts: Values, name: str, uid: str, read: Callable[[str], T]) -> T | None:
        """A field that is not needed: its fault costs the field, not the event."""
        if name not in parts:
            return None
        try:
            return read(_first(parts, name))
        except (ValueError, OverflowError):
            self._drop(uid, name)
            return None

    def _drop(self, uid: str, name: str) -> None:
        self.warnings.append(f"{name} of event {uid[:200]} cannot be read and is left out")

    def _start(self, parts: Values) -> tuple[datetime, tzinfo, bool, bool]:
        """Local start, zone, all-day, and whether there is a DTSTART."""
        if "DTSTART" not in parts:
            if self._undated:
                return datetime.combine(date(1970, 1, 1), MIDNIGHT), UTC, False, False
            raise Broken("it has no DTSTART")
        try:
            value, zone = self._moment(*parts["DTSTART"][0])
        except Broken:
            raise
        except ValueError:
            raise Broken("its DTSTART cannot be read") from None
        if not isinstance(value, datetime):
            return datetime.combine(value, MIDNIGHT), self._rep, True, True
        return value, zone, False, True

    def _moment(self, params: Mapping[str, str], text: str) -> tuple[datetime | date, tzinfo]:
        """A date, or a local time and its zone."""
        value = values.moment(text)
        if not isinstance(value, datetime):
            return value, self._rep
        if params.get("VALUE", "").upper() == "DATE":
            return value.date(), self._rep
        if value.tzinfo:
            return value.replace(tzinfo=None), UTC
        return value, self._zone(params["TZID"]) if params.get("TZID") else self._rep

    def _zone(self, tzid: str) -> tzinfo:
        zone = known(tzid) or self._described.get(tzid.strip())
        if zone is None:
            raise Broken(f"its time zone {people.clean(tzid[:100])!r} is unknown")
        return zone

    def _span(self, parts: Values, start: datetime, zone: tzinfo, all_day: bool) -> tuple[Span, bool]:
        """How long it is, and whether it is all-day (Outlook also says so of one from midnight to midnight)."""
        uid, nominal, exact = _first(parts, "UID"), timedelta(), timedelta()
        if "DTEND" in parts:
            try:
                value, other = self._moment(*parts["DTEND"][0])
                end = value if isinstance(value, datetime) else datetime.combine(value, MIDNIGHT)
                exact = end - start if all_day else _aware(end, other) - _aware(start, zone)
                nominal = end - start
            except (ValueError, OverflowError):
                self._drop(uid, "DTEND")
        elif "DURATION" in parts:
            nominal, exact = self._optional(parts, "DURATION", uid, values.duration) or (nominal, exact)
        flagged = _first(parts, "X-MICROSOFT-CDO-ALLDAYEVENT").strip().upper() == "TRUE"
        whole = start.time() == MIDNIGHT and nominal >= timedelta(days=1) and nominal.seconds == 0
        if all_day or (flagged and whole):
            return (timedelta(days=max(nominal.days, 1)), timedelta()), True
        if "DTEND" in parts:
            nominal = timedelta()
        return ((nominal, exact) if nominal + exact > timedelta() else (timedelta(), timedelta())), False

    def _recurrence_id(self, parts: Values) -> tuple[Instance | None, bool]:
        if "RECURRENCE-ID" not in parts:
            return None, False
        params, text = parts["RECURRENCE-ID"][0]
        try:
            return self._instance(params, text), params.get("RANGE", "").upper() == "THISANDFUTURE"
        except (ValueError, OverflowError):
            raise Broken("its RECURRENCE-ID cannot be read") from None

    def _instance(self, params: Mapping[str, str], text: str) -> Instance:
        value, zone = self._moment(params, text)
        return _aware(value, zone) if isinstance(value, datetime) else value

    def _exdates(self, parts: Values, all_day: bool, uid: str) -> frozenset[Instance]:
        found: set[Instance] = set()
        for params, text in parts["EXDATE"]:
            for one in filter(str.strip, text.split(",")):
                try:
                    found.add(values.moment(one[:8]) if all_day else self._instance(params, one))
                except (ValueError, OverflowError):
                    self._drop(uid, "EXDATE")
        return frozenset(found)

    def _rdates(self, parts: Values, zone: tzinfo, uid: str) -> tuple[tuple[datetime, Span | None], ...]:
        found: list[tuple[datetime, Span | None]] = []
        for params, text in parts["RDATE"]:
            for one in filter(str.strip, text.split(",")):
                try:
                    found.append(self._rdate(params, one, zone))
                except (ValueError, OverflowError):
                    self._drop(uid, "RDATE")
        return tuple(found)

    def _rdate(self, params: Mapping[str, str], text: str, zone: tzinfo) -> tuple[datetime, Span | None]:
        first, slash, second = text.partition("/")
        value, other = self._moment(params, first)
        start = value if isinstance(value, datetime) else datetime.combine(value, MIDNIGHT)
        if isinstance(value, datetime) and other is not zone:
            start = _aware(start, other).astimezone(zone).replace(tzinfo=None)
        if not slash:
            return start, None
        if second.strip()[:1] in ("P", "p", "+", "-"):
            span = values.duration(second)
        else:
            span = timedelta(), self._utc(params, second) - _aware(start, zone)
        return start, span if sum(span, timedelta()) >= timedelta() else None

    def _utc(self, params: Mapping[str, str], text: str) -> datetime:
        value, zone = self._moment(params, text)
        return _aware(value if isinstance(value, datetime) else datetime.combine(value, MIDNIGHT), zone)


def uid_of(node: Node) -> str:
    """UID; where it is missing one that is made of the content."""
    for line in node.lines:
        if line[:3].upper() == "UID" and (found := split(line)) and found[0] == "UID" and found[2].strip():
            return found[2].strip()[:1000]
    return hashlib.sha256("\n".join(node.lines).encode("utf-8", "replace")).hexdigest()[:32] + "@content"


def _first(parts: Values, name: str) -> str:
    return parts[name][0][1] if name in parts else ""


def _aware(local: datetime, zone: tzinfo) -> datetime:
    """In UTC."""
    return local.replace(tzinfo=zone).astimezone(UTC)


def between(start: datetime, zone: tzinfo, span: Span) -> tuple[datetime, datetime]:
    """An instance's start and end in UTC. Nominal days keep the clock time, exact time runs on."""
    nominal, exact = span
    first = _aware(start, zone)
    return first, (_aware(start + nominal, zone) if nominal else first) + exact


def _until(zone: tzinfo, all_day: bool) -> Callable[[datetime], datetime]:
    """All-day series write UNTIL as UTC midnight and mean the date."""
    if all_day:
        return lambda value: value.replace(tzinfo=None)
    return lambda value: value.astimezone(zone).replace(tzinfo=None)


def _number(text: str) -> int:
    return int(text.strip()[:10])


def _utc(text: str) -> datetime:
    value = values.moment(text)
    if not isinstance(value, datetime):
        value = datetime.combine(value, MIDNIGHT)
    return value.replace(tzinfo=UTC)


def cancelled_title(title: str) -> bool:
    return title.lower().startswith(bundled.lines("cancelled_titles"))


def _organizer(parts: Values) -> Address | None:
    return _address(*parts["ORGANIZER"][0]) if "ORGANIZER" in parts else None


def _delegate(parts: Values) -> Address | None:
    params = parts["ORGANIZER"][0][0] if "ORGANIZER" in parts else {}
    return _made(params["SENT-BY"], "") if "SENT-BY" in params else None


def _guests(parts: Values) -> tuple[Guest, ...]:
    """Each once; nobody for an ATTENDEE without an address."""
    found: dict[str, Guest] = {}
    for params, text in parts.get("ATTENDEE", ()):
        if who := _address(params, text):
            status, kind = params.get("PARTSTAT") or "needs-action", params.get("CUTYPE") or "individual"
            guest = Guest(who, status.strip().lower(), kind.strip().lower(), (params.get("ROLE") or "req-participant").strip().lower())
            found.setdefault(who.key, guest)
    return tuple(found.values())


def _address(params: Mapping[str, str], value: str) -> Address | None:
    """The EMAIL parameter, else the value without its scheme, else (Exchange writes its own name there) CN, else nobody."""
    name = params.get("CN", "")
    return _made(params.get("EMAIL", ""), name) or _made(value, name) or _made(name, "")


@lru_cache(maxsize=10_000)
def _made(value: str, name: str) -> Address | None:
    text = value.strip()
    scheme, colon, rest = text.partition(":")
    if colon and scheme.lower() == "mailto":
        text = rest.partition("?")[0]
    return people.address(text.strip()[:400], people.clean(name[:MAX_TEXT])) if "@" in text else None
