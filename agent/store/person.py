"""One person in what is stored: by every form of the address, and by the names that stand with it."""

from __future__ import annotations

import base64
import hmac
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property
from secrets import token_hex
from typing import Any, overload

from sqlalchemy import Connection, delete, insert, select

from agent.model import Address, Contact, Deal, Event, Message, Quarantined
from agent.store import schema

Gone = Callable[[str], bool]  # address key (or e-mail address) → whether that person was forgotten

_CALENDARS = [field.name for field in fields(Message)].index("calendars")
_SECRET, _VEIL, _TIMES = "erasure_secret", "erased:", "erasures"


@dataclass(frozen=True)
class Person:
    forms: frozenset[str]  # e-mail addresses and their keys, in lower case
    names: frozenset[str]  # as they were written, two words at least: a first name alone is also somebody else's

    @cached_property
    def _address(self) -> re.Pattern[str]:
        """As a whole, or as the name of a file: lee@acme.example does not stand in ashlee@acme.example.org."""
        forms = "|".join(map(re.escape, sorted(self.forms)))
        return re.compile(rf"(?<![\w.+-])(?:{forms})(?![\w-]|\.(?!(?:eml|ics)\b)\w)", re.IGNORECASE)

    @cached_property
    def _any(self) -> re.Pattern[str]:
        names = [rf"\b{re.escape(name)}\b" for name in sorted(self.names)]
        return re.compile("|".join([self._address.pattern, *names]), re.IGNORECASE)

    def addressed(self, *values: Any) -> bool:
        """Whether the address stands in one of these: text, bytes, or what JSON can hold."""
        texts = [_text(value) for value in values if value]
        return any(form in text.lower() for text in texts for form in self.forms) and any(map(self._address.search, texts))

    def known(self, *values: Any) -> bool:
        """As `addressed`, or by name."""
        return any(self._any.search(_text(value)) for value in values if value)

    def invited(self, message: str) -> bool:
        """Whether the address stands in an invitation within this stored `model.Message`."""
        calendars = json.loads(message)[_CALENDARS:][:1] if '"' in message else []
        return any(self.addressed(base64.b64decode(data)) for pairs in calendars for _, data in pairs)

    def hushed(self, value: Any) -> Any:
        """What JSON can hold, with an ellipsis where the address or a name stood."""
        if isinstance(value, str):
            return self._any.sub("…", value)
        return [self.hushed(each) for each in value] if isinstance(value, list) else value

    def takes_part(self, address: str) -> bool:
        return address.lower() in self.forms


def find(connection: Connection, addresses: Iterable[str]) -> Person:
    """All forms of these addresses that are stored anywhere: those of one address key are one person."""
    forms, names, before = {a.strip().lower() for a in addresses if a}, set[str](), -1
    while before != len(forms):
        before = len(forms)
        for email, key, name in _triples(connection, forms):
            if email in forms or key in forms:
                forms |= {email, key}
                names |= {name} if " " in name else set()
    return Person(frozenset(forms), frozenset(names))


def _triples(connection: Connection, forms: set[str]) -> Iterator[tuple[str, str, str]]:
    for table in (schema.message, schema.occurrence, schema.component, schema.deal, schema.draft):
        for (data,) in connection.execute(select(table.c.data).execution_options(yield_per=1000)):
            text = _text(data)
            if any(form in text for form in forms):
                yield from _addresses(json.loads(text))


def _addresses(value: Any) -> Iterator[tuple[str, str, str]]:
    """`model.Address` as the codec writes it, wherever it stands."""
    if isinstance(value, list):
        if len(value) == 3 and all(isinstance(v, str) for v in value) and "@" in value[0] and "@" in value[1]:
            yield value[0], value[1], value[2]
        for each in value:
            yield from _addresses(each)


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


# --------------------------------------------------------------------------------------------------- taken out of nouns


@overload
def without(noun: Message, gone: Gone) -> Message | None: ...
@overload
def without(noun: Event, gone: Gone) -> Event: ...
@overload
def without(noun: Deal, gone: Gone) -> Deal: ...
def without(noun: Message | Event | Deal, gone: Gone) -> Message | Event | Deal | None:
    """The noun without those who were forgotten; None for a mail that one of them wrote or received."""
    if isinstance(noun, Message):
        who = (noun.sender, *noun.recipients, *noun.reply_to, *noun.failed)
        return None if any(gone(a.key) or gone(a.email) for a in who) else noun
    return _event(noun, gone) if isinstance(noun, Event) else _deal(noun, gone)


def sifted(items: Iterable[Any], gone: Gone) -> list[Any]:
    """What a source brought, without those who were forgotten; components of a calendar are known by their `event`. It takes
    the items of a batch as well as what is quarantined."""
    return [kept for item in items if (kept := _sifted(item, gone)) is not None]


def _sifted(item: Any, gone: Gone) -> Any:
    if isinstance(item, Quarantined):
        return replace(item, names=frozenset(name for name in item.names if not gone(name)))
    if not isinstance(getattr(item, "event", None), Event):
        return without(item, gone)
    sent_by = item.sent_by if item.sent_by and not gone(item.sent_by.key) else None
    return replace(item, event=_event(item.event, gone), sent_by=sent_by)


def _event(event: Event, gone: Gone) -> Event:
    out = [a for a in event.participants if gone(a.key) or gone(a.email)]
    if not out:
        return event
    hushed = _hush(out)
    return replace(
        event,
        organizer=None if event.organizer in out else event.organizer,
        guests=tuple(g for g in event.guests if g.address not in out and not gone(g.address.key)),
        title=hushed(event.title),
        location=hushed(event.location),
    )


def _deal(deal: Deal, gone: Gone) -> Deal:
    out = [c for c in deal.contacts if any(gone(a.key) or gone(a.email) for a in c.addresses)]
    hushed = _hush([*out, *(a for c in out for a in c.addresses)])
    return replace(
        deal,
        contacts=tuple(c for c in deal.contacts if c not in out),
        owner="" if gone(deal.owner) else deal.owner,
        name=hushed(deal.name),
        next_step=hushed(deal.next_step),
        criteria=tuple(map(hushed, deal.criteria)),
    )


def _hush(people: Iterable[Address | Contact]) -> Callable[[str], str]:
    names = {p.name for p in people if " " in p.name}
    emails = {form for p in people if isinstance(p, Address) for form in (p.email, p.key)}
    if not names | emails:
        return lambda text: text
    pattern = re.compile("|".join(map(re.escape, sorted(names | emails, key=len, reverse=True))), re.IGNORECASE)
    return lambda text: pattern.sub("…", text)


# ---------------------------------------------------------------------------------------------- who is not to come back


def erased(connection: Connection) -> Gone:
    """Whom the rep had forgotten. A sync asks it of every address key before anything is stored, and drops the mail or passes the
    event or deal through `without`. Kept are keyed hashes of the addresses, nothing that could be read."""
    return _among(connection, select(schema.setting.c.name).where(schema.setting.c.name.startswith(_VEIL)))


def silenced(connection: Connection) -> Gone:
    """Whom the rep had forgotten who was on the do-not-contact list: nobody writes to them, though the list does not name them."""
    holds = schema.silence.c.revoked_at.is_(None)
    return _among(connection, select(schema.silence.c.key).where(schema.silence.c.key.startswith(_VEIL), holds))


def forget(connection: Connection, forms: Iterable[str], at: str) -> None:
    secret = _secret(connection) or _new(connection)
    held = set(connection.execute(select(schema.setting.c.name)).scalars())
    new = {_VEIL + _hash(secret, form) for form in forms} - held
    times = erasures(connection) + 1
    connection.execute(delete(schema.setting).where(schema.setting.c.name == _TIMES))
    connection.execute(insert(schema.setting), [{"name": _TIMES, "value": str(times)}, *({"name": n, "value": at} for n in sorted(new))])


def erasures(connection: Connection) -> int:
    """How often somebody was forgotten: where it is another number than before, what was read before may name them."""
    return int(connection.execute(select(schema.setting.c.value).where(schema.setting.c.name == _TIMES)).scalar() or 0)


def veiled(connection: Connection, form: str) -> str:
    """What stands in the do-not-contact list in the place of an address."""
    return _VEIL + _hash(_secret(connection) or _new(connection), form)


def _among(connection: Connection, query: Any) -> Gone:
    held, secret = frozenset(connection.execute(query).scalars()), _secret(connection)
    if not held or secret is None:
        return lambda _address: False
    return lambda address: _VEIL + _hash(secret, address) in held


def _hash(secret: str, form: str) -> str:
    return hmac.digest(secret.encode(), form.lower().encode(), "sha256").hex()


def _secret(connection: Connection) -> str | None:
    return connection.execute(select(schema.setting.c.value).where(schema.setting.c.name == _SECRET)).scalar()


def _new(connection: Connection) -> str:
    made = token_hex(32)
    connection.execute(insert(schema.setting).values(name=_SECRET, value=made))
    return made
