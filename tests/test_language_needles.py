from __future__ import annotations

import re
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.think.language import SIGNED, _pack, glance
from agent.think.language.identify import KNOWN
from agent.think.language.needles import met, need
from agent.think.language.sentences import plain

parse = import_module("re._parser").parse
SOURCES = (
    r"stop|sto(?:op)+ing",
    r"(?:do not|don't) (?:ever )?(?:e-?mail|write(?: to)?) (?:me|us)",
    r"(?<![\w'])unsubscribe(?!\w)",
    r"(?:a|b)?c{0,2}d{2}(?=e)e",
    r"(?:want|wish|w[aeiou]nder)s?\b",
    r"\d{1,2} ?(?:am|pm|)",
    r"(?P<thing>offer|quote)(?: is| was)? (?P=thing)",
    r"(?:abc(?:d|e(?:f|g))|ab)x",
)


@given(st.sampled_from(SOURCES).flatmap(lambda source: st.tuples(st.just(source), st.from_regex(source))))
def test_whatever_matches_has_what_the_pattern_needs(made: tuple[str, str]) -> None:
    source, text = made
    assert met(need(parse(source)), text)


def test_needs_tell_texts_apart() -> None:
    needed = need(parse(r"(?:do not|don't) (?:ever )?(?:write|mail) (?:to us|me)"))
    assert met(needed, "please do not write me")
    assert not met(needed, "please do not call me")
    assert not met(needed, "write me")


@pytest.mark.parametrize("source", [r"\w+", r"(?:yes|)", "x*", r"[ab]"])
def test_a_pattern_without_letters_of_its_own_needs_nothing(source: str) -> None:
    assert need(parse(source)) == ()


@pytest.mark.parametrize("code", KNOWN)
def test_what_packs_look_for_at_a_glance_needs_something(code: str) -> None:
    assert all(need(_pack(code).cues[kind].tree) for kind in SIGNED)


@pytest.mark.parametrize("kind", ["stop", "missed", "promise"])
def test_a_glance_over_a_text_sees_what_stands_in_one_of_its_sentences(kind: str) -> None:
    said = {
        "stop": "Please do not e-mail\nme again.",
        "missed": "Sorry, I completely forgot the call today.",
        "promise": "I'll send you the\nquote tomorrow.",
    }[kind]
    text = f"Hi Dana,\n\nthanks for the notes from our last talk. {said}\n\nBest\nAna"
    may = glance(text, lambda: "en")
    assert may(kind)  # type: ignore[arg-type]
    assert not glance("Hi Dana,\n\nthe notes were good.\n\nBest\nAna", lambda: "en")(kind)  # type: ignore[arg-type]
    assert re.search(_pack("en").cues[kind].source, plain(text))
