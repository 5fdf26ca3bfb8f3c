"""Mail providers that many people use (`config/lists/providers.yaml`). What is known of them tells where to begin and what to advise; how
their servers are spoken to is decided by the protocol alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal
from urllib.parse import urlsplit

from agent.bundled import folder

Security = Literal["tls", "starttls", "none"]


@dataclass(frozen=True, slots=True)
class Endpoint:
    host: str
    port: int
    security: Security

    def __str__(self) -> str:
        return f"{self.host}:{self.port} ({self.security})"


@dataclass(frozen=True, slots=True)
class Provider:
    """`password`: app, two_step or none, as the file says; "" where the account's own is good."""

    name: str
    domains: tuple[str, ...] = ()
    mx: tuple[str, ...] = ()
    imap: Endpoint | None = None
    smtp: Endpoint | None = None
    caldav: str = ""
    password: str = ""
    make: str = ""
    note: str = ""

    @property
    def advice(self) -> str:
        """What a login needs that is not plain, as a clause; "" if nothing."""
        at = f", made at {self.make}" if self.make else ""
        says = {
            "app": f"{self.name} wants an app password here, not the account's own{at}",
            "two_step": f"with two-step sign-in {self.name} wants an app password{at}",
        }
        return "; ".join(part for part in (says.get(self.password, ""), self.note) if part)


@cache
def known() -> tuple[Provider, ...]:
    import yaml

    text = (folder() / "lists" / "providers.yaml").read_text("utf-8")
    return tuple(_provider(entry) for entry in yaml.safe_load(text))


def _provider(entry: dict[str, object]) -> Provider:
    made = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    made |= {key: _endpoint(str(made[key])) for key in ("imap", "smtp") if key in made}
    return Provider(**made)  # type: ignore[arg-type]


def _endpoint(text: str) -> Endpoint:
    host, port, security = text.split()
    return Endpoint(host, int(port), security)  # type: ignore[arg-type]


def of_domain(domain: str) -> Provider | None:
    """Whose addresses end with that domain."""
    low = domain.lower()
    return next((p for p in known() if any(_is(low, d) for d in p.domains)), None)


def of_exchangers(hosts: Iterable[str]) -> Provider | None:
    """Who takes the mail of a domain, by the first of its MX."""
    for host in hosts:
        if found := next((p for p in known() if any(under(host, end) for end in p.mx)), None):
            return found
    return None


def of_host(host: str) -> Provider | None:
    """Whose server that is."""
    low = host.lower()
    return next((p for p in known() if low in (p.imap and p.imap.host, p.smtp and p.smtp.host, urlsplit(p.caldav).hostname)), None)


def advised(hint: str, host: str) -> str:
    """A hint with what is known of the host's provider."""
    provider = of_host(host)
    return f"{hint}; {provider.advice}" if provider and provider.advice else hint


def under(host: str, domain: str) -> bool:
    host, domain = host.lower().rstrip("."), domain.lower()
    return host == domain or host.endswith(f".{domain}")


def _is(domain: str, known_: str) -> bool:
    """`yahoo.*` fits yahoo.de and yahoo.co.uk, and no address below them."""
    if not known_.endswith(".*"):
        return domain == known_
    name, _, suffix = domain.partition(".")
    return name == known_[:-2] and (suffix.count(".") == 0 or suffix.split(".")[0] in ("co", "com", "net", "org"))
