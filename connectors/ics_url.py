"""A calendar published at a web address (iCalendar over https): Google's "secret address", Outlook's published calendar.

It is one document: asked for conditionally (RFC 9110, 13.1), and what changed anywhere gives all of it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from zoneinfo import ZoneInfo

from agent.errors import NeedsHuman
from agent.facts import calendar as ical
from agent.ports import Batch, Context, Cursor
from connectors import _http


@dataclass(frozen=True)
class Settings:
    """`url` begins with https or webcal; it is a secret where it holds a token, and may stand as `!env NAME`."""

    url: str = field(repr=False)
    user: str = ""
    password: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        try:
            _http.check(self.url)
        except ValueError as fault:
            raise ValueError(f"url {fault}") from None
        if bool(self.user) != bool(self.password):
            raise ValueError("user and password go together")


def calendar(settings: Settings, context: Context) -> Calendar:
    return Calendar(settings, context.zone, context.shared)


class Calendar:
    """Source of calendar components."""

    def __init__(self, settings: Settings, zone: ZoneInfo, shared: bool = False) -> None:
        self._url = _http.check(settings.url)
        self._site = _http.Site("calendar", (settings.user, settings.password) if settings.user else None)
        self._zone, self._shared = zone, shared

    def pull(self, since: Cursor | None) -> Batch[ical.Component]:
        before = _Known.read(since)
        answer = self._ask(before)
        if since is not None and before and answer.status == 304:
            return Batch((), since)
        digest = blake2b(answer.body, digest_size=16).hexdigest()
        tag, changed = answer.headers.get("etag", ""), _lasting(answer.headers)
        if since is not None and before and before.digest == digest:
            return Batch((), replace(before, tag=tag, changed=changed).cursor())
        found = self._parse(answer.body)
        count = len(found.components) + len(found.quarantined)
        if since is not None and not count and (before is None or before.count):
            return Batch((), since, suspect=True)
        cursor = _Known(digest, count, tag, changed).cursor()
        return Batch(found.components, cursor, reset=True, quarantined=found.quarantined, warnings=found.warnings)

    def _ask(self, before: _Known | None) -> _http.Answer:
        headers = {"Accept": "text/calendar, */*;q=0.1"}
        if before and before.tag:
            headers["If-None-Match"] = before.tag
        elif before and before.changed:
            headers["If-Modified-Since"] = before.changed
        try:
            answer = self._site.ask("GET", self._url, headers)
        except _http.TooLarge as fault:
            raise NeedsHuman(str(fault), "publish a smaller range of it") from None
        if answer.status == 200 or (answer.status == 304 and before):
            return answer
        where = _http.host(self._url)
        gone = answer.status in (404, 410)
        says = "is not there any more" if gone else "cannot be read"
        raise NeedsHuman(
            f"calendar: the calendar at {where} {says} (HTTP {answer.status})", "publish it anew and change `url` of `calendar`"
        )

    def _parse(self, data: bytes) -> ical.Parsed:
        if not data.strip():
            raise self._none("it is empty")
        try:
            return ical.read(data, self._zone, self._shared)
        except ical.Unreadable as fault:
            raise self._none(str(fault)) from None

    def _none(self, why: str) -> NeedsHuman:
        says = f"calendar: what {_http.host(self._url)} sends is no calendar: {why}"
        return NeedsHuman(says, "open the address in a browser: a page to log in may stand there")


def _lasting(headers: Mapping[str, str]) -> str:
    """Last-Modified, once its second is over: what still changes within it does not show (RFC 9110, 8.8.2.2)."""
    changed = headers.get("last-modified", "")
    at, now = _http.moment(changed), _http.moment(headers.get("date", ""))
    return changed if at and now and (now - at).total_seconds() > 1 else ""


@dataclass(frozen=True)
class _Known:
    """What a cursor holds: the document last seen, and what the server calls it."""

    digest: str
    count: int
    tag: str
    changed: str

    def cursor(self) -> Cursor:
        return "\n".join(("ics_url.1", self.digest, str(self.count), self.tag, self.changed))

    @classmethod
    def read(cls, cursor: Cursor | None) -> _Known | None:
        match (cursor or "").split("\n"):
            case ["ics_url.1", digest, count, tag, changed] if count.isascii() and count.isdigit():
                return cls(digest, int(count), tag, changed)
        return None
