"""Facts: written as the sources tell them, found by what joins them. Functions over a connection.

Whatever changes is noted in `dirty` in the same transaction, with what it was before: nothing that a round has to think about
again is lost when it is stopped in the middle.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from agent.model import Deal, Message, Quarantined
from agent.store import codec
from agent.store.schema import component, component_mark, deal, dirty, message, message_link, message_mark, quarantined

AT_ONCE = 500  # values in one statement
T = TypeVar("T")


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    found = list(values)
    yield from (found[at : at + AT_ONCE] for at in range(0, len(found), AT_ONCE))


def some(connection: Connection, wanted: Any, column: Any, values: Iterable[Any], *where: Any) -> Iterator[Any]:
    """Rows of `wanted` (columns) whose `column` is one of `values`."""
    for part in chunks(values):
        yield from connection.execute(select(*wanted).where(column.in_(part), *where))


def put_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Those whose key is not there yet."""
    made = postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
    for part in chunks(rows):
        connection.execute(made.on_conflict_do_nothing(), part)


# --------------------------------------------------------------------------------------------------------- changes


def note(connection: Connection, kind: str, keys: Iterable[str]) -> None:
    put_new(connection, dirty, [{"kind": kind, "key": key} for key in sorted(set(keys))])


def noted(connection: Connection, kind: str, limit: int | None = None) -> list[str]:
    query = select(dirty.c.key).where(dirty.c.kind == kind).order_by(dirty.c.key)
    return list(connection.execute(query.limit(limit) if limit else query).scalars())


def forget(connection: Connection, kind: str, keys: Iterable[str] | None = None) -> None:
    if keys is None:
        connection.execute(delete(dirty).where(dirty.c.kind == kind))
    for part in chunks(keys or ()):
        connection.execute(delete(dirty).where(dirty.c.kind == kind, dirty.c.key.in_(part)))


# ------------------------------------------------------------------------------------------------------------ mail


@dataclass(frozen=True, slots=True)
class Mailed:
    """A mail with what it is found by."""

    message: Message
    links: Collection[str]
    marks: Collection[str]


def put_mail(connection: Connection, source: int, mails: Iterable[Mailed]) -> int:
    """New and changed mails; how many they were. What is stored alike is left alone."""
    made = {mail.message.id: (mail, codec.dumps(mail.message)) for mail in mails}
    held = {
        row.item: row
        for row in some(connection, (message.c.id, message.c.item, message.c.data), message.c.item, made, message.c.source == source)
    }
    fresh = {item: each for item, each in made.items() if item not in held or held[item].data != each[1]}
    drop_mail(connection, source, [item for item in fresh if item in held])
    rows = [_row(source, item, mail.message, data) for item, (mail, data) in fresh.items()]
    ids: list[int] = []
    for part in chunks(rows):
        ids += connection.execute(insert(message).returning(message.c.id, sort_by_parameter_order=True), part).scalars()
    together = list(zip(ids, (mail for mail, _ in fresh.values()), strict=True))
    _several(connection, message_link, [{"message": i, "ref": ref} for i, mail in together for ref in mail.links])
    _several(connection, message_mark, [{"message": i, "mark": mark} for i, mail in together for mark in mail.marks])
    note(connection, "link", (mail.message.message_id for mail, _ in fresh.values()))
    note(connection, "uid", (ref[4:] for mail, _ in fresh.values() for ref in mail.links if ref.startswith("uid:")))
    return len(fresh)


def rename_mail(connection: Connection, source: int, mails: Iterable[Message], gone: Callable[[str], bool]) -> None:
    """A mail that only has another id now stays, with its text: one that was moved, or a mailbox whose ids all changed. `gone`
    tells of an id whether it is another's now, or nobody's."""
    fresh = {mail.message_id: mail for mail in mails}
    taken = {
        row.item for row in some(connection, (message.c.item,), message.c.item, [m.id for m in fresh.values()], message.c.source == source)
    }
    columns = (message.c.id, message.c.item, message.c.message_id, message.c.data)
    same: dict[int, Message] = {}
    for row in some(connection, columns, message.c.message_id, fresh, message.c.source == source):
        now = fresh.get(row.message_id)
        if now and now.id not in taken and gone(row.item) and replace(codec.loads(Message, row.data), id=now.id) == now:
            same[row.id] = fresh.pop(row.message_id)
    if same:
        rows = [{"row": row, "new_item": mail.id, "new_data": codec.dumps(mail)} for row, mail in same.items()]
        changed = update(message).where(message.c.id == bindparam("row"))
        connection.execute(changed.values(item=bindparam("new_item"), data=bindparam("new_data")), rows)
        refs = some(connection, (message_link.c.ref,), message_link.c.message, same, message_link.c.ref.like("uid:%"))
        note(connection, "uid", (row.ref[4:] for row in refs))
        note(connection, "link", (mail.message_id for mail in same.values()))


def _several(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    for part in chunks(rows):
        connection.execute(insert(table), part)


def _row(source: int, item: str, mail: Message, data: str) -> dict[str, Any]:
    return {"source": source, "item": item, "message_id": mail.message_id, "sent": mail.sent, "data": data}


def drop_mail(connection: Connection, source: int, items: Iterable[str]) -> int:
    """What it was joined with and whom it was about is noted."""
    rows = list(some(connection, (message.c.id, message.c.thread), message.c.item, items, message.c.source == source))
    ids = [row.id for row in rows]
    refs = {row.ref for row in some(connection, (message_link.c.ref,), message_link.c.message, ids)}
    note(connection, "link", refs)
    note(connection, "uid", (ref[4:] for ref in refs if ref.startswith("uid:")))
    note(connection, "person", (row.mark for row in some(connection, (message_mark.c.mark,), message_mark.c.message, ids)))
    note(connection, "thread", (row.thread for row in rows if row.thread))
    for part in chunks(ids):
        connection.execute(delete(message).where(message.c.id.in_(part)))
    return len(ids)


def mail_items(connection: Connection, source: int) -> Iterator[str]:
    query = select(message.c.item).where(message.c.source == source).execution_options(yield_per=1000)
    return connection.execute(query).scalars().__iter__()


def has_mail(connection: Connection, source: int) -> bool:
    return connection.execute(select(message.c.item).where(message.c.source == source).limit(1)).first() is not None


def remark(connection: Connection, found_by: Callable[[Message], Mailed], marks: Callable[[bytes], Collection[str]]) -> None:
    """All links and marks are made anew."""
    for table in (message_link, message_mark, component_mark):
        connection.execute(delete(table))
    for part in chunks(connection.execute(select(message.c.id)).scalars()):
        rows = connection.execute(select(message.c.id, message.c.data).where(message.c.id.in_(part))).all()
        mails = [(row.id, found_by(codec.loads(Message, row.data))) for row in rows]
        _several(connection, message_link, [{"message": i, "ref": ref} for i, mail in mails for ref in mail.links])
        _several(connection, message_mark, [{"message": i, "mark": mark} for i, mail in mails for mark in mail.marks])
    for row in connection.execute(select(component.c.id, component.c.data)).all():
        _several(connection, component_mark, [{"component": row.id, "mark": mark} for mark in marks(row.data)])


def add_marks(connection: Connection, marks: Mapping[int, Collection[str]]) -> None:
    """Found later: what only the text of a mail names."""
    put_new(connection, message_mark, [{"message": i, "mark": mark} for i, found in marks.items() for mark in found])


def note_passed(connection: Connection, since: datetime, until: datetime) -> bool:
    """Notes the mails that are dated in between: they are there now, or (the clock was set back) not yet. Whether there were any."""
    low, high = min(since, until), max(since, until)
    rows = connection.execute(
        select(message.c.id, message.c.message_id, message.c.thread).where(message.c.sent > low, message.c.sent <= high)
    ).all()
    if rows:
        note(connection, "link", (row.message_id for row in rows))
        note(connection, "thread", (row.thread for row in rows if row.thread))
        note(
            connection,
            "person",
            (r.mark for r in some(connection, (message_mark.c.mark,), message_mark.c.message, [row.id for row in rows])),
        )
        refs = some(connection, (message_link.c.ref,), message_link.c.message, [row.id for row in rows], message_link.c.ref.like("uid:%"))
        note(connection, "uid", (r.ref[4:] for r in refs))
    return bool(rows)


def passed(connection: Connection, since: datetime, until: datetime) -> bool:
    low, high = min(since, until), max(since, until)
    return connection.execute(select(message.c.id).where(message.c.sent > low, message.c.sent <= high).limit(1)).first() is not None


# -------------------------------------------------------------------------------------------------------- calendar


@dataclass(frozen=True, slots=True)
class Entry:
    """A component as it is stored; `id` is what its source calls it."""

    uid: str
    id: str
    digest: str
    data: bytes
    marks: Collection[str]


def put_entries(connection: Connection, source: int, entries: Iterable[Entry], stay: Collection[int] = ()) -> tuple[int, set[int]]:
    """Adds those that are not there yet; how many they were, and the rows that are as they should be. A source may hold the
    same entry more than once."""
    added, same = 0, set(stay)
    for part in chunks(entries):
        digests = {entry.digest for entry in part}
        held: dict[str, list[int]] = {}
        for row in some(connection, (component.c.id, component.c.digest), component.c.digest, digests, component.c.source == source):
            if row.id not in same:
                held.setdefault(row.digest, []).append(row.id)
        for entry in part:
            if rows := held.get(entry.digest):
                same.add(rows.pop())
            else:
                same.add(_add_entry(connection, source, entry))
                added += 1
    return added, same


def _add_entry(connection: Connection, source: int, entry: Entry) -> int:
    row = {"source": source, "uid": entry.uid, "digest": entry.digest, "data": entry.data}
    made = connection.execute(insert(component).values(**row)).inserted_primary_key
    assert made is not None
    number = int(made[0])
    _several(connection, component_mark, [{"component": number, "mark": mark} for mark in entry.marks])
    note(connection, "uid", [entry.uid])
    return number


def entries_of(connection: Connection, uids: Iterable[str]) -> list[tuple[int, int, bytes]]:
    """(row, source, data), in the order in which they came."""
    rows = some(connection, (component.c.id, component.c.source, component.c.data), component.c.uid, uids)
    return sorted((row.id, row.source, row.data) for row in rows)


def entry_rows(connection: Connection, source: int) -> list[int]:
    return list(connection.execute(select(component.c.id).where(component.c.source == source)).scalars())


def drop_entries(connection: Connection, rows: Collection[int]) -> int:
    note(connection, "uid", (row.uid for row in some(connection, (component.c.uid,), component.c.id, rows)))
    note(connection, "person", (row.mark for row in some(connection, (component_mark.c.mark,), component_mark.c.component, rows)))
    for part in chunks(rows):
        connection.execute(delete(component).where(component.c.id.in_(part)))
    return len(rows)


# ----------------------------------------------------------------------------------------------------------- deals


def deals(connection: Connection, source: int | None = None) -> dict[str, Deal]:
    """By id, in that order."""
    return {name: codec.loads(Deal, data) for name, data in stored_deals(connection, source)}


def stored_deals(connection: Connection, source: int | None = None) -> list[tuple[str, str]]:
    """Ids, in their order, and what `codec` made of the deals."""
    query = select(deal.c.id, deal.c.data).order_by(deal.c.id)
    rows = connection.execute(query if source is None else query.where(deal.c.source == source))
    return [(row.id, row.data) for row in rows]


def put_deal(connection: Connection, source: int, one: Deal) -> None:
    connection.execute(delete(deal).where(deal.c.id == one.id))
    connection.execute(insert(deal).values(id=one.id, source=source, data=codec.dumps(one)))


def drop_deals(connection: Connection, ids: Iterable[str]) -> None:
    for part in chunks(ids):
        connection.execute(delete(deal).where(deal.c.id.in_(part)))


# ----------------------------------------------------------------------------------------------------- quarantined


def spoiled(connection: Connection, source: int | None = None) -> dict[tuple[int, str], Quarantined]:
    """By source and item; the section is not kept with them."""
    query = select(quarantined)
    rows = connection.execute(query if source is None else query.where(quarantined.c.source == source))
    return {(r.source, r.item): Quarantined("", r.item, r.why, frozenset(r.names)) for r in rows}


def set_aside(connection: Connection, source: int, bad: Iterable[Quarantined], mended: Iterable[str], now: datetime) -> int:
    """`mended`: items that are none any more. Whom they name is noted; how many changed."""
    held = {item: one for (_, item), one in spoiled(connection, source).items()}
    new = {q.item: q for q in bad}
    gone = {item for item in mended if item in held and item not in new}
    changed = {item: q for item, q in new.items() if item not in held or (held[item].why, held[item].names) != (q.why, q.names)}
    for part in chunks([*gone, *changed]):
        connection.execute(delete(quarantined).where(quarantined.c.source == source, quarantined.c.item.in_(part)))
    rows = [{"source": source, "item": i, "why": q.why, "names": sorted(q.names), "seen_at": now} for i, q in changed.items()]
    _several(connection, quarantined, rows)
    names = [held[i].names for i in [*gone, *changed] if i in held] + [q.names for q in changed.values()]
    note(connection, "named", {name for each in names for name in each})
    return len(gone) + len(changed)
