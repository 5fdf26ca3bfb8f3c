"""Which deal is this about? Every answer carries its evidence in plain sentences.

The order of evidence: the rep's answer, an explicit reference, continuity, people, company, words. Words only choose
between candidates that people or company brought up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Literal

from agent.facts import people
from agent.model import Address, Answer, Body, Deal, Event, Message, Rules
from agent.think import words
from agent.think.directory import Directory, takes_part
from agent.think.dossier import account
from agent.think.gatherings import persons
from agent.think.references import copied, in_brackets, references, valid
from agent.think.thread import Thread

CONFIDENCE = {"answer": 1.0, "explicit": 0.99, "continuity": 0.97, "people": 0.97, "company": 0.85, "words": 0.75}
Status = Literal["matched", "ambiguous", "unmatched", "excluded"]


@dataclass(frozen=True, slots=True)
class Match:
    """`candidates` are deal ids: the one that was matched, or those between which nothing decides."""

    status: Status
    deal: str | None = None
    candidates: tuple[str, ...] = ()
    by: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def confidence(self) -> float:
        if self.status == "ambiguous":
            return round(1 / max(len(self.candidates), 1), 2)
        return CONFIDENCE.get(self.by, 0.0)


UNMATCHED = Match("unmatched", evidence=("No participant is a contact of a deal or at the domain of its account.",))


# ------------------------------------------------------------------------------------------------ people and words


@dataclass(frozen=True, slots=True)
class Item:
    """What people, company and words are asked of: outsiders who take part, a day, and a subject or title."""

    people: tuple[Address, ...]
    day: date
    words: str


def by_people(item: Item, directory: Directory) -> Match:
    """Evidence 4 to 6: open deals first; closed ones only if no open one fits."""
    found = _among(item, directory, closed=False)
    return _among(item, directory, closed=True) if found.status == "unmatched" else found


def _among(item: Item, directory: Directory, *, closed: bool) -> Match:
    def eligible(deal: Deal) -> bool:
        return (deal.status != "open") == closed and takes_part(deal, item.day)

    contact_of: dict[str, tuple[Deal, ...]] = {}
    company_of: dict[str, tuple[Deal, ...]] = {}
    for person in item.people:
        deals = tuple(d for d in directory.contacts.get(person.key, ()) if eligible(d))
        if deals:
            contact_of[person.key] = deals
            continue
        deals = tuple(d for d in directory.domains.get(people.registrable(person.domain), ()) if eligible(d))
        if deals:
            company_of[person.key] = deals
    if not contact_of and not company_of:
        return UNMATCHED
    # Who is a contact of several accounts says nothing until the others have been asked.
    shared = {k for k, deals in contact_of.items() if len({account(d) for d in deals}) > 1}
    for keys, of, by in (
        ([k for k in contact_of if k not in shared], contact_of, "people"),
        (list(company_of), company_of, "company"),
        (list(shared), contact_of, "people"),
    ):
        if keys:
            return _choose(item, _leading(keys, of), keys, of, by, contact_of)
    return UNMATCHED


def _leading(keys: Sequence[str], of: Mapping[str, tuple[Deal, ...]]) -> list[Deal]:
    """The deals whose people here are not a proper part of another deal's."""
    here: dict[str, set[str]] = defaultdict(set)
    deals: dict[str, Deal] = {}
    for key in keys:
        for deal in of[key]:
            here[deal.id].add(key)
            deals[deal.id] = deal
    return [deals[i] for i in deals if not any(here[i] < here[j] for j in deals)]


def _choose(
    item: Item,
    deals: list[Deal],
    keys: Sequence[str],
    of: Mapping[str, tuple[Deal, ...]],
    by: str,
    contact_of: Mapping[str, tuple[Deal, ...]],
) -> Match:
    def why(deal: Deal) -> tuple[str, ...]:
        named = [k for k in keys if deal in of[k]]
        if by == "people":
            return tuple(f"{k} is a contact of {deal.id}" for k in named)
        return tuple(f"{k} writes from the domain of {deal.account or deal.name} ({deal.id}) and is not in the CRM" for k in named)

    if len(deals) > 1:  # contacts of the deal, those of several accounts among them
        ids = {d.id for d in deals}
        everyone = {k: tuple(d for d in found if d.id in ids) for k, found in contact_of.items()}
        everyone = {k: v for k, v in everyone.items() if v}
        if everyone:
            narrowed = _leading(list(everyone), everyone)
            if len(narrowed) < len(deals):
                deals, keys, of, by = narrowed, list(everyone), everyone, "people"
    if len(deals) == 1:
        return Match("matched", deals[0].id, (deals[0].id,), by, why(deals[0]))
    best, named = words.choose(item.words, deals)
    if len(best) == 1:
        says = f"the words {', '.join(sorted(named))} name {best[0].id} and no other candidate"
        return Match("matched", best[0].id, (best[0].id,), "words", (*why(best[0]), says))
    ids_ = tuple(sorted(d.id for d in best))
    return Match("ambiguous", None, ids_, by, tuple(w for d in best for w in why(d)))


# ----------------------------------------------------------------------------------------------- threads and events


def _explicit(deals: list[Deal], says: tuple[str, ...]) -> Match:
    if len(deals) == 1:
        return Match("matched", deals[0].id, (deals[0].id,), "explicit", says)
    return Match("ambiguous", None, tuple(sorted(d.id for d in deals)), "explicit", says)


def answered(answers: Iterable[Answer], directory: Directory, fits: Callable[[Answer], bool]) -> Match | None:
    """Evidence 1: what the rep said."""
    for answer in answers:
        if not fits(answer):
            continue
        if answer.deal is None:
            return Match("unmatched", by="answer", evidence=("You said that this is about no deal.",))
        deals = directory.called(answer.deal)
        if len(deals) == 1:
            return Match("matched", deals[0].id, (deals[0].id,), "answer", (f"You said that this is {deals[0].id}.",))
    return None


def _of_person(item: Item, directory: Directory) -> Match | None:
    """What the rep said of a person here: at an account, if that account comes into question. Two answers decide nothing."""
    keys = {a.key for a in item.people}
    here = [a for a in directory.rules.answers if a.person and a.person in keys]
    if not here:
        return None
    candidates = by_people(replace(item, words=""), directory).candidates
    accounts = {directory.by_id[i].account.casefold().strip() for i in candidates}
    fitting = [a for a in here if not a.account or not accounts or a.account.casefold().strip() in accounts]
    if len({(a.deal or "").casefold() for a in fitting}) > 1:
        return None
    return answered(fitting, directory, lambda _: True)


def outsiders(addresses: Iterable[Address], rules: Rules) -> tuple[Address, ...]:
    seen: dict[str, Address] = {}
    for address in addresses:
        if address.key not in seen and people.role(address, rules.rep) == "outsider":
            seen[address.key] = address
    return tuple(seen.values())


def match_thread(
    thread: Thread,
    counted: Sequence[Message],
    bodies: Mapping[str, Body],
    directory: Directory,
) -> Match:
    """`counted` are the messages whose people count: no strangers', excluded, forged or internal mail, oldest first."""
    rules = directory.rules
    ids = {m.message_id for m in thread.messages}
    visible = _visible(counted, rules)
    everyone = outsiders(chain.from_iterable(visible), rules)
    latest = counted[-1].sent if counted else thread.latest
    day = latest.astimezone(rules.rep.working.zone).date()
    said = answered(rules.answers, directory, lambda a: a.thread in ids if a.thread else False)
    said = said or _of_person(Item(everyone, day, ""), directory)
    if said:
        return said
    for message in reversed(counted):
        deals, says = references(message, bodies.get(message.id), directory, day)
        if deals:
            return _explicit(deals, says)
    if not any(directory.known(a) for a in everyone):
        return UNMATCHED
    return _in_sequence(counted, visible, day, directory)


def _visible(counted: Sequence[Message], rules: Rules) -> list[tuple[Address, ...]]:
    """From, To and Cc of each mail weigh the same; Bcc tells only where no outsider stands in any of them."""
    seen = [(m.sender, *m.to, *m.cc) for m in counted]
    if any(people.role(a, rules.rep) == "outsider" for each in seen for a in each):
        return seen
    return [(m.sender, *m.recipients) for m in counted]


def _in_sequence(counted: Sequence[Message], visible: Sequence[tuple[Address, ...]], day: date, directory: Directory) -> Match:
    """What the thread's earlier messages alone gave it stays; only a deal that takes part by its latest date does."""
    present: dict[str, Address] = {}
    last = UNMATCHED
    text: list[str] = []
    for message, everyone in zip(counted, visible, strict=True):
        for address in outsiders(everyone, directory.rules):
            present.setdefault(address.key, address)
        if message.subject not in text:
            text.append(message.subject)
        found = by_people(Item(tuple(present.values()), day, " ".join(words.subject(t) for t in text)), directory)
        if found.status == "matched" and directory.by_id[str(found.deal)].status == "open":
            return found
        last = found if found.status != "unmatched" else last
    return last


def match_event(event: Event, directory: Directory, invitation: Match | None) -> Match:
    """`invitation` is what the conversation that brought the event was matched to, or what its invitation mail names."""
    rules = directory.rules
    day = event.start.astimezone(rules.rep.working.zone).date()
    item = Item(outsiders(persons(event), rules), day, event.title)
    said = answered(rules.answers, directory, lambda a: a.series == event.uid if a.series else False)
    if said:
        return said
    if invitation and invitation.by == "answer":
        return invitation
    said = _of_person(item, directory)
    if said:
        return said
    named = [(d, f"{d.id} stands in the title") for d in in_brackets(event.title, directory)]
    named += [(d, f"the CRM's address for {d.id} is invited") for d in copied(event.participants, directory)]
    # An event of the rep's own calendar that names no organiser is the rep's.
    deals, says = valid(named, event.organizer or rules.rep.address, directory, day)
    if deals:
        return _explicit(deals, says)
    if invitation and invitation.by == "explicit" and invitation.status == "ambiguous":
        return invitation
    if invitation and invitation.status == "matched" and (invitation.by == "explicit" or _concerns(invitation, item, directory)):
        says = ("it goes with its invitation mail", *invitation.evidence)
        return Match("matched", invitation.deal, invitation.candidates, "continuity", says)
    return by_people(item, directory)


def _concerns(invitation: Match, item: Item, directory: Directory) -> bool:
    """Whether a customer of that deal takes part; a conversation may arrange a meeting with others."""
    circle = directory.circles[str(invitation.deal)]
    return any(circle.customer(who) for who in item.people)
