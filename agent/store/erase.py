"""Forgetting: by age (`retention`), and of one person (`erase`).

A person is forgotten in everything that Onward keeps: mail they wrote or received, and texts that quote it; what they take
part in, from which they are taken out; cards, drafts and approvals about them; what the rep said of them. Conclusions are
thrown away and drawn anew by the next round. Three things stay, none of which can be read back: the audit trail keeps ids
and digests; a closed card keeps that it was closed, so that nobody is asked or written to a second time; an address on the
do-not-contact list stays there as a keyed hash, because suppression is what the person asked for. What others wrote to one
another stays theirs.

For the next sync, `erased(connection)` says of an address key whether that person was forgotten, and `sifted(items, gone)`
takes such people out of what a source brought.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from agent import life
from agent.errors import Rejected, Unavailable
from agent.model import Deal, Draft, Event
from agent.store import audit, codec, schema
from agent.store.engine import Store
from agent.store.person import Gone, Person, erased, erasures, find, forget, sifted, silenced, veiled, without
from agent.store.retention import SCRUB, Counts, chunks, cut, retention, scrub

__all__ = ["Counts", "Gone", "erase", "erased", "erasures", "forgotten", "retention", "scrub", "sifted", "silenced", "without"]


def erase(store: Store, person: str, now: datetime, key: str = "") -> Counts:
    """`forgotten`, then `scrub`: when it returns, no file of a SQLite store holds a byte of the person."""
    counts = forgotten(store, person, now, key)
    scrub(store)
    return counts


def forgotten(store: Store, person: str, now: datetime, key: str = "") -> Counts:
    """`person`: the address; `key`: its `Address.key`, so that it is found where only another address of that key is stored.

    Nothing can be found of them any more when it returns, but bytes of it are still in the file. Raises `Unavailable` while a mail to
    them is leaving; then nothing was done. The rep's own address is not for this: it stands everywhere.
    """
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", person.strip()):
        raise Rejected("a person is named by an e-mail address")
    with store.begin() as connection:
        counts = _forgotten(connection, find(connection, {person, key}), now)
        _once(connection, SCRUB, "due")
    return counts


def _forgotten(connection: Connection, who: Person, now: datetime) -> Counts:
    mails, ids = _mails(connection, who)
    cards, drafts = _cards(connection, who, ids)
    counts = Counts(
        bodies=_bodies(connection, who, mails, ids),
        messages=cut(connection, schema.message.c.id, mails),
        events=_events(connection, who),
        deals=_deals(connection, who),
        cards=cards,
        words=_said(connection, who, ids),
        drafts=drafts,
    )
    _rest(connection, who)
    for table in reversed(schema.CONCLUSIONS):
        connection.execute(delete(table))
    connection.execute(delete(schema.dirty))
    connection.execute(insert(schema.dirty).values(kind="all", key="again"))
    forget(connection, who.forms, now.astimezone(UTC).isoformat())
    audit.append(connection, now, "rep", "erase")
    return counts


def _mails(connection: Connection, who: Person) -> tuple[list[int], set[str]]:
    """Rows of mail in whose headers or invitations the person stands; and what else calls these mails."""
    found, ids = list[int](), set[str]()
    m = schema.message.c
    for row in connection.execute(select(m.id, m.item, m.message_id, m.data).execution_options(yield_per=1000)):
        if who.addressed(row.data, row.item, row.message_id) or who.invited(row.data):
            found.append(row.id)
            ids |= {row.message_id, row.item}
    return found, ids


def _bodies(connection: Connection, who: Person, mails: Sequence[int], ids: set[str]) -> int:
    """Texts of these mails, those that hold the address, and those of mails in the same conversations, which may quote them."""
    m, link, body = schema.message.c, schema.message_link.c, schema.body.c
    found = set(mails)
    for some in chunks(mails):
        threads = select(m.thread).where(m.id.in_(some), m.thread.is_not(None))
        found |= set(connection.execute(select(m.id).where(m.thread.in_(threads))).scalars())
        connection.execute(update(schema.message).where(m.thread.in_(threads)).values(thread=None))
    for names in chunks(sorted(ids)):
        found |= set(connection.execute(select(link.message).where(link.ref.in_(names))).scalars())
    rows = connection.execute(select(body.message, body.data).execution_options(yield_per=1000))
    found |= {row.message for row in rows if who.known(row.data)}
    return cut(connection, body.message, sorted(found))


def _events(connection: Connection, who: Person) -> int:
    """Taken out of what is stored of calendars; an event whose UID is made of the address goes."""
    changed = 0
    for table in (schema.occurrence, schema.component):
        for row in connection.execute(select(table)).all():
            if who.known(row.data, row.uid):
                data = _component(row.data, who) if table is schema.component else _event(row.data, who)
                _put(connection, table, row.id, None if who.addressed(row.uid) else data)
                changed += table is schema.component
    mark = schema.component_mark.c.mark
    marks = [name for name in connection.execute(select(mark).distinct()).scalars() if who.addressed(name)]
    cut(connection, mark, marks)
    return changed


def _event(data: str, who: Person) -> str:
    return _written(_told(codec.loads(Event, data), who))


def _component(data: bytes, who: Person) -> bytes:
    """A component is stored as JSON: its event first; an address elsewhere (SENT-BY) is one of its fields."""
    event, *others = json.loads(data)
    others = [None if isinstance(value, list) and who.addressed(value) else value for value in others]
    return _written([_told(codec.loads(Event, json.dumps(event)), who), *others]).encode()


def _told(noun: Event | Deal, who: Person) -> list[Any]:
    """The fields of the noun without the person; the first one is what it is called by, and stays."""
    first, *others = codec.encode(without(noun, who.takes_part))
    return [first, *map(who.hushed, others)]


def _written(fields: list[Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def _deals(connection: Connection, who: Person) -> int:
    changed = 0
    for row in connection.execute(select(schema.deal)).all():
        if who.known(row.data):
            _put(connection, schema.deal, row.id, _written(_told(codec.loads(Deal, row.data), who)))
            changed += 1
    return changed


def _cards(connection: Connection, who: Person, ids: set[str]) -> tuple[int, int]:
    """Cards that name the person, in their words or in the mail that was to leave, and those about their mail. How many, and how many
    drafts of them lie in Drafts."""
    changed = drafts = 0
    for card in connection.execute(select(schema.card)).all():
        if _about(connection, card, who, ids):
            drafts += _leaving(connection, card.key)
            _trail(connection, card.key)
            _strip(connection, card, who)
            changed += 1
    for act in connection.execute(select(schema.act)).all():
        hidden = {name: audit.digest(act._mapping[name]) for name in ("card", "deal", "reason") if who.known(act._mapping[name])}
        if hidden:
            connection.execute(update(schema.act).where(schema.act.c.id == act.id).values(**hidden))
    return changed, drafts


def _about(connection: Connection, card: Any, who: Person, ids: set[str]) -> bool:
    draft, approval = schema.draft.c, schema.approval.c
    sources = {e["source"].removeprefix("message:") for e in card.evidence}
    if card.thread in ids or sources & ids or who.known(card.key, card.evidence, card.warnings, card.reason, card.thread, card.meeting):
        return True
    drafts = connection.execute(select(draft.data).where(draft.card == card.key)).scalars()
    mails = connection.execute(select(approval.raw, approval.recipients).where(approval.card == card.key))
    return any(map(who.known, drafts)) or any(who.known(row.raw, row.recipients) for row in mails)


def _leaving(connection: Connection, key: str) -> int:
    """How many of its mails lie in Drafts."""
    d = schema.delivery.c
    found = connection.execute(select(d.state, d.handle).where(d.card == key)).all()
    if any(row.state in ("putting", "sending") for row in found):
        raise Unavailable("a mail to this person is leaving right now; nothing was erased yet", 60)
    return sum(row.state != "sent" and row.handle is not None for row in found)


def _trail(connection: Connection, key: str) -> None:
    """What the rep wrote as a reason of acts on this card may be about the person by any name."""
    act = schema.act.c
    for row in connection.execute(select(act.id, act.reason).where(act.card == key, act.reason != "")).all():
        connection.execute(update(schema.act).where(act.id == row.id).values(reason=audit.digest(row.reason)))


def _strip(connection: Connection, card: Any, who: Person) -> None:
    """Drafts and approvals go. That a card was closed stays known, without a word."""
    same = schema.card.c.key == card.key
    if card.state in life.OPEN or who.known(card.key):
        connection.execute(delete(schema.card).where(same))
        return
    connection.execute(delete(schema.draft).where(schema.draft.c.card == card.key))
    connection.execute(delete(schema.approval).where(schema.approval.c.card == card.key))
    connection.execute(update(schema.card).where(same).values(evidence=[], warnings=[], reason="", thread=None))
    empty = codec.dumps(Draft((), (), "", "", "", (), "", "", "erased"))
    row = {"card": card.key, "version": card.version, "author": "erased", "data": empty, "at": card.changed_at}
    connection.execute(insert(schema.draft).values(**row))


def _said(connection: Connection, who: Person, ids: set[str]) -> int:
    answers = [a.id for a in connection.execute(select(schema.answer)) if a.thread in ids or who.known(a.person, a.thread, a.series)]
    lessons = [a.id for a in connection.execute(select(schema.lesson)) if a.thread in ids or who.known(a.thread, a.series, a.why)]
    return (
        cut(connection, schema.answer.c.id, answers)
        + cut(connection, schema.lesson.c.id, lessons)
        + sum(_veil(connection, row, who, ids) for row in connection.execute(select(schema.silence)).all())
    )


def _veil(connection: Connection, row: Any, who: Person, ids: set[str]) -> bool:
    hit = who.takes_part(row.key)
    if not hit and not who.known(row.why) and row.source.removeprefix("message:") not in ids:
        return False
    same = schema.silence.c.key == row.key
    values = {"key": veiled(connection, row.key) if hit else row.key, "why": "", "source": ""}
    if hit and connection.execute(select(schema.silence.c.key).where(schema.silence.c.key == values["key"])).first():
        connection.execute(delete(schema.silence).where(same))
    else:
        connection.execute(update(schema.silence).where(same).values(**values))
    return True


def _rest(connection: Connection, who: Person) -> None:
    """Names of what could not be read, what a source says of itself, and single settings."""
    bad = schema.quarantined.c
    for row in connection.execute(select(schema.quarantined)).all():
        same = (bad.source == row.source) & (bad.item == row.item)
        if who.known(row.item, row.why):
            connection.execute(delete(schema.quarantined).where(same))
        elif who.addressed(row.names):
            names = [name for name in row.names if not who.takes_part(name)]
            connection.execute(update(schema.quarantined).where(same).values(names=names))
    for row in connection.execute(select(schema.source)).all():
        values = {"says": "" if who.known(row.says) else row.says, "warnings": [w for w in row.warnings if not who.known(w)]}
        values |= {"cursor": None} if who.addressed(row.cursor) else {}  # it names items: the source is read anew
        connection.execute(update(schema.source).where(schema.source.c.id == row.id).values(**values))
    settings = [row.name for row in connection.execute(select(schema.setting)) if who.known(row.name, row.value)]
    cut(connection, schema.setting.c.name, settings)


# ----------------------------------------------------------------------------------------------------------- helpers


def _put(connection: Connection, table: Table, key: Any, data: Any) -> None:
    same = table.c.id == key
    connection.execute(delete(table).where(same) if data is None else update(table).where(same).values(data=data))


def _once(connection: Connection, name: str, value: str) -> None:
    connection.execute(delete(schema.setting).where(schema.setting.c.name == name))
    connection.execute(insert(schema.setting).values(name=name, value=value))
