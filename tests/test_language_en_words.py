"""English as customers and reps write it: each line of `tables/english.txt` says one of what stands behind its arrow."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading import said

LINES = (Path(__file__).parent / "tables" / "english.txt").read_text(encoding="utf-8").splitlines()
TABLE = [line.rsplit(" => ", 1) for line in LINES if " => " in line and not line.startswith("# ")]


@pytest.mark.parametrize(("text", "acts"), TABLE)
def test_words_of_english_mail(text: str, acts: str) -> None:
    language, found = said(text.replace("\\n", "\n"))
    assert language == "en"
    assert found in acts.split(" | ")
