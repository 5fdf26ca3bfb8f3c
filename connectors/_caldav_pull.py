"""One pull of calendars: what changed in them, asked for in the best way that the server does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b

from agent.errors import NeedsHuman, Unavailable
from agent.facts import calendar as ical
from agent.model import Quarantined
from connectors import _dav, _http
from connectors._caldav_known import Collection, Known, Resource
from connectors._dav import C, D, Dav, Found, Refused

CHUNK = 50  # resources of one multiget
ROUNDS = 1000  # of a sync-collection that is told in parts
CTAG = "ctag "
_ELSEWISE = (Refused, Unavailable, _http.TooLarge)  # then there is another way to ask


@dataclass
class Changes:
    """`tags` are ETags by path; `token` is what the next pull begins with."""

    tags: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    token: str = ""


@dataclass
class Pull:
    """What was read in it."""

    dav: Dav
    parse: Callable[[str, str], ical.Parsed | Quarantined]
    begin: datetime  # what ended before is not fetched in a first sync
    before: Known
    daily: bool  # compare everything
    items: list[ical.Component] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    _hrefs: dict[str, str] = field(default_factory=dict)  # by path, as the server writes them
    _multiget: bool = True

    def collection(self, key: str, url: str, token: str) -> Collection:
        """What it holds now. `token` was asked for before anything else, so that nothing falls between."""
        known = self.before.collections.get(key)
        if known and not self.daily and known.token and known.token == token:
            return known
        dav = self.dav.at(url)
        follows = known and not self.daily and known.token and not known.token.startswith(CTAG)
        changes = self._synced(dav, known.token) if known and follows else None
        if changes is None:
            changes = self._listed(dav, known or Collection())
            changes.token = changes.token or token
        resources = {path: one for path, one in (known.resources if known else {}).items() if path not in changes.gone}
        fresh = [path for path, tag in changes.tags.items() if path not in resources or resources[path].tag != tag or not tag]
        wanted = fresh if known else self._window(dav, fresh)
        asked = set(wanted)
        resources = {path: one for path, one in resources.items() if path not in asked}
        resources |= {path: Resource(changes.tags[path]) for path in fresh if path not in asked}
        resources |= self._fetched(dav, wanted, changes.tags, known or Collection())
        return Collection(changes.token, dict(sorted(resources.items())))

    # ------------------------------------------------------------------------------------------------ what changed

    def _synced(self, dav: Dav, token: str) -> Changes | None:
        """By sync-collection (RFC 6578). None where the token has expired or the server does not do it: 403, 409, 412, 415, 418, 500,
        507, or an answer that makes no sense; the listing tells it too."""
        made = Changes()
        for _ in range(ROUNDS):
            try:
                told = dav.ask("REPORT", "", _dav.sync_collection(token), "0")
            except _ELSEWISE:
                return None
            more = self._note(dav, told.responses, made)
            if not told.token or (more and told.token == token):
                return None
            made.token = token = told.token
            if not more:
                return made
        return None

    def _note(self, dav: Dav, responses: Sequence[Found], made: Changes) -> bool:
        """Whether there is more (3.6)."""
        more = False
        for each in responses:
            if _same(each.path, dav):
                more = more or each.status == 507
            elif each.status in (404, 410):
                made.gone.add(each.path)
                made.tags.pop(each.path, None)
            else:
                made.gone.discard(each.path)
                made.tags[each.path] = each.text(f"{D}getetag")
                self._hrefs[each.path] = each.href
        return more

    def _listed(self, dav: Dav, known: Collection) -> Changes:
        """By ETags: everything that is there. A list that was cut short would tell that the rest is gone."""
        where = f"calendar: {_http.host(dav.base)}"
        try:
            told = dav.ask("PROPFIND", "", _dav.propfind((f"{D}getetag", f"{D}resourcetype")), "1").responses
        except Refused as fault:
            if fault.status in (403, 404, 410):
                says = f"{where} does not let us see a calendar (HTTP {fault.status})"
                raise NeedsHuman(says, "see whether it is still shared with this account, or choose by `calendars`") from None
            raise Unavailable(f"{where} does not list a calendar ({fault})") from None
        if any(each.status == 507 for each in told):
            if (whole := self._synced(dav, "")) is None:
                raise Unavailable(f"{where} lists only a part of a calendar")
            return Changes(whole.tags, known.resources.keys() - whole.tags.keys(), whole.token)
        made = Changes()
        self._note(dav, [each for each in told if not _is_collection(each)], made)
        return Changes(made.tags, known.resources.keys() - made.tags.keys())

    def _window(self, dav: Dav, paths: list[str]) -> list[str]:
        """Those of the window, where the server can tell; else all."""
        if len(paths) <= CHUNK:
            return paths
        try:
            inside = {each.path for each in dav.ask("REPORT", "", _dav.in_range(self.begin), "1").responses if each.status != 507}
        except _ELSEWISE:
            return paths
        return [path for path in paths if path in inside]

    # ------------------------------------------------------------------------------------------------ what it holds

    def _fetched(self, dav: Dav, paths: Sequence[str], tags: dict[str, str], known: Collection) -> dict[str, Resource]:
        """What is gone meanwhile is not among them."""
        found: dict[str, Resource] = {}
        for at in range(0, len(paths), CHUNK):
            for path, data in self._texts(dav, paths[at : at + CHUNK]):
                if isinstance(data, Quarantined):
                    self.quarantined.append(data)
                    found[path] = Resource(tags[path], (), (data.item,))
                    continue
                tag = tags[path] or "#" + blake2b(data.encode(), digest_size=12).hexdigest()
                old = known.resources.get(path)
                found[path] = old if old and old.tag == tag else self._resource(path, tag, data)
        return found

    def _texts(self, dav: Dav, paths: Sequence[str]) -> Iterator[tuple[str, str | Quarantined]]:
        """By path. What a multiget leaves out is asked for by itself."""
        left = set(paths)
        for each in self._many(dav, paths):
            if each.path in left and (text := each.text(f"{C}calendar-data")):
                left.discard(each.path)
                yield each.path, text
        for path in sorted(left):
            if (text_ := self._one(dav, path)) is not None:
                yield path, text_

    def _many(self, dav: Dav, paths: Sequence[str]) -> Sequence[Found]:
        if not self._multiget:
            return ()
        try:
            return dav.ask("REPORT", "", _dav.multiget([self._hrefs.get(path, path) for path in paths]), "1").responses
        except Refused:
            self._multiget = False
        except (Unavailable, _http.TooLarge):
            pass
        return ()

    def _one(self, dav: Dav, path: str) -> str | Quarantined | None:
        try:
            answer = dav.line.ask("GET", dav.url(self._hrefs.get(path, path)), {"Accept": "text/calendar"})
        except _http.TooLarge:
            return Quarantined("calendar", path.rpartition("/")[2], "larger than 50 MB")
        if answer.status == 200:
            return answer.body.decode("utf-8", "replace")
        if answer.status in (404, 410):
            return None
        return Quarantined("calendar", path.rpartition("/")[2], f"the server does not give it (HTTP {answer.status})")

    def _resource(self, path: str, tag: str, data: str) -> Resource:
        parsed = self.parse(path, data)
        if isinstance(parsed, Quarantined):
            self.quarantined.append(parsed)
            return Resource(tag, (), (parsed.item,))
        self.items += parsed.components
        self.quarantined += parsed.quarantined
        self.warnings += parsed.warnings
        return Resource(tag, tuple(c.id for c in parsed.components), tuple(q.item for q in parsed.quarantined))


def _same(path: str, dav: Dav) -> bool:
    return path.rstrip("/") == _dav.path_of(dav.base).rstrip("/")


def _is_collection(found: Found) -> bool:
    kind = found.properties.get(f"{D}resourcetype")
    return kind is not None and kind.find(f"{D}collection") is not None
