"""WebDAV as CalDAV needs it (RFC 4918, 4791, 6578): requests, and multistatus answers read without trusting them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from xml.sax.saxutils import escape

from agent.errors import NeedsHuman, Unavailable
from connectors import _http

D, C, CS = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}", "{http://calendarserver.org/ns/}"
_SPACES = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:CS="http://calendarserver.org/ns/"'
_XML = {"Content-Type": "application/xml; charset=utf-8"}
_STATUS = re.compile(r"\s(\d{3})\b")


@dataclass(frozen=True, slots=True)
class Found:
    """One `response` of a multistatus: its path, percent-decoded; its own status (0: none), and the properties that are there.
    `href` is how the server writes it: that is asked for, for what is decoded cannot always be encoded again as it was."""

    path: str
    status: int
    properties: Mapping[str, Element]
    href: str = ""

    def text(self, name: str) -> str:
        found = self.properties.get(name)
        return (found.text or "").strip() if found is not None else ""

    def hrefs(self, name: str) -> list[str]:
        found = self.properties.get(name)
        return [text for each in (found.iterfind(f"{D}href") if found is not None else ()) if (text := (each.text or "").strip())]


@dataclass(frozen=True, slots=True)
class Multistatus:
    responses: tuple[Found, ...]
    token: str = ""  # DAV:sync-token of a sync-collection
    url: str = ""  # that was asked
    at: datetime | None = None  # by the server's clock


class Refused(Exception):
    """The server does not do this request, whatever its status says; there is another way to ask."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


def tag(name: str) -> str:
    """`{DAV:}getetag` as it stands in a request."""
    space, _, local = name.rpartition("}")
    return f"{ {'{DAV:': 'D', '{urn:ietf:params:xml:ns:caldav': 'C'}.get(space, 'CS') }:{local}"


def properties(names: Sequence[str]) -> str:
    return f"<D:prop>{''.join(f'<{tag(name)}/>' for name in names)}</D:prop>"


def propfind(names: Sequence[str]) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?><D:propfind {_SPACES}>{properties(names)}</D:propfind>'.encode()


def sync_collection(token: str) -> bytes:
    inner = f"<D:sync-token>{escape(token)}</D:sync-token><D:sync-level>1</D:sync-level>{properties((f'{D}getetag',))}"
    return f'<?xml version="1.0" encoding="utf-8"?><D:sync-collection {_SPACES}>{inner}</D:sync-collection>'.encode()


def in_range(start: datetime) -> bytes:
    """Which events end after `start`; their ETags only."""
    span = f'<C:time-range start="{start.astimezone(UTC):%Y%m%dT%H%M%SZ}"/>'
    wanted = f'<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">{span}</C:comp-filter></C:comp-filter></C:filter>'
    body = f"{properties((f'{D}getetag',))}{wanted}"
    return f'<?xml version="1.0" encoding="utf-8"?><C:calendar-query {_SPACES}>{body}</C:calendar-query>'.encode()


def named(uid: str) -> bytes:
    """Events whose UID is, or as servers differ holds, that text."""
    match = f'<C:text-match collation="i;octet">{escape(uid)}</C:text-match>'
    inner = f'<C:comp-filter name="VEVENT"><C:prop-filter name="UID">{match}</C:prop-filter></C:comp-filter>'
    body = f'{properties((f"{C}calendar-data",))}<C:filter><C:comp-filter name="VCALENDAR">{inner}</C:comp-filter></C:filter>'
    return f'<?xml version="1.0" encoding="utf-8"?><C:calendar-query {_SPACES}>{body}</C:calendar-query>'.encode()


def multiget(written: Sequence[str]) -> bytes:
    hrefs = "".join(f"<D:href>{escape(href)}</D:href>" for href in written)
    wanted = properties((f"{D}getetag", f"{C}calendar-data"))
    return f'<?xml version="1.0" encoding="utf-8"?><C:calendar-multiget {_SPACES}>{wanted}{hrefs}</C:calendar-multiget>'.encode()


def path_of(href: str) -> str:
    """Servers write paths or whole URLs, encoded each in their own way."""
    try:
        return unquote(urlsplit(href).path)
    except ValueError:
        return unquote(href)


class _Builder(TreeBuilder):
    def doctype(self, *_: object) -> None:
        """Entities of it could stand for anything."""
        raise _DocumentType


class _DocumentType(Exception):
    pass


@dataclass(frozen=True)
class Dav:
    """`base` is a URL on the server, against which what it writes is read."""

    line: _http.Line
    base: str

    def at(self, url: str) -> Dav:
        return Dav(self.line, url)

    def ask(self, method: str, href: str, body: bytes, depth: str) -> Multistatus:
        """Raises `Refused` for anything but a multistatus."""
        answer = self.line.ask(method, self.url(href), {**_XML, "Depth": depth}, body)
        if answer.status != 207:
            raise Refused(answer.status)
        return replace(self.read(answer.body), url=answer.url, at=_http.moment(answer.headers.get("date", "")))

    def url(self, href: str) -> str:
        """An address that is not https, as servers behind a proxy write it, is taken for one on the server that wrote it."""
        try:
            url = urljoin(self.base, quote(href, safe="%/?#[]@:!$&'()*+,;=~"))
            parts, base = urlsplit(url), urlsplit(self.base)
            if parts.scheme != "https" and _http.origin(url) != _http.origin(self.base):
                url = urlunsplit((base.scheme, base.netloc, parts.path, parts.query, ""))
        except ValueError:
            raise Refused(0) from None
        return url

    def read(self, data: bytes) -> Multistatus:
        where = _http.host(self.base)
        text = data.decode("utf-16", "replace") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.decode("utf-8", "replace")
        parser = XMLParser(target=_Builder())  # noqa: S314 - a document type is refused before anything is made of it
        try:
            parser.feed(re.sub(r"\A\ufeff?\s*<\?xml[^>]*\?>", "", text).encode())
            root = parser.close()
        except _DocumentType:
            raise NeedsHuman(f"calendar: the answer of {where} holds a document type, which no calendar server sends") from None
        except ParseError as fault:
            raise Broken(f"calendar: the answer of {where} is broken ({fault})") from None
        if root.tag != f"{D}multistatus":
            raise Refused(207)
        return Multistatus(tuple(_responses(root)), (root.findtext(f"{D}sync-token") or "").strip())


class Broken(Unavailable):
    """What the server sends is no XML."""


def _responses(root: Element) -> Iterator[Found]:
    for response in root.iterfind(f"{D}response"):
        status = _status(response.findtext(f"{D}status"))
        there: dict[str, Element] = {}
        for part in response.iterfind(f"{D}propstat"):
            if _status(part.findtext(f"{D}status")) in (0, 200):
                there.update((each.tag, each) for each in part.iterfind(f"{D}prop/*"))
        for href in response.iterfind(f"{D}href"):
            written = (href.text or "").strip()
            yield Found(path_of(written), status, there, written)


def _status(text: str | None) -> int:
    found = _STATUS.search(text or "")
    return int(found[1]) if found else 0
