"""The words that no template can hold: names of days, how a time is written, and the requests of each kind.

A language is one module here that defines `WORDS`, and one folder of templates.
"""

from __future__ import annotations

from agent.draft.wording import de, en, es, fr, nl
from agent.draft.wording.words import Thing, Topic, Words, begins, spoken

PACKS: dict[str, Words] = {"en": en.WORDS, "de": de.WORDS, "fr": fr.WORDS, "es": es.WORDS, "nl": nl.WORDS}


def words(language: str) -> Words:
    """The pack of that language, English where there is none."""
    return PACKS.get(language, en.WORDS)


__all__ = ["PACKS", "Thing", "Topic", "Words", "begins", "spoken", "words"]
