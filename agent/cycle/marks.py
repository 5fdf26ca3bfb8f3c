"""What a mail, an event or a deal is found by: people, domains, ids of deals, links; and what joins mails into threads.

A mail can be about a deal, or bear on what is concluded of it, only if the two have a mark in common, if a rep's answer says so,
or if something that it is joined with does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from agent.facts import people
from agent.facts.calendar.component import Component
from agent.model import Address, Body, Deal, Message, Rules
from agent.think import itip
from agent.think.directory import Directory
from agent.think.references import BRACKETED, bare, crm_id, linked


def of_people(addresses: Iterable[Address], rules: Rules) -> set[str]:
    """Address keys, and "@" with registrable domains; not of the rep's own company, nor of free mail."""
    found: set[str] = set()
    for who in addresses:
        domain = people.registrable(who.domain)
        if (name := crm_id(who, rules)) is not None:
            found.add(explicit(name))
        if who.key not in rules.rep.keys and domain not in rules.rep.domains:
            found.add(who.key)
            if not people.free_mail(who.domain):
                found.add("@" + domain)
    return found


def explicit(name: str) -> str:
    return f"[{name.casefold()}]"


def bracketed(text: str) -> set[str]:
    return {explicit(m[1]) for m in BRACKETED.finditer(text)}


def of_message(message: Message, rules: Rules) -> set[str]:
    """Of its headers and invitations; `of_body` adds what only the text says."""
    found = of_people((message.sender, *message.recipients, *message.failed), rules) | bracketed(message.subject)
    return found.union(*(_of_event(part.component, rules) for part in itip.parts(message, rules.rep.working.zone, rules.rep)))


def of_body(body: Body, rules: Rules) -> set[str]:
    ids, links = linked(body, rules)
    return {*map(explicit, ids), *("url:" + link for link in links)}


def of_component(one: Component, rules: Rules) -> set[str]:
    return _of_event(one, rules)


def _of_event(one: Component, rules: Rules) -> set[str]:
    return of_people(one.event.participants, rules) | bracketed(one.event.title)


def links(message: Message, rules: Rules) -> set[str]:
    """What joins it with other mails."""
    found = {message.message_id, message.in_reply_to, message.returned_id, *message.references}
    found |= {"hint:" + message.thread_hint} if message.thread_hint else set()
    found |= {"uid:" + part.component.uid for part in itip.parts(message, rules.rep.working.zone, rules.rep)}
    return found - {""}


def of_deal(deal: Deal, directory: Directory) -> set[str]:
    """With every address of its people that any deal knows."""
    circle = directory.circles[deal.id]
    found = siblings(circle.contacts, directory) | {"@" + d for d in circle.domains} | {explicit(deal.id)}
    if deal.url:
        found.add("url:" + bare(deal.url))
    return found | {a.person for a in directory.rules.answers if a.person and a.deal and deal in directory.called(a.deal)}


def siblings(keys: Iterable[str], directory: Directory) -> set[str]:
    """These address keys and all others of the same contacts."""
    found, new = set[str](), set(keys)
    while new:
        found |= new
        deals = {d.id for key in new for d in directory.contacts.get(key, ())}
        new = {a.key for name in deals for a in _beside(new, directory, name)} - found
    return found


def _beside(keys: set[str], directory: Directory, name: str) -> Iterator[Address]:
    contacts = directory.circles[name].contacts
    for key in keys & contacts.keys():
        yield from contacts[key].addresses


def deals(marks: Iterable[str], directory: Directory) -> set[str]:
    """Ids of the deals on which something with these marks of people bears."""
    marks = set(marks)
    found = {d.id for key in siblings((m for m in marks if "@" in m[1:]), directory) for d in directory.contacts.get(key, ())}
    return found | {d.id for mark in marks if mark[:1] == "@" for d in directory.domains.get(mark[1:], ())}


def named(keys: Iterable[str], directory: Directory) -> set[str]:
    """Ids of the deals that an item naming these addresses concerns."""
    keys = set(keys)
    domains = {people.registrable(key.rpartition("@")[2]) for key in keys if "@" in key}
    found = {d.id for key in keys for d in directory.contacts.get(key, ())}
    return found | {d.id for domain in domains for d in directory.domains.get(domain, ())}
