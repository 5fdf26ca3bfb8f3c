"""What Onward says of itself: each thing that needs a person is said once, with what to do, and nothing else alarms."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import insert

from agent import settings as configuration
from agent.daemon import schedule
from agent.daemon.health import RELOAD, Health, configured, health
from agent.daemon.metrics import Metrics
from agent.settings import Section, Settings
from agent.store import Store, said, schema
from agent.store.lease import Lease

NOW = datetime(2026, 3, 5, 15, tzinfo=UTC)
MAILED = {"also": [], "evidence": [], "warnings": [], "version": 1, "due": NOW, "opened_at": NOW, "changed_at": NOW}


@pytest.fixture
def settings(tmp_path: Path, blank: Path) -> Settings:
    shutil.copy(blank, tmp_path / "onward.db")
    path = tmp_path / "onward.yaml"
    path.write_text(
        "rep: {name: Dana Reyes, email: dana@northwind.example, timezone: America/New_York}\n"
        "mail: [{kind: folder, path: mail}, {kind: folder, path: old}]\n"
        "calendar: {kind: folder, path: calendar.ics}\ndeals: {kind: folder, path: deals.yaml}\n"
    )
    return configuration.load(path)


@pytest.fixture
def kept(settings: Settings) -> Iterator[Store]:
    store = Store.open(settings.store)
    yield store
    store.close()


def read(store: Store, *, last: datetime = NOW, **changes: Any) -> None:
    """All four sources were read in a round at `last`; `changes` are of the first."""
    with store.begin() as tx:
        for place, section in enumerate(("mail", "mail", "calendar", "deals")):
            row = {"id": place, "section": section, "kind": "folder", "settings": "", "status": "ok", "items": 12, "fresh_as_of": last}
            tx.execute(insert(schema.source).values(**(row | (changes if place == 0 else {}))))
    schedule.ended(store, last, "")


def failing(found: Health) -> list[tuple[str, str, str]]:
    return [(c.name, c.says, c.todo) for c in found.checks if c.level == "fail"]


def test_a_new_store_alarms_nobody_and_says_how_to_begin(kept: Store, settings: Settings) -> None:
    found = health(kept, settings, NOW)
    assert found.ok
    folder = settings.path.parent
    assert {(c.name, c.todo) for c in found.checks if c.level == "warn"} == {
        (f"mail (folder {folder}/mail)", "onward run"), (f"mail (folder {folder}/old)", "onward run"),
        ("calendar (folder)", "onward run"), ("deals (folder)", "onward run"), ("rounds", "onward run"),
    }  # fmt: skip


def test_all_is_well_after_a_round(kept: Store, settings: Settings) -> None:
    read(kept)
    with Lease.take(kept, "dana@northwind.example", NOW):
        found = health(kept, settings, NOW + timedelta(minutes=2))
    assert {c.level for c in found.checks} == {"pass"}
    assert [c.says for c in found.checks][1] == "12 items, fresh 2 minutes ago"
    assert (found.last_round, found.next_round) == (NOW, NOW + timedelta(minutes=5))
    assert found.checks[5].says.endswith("UTC; the next is in 3 minutes")


def test_a_sound_source_is_as_fresh_as_the_last_round_though_it_brought_nothing(kept: Store, settings: Settings) -> None:
    read(kept, last=NOW - timedelta(days=2))
    schedule.ended(kept, NOW, "")
    assert {s.fresh_as_of for s in health(kept, settings, NOW).sources} == {NOW}


def test_a_round_that_failed_makes_nothing_fresh(kept: Store, settings: Settings) -> None:
    read(kept, last=NOW - timedelta(days=2))
    schedule.ended(kept, NOW, "the database is busy")
    found = health(kept, settings, NOW)
    assert {s.fresh_as_of for s in found.sources} == {NOW - timedelta(days=2)}
    assert failing(found) == [("rounds", "the last round did not end well: the database is busy", "onward run --once")]


@pytest.mark.parametrize("status", ["failed", "suspect"])
def test_a_source_that_cannot_be_read_needs_a_person_and_stays_as_old_as_it_is(kept: Store, settings: Settings, status: str) -> None:
    told = "the sign-in expired; run: onward login"
    read(
        kept,
        status=status,
        says=told,
        fresh_as_of=NOW - timedelta(hours=3),
        retry_at=NOW + timedelta(minutes=4),
    )
    schedule.ended(kept, NOW, "")
    found = health(kept, settings, NOW)
    says = f"{status}, fresh 3 hours ago: {told}; asked again in 4 minutes"
    assert failing(found) == [(f"mail (folder {settings.path.parent}/mail)", says, "onward check")]
    assert found.sources[1].status == "ok"


@pytest.mark.parametrize(
    ("options", "where"),
    [
        ({"host": "imap.northwind.example", "user": "dana", "password": "s3cret"}, "dana at imap.northwind.example"),
        ({"url": "https://key:s3cret@cal.example/s3cret.ics?token=s3cret", "token": "s3cret"}, "cal.example"),
        ({"path": Path("/home/dana/mail")}, "/home/dana/mail"),
        ({}, ""),
    ],
)
def test_where_a_source_is_tells_it_from_others_and_no_secret(settings: Settings, options: dict[str, Any], where: str) -> None:
    several = replace(settings, sections={"mail": (Section("x", options), Section("x"))})
    assert [(found[2], found[3]) for found in configured(several)] == [(where, True), ("", True)]


def test_rounds_that_do_not_come_any_more_are_noticed(kept: Store, settings: Settings) -> None:
    read(kept)
    (only,) = failing(health(kept, settings, NOW + timedelta(minutes=16)))
    assert only == ("rounds", "the last round was 16 minutes ago; nobody works for this rep now", "onward run")


def test_a_round_that_takes_long_is_told_of_and_is_no_fault(kept: Store, settings: Settings) -> None:
    """As after an upgrade, when all is judged anew. One that does not get on is the watchdog's."""
    read(kept)
    later = NOW + timedelta(minutes=26)
    assert not health(kept, settings, later).ok
    found = health(kept, settings, later, running=NOW + timedelta(minutes=5))
    assert found.ok
    says = "the last round was 26 minutes ago, and one that began 21 minutes ago still runs"
    assert (says, "warn") in [(check.says, check.level) for check in found.checks]
    assert health(kept, settings, NOW + timedelta(minutes=14)).ok


def test_who_works_is_named_until_he_ends_and_not_after_a_single_round(kept: Store, settings: Settings) -> None:
    read(kept)
    with Lease.take(kept, "dana@northwind.example", NOW):
        assert "process" in health(kept, settings, NOW).holder
    found = health(kept, settings, NOW)
    assert found.holder == ""
    assert [c.says for c in found.checks if c.name == "rounds"] == ["the last round was just now"]


@pytest.mark.parametrize(("state", "card", "says"), [("held", "held", "one mail may have left"), ("refused", "failed", "did not leave")])
def test_mail_in_doubt_and_mail_that_was_refused_need_a_person(kept: Store, settings: Settings, state: str, card: str, says: str) -> None:
    read(kept)
    with kept.begin() as tx:
        tx.execute(insert(schema.card).values(key="k", ref="r", kind="gone_quiet", deal="D", state=card, **MAILED))
        told = {"version": 1, "digest": "", "raw": b"", "sender": "", "recipients": [], "mode": "send", "at": NOW, "leave_at": NOW}
        tx.execute(insert(schema.approval).values(id="a", card="k", **told))
        tx.execute(insert(schema.delivery).values(id="a", card="k", state=state, next_at=NOW, changed_at=NOW))
    ((name, sentence, todo),) = failing(health(kept, settings, NOW))
    assert (name, todo) == ("outbox", "onward inbox list")
    assert says in sentence


def test_a_pause_is_said_and_is_no_fault(kept: Store, settings: Settings) -> None:
    read(kept)
    with kept.begin() as tx:
        said.put_setting(tx, "paused_until", (NOW + timedelta(hours=1)).isoformat())
    found = health(kept, settings, NOW)
    assert found.ok
    assert found.paused
    assert "paused until 2026-03-05 16:00 UTC" in next(c.says for c in found.checks if c.level == "warn")
    assert not health(kept, settings, NOW + timedelta(hours=1)).paused


def test_a_configuration_that_was_not_taken_is_shown(kept: Store, settings: Settings) -> None:
    read(kept)
    with kept.begin() as tx:
        said.put_setting(tx, RELOAD, "onward.yaml:7: rounds")
    assert failing(health(kept, settings, NOW)) == [("configuration", "a change was not taken: onward.yaml:7: rounds", "onward check")]


def test_a_store_that_cannot_be_read_is_a_finding_and_no_fault(kept: Store, settings: Settings) -> None:
    assert kept.path is not None
    kept.close()
    kept.path.write_bytes(b"not a database" * 1000)
    found = health(kept, settings, NOW)
    assert not found.ok
    assert "is not a database" in found.store


@given(length=st.timedeltas(timedelta(days=-4000), timedelta(days=4000)))
def test_every_span_of_time_has_words(length: timedelta) -> None:
    from agent.daemon.health import ago, ahead

    assert ago(NOW - length, NOW) == "just now" or length >= timedelta(seconds=1)
    assert "-" not in ago(NOW - length, NOW) + ahead(NOW + length, NOW)


# ------------------------------------------------------------------------------------------------------------- metrics


def test_metrics_are_read_from_the_store_at_each_question_and_parse(kept: Store, settings: Settings) -> None:
    made = Metrics(lambda: health(kept, settings, NOW + timedelta(minutes=1)))
    read(kept, status="failed", fresh_as_of=NOW - timedelta(hours=1))
    with kept.begin() as tx:
        for n, state in enumerate(("review", "review", "sent")):
            tx.execute(insert(schema.card).values(key=str(n), ref=str(n), kind="gone_quiet", deal="Acme", state=state, **MAILED))
    made.rounds.labels("good").inc()
    made.seconds.observe(0.2)
    text = made.text().decode()
    found = {(s.name, *s.labels.values()): s.value for family in text_string_to_metric_families(text) for s in family.samples}
    assert found["onward_healthy",] == 0
    assert found["onward_rounds_total", "good"] == 1
    assert (found["onward_cards", "review"], found["onward_cards", "sent"]) == (2, 1)
    assert found["onward_source_age_seconds", "folder", "0", "mail"] == 3660
    assert found["onward_source_age_seconds", "folder", "3", "deals"] == 60
    assert found["onward_source_ok", "folder", "0", "mail"] == 0
    assert found["onward_last_round_timestamp_seconds",] == NOW.timestamp()
    assert "Acme" not in text


def test_metrics_of_a_broken_store_still_answer(settings: Settings) -> None:
    found = Metrics(lambda: Health(NOW, store="the store is damaged"))
    assert "onward_healthy 0.0" in found.text().decode()
