"""Open pages hear of what happens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update

from agent.store import decisions, schema
from agent.web import changes, live
from tests.rigs.inbox import NOW, Served
from tests.web.cards import Tab, put

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is found by looking now and then: only what is announced in time passes."""
    monkeypatch.setattr(live, "POLL", 60.0)


@contextmanager
def listening(tab: Tab, since: datetime = NOW) -> Iterator[Iterator[tuple[str, Any]]]:
    with tab.client.stream("GET", f"/live?since={(since - EPOCH) // timedelta(microseconds=1)}", timeout=20) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield events(answer.iter_lines())


def events(lines: Iterator[str]) -> Iterator[tuple[str, Any]]:
    name = ""
    for line in lines:
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            yield name, json.loads(value)


def test_a_page_hears_at_once_how_many_there_are(served: Served) -> None:
    put(served.inbox.store)
    with Tab(served) as tab, listening(tab) as heard:
        name, counts = next(heard)
    assert name == "counts"
    assert (counts["review"], counts["new"]) == (1, 0)


def test_a_card_that_a_round_opens_is_announced_as_new(served: Served) -> None:
    put(served.inbox.store)
    with Tab(served) as tab, listening(tab, since=NOW - timedelta(hours=2)) as heard:
        assert next(heard)[1]["new"] == 1
        put(served.inbox.store, "d2")
        served.inbox.changed.notify()
        assert next(heard)[1] == {"review": 2, "new": 2} | dict.fromkeys(("promised", "waiting", "snoozed", "done", "later"), 0)


def test_an_act_in_one_tab_reaches_the_other(served: Served) -> None:
    ref = put(served.inbox.store)
    with Tab(served) as tab, Tab(served) as other, listening(tab) as heard:
        next(heard)
        other.post(f"/c/{ref}/handle", version=1)
        name, counts = next(heard)
    assert (name, counts["review"], counts["done"]) == ("counts", 0, 1)


def test_a_page_hears_that_a_mail_has_left(served: Served) -> None:
    store, ref = served.inbox.store, put(served.inbox.store)
    with Tab(served) as tab, listening(tab) as heard:
        next(heard)
        tab_of_act = Tab(served)
        tab_of_act.post(f"/c/{ref}/approve", version=1)
        tab_of_act.client.close()
        assert [next(heard)[0], next(heard)] == ["counts", ("delivery", {"ref": ref, "state": "due", "says": ""})]
        with store.begin() as tx:
            card = decisions.move(tx, decisions.known(tx, ref), "begin", NOW, who="outbox")
            decisions.move(tx, card, "arrive", NOW, who="outbox")
            tx.execute(update(schema.delivery).values(state="sent", changed_at=NOW))
        served.inbox.changed.notify()
        assert [next(heard)[0], next(heard)] == ["counts", ("delivery", {"ref": ref, "state": "sent", "says": ""})]


def test_a_page_hears_how_far_a_round_is(served: Served) -> None:
    steps: list[Any] = [None]
    served.server.app.state.inbox = replace(served.inbox, progress=lambda: steps[0])
    with Tab(served) as tab, listening(tab) as heard:
        next(heard)
        steps[0] = {"section": "mail", "read": 1240}
        served.inbox.changed.notify()
        assert next(heard) == ("progress", {"section": "mail", "read": 1240})
        steps[0] = None
        served.inbox.changed.notify()
        assert next(heard) == ("progress", None)


def test_what_the_terminal_does_is_found_by_looking_now_and_then(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "POLL", 0.05)
    with Tab(served) as tab, listening(tab) as heard:
        next(heard)
        put(served.inbox.store)
        assert next(heard)[1]["review"] == 1


def test_of_too_many_pages_the_oldest_stops_listening(served: Served) -> None:
    with ExitStack() as opened:
        first, *others = [opened.enter_context(listening(opened.enter_context(Tab(served)))) for _ in range(changes.MOST + 1)]
        for heard in others:
            assert next(heard)[0] == "counts"
        assert list(first)[-1] == ("enough", None)
        assert served.inbox.changed.listeners == changes.MOST


def test_listening_ends_with_the_session(served: Served) -> None:
    with Tab(served) as tab, listening(tab) as heard:
        next(heard)
        with served.inbox.store.begin() as tx:
            tx.execute(delete(schema.setting).where(schema.setting.c.name.startswith("web.session:")))
        served.inbox.changed.notify()
        assert list(heard) == []


def test_a_stop_ends_open_pages_cleanly(served: Served) -> None:
    with Tab(served) as tab, listening(tab) as heard:
        next(heard)
        served.server.stop()
        assert list(heard) == []


def test_a_head_of_the_stream_is_short(served: Served) -> None:
    with Tab(served) as tab:
        assert tab.client.head("/live").status_code == 200
