"""Every view and state: for everybody to read, at every width, light and dark."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page

from agent.store import decisions
from agent.store.schema import ref
from agent.web import session
from tests.browser.book import HALDEN, STORIES
from tests.browser.sample import NOW
from tests.rigs.inbox import Served

WIDTHS, SCHEMES = (320, 700, 1280), ("light", "dark")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
STATES = {320: ("dark",), 700: (), 1280: ("light",)}  # states of a screen hold what the screen holds, and little else
SCREENS = ("inbox", "card", "approve", "outbox", "deals", "deal", "meetings", "unmatched", "activity", "health", "settings")


@cache
def axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def violations(page: Page) -> list[str]:
    """Broken rules of WCAG 2.2 AA, each with what breaks it. Evaluated by the browser's debugger: the page's own policy stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe())
    found = page.evaluate(f"axe.run(document, {{runOnly: {json.dumps(TAGS)}, resultTypes: ['violations']}})")
    return [f"{v['id']}: {n['html'][:200]} {n['failureSummary'][:300]}" for v in found["violations"] for n in v["nodes"]]


@pytest.fixture(scope="module")
def signed_in(browser: Browser, book: Served) -> Iterator[Page]:
    page = browser.new_context(reduced_motion="reduce").new_page()
    page.goto(session.link(book.inbox.store, book.port, NOW))
    yield page
    page.context.close()


@pytest.mark.parametrize("name", STORIES)
def test_a_story_breaks_no_rule_of_accessibility_and_scrolls_only_where_its_text_does(name: str, signed_in: Page, book: Served) -> None:
    page = signed_in
    answer = page.goto(f"{book.url}/_book/{name}")
    assert answer is not None
    assert answer.status == (404 if name == "card-missing" else 200), answer.text()
    wrong: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 820})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} scrolls sideways at {width}"
        beneath = page.evaluate("document.documentElement.scrollHeight") - 820
        assert width < 1000 or beneath <= 0, f"{name}: nothing stands beneath what scrolls, for {beneath} px at {width}"
        for scheme in SCHEMES if name in SCREENS else STATES[width]:
            page.emulate_media(color_scheme=scheme)
            wrong += [f"{width} {scheme}: {each}" for each in violations(page)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_what_is_selected_breaks_no_rule_and_menus_open_within_the_page(width: int, scheme: str, signed_in: Page, book: Served) -> None:
    page = signed_in
    page.set_viewport_size({"width": width, "height": 820})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{book.url}/_book/inbox")
    for box in page.locator(".pick input:visible").all()[:2]:
        box.check()
    assert not violations(page)
    for name in ("Account", "No follow-up"):
        page.locator(".list summary", has_text=name).click()
        popped = page.locator(".list details[open] .pop")
        box = popped.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        popped.locator("a, button").first.click(trial=True)


def test_what_changed_meanwhile_is_shown_beside_what_was_typed(browser: Browser, served: Served) -> None:
    """Two tabs on one card: the second sees the difference, loses nothing, and nothing is sent."""
    with browser.new_context(reduced_motion="reduce", viewport={"width": 320, "height": 820}) as made:
        page = made.new_page()
        page.goto(session.link(served.inbox.store, served.port, NOW))
        page.goto(f"{served.url}/c/{ref(HALDEN)}")
        served.inbox.desk.edit(HALDEN, 1, NOW, subject="Other", body="Hi Petra,\n\nMaya", to=["petra@haldenfoods.example"], cc=[])
        page.fill("#body", "My own words")
        page.get_by_role("button", name="Approve & send").click()
        page.wait_for_url("**/approve*")
        shown = page.locator("main").inner_text()
        assert "My own words" in shown
        assert "Subject: Other" in shown
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert not violations(page)
    with served.inbox.store.read() as c:
        assert decisions.known(c, HALDEN).state == "review"
