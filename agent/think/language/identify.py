"""Which language a text is written in, by its small words."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from pkgutil import iter_modules

from agent.bundled import lines
from agent.think import language
from agent.think.language.sentences import URL, plain

READ = 1_200  # characters that are looked at
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
LETTERS = {"de": "ß", "es": "ñ¿¡", "pt": "ãõ", "sv": "å", "da": "ø", "pl": "łęąż", "cs": "ěř", "hu": "ő", "ro": "ș", "tr": "ğı"}
MARKS = {char: code for code, chars in LETTERS.items() for char in chars}
KNOWN = tuple(sorted(module.name for module in iter_modules(language.__path__) if len(module.name) == 2))  # a pack is a file here


@lru_cache(maxsize=1)
def _weights() -> dict[str, tuple[tuple[str, float], ...]]:
    """For each word the languages that have it: a word counts more, the fewer share it."""
    table: dict[str, set[str]] = {}
    for line in lines("language_words"):
        code, _, words = line.partition(":")
        for word in words.split():
            table.setdefault(word, set()).add(code.strip())
    return {word: tuple((code, 1 / len(codes)) for code in codes) for word, codes in table.items()}


def _foreign(low: str) -> bool:
    """Whether most letters are not Latin ones."""
    letters = [c for c in low if c.isalpha()]
    return sum(c > "\u024f" for c in letters) > len(letters) / 2


def identify(text: str, hint: str | None = None) -> str:
    """One of the languages that have a pack, or "" for another language or none that can be told.

    A tie goes to `hint`, then to English, then to another that has a pack.
    """
    head = text[:READ]
    low = plain(URL.sub(" ", head) if "://" in head or "www." in head else head)
    letters = WORD.search(low) is not None
    if letters and not low.isascii() and _foreign(low):
        return ""
    scores: defaultdict[str, float] = defaultdict(float)
    weights = _weights()
    for word in WORD.findall(low):
        for part in (word, *word.split("'")) if "'" in word else (word,):
            if part in weights:
                for code, weight in weights[part]:
                    scores[code] += weight
    if not low.isascii():
        for char, code in MARKS.items():
            if char in low:
                scores[code] += 1
    if not letters and low.strip() and not any(c.isdigit() for c in low):  # a thumb up says the same everywhere
        return hint if hint in KNOWN else "en"
    if not scores:
        return hint if hint in KNOWN and not letters else ""
    best = max(scores.values())
    first = [code for code, score in scores.items() if score >= best - 1e-9]
    known = [code for code in first if code in KNOWN] or first  # a word of thanks that two languages share is rather one we know
    choice = hint if hint in first else "en" if "en" in first else min(known)
    return choice if choice in KNOWN else ""
