"""What a promise is about, in the sentence's own words."""

from __future__ import annotations

from agent.think.language.pack import Pack
from agent.think.language.sentences import Sentence, plain

LONGEST = 60


def matter(sentence: Sentence, start: int, end: int, pack: Pack) -> str:
    """The object behind the verb that ends at `start` and before `end`; "" if it is a pronoun or missing.

    Behind verbs of speaking ("get back", "call") only what it is about: "with our comments".
    """
    low = sentence.low[start:end]
    written = sentence.text[start:end] if plain(sentence.text).strip() == sentence.low else low
    head = pack.cues["object_lead"].match(low)
    about = pack.cues["about"].search(low)
    if not about and pack.cues["speaks"].search(sentence.low[max(0, start - 24) : start]):
        return ""
    begin = about.end() if about else head.end() if head else 0
    stop = pack.cues["object_end"].search(low, begin)
    words = written[begin : stop.start() if stop else len(written)].strip(" ,.;:!?()-\"'")
    if not any(c.isalpha() for c in words) or pack.cues["pronoun"].fullmatch(words.lower()):
        return ""
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0]
