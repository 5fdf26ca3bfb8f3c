"""Who is known of the deals, and which deals take part on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from agent.facts import people
from agent.model import Address, Deal, Rules
from agent.think.dossier import Circle, account

MARGIN = timedelta(days=14)


@dataclass(frozen=True)
class Directory:
    """`circles` and `by_id` by deal id, `contacts` by address key, `domains` by registrable domain."""

    deals: Sequence[Deal]
    rules: Rules
    circles: Mapping[str, Circle] = field(init=False)
    by_id: Mapping[str, Deal] = field(init=False)
    contacts: Mapping[str, tuple[Deal, ...]] = field(init=False)
    domains: Mapping[str, tuple[Deal, ...]] = field(init=False)
    _folded: Mapping[str, list[Deal]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        contacts: dict[str, list[Deal]] = defaultdict(list)
        domains: dict[str, list[Deal]] = defaultdict(list)
        folded: dict[str, list[Deal]] = defaultdict(list)
        circles = {d.id: Circle(d, self.rules.rep) for d in self.deals}
        for deal in self.deals:
            folded[deal.id.casefold()].append(deal)
            for key in circles[deal.id].contacts:
                contacts[key].append(deal)
            for domain in circles[deal.id].domains:
                domains[domain].append(deal)
        object.__setattr__(self, "circles", circles)
        object.__setattr__(self, "by_id", {d.id: d for d in self.deals})
        object.__setattr__(self, "_folded", folded)
        object.__setattr__(self, "contacts", {k: tuple(v) for k, v in contacts.items()})
        object.__setattr__(self, "domains", {k: tuple(v) for k, v in domains.items()})

    def known(self, address: Address) -> bool:
        """Whether any deal, open or closed, brings this address into question."""
        return address.key in self.contacts or people.registrable(address.domain) in self.domains

    def customer(self, address: Address) -> bool:
        """A customer of any deal."""
        return people.role(address, self.rules.rep) == "outsider" and self.known(address)

    def akin(self, address: Address) -> tuple[str, ...]:
        """A mark for each deal of which this is a customer."""
        if people.role(address, self.rules.rep) != "outsider":
            return ()
        deals = self.contacts.get(address.key, ()) + self.domains.get(people.registrable(address.domain), ())
        return tuple(f"deal {d.id}" for d in deals)

    def speaks_for(self, writer: Address, deal: Deal) -> bool:
        """Rep, colleague, or customer of the deal's account, by whichever of its deals."""
        role = people.role(writer, self.rules.rep)
        if role != "outsider":
            return role != "bot"
        deals = self.contacts.get(writer.key, ()) + self.domains.get(people.registrable(writer.domain), ())
        return any(account(d) == account(deal) for d in deals)

    def called(self, name: str) -> tuple[Deal, ...]:
        """The deal of exactly this id, else those whose ids differ from it in case only."""
        exact = self.by_id.get(name)
        return (exact,) if exact else tuple(self._folded.get(name.casefold(), ()))


def takes_part(deal: Deal, day: date) -> bool:
    """From 14 days before a deal was opened until 14 days after it was closed, both ends included."""
    if deal.opened and day < deal.opened - MARGIN:
        return False
    if deal.status == "open":
        return True
    closed = deal.close_date or deal.stage_since
    return closed is None or day <= closed + MARGIN
