"""What a mail says: the sentences that questions, promises, deferrals, acceptances and the like are made of.

`read` is the only door. A language is one file beside this one (`en.py`, `de.py`, …): its rule pack.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from functools import cache
from importlib import import_module

from agent.model import WorkingTime
from agent.think.language.acts import Act, Kind, Reading
from agent.think.language.dates import Context, day_first
from agent.think.language.identify import KNOWN, identify
from agent.think.language.pack import Pack
from agent.think.language.reading import Reader
from agent.think.language.sentences import plain, sentences

__all__ = ["expects_answer", "glance", "identify", "read"]


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
    if any(a.kind == "deferral" and a.when for a in acts):  # "no need at the moment, ask us again in April" is no no
        acts = [a for a in acts if a.kind != "refusal" or not pack.has("for_now", a.quote.lower())]
    if any(a.kind == "proposal" or (a.kind == "acceptance" and a.when) for a in acts):
        picks = {s.start for s in found if pack.has("picks", s.low.strip())}
        acts = [a for a in acts if a.kind not in ("question", "request") or a.start not in picks]  # "which suits you?" is part of the offer
    return Reading(code, tuple(acts))


SIGNED: frozenset[Kind] = frozenset({"stop", "missed", "promise"})  # a text that does one of these has the pack's cue of that name


def glance(text: str, language: Callable[[], str]) -> Callable[[Kind], bool]:
    """Whether a text in a language could do a thing at all: much cheaper than reading it, and never wrong with a no."""

    @cache
    def whole() -> tuple[Pack | None, str]:
        code = language()
        return (_pack(code), plain(text)) if code in KNOWN else (None, "")

    @cache
    def lines() -> tuple[str, ...]:
        pack, _ = whole()
        return tuple(s.low for s in sentences(text, pack)) if pack else ()

    @cache
    def may(kind: Kind) -> bool:
        if kind not in SIGNED:
            return True
        pack, low = whole()
        return pack is not None and pack.cues[kind].possible(low) and any(pack.has(kind, line) for line in lines())

    return may


def expects_answer(reading: Reading) -> bool:
    """Whether a mail of ours waits for a reply: it asks, requests, proposes, or hands over a quote or contract."""
    if reading.has("question", "request", "proposal"):
        return True
    return reading.language in KNOWN and any(
        _pack(reading.language).has("offer_sent", act.quote.lower()) for act in reading.acts if not (act.kind == "promise" and act.when)
    )
