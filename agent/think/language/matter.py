"""What a promise is about, in the sentence's own words."""

from __future__ import annotations

import re

from agent.think.language.dates import Span
from agent.think.language.pack import Pack, Pattern
from agent.think.language.sentences import Sentence, plain

LONGEST = 120
FRONTED = 60


def written(sentence: Sentence, start: int, end: int) -> str:
    """A stretch of `sentence.low` as it was written."""
    same = plain(sentence.text).strip() == sentence.low
    return (sentence.text if same else sentence.low)[start:end].strip()


def matter(sentence: Sentence, start: int, end: int, pack: Pack, through: int = 0) -> str:
    """The object behind the verb that ends at `start` and before `end`; "" if it is a pronoun or missing.

    `through` is where a day that belongs to the object ends. Behind verbs of speaking ("get back", "call") only what
    it is about: "with our comments".
    """
    low = sentence.low[start:end]
    head = pack.cues["object_lead"].match(low)
    verb = sentence.low[max(0, start - 24) : start]
    speaks = pack.cues["speaks"].search(verb)
    about = pack.cues["about"].search(low)
    if about and not speaks and low[: about.start()].strip() and about.start() > (head.end() if head else 0):
        about = None  # part of the thing: "a quote with a discount"
    if (speaks and not about) or ("asks_others" in pack.cues and pack.cues["asks_others"].search(verb)):
        return ""
    begin = about.end() if about else head.end() if head else 0
    stop = _stop(sentence, start, end, max(begin, through - start), pack)
    words = written(sentence, start + begin, start + (stop.start() if stop else len(low))).strip(" ,.;:!?()-\"'")
    if not any(c.isalpha() for c in words) or pack.cues["pronoun"].fullmatch(words.lower()):
        return ""
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0]


def _stop(sentence: Sentence, start: int, end: int, begin: int, pack: Pack) -> re.Match[str] | None:
    """Where the object ends; not at an "and" with another noun behind it, where nouns are written with a capital."""
    ends: Pattern = pack.cues["object_end"].compiled
    more = pack.cues.get("and_noun")
    for stop in ends.finditer(sentence.low[start:end], begin):
        if not more or not more.compiled.match(written(sentence, start + stop.start(), end)):
            return stop
    return None


def behind(sentence: Sentence, verb: int, day: Span, end: int, pack: Pack) -> str:
    """The object where it stands behind the day: "I'll send you by Monday the plan"; it begins with an article."""
    between = sentence.low[verb : day.start]
    if pack.cues["named"].search(between) or not pack.cues["article"].match(sentence.low, day.end):
        return ""
    return matter(sentence, day.end, end, pack)


def fronted(sentence: Sentence, start: int, end: int, pack: Pack) -> str:
    """The object where it stands before the verb: "Das Angebot schicke ich …"; what lies between `start` and `end`."""
    pattern = pack.cues.get("fronted")
    found = pattern.search(sentence.low[:end], max(start, end - FRONTED)) if pattern else None
    if not found or plain(sentence.text).strip() != sentence.low:
        return ""
    return sentence.text[found.start("what") : found.end("what")]
