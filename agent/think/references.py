"""Deals that a mail or an event names outright: an id in brackets, the CRM's address, a link to the CRM.

It counts if the deal takes part by its dates and the writer is rep, colleague or customer of that account.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from agent.model import Address, Body, Deal, Message, Rules
from agent.think.directory import Directory, takes_part

ESCAPED = re.compile(r"%([0-7][0-9a-f])", re.IGNORECASE)  # an ASCII character of a URL
BRACKETED = re.compile(r"\[\s*([^\[\]\s][^\[\]]{0,78}?)\s*\]")


def in_brackets(text: str, directory: Directory) -> list[Deal]:
    return [d for m in BRACKETED.finditer(text) for d in directory.called(m[1])]


@lru_cache(maxsize=64)
def _pattern(template: str) -> re.Pattern[str] | None:
    if "{id}" not in template:
        return None
    before, after = template.split("{id}", 1)
    tail = re.escape(after) if after else ""
    return re.compile(re.escape(before) + r"([^\s<>\"'?#/@]{1,80}?)" + tail + r"(?![\w-])", re.IGNORECASE)


def linked(body: Body, rules: Rules) -> tuple[list[str], list[str]]:
    """Ids that links to the CRM carry, and all links, as `bare` has them."""
    pattern = _pattern(rules.deal_url)
    text = " ".join((body.text[:50_000], *body.links))
    if "%3a%2f%2f" in text.lower():  # a mail server has wrapped the links
        text += " " + ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)
    ids = [m[1] for m in pattern.finditer(text)] if pattern else []
    links = re.findall(r"https?://[^\s<>\"')\]]{1,500}", text) if "://" in text else []
    return ids, [bare(link.rstrip(".,;:!?/")) for link in links]


def bare(url: str) -> str:
    return url.rstrip("/").casefold()


def _linked(body: Body, directory: Directory) -> list[Deal]:
    ids, links = linked(body, directory.rules)
    found = [d for name in ids for d in directory.called(name)]
    return found + [d for link in links for d in directory.deals if d.url and bare(d.url) == link]


def copied(addresses: Iterable[Address], directory: Directory) -> list[Deal]:
    """By the CRM's own address among the recipients or guests."""
    return [d for a in addresses if (name := crm_id(a, directory.rules)) for d in directory.called(name)]


def is_crm(address: Address, rules: Rules) -> bool:
    """Whether this is the CRM's own address, with whatever id."""
    return crm_id(address, rules) is not None


def crm_id(address: Address, rules: Rules) -> str | None:
    """The id that the CRM's own address carries; None for any other address."""
    pattern = _pattern(rules.bcc)
    found = pattern.fullmatch(address.email) if pattern else None
    return found[1] if found else None


def references(message: Message, body: Body | None, directory: Directory, day: date) -> tuple[list[Deal], tuple[str, ...]]:
    """The deals that one mail names, each once, and how."""
    named = [(d, f"{d.id} stands in the subject") for d in in_brackets(message.subject, directory)]
    named += [(d, f"the CRM's address for {d.id} is a recipient") for d in copied(message.recipients, directory)]
    if body is not None:
        named += [(d, f"the mail links to {d.id} in the CRM") for d in _linked(body, directory)]
    return valid(named, message.sender, directory, day)


def valid(named: Iterable[tuple[Deal, str]], writer: Address | None, directory: Directory, day: date) -> tuple[list[Deal], tuple[str, ...]]:
    found: dict[str, Deal] = {}
    says: list[str] = []
    for deal, why in named:
        if writer is None or not takes_part(deal, day) or deal.id in found:
            continue
        if directory.speaks_for(writer, deal):
            found[deal.id] = deal
            says.append(why)
    return list(found.values()), tuple(says)
