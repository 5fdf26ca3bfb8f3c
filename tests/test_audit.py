"""The audit trail: whoever changes it is found out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from agent.store import Store, audit, schema
from tests.needs import often

NOW = datetime(2026, 3, 9, 15, 0, 0, 123456, tzinfo=UTC)
TEXTS = ("who", "act", "card", "deal", "before", "after", "reason", "chain")
NUMBERS = ("version_before", "version_after")
act = schema.act


def filled(store: Store, number: int) -> list[str]:
    """What `head` said after each act."""
    heads = []
    for n in range(number):
        with store.begin() as connection:
            name = f"no_next_step:D-{n % 3}:m{n}" if n % 4 else None
            when = NOW.astimezone(timezone(timedelta(hours=n % 5))) + timedelta(seconds=n)
            audit.append(connection, when, "rep", "edit", card=name, before="review", after="review", version_before=n, reason=f"word {n}")
            heads.append(audit.head(connection))
    return heads


def test_an_untouched_trail_holds(store: Store) -> None:
    with store.read() as connection:
        assert (audit.head(connection), audit.verify(connection)) == ("", None)
    heads = filled(store, 12)
    with store.read() as connection:
        assert [audit.verify(connection, anchor) for anchor in ["", *heads]] == [None] * 13


def test_a_thousand_changes_are_found_each_at_the_act_that_was_changed(store: Store) -> None:
    filled(store, 12)
    random = Random(7)
    with store.begin() as connection:
        anchor, rows = audit.head(connection), list(connection.execute(select(act).order_by(act.c.id)).mappings())
        for _ in range(1000 if store.path else often(100, 1000)):
            victim = random.choice(rows)
            change = _change(random, dict(victim))
            change_point = connection.begin_nested()
            expected = _apply(connection, victim, change, rows)
            assert audit.verify(connection, anchor) == expected, (dict(victim), change)
            change_point.rollback()
        assert audit.verify(connection, anchor) is None


def _change(random: Random, row: dict[str, Any]) -> dict[str, Any] | str:
    """Columns that are set, or what is taken out: the row, or the rest from there on."""
    name = random.choice([*TEXTS, *NUMBERS, "at", "row", "rest"])
    if name in ("row", "rest"):
        return name
    if name == "at":
        return {name: row[name] + timedelta(microseconds=random.choice([-1, 1]))}
    return {name: (row[name] or 0) + 1 if name in NUMBERS else f"{row[name] or ''}x"}


def _apply(connection: Any, row: Any, change: dict[str, Any] | str, rows: list[Any]) -> int:
    """The id of the act that does not follow any more."""
    if not isinstance(change, str):
        connection.execute(update(act).where(act.c.id == row["id"]).values(**change))
        return int(row["id"])
    connection.execute(delete(act).where(act.c.id == row["id"] if change == "row" else act.c.id >= row["id"]))
    later = [r["id"] for r in rows if r["id"] > row["id"]]
    return int(rows[-1]["id"] if change == "rest" else later[0] if later else row["id"])  # a missing end is missed by the anchor


def test_two_acts_that_change_places_are_found(store: Store) -> None:
    filled(store, 5)
    with store.begin() as connection:
        first, second = [dict(r) for r in connection.execute(select(act).order_by(act.c.id).limit(2)).mappings()]
        connection.execute(delete(act).where(act.c.id.in_([first["id"], second["id"]])))
        connection.execute(insert(act), [first | {"id": second["id"]}, second | {"id": first["id"]}])
        assert audit.verify(connection) == first["id"]


def test_a_trail_written_anew_is_found_by_its_anchor_alone(store: Store) -> None:
    anchor = filled(store, 3)[-1]
    with store.begin() as connection:
        connection.execute(delete(act))
        for n in range(3):
            audit.append(connection, NOW, "rep", "approve", card=f"c{n}")
        assert audit.verify(connection) is None
        assert audit.verify(connection, anchor) == int(anchor.split(":")[0])


def test_a_text_may_be_replaced_by_its_digest_and_by_nothing_else(store: Store) -> None:
    filled(store, 6)
    with store.begin() as connection:
        row = connection.execute(select(act).order_by(act.c.id).offset(3)).first()
        assert row
        hidden = {name: audit.digest(getattr(row, name)) for name in ("reason", "card")}
        connection.execute(update(act).where(act.c.id == row.id).values(**hidden))
        assert audit.verify(connection) is None
        connection.execute(update(act).where(act.c.id == row.id).values(reason=audit.digest("another")))
        assert audit.verify(connection) == row.id


def test_a_reason_is_one_short_line(store: Store) -> None:
    with store.begin() as connection:
        audit.append(connection, NOW, "rep", "dismiss", reason="not now\r\n\r\n> Dear Dana,\n" + "x" * 500)
        (reason,) = connection.execute(select(act.c.reason)).scalars()
    assert len(reason) == audit.LONGEST
    assert reason.startswith("not now > Dear Dana, xxx")


def test_an_act_that_is_taken_back_with_its_transaction_leaves_no_gap(store: Store) -> None:
    filled(store, 2)

    def failing() -> None:
        with store.begin() as connection:
            audit.append(connection, NOW, "rep", "approve")
            raise KeyError

    with pytest.raises(KeyError):
        failing()
    filled(store, 2)
    with store.read() as connection:
        assert audit.verify(connection) is None
