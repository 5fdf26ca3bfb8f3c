"""Deals of a CRM from YAML or CSV. A deal that cannot be read is quarantined with its line; the others count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.facts import people
from agent.facts.deals.fields import Fault
from agent.facts.deals.one import Found, deal
from agent.facts.deals.table import table
from agent.facts.tree import Entries, Items, Node, Text, Unreadable, decode, lines, parse, walk
from agent.model import Deal, Quarantined

__all__ = ["Deals", "Unreadable", "names_of", "read_csv", "read_yaml"]

LARGEST_YAML = 4_000_000  # bytes
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

    Where the file is no valid YAML as a whole, the entry that breaks it is quarantined and reading goes on after it.
    """
    try:
        text = decode(data, LARGEST_YAML)
        return _together(_entries(text), name)
    except Unreadable as error:
        raise _named(name, error) from None


def read_csv(data: bytes, name: str) -> Deals:
    """A header row and a row for each deal. Raises `Unreadable` where nothing can be read."""
    if len(data) > LARGEST_CSV:
        raise Unreadable(f"{name}: it is larger than {LARGEST_CSV // 1_000_000} MB")
    try:
        found = table(data)
        read = _together([_read(row, why) for row, why in found.rows], name)
        return replace(read, warnings=(*(f"{name}:{line}: {says}" for line, says in found.warnings), *read.warnings))
    except Unreadable as error:
        raise _named(name, error) from None


def _named(name: str, error: Unreadable) -> Unreadable:
    return Unreadable(f"{name}:{error.line}: {error.why}" if error.line else f"{name}: {error.why}", error.line)


def _entries(text: str) -> list[_Read]:
    try:
        tree = parse(text)
    except Unreadable as error:
        return _around(text, error)
    root = tree.root
    if isinstance(root, Entries) and isinstance(root.nodes.get("deals"), Items):
        root = root.nodes["deals"]
    if isinstance(root, Text) and root.empty:
        return []
    if not isinstance(root, Items):
        raise Unreadable("it holds no list of deals; each begins with '- id:'", root.line)
    return _reads(root.nodes, tree.faults)


def _reads(nodes: Sequence[Node], faults: Sequence[tuple[int, str]]) -> list[_Read]:
    """Each entry with the faults of its lines."""
    begins = [node.line for node in nodes]
    ends = [max(end, begin + 1) for begin, end in zip(begins, [*begins[1:], 1 << 60], strict=False)]
    return [
        _read(node, next((f"{line}: {says}" for line, says in faults if begin <= line < end), "") if faults else "")
        for node, begin, end in zip(nodes, begins, ends, strict=True)
    ]


def _around(text: str, first: Unreadable) -> list[_Read]:
    """The entries of a list at the margin that is no YAML as a whole. Raises the first fault where none is good.

    What had ended before a fault counts, the entry with the fault is quarantined, and reading begins anew below it. The
    work is bounded, so that many faults, each found far below its cause, make the file unreadable instead of slow.
    """
    rows = lines(text)
    begins = [number for number, row in enumerate(rows) if row.startswith(("- ", "-\n", "-\r"))]
    reads: list[_Read] = []
    at, error, work = 0, first, 0
    while at < len(begins):
        reads += _reads(error.before, error.faults)
        at += len(error.before)
        begin, end = begins[min(at, len(begins) - 1)], [*begins, len(rows)][min(at + 1, len(begins))]
        reads.append(_broken("".join(rows[begin:end]), begin + 1, error))
        at += 1
        work += max(error.line - begin, 10)
        if work > 3 * len(rows) + 1000:
            raise first
        try:
            tree = parse("".join(rows[end:]), line=end + 1)
        except Unreadable as again:
            error = again
        else:
            reads += _reads(tree.root.nodes, tree.faults) if isinstance(tree.root, Items) else []
            break
    if not any(read.found for read in reads):
        raise first
    return reads


def _broken(text: str, line: int, error: Unreadable) -> _Read:
    found = _ID.search(text[:100_000])
    return _Read(found[1] if found else "", line, None, f"{error.line or line}: {error.why}", _mentioned(text))


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
            names = names_of(read.found.deal) if read.found else read.names
            bad.append(Quarantined("deals", f"{read.id} (line {read.line})" if read.id else f"{name}:{read.line}", f"{name}:{why}", names))
    return Deals(tuple(good), tuple(bad), tuple(warnings))


def names_of(found: Deal) -> frozenset[str]:
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
