"""HTTP for connectors: certificates checked, redirects only to https, sizes capped, and each fault named by what must happen next."""

from __future__ import annotations

import email.utils
import ipaddress
import os
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import urlsplit

import httpx2

from agent.errors import NeedsHuman, OnwardError, Unavailable
from agent.facts.domains import registrable
from connectors._providers import advised

TIMEOUT = httpx2.Timeout(60, connect=10)
REDIRECTS = 5
LONGEST = 86_400.0  # seconds that a server makes us wait
_MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    url: str = ""  # that was asked last: redirects lead elsewhere


class Broken(Unavailable):
    """The connection ended before the answer did."""


class Failed(Unavailable):
    """The server says that it has failed (5xx)."""


class TooLarge(OnwardError):
    """The answer exceeds the cap."""


def check(url: str) -> str:
    """A URL fit to be asked: https, or http to this machine itself; webcal stands for https. Raises `ValueError`."""
    url = url.strip()
    if url.lower().startswith(("webcal://", "webcals://")):
        url = "https://" + url.partition("://")[2]
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("is no web address; write it like https://calendar.example/team.ics")
    if parts.username or parts.password:
        raise ValueError("holds a password; write user: and password: !env NAME instead")
    if parts.scheme == "http" and not loopback(parts.hostname):
        raise ValueError("begins with http, which anybody on the way can read; write https")
    return url


def loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port (RFC 6454)."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or {"https": 443}.get(parts.scheme, 80)


def related(url: str, own: str) -> bool:
    """What logs in at `own` may log in at `url`: the same server, or by https one of the same registered domain, as services that
    spread their accounts over many servers send us there."""
    if origin(url) == origin(own):
        return True
    (scheme, name, _), (own_scheme, own_name, _) = origin(url), origin(own)
    named = bool(name.strip("0123456789.")) and ":" not in name
    return scheme == own_scheme == "https" and named and registrable(name) == registrable(own_name)


def host(url: str) -> str:
    """What of a URL may be shown: paths and queries hold secrets."""
    return urlsplit(url).hostname or "the server"


def trusted() -> ssl.SSLContext:
    """The certificates that this machine trusts, or those that SSL_CERT_FILE or SSL_CERT_DIR names."""
    return _trusted(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@lru_cache(maxsize=4)
def _trusted(*_places: str | None) -> ssl.SSLContext:
    """Reading them takes longer than most requests."""
    return httpx2.create_ssl_context()


@dataclass(frozen=True)
class Site:
    """One server as one section sees it. `section` begins each sentence; `auth` is (user, password) or a bearer token."""

    section: str
    auth: tuple[str, str] | str | None = field(default=None, repr=False)
    limit: int = 50 * 2**20  # bytes of one answer

    @contextmanager
    def open(self) -> Iterator[Line]:
        with httpx2.Client(timeout=TIMEOUT, trust_env=False, verify=trusted(), headers={"User-Agent": "Onward"}) as client:
            yield Line(self, client)

    def ask(self, method: str, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """One request on a connection of its own."""
        with self.open() as line:
            return line.ask(method, url, headers)


@dataclass
class Line:
    """A connection that is kept. What it asks changes nothing at the server, so a request whose connection broke is asked again, once."""

    site: Site
    client: httpx2.Client
    _first: str = ""
    _login: httpx2.Auth | tuple[str, str] | None = None

    def ask(self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes | None = None) -> Answer:
        """Followed through redirects. Any status below 500 but 401 and 429 is an answer.

        Raises `Unavailable` and `NeedsHuman`; `TooLarge` beyond the limit.
        """
        self._first = self._first or url  # what we log in with is for the configured server
        for _ in range(REDIRECTS + 1):
            own = related(url, self._first)
            answer = self._twice(method, url, headers or {}, body, own)
            if answer.status == 401 and own and self._digest(answer.headers.get("www-authenticate", "")):
                answer = self._twice(method, url, headers or {}, body, own)
            if answer.status not in _MOVED or "location" not in answer.headers:
                return self._told(answer, url, login=own)
            url = self._next(url, answer.headers["location"])
        raise NeedsHuman(f"{self.site.section}: {host(url)} sends us in circles", f"see whether `url` of `{self.site.section}` is right")

    def _twice(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, own: bool) -> Answer:
        try:
            return self._once(method, url, headers, body, own)
        except Broken:  # a kept connection that the server had dropped
            return self._once(method, url, headers, body, own)

    def _digest(self, challenge: str) -> bool:
        """Servers that know no Basic (RFC 7616)."""
        wanted = "digest" in challenge.lower() and "basic" not in challenge.lower()
        if not wanted or not isinstance(self.site.auth, tuple) or self._login:
            return False
        self._login = httpx2.DigestAuth(*self.site.auth)
        return True

    def _next(self, url: str, location: str) -> str:
        """To this machine itself leads only this machine."""
        try:
            target = check(str(httpx2.URL(url).join(location)))
        except (ValueError, httpx2.InvalidURL):
            target = "http:"
        if urlsplit(target).scheme == "http" and not (urlsplit(target).hostname and loopback(urlsplit(url).hostname or "")):
            says = f"{self.site.section}: {host(url)} sends us to an address that is not https"
            raise NeedsHuman(says, f"ask for the https address and write it as `url` of `{self.site.section}`")
        return target

    def _once(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, own: bool) -> Answer:
        section, auth = self.site.section, self.site.auth if own else None
        bearer = {"Authorization": f"Bearer {auth}"} if isinstance(auth, str) else {}
        login = self._login or auth if isinstance(auth, tuple) else None
        parts: list[bytes] = []
        size = 0
        try:
            with self.client.stream(method, url, headers={**headers, **bearer}, content=body, auth=login) as response:
                for chunk in response.iter_bytes():
                    size += len(chunk)
                    if size > self.site.limit:
                        raise TooLarge(f"{section}: what {host(url)} sends is larger than {self.site.limit // 2**20} MB")
                    parts.append(chunk)
                return Answer(response.status_code, {k.lower(): v for k, v in response.headers.items()}, b"".join(parts), url)
        except httpx2.ConnectError as fault:
            if "CERTIFICATE" in str(fault).upper():
                says = f"{section}: the certificate of {host(url)} cannot be trusted"
                raise NeedsHuman(says, "ask its administrator for a valid one; the connection is not made without it") from None
            raise Unavailable(f"{section}: {host(url)} cannot be reached") from None
        except httpx2.TimeoutException:
            raise Unavailable(f"{section}: {host(url)} does not answer in time") from None
        except (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL) as fault:
            raise Broken(f"{section}: the connection to {host(url)} broke ({type(fault).__name__})") from None

    def _told(self, answer: Answer, url: str, *, login: bool) -> Answer:
        if answer.status == 401 and login:
            wrong = "does not accept the login" if self.site.auth else "asks for a login"
            hint = "check user and password of" if self.site.auth else "write user and password in"
            if isinstance(self.site.auth, str):
                hint = "sign in anew and renew `token` of"
            says = f"{self.site.section}: {host(url)} {wrong} (HTTP 401)"
            raise NeedsHuman(says, advised(f"{hint} `{self.site.section}`", host(url)))
        if answer.status == 429 or answer.status >= 500:
            says = f"{self.site.section}: {host(url)} cannot answer now (HTTP {answer.status})"
            raise (Unavailable if answer.status == 429 else Failed)(says, retry_after(answer.headers))
        return answer


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, of a number or a date (RFC 9110, 10.2.3). A date is judged by the server's own clock, and means nothing without it."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text), LONGEST)
    at, now = moment(text), moment(headers.get("date", ""))
    return max(0.0, min((at - now).total_seconds(), LONGEST)) if at and now else None


def moment(text: str) -> datetime | None:
    """Of all three forms of an HTTP date (5.6.7), of which one names no zone."""
    try:
        at = email.utils.parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
