"""One deal as drafts see it: short builders whose defaults every test may rely on.

Dana (New York) sells to Acme: Ana and Ben are its contacts, Lee and Nils are her colleagues. It is Monday 9 March 2026, 11:00.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from agent.draft.assemble import draft
from agent.facts import people
from agent.model import Address, Body, Brief, Contact, Deal, Draft, Event, Finding, Guest, Message, Rep, Rules, Text, WorkingTime
from agent.ports import Context, Drafter
from agent.settings import playbook
from agent.think.dossier import Circle, Conversation, Dossier, Letter, Plan
from agent.think.language.acts import Act, Reading
from connectors import template

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 3, 9, 11, tzinfo=NEW_YORK)
STAGES = playbook.shipped()
DANA, LEE, NILS = "dana@northwind.example", "Lee Wong <lee@northwind.example>", "nils@northwind.example"
ANA, BEN, ZOE = "Ana Duarte <ana@acme.example>", "Ben Osei <ben@acme.example>", "Zoe Lind <zoe@acme.example>"


def who(text: str) -> Address:
    """From "Name <address>" or an address alone."""
    name, _, email = text.rpartition("<")
    found = people.address(email.strip(">"), name.strip())
    assert found is not None
    return found


def everybody(*texts: str) -> tuple[Address, ...]:
    return tuple(map(who, texts))


def rep(**changes: Any) -> Rep:
    given = {"name": "Dana Reyes", "signature": "Dana", "working": WorkingTime(NEW_YORK), "aliases": ()} | changes
    return Rep(address=who(DANA), domains=frozenset({"northwind.example"}), **given)


def rules(**changes: Any) -> Rules:
    return Rules(**({"rep": rep(), "stages": STAGES} | changes))


def contact(*addresses: str, name: str = "") -> Contact:
    found = everybody(*addresses)
    return Contact(name or found[0].name, found)


def deal(**changes: Any) -> Deal:
    given = {"id": "D-1", "name": "Store audio", "stage": "Demo", "account": "Acme", "domains": ("acme.example",)}
    return Deal(**(given | {"contacts": (contact(ANA), contact(BEN))} | changes))


def moment(text: str) -> datetime:
    when = datetime.fromisoformat(text)
    return when if when.tzinfo else when.replace(tzinfo=NEW_YORK)


def letter(
    sender: str, to: Sequence[str], at: str, *, name: str = "", acts: Sequence[Act] = (), language: str = "en", **more: Any
) -> Letter:
    """`name` is the Message-ID without its decoration; further names are fields of the message, `text` and `human`."""
    text, human, side = more.pop("text", ""), more.pop("human", True), more.pop("side", None)
    author = who(sender)
    mine = "ours" if author.domain == "northwind.example" else "theirs"
    for field in ("cc", "bcc", "reply_to"):
        more[field] = everybody(*more.get(field, ()))
    given = {"subject": "Store audio", "sent": moment(at)} | more
    number = f"<{name or at}@x.example>"
    message = Message(id=number, message_id=number, sender=author, to=everybody(*to), **given)
    return Letter(message, Body(number, text), Reading(language, tuple(acts)), side or mine, human, author.email == DANA)


def thread(*letters: Letter) -> Conversation:
    return Conversation(letters[0].message.message_id, letters[0].message.subject, letters)


def event(start: str, guests: Sequence[str | tuple[str, str]] = (), *, minutes: int = 60, uid: str = "m1", **more: Any) -> Event:
    """Guests as text, or with their answer; a guest called "room" is one."""
    pairs = [(g, "accepted") if isinstance(g, str) else g for g in guests]
    invited = tuple(Guest(who(g), status, "room" if "room" in g else "individual") for g, status in pairs)
    begin = moment(start).astimezone(UTC)
    given = {"title": "Store audio demo", "organizer": who(DANA)} | more
    return Event(uid, begin, begin + timedelta(minutes=minutes), guests=invited, **given)


def plan(kind: str, *, also: Sequence[str] = (), **about: Any) -> Plan:
    return Plan(Finding(kind, "anchor", NOW, (), **about), tuple(also))


def dossier(*conversations: Conversation, **changes: Any) -> Dossier:
    about = changes.pop("deal", None) or deal()
    return Dossier(about, Circle(about, changes.pop("rep", rep())), conversations, **changes)


@cache
def template_drafter() -> template.TemplateDrafter:
    return template.drafter(template.Settings(), Context(rep(), NOW))


def drafted(about: Plan, known: Dossier, *, busy: Sequence[Event] = (), drafter: Drafter | None = None, **changes: Any) -> Draft:
    """The draft, where there must be one."""
    found = draft(about, known, busy, changes.pop("now", NOW), rules(**changes), drafter or template_drafter())
    assert found is not None
    return found


def emails(addresses: Sequence[Address]) -> list[str]:
    return [address.email for address in addresses]


def brief(**changes: Any) -> Brief:
    given = {"kind": "no_next_step", "language": "en", "stage": "Demo", "deal": "Store audio", "account": "Acme", "greeting": ("Ana",)}
    asks = {"signature": "Dana", "ask": "Shall we meet?", "backup": "Who decides?", "meeting": False}
    return Brief(**(given | asks | changes))


def text(*lines: str, said: Brief | None = None) -> Text:
    """A body of these lines between greeting, both requests and signature."""
    told = said or brief()
    body = "\n\n".join(("Hi Ana,", *lines, told.ask, *told.times, told.backup, told.signature))
    return Text(body, told.ask, told.backup, "test")
