"""A muted thread: nothing is asked about it, whatever comes in it, until that is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cards import draft, now_is, opened

from agent import settings, wiring
from agent.cycle import Feed, round_once
from agent.cycle.desk import BY_REP
from agent.desk import Changed, Desk, Terms
from agent.errors import Rejected
from agent.life import STATES
from agent.model import Answer
from agent.store import Store, decisions, said
from tests.builders import Story, yaml
from tests.desk import DANA, NOW, rules
from tests.rounds import Home
from tests.test_crossings import NEXT, desk, store
from tests.test_cycle import DEAL, HELLO, MEETING, REPLY

__all__ = ["store"]

MONDAY = NOW + timedelta(hours=6)
AGAIN = {**REPLY, "id": "a3", "reply_to": "a2", "date": "2026-03-09T12:00", "body": "Could you also tell me how long it takes?"}
OTHER = {
    **REPLY,
    "id": "b1",
    "reply_to": None,
    "date": "2026-03-09T12:00",
    "subject": "Contract",
    "body": "Could you send me the contract?",
}


def written(folder: Path, *mail: Any) -> Path:
    said = {"story": "", "now": "2026-03-05T15:00", "mail": [HELLO, REPLY, *mail], "events": [MEETING, NEXT], "deals": [DEAL], "expect": {}}
    return Story(said).write(folder)


@pytest.fixture
def home(tmp_path: Path, store: Store) -> Home:
    made = Home(written(tmp_path / "rep"), store)
    made.cycle.round(MONDAY)
    (card,) = cards(made)
    assert (card.kind, card.state, card.thread) == ("reply_owed", "review", "<a1@acme.example>")
    desk(made).mute(card.key, 1, MONDAY)
    return made


def cards(home: Home) -> list[decisions.CardRow]:
    with home.store.read() as connection:
        return decisions.cards(connection, STATES)


def states(home: Home, days: int) -> dict[str, str]:
    """Of each card after a round that many days later, by the mail it is about."""
    home.cycle.round(MONDAY + timedelta(days=days))
    return {card.key.rpartition("<")[2][:2]: card.state for card in cards(home)}


def test_the_card_of_a_thread_that_is_muted_is_closed_at_once(home: Home) -> None:
    (card,) = cards(home)
    assert (card.state, card.reason) == ("muted", "No card is made of it any more.")


def test_a_muted_thread_makes_no_card_whatever_comes_in_it_and_another_thread_does(home: Home, tmp_path: Path) -> None:
    written(tmp_path / "rep", AGAIN)
    assert states(home, 2) == {"a2": "muted"}
    written(tmp_path / "rep", AGAIN, OTHER)
    assert states(home, 2) == {"a2": "muted", "b1": "review"}


def test_it_stays_muted_when_an_earlier_mail_of_it_is_found(home: Home, tmp_path: Path) -> None:
    first = {**HELLO, "id": "a0", "date": "2026-03-03T10:00"}
    mail = [first, {**HELLO, "reply_to": "a0"}, REPLY, AGAIN]
    told = {"story": "", "now": "2026-03-05T15:00", "mail": mail, "events": [MEETING, NEXT], "deals": [DEAL], "expect": {}}
    Story(told).write(tmp_path / "rep")
    assert states(home, 2) == {"a2": "muted"}


def test_what_comes_after_it_was_taken_back_makes_a_card_again(home: Home, tmp_path: Path) -> None:
    with home.store.read() as connection:
        (lesson,) = said.lessons(connection)
    desk(home).revoke("lesson", str(lesson.id), MONDAY)
    assert [card.state for card in cards(home)] == ["review"], "nothing else has taken its place"
    written(tmp_path / "rep", AGAIN)
    assert "review" in states(home, 2).values()


def test_a_thread_that_is_about_another_deal_by_now_is_heard_again_at_once(home: Home, tmp_path: Path) -> None:
    (tmp_path / "rep" / "deals.yaml").write_bytes(yaml([DEAL, {**DEAL, "id": "D-18", "name": "Acme – Storage"}]).encode())
    with home.store.begin() as connection:
        said.add_answer(connection, Answer("D-18", thread="<a1@acme.example>"), MONDAY)
        (lesson,) = said.lessons(connection)
    home.cycle.round(MONDAY)
    assert [card.deal for card in cards(home) if card.state == "review"] == []
    with home.store.begin() as connection:
        said.revoke(connection, "lesson", str(lesson.id), MONDAY)
    home.cycle.round(MONDAY)
    assert [card.deal for card in cards(home) if card.state == "review"] == ["D-18"]


def test_undo_brings_the_card_back_and_the_thread_is_heard_again(home: Home) -> None:
    (card,) = cards(home)
    desk(home).undo(card.key, MONDAY)
    assert states(home, 0) == {"a2": "review"}
    with home.store.read() as connection:
        assert said.lessons(connection) == []


def test_what_was_found_beside_it_is_not_settled_with_it(store: Store) -> None:
    """Of a dismissed card it is."""
    card = opened(store, also=("promise_due",))
    Desk(store, rules(), Terms("send"), lambda _key, _now: "").mute(card.key, 1, NOW)
    assert now_is(store, card.key).state not in BY_REP


def test_a_thread_that_is_muted_twice_is_muted_once(store: Store) -> None:
    here = Desk(store, rules(), Terms("send"), lambda _key, _now: "")
    for number, name in enumerate(("D-1", "D-2")):
        card = opened(store, deal=name)
        here.mute(card.key, 1, NOW + timedelta(minutes=number))
    with store.read() as connection:
        assert [x.deal for x in said.lessons(connection)] == ["D-2"]
    here.undo(card.key, NOW + timedelta(hours=1))
    with store.read() as connection:
        assert [x.deal for x in said.lessons(connection)] == ["D-1"], "the other card is muted still"


def test_what_is_about_no_thread_cannot_be_muted_nor_what_is_leaving(store: Store) -> None:
    here = Desk(store, rules(), Terms("send"), lambda _key, _now: "")
    alone, leaving = opened(store, thread=None), opened(store, draft(), deal="D-2")
    with pytest.raises(Rejected, match="no thread"):
        here.mute(alone.key, 1, NOW)
    here.approve(leaving.key, 1, NOW)
    with pytest.raises(Changed):
        here.mute(leaving.key, 1, NOW)
    with store.read() as connection:
        assert said.lessons(connection) == []


WORDS = {
    "reply_owed": ("in", "Could you send me the {}?"),
    "promise_due": ("out", "I will send you the {} by Friday."),
    "gone_quiet": ("out", "Could you tell me who needs the {}?"),
}

NAMED = (("x", "price list"), ("y", "security report"))


@pytest.mark.parametrize("kind", WORDS)
def test_a_muted_thread_hides_no_other_that_says_the_same(kind: str, tmp_path: Path) -> None:
    """Of each kind one is found in a deal: of the threads that are heard."""
    way, text = WORDS[kind]
    people = {"from": DANA, "to": ["pat@acme.example"]} if way == "out" else {"from": "pat@acme.example", "to": [DANA]}
    mail = [{"id": name, "date": "2026-03-04T10:00", "subject": thing, "body": text.format(thing), **people} for name, thing in NAMED]
    told = {"story": "", "now": "2026-03-05T15:00", "mail": mail, "events": [], "deals": [DEAL], "expect": {}}
    checked = settings.load(Story(told).write(tmp_path))
    now = MONDAY + timedelta(days=4)

    def found(*muted: str) -> set[str]:
        feeds = [Feed(n.section, n.kind, n.source, n.source if n.section == "mail" else None) for n in wiring.sources(checked, now)]
        here, template = replace(checked.rules, muted_threads=frozenset(muted)), wiring.template(checked, now)
        concluded = round_once(feeds, here, template, template, now).conclusions["D-17"]
        return {f.thread for f in concluded.findings if f.kind == kind}

    x, y = ("<x@northwind.example>", "<y@northwind.example>") if way == "out" else ("<x@acme.example>", "<y@acme.example>")
    both = {thread for thread in (x, y) if found() == {thread}}
    assert len(both) == 1
    assert found(*both) == {x, y} - both
    assert found(x, y) == set()
