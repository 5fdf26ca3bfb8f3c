"""What a promise is about, in the sentence's own words."""

from __future__ import annotations

from agent.think.language.pack import Pack
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
    stop = pack.cues["object_end"].search(low, max(begin, through - start))
    words = written(sentence, start + begin, start + (stop.start() if stop else len(low))).strip(" ,.;:!?()-\"'")
    if not any(c.isalpha() for c in words) or pack.cues["pronoun"].fullmatch(words.lower()):
        return ""
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0]


def fronted(sentence: Sentence, start: int, end: int, pack: Pack) -> str:
    """The object where it stands before the verb: "Das Angebot schicke ich …"; what lies between `start` and `end`."""
    pattern = pack.cues.get("fronted")
    found = pattern.search(sentence.low[:end], max(start, end - FRONTED)) if pattern else None
    if not found or plain(sentence.text).strip() != sentence.low:
        return ""
    return sentence.text[found.start("what") : found.end("what")]
