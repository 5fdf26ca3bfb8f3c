"""Calendars on a CalDAV server (RFC 4791): found from the server's address, followed by sync-collection (RFC 6578) where
that works and by ETags where it does not. What a server refuses is asked for in another way; its name is never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from agent.errors import NeedsHuman
from agent.facts import calendar as ical
from agent.model import Quarantined
from agent.ports import Batch, Context, Cursor, Diary
from connectors import _caldav_book, _dav, _http
from connectors._caldav_known import Known
from connectors._caldav_pull import CTAG, Pull
from connectors._dav import CS, C, D, Dav, Found, Multistatus, Refused

BACK = timedelta(days=400)  # events that ended before are not fetched in a first sync
_HOME, _PRINCIPAL, _TOKEN = f"{C}calendar-home-set", f"{D}current-user-principal", f"{D}sync-token"
_SECONDS = re.compile(r"(?<!\d)\d{10}(?!\d)")
_ABOUT, _STAMPS = (f"{D}resourcetype", f"{D}displayname", f"{C}supported-calendar-component-set"), (_TOKEN, f"{CS}getctag")


@dataclass(frozen=True)
class Settings:
    """`url` is the server, an account or one calendar; `calendars` are names to choose, all by default. Either user and
    password, or a token. `book` names the calendar into which agreed meetings are put: auto is the one that is read, where it
    is only one; off is none."""

    url: str
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    calendars: tuple[str, ...] = ()
    book: str = "auto"

    def __post_init__(self) -> None:
        try:
            _http.check(self.url)
        except ValueError as fault:
            raise ValueError(f"url {fault}") from None
        if bool(self.user) != bool(self.password) or (self.user and self.token):
            raise ValueError("takes user and password, or token")


def calendar(settings: Settings, context: Context) -> Calendar:
    return Calendar(settings, context.zone, context.shared, context.now)


def diary(settings: Settings, context: Context) -> Diary | None:
    """None: nothing is to be written there."""
    return None if settings.book == "off" or context.shared else calendar(settings, context)


@dataclass(frozen=True, slots=True)
class Place:
    """A calendar of the account."""

    url: str
    name: str
    token: str


class Calendar:
    """Source of calendar components."""

    def __init__(self, settings: Settings, zone: ZoneInfo, shared: bool, now: datetime) -> None:
        self._settings, self._zone, self._shared, self.now = settings, zone, shared, now
        self._url = _http.check(settings.url)
        auth = settings.token or ((settings.user, settings.password) if settings.user else None)
        self._site = _http.Site("calendar", auth)

    def pull(self, since: Cursor | None) -> Batch[ical.Component]:
        """Once a day what a server tells of changes is compared with what it has."""
        before = Known.read(since)
        now = Known(f"{self.now:%Y-%m-%d}")
        with self._site.open() as line:
            dav = Dav(line, self._url)
            pulled = Pull(dav, self._parse, self.now - BACK, before or now, daily=before is not None and before.day != now.day)
            for place in self._chosen(list(self._calendars(dav))):
                now.collections[self._key(place)] = pulled.collection(self._key(place), place.url, place.token)
        if since is not None and not now.count and (before is None or before.count):
            return Batch((), since, suspect=True)
        if since is not None and before == now:
            return Batch((), since)
        gone = before.without(now) if before else ()
        return Batch(pulled.items, now.cursor(), gone, before is None, quarantined=pulled.quarantined, warnings=pulled.warnings)

    # -------------------------------------------------------------------------------------------------- booking

    def book(self, event: bytes) -> None:
        with self._site.open() as line:
            dav = Dav(line, self._url)
            place = self._booked_in(list(self._calendars(dav)))
            _caldav_book.put(dav.at(place.url.rstrip("/") + "/"), place.name, event)

    def _booked_in(self, found: list[Place]) -> Place:
        named = self._settings.book
        fit = self._chosen(found) if named == "auto" else [place for place in found if place.name.casefold() == named.casefold()]
        if len(fit) == 1:
            return fit[0]
        there = ", ".join(sorted(place.name for place in found))
        says = f"calendar: it is not known into which calendar meetings are to be put; there are {there}"
        raise NeedsHuman(says, "name one as `book` of `calendar`, or write book: off")

    # ------------------------------------------------------------------------------------------------ discovery

    def _chosen(self, found: list[Place]) -> list[Place]:
        names = {place.name.casefold() for place in found}
        wanted = [name for name in self._settings.calendars if name.casefold() not in names]
        where = f"calendar: {_http.host(self._url)}"
        if not found:
            hint = "make one there, or write as `url` of `calendar` the CalDAV address that the server's own settings show"
            raise NeedsHuman(f"{where} shows no calendar at the address of `url`", hint)
        if wanted:
            there = ", ".join(sorted(place.name for place in found))
            raise NeedsHuman(f"{where} has no calendar {wanted[0]!r}; there are {there}", "correct `calendars` of `calendar`")
        chosen = {name.casefold() for name in self._settings.calendars}
        return [place for place in found if not chosen or place.name.casefold() in chosen]

    def _calendars(self, dav: Dav) -> Iterator[Place]:
        """The URL is a calendar itself, or leads to homes of calendars (RFC 6764, section 6)."""
        try:
            about = _about(dav, self._url, "0")
        except Refused as fault:
            if fault.status in (404, 410) and urlsplit(self._url).path.strip("/"):
                says = f"calendar: {_http.host(self._url)} has nothing at the address of `url` (HTTP {fault.status})"
                raise NeedsHuman(says, "correct it, or write the server's address alone and choose by `calendars`") from None
        else:
            if own := [self._place(dav, about, each) for each in about.responses if _is_calendar(each)]:
                yield own[0]
                return
        for home in self._homes(dav):
            yield from (places := self._listed(dav, home))
            if places:
                return

    def _homes(self, dav: Dav) -> Iterator[list[str]]:
        yield self._homes_of(dav, self._url)
        yield [self._url]
        yield self._homes_of(dav, dav.url("/.well-known/caldav"))
        yield self._homes_of(dav, dav.url("/"))

    def _homes_of(self, dav: Dav, start: str) -> list[str]:
        told, principals = _hrefs(dav, start, _HOME, _PRINCIPAL)
        return told or [home for each in principals for home in _hrefs(dav, each, _HOME, _PRINCIPAL)[0]]

    def _listed(self, dav: Dav, homes: list[str]) -> list[Place]:
        found: dict[str, Place] = {}
        for home in homes:
            try:
                told = _about(dav, home, "1")
            except Refused:
                continue
            places = [self._place(dav, told, each) for each in told.responses if _is_calendar(each)]
            found |= {place.url: place for place in places}
        return list(found.values())

    def _place(self, dav: Dav, told: Multistatus, found: Found) -> Place:
        """A server without sync tokens may have a tag of the whole: it tells that nothing changed, and no more."""
        stamp = found.text(_TOKEN) or (f"{CTAG}{tag}" if (tag := found.text(f"{CS}getctag")) else "")
        name = found.text(f"{D}displayname") or found.path.rstrip("/").rpartition("/")[2]
        return Place(dav.at(told.url).url(found.href), name, "" if _of_this_second(stamp, told.at) else stamp)

    def _key(self, place: Place) -> str:
        """Its path, and its server if that is another one."""
        path = _dav.path_of(place.url)
        return path if _http.origin(place.url) == _http.origin(self._url) else f"{_http.host(place.url)}{path}"

    # ------------------------------------------------------------------------------------------------- reading

    def _parse(self, path: str, data: str) -> ical.Parsed | Quarantined:
        try:
            return ical.read(data.encode(), self._zone, self._shared)
        except ical.Unreadable as fault:
            return Quarantined("calendar", path.rpartition("/")[2], str(fault))


def _about(dav: Dav, url: str, depth: str) -> Multistatus:
    """Some servers fail when they are asked for the token of what has none."""
    try:
        return dav.ask("PROPFIND", url, _dav.propfind((*_ABOUT, *_STAMPS)), depth)
    except _http.Failed:
        return dav.ask("PROPFIND", url, _dav.propfind(_ABOUT), depth)


def _hrefs(dav: Dav, start: str, *names: str) -> list[list[str]]:
    """URLs that a resource names in its properties."""
    found: list[list[str]] = [[] for _ in names]
    try:
        told = dav.ask("PROPFIND", start, _dav.propfind(names), "0")
    except Refused:
        return found
    for each in told.responses:
        for row, name in zip(found, names, strict=True):
            row += [dav.at(told.url).url(href) for href in each.hrefs(name)]
    return found


def _of_this_second(stamp: str, clock: datetime | None) -> bool:
    """Some servers make it of their clock: what still changes within the second does not show in it."""
    found = _SECONDS.search(stamp)
    return bool(found and clock and abs(int(found[0]) - clock.timestamp()) <= 1)


def _is_calendar(found: Found) -> bool:
    kind, parts = found.properties.get(f"{D}resourcetype"), found.properties.get(f"{C}supported-calendar-component-set")
    if kind is None or kind.find(f"{C}calendar") is None:
        return False
    names = [each.get("name", "").upper() for each in parts] if parts is not None else []
    return not names or "VEVENT" in names
