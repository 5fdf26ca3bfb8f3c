"""The words that no template can hold: names of days, how a time is written, and the requests of each kind.

A language that mail is read in (`agent.think.language`) is one module here, too, that defines `WORDS`, and one folder of templates.
"""

from __future__ import annotations

from importlib import import_module

from agent.draft.wording import en
from agent.draft.wording.words import Thing, Topic, Words, begins, spoken
from agent.think.language.identify import KNOWN

PACKS: dict[str, Words] = {code: import_module(f"agent.draft.wording.{code}").WORDS for code in KNOWN}


def words(language: str) -> Words:
    """The pack of that language, English where there is none."""
    return PACKS.get(language, en.WORDS)


__all__ = ["PACKS", "Thing", "Topic", "Words", "begins", "spoken", "words"]
