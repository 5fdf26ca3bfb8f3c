"""Calendars on a CalDAV server (RFC 4791): found from the server's address, followed by sync-collection (RFC 6578) where
that works and by ETags where it does not. What a server refuses is asked for in another way; its name is never looked at.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from agent.errors import NeedsHuman, Unavailable
from agent.facts import calendar as ical
from agent.model import Quarantined
from agent.ports import Batch, Context, Cursor
from connectors import _dav, _http
from connectors._dav import CS, C, D, Dav, Found, Refused

BACK = timedelta(days=400)  # events that ended before are not fetched in a first sync
CHUNK = 50  # resources of one multiget
_CTAG = "ctag "
_HOME, _PRINCIPAL, _TOKEN = f"{C}calendar-home-set", f"{D}current-user-principal", f"{D}sync-token"
_ABOUT = (f"{D}resourcetype", f"{D}displayname", f"{C}supported-calendar-component-set", _TOKEN, f"{CS}getctag")


@dataclass(frozen=True)
class Settings:
    """`url` is the server, an account or one calendar; `calendars` are names to choose, all by default. Either user and
    password, or a token."""

    url: str
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    calendars: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        try:
            _http.check(self.url)
        except ValueError as fault:
            raise ValueError(f"url {fault}") from None
        if bool(self.user) != bool(self.password) or (self.user and self.token):
            raise ValueError("takes user and password, or token")


def calendar(settings: Settings, context: Context) -> Calendar:
    return Calendar(settings, context.zone, context.shared, context.now)


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of a collection: a series or single event. `ids` are those of its components, none if it was not fetched."""

    tag: str
    ids: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """What is known of one calendar."""

    token: str = ""
    resources: dict[str, Resource] = field(default_factory=dict)


Known = dict[str, Collection]  # by path


class Calendar:
    """Source of calendar components."""

    def __init__(self, settings: Settings, zone: ZoneInfo, shared: bool, now: datetime) -> None:
        self._settings, self._zone, self._shared, self._now = settings, zone, shared, now
        self._url = _http.check(settings.url)
        auth = settings.token or ((settings.user, settings.password) if settings.user else None)
        self._site = _http.Site("calendar", auth)

    def pull(self, since: Cursor | None) -> Batch[ical.Component]:
        before = _read(since)
        with self._site.open() as line:
            pulled = _Pull(Dav(line, self._url), self, before or {})
            now = {path: pulled.collection(path, token) for path, token in self._collections(pulled.dav).items()}
        count = sum(len(r.ids) + len(r.bad) for c in now.values() for r in c.resources.values())
        had = before is None or any(r.ids or r.bad for c in before.values() for r in c.resources.values())
        if since is not None and not count and had:
            return Batch((), since, suspect=True)
        reset = before is None
        gone = () if reset else tuple(_gone(before or {}, now))
        if since is not None and before == now:
            return Batch((), since)
        return Batch(pulled.items, _written(now), gone, reset, quarantined=pulled.quarantined, warnings=pulled.warnings)

    # ------------------------------------------------------------------------------------------------ discovery

    def _collections(self, dav: Dav) -> dict[str, str]:
        """Path and sync token of each chosen calendar."""
        found = list(self._calendars(dav))
        names = {name.casefold(): path for path, name, _ in found}
        wanted = [name for name in self._settings.calendars if name.casefold() not in names]
        if wanted or not found:
            there = f"there are {', '.join(sorted(name for _, name, _ in found))}" if found else "none was found"
            missing = f"no calendar {wanted[0]!r}" if wanted else "no calendar"
            raise NeedsHuman(f"calendar: {_http.host(self._url)} has {missing}; {there}", "correct `calendars` or `url` of `calendar`")
        chosen = {name.casefold() for name in self._settings.calendars}
        return {path: token for path, name, token in found if not chosen or name.casefold() in chosen}

    def _calendars(self, dav: Dav) -> Iterator[tuple[str, str, str]]:
        """The URL is a calendar itself, or leads to a home of calendars (RFC 6764, section 6)."""
        for place in self._places(dav):
            try:
                listed = dav.ask("PROPFIND", place, _dav.propfind(_ABOUT), "1").responses
            except Refused:
                continue
            made = [self._described(each) for each in listed if _is_calendar(each)]
            if made:
                yield from made
                return

    def _places(self, dav: Dav) -> Iterator[str]:
        yield from self._homes(dav, self._url)
        yield self._url
        yield from self._homes(dav, dav.url("/.well-known/caldav"))
        yield from self._homes(dav, dav.url("/"))

    def _homes(self, dav: Dav, start: str) -> Iterator[str]:
        for about in _asked(dav, start, (_HOME, _PRINCIPAL)):
            if home := about.href(_HOME):
                yield dav.url(_dav.path_of(home))
            elif principal := about.href(_PRINCIPAL):
                yield from (dav.url(_dav.path_of(h)) for p in _asked(dav, _dav.path_of(principal), (_HOME,)) if (h := p.href(_HOME)))

    def _described(self, found: Found) -> tuple[str, str, str]:
        """A server without sync tokens may have a tag of the whole: it tells that nothing changed, and no more."""
        stamp = found.text(_TOKEN) or (f"{_CTAG}{tag}" if (tag := found.text(f"{CS}getctag")) else "")
        return found.path, found.text(f"{D}displayname") or found.path.rstrip("/").rpartition("/")[2], stamp

    # ------------------------------------------------------------------------------------------------- reading

    def parse(self, path: str, data: str) -> ical.Parsed | Quarantined:
        try:
            return ical.read(data.encode(), self._zone, self._shared)
        except ical.Unreadable as fault:
            return Quarantined("calendar", path.rpartition("/")[2], str(fault))

    @property
    def begin(self) -> datetime:
        return self._now - BACK


@dataclass
class _Pull:
    """One pull: what was read in it."""

    dav: Dav
    calendar: Calendar
    before: Known
    items: list[ical.Component] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def collection(self, path: str, token: str) -> Collection:
        """What it holds now; the token asked for before the listing is the anchor of the next one."""
        known = self.before.get(path)
        if known and known.token and token and known.token == token:
            return known
        follows = bool(known and known.token and not known.token.startswith(_CTAG))
        changes = self._synced(path, known) if known and follows else None
        if changes is None:
            changes = self._listed(path, token, known or Collection())
        tags, gone, after = changes
        resources = {p: r for p, r in (known.resources if known else {}).items() if p not in gone}
        fresh = [p for p, tag in tags.items() if p not in resources or resources[p].tag != tag or not tag]
        wanted = fresh if known else self._window(path, fresh)
        resources.update({p: Resource(tags[p]) for p in fresh})
        resources.update(self._fetched(path, wanted, tags))
        return Collection(after, {p: r for p, r in sorted(resources.items()) if p in resources})

    def _synced(self, path: str, known: Collection) -> tuple[dict[str, str], set[str], str] | None:
        """By sync-collection; None where the token has expired or the server does not do it."""
        tags: dict[str, str] = {}
        gone: set[str] = set()
        token = known.token
        for _ in range(1000):
            try:
                told = self.dav.ask("REPORT", path, _dav.sync_collection(token), "0")
            except (Refused, Unavailable):
                return None  # 403 valid-sync-token, 409, 412, 415, 418, 500, 507: the listing tells it too
            more = False
            for each in told.responses:
                if each.path.rstrip("/") == path.rstrip("/"):
                    more = more or each.status == 507  # truncated (RFC 6578, 3.6)
                elif each.status in (404, 410):
                    gone.add(each.path)
                    tags.pop(each.path, None)
                else:
                    gone.discard(each.path)
                    tags[each.path] = each.text(f"{D}getetag")
            if not told.token:
                return None
            if not more or told.token == token:
                return tags, gone, told.token
            token = told.token
        return None

    def _listed(self, path: str, token: str, known: Collection) -> tuple[dict[str, str], set[str], str]:
        """By ETags: everything that is there."""
        try:
            told = self.dav.ask("PROPFIND", path, _dav.propfind((f"{D}getetag", f"{D}resourcetype")), "1")
        except Refused as fault:
            where = _http.host(self.dav.base)
            raise Unavailable(f"calendar: {where} does not list the calendar {path} ({fault})") from None
        tags = {each.path: each.text(f"{D}getetag") for each in told.responses if not _is_collection(each, path)}
        return tags, set(known.resources) - set(tags), token

    def _window(self, path: str, paths: list[str]) -> list[str]:
        """Those of the window, where the server can tell; else all."""
        if len(paths) <= CHUNK:
            return paths
        try:
            told = self.dav.ask("REPORT", path, _dav.in_range(self.calendar.begin), "1")
        except (Refused, Unavailable):
            return paths
        inside = {each.path for each in told.responses}
        return [p for p in paths if p in inside]

    def _fetched(self, path: str, paths: Sequence[str], tags: dict[str, str]) -> dict[str, Resource]:
        found: dict[str, Resource] = {}
        for at in range(0, len(paths), CHUNK):
            part = paths[at : at + CHUNK]
            for each, tag, data in self._texts(path, part):
                if each in tags:
                    found[each] = self._resource(each, tag or tags[each], data)
        return found

    def _texts(self, path: str, paths: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        """Path, ETag and text. What a multiget leaves out is asked for by itself."""
        left = set(paths)
        try:
            for each in self.dav.ask("REPORT", path, _dav.multiget(paths), "1").responses:
                text = each.text(f"{C}calendar-data")
                if each.path in left and text:
                    left.discard(each.path)
                    yield each.path, each.text(f"{D}getetag"), text
        except (Refused, Unavailable):
            pass
        for each_path in sorted(left):
            answer = self.dav.line.ask("GET", self.dav.url(each_path), {"Accept": "text/calendar"})
            if answer.status == 200:
                yield each_path, answer.headers.get("etag", ""), answer.body.decode("utf-8", "replace")

    def _resource(self, path: str, tag: str, data: str) -> Resource:
        parsed = self.calendar.parse(path, data)
        if isinstance(parsed, Quarantined):
            self.quarantined.append(parsed)
            return Resource(tag, (), (parsed.item,))
        self.items += parsed.components
        self.quarantined += parsed.quarantined
        self.warnings += parsed.warnings
        return Resource(tag, tuple(c.id for c in parsed.components), tuple(q.item for q in parsed.quarantined))


def _asked(dav: Dav, place: str, names: Sequence[str]) -> Sequence[Found]:
    try:
        return dav.ask("PROPFIND", place, _dav.propfind(names), "0").responses
    except Refused:
        return ()


def _is_calendar(found: Found) -> bool:
    kind, parts = found.properties.get(f"{D}resourcetype"), found.properties.get(f"{C}supported-calendar-component-set")
    if kind is None or kind.find(f"{C}calendar") is None:
        return False
    names = [each.get("name", "").upper() for each in parts] if parts is not None else []
    return not names or "VEVENT" in names


def _is_collection(found: Found, path: str) -> bool:
    kind = found.properties.get(f"{D}resourcetype")
    return found.path.rstrip("/") == path.rstrip("/") or (kind is not None and kind.find(f"{D}collection") is not None)


def _gone(before: Known, now: Known) -> Iterator[str]:
    """Ids of components and quarantined items that are there no more."""
    good, bad = _names(now)
    good_before, bad_before = _names(before)
    yield from sorted((good_before - good) | (bad_before - bad))


def _names(known: Known) -> tuple[set[str], set[str]]:
    resources = [r for c in known.values() for r in c.resources.values()]
    return {name for r in resources for name in r.ids}, {name for r in resources for name in r.bad}


# -------------------------------------------------------------------------------------------------------- cursors


def _written(known: Known) -> Cursor:
    text = json.dumps({path: asdict(collection) for path, collection in known.items()}, separators=(",", ":"), sort_keys=True)
    return "caldav.1." + b64encode(zlib.compress(text.encode(), 6)).decode()


def _read(cursor: Cursor | None) -> Known | None:
    name, _, text = (cursor or "").partition(".1.")
    if name != "caldav":
        return None
    try:
        held: dict[str, Any] = json.loads(zlib.decompress(b64decode(text, validate=True)))
        return {path: _collection(each) for path, each in held.items()}
    except (ValueError, TypeError, KeyError, AttributeError, zlib.error):
        return None


def _collection(held: dict[str, Any]) -> Collection:
    resources = {p: Resource(r["tag"], tuple(r["ids"]), tuple(r["bad"])) for p, r in held["resources"].items()}
    return replace(Collection(), token=held["token"], resources=resources)
