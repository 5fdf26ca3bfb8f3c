"""A card's mail and to whom it goes: what of it has to be seen where it is approved among others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from agent.desk.views import look
from agent.facts import people
from agent.life import TABLE
from agent.model import Address, Deal, Draft, Rules
from agent.store import decisions
from agent.store.decisions import CardRow
from agent.store.schema import deal_state, message_mark


@dataclass(frozen=True, slots=True)
class Recipient:
    """`external`: outside the company. `new`: no mail with this address is known. `in_crm`: a contact of the deal."""

    name: str
    email: str
    external: bool
    new: bool
    in_crm: bool
    role: str = ""

    @property
    def written(self) -> str:
        """As it stands in the To field."""
        plain = self.name.replace('"', "").replace("\\", "")
        shown = f'"{plain}"' if any(c in plain for c in ",;:<>@()[]") else plain
        return f"{shown} <{self.email}>" if plain else self.email


@dataclass(frozen=True, slots=True)
class Letter:
    """`held`: not everything about the deal could be read."""

    ref: str
    version: int
    kind: str
    deal: look.DealLine
    held: bool
    approvable: bool
    draft: Draft
    to: tuple[Recipient, ...]
    cc: tuple[Recipient, ...]


def letter(c: Connection, card: CardRow, rules: Rules) -> Letter:
    found, draft = look.deals(c, [card.deal]).get(card.deal), decisions.draft(c, card).draft
    held = c.execute(select(deal_state.c.held).where(deal_state.c.deal == card.deal)).scalar()
    to, cc = (recipients(c, some, found, rules) for some in (draft.to, draft.cc))
    deal, approvable = look.line(found, card.deal), "approve" in TABLE[card.state]
    return Letter(card.ref, card.version, card.kind, deal, bool(held), approvable, draft, to, cc)


def recipients(c: Connection, addresses: Sequence[Address], found: Deal | None, rules: Rules) -> tuple[Recipient, ...]:
    contacts = {a.key: k for k in (found.contacts if found else ()) for a in k.addresses}
    marks = select(message_mark.c.mark).where(message_mark.c.mark.in_([a.key for a in addresses])).distinct()
    seen = {row.mark for row in c.execute(marks)} if addresses else set()

    def made(a: Address) -> Recipient:
        contact = contacts.get(a.key)
        external = people.role(a, rules.rep) not in ("rep", "colleague")
        return Recipient(a.name, a.email, external, a.key not in seen, contact is not None, contact.role if contact else "")

    return tuple(made(a) for a in addresses)
