"""Where the servers of a mail address are: what is known of its provider, what its domain publishes (the configuration files that mail
programs look for, RFC 6186 and 6764 records), and the usual names.

A password goes only to hosts that the address vouches for: its provider's, those named over https by its own domain, and those within the
domain. What DNS names elsewhere is told and not tried: anybody on the way can write an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, ParseError, fromstring

from agent.errors import NeedsHuman, OnwardError
from agent.facts import people
from connectors import _http, _providers
from connectors._imap import Account, NoEntry
from connectors._providers import Endpoint, Provider, Security, under
from connectors._smtp import Server

LARGEST = 2**18  # bytes of a configuration file
PATIENCE = 10.0  # seconds for one server
MOST = 5  # records of one service that are heeded: each is a server to be tried
PUBLISHED = (
    "https://autoconfig.{domain}/mail/config-v1.1.xml?emailaddress={address}",
    "https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml",
)
NAMES = {"imap": ("imap.{domain}", "mail.{domain}"), "smtp": ("smtp.{domain}", "mail.{domain}")}
PORTS: dict[str, tuple[tuple[int, Security], ...]] = {
    "imap": ((993, "tls"), (143, "starttls")),
    "smtp": ((465, "tls"), (587, "starttls")),
}
_SECURITY: dict[str, Security] = {"SSL": "tls", "STARTTLS": "starttls"}
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?\Z")

Resolve = Callable[[str, str], Sequence[tuple[int, int, int, str]]]  # name, SRV or MX → (priority, weight, port, host)


@dataclass(frozen=True, slots=True)
class Guess:
    """Where the servers may be, and who says so. `user` is what to sign in as; `calendar` a CalDAV address or ""."""

    imap: Endpoint
    smtp: tuple[Endpoint, ...]
    user: str
    told_by: str
    calendar: str = ""
    provider: Provider | None = None


def resolved(name: str, kind: str, resolver: Any = None) -> list[tuple[int, int, int, str]]:
    """Asks the system's resolver; nothing where it does not answer, and nothing where the domain says that there is none (RFC 2782)."""
    import dns.exception
    import dns.resolver

    try:
        answer = (resolver or dns.resolver.get_default_resolver()).resolve(f"{name}.", kind, lifetime=PATIENCE / 2, search=False)
    except (dns.exception.DNSException, OSError, UnicodeError):
        return []
    rows = [(r.preference, 0, 25, r.exchange) if kind == "MX" else (r.priority, r.weight, r.port, r.target) for r in answer]
    return [(first, weight, port, host) for first, weight, port, target in rows if (host := target.to_text(omit_final_dot=True)) != "."]


@dataclass(frozen=True)
class Lookups:
    """Where is looked; `http` are addresses with {domain} and {address} in them."""

    http: Sequence[str] = PUBLISHED
    resolve: Resolve = resolved
    patience: float = PATIENCE


@dataclass
class Search:
    """Looks for the servers of one address, from what is most certain to what is guessed. `untrusted` are hosts named by DNS only."""

    address: str
    lookups: Lookups = field(default_factory=Lookups)
    untrusted: list[str] = field(default_factory=list)

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2].lower()

    def provider(self) -> Provider | None:
        found = _providers.of_domain(self.domain)
        return found or _providers.of_exchangers(host for *_, host in sorted(self.lookups.resolve(self.domain, "MX")))

    def guesses(self, provider: Provider | None) -> Iterator[Guess]:
        if provider and provider.imap:
            smtp = (provider.smtp,) if provider.smtp else ()
            yield Guess(provider.imap, smtp, self.address, f"known of {provider.name}", provider.caldav, provider)
            return
        calendar = self._calendar()
        ways = chain(self._published(), self._recorded(), self._usual())
        yield from (replace(guess, calendar=guess.calendar or calendar) for guess in ways)

    def _published(self) -> Iterator[Guess]:
        site = _http.Site("mail", limit=LARGEST)
        for form in self.lookups.http:
            url = form.format(domain=self.domain, address=quote(self.address, safe=""))
            try:
                answer = site.ask("GET", _http.check(url))
            except (OnwardError, ValueError):
                continue
            if answer.status == 200 and (found := read(answer.body, self.address)):
                yield found
                return

    def _recorded(self) -> Iterator[Guess]:
        """RFC 6186, 8314."""
        smtp = tuple(self._services((("_submissions._tcp", "tls"), ("_submission._tcp", "starttls"))))
        for imap in self._services((("_imaps._tcp", "tls"), ("_imap._tcp", "starttls"))):
            yield Guess(imap, smtp, self.address, f"recorded in DNS for {self.domain}")

    def _services(self, names: Sequence[tuple[str, Security]]) -> Iterator[Endpoint]:
        for service, security in names:
            found = sorted(self.lookups.resolve(f"{service}.{self.domain}", "SRV"), key=lambda each: (each[0], -each[1]))
            for _, _, port, host in found[:MOST]:
                if not _HOST.match(host) or not port:
                    continue
                if self._vouched(host):
                    yield Endpoint(host, port, security)
                elif host not in self.untrusted:
                    self.untrusted.append(host)

    def _vouched(self, host: str) -> bool:
        return under(host, people.registrable(self.domain)) or _providers.of_host(host) is not None

    def _usual(self) -> Iterator[Guess]:
        smtp = tuple(Endpoint(name.format(domain=self.domain), *port) for name in NAMES["smtp"] for port in PORTS["smtp"])
        for name in NAMES["imap"]:
            for port in PORTS["imap"]:
                yield Guess(Endpoint(name.format(domain=self.domain), *port), smtp, self.address, "the usual names")

    def _calendar(self) -> str:
        """RFC 6764, section 6: the path behind it is found by asking the server."""
        found = next(self._services((("_caldavs._tcp", "tls"),)), None)
        return f"https://{found.host}{'' if found.port == 443 else f':{found.port}'}" if found else ""


def given(imap: str, smtp: str, user: str) -> list[Guess]:
    """What a person named, as HOST or HOST:PORT; raises `ValueError`."""
    outs = tuple(ends(smtp, "smtp")) if smtp else tuple(ends(re.sub(r"\Aimap\.", "smtp.", imap.partition(":")[0]), "smtp"))
    return [Guess(end, outs, user, "named by you") for end in ends(imap, "imap")]


def ends(text: str, service: str) -> list[Endpoint]:
    """HOST or HOST:PORT of imap or smtp; raises `ValueError`."""
    host, _, port = text.strip().partition(":")
    if not _HOST.match(host) or (port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536)):
        raise ValueError(f"{text[:80]!r} is no server; write it like {service}.example.com or {service}.example.com:{PORTS[service][0][0]}")
    if not port:
        return [Endpoint(host, *each) for each in PORTS[service]]
    known: list[Security] = [security for usual, security in PORTS[service] if usual == int(port)]
    plain: list[Security] = ["none"] if _http.loopback(host) else []
    return [Endpoint(host, int(port), security) for security in known or [*plain, *_SECURITY.values()]]


# --------------------------------------------------------------------------------------------------------------- trying


@dataclass(frozen=True, slots=True)
class Found:
    """What worked of an address's guesses. `imap_fault`: why signing in did not, "" if it did; `smtp_fault` likewise, where there is a
    server for sending."""

    guess: Guess
    smtp: Endpoint | None
    imap_fault: str = ""
    smtp_fault: str = ""
    wrong_login: bool = False  # the server is there, and it is the password that it does not take


def tried(guesses: Iterator[Guess] | Sequence[Guess], password: str, patience: float = PATIENCE) -> Found | None:
    """The first that lets in; else the first that was there and did not; else the first. None without any.

    A server that refuses the password ends it: the others would be told it for nothing.
    """
    first: Found | None = None
    away = True  # what `first` names was not reached
    for guess in guesses:
        fault = imap_fault(guess, password, patience)
        if fault is None:
            return _with_smtp(guess, password, patience)
        found = Found(guess, guess.smtp[0] if guess.smtp else None, fault.told, wrong_login=isinstance(fault, NoEntry))
        if found.wrong_login:
            return found
        if first is None or (away and isinstance(fault, NeedsHuman)):
            first, away = found, not isinstance(fault, NeedsHuman)
    return first


def imap_fault(guess: Guess, password: str, patience: float) -> OnwardError | None:
    end = guess.imap
    try:
        with Account("mail", end.host, end.port, end.security, guess.user, password, timeout=patience).open():
            return None
    except OnwardError as fault:
        return fault


def _with_smtp(guess: Guess, password: str, patience: float) -> Found:
    """Some servers stand only behind one of the ports."""
    first = ""
    for end in guess.smtp:
        try:
            with Server("outbox", end.host, end.security, guess.user, password, port=end.port, patience=patience).open():
                return Found(guess, end)
        except OnwardError as fault:
            first = first or fault.told
    return Found(guess, guess.smtp[0] if guess.smtp else None, smtp_fault=first)


# -------------------------------------------------------------------------------------------------------------- reading


def read(data: bytes, address: str) -> Guess | None:
    """A `clientConfig` document (the form that Thunderbird began): its first IMAP server that is safe. None for anything else."""
    root = _root(data)
    if root is None:
        return None
    servers = [found for each in root.iter("incomingServer") if each.get("type") == "imap" and (found := _server(each))]
    if not servers:
        return None
    imap, name = servers[0]
    smtp = tuple(found[0] for each in root.iter("outgoingServer") if each.get("type") == "smtp" and (found := _server(each)))
    calendar = next((each.findtext("serverURL") or "" for each in root.iter("calendar") if each.get("type") == "caldav"), "").strip()
    try:
        calendar = _http.check(_filled(calendar, address)) if calendar else ""
    except ValueError:
        calendar = ""
    return Guess(imap, smtp, _filled(name or "%EMAILADDRESS%", address), f"published by {address.rpartition('@')[2]}", calendar)


def _root(data: bytes) -> Element | None:
    """A document type is refused before anything is made of it: entities of it could stand for anything."""
    text = data.decode("utf-16", "replace") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.decode("utf-8-sig", "replace")
    if "<!" in re.sub(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>", "", text, flags=re.DOTALL):
        return None
    try:
        root = fromstring(re.sub(r"\A\s*<\?xml[^>]*\?>", "", text))  # noqa: S314 - see above
    except (ParseError, ValueError):
        return None
    return root if root.tag == "clientConfig" else None


def _server(element: Element) -> tuple[Endpoint, str] | None:
    host, port = ((element.findtext(name) or "").strip() for name in ("hostname", "port"))
    security = _SECURITY.get((element.findtext("socketType") or "").strip().upper())
    ways = [(each.text or "").strip() for each in element.iter("authentication")]
    if not security or not _HOST.match(host) or not re.fullmatch(r"[0-9]{1,5}", port) or (ways and set(ways) == {"OAuth2"}):
        return None
    return Endpoint(host, int(port), security), (element.findtext("username") or "").strip()


def _filled(text: str, address: str) -> str:
    local, _, domain = address.rpartition("@")
    for mark, value in (("%EMAILADDRESS%", address), ("%EMAILLOCALPART%", local), ("%EMAILDOMAIN%", domain)):
        text = text.replace(mark, value)
    return text
