"""Where the parts meet: what one of them leaves behind is what the next one finds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from agent import office, settings, wiring
from agent.cycle import Cycle
from agent.desk import Desk, Terms
from agent.life import STATES
from agent.store import Store, decisions, deliveries, schema
from tests.builders import Story
from tests.rounds import Home
from tests.test_cycle import DEAL, HELLO, MEETING, NOW

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NEXT = {**MEETING, "uid": "m2", "start": "2026-03-12T09:00", "end": "2026-03-12T10:00"}


@pytest.fixture
def store(blank: Path, tmp_path: Path) -> Iterator[Store]:
    """SQLite alone: nothing here differs between the databases."""
    shutil.copy(blank, tmp_path / "onward.db")
    made = Store.open(f"sqlite:///{tmp_path / 'onward.db'}")
    yield made
    made.close()


def written(folder: Path, *events: dict[str, object]) -> Path:
    said = {"story": "", "now": "2026-03-05T15:00", "mail": [HELLO], "events": [MEETING, *events], "deals": [DEAL], "expect": {}}
    return Story(said).write(folder)


@pytest.fixture
def home(tmp_path: Path, store: Store) -> Home:
    return Home(written(tmp_path / "rep"), store)


def desk(home: Home) -> Desk:
    return Desk(home.store, home.settings.rules, Terms("send"), home.cycle.premise)


def card(home: Home) -> decisions.CardRow:
    with home.store.read() as connection:
        (row,) = decisions.cards(connection, STATES)
    return row


def found(home: Home, now: datetime) -> decisions.CardRow:
    """The card that a round at that moment leaves."""
    home.cycle.round(now)
    return card(home)


def test_of_a_clock_that_was_set_back_the_last_approval_is_still_the_one_that_counts(home: Home) -> None:
    key = found(home, NOW).key
    desk(home).approve(key, 1, NOW + HOUR)
    desk(home).undo(key, NOW + HOUR)
    name = desk(home).approve(key, 1, NOW)
    with home.store.read() as connection:
        approval = decisions.approval(connection, key)
        assert approval
        assert approval.id == name
        assert deliveries.find(connection, name).latest


def test_what_the_rep_takes_back_is_withdrawn_by_the_next_round_if_its_reason_is_gone(home: Home, tmp_path: Path) -> None:
    key = found(home, NOW).key
    desk(home).dismiss(key, 1, "Not now", NOW + MINUTE)
    written(tmp_path / "rep", NEXT)
    home.cycle.round(NOW + 5 * MINUTE)
    desk(home).undo(key, NOW + 6 * MINUTE)
    assert found(home, NOW + 10 * MINUTE).state == "withdrawn"


def test_a_mail_that_did_not_leave_is_withdrawn_by_the_next_round_if_its_reason_is_gone(home: Home, tmp_path: Path) -> None:
    row = found(home, NOW)
    with home.store.begin() as connection:
        for act in ("approve", "begin", "doubt"):
            row = decisions.move(connection, row, act, NOW + MINUTE, who="rep")  # type: ignore[arg-type]
    written(tmp_path / "rep", NEXT)
    assert found(home, NOW + 5 * MINUTE).state == "held"
    desk(home).settle(row.key, False, NOW + 6 * MINUTE)
    assert found(home, NOW + 10 * MINUTE).state == "withdrawn"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("timezone: America/New_York", "timezone: Europe/Berlin"),
        ("{kind: folder, path: calendar.ics}", "{kind: folder, path: calendar.ics, shared: true}"),
    ],
)
def test_a_calendar_that_is_read_otherwise_is_read_anew(tmp_path: Path, store: Store, old: str, new: str) -> None:
    path = written(tmp_path / "rep", {**NEXT, "floating": True})
    before, after = held(path, store, ""), held(path, store, old, new)
    assert before != after
    assert after == held(path, store, "")


def held(path: Path, store: Store, old: str, new: str = "") -> list[object]:
    """What is stored of the calendar after a round by these settings."""
    path.write_text(path.read_text().replace(old, new) if old else path.read_text())
    said = settings.load(path)
    pen = wiring.template(said, NOW)
    Cycle(store, lambda at: office.feeds(said, at), said.rules, pen, pen).round(NOW)
    with store.read() as connection:
        return list(connection.execute(select(schema.component.c.data).order_by(schema.component.c.uid)).scalars())
