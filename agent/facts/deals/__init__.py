"""Deals of a CRM from YAML or CSV. A deal that cannot be read is quarantined with its line; the others count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent.facts import people
from agent.facts.deals.fields import Fault
from agent.facts.deals.one import Found, deal
from agent.facts.deals.table import rows
from agent.facts.tree import Entries, Items, Node, Text, Unreadable, decode, lines, parse, walk
from agent.model import Deal, Quarantined

__all__ = ["Deals", "Unreadable", "read_csv", "read_yaml"]

LARGEST_YAML = 10_000_000  # bytes
LARGEST_CSV = 25_000_000
_EMAIL = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_DOMAINS = re.compile(r"domains?[\"']?\s{0,9}:([^}\n]{0,2000})")
_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_ID = re.compile(r"\bid[\"']?\s{0,9}:\s{0,9}[\"']?([^\s,}\"']{1,80})")


@dataclass(frozen=True, slots=True)
class Deals:
    """What one file holds. A warning names the file and line of a field that was dropped."""

    deals: tuple[Deal, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """One entry: read, or why not."""

    id: str
    line: int
    found: Found | None
    why: str
    names: frozenset[str]


def read_yaml(data: bytes, name: str) -> Deals:
    """A list of deals. Raises `Unreadable` where nothing can be read; an empty file is an empty list.

    Where the file is no valid YAML as a whole, each entry of its list is read on its own.
    """
    try:
        text = decode(data, LARGEST_YAML)
    except Unreadable as error:
        raise _named(name, error) from None
    try:
        return _together(_entries(text), name)
    except Unreadable as error:
        parts = list(_parts(text))
        if len(parts) < 2:
            raise _named(name, error) from None
        reads = [read for line, part in parts for read in _part(part, line)]
        if not any(read.found for read in reads):
            raise _named(name, error) from None
        return _together(reads, name)


def read_csv(data: bytes, name: str) -> Deals:
    """A header row and a row for each deal. Raises `Unreadable` where nothing can be read."""
    if len(data) > LARGEST_CSV:
        raise Unreadable(f"{name}: it is larger than {LARGEST_CSV // 1_000_000} MB")
    try:
        return _together([_read(row, why) for row, why in rows(data)], name)
    except Unreadable as error:
        raise _named(name, error) from None


def _named(name: str, error: Unreadable) -> Unreadable:
    return Unreadable(f"{name}:{error.line}: {error.why}" if error.line else f"{name}: {error.why}", error.line)


def _entries(text: str) -> list[_Read]:
    tree = parse(text)
    root = tree.root
    if isinstance(root, Entries) and isinstance(root.nodes.get("deals"), Items):
        root = root.nodes["deals"]
    if isinstance(root, Text) and root.empty:
        return []
    if not isinstance(root, Items):
        raise Unreadable("it holds no list of deals; each begins with '- id:'", root.line)
    ends = [*(n.line for n in root.nodes[1:]), 1 << 60]
    return [
        _read(node, next((f"{line}: {says}" for line, says in tree.faults if node.line <= line < max(end, node.line + 1)), ""))
        for node, end in zip(root.nodes, ends, strict=True)
    ]


def _parts(text: str) -> Iterable[tuple[int, str]]:
    """The entries of a block list that begins at the margin: (line, text)."""
    begin, part = 0, [""]
    for number, line in enumerate(lines(text), 1):
        if line.startswith(("- ", "-\n", "-\r")):
            if begin:
                yield begin, "".join(part)
            begin, part = number, []
        part.append(line)
    if begin:
        yield begin, "".join(part)


def _part(text: str, line: int) -> list[_Read]:
    """One entry, parsed with its place in the file kept."""
    try:
        return _entries("\n" * (line - 1) + text)
    except Unreadable as error:
        found = _ID.search(text[:100_000])
        return [_Read(found[1] if found else "", line, None, f"{error.line or line}: {error.why}", _mentioned(text))]


def _read(node: Node, why: str) -> _Read:
    """`why` is what spoils the entry before it is looked at."""
    nodes = node.nodes if isinstance(node, Entries) else {}
    written = nodes.get("id")
    name = people.clean(written.text)[:200] if isinstance(written, Text) and not written.empty else ""
    found = None
    if not why:
        try:
            found = deal(node)
        except Fault as fault:
            why = f"{fault.line}: {fault}"
    return _Read(name, node.line, found, why, frozenset() if found else _names(node))


def _together(reads: Sequence[_Read], name: str) -> Deals:
    """Both of two deals with one id are quarantined, whether or not one of them cannot be read."""
    count = Counter(read.id for read in reads if read.id)
    good, bad, warnings = [], [], []
    for read in reads:
        twin = read.found and count[read.found.deal.id] > 1
        if read.found and not twin:
            good.append(read.found.deal)
            warnings += [f"{name}:{line}: {says}" for line, says in read.found.warnings]
        else:
            why = f"{read.line}: the id {read.id} stands {count[read.id]} times; which deal is meant cannot be told" if twin else read.why
            names = _of(read.found.deal) if read.found else read.names
            bad.append(Quarantined("deals", f"{read.id} (line {read.line})" if read.id else f"{name}:{read.line}", f"{name}:{why}", names))
    return Deals(tuple(good), tuple(bad), tuple(warnings))


def _of(found: Deal) -> frozenset[str]:
    addresses = {who.key for contact in found.contacts for who in contact.addresses}
    return frozenset(addresses | {f"@{domain}" for domain in found.domains})


def _names(node: Node) -> frozenset[str]:
    """The addresses an unreadable deal mentions anywhere, and its account's domains as `@domain`."""
    texts = " ; ".join(text.text[:2000] for _, text in zip(range(2000), walk(node), strict=False))
    account = node.nodes.get("account") if isinstance(node, Entries) else None
    domains = account.nodes.get("domains") if isinstance(account, Entries) else None
    listed = " ".join(text.text for _, text in zip(range(200), walk(domains), strict=False)) if domains else ""
    return _keys(texts) | _at(listed)


def _mentioned(text: str) -> frozenset[str]:
    """The same of an entry that is no YAML."""
    return _keys(text[:200_000]) | _at(" ".join(_DOMAINS.findall(text[:200_000])))


def _keys(text: str) -> frozenset[str]:
    found = (people.address(email) for email in _EMAIL.findall(text))
    return frozenset(who.key for who in found if who)


def _at(text: str) -> frozenset[str]:
    return frozenset(f"@{people.registrable(d.lower())}" for d in _DOMAIN.findall(text) if not people.free_mail(d.lower()))
