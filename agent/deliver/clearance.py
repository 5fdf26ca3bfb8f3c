"""What keeps a mail from leaving. Asked within the transaction that claims it, where nothing that it depends on can change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser
from hashlib import sha256
from typing import Literal

from sqlalchemy import Connection, select

from agent.facts import people
from agent.model import Mail, Rules, WorkingTime
from agent.store import deliveries, erase, said, schema
from agent.store.decisions import CardRow
from agent.store.deliveries import Delivery
from agent.think import workdays
from agent.think.dossier import left_alone

UNKNOWN = timedelta(minutes=5)  # until it is asked again whether there is still reason to write
PAUSED = timedelta(minutes=1)  # how often a pause is looked at: it may end before its time


@dataclass(frozen=True, slots=True)
class Bar:
    """`stop`: it was undone, or its card is not approved any more; `until` is when a postponed one is looked at again."""

    act: Literal["stop", "postpone", "withdraw", "refuse"]
    says: str = ""
    until: datetime | None = None


def bar(connection: Connection, delivery: Delivery, card: CardRow, rules: Rules, hours: bool, now: datetime) -> Bar | None:
    """The first reason not to go on; None if it may leave as far as the store knows. The premise is asked elsewhere."""
    if delivery.undone_at or not delivery.latest or card.state not in ("approved", "sending"):
        return Bar("stop")
    if fault := unsound(delivery):
        return Bar("refuse", fault)
    if silent := _silent(connection, delivery, rules):
        return Bar("withdraw", f"{silent} is on the do-not-contact list.")
    if paused := said.paused_until(connection, now):
        return Bar("postpone", deliveries.PAUSED, min(paused, now + PAUSED))
    opens = opening(rules.rep.working, now)
    if hours and delivery.mode == "send" and opens > now:
        return Bar("postpone", "It leaves when your working hours begin.", opens)
    return None


def unknowable(connection: Connection, card: CardRow, now: datetime) -> Bar | None:
    """Nothing is concluded from what is not seen while a source is not fresh: no mail leaves on such a conclusion."""
    state = schema.deal_state.c
    if connection.execute(select(state.held).where(state.deal == card.deal)).scalar():
        return Bar("postpone", "It waits: not everything about this deal can be read now.", now + UNKNOWN)
    return None


def unsound(delivery: Delivery) -> str:
    """Why these are not the bytes and recipients that were approved; "" if they are.

    The digest covers the headers, and the envelope must follow from them.
    """
    head = _head(delivery.raw)
    named = [who.email for name in ("To", "Cc") for who in people.addresses(", ".join(map(str, head.get_all(name, []))))]
    sender = [who.email for who in people.addresses(str(head.get("From", "")))]
    same = sha256(delivery.raw).hexdigest() == delivery.digest
    if same and set(named) == set(delivery.recipients) and sender == [delivery.sender] and "Bcc" not in head:
        return ""
    return "What is stored is not what you approved, so it was not sent. Read it again and approve it anew."


def mail(connection: Connection, delivery: Delivery) -> Mail:
    head = _head(delivery.raw)
    hint = deliveries.thread_hint(connection, answered) if (answered := str(head.get("In-Reply-To", "")).strip()) else ""
    message_id = str(head.get("Message-ID", "")).strip()
    return Mail(delivery.id, delivery.raw, message_id, delivery.sender, delivery.recipients, hint, delivery.digest)


def opening(working: WorkingTime, now: datetime) -> datetime:
    """`now` within working hours, else when the next begin."""
    local = now.astimezone(working.zone)
    if workdays.works(working, local.date()) and local.time() < working.closes:
        return max(now, workdays.opening(working, local.date()))
    return workdays.opening(working, workdays.on_or_after(working, local.date() + workdays.DAY))


def _silent(connection: Connection, delivery: Delivery, rules: Rules) -> str:
    """Also who was forgotten since, and is on the list without a name."""
    silent, forgotten = rules.do_not_contact | said.silent(connection), erase.silenced(connection)
    found = ((r, people.address(r)) for r in delivery.recipients)
    return next((r for r, who in found if who is None or left_alone(who, silent) or forgotten(who.key) or forgotten(who.email)), "")


def _head(raw: bytes) -> Message:
    return BytesHeaderParser(policy=policy.compat32).parsebytes(raw)
