"""Searching with an index of how matches begin finds what a plain search finds."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.think.language.dates import _names
from agent.think.language.openings import Index, openings
from agent.think.language.pack import Cue, Pack
from agent.think.language.sentences import plain
from tests.needs import often

HERE = Path(__file__).parent.parent
LANGUAGES = ("en", "de", "fr", "es", "nl")
FILES = (*HERE.glob("tables/*.txt"), *HERE.glob("wordings/*.txt"), *HERE.glob("scenarios/language-*/*.yaml"))


@cache
def lines() -> tuple[str, ...]:
    found = (plain(line).strip(" -") for file in sorted(FILES) for line in file.read_text("utf-8").split("\n"))
    return tuple(dict.fromkeys(line[:300] for line in found if len(line) > 8))


@cache
def searched(language: str) -> tuple[tuple[Index, dict[str, re.Pattern[str]]], ...]:
    """Fresh indexes of the cues and of the times of a language, and the plain patterns that they stand for."""
    pack: Pack = import_module(f"agent.think.language.{language}").PACK
    spans = {name: pattern for (name, _), (_, pattern) in zip(_names(pack.times), pack.times.spans, strict=True)}
    clocks = {f"clock {n}": pattern for n, pattern in enumerate(pack.times.clocks)}
    times = spans | clocks | {"words": pack.times.words}
    cues: dict[str, Cue] = dict(pack.cues)
    return (
        (Index(cues, 0), {name: re.compile(cue.source) for name, cue in cues.items()}),
        (Index({name: Cue.of(pattern) for name, pattern in times.items()}, 0), times),
    )


def seen(match: re.Match[str] | None) -> Any:
    return match and (match.span(), match.groupdict(), match.groups())


def same(language: str, text: str) -> None:
    for index, patterns in searched(language):
        for name, pattern in patterns.items():
            assert seen(index.find(name, text)) == seen(pattern.search(text)), (name, text)
            assert index.has(name, text) == bool(pattern.search(text))
            assert [seen(m) for m in index.each(name, text)] == [seen(m) for m in pattern.finditer(text)], (name, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_what_people_write_the_index_finds_what_a_plain_search_finds(language: str) -> None:
    for text in lines()[LANGUAGES.index(language) :: 7]:
        same(language, text)


pieces = st.one_of(st.sampled_from(lines()).flatmap(lambda t: st.tuples(st.just(t), st.integers(0, len(t)), st.integers(0, 30))), st.none())
joints = st.sampled_from(("", " ", "  ", "\t", "\u3000", ", ", ". ", "'", "-", "(", "\2", "7", "٣", "_", "é"))


@settings(max_examples=often(150, 1500), deadline=None)
@given(st.lists(st.tuples(pieces, joints), max_size=5), st.sampled_from(LANGUAGES))
def test_in_any_text_the_index_finds_what_a_plain_search_finds(parts: list[tuple[Any, str]], language: str) -> None:
    same(language, "".join((piece[0][piece[1] : piece[1] + piece[2]] if piece else "") + joint for piece, joint in parts))


@pytest.mark.parametrize(
    ("source", "ways"),
    [
        (r"(?<!\w)(?:ab|c)d?(?!\w)", {"ab", "abd", "c", "cd"}),
        (r"(?<!\w)a\s+b{1,2}", {"a b", "a bb"}),
        (r"(?<!\w)\d{1,2}x", {"0x", "00x"}),
        (r"^(?:\w+ )?x", {"\2", "\2x"}),
        (r"(?<!\w)\w+x", None),
        (r"ab", None),
        (r"(?i)(?<!\w)ab", None),
        (r"(?<!\w)a?", None),
    ],
)
def test_what_a_match_can_begin_with_is_told_from_the_pattern(source: str, ways: set[str] | None) -> None:
    assert openings(source)[0] == ways
