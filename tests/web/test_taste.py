"""The rep's theme and keys: kept in the store, in force on every page, and never such that a key does two things."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from agent.desk import taste
from tests.rigs.inbox import Served
from tests.web.cards import Tab, put


def keys(served: Served) -> dict[str, tuple[str, ...]]:
    with served.inbox.store.read() as connection:
        return dict(taste.of(connection).keys)


USUAL = {name: command.keys for name, command in taste.COMMANDS.items()}


@pytest.mark.parametrize(("theme", "scheme"), [("light", "light"), ("dark", "dark"), ("auto", "light dark")])
def test_the_theme_stands_in_every_page_as_it_is_served(served: Served, theme: str, scheme: str) -> None:
    """So nothing flashes in another, and no script is asked."""
    put(served.inbox.store)
    with Tab(served) as tab:
        tab.post("/theme", theme="dark")
        assert tab.post("/theme", theme=theme).headers["location"] == "/settings"
        pages = [tab.get(path) for path in ("/", "/deals", "/settings")]
        pages += [LexborHTMLParser(tab.client.get("/c/000000000000").text), LexborHTMLParser(tab.client.get("/start?token=x").text)]
    for page in pages:
        assert page.css_first("html").attributes.get("data-theme") == (None if theme == "auto" else theme)
        assert page.css_first("meta[name=color-scheme]").attributes["content"] == scheme
    pressed = [b.attributes["value"] for b in pages[2].css("button[name=theme]") if b.attributes["aria-pressed"] == "true"]
    assert pressed == [theme]


def test_there_is_no_other_theme(served: Served) -> None:
    with Tab(served) as tab:
        assert tab.post("/theme", theme="sepia").status_code == 422
        assert tab.get("/").css_first("html").attributes.get("data-theme") is None


def test_the_usual_keys_differ_and_are_none_of_the_reserved() -> None:
    assert not list(taste.wrong({name: " ".join(command.keys) for name, command in taste.COMMANDS.items()}))


def test_keys_are_changed_one_by_one_listed_as_they_are_and_restored(served: Served) -> None:
    with Tab(served) as tab:
        answer = tab.post("/keys", approve="y", dismiss="", snooze="h é")
        assert answer.headers["location"] == "/settings"
        assert keys(served) == USUAL | {"approve": ("y",), "dismiss": (), "snooze": ("h", "é")}
        listed = {row.attributes["data-act"]: row.css_first("dd").text().split() for row in tab.get("/").css("#keys [data-act]")}
        assert (listed["approve"], listed["dismiss"], listed["snooze"]) == (["y"], ["no", "key"], ["h", "é"])
        assert tab.get("/settings").css_first("input[name=snooze]").attributes["value"] == "h é"
        tab.post("/keys", restore="yes", approve="y")
    assert keys(served) == USUAL


@pytest.mark.parametrize(
    ("name", "key", "says"),
    [
        ("approve", "z", "“z” is taken: approve"),
        ("snooze", "h h", "“h” is taken: snooze"),
        ("approve", "g", "begins the way to a page"),
        ("approve", "?", "lists the keys"),
        ("approve", "2", "inserts a time"),
        ("approve", "Enter", "“Enter” is no single key"),
        ("approve", "\x07", "is no single key"),
        ("approve", "p q y", "At most 2 keys"),
    ],
)
def test_a_key_that_cannot_be_is_told_beside_its_field_and_nothing_is_kept(served: Served, name: str, key: str, says: str) -> None:
    typed = {each: " ".join(held) for each, held in USUAL.items()} | {name: key, "edit": "y"}
    with Tab(served) as tab:
        answer = tab.post("/keys", **typed)
        assert answer.status_code == 422
        page = LexborHTMLParser(answer.text)
    assert says in " ".join(error.text() for error in page.css("#own-keys .error"))
    assert page.css_first("input[name=edit]").attributes["value"] == "y"
    assert keys(served) == USUAL


def test_a_key_that_the_rep_gave_away_is_none_of_a_later_commands_usual_ones(served: Served) -> None:
    with served.inbox.store.begin() as connection:
        taste.put_keys(connection, {"approve": "b", "gone": "y"})
    assert (keys(served)["approve"], keys(served)["snooze"]) == (("b",), ("h",))
