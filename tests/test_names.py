from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.draft import lint, names


@pytest.mark.parametrize(
    ("name", "email", "first"),
    [
        ("Ana Duarte", "ana@acme.example", "Ana"),
        ("Begoña Arriaga", "b@acme.example", "Begoña"),
        ("Mary Ann Smith", "m@acme.example", "Mary"),
        ("Jean-Luc Moreau", "jl@acme.example", "Jean-Luc"),
        ("Pat Lee (Acme)", "pat@acme.example", "Pat"),
        ("Lindholm, Tessa", "t@acme.example", "Tessa"),
        ("Pat", "pat.lee@acme.example", "Pat"),
        ("Юлия Петрова", "y@acme.example", "Юлия"),
    ],
)
def test_a_first_name_that_is_sure(name: str, email: str, first: str) -> None:
    assert names.first_name(name, email) == first


@pytest.mark.parametrize(
    "name",
    [
        "", "Dr. Anil Mehta", "A. Mehta", "J Smith", "ANA DUARTE", "ana duarte", "Acme Sales", "Sales Team", "Acme GmbH", "Frau Voss",
        "ana@acme.example", "Lafarge", "Ana2 Duarte", "Smith, Jones, Lee", "{{7*7}} Lee", "<b>Ana</b> Lee", "None Lee", "Ana\nLee|x",
    ],
)  # fmt: skip
def test_a_name_that_is_no_sure_source_of_a_first_name(name: str) -> None:
    assert names.first_name(name, "x@acme.example") == ""


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Acme – Analytics rollout", "Acme – Analytics rollout"),
        ("[D-17] Acme | Demo", "Acme – Demo"),
        ('Kick-off "Phase 2"', "Kick-off Phase 2"),
        ("Renewal\r\n2026", "Renewal 2026"),
        ("word " * 40, "word word word word word word word word word word word word word word word word"),
        ("x" * 200, ""),
        ("50% off", ""),
        ("€48k upsell", ""),
        ("mail me@evil.example", ""),
        ("urgent: act now", ""),
        ("see www.evil.example", ""),
        ("call +1 (555) 0100-22", ""),
    ],
)
def test_a_name_is_cleaned_or_not_used(given_name: str, kept: str) -> None:
    assert names.plain(given_name) == kept


def test_a_company_may_be_called_like_a_domain_but_a_meeting_may_not() -> None:
    assert names.plain("Booking.com rollout", crm=True) == "Booking.com rollout"
    assert names.plain("Booking.com rollout") == ""
    assert names.plain("https://evil.example", crm=True) == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("the revised quote", "the revised quote"),
        ("the quote for 12 seats", ""),
        ("the quote by 3 May at https://x.example", ""),
        ("the SOC 2 report and the pen test summary", ""),
        ("a quote with a 15% discount", ""),
        ("the slides and recording", "the slides and recording"),
        ("the sizing sheet for", "the sizing sheet"),
        ("die überarbeitete Angebotsmappe für", "die überarbeitete Angebotsmappe"),
        ("for the", ""),
        ("the attached form", ""),
        ("one two three four five six seven eight nine ten eleven", ""),
    ],
)
def test_a_topic_is_words_alone(text: str, kept: str) -> None:
    assert names.topic(text) == kept


@pytest.mark.parametrize(("subject", "bare"), [("Re: AW: Fwd: Roof", "Roof"), ("Roof: load", "Roof: load"), ("Re:", "")])
def test_prefixes_of_answers_are_stripped(subject: str, bare: str) -> None:
    assert names.stripped(subject) == bare


@given(st.text(max_size=300))
def test_whatever_is_kept_may_stand_in_a_draft(text: str) -> None:
    for kept in (names.plain(text), names.topic(text)):
        assert not kept or not lint.unfit(kept)
        assert len(kept) <= names.LONGEST


@pytest.mark.parametrize(
    ("name", "account", "said"),
    [
        ("Acme – Analytics rollout", "Acme Corp", "Analytics rollout"),
        ("Halden Foods: Pulse demo", "Halden Foods", "Pulse demo"),
        ("Acme - Rollout", "ACME", "Rollout"),
        ("On-site visit", "On", "On-site visit"),
        ("Plan - review", "Acme", "Plan - review"),
        ("Demo: dock", "", "Demo: dock"),
        ("Acme –", "Acme", "Acme –"),
    ],
)
def test_the_accounts_own_name_is_not_said_to_its_people(name: str, account: str, said: str) -> None:
    assert names.without(name, account) == said
