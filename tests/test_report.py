"""The terminal report, from canned documents."""

from __future__ import annotations

import io
import re
import unicodedata
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from agent.cli.report import clean, render, sentence

DRAFT = {
    "to": ["ines@terracottaworks.example"],
    "cc": ["bo@terracottaworks.example"],
    "subject": "Re: Kiln walkthrough",
    "in_reply_to": "<k2@x>",
    "body": "Ines,\n\nthank you for your time. Could we meet again?\n\nDana",
    "language": "en",
    "times": [{"start": "2026-05-08T14:00:00Z", "end": "2026-05-08T14:30:00Z"}],
    "ask": "Could we meet again?",
    "backup": "Who else should see it?",
    "written_by": "template",
    "left_out": [["zed@elsewhere.example", "is no customer of this deal"]],
}
CARD = {
    "key": "no_next_step:K-1:walk@x",
    "kind": "no_next_step",
    "deal": "K-1",
    "meeting": "walk@x",
    "thread": "<k1@x>",
    "due": "2026-05-06T18:00:00Z",
    "also": ["slipping"],
    "evidence": [{"source": "event:walk@x", "says": "Kiln walkthrough ended at 11:00"}],
    "draft": DRAFT,
    "warnings": ["somebody with her name wrote from another domain"],
}
MEETING = {
    "uid": "walk@x",
    "start": "2026-05-06T14:00:00Z",
    "end": "2026-05-06T15:00:00Z",
    "title": "Kiln walkthrough",
    "deal": "K-1",
    "verdict": "flagged",
    "reason": "Nothing is booked or proposed.",
    "next": None,
}
THREAD = {
    "id": "t1",
    "messages": ["<k1@x>"],
    "subject": "Kiln walkthrough",
    "status": "matched",
    "deal": "K-1",
    "candidates": ["K-1"],
    "confidence": 0.9,
    "evidence": ["ines is a contact"],
}
OPEN_THREAD = THREAD | {
    "id": "t2",
    "messages": ["<v@x>"],
    "subject": "Pricing",
    "status": "ambiguous",
    "deal": None,
    "candidates": ["K-8", "K-9"],
}
SOURCE = {"section": "mail", "kind": "folder", "fresh_as_of": "2026-05-06T19:00:00Z", "status": "ok", "items": 2, "quarantined": 0}


def document(**parts: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"meetings": [], "threads": [], "deals": [], "cards": [], "notices": [], "quarantined": []}
    return {"now": "2026-05-06T19:00:00Z", "sources": [SOURCE]} | empty | parts


def shown(page: dict[str, Any], width: int = 80, **options: Any) -> str:
    out = io.StringIO()
    render(page, Console(file=out, width=width, **options), ZoneInfo("America/New_York"))
    return out.getvalue()


FULL = document(
    cards=[CARD | {"draft": DRAFT | {"todo": "attach the quote"}}, CARD | {"deal": "K-2", "kind": "touch_due", "waiting": True}],
    meetings=[MEETING, MEETING | {"uid": "s@x", "title": "Stand-up", "deal": None, "verdict": "ignored:internal"}],
    threads=[THREAD, OPEN_THREAD],
    deals=[
        {
            "id": "K-1",
            "name": "Kiln monitoring",
            "stage": "Demo",
            "amount": 48000.0,
            "currency": "USD",
            "close_date": "2026-06-30",
            "rung": "nothing",
            "muted_until": None,
            "findings": ["no_next_step"],
        },
        {"id": "K-3", "rung": "booked", "muted_until": None, "findings": []},
        {"id": "K-5", "rung": "undated", "muted_until": None, "findings": []},
        {"id": "K-6", "status": "lost", "rung": "nothing", "muted_until": None, "findings": []},
        {"id": "K-4", "rung": "dated", "muted_until": "2026-06-01", "findings": []},
    ],
    notices=[{"kind": "bounced", "deal": "K-3", "says": "Mail to rae@pomona.example came back."}],
    quarantined=[{"source": "mail", "item": "broken.eml", "why": "no usable From"}],
)


def test_headline_counts_cards_meetings_and_booked_deals() -> None:
    head = shown(FULL, 200).splitlines()[:3]
    assert head[0] == "Onward · Wednesday 6 May 2026, 15:00 EDT"
    assert "2 cards (1 waiting) · 1 customer meeting ended in the last 30 days · 1 deal with a booked next step" in head[1]
    assert "mail: read, as of Wed 6 May 15:00, 2 items" in head[2]


@pytest.mark.parametrize("piece", [
    "1. Kiln monitoring [K-1] · Demo · 48,000 USD · closes 30 June 2026",
    "The meeting ended without a next step.",
    "Kiln walkthrough ended at 11:00 [event “Kiln walkthrough”]",
    "Also: the deal is slipping",
    "Careful: somebody with her name wrote from another domain",
    "To: ines@terracottaworks.example",
    "Cc: bo@terracottaworks.example",
    "Not in copy: zed@elsewhere.example (is no customer of this deal)",
    "Subject: Re: Kiln walkthrough",
    "thank you for your time. Could we meet again?",
    "Times: Fri 8 May 10:00",
    "Before sending: attach the quote",
])  # fmt: skip
def test_a_card_shows_everything_that_is_needed_to_approve_it(piece: str) -> None:
    assert piece in shown(FULL, 120)


@pytest.mark.parametrize("piece", [
    "1 meeting, colleagues only: Stand-up",
    "Which deal? “Pricing” could be K-8 or K-9",
    "K-4: left alone until 2026-06-01, as they asked",
    "1 deal, a next meeting is booked: K-3",
    "dead address: Mail to rae@pomona.example came back. (K-3)",
    "1 deal, nothing due yet, there are intentions, but no date: K-5",
    "mail: broken.eml: no usable From",
])  # fmt: skip
def test_what_was_left_alone_is_shown_with_its_reason(piece: str) -> None:
    assert piece in shown(FULL, 120)


@pytest.mark.parametrize(
    ("source", "words"),
    [("deal:K-1.close_date", "[CRM: close date]"), ("source:calendar", "[calendar]"), ("message:<k1@x>", "[message “Kiln walkthrough”]")],
)
def test_every_sentence_names_its_source(source: str, words: str) -> None:
    card = CARD | {"evidence": [{"source": source, "says": "So it is."}]}
    assert f"- So it is. {words}" in shown(FULL | {"cards": [card]})


def test_a_meeting_is_shown_with_verdict_and_reason() -> None:
    assert "flagged: Nothing is booked or proposed." in shown(FULL)


def test_a_day_without_cards_is_a_good_day() -> None:
    deals = [{"id": "K-3", "rung": "booked", "muted_until": None, "findings": []}]
    assert "A good day." in shown(document(deals=deals), 120)


def test_a_day_without_deals_is_no_good_day_and_says_where_to_put_them() -> None:
    page = shown(document(), 120)
    assert "A good day." not in page
    assert "No deal of yours was found" in page
    assert "deals: in onward.yaml" in page


def test_closed_deals_are_no_deals_with_nothing_due() -> None:
    assert "K-6" not in shown(FULL, 120)


def test_a_reason_that_names_its_place_names_it_once() -> None:
    page = shown(document(quarantined=[{"source": "deals", "item": "deals.yaml:21", "why": "deals.yaml:21: stage is missing"}]), 120)
    assert page.count("deals.yaml:21:") == 1


def test_no_cards_because_of_a_failed_source_is_not_a_good_day() -> None:
    page = shown(document(sources=[SOURCE | {"status": "failed", "fresh_as_of": None}]), 120)
    assert "A good day." not in page
    assert "mail: could not be read" in page


def test_a_waiting_card_is_named_without_its_draft() -> None:
    page = shown(document(cards=[CARD | {"waiting": True}]))
    assert "K-1: the meeting ended without a next step" in page
    assert "To: ines" not in page


@pytest.mark.parametrize("width", [60, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    long = MEETING | {"title": "Donaudampfschifffahrtsgesellschaft" * 20, "reason": "word " * 200}
    assert max(map(len, shown(FULL | {"meetings": [long]}, width).splitlines())) <= width


def test_plain_where_nobody_watches() -> None:
    assert "\x1b" not in shown(FULL)


def test_colour_only_where_it_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", shown(FULL, force_terminal=True))


def test_markup_in_a_title_is_text() -> None:
    hostile: dict[str, Any] = MEETING | {"title": "[bold red]Act[/] [link=https://evil.example]here[/link] :warning:"}
    assert hostile["title"] in shown(document(meetings=[hostile]), 200, force_terminal=True)


def test_control_and_bidi_characters_never_reach_the_terminal() -> None:
    hostile = "a\x1b[2Jb\u202ec\x07d\u200be\rf\udcff"
    page = shown(document(cards=[CARD | {"draft": DRAFT | {"body": hostile, "subject": hostile}}], meetings=[MEETING | {"title": hostile}]))
    assert not set(page) & set("\x1b\u202e\x07\u200b\r\udcff")


@given(st.text())
def test_clean_gives_one_printable_line(text: str) -> None:
    assert not {unicodedata.category(c) for c in clean(text)} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert len(clean(text).splitlines()) <= 1


def test_every_word_of_the_documentation_has_a_sentence() -> None:
    words = """too_early too_old superseded booked held waiting snoozed proposed dated flagged undated nothing
        ignored:setting ignored:all_day ignored:free ignored:no_outsider ignored:internal ignored:unmatched ignored:ambiguous
        ignored:closed_deal ignored:other_owner ignored:do_not_contact
        agreed_not_booked reply_owed fell_through promise_due no_next_step callback_due their_promise_due gone_quiet slipping
        stalled touch_due single_threaded park bounced"""
    assert all(" " in sentence(word) for word in words.split())


def test_a_deal_whose_meeting_is_held_is_not_judged() -> None:
    deals = [{"id": "K-5", "rung": "nothing", "muted_until": None, "findings": []}]
    page = shown(document(deals=deals, meetings=[MEETING | {"deal": "K-5", "verdict": "held"}]), 120)
    assert "1 deal, not judged, for not everything could be read, there is no next step: K-5" in page
