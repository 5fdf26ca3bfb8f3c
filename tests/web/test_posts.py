"""Every act as a plain form: what it does to the store, and where it leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import select, update

from agent.desk import Desk, Terms
from agent.errors import Unavailable
from agent.store import Store, decisions, schema
from tests.desk import rules
from tests.rigs.inbox import NOW, Served, serving
from tests.web.cards import WORDS, Tab, fields, found, put, words


def rows(store: Store) -> dict[str, list[Any]]:
    """Everything that is stored, but for who is signed in and what was shown."""
    with store.read() as connection:
        wanted = {t.name: [column for column in t.c if column.name != "shown_at"] for t in schema.metadata.sorted_tables}
        tables = {name: connection.execute(select(*columns)).all() for name, columns in wanted.items()}
    return tables | {"setting": [row for row in tables["setting"] if not row.name.startswith("web.")]}


# ------------------------------------------------------------------------------------------------------------ approve


def test_approving_what_was_shown_approves_that_version(served: Served) -> None:
    ref = put(served.inbox.store)
    with Tab(served) as tab:
        answer = tab.post(f"/c/{ref}/approve", version=1, **fields())
    assert answer.status_code == 303
    card = found(served.inbox.store, ref)
    assert (card.state, card.version) == ("approved", 1)
    with served.inbox.store.read() as connection:
        approval = decisions.approval(connection, card.key)
    assert approval is not None
    assert approval.leave_at == NOW + timedelta(seconds=10)


def test_approving_with_other_words_saves_them_first_and_approves_those(served: Served) -> None:
    ref = put(served.inbox.store)
    with Tab(served) as tab:
        tab.post(f"/c/{ref}/approve", version=1, **fields(subject="Next step", body="Hi Ana,\r\n\r\nTuesday?\r\n\r\nDana", cc=""))
    card, draft = found(served.inbox.store, ref), words(served.inbox.store, ref)
    assert (card.state, card.version) == ("approved", 2)
    assert (draft.subject, draft.body.rstrip(), draft.cc) == ("Next step", "Hi Ana,\n\nTuesday?\n\nDana", ())
    assert [a.email for a in draft.to] == ["ana@acme.example"]


def test_approving_from_the_list_needs_no_words(served: Served) -> None:
    ref = put(served.inbox.store)
    with Tab(served) as tab:
        tab.post(f"/c/{ref}/approve", version=1)
    assert found(served.inbox.store, ref).state == "approved"


def test_what_is_to_be_done_first_is_ticked_off_and_nothing_is_approved_before(served: Served) -> None:
    """Whatever sends the form: not the browser alone asks for it."""
    ref = put(served.inbox.store, words=replace(WORDS, todo=("attach the offer",)))
    with Tab(served) as tab:
        box = tab.get(f"/c/{ref}").css_first("input[name=done]")
        answer = tab.post(f"/c/{ref}/approve", version=1, **fields())
        assert answer.status_code == 422
        assert "attach the offer" in LexborHTMLParser(answer.text).css_first("[role=alert]").text()
        assert found(served.inbox.store, ref).state == "review"
        tab.post(f"/c/{ref}/approve", version=1, done=box.attributes["value"], **fields(body="Other words"))
    assert (found(served.inbox.store, ref).state, found(served.inbox.store, ref).version) == ("approved", 2)


def test_the_next_page_says_that_it_leaves_and_offers_undo(served: Served) -> None:
    ref, other = put(served.inbox.store), put(served.inbox.store, "d2")
    with Tab(served) as tab:
        place = tab.post(f"/c/{ref}/approve", version=1).headers["location"]
        assert place == f"/c/{other}"
        page = tab.get(place)
        banner = page.css_first(f'[data-leaving="{ref}"]')
        assert "leaves" in banner.text()
        assert banner.css_first(f'form[action^="/c/{ref}/undo"]') is not None
        assert len(page.css(f'form[action^="/c/{ref}/undo"]')) == 1, "it is said once"


def test_while_it_is_paused_an_approval_says_that_it_waits_for_the_end_of_the_pause(served: Served) -> None:
    ref = put(served.inbox.store)
    with Tab(served) as tab:
        tab.post("/pause")
        banners = tab.get(tab.post(f"/c/{ref}/approve", version=1).headers["location"]).css_first("#banners").text()
        assert "when you resume" in banners
        assert "leaves at" not in banners


def test_a_card_that_was_snoozed_can_be_brought_back_at_once_and_later(served: Served) -> None:
    ref = put(served.inbox.store)
    with Tab(served) as tab:
        page = tab.get(tab.post(f"/c/{ref}/snooze", version=1, until="tomorrow").headers["location"])
        assert page.css_first(f'#banners form[action^="/c/{ref}/undo"]') is not None
        assert tab.get(f"/c/{ref}").css_first(f'article form[action^="/c/{ref}/undo"]') is not None
        tab.post(f"/c/{ref}/undo")
    assert found(served.inbox.store, ref).state == "review"


def test_undoing_before_it_leaves_brings_the_card_back(served: Served) -> None:
    ref = put(served.inbox.store)
    with Tab(served) as tab:
        tab.post(f"/c/{ref}/approve", version=1)
        answer = tab.post(f"/c/{ref}/undo")
    assert answer.headers["location"] == f"/c/{ref}"
    assert found(served.inbox.store, ref).state == "review"


def test_what_waits_for_working_hours_says_when_it_leaves(store: Store) -> None:
    ref = put(store)
    desk = Desk(store, rules(), Terms("send", within_hours=True), lambda _key, _now: "")
    with serving(store, rules(), desk=desk, now=NOW.replace(hour=3)) as served, Tab(served) as tab:
        tab.post(f"/c/{ref}/approve", version=1)
        assert "Leaves Thursday 12 March, 09:00" in tab.get("/").text()


def test_a_premise_that_fell_withdraws_the_card_and_nothing_is_approved(store: Store) -> None:
    ref = put(store)
    desk = Desk(store, rules(), Terms("send"), lambda _key, _now: "Ana has answered.")
    with serving(store, rules(), desk=desk) as served, Tab(served) as tab:
        answer = tab.post(f"/c/{ref}/approve", version=1, **fields())
    assert answer.status_code == 409
    assert "Ana has answered." in answer.text
    assert found(store, ref).state == "withdrawn"
    assert not rows(store)["approval"]


# ---------------------------------------------------------------------------------------------- what cannot be sent


@pytest.mark.parametrize(
    ("typed", "beside"),
    [
        ({"to": "ana@acme.example, bob"}, "to"),
        ({"to": ""}, "to"),
        ({"cc": "@acme.example"}, "cc"),
        ({"to": "Ana <ana@acme.example"}, "to"),
        ({"to": "ana@localhost"}, "to"),
        ({"to": "x" * 9000}, "to"),
    ],
)
def test_a_wrong_address_is_told_beside_its_field_and_nothing_typed_is_lost(served: Served, typed: dict[str, str], beside: str) -> None:
    ref = put(served.inbox.store)
    with Tab(served) as tab:
        answer = tab.post(f"/c/{ref}/approve", version=1, **fields(body="All that I wrote", **typed))
    assert answer.status_code == 422
    page = LexborHTMLParser(answer.text)
    assert page.css_first("textarea[name=body]").text().strip() == "All that I wrote"
    for name, value in typed.items():
        assert page.css_first(f"input[name={name}]").attributes["value"] == value
    assert page.css_first(f"#{beside}-error") is not None
    card = found(served.inbox.store, ref)
    assert (card.state, card.version) == ("review", 1)


def test_a_gap_in_the_text_is_told_and_the_text_stays(served: Served) -> None:
    ref = put(served.inbox.store)
    with Tab(served) as tab:
        answer = tab.post(f"/c/{ref}/approve", version=1, **fields(body="Hi Ana, see [link to the offer]"))
    assert answer.status_code == 422
    assert "link to the offer" in answer.text
    assert found(served.inbox.store, ref).state == "review"


@pytest.mark.parametrize("name", ["Duarte, Ana", 'Ana "The Ace" Duarte', "Ana; Duarte", "Ana <Duarte>", "Ána Dúarte"])
def test_names_that_need_quotes_survive_the_form(served: Served, name: str) -> None:
    words_ = replace(WORDS, to=(replace(WORDS.to[0], name=name),))
    ref = put(served.inbox.store, words=words_)
    with Tab(served) as tab:
        shown = tab.get(f"/c/{ref}").css_first("input[name=to]").attributes["value"]
        tab.post(f"/c/{ref}/edit", version=1, **fields(to=shown, body="Other"))
    assert [a.email for a in words(served.inbox.store, ref).to] == ["ana@acme.example"]


# ---------------------------------------------------------------------------------------------------- the other acts


def test_saving_keeps_the_card_open_with_a_new_version(served: Served) -> None:
    ref = put(served.inbox.store)
    with Tab(served) as tab:
        answer = tab.post(f"/c/{ref}/edit?tab=review&sort=value", version=1, **fields(body="Shorter."))
    assert answer.headers["location"] == f"/c/{ref}?sort=value"
    assert (found(served.inbox.store, ref).state, found(served.inbox.store, ref).version) == ("review", 2)


def test_saving_what_is_there_already_makes_no_version(served: Served) -> None:
    ref = put(served.inbox.store)
    with Tab(served) as tab:
        tab.post(f"/c/{ref}/edit", version=1, **fields())
    assert found(served.inbox.store, ref).version == 1


@pytest.mark.parametrize(
    ("act", "typed", "state"),
    [
        ("snooze", {"until": "later"}, "snoozed"),
        ("snooze", {"until": "tomorrow"}, "snoozed"),
        ("snooze", {"until": "monday"}, "snoozed"),
        ("snooze", {"until": "2026-03-20"}, "snoozed"),
        ("dismiss", {"why": "the deal is dead"}, "dismissed"),
        ("dismiss", {"why": "not a follow-up", "teach": "on"}, "dismissed"),
        ("handle", {}, "handled"),
        ("mute", {}, "muted"),
        ("misplace", {"deal": "d2"}, "misplaced"),
        ("misplace", {"deal": ""}, "misplaced"),
    ],
)
def test_an_act_moves_the_card_and_leads_to_the_next(served: Served, act: str, typed: dict[str, str], state: str) -> None:
    ref, other = put(served.inbox.store), put(served.inbox.store, "d2")
    with Tab(served) as tab:
        answer = tab.post(f"/c/{ref}/{act}", version=1, **typed)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == f"/c/{other}"
    assert found(served.inbox.store, ref).state == state
    assert len(rows(served.inbox.store)["lesson"]) == ("teach" in typed or act == "mute")


@pytest.mark.parametrize("act", ["dismiss", "handle", "misplace", "mute", "snooze"])
def test_an_act_can_be_taken_back(served: Served, act: str) -> None:
    ref = put(served.inbox.store)
    with Tab(served) as tab:
        tab.post(f"/c/{ref}/{act}", version=1, until="tomorrow")
        assert tab.post(f"/c/{ref}/undo").status_code == 303
    assert found(served.inbox.store, ref).state == "review"


def test_after_the_last_card_comes_the_list(served: Served) -> None:
    ref = put(served.inbox.store)
    with Tab(served) as tab:
        assert tab.post(f"/c/{ref}/handle?tab=waiting", version=1).headers["location"] == "/?tab=waiting"


def test_a_form_elsewhere_leads_back_there_but_never_out(served: Served) -> None:
    ref = put(served.inbox.store)
    with Tab(served) as tab:
        assert tab.post(f"/c/{ref}/handle", version=1, back="/deals/d1").headers["location"] == "/deals/d1"
        for back in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/start?token=x", "/a\r\nX: y"):
            tab.post(f"/c/{ref}/undo")
            place = tab.post(f"/c/{ref}/handle", version=1, back=back).headers["location"]
            assert place == "/", back


@pytest.mark.parametrize("until", ["", "yesterday", "2020-01-01", "2026-03-11", "2999-01-01", "1e9", "<b>"])
def test_a_day_that_cannot_be_is_told(served: Served, until: str) -> None:
    ref = put(served.inbox.store)
    with Tab(served) as tab:
        assert tab.post(f"/c/{ref}/snooze", version=1, until=until).status_code == 422
    assert found(served.inbox.store, ref).state == "review"


def test_a_mail_in_doubt_is_settled(served: Served) -> None:
    store = served.inbox.store
    for name, sent, state in (("d1", "yes", "sent"), ("d2", "no", "failed")):
        ref = put(store, name)
        with Tab(served) as tab:
            tab.post(f"/c/{ref}/approve", version=1)
            with store.begin() as tx:
                card = decisions.move(tx, decisions.known(tx, ref), "begin", NOW, who="outbox")
                decisions.move(tx, card, "doubt", NOW, who="outbox", reason="The outbox did not answer.")
            assert tab.post(f"/c/{ref}/settle", sent="perhaps").status_code == 422
            assert tab.post(f"/c/{ref}/settle", sent=sent).status_code == 303
        assert found(store, ref).state == state


def test_what_lies_in_drafts_is_closed_as_handled_from_its_page(served: Served) -> None:
    store = served.inbox.store
    ref = put(store)
    with Tab(served) as tab:
        tab.post(f"/c/{ref}/approve", version=1)
        with store.begin() as tx:
            card = decisions.move(tx, decisions.known(tx, ref), "begin", NOW, who="outbox")
            decisions.move(tx, card, "lay", NOW, who="outbox")
            tx.execute(update(schema.delivery).values(state="laid", handle="h1", next_at=NOW + timedelta(hours=1)))
        assert f'action="/c/{ref}/handle"' in tab.client.get(f"/c/{ref}").text
        assert tab.post(f"/c/{ref}/handle", version=1).status_code == 303
    with store.read() as connection:
        delivery = connection.execute(select(schema.delivery)).one()
    assert (found(store, ref).state, delivery.state, delivery.handle, delivery.next_at) == ("handled", "withdrawn", "h1", NOW)


def test_answers_lists_and_pauses(served: Served) -> None:
    store = served.inbox.store
    put(store)
    with Tab(served) as tab:
        for path, typed in (
            ("/which", {"thread": "<t1@acme.example>", "deal": "d1"}),
            ("/which", {"series": "m7", "deal": ""}),
            ("/which", {"person": "zoe@acme.example", "account": "Acme", "deal": "d1"}),
            ("/silence", {"address": "@other.example", "why": "they asked"}),
            ("/pause", {}),
        ):
            assert tab.post(path, **typed).status_code == 303, path
        assert [row.deal for row in rows(store)["answer"]] == ["d1", None, "d1"]
        assert [row.key for row in rows(store)["silence"]] == ["@other.example"]
        assert [row.name for row in rows(store)["setting"]] == ["paused_until"]
        tab.post("/resume")
        assert not rows(store)["setting"]
        tab.post("/revoke", what="silence", name="@other.example")
        assert rows(store)["silence"][0].revoked_at == NOW
        tab.post("/revoke", what="answer", name=str(rows(store)["answer"][0].id))
        assert rows(store)["answer"][0].revoked_at == NOW
        assert len(served.rounds) == 6, "what was answered, silenced or taken back is taken into account at once"
        tab.post("/round")
        assert len(served.rounds) == 7


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/which", {}),
        ("/which", {"person": "zoe@acme.example"}),
        ("/which", {"thread": "<t1@acme.example>", "deal": "nothing"}),
        ("/silence", {}),
        ("/silence", {"address": "bob"}),
        ("/revoke", {"what": "setting", "name": "web.cookie"}),
        ("/revoke", {"what": "answer", "name": "1"}),
        ("/pause", {"until": "never"}),
    ],
)
def test_what_makes_no_sense_is_refused_and_writes_nothing(served: Served, path: str, typed: dict[str, str]) -> None:
    put(served.inbox.store)
    before = rows(served.inbox.store)
    with Tab(served) as tab:
        assert tab.post(path, **typed).status_code == 422
    assert rows(served.inbox.store) == before


@pytest.mark.parametrize("ref", ["0123456789ab", "x", "0123456789AB", "0" * 500, "no_next_step:d1:m1", "%2e%2e", "' OR 1=1"])
def test_unknown_cards_are_not_found(served: Served, ref: str) -> None:
    put(served.inbox.store)
    with Tab(served) as tab:
        assert tab.post(f"/c/{ref}/handle", version=1).status_code == 404


def test_unknown_acts_are_not_found(served: Served) -> None:
    ref = put(served.inbox.store)
    with Tab(served) as tab:
        for act in ("send", "withdraw", "begin", "settle_sent", "__class__", "approve/x"):
            assert tab.post(f"/c/{ref}/{act}", version=1).status_code == 404


@pytest.mark.parametrize("version", ["", "x", "1.0", "-1", "9" * 30, "١"])
def test_a_form_without_a_version_does_nothing(served: Served, version: str) -> None:
    ref = put(served.inbox.store)
    with Tab(served) as tab:
        assert tab.post(f"/c/{ref}/approve", version=version).status_code == 422
    assert found(served.inbox.store, ref).state == "review"


def test_a_store_that_cannot_write_is_told_in_a_sentence(store: Store) -> None:
    class Full(Desk):
        def handle(self, key: str, version: int, now: Any) -> None:
            raise Unavailable("the disk is full")

    ref = put(store)
    with serving(store, rules(), desk=Full(store, rules(), Terms("send"), lambda _key, _now: "")) as served, Tab(served) as tab:
        answer = tab.post(f"/c/{ref}/handle", version=1)
    assert answer.status_code == 503
    assert "the disk is full" in answer.text


def test_htmx_is_told_the_place_instead_of_being_sent_there(served: Served) -> None:
    ref = put(served.inbox.store)
    with Tab(served) as tab:
        answer = tab.client.post(f"/c/{ref}/handle", data={"csrf": tab.csrf, "version": 1}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["hx-location"]) == (200, "/")


def test_looking_changes_nothing(served: Served) -> None:
    """GET and HEAD of every page, and of every address that acts when it is posted to."""
    ref = put(served.inbox.store)
    put(served.inbox.store, "d2")
    before = rows(served.inbox.store)
    acts = "approve edit snooze dismiss handle misplace mute undo settle".split()
    paths = [route.path.replace("{ref}", ref).replace("{id}", "d1") for route in served.server.app.routes if "/live" not in route.path]
    paths += [f"/c/{ref}/{act}?version=1" for act in acts]
    with Tab(served) as tab:
        for path in paths:
            for method in ("GET", "HEAD"):
                assert tab.client.request(method, path.replace("{act}", "approve")).status_code < 500, path
    assert rows(served.inbox.store) == before
    assert not served.rounds
