"""How people and meetings are called in sentences."""

from __future__ import annotations

import pytest
from desk import ANA, event

from agent.facts.names import in_order
from agent.think import gatherings


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Krüger, Sabine", "Sabine Krüger"),
        ("van den Berg, Anna-Marie", "Anna-Marie van den Berg"),
        ("Pat Lee", "Pat Lee"),
        ("Pat Lee, PhD", "Pat Lee, PhD"),
        ("Acme, Inc.", "Acme, Inc."),
        ("Lee, Sales", "Lee, Sales"),
        ("Lee, Pat, Kim", "Lee, Pat, Kim"),
        (", Pat", ", Pat"),
        ("a" * 50_000 + ", b", "a" * 50_000 + ", b"),
    ],
)
def test_the_last_name_ahead_of_a_comma_is_turned_round(written: str, said: str) -> None:
    assert in_order(written) == said


@pytest.mark.parametrize("title", ["Canceled: Acme demo", "Abgesagt: Acme demo", "Annulé : Acme demo", "Canceled: Canceled: Acme demo"])
def test_a_meeting_is_called_without_the_mark_of_its_cancelled_copy(title: str) -> None:
    assert gatherings.title(event("2026-03-09T08:00", [ANA], title=title)) == "Acme demo"
