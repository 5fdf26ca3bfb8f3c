"""Laws of reading mail, whatever the text."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.think.language import expects_answer, identify, read
from agent.think.workdays import works
from tests.needs import often
from tests.reading import SENT, WORKING, ZURICH

LANGUAGES = ("en", "de", "fr", "es", "nl")
WORDS = (
    "call me|please|I'll send|the quote|by|after|in|until|on|the 15th|31|February|Monday|next week|Q3|at 3 pm|15:30|does|work|not|?|. |, |"
    "\n\n|"
    "rufen Sie mich|bis|nach|am|3.4.|15 Uhr|Freitag|nächste Woche|"
    "rappelez-moi|d'ici|vendredi|à 15h|llámame|el|lunes|a las 10|bel me|op|maandag|"
    "year 9999|in 400 years|29 February|31/12/9999|0000-00-00|week 99|99|24:00|25:61|UTC+99|your time|end of|mid|then|thanks"
).split("|")
texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
days = st.dates(date(1990, 1, 1), date(2100, 1, 1)).map(lambda d: datetime(d.year, d.month, d.day, 9, 30, tzinfo=ZURICH))


@settings(max_examples=often(300, 3000), deadline=None)
@given(texts, days, st.sampled_from(LANGUAGES))
def test_reading_never_raises_and_quotes_what_is_written(text: str, sent: datetime, language: str) -> None:
    reading = read(text, sent, WORKING, None, language)
    assert all(text[a.start : a.start + len(a.quote)] == a.quote for a in reading.acts)
    assert reading == read(text, sent, WORKING, None, language)
    expects_answer(reading)


@settings(max_examples=often(300, 3000), deadline=None)
@given(texts, days, st.sampled_from(LANGUAGES))
def test_a_deferral_ends_on_a_working_day_that_has_not_passed(text: str, sent: datetime, language: str) -> None:
    for act in read(text, sent, WORKING, None, language).of("deferral"):
        assert all(works(WORKING, when.day) for when in act.when)


@given(st.dates(date(2000, 1, 3), date(2080, 1, 1)), st.sampled_from(["Monday", "Wednesday", "Friday"]))
def test_a_weekday_lies_within_the_week_ahead(day: date, weekday: str) -> None:
    sent = datetime(day.year, day.month, day.day, 9, tzinfo=ZURICH)
    (act,) = read(f"See you {weekday}.", sent, WORKING, None, "en").acts
    assert timedelta(0) < act.when[0].day - day <= timedelta(7)
    assert f"{act.when[0].day:%A}" == weekday


@given(st.text(max_size=500))
def test_identify_answers_with_a_pack_or_nothing(text: str) -> None:
    assert identify(text) in (*LANGUAGES, "")


HOSTILE = [
    "a ",
    " ",
    "call me on monday or tuesday 3 ",
    "the ",
    "x",
    "please ",
    "thanks for ",
    "12 ",
    "1/2/",
    "\n",
    "?",
    "hi,\n",
    "not ",
    "I will then also ",
    "-",
    "http://a",
    "a. ",
    "if you ",
    ", and ",
    "(",
    "ich werde ",
    "nous ",
    "no ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_costs_less_than_a_second(piece: str) -> None:
    began = time.perf_counter()
    for language in ("en", "de"):
        read(piece * (200_000 // len(piece)), SENT, WORKING, None, language)
    assert time.perf_counter() - began < 2
