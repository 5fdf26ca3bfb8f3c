"""Where the parts meet: what one of them leaves behind is what the next one finds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from agent import office, settings, wiring
from agent.cycle import Cycle, conclude, world
from agent.cycle import seen as seeing
from agent.cycle.seen import Given, Seen
from agent.desk import Desk, Terms
from agent.errors import Rejected, Unavailable
from agent.life import STATES
from agent.model import Rules
from agent.ports import Batch
from agent.store import Store, decisions, deliveries, schema
from agent.store.erase import erase
from agent.think import think as thinking
from agent.think.dossier import Dossier
from agent.think.think import Conclusions
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


def written(folder: Path, *events: Mapping[str, object]) -> Path:
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
            row = decisions.move(connection, row, act, NOW + MINUTE, who="rep")
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


def test_who_was_forgotten_and_must_not_be_written_to_is_not_written_to(home: Home) -> None:
    """The list does not name them any more: the rep may write their address by hand."""
    row, at = found(home, NOW), desk(home)
    with home.store.read() as connection:
        words = decisions.draft(connection, row).draft
    at.silence("zoe@other.example", "She asked", NOW)
    erase(home.store, "zoe@other.example", NOW)
    version = at.edit(row.key, 1, NOW, subject=words.subject, body=words.body, to=["zoe@other.example"], cc=[])
    with pytest.raises(Rejected, match="do-not-contact"):
        at.approve(row.key, version, NOW)


def test_a_deal_that_cannot_be_read_is_not_gone_and_its_card_waits(home: Home) -> None:
    row, deals = found(home, NOW), home.path.with_name("deals.yaml")
    good = deals.read_text()
    desk(home).approve(row.key, 1, NOW)
    deals.write_text(good.replace("stage: Demo", "stage: [Demo]"))
    assert found(home, NOW + 5 * MINUTE).state == "approved"
    with pytest.raises(Unavailable, match="cannot be read"):
        home.cycle.premise(row.key, NOW + 6 * MINUTE, fresh=True)
    deals.write_text(good)
    assert found(home, NOW + 10 * MINUTE).state == "approved"
    assert home.cycle.premise(row.key, NOW + 11 * MINUTE, fresh=True) == ""
    deals.write_text(good.replace("stage: Demo", "stage: [Demo]"))
    home.cycle.round(NOW + 15 * MINUTE)
    deals.write_text(good.replace("D-17", "D-18"))
    home.cycle.round(NOW + 20 * MINUTE)
    with home.store.read() as connection:
        assert decisions.known(connection, row.key).state == "withdrawn"


def test_a_mail_that_came_and_cannot_be_read_keeps_what_was_approved_from_leaving(home: Home) -> None:
    """Also before a round has seen it: it may be the answer."""
    row = found(home, NOW)
    desk(home).approve(row.key, 1, NOW)
    (home.path.with_name("mail") / "a9.eml").write_bytes(b"From: pat@acme.example, x@y.example\r\nTo: dana@northwind.example\r\n\r\nhi")
    with pytest.raises(Unavailable):
        home.cycle.premise(row.key, NOW + MINUTE, fresh=True)
    assert card(home).state == "approved"


class Broken:
    """A source with a fault of its own program."""

    def pull(self, _since: str | None) -> Batch[object]:
        raise KeyError("dana@northwind.example")

    read = pull


def test_a_source_whose_program_fails_is_shown_and_the_others_go_on(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    feeds = home.feeds
    home.feeds = lambda now: [replace(f, source=Broken()) if f.section == "calendar" else f for f in feeds(now)]  # type: ignore[method-assign]
    home.restart()
    report = home.cycle.round(NOW)
    assert [(s.section, s.status) for s in report.sources] == [("mail", "ok"), ("calendar", "failed"), ("deals", "ok")]
    assert report.sources[1].says.endswith("not foreseen (KeyError)")
    assert "dana" not in "".join(record.getMessage() for record in caplog.records)


def test_a_deal_that_cannot_be_thought_about_keeps_no_other_from_it(tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    other = {
        **DEAL,
        "id": "D-1",
        "name": "Other",
        "account": {"name": "Other"},
        "contacts": [{"name": "Kim", "email": "kim@other.example"}],
    }
    told = {"story": "", "now": "2026-03-05T15:00", "mail": [HELLO], "events": [MEETING], "deals": [other, DEAL], "expect": {}}
    home = Home(Story(told).write(tmp_path / "rep"), store)

    def think(dossier: Dossier, now: datetime, rules: Rules) -> Conclusions:
        if dossier.deal.id == "D-1":
            raise IndexError
        return thinking.think(dossier, now, rules)

    monkeypatch.setattr(conclude, "think", think)
    assert found(home, NOW).deal == "D-17"
    (notice,) = [n for n in home.rows(schema.notice) if n["deal"] == "D-1"]
    assert "IndexError" in notice["says"]
    monkeypatch.undo()
    home.cycle.round(NOW + 5 * MINUTE)
    assert [n for n in home.rows(schema.notice) if n["deal"] == "D-1"] == []


class Textless:
    """A mailbox that breaks off when the texts are asked for."""

    def __init__(self, source: Any) -> None:
        self.pull = source.pull

    def read(self, _ids: Sequence[str]) -> Iterator[Any]:
        raise Unavailable("the mailbox went away")


def test_a_mailbox_that_breaks_off_between_headers_and_texts_is_asked_again_in_the_next_round(home: Home) -> None:
    feeds = home.feeds
    home.feeds = lambda now: [replace(f, reads=Textless(f.source)) if f.reads else f for f in feeds(now)]  # type: ignore[method-assign]
    home.restart()
    asked: list[int] = []

    def progress(_section: str, done: int, _total: int | None = None) -> None:
        asked.append(done)
        assert len(asked) < 50, "it goes round and round"

    assert home.cycle.round(NOW, progress).sources[0].status == "stale"
    assert home.rows(schema.card) == []
    home.feeds = feeds  # type: ignore[method-assign]
    home.restart()
    assert found(home, NOW + 5 * MINUTE).state == "review"


def test_a_mail_that_the_program_fails_at_keeps_no_other_from_being_matched(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home.path.with_name("mail") / "poison.eml"
    path.write_text("From: kim@poison.example\nTo: dana@northwind.example\nDate: Thu, 5 Mar 2026 12:00:00 +0000\nMessage-ID: <p@x>\n\nHi")

    def see(given: Given, *others: Any) -> Seen:
        if any(m.sender.domain == "poison.example" for m in given.messages):
            raise RecursionError
        return seeing.see(given, *others)

    monkeypatch.setattr(world, "see", see)
    assert found(home, NOW).state == "review"
    assert [row["key"] for row in home.rows(schema.dirty)] == ["<p@x>"]
    monkeypatch.undo()
    home.cycle.round(NOW + 5 * MINUTE)
    assert home.rows(schema.dirty) == []
    assert {row["id"] for row in home.rows(schema.thread)} == {"<a1@acme.example>", "<p@x>"}


def test_after_a_long_sleep_a_card_is_judged_by_the_moment_of_its_facts_until_they_are_read_again(home: Home) -> None:
    """Opened before the first round: what came meanwhile is not known yet, and nothing is concluded from not seeing it."""
    row, later = found(home, NOW), NOW + 20 * 24 * HOUR
    home.restart()
    assert desk(home).look(row.key, later).state == "review"
    assert found(home, later).state == "withdrawn"


def test_deals_that_are_out_of_reach_when_the_sources_change_are_not_gone(home: Home) -> None:
    """A source less: those behind it take another place, and are read anew."""
    text = home.path.read_text()
    home.path.write_text(text.replace("mail: {kind: folder, path: mail}", "mail: [{kind: folder, path: mail}, {kind: folder, path: more}]"))
    home.path.with_name("more").mkdir()
    home.settings = settings.load(home.path)
    home.restart()
    assert found(home, NOW).state == "review"
    home.path.write_text(text)
    deals, aside = home.path.with_name("deals.yaml"), home.path.with_name("aside")
    deals.rename(aside)
    home.settings = settings.load(home.path)
    home.restart()
    assert found(home, NOW + 5 * MINUTE).state == "review"
    aside.rename(deals)
    assert found(home, NOW + 10 * MINUTE).state == "review"
    assert home.open_cards()
