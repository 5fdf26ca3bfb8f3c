"""Every act of the rep: by keyboard alone, and without JavaScript. Focus goes where the eyes go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import select, update

from agent.store import decisions, said
from agent.store.schema import answer, card, lesson, ref, silence
from agent.web import session
from tests.browser.book import CASCADE, HALDEN, LINDENAU, NORTHGATE, PELLWORTH
from tests.browser.eyes import Eyes
from tests.browser.sample import NOW
from tests.rigs.inbox import Served

CARD = f"/c/{ref(HALDEN)}"
SAID = select(silence).where(silence.c.source == "rep")


def state(served: Served, key: str = HALDEN) -> str:
    with served.inbox.store.read() as c:
        return decisions.known(c, key).state


def stored(served: Served, what: Any) -> list[Any]:
    with served.inbox.store.read() as c:
        return list(c.execute(what).all())


def body(served: Served) -> str:
    with served.inbox.store.read() as c:
        return decisions.draft(c, decisions.known(c, HALDEN)).draft.body


def doubted(served: Served) -> None:
    """A mail of which nobody knows whether it left."""
    served.inbox.desk.approve(HALDEN, 1, NOW)
    with served.inbox.store.begin() as c:
        c.execute(update(card).where(card.c.key == HALDEN).values(state="held", reason="The server broke off."))


# ------------------------------------------------------------------------------------------------------ the keyboard


class Keys:
    """A person without a mouse: presses keys, and looks at what has the focus."""

    def __init__(self, eyes: Eyes) -> None:
        self.eyes, self.page = eyes, eyes.page

    def open(self, path: str) -> Keys:
        self.eyes.open(path)
        return self

    def press(self, *keys: str) -> Keys:
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def arrive(self, *keys: str) -> Keys:
        """The last key leads to another page."""
        self.press(*keys[:-1])
        with self.page.expect_navigation():
            self.page.keyboard.press(keys[-1])
        return self

    def tab_to(self, name: str, most: int = 120) -> Keys:
        """Tab until the control of this name has the focus."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(NAME) == name:
                return self
        raise AssertionError(f"Tab never reached {name!r}")

    @property
    def focus(self) -> str:
        found: str = self.page.evaluate(NAME)
        return found


NAME = """(() => { const e = document.activeElement; const label = e.labels?.[0];
  return (e.getAttribute('aria-label') ?? label?.textContent ?? e.innerText ?? '').replace(/\\s+/g, ' ').trim(); })()"""


@pytest.fixture
def keys(eyes: Eyes) -> Keys:
    return Keys(eyes)


def test_a_approves_and_z_takes_it_back(keys: Keys, served: Served) -> None:
    keys.open(CARD).arrive("a")
    assert state(served) == "approved"
    keys.arrive("z")
    assert state(served) == "review"


def test_what_the_rep_must_do_before_a_mail_leaves_is_ticked_off_first(keys: Keys, served: Served) -> None:
    keys.open(f"/c/{ref(NORTHGATE)}").press("a")
    assert state(served, NORTHGATE) == "review"
    keys.press("Space").arrive("a")
    assert state(served, NORTHGATE) == "approved"


def test_words_that_were_typed_are_not_lost_by_opening_another_card(keys: Keys, served: Served) -> None:
    keys.open(CARD).press("r")
    keys.page.keyboard.type("Dear both, ")
    keys.page.locator(".cards a[data-ref]:not([aria-current])").first.click()
    assert "Dear both" in keys.page.input_value("#body")
    assert keys.eyes.asked == 1


def test_after_a_decision_the_next_card_is_open_and_has_the_focus(keys: Keys, served: Served) -> None:
    keys.open("/")
    first = keys.page.locator(".cards a").nth(0).get_attribute("data-ref")
    second = keys.page.locator(".cards a").nth(1).get_attribute("data-ref")
    keys.open(f"/c/{first}").arrive("e", "Enter")
    assert keys.page.url.endswith(f"/c/{second}")
    assert keys.page.evaluate("document.activeElement.id") == "title"


def test_r_edits_and_control_enter_sends_what_was_written(keys: Keys, served: Served) -> None:
    keys.open(CARD).press("r", "Control+Home")
    keys.page.keyboard.type("Dear both, ")
    keys.arrive("Control+Enter")
    assert state(served) == "approved"
    assert body(served).startswith("Dear both, Hi Petra")


def test_enter_in_the_subject_saves_and_never_sends(keys: Keys, served: Served) -> None:
    keys.open(CARD).tab_to("Subject").press("End")
    keys.page.keyboard.type("!")
    keys.arrive("Enter")
    assert state(served) == "review"
    with served.inbox.store.read() as c:
        assert decisions.draft(c, decisions.known(c, HALDEN)).draft.subject.endswith("!")


def test_a_number_inserts_a_proposed_time_as_the_mail_would_say_it(keys: Keys, served: Served) -> None:
    keys.open(CARD)
    keys.page.evaluate("document.querySelector('#body').setSelectionRange(0, 0)")
    keys.press("1")
    assert keys.page.input_value("#body").startswith("Friday 13 March, 10:00 EDTHi Petra")


SNOOZE: dict[str, tuple[str, ...]] = {"h": ("h", "Enter"), "b": ("b", "Tab", "Enter")}


@pytest.mark.parametrize("key", SNOOZE)
def test_snoozing(key: str, keys: Keys, served: Served) -> None:
    keys.open(CARD).arrive(*SNOOZE[key])
    assert state(served) == "snoozed"


def test_e_asks_why_and_one_more_key_dismisses(keys: Keys, served: Served) -> None:
    keys.open(CARD).press("e")
    assert keys.focus == "Nothing to follow up"
    keys.arrive("Tab", "Enter")
    assert state(served) == "dismissed"
    with served.inbox.store.read() as c:
        assert "the deal is dead" in str(decisions.known(c, HALDEN))


def test_a_menu_closes_with_escape_and_gives_the_focus_back(keys: Keys, served: Served) -> None:
    keys.open(CARD).press("h", "Escape")
    assert keys.focus.startswith("Snooze")
    assert state(served) == "review"


def test_wrong_deal_handled_and_never_write_again_are_in_a_menu(keys: Keys, served: Served) -> None:
    keys.open(CARD).arrive("l", "Enter")
    assert state(served) == "handled"
    keys.open(f"/c/{ref(NORTHGATE)}").press("l", "Tab")
    keys.page.keyboard.type("Corvane")
    keys.arrive("Tab", "Enter")
    assert state(served, NORTHGATE) == "misplaced"
    keys.open(f"/c/{ref(LINDENAU)}").press("l").tab_to("Never write to Kerstin Vogt").arrive("Enter")
    assert [row.key for row in stored(served, SAID)] == ["kerstin@lindenau.example"]


def test_w_opens_the_evidence_and_not_a_follow_up_teaches(keys: Keys, served: Served) -> None:
    keys.open(CARD).press("w")
    assert keys.page.locator("#evidence").get_attribute("open") is not None
    keys.tab_to("Not a follow-up, don't ask again").arrive("Enter")
    assert state(served) == "dismissed"
    assert len(stored(served, select(lesson))) == 1
    keys.open("/health").tab_to("Take back: Halden Foods – Line monitoring").arrive("Enter")
    assert stored(served, select(lesson))[0].revoked_at is not None


def test_cards_are_selected_by_x_on_the_way_and_approved_after_one_look_at_all(keys: Keys, served: Served) -> None:
    keys.page.set_viewport_size({"width": 1280, "height": 820})
    keys.open(f"/c/{ref(PELLWORTH)}")
    assert not keys.page.locator("#picked").is_visible()
    keys.press("x")
    assert keys.page.locator("#number").inner_text() == "1 selected"
    while not keys.page.url.endswith(ref(CASCADE)):
        keys.arrive("j")
    keys.press("x")
    assert keys.page.locator("#number").inner_text() == "2 selected"
    keys.arrive("A")
    assert "Re: Demo in the mixing hall" in keys.page.locator("main").inner_text()
    assert (state(served, PELLWORTH), state(served, CASCADE)) == ("review", "review")
    keys.tab_to("Approve & send selected").arrive("Enter")
    assert (state(served, PELLWORTH), state(served, CASCADE)) == ("approved", "approved")
    keys.arrive("z")
    assert sorted((state(served, PELLWORTH), state(served, CASCADE))) == ["approved", "review"]


def test_where_cards_are_selected_h_puts_them_off(keys: Keys, served: Served) -> None:
    keys.page.set_viewport_size({"width": 320, "height": 820})
    keys.open("/").tab_to("Select Pellworth Paints – Mixing hall").press("Space")
    keys.arrive("h", "Enter")
    assert state(served, PELLWORTH) == "snoozed"


def test_which_deal_is_answered_and_the_answer_taken_back(keys: Keys, served: Served) -> None:
    keys.open("/unmatched").tab_to("It is this one: Verity Glassworks – Furnace hall").arrive("Enter")
    assert [row.deal for row in stored(served, select(answer))] == ["LF-123"]
    keys.tab_to("Take back: Yesterday").arrive("Enter")
    assert stored(served, select(answer))[0].revoked_at is not None


def test_what_is_in_doubt_is_settled(keys: Keys, served: Served) -> None:
    doubted(served)
    keys.open("/outbox").tab_to("It was not sent").arrive("Enter")
    assert state(served) == "failed"


def test_pause_resume_and_an_early_round(keys: Keys, served: Served) -> None:
    keys.open("/").tab_to("Pause").arrive("Enter")
    with served.inbox.store.read() as c:
        assert said.paused_until(c, NOW) is not None
    keys.tab_to("Resume").arrive("Enter")
    with served.inbox.store.read() as c:
        assert said.paused_until(c, NOW) is None
    keys.tab_to("Check now").arrive("Enter")
    assert served.rounds == [NOW]


def test_j_and_k_walk_the_list(keys: Keys, served: Served) -> None:
    keys.page.set_viewport_size({"width": 1280, "height": 820})
    keys.open("/")
    refs = [a.get_attribute("data-ref") for a in keys.page.locator(".cards a").all()]
    keys.arrive("j")
    assert keys.page.url.endswith(f"/c/{refs[1]}")
    keys.arrive("j")
    keys.arrive("k")
    assert keys.page.url.endswith(f"/c/{refs[1]}")


@pytest.mark.parametrize(("keys_", "path"), [(("g", "d"), "/deals"), (("g", "o"), "/outbox"), (("g", "q"), "/unmatched")])
def test_g_goes_to_a_page(keys_: tuple[str, ...], path: str, keys: Keys) -> None:
    keys.open("/").arrive(*keys_)
    assert keys.page.url.endswith(path)


def test_the_palette_finds_a_command_by_its_name(keys: Keys) -> None:
    keys.open("/").press("Control+k")
    keys.page.keyboard.type("meet")
    keys.arrive("Enter")
    assert keys.page.url.endswith("/meetings")


def test_m_mutes_the_thread_and_z_takes_it_back(keys: Keys, served: Served) -> None:
    keys.open(f"/c/{ref(LINDENAU)}").arrive("m")
    assert state(served, LINDENAU) == "muted"
    keys.arrive("z")
    assert state(served, LINDENAU) == "review"


def test_no_key_acts_on_a_card_that_is_not_shown(keys: Keys, served: Served) -> None:
    """Where there is room for the list alone, the first card is on the page all the same."""
    before = stored(served, select(card.c.key, card.c.state))
    keys.page.set_viewport_size({"width": 900, "height": 820})
    keys.open("/").press("m", "1", "a").arrive("g", "d")
    assert keys.page.url.endswith("/deals")
    assert stored(served, select(card.c.key, card.c.state)) == before
    assert keys.eyes.asked == 0, "nothing was typed that could be lost"


def test_a_key_does_what_the_rep_gave_it_and_what_it_did_before_no_more(keys: Keys, served: Served) -> None:
    keys.open("/settings").tab_to("Approve")
    keys.page.keyboard.type("y")
    keys.arrive("Enter")
    keys.open(CARD).press("a")
    assert state(served) == "review"
    keys.arrive("y")
    assert state(served) == "approved"
    keys.press("?")
    assert keys.page.locator("#keys [data-act=approve] kbd").inner_text() == "y"


def test_keys_are_ignored_while_typing_and_where_they_were_switched_off(keys: Keys, served: Served) -> None:
    keys.open(CARD).press("r")
    keys.page.keyboard.type("ae")
    assert state(served) == "review"
    keys.press("Escape", "?")
    assert keys.page.locator("#keys").is_visible()
    keys.tab_to("Single keys act in this browser").press("Space", "Escape", "a")
    keys.page.wait_for_function("!document.querySelector('#keys').open")
    keys.page.evaluate("document.querySelector('#draft').reset()")  # nothing that was typed is left behind
    keys.open(CARD).press("a", "e")
    assert keys.page.url.endswith(CARD)
    assert state(served) == "review"


# ------------------------------------------------------------------------------------------------ without JavaScript


@pytest.fixture
def plain(browser: Browser, served: Served) -> Iterator[Page]:
    with browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 820}) as made:
        page = made.new_page()
        page.set_default_timeout(30_000)
        page.goto(session.link(served.inbox.store, served.port, NOW))
        yield page


def choose(page: Page, menu: str, *names: str) -> None:
    page.locator(".detail summary.button", has_text=menu).click()
    for name in names:
        page.get_by_role("button", name=name, exact=True).click()


PLAIN: dict[str, tuple[str, Callable[[Page], object], str]] = {
    "approve": (CARD, lambda p: p.get_by_role("button", name="Approve & send").click(), "approved"),
    "snooze": (CARD, lambda p: choose(p, "Snooze", "Monday morning"), "snoozed"),
    "dismiss": (CARD, lambda p: choose(p, "No follow-up", "A colleague does it"), "dismissed"),
    "handle": (CARD, lambda p: choose(p, "More", "Already handled elsewhere"), "handled"),
    "mute": (CARD, lambda p: choose(p, "More", "Mute this thread"), "muted"),
    "misplace": (CARD, lambda p: choose(p, "More", "It is about no deal"), "misplaced"),
}


def test_a_page_left_open_says_when_onward_is_not_running_and_offers_nothing(context: BrowserContext, served: Served) -> None:
    """Its own page: that the connection is lost is an error in the browser's console, as it should be."""
    page = context.new_page()
    page.goto(session.link(served.inbox.store, served.port, NOW))
    served.inbox.desk.approve(HALDEN, 1, NOW)
    page.goto(served.url + "/outbox")
    banner = page.locator("[data-leaving]")
    assert banner.get_by_role("button", name="Undo").is_visible()
    served.server.stop()
    page.get_by_text("Onward is not running: nothing leaves until it is started again.").wait_for()
    assert "leaves when Onward runs again" in banner.inner_text()
    assert not page.get_by_role("button", name="Undo").first.is_visible()
    assert f"it waits; take it back with onward inbox undo {ref(HALDEN)[:7]}" in page.locator("main").inner_text()


@pytest.mark.parametrize("act", PLAIN)
def test_an_act_on_a_card_and_its_undo_need_no_script(act: str, plain: Page, served: Served) -> None:
    path, does, after = PLAIN[act]
    plain.goto(served.url + path)
    does(plain)
    assert state(served) == after
    if plain.get_by_role("button", name="Undo").count():
        plain.get_by_role("button", name="Undo").first.click()
        assert state(served) == "review"


def test_several_cards_at_once_need_no_script(plain: Page, served: Served) -> None:
    plain.goto(served.url + "/")
    for name in ("Pellworth Paints – Mixing hall", "Northgate Hospitals – Boiler houses", "Cascade Paper – Dryer section"):
        plain.get_by_label(f"Select {name}").check()
    plain.get_by_role("button", name="Approve…").click()
    plain.get_by_label("Approve this one: Cascade").uncheck()
    plain.get_by_role("button", name="Approve & send selected").click()
    assert [state(served, key) for key in (PELLWORTH, NORTHGATE, CASCADE)] == ["approved", "review", "review"]
    plain.get_by_label("Select Cascade Paper – Dryer section").check()
    plain.locator("#picked summary").last.click()
    plain.locator("#picked").get_by_role("button", name="The deal is dead").click()
    assert state(served, CASCADE) == "dismissed"


def test_the_list_is_filtered_by_several_things_at_once_and_each_is_taken_away(plain: Page, served: Served) -> None:
    plain.goto(served.url + "/?sort=value")
    plain.locator("summary", has_text="Stage").click()
    plain.locator(".pop a", has_text="Demo").click()
    plain.locator("summary", has_text="Account").click()
    plain.locator(".pop a", has_text="Pellworth Paints").click()
    assert plain.url.endswith("/?sort=value&stage=Demo&account=Pellworth+Paints")
    assert plain.locator(".cards a[data-ref]:visible").count() == 1
    plain.fill("#search", "zzzz")
    plain.press("#search", "Enter")
    assert "account=Pellworth" in plain.url
    plain.get_by_role("link", name="Clear the filter").last.click()
    assert plain.url.endswith("/?sort=value")
    plain.goto(served.url + "/?stage=Demo&account=Pellworth+Paints")
    plain.get_by_role("link", name="Stage: Demo; take this filter away").click()
    assert plain.url.endswith("/?account=Pellworth+Paints")


def test_an_edit_needs_no_script(plain: Page, served: Served) -> None:
    plain.goto(served.url + CARD)
    plain.fill("#body", "Hi Petra,\n\nShall we meet on Friday?\n\nMaya")
    plain.get_by_role("button", name="Save without sending").click()
    assert body(served) == "Hi Petra,\n\nShall we meet on Friday?\n\nMaya"
    assert "Edited by you" in plain.content()


def test_a_wrong_address_is_said_beside_its_field_and_nothing_typed_is_lost(plain: Page, served: Served) -> None:
    plain.goto(served.url + CARD)
    plain.fill("#to", "petra at halden")
    plain.fill("#body", "My own words")
    plain.get_by_role("button", name="Approve & send").click()
    assert state(served) == "review"
    assert plain.locator("#to").get_attribute("aria-invalid") == "true"
    assert plain.locator("#to-error").is_visible()
    assert plain.input_value("#to") == "petra at halden"
    assert plain.input_value("#body") == "My own words"


def test_the_other_lists_need_no_script(plain: Page, served: Served) -> None:
    plain.goto(served.url + "/unmatched")
    plain.get_by_role("button", name="It is this one: Verity Glassworks – Cold end").first.click()
    assert [row.deal for row in stored(served, select(answer))] == ["LF-124"]
    plain.get_by_role("button", name="Take back").first.click()
    assert stored(served, select(answer))[0].revoked_at is not None
    plain.goto(served.url + "/health")
    plain.fill("input[name=address]", "@ingramfoundry.example")
    plain.get_by_role("button", name="Add").click()
    assert [row.key for row in stored(served, SAID)] == ["@ingramfoundry.example"]
    plain.get_by_role("button", name="Take back: @ingramfoundry.example").click()
    assert stored(served, SAID)[0].revoked_at is not None


def test_settling_pausing_and_looking_again_need_no_script(plain: Page, served: Served) -> None:
    doubted(served)
    plain.goto(served.url + CARD)
    plain.get_by_role("button", name="Yes, it was sent").click()
    assert state(served) == "sent"
    plain.goto(served.url + "/settings")
    plain.get_by_role("button", name="Until Monday").click()
    assert "Paused until" in plain.content()
    plain.get_by_role("button", name="Resume").first.click()
    assert "Paused until" not in plain.content()
    plain.get_by_role("button", name="Check now").click()
    assert served.rounds == [NOW]
