"""Look-ups that several pages share. Whatever is not there any more is simply missing from the answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple
from urllib.parse import quote

from sqlalchemy import Connection, select

from agent.model import Body, Deal, Event, Message, Rep
from agent.store import codec
from agent.store.schema import body, deal, message, occurrence, ref

QUOTE = 280  # characters of somebody's mail that are shown without asking
AT_ONCE = 500  # ids in one statement


class DealLine(NamedTuple):
    """A deal in one line (a tuple: of those a thousand are soon made). `url` is the CRM's page, "" unless it is a web address."""

    id: str
    name: str
    account: str = ""
    stage: str = ""
    status: str = ""
    amount: float | None = None
    currency: str = ""
    close_date: str = ""  # ISO date
    url: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class MailLine:
    """One mail in one line and a quote of at most `QUOTE` characters."""

    message_id: str
    sender: str
    address: str
    sent: datetime
    subject: str
    quote: str = ""
    ours: bool = False
    thread: str = ""


def chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    found = sorted(set(ids))
    yield from (found[i : i + AT_ONCE] for i in range(0, len(found), AT_ONCE))


def deals(c: Connection, ids: Iterable[str]) -> dict[str, Deal]:
    rows = (row for some in chunks(ids) for row in c.execute(select(deal.c.data).where(deal.c.id.in_(some))))
    return {d.id: d for d in (codec.loads(Deal, row.data) for row in rows)}


def brief(c: Connection, ids: Iterable[str] | None = None) -> dict[str, DealLine]:
    """All deals, or those, without making nouns of them: for lists of very many. Without close date and address."""
    if ids is None:
        found = list(c.execute(select(deal.c.id, deal.c.data)))
    else:
        found = [row for some in chunks(ids) for row in c.execute(select(deal.c.id, deal.c.data).where(deal.c.id.in_(some)))]
    return {row.id: told(row.data) for row in found}


def naming(c: Connection, words: str) -> list[str]:
    """Ids of deals that hold these words anywhere."""
    pattern = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return list(c.execute(select(deal.c.id).where(deal.c.data.ilike(pattern, escape="\\"))).scalars())


_FIELDS = [f.name for f in fields(Deal)]  # a stored noun is its fields in order
_SHOWN = itemgetter(*(_FIELDS.index(name) for name in ("id", "name", "account", "stage", "status", "amount", "currency")))


@lru_cache(2048)
def told(data: str) -> DealLine:
    """Of a stored deal, as `brief` gives it."""
    return DealLine(*_SHOWN(json.loads(data)))


def line(found: Deal | None, name: str) -> DealLine:
    """`name` is its id: of a deal that the source does not hold any more, that is all there is."""
    if found is None:
        return DealLine(name, name, known=False)
    close = found.close_date.isoformat() if found.close_date else ""
    url = found.url if found.url.startswith(("https://", "http://")) else ""
    return DealLine(found.id, found.name, found.account, found.stage, found.status, found.amount, found.currency, close, url)


def lines(c: Connection, ids: Iterable[str]) -> dict[str, DealLine]:
    wanted = set(ids)
    found = deals(c, wanted)
    return {name: line(found.get(name), name) for name in wanted}


def mails(c: Connection, ids: Iterable[str], own: frozenset[str]) -> dict[str, MailLine]:
    """By Message-ID. `own` are the rep's address keys."""
    made: dict[str, MailLine] = {}
    for some in chunks(ids):
        wanted = select(message.c.data, message.c.thread, body.c.data.label("body")).outerjoin(body, body.c.message == message.c.id)
        for row in c.execute(wanted.where(message.c.message_id.in_(some)).order_by(message.c.id.desc())):
            noun = codec.loads(Message, row.data)
            made[noun.message_id] = mail_line(noun, codec.loads(Body, row.body) if row.body else None, own, row.thread or "")
    return made


def mail_line(noun: Message, text: Body | None, own: frozenset[str], thread: str = "") -> MailLine:
    who = noun.sender
    said = excerpt(text.text) if text else ""
    return MailLine(noun.message_id, who.name or who.email, who.email, noun.sent, noun.subject, said, who.key in own, thread)


def excerpt(text: str, limit: int = QUOTE) -> str:
    """One line of at most `limit` characters."""
    flat = " ".join(text[: 8 * limit].split())
    return flat if len(flat) <= limit else flat[: limit - 1].rsplit(" ", 1)[0] + "…"


def events(c: Connection, keys: Iterable[str]) -> dict[str, Event]:
    """By `Event.key`."""
    rows = (row for some in chunks(keys) for row in c.execute(select(occurrence.c.data).where(occurrence.c.key.in_(some))))
    return {e.key: e for e in (codec.loads(Event, row.data) for row in rows)}


def anchor(kind: str, key: str) -> str:
    """The id of an item on its page: what a link to it ends with."""
    return f"{kind}-{ref(key)}"


def quoted(text: str) -> str:
    """One segment of an address."""
    return quote(text, safe="")


def others(emails: Iterable[str], rep: Rep) -> tuple[str, ...]:
    """Without the rep."""
    own = {a.email for a in (rep.address, *rep.aliases)}
    return tuple(email for email in emails if email not in own)


def named(says: str, deals: Iterable[DealLine]) -> str:
    """A sentence that names deals by their ids, with their names: a person knows those."""
    names = {deal.id: deal.name for deal in deals if deal.name != deal.id}
    ids = "|".join(re.escape(i) for i in sorted(names, key=len, reverse=True))

    def both(found: re.Match[str]) -> str:
        return f"{found[1]}{names[found[2]]}, {found[2]}" if found[1] else f"{names[found[2]]} ({found[2]})"

    return re.sub(rf"(?<![\w@.-])(\(?)({ids})(?![\w@-])", both, says) if names else says


def stopped(says: str) -> str:
    """A quoted sentence has its full stop within: none follows the quote."""
    return says[:-1] if says.endswith((".”.", "?”.", "!”.", "…”.")) else says


def done(act: str, after: str) -> str:
    """What an act is called in a trail: a card that is found waits first, and is opened when there is room for it."""
    return "found" if act == "open" and after == "waiting" else act
