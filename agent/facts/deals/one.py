"""One entry → one deal: what is needed must be right, what is not needed and wrong is dropped with a warning."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from agent.facts import people
from agent.facts.deals import fields
from agent.facts.deals.fields import Fault
from agent.facts.tree import Entries, Items, Node, Text
from agent.model import Address, Contact, Deal

T = TypeVar("T")
_MOST = 500  # items of one list
_LONG = 2000  # characters of one text
_NAME = 300  # characters of an owner
_NOBODY = frozenset({"", "none", "nobody", "no owner", "unassigned", "n/a", "-", "–", "—"})
_BRACKETED = re.compile(r"[(\[]\s?([^\s()\[\]<>,;@]{1,64}@[^\s()\[\]<>,;@]{1,255})\s?[)\]]")
_KNOWN = frozenset(
    "id name account contacts owner stage status amount currency opened stage_since close_date next_step criteria products url "
    "stage_history".split()
)
_NESTED = {"account": frozenset({"name", "domains"}), "contacts": frozenset({"name", "email", "emails", "role"})}


@dataclass(frozen=True, slots=True)
class Found:
    deal: Deal
    warnings: tuple[tuple[int, str], ...]  # (line, sentence)


@dataclass(slots=True)
class _Reading:
    """One deal being read."""

    nodes: dict[str, Node]
    line: int
    warnings: list[tuple[int, str]] = field(default_factory=list)

    def warn(self, node: Node | None, says: str) -> None:
        self.warnings.append((node.line if node else self.line, says))

    def node(self, key: str) -> Node | None:
        """None where nothing stands."""
        node = self.nodes.get(key)
        return None if node is None or _blank(node) else node

    def needed(self, key: str) -> str:
        node = self.node(key)
        if node is None:
            raise Fault(self.line, f"{key} is missing")
        text = people.clean(node.text[:_LONG]) if isinstance(node, Text) else ""
        if not text:
            raise Fault(node.line, f"{key} must be one text")
        return text

    def value(self, key: str, parse: Callable[[Text], T]) -> T | None:
        """An optional field; None, with a warning, where it cannot be read."""
        node = self.node(key)
        try:
            if isinstance(node, Text):
                return parse(node)
        except ValueError as error:
            self.warn(node, f"{key} is left out: {error}")
            return None
        if node is not None:
            self.warn(node, f"{key} is left out: it must be one value")
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(text for node in self.list(key) if (text := self._item(key, node)))

    def list(self, key: str) -> tuple[Node, ...]:
        """The items of a list; one that stands alone is a list of itself."""
        node = self.node(key)
        if node is None:
            return ()
        nodes = node.nodes if isinstance(node, Items) else (node,)
        if len(nodes) > _MOST:
            self.warn(node, f"{key} has more than {_MOST} items; the rest is left out")
        return nodes[:_MOST]

    def _item(self, key: str, node: Node) -> str:
        if not isinstance(node, Text):
            self.warn(node, f"an item of {key} is left out: it must be one text")
            return ""
        return "" if node.empty else people.clean(node.text[:_LONG])


def deal(node: Node) -> Found:
    """Raises `Fault` where the deal cannot be read."""
    if not isinstance(node, Entries):
        raise Fault(node.line, "this is no deal; it must have id, name, stage and account or contacts")
    reading = _Reading(node.nodes, node.line)
    for key in node.nodes:
        if key not in _KNOWN:
            reading.warnings.append((node.keys[key], f"unknown field {key[:60]!r}"))
    name, title, stage = reading.needed("id"), reading.needed("name"), reading.needed("stage")
    account, domains = _account(reading)
    contacts = tuple(contact for part in reading.list("contacts") for contact in _contact(part, reading))
    if not (account or domains or contacts):
        raise Fault(reading.line, _nobody(reading))
    made = Deal(
        id=name,
        name=title,
        stage=stage,
        account=account,
        domains=domains,
        contacts=contacts,
        owner=_owner(reading),
        status=reading.value("status", lambda n: fields.status(n.text)) or fields.closed(stage) or "open",
        amount=reading.value("amount", lambda n: fields.amount(n.text, not n.plain)),
        currency=(reading.value("currency", _currency) or ""),
        opened=reading.value("opened", _day),
        stage_since=reading.value("stage_since", _day),
        close_date=reading.value("close_date", _day),
        next_step=reading.value("next_step", lambda n: people.clean(n.text[:_LONG])) or "",
        criteria=reading.texts("criteria"),
        products=reading.texts("products"),
        url=reading.value("url", _url) or "",
        stage_history=tuple(step for part in reading.list("stage_history") for step in _step(part, reading)),
    )
    if made.status == "open" and not domains and not contacts:
        hint = "so no mail and no meeting can be its own; add contacts or account.domains"
        reading.warn(None, f"deal {name[:60]}: it has no address and no domain, {hint}")
    return Found(made, tuple(reading.warnings))


def _nobody(reading: _Reading) -> str:
    if reading.list("contacts"):
        return "no contact has a usable email address, and account is missing"
    return "account and contacts are missing; one of them is needed"


def _account(reading: _Reading) -> tuple[str, tuple[str, ...]]:
    """Name and registrable domains."""
    node = reading.node("account")
    if isinstance(node, Text):
        return people.clean(node.text[:_LONG]), ()
    if node is None or isinstance(node, Items):
        if node is not None:
            reading.warn(node, "account is left out: it must be a name, or {name: …, domains: […]}")
        return "", ()
    inner = _Reading(node.nodes, node.line, reading.warnings)
    _strangers(inner, node, "account")
    name = inner.value("name", lambda n: people.clean(n.text[:_LONG])) or ""
    domains = dict.fromkeys(d for part in inner.list("domains") if (d := _domain(part, reading)))
    return name, tuple(domains)


def _domain(node: Node, reading: _Reading) -> str:
    """Registrable; a web address or an email address gives its domain. Free-mail domains name no company."""
    text = node.text.strip().lower()[:300] if isinstance(node, Text) and not node.empty else ""
    bare = re.sub(r"\A[a-z]+://", "", text).partition("/")[0].rpartition("@")[2].partition(":")[0].strip(".")
    if not re.match(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,12}\Z", bare):
        reading.warn(node, f"a domain of the account is left out: {text[:60]!r} is none")
        return ""
    if people.free_mail(bare):
        reading.warn(node, f"a domain of the account is left out: {bare} is a free-mail domain and names no company")
        return ""
    return people.registrable(bare)


def _contact(node: Node, reading: _Reading) -> tuple[Contact, ...]:
    """One person, several where a text lists several, none where there is no address."""
    if isinstance(node, Text):
        found = _people(node.text[:_LONG])
        if not found and not node.empty:
            reading.warn(node, f"a contact is left out: {node.text[:60]!r} has no email address")
        return tuple(Contact(who.name, (who,)) for who in found)
    if not isinstance(node, Entries):
        reading.warn(node, "a contact is left out: it must be {name: …, email: …}")
        return ()
    inner = _Reading(node.nodes, node.line, reading.warnings)
    _strangers(inner, node, "contacts")
    name = inner.value("name", lambda n: people.clean(n.text[:_LONG])) or ""
    role = inner.value("role", lambda n: people.clean(n.text[:_LONG])) or ""
    addresses = {who.key: who for key in ("email", "emails") for part in inner.list(key) for who in _addresses(part, name, reading)}
    if not addresses:
        if not (inner.list("email") or inner.list("emails")):
            reading.warn(node, f"a contact is left out: {name[:60]!r} has no email address")
        return ()
    return (Contact(name or next(iter(addresses.values())).name, tuple(addresses.values()), role),)


def _people(text: str) -> tuple[Address, ...]:
    """`Pat Lee <pat@acme.example>`, and as some CRMs export it: `Pat Lee (pat@acme.example)`."""
    return people.addresses(_BRACKETED.sub(r"<\1>", text) if "<" not in text else text)


def _addresses(node: Node, name: str, reading: _Reading) -> tuple[Address, ...]:
    found = people.addresses(node.text[:_LONG]) if isinstance(node, Text) else ()
    if not found and not _blank(node):
        reading.warn(node, f"an address of the contact {name[:60]!r} is left out: it cannot be written to")
    return tuple(people.address(who.email, name or who.name) or who for who in found)


def _owner(reading: _Reading) -> str:
    node = reading.node("owner")
    """The key of an address, or a name in lower case: whose name it is can be told where the rep is known."""
    if isinstance(node, Entries):
        parts = (node.nodes.get(key) for key in ("email", "name"))
        node = next((part for part in parts if part and not _blank(part)), node)
    text = people.clean(node.text[:_NAME]) if isinstance(node, Text) else ""
    if node is None or text.casefold() in _NOBODY:
        return ""
    if len(found := _people(text)) == 1:
        return found[0].key
    if not found and "@" not in text and any(c.isalpha() for c in text):
        return text.lower()
    reading.warn(node, "owner is left out: it must be one email address, or a name")
    return ""


def _step(node: Node, reading: _Reading) -> tuple[tuple[str, date | None], ...]:
    """One of `stage_history`; in a text the date stands last: `Demo 2026-02-02`."""
    if isinstance(node, Text):
        stage, _, since = people.clean(node.text[:_LONG]).rpartition(" ")
        node = Entries({"stage": Text(stage.rstrip(" :="), node.line), "since": Text(since, node.line)}, {}, node.line)
    if not isinstance(node, Entries):
        reading.warn(node, "an item of stage_history is left out: it must be {stage: …, since: …}")
        return ()
    inner = _Reading(node.nodes, node.line, reading.warnings)
    name = inner.value("stage", lambda n: people.clean(n.text[:_LONG]))
    if not name:
        reading.warn(node, "an item of stage_history is left out: stage is missing")
        return ()
    return ((name, inner.value("since", _day)),)


def _strangers(inner: _Reading, node: Entries, place: str) -> None:
    for key in node.nodes:
        if key not in _NESTED[place]:
            inner.warnings.append((node.keys.get(key, node.line), f"unknown field {key[:60]!r} in {place}"))


def _day(node: Text) -> date:
    return fields.day(node.text)


def _currency(node: Text) -> str:
    code = node.text.strip().upper()
    if not re.match(r"[A-Z]{3}\Z|[$€£¥]\Z", code):
        raise ValueError(f"{node.text[:20]!r} is no currency; write its three letters, such as USD")
    return {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}.get(code, code)


def _url(node: Text) -> str:
    link = node.text.strip()
    if not re.match(r"https?://[^\s/?#]{1,255}(?:[/?#]\S*)?\Z", link[:_LONG], re.IGNORECASE) or people.clean(link) != link:
        raise ValueError(f"{link[:60]!r} is no link")
    return link[:_LONG]


def _blank(node: Node) -> bool:
    return isinstance(node, Text) and (node.empty or not node.text.strip())
