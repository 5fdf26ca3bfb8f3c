from __future__ import annotations

from typing import Any

import pytest
from desk import brief, text
from hypothesis import given
from hypothesis import strategies as st

from agent.draft.lint import lint
from agent.model import Text


def test_a_text_of_its_brief_is_clean() -> None:
    told = brief(deal="Renewal 2026", times=("Tuesday 10 March, 10:00 EDT",), met_on="Monday 9 March", meeting=True)
    assert lint(text("Thank you for Monday 9 March and for Renewal 2026.", said=told), told) == ()


@pytest.mark.parametrize(
    "line",
    [
        "I'm just checking in.", "Touching base here.", "I am circling  back.", "Waiting to hear back.", "Any update from you.",
        "Bumping this.", "I hope this email finds you well.", "Ich wollte nur mal nachhaken.", "Je me permets de vous relancer.",
        "Solo quería saber si sirve.", "Ik wil even checken of het past.", "Ｃhecking in.", "This is your last chance.", "Act now.",
        "Handeln Sie, es ist dringend.", "Sorry for the delay.", "Entschuldigung.", "Lo siento.", "You missed our call.",
        "The quote is attached.", "Das Angebot liegt anbei.", "Vous trouverez ci-joint le devis.", "Le adjunto la oferta.",
        "Zie de bijlage.", "Hello {{ name }}.", "Dear [Name],", "By <date_here> please.", "TBD", "We offer None.", "That makes nan.",
        "Write to pat@evil.example.", "See https://evil.example/x.", "See evil.example for more.", "See evil。example for more.",
        "Call +1 555 0100.", "It costs $ 5.", "You get fifty percent off.", "It takes ½ a day.", "It takes 12 days.", "> as you wrote",
        "On Monday Ana wrote:", "Is it one? Is it two? Is it three?", "zero\u200bwidth", "right\u202eleft", "bell\x07",
        " ".join(["word"] * 160),
    ],
)  # fmt: skip
def test_what_no_draft_may_hold(line: str) -> None:
    assert lint(text(line), brief())


@pytest.mark.parametrize("line", ["We discuss the contract.", "The attachment point of the crane.", "A Nanking office."])
def test_words_that_only_look_alike_pass(line: str) -> None:
    assert lint(text(line), brief(attached=True)) == ()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"body": "Hi Ana,\n\nShall we meet? Who decides?"}, {}),
        ({"body": "Hi Ana,\n\nWho decides?\n\nDana"}, {}),
        ({"body": "Hi Ana,\n\nShall we meet?\n\nDana"}, {}),
        ({}, {"times": ("Tuesday 10 March, 10:00 EDT",)}),
        ({"body": "Hi.\n\nDana", "ask": "", "backup": ""}, {}),
    ],
    ids=["no signature", "no request", "no smaller request", "no time", "no question"],
)
def test_what_every_draft_must_hold(changed: dict[str, Any], told: dict[str, Any]) -> None:
    good = text()
    given_text = {"body": good.body, "ask": good.ask, "backup": good.backup} | changed
    assert lint(Text(written_by="test", **given_text), brief(**told))


def test_the_signature_is_the_reps_own_business() -> None:
    told = brief(signature="Dana\n+1 555 0100\nhttps://northwind.example")
    assert lint(text(said=told), told) == ()


@given(st.text(max_size=400))
def test_any_text_is_judged_and_what_passes_holds_no_address(line: str) -> None:
    problems = lint(text(line), brief())
    assert problems or ("@" not in line and "{{" not in line)


@pytest.mark.parametrize("hostile", ["a-" * 4000, "1." * 4000, "a." * 4000, "> " * 4000, "\n" * 8000, "((((" * 2000, "checking " * 900])
def test_hostile_text_is_judged_at_once(hostile: str) -> None:
    assert lint(text(hostile), brief())
