"""Several cards at once: read before they are approved, each an act of its own, and none in the way of another."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import select, update

from agent.desk import Desk, Terms
from agent.store import Store, decisions, schema
from tests.desk import rules
from tests.rigs.inbox import NOW, Served, serving
from tests.web.cards import WORDS, Tab, found, put


def rows(store: Store, table: Any) -> list[Any]:
    with store.read() as connection:
        return list(connection.execute(select(table)).all())


def cards(store: Store, *names: str) -> list[str]:
    """Refs of cards, each written to somebody else."""
    refs = []
    for name in names:
        words = replace(WORDS, subject=f"About {name}", body=f"Hi Ana,\n\nhow about {name}?\n\nDana")
        refs.append(put(store, name, words=words))
    return refs


def first(refs: list[str]) -> list[str]:
    """As the list sends them: the first version of each."""
    return [f"{ref}.1" for ref in refs]


def changed(store: Store, ref: str) -> None:
    with store.begin() as connection:
        decisions.move(connection, decisions.known(connection, ref), "refresh", NOW, who="onward", draft=replace(WORDS, body="Anew."))


def shown(tab: Tab, place: str) -> tuple[str, list[str], str]:
    """All of the page, the cards that it would approve, and what it says of those that are left out."""
    page = tab.get(place)
    boxes = [str(box.attributes["value"]) for box in page.css("input[form=several][name=card]")]
    return page.css_first("body").text(), boxes, " ".join(line.text() for line in page.css(".lines > li"))


def test_nothing_is_approved_before_every_mail_was_shown_and_confirmed_once(served: Served) -> None:
    store = served.inbox.store
    refs = cards(store, "d1", "d2", "d3")
    with Tab(served) as tab:
        place = tab.post("/pick", card=first(refs), back="/?sort=value").headers["location"]
        text, boxes, _ = shown(tab, place)
        for name in ("d1", "d2", "d3"):
            assert f"About {name}" in text
            assert f"how about {name}?" in text
        assert text.count("ana@acme.example") == 3
        assert boxes == first(refs)
        assert not rows(store, schema.approval)
        assert tab.post("/approve", card=boxes, back="/?sort=value").headers["location"] == "/?sort=value"
    assert [found(store, ref).state for ref in refs] == ["approved"] * 3


def test_each_is_an_approval_of_its_own_with_its_row_and_its_time_to_undo(served: Served) -> None:
    store = served.inbox.store
    refs = cards(store, "d1", "d2")
    with Tab(served) as tab:
        tab.post("/approve", card=first(refs))
        approvals, acts = rows(store, schema.approval), [row for row in rows(store, schema.act) if row.act == "approve"]
        assert {a.card for a in approvals} == {row.card for row in acts} == {found(store, ref).key for ref in refs}
        assert {a.leave_at for a in approvals} == {NOW + timedelta(seconds=10)}
        assert len({a.digest for a in approvals}) == 2
        tab.post(f"/c/{refs[0]}/undo")
    assert [found(store, ref).state for ref in refs] == ["review", "approved"]


@pytest.mark.parametrize("when", ["before it was shown", "after it was shown"])
def test_what_has_changed_since_is_shown_and_not_sent_and_the_others_are(served: Served, when: str) -> None:
    store = served.inbox.store
    refs = cards(store, "d1", "d2")
    with Tab(served) as tab:
        if when == "before it was shown":
            changed(store, refs[0])
            place = tab.post("/pick", card=first(refs)).headers["location"]
            assert shown(tab, place)[1] == [f"{refs[1]}.1"]
        else:
            changed(store, refs[0])
        place = tab.post("/approve", card=first(refs)).headers["location"]
        text, boxes, out = shown(tab, place)
        assert boxes == []
        assert "has changed since you selected it" in out
        assert "Anew." in out
        assert "1 approved." in text
        assert "1 was not approved: see below." in text
    assert [found(store, ref).state for ref in refs] == ["review", "approved"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"todo": ("attach the offer",)}, "attach the offer"),
        ({"body": "Hi Ana, see [link to the offer]"}, "still to be filled in"),
        ({"to": (replace(WORDS.to[0], email="eve@evil.example", key="eve@evil.example"),)}, "is new here"),
    ],
)
def test_what_asks_something_of_the_rep_is_left_out_with_why(served: Served, change: dict[str, Any], says: str) -> None:
    store = served.inbox.store
    (good,) = cards(store, "d1")
    bad = put(store, "d2")
    with store.begin() as connection:
        card = decisions.known(connection, bad)
        decisions.move(connection, card, "edit", NOW, who="rep", draft=replace(WORDS, written_by="rep", **change))
    both = [f"{good}.1", f"{bad}.2"]
    with Tab(served) as tab:
        _, boxes, out = shown(tab, tab.post("/pick", card=both).headers["location"])
        assert boxes == [f"{good}.1"]
        assert says in out
        tab.post("/approve", card=both)  # whatever sends the form
    assert (found(store, good).state, found(store, bad).state) == ("approved", "review")


def test_a_warning_of_the_card_leaves_it_out(served: Served) -> None:
    store = served.inbox.store
    (ref,) = cards(store, "d1")
    with store.begin() as connection:
        connection.execute(update(schema.card).values(warnings=["Two of them are called Ana."]))
    with Tab(served) as tab:
        _, boxes, out = shown(tab, tab.post("/pick", card=first([ref])).headers["location"])
    assert (boxes, "Two of them are called Ana." in out) == ([], True)


def test_a_premise_that_fell_withdraws_that_card_and_no_other(store: Store) -> None:
    refs = cards(store, "d1", "d2")
    desk = Desk(store, rules(), Terms("send"), lambda key, _now: "Ana has answered." if ":d1:" in key else "")
    with serving(store, rules(), desk=desk) as served, Tab(served) as tab:
        _, _, out = shown(tab, tab.post("/approve", card=first(refs)).headers["location"])
    assert [found(store, ref).state for ref in refs] == ["withdrawn", "approved"]
    assert "Ana has answered" in out


def test_several_are_put_off_and_all_of_it_is_taken_back(served: Served) -> None:
    store = served.inbox.store
    refs = cards(store, "d1", "d2")
    with Tab(served) as tab:
        page = tab.get(tab.post("/snooze", card=first(refs), until="tomorrow", back="/?tab=waiting").headers["location"])
        assert [found(store, ref).state for ref in refs] == ["snoozed"] * 2
        form = page.css_first("#banners form[action='/undo']")
        assert [i.attributes["value"] for i in form.css("input[name=card]")] == refs
        tab.post("/undo", card=refs)
    assert [found(store, ref).state for ref in refs] == ["review"] * 2


def test_several_are_dismissed_but_what_has_changed_stays(served: Served) -> None:
    store = served.inbox.store
    refs = cards(store, "d1", "d2")
    changed(store, refs[1])
    with Tab(served) as tab:
        banners = tab.get(tab.post("/dismiss", card=first(refs), why="the deal is dead").headers["location"]).css_first("#banners").text()
    assert [found(store, ref).state for ref in refs] == ["dismissed", "review"]
    assert "1 closed: no follow-up needed. 1 has changed since you selected, and stayed." in banners


def test_many_that_leave_are_one_banner_that_takes_them_all_back(served: Served) -> None:
    store = served.inbox.store
    refs = cards(store, *(f"d{n}" for n in range(5)))
    with Tab(served) as tab:
        page = tab.get(tab.post("/approve", card=first(refs)).headers["location"])
        (banner,) = page.css("[data-leaving]")
        assert "5 mails leave" in banner.text()
        tab.post("/undo", card=[str(i.attributes["value"]) for i in banner.css("input[name=card]")])
    assert {found(store, ref).state for ref in refs} == {"review"}


@pytest.mark.parametrize("cards_", [[], ["x"], ["0123456789ab.1"], ["0123456789ab"], [".", "a.b", "0123456789ab.-1"]])
def test_what_is_no_card_does_nothing(served: Served, cards_: list[str]) -> None:
    put(served.inbox.store)
    before = rows(served.inbox.store, schema.act)
    with Tab(served) as tab:
        for path in ("/pick", "/approve", "/snooze", "/dismiss", "/undo"):
            assert tab.post(path, card=cards_, until="tomorrow").status_code == 303, path
        assert tab.client.get("/approve", params={"card": cards_}).status_code == 200
    assert rows(served.inbox.store, schema.act) == before


def test_a_page_of_cards_can_be_selected_and_each_offers_it_where_it_can_be_decided(served: Served) -> None:
    store = served.inbox.store
    refs = cards(store, *(f"d{n}" for n in range(45)))
    with Tab(served) as tab:
        tab.post(f"/c/{refs[0]}/snooze", version=1, until="tomorrow")
        page = tab.get("/")
        boxes = [str(box.attributes["value"]) for box in page.css("input[form=picked][name=card]")]
        assert len(boxes) == 40
        assert not LexborHTMLParser(tab.client.get("/?tab=done").text).css("input[name=card]")
        assert tab.post("/pick", card=boxes).headers["location"].count("card=") == 40
        assert shown(tab, tab.post("/pick", card=boxes[:9]).headers["location"])[1] == boxes[:9]
