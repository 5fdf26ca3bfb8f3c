"""What the rep has said for good: answers to "which deal?", the do-not-contact list, lessons, and single settings.

Functions over a connection, within `Store.begin()`. Nothing is deleted: what holds no more is revoked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection, delete, insert, select, update

from agent.model import Answer
from agent.store import audit, schema
from agent.store.decisions import CardRow, series

FOR_GOOD = datetime.max.replace(tzinfo=UTC)  # a pause without end


def answers(connection: Connection) -> tuple[Answer, ...]:
    """What the rep said of threads, series and persons, as the matching takes it; the latest last."""
    table = schema.answer.c
    query = select(table.deal, table.thread, table.series, table.person, table.account).where(table.revoked_at.is_(None))
    return tuple(Answer(row.deal, row.thread, row.series, row.person, row.account) for row in connection.execute(query.order_by(table.id)))


def add_answer(connection: Connection, answer: Answer, now: datetime, reason: str = "") -> int:
    """Its id. What was said before of the same is revoked."""
    named = {"thread": answer.thread, "series": answer.series, "person": answer.person, "account": answer.account}
    table = schema.answer
    same = [table.c[name] == value for name, value in named.items()]
    connection.execute(update(table).where(*same, table.c.revoked_at.is_(None)).values(revoked_at=now))
    made = connection.execute(insert(table).values(deal=answer.deal, at=now, **named)).inserted_primary_key
    assert made is not None
    audit.append(connection, now, "rep", "answer", deal=answer.deal, reason=reason)
    return int(made[0])


def silent(connection: Connection) -> frozenset[str]:
    """Address keys and "@domain"s of the do-not-contact list in the store."""
    table = schema.silence.c
    return frozenset(connection.execute(select(table.key).where(table.revoked_at.is_(None))).scalars())


def add_silence(connection: Connection, key: str, why: str, source: str, now: datetime, *, who: str = "rep") -> None:
    """`source`: message:<id>, or rep. What is on the list already stays as it is."""
    if key in silent(connection):
        return
    connection.execute(delete(schema.silence).where(schema.silence.c.key == key))
    connection.execute(insert(schema.silence).values(key=key, why=why, source=source, at=now))
    audit.append(connection, now, who, "silence")


@dataclass(frozen=True, slots=True)
class Lesson:
    """Findings of this kind are not asked about again: of this thread or series, or where both are empty of the whole deal.

    With no kind a thread is muted: findings of any kind that are about it, whatever deal it is about.
    """

    id: int
    kind: str
    deal: str
    thread: str
    series: str
    why: str
    at: datetime


def lessons(connection: Connection) -> list[Lesson]:
    t = schema.lesson.c
    query = select(t.id, t.kind, t.deal, t.thread, t.series, t.why, t.at).where(t.revoked_at.is_(None)).order_by(t.id)
    return [Lesson(*row) for row in connection.execute(query)]


def add_lesson(connection: Connection, card: CardRow, why: str, now: datetime) -> None:
    row = {"kind": card.kind, "deal": card.deal, "thread": card.thread or "", "series": series(card), "why": why, "at": now}
    connection.execute(insert(schema.lesson).values(**row))
    audit.append(connection, now, "rep", "lesson", card=card.key, deal=card.deal)


def muted(connection: Connection) -> frozenset[str]:
    """Threads, by the Message-ID that was their first."""
    return frozenset(each.thread for each in lessons(connection) if not each.kind)


def add_mute(connection: Connection, card: CardRow, now: datetime) -> None:
    """Of the card's thread. The trail has it as the act on the card."""
    t = schema.lesson.c
    same = (t.kind == "") & (t.thread == card.thread) & t.revoked_at.is_(None)
    connection.execute(update(schema.lesson).where(same).values(revoked_at=now))
    connection.execute(insert(schema.lesson).values(kind="", deal=card.deal, thread=card.thread, series="", why="", at=now))


def revoke(connection: Connection, what: Literal["answer", "silence", "lesson"], name: str, now: datetime) -> bool:
    """`name`: an id, or a key of the do-not-contact list. False where nothing of that name holds."""
    table = schema.metadata.tables[what]
    if what != "silence" and not (name.isascii() and name.isdigit()):
        return False
    same = table.c.key == name if what == "silence" else table.c.id == int(name)
    if connection.execute(update(table).where(same, table.c.revoked_at.is_(None)).values(revoked_at=now)).rowcount == 0:
        return False
    audit.append(connection, now, "rep", "revoke", reason=what)
    return True


def take_back(connection: Connection, card: CardRow, now: datetime) -> None:
    """Revokes what was said for good when this card was closed; what it had revoked holds again."""
    for table in (schema.answer, schema.lesson):
        c = table.c
        same = ((c.thread != "") & (c.thread == (card.thread or ""))) | ((c.series != "") & (c.series == series(card)))
        if table is schema.lesson:
            same = ((c.kind == card.kind) & (c.deal == card.deal)) | ((c.kind == "") & (c.thread == card.thread))
        at, void = c.at == card.changed_at, c.revoked_at == card.changed_at
        connection.execute(update(table).where(same, void).values(revoked_at=None))
        connection.execute(update(table).where(same, at, c.revoked_at.is_(None)).values(revoked_at=now))


# ------------------------------------------------------------------------------------------------------- settings


def setting(connection: Connection, name: str) -> str | None:
    return connection.execute(select(schema.setting.c.value).where(schema.setting.c.name == name)).scalar()


def put_setting(connection: Connection, name: str, value: str | None) -> None:
    """None takes it out."""
    connection.execute(delete(schema.setting).where(schema.setting.c.name == name))
    if value is not None:
        connection.execute(insert(schema.setting).values(name=name, value=value))


ROUND = "round_asked_at"


def ask_round(connection: Connection, now: datetime) -> None:
    """Of the process that works, whichever it is: a round before its time."""
    put_setting(connection, ROUND, now.astimezone(UTC).isoformat())


def paused_until(connection: Connection, now: datetime) -> datetime | None:
    """While it is paused nothing leaves and no card opens. None: it is not; `FOR_GOOD`: until the rep resumes."""
    value = setting(connection, "paused_until")
    until = datetime.fromisoformat(value) if value else None
    return until if until and until > now else None
