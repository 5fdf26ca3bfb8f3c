"""What may be copied into a draft: first names that are sure, and names and topics that cannot do harm there."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from agent import bundled
from agent.draft import lint
from agent.draft.text import fold, visible
from agent.facts.names import in_order
from agent.think.gatherings import called
from agent.think.words import PASSED_ON, REPLY

_MARKS = str.maketrans("|", "–", '"“”„«»`')
LONGEST = 80  # characters of a name in a draft
_INSIDE = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]")
_SEPARATED = re.compile(r"(?P<head>[^–—:/-]{2,60}?)\s{0,3}(?:[–—:/]|(?<=\s)-)\s{1,3}(?P<rest>\S.{0,400})")
_LONG_NUMBER = re.compile(r"\d(?:[ \-./()]{0,3}\d){5}")
_REPLY = re.compile(rf"(?:{REPLY}|{PASSED_ON})\s{{0,3}}:\s{{0,9}}", re.IGNORECASE)


def first_name(name: str, email: str = "") -> str:
    """The first name in a person's name, "" where it is not sure: titles, initials, roles, companies, capitals only.

    A single word is a first name only if the address begins with it.
    """
    words = _INSIDE.sub(" ", name[:200]).strip().strip("\"'").split()
    unsure = _folded("not_a_first_name")
    if any(fold(word.strip(".,")) in unsure for word in words) or not all(_name_like(word) for word in words):
        return ""
    if words and words[0].endswith(","):  # "Lee, Pat"
        words = [*words[1:], words[0][:-1]]
    if not words or any("," in word for word in words):
        return ""
    first = words[0]
    capital = first[0].isupper() or not (first.isupper() or first.islower())  # scripts without case
    sure = capital and 2 <= len(first) <= 30 and not first.endswith(".") and not (first.isupper() and len(first) > 1)
    if len(words) == 1 and not fold(email).startswith(fold(first)):
        return ""
    return first if sure else ""


def full_name(name: str, email: str = "") -> str:
    """First and last name, "" where the first is not sure or the last is missing."""
    first, whole = first_name(name, email), " ".join(_INSIDE.sub(" ", in_order(" ".join(name[:200].split()).strip("\"'"))).split())
    sure = first and whole.startswith(f"{first} ") and len(whole) <= LONGEST and "," not in whole and not lint.unfit(whole)
    return whole if sure else ""


@cache
def _folded(name: str) -> frozenset[str]:
    return frozenset(map(fold, bundled.lines(name)))


def _name_like(word: str) -> bool:
    return all(unicodedata.category(c)[0] in "LM" or c in "-'’.," for c in word)


def plain(text: str, *, crm: bool = False) -> str:
    """A name of the deal, meeting or account as one line fit for a draft, without what stands in brackets; "" if it is not fit.

    `crm`: the rep's own record; it may look like a domain, as the names of some companies do, and hold long numbers.
    """
    text = " ".join(_INSIDE.sub(" ", visible(text[:400]).translate(_MARKS)).split()).strip(" -–—:,;/.")
    if len(text) > LONGEST:
        text = text[: LONGEST + 1].rpartition(" ")[0]
    if crm:
        return "" if not text or lint.unfit(text.replace(".", " ")) else text
    return "" if not text or lint.unfit(text) or _LONG_NUMBER.search(text) else text


def without(text: str, account: str) -> str:
    """A name without the account's before it: "Acme – Rollout" is "Rollout" to people at Acme."""
    found = _SEPARATED.match(text)
    head, named = fold(found["head"]) if found else "", fold(account)
    return found["rest"] if found and head and (named.startswith(head) or head.startswith(named or "\0")) else text


def topic(text: str, longest: int = 10) -> str:
    """What a mail is about, from its own words: only words of letters, so no number, link or address comes along.

    "" if one of its words may not come along, for what is left would name another thing ("SOC 2 report"); and if it
    has more words than `longest`: that is no topic, but somebody's sentence.
    """
    words = [word for w in visible(text[:400]).split() if (word := w.strip(" .,;:!?\"“”„«»'’()–—-"))]
    dangling = _folded("dangling_words")
    while words and fold(words[-1]) in dangling:
        words.pop()
    whole = len(words) <= longest and all(unicodedata.category(c)[0] in "LM" or c in "-'’" for word in words for c in word)
    named = " ".join(words)
    return plain(named) if whole and len(named) <= LONGEST else ""


def stripped(subject: str) -> str:
    """A subject without its prefixes of answering, forwarding and cancelling."""
    subject = called(subject)
    for _ in range(8):
        found = _REPLY.match(subject)
        if not found:
            break
        subject = called(subject[found.end() :])
    return subject
