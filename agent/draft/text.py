"""Comparing and cleaning short texts."""

from __future__ import annotations

import unicodedata

INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})  # Unicode categories that nobody sees or should


def fold(text: str) -> str:
    """Case, accents, forms of apostrophe and runs of white space folded, for comparison only."""
    if text.isascii():
        return " ".join(text.casefold().split())
    text = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace("‑", "-"))
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).split())


def visible(text: str) -> str:
    """One line: line breaks as spaces; control, bidi and zero-width characters gone."""
    if text.isascii() and text.isprintable():
        return text
    text = "".join(" " if c.isspace() else c for c in text)
    return "".join(c for c in text if unicodedata.category(c) not in INVISIBLE)


def unseen(text: str) -> bool:
    """Whether it holds a character that nobody sees."""
    return not (text.isascii() and text.isprintable()) and any(unicodedata.category(c) in INVISIBLE for c in text)
