"""Everything about one deal, and who is who in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from agent.facts import people
from agent.facts.words import fold
from agent.model import Address, Body, Contact, Deal, Event, Evidence, Finding, Message, Rep
from agent.think.language.acts import Reading

Role = Literal["bot", "rep", "colleague", "customer", "other"]
Side = Literal["ours", "theirs", "other"]


def account(deal: Deal) -> str:
    """What makes two deals of one account: its name, else its domains, else the deal itself."""
    return deal.account.casefold().strip() or "|".join(sorted(deal.domains)) or deal.id


def is_own(deal: Deal, rep: Rep) -> bool:
    """The rep's or nobody's: only these get cards. An owner without "@" is a name, or the local part of an address."""
    if not deal.owner or "@" in deal.owner:
        return not deal.owner or deal.owner in rep.keys
    locals_ = {fold(a.email.partition("@")[0]) for a in (rep.address, *rep.aliases)}
    return _name_words(deal.owner) == _name_words(rep.name) or fold(deal.owner) in locals_


def _name_words(name: str) -> list[str]:
    """In one order: "Reyes, Dana" is Dana Reyes."""
    return sorted(fold(name).replace(",", " ").split())


def owner(deal: Deal) -> str:
    """Whose deal it is, as a person reads it."""
    return deal.owner if "@" in deal.owner else deal.owner.title()


def left_alone(address: Address, silent: frozenset[str]) -> bool:
    """Whether a do-not-contact list of address keys and "@domain"s names this person."""
    return bool({address.key, f"@{address.domain}", f"@{people.registrable(address.domain)}"} & silent)


@dataclass(frozen=True)
class Circle:
    """The people of one deal as the rep's mailbox sees them."""

    deal: Deal
    rep: Rep

    @cached_property
    def contacts(self) -> Mapping[str, Contact]:
        """By address key."""
        return {a.key: c for c in self.deal.contacts for a in c.addresses}

    @cached_property
    def domains(self) -> frozenset[str]:
        """Registrable domains that make a customer: the account's, or where it has none those of its contacts."""
        own = self.deal.domains or tuple(
            people.registrable(a.domain) for c in self.deal.contacts for a in c.addresses if not people.free_mail(a.domain)
        )
        return frozenset(own) - self.rep.domains

    def role(self, address: Address) -> Role:
        role = people.role(address, self.rep)
        if role != "outsider":
            return role
        if address.key in self.contacts or people.registrable(address.domain) in self.domains:
            return "customer"
        return "other"

    def customer(self, address: Address) -> bool:
        return self.role(address) == "customer"

    def person(self, address: Address) -> str:
        """One key per person: a contact's addresses are one person."""
        contact = self.contacts.get(address.key)
        return contact.addresses[0].key if contact else address.key


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail as a fact about a deal. `side` is whose word it is: ours (rep, colleague), theirs (a customer of the
    deal), or somebody's who decides nothing. `human`: a person wrote it (no bot, no automatic reply, no report, no
    calendar mail without added text)."""

    message: Message
    body: Body
    reading: Reading
    side: Side
    human: bool = True
    by_rep: bool = False

    @property
    def at(self) -> datetime:
        return self.message.sent

    @property
    def acknowledges(self) -> bool:
        """It says thanks, praise or "got it", and nothing else, in a language we can read."""
        return bool(self.reading.language and self.reading.acts) and self.reading.mere_acknowledgement


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread as the deal sees it: oldest first, without mail among colleagues, strangers' and excluded mail."""

    id: str
    subject: str
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """One deal's facts. Whatever is not in here plays no part in what is concluded about the deal."""

    deal: Deal
    circle: Circle
    conversations: tuple[Conversation, ...] = ()  # the deal's, any order
    elsewhere: tuple[Letter, ...] = ()  # mail with its customers in ambiguous threads that could be its own
    meetings: tuple[Event, ...] = ()  # the deal's
    possible: tuple[Event, ...] = ()  # ambiguous, and this deal among the candidates
    reserved: tuple[Event, ...] = ()  # other events with its customers (another deal's)
    mail_fresh: bool = True
    calendar_fresh: bool = True
    clouded: bool = False  # a quarantined item names one of the deal's people
    do_not_contact: frozenset[str] = frozenset()  # address keys, or "@domain"
    dead: Mapping[str, tuple[datetime, Evidence]] = field(default_factory=dict)  # address keys that bounced: when, and the report
    away: Mapping[str, date] = field(default_factory=dict)  # address key: the day they are back
    warnings: tuple[Evidence, ...] = ()
    others: tuple[Letter, ...] = ()  # mail with its customers in threads of other deals or of none
    stops: tuple[Evidence, ...] = ()  # its customers' requests not to be written to


@dataclass(frozen=True, slots=True)
class Plan:
    """What `think` decided to write about: one finding, with the others as context."""

    finding: Finding
    also: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
