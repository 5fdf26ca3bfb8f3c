"""What a mail says: the sentences that questions, promises, deferrals, acceptances and the like are made of.

`read` is the only door. A language is one file beside this one (`en.py`, `de.py`, …): its rule pack.
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from functools import cache
from importlib import import_module

from agent.model import WorkingTime
from agent.think.language.acts import Act, Reading
from agent.think.language.dates import Context, day_first
from agent.think.language.identify import KNOWN, identify
from agent.think.language.pack import Pack
from agent.think.language.reading import Reader
from agent.think.language.sentences import sentences

__all__ = ["expects_answer", "identify", "read"]


@cache
def _pack(language: str) -> Pack:
    pack = import_module(f"agent.think.language.{language}").PACK
    assert isinstance(pack, Pack)
    return pack


def read(text: str, sent: datetime, working: WorkingTime, other_zone: tzinfo | None = None, language: str | None = None) -> Reading:
    """The acts of a newly written text (quotes, signature and disclaimer cut).

    `sent` is aware, in the sender's zone; `working` are the rep's working days; `other_zone` is what "your time" means,
    the reader's. Without a pack for the language: no acts, which says nothing about what the text asks.
    """
    code = identify(text) if language is None else language
    if code not in KNOWN:
        return Reading("", ())
    pack = _pack(code)
    found = sentences(text, pack)
    reader = Reader(pack, Context(sent, working, other_zone, day_first(found)))
    acts: list[Act] = []
    for sentence in found:
        acts += reader.read(sentence)
    return Reading(code, tuple(acts))


def expects_answer(reading: Reading) -> bool:
    """Whether a mail of ours waits for a reply: it asks, requests, proposes, or hands over a quote or contract."""
    if reading.has("question", "request", "proposal"):
        return True
    return reading.language in KNOWN and any(_pack(reading.language).has("offer_sent", act.quote.lower()) for act in reading.acts)
