"""Words of subjects and titles: whole, case and accents folded."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent import bundled
from agent.facts.words import fold
from agent.model import Deal
from agent.think.dossier import account

REPLY = r"(?:re|aw|sv|vs|antw|odp|ref|rif)"  # before the subject of an answer, in any case
PASSED_ON = r"(?:wg|fwd?|tr|rv|res|enc|doorst|r|i)"  # or of what was passed on, or of either
PREFIX = re.compile(rf"^\s*(?:(?:{REPLY}|{PASSED_ON})(?:\[\d{{1,3}}\])?\s*:\s*)+", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+")
CAPITALS = re.compile(r"\b[A-Z]{2,8}\b")
INITIALS = re.compile(r"\b(\w)\.(?=\w\b|\W|$)")


def subject(text: str) -> str:
    """Without "Re:", "AW:", "Fwd:" and their like."""
    return PREFIX.sub("", text[:2000])


def of(text: str) -> frozenset[str]:
    """The different words that could tell one thing from another. "IT" in capitals is no function word."""
    said = text[:2000]
    names = frozenset() if said.isupper() else frozenset(map(fold, CAPITALS.findall(said)))
    return frozenset(WORD.findall(fold(said))) - (frozenset(bundled.lines("function_words")) - names)


def account_words(name: str) -> frozenset[str]:
    """An account's name without its legal form ("B.V." is "BV")."""
    return of(INITIALS.sub(r"\1", name)) - frozenset(bundled.lines("legal_forms"))


def choose(text: str, deals: Sequence[Deal]) -> tuple[list[Deal], frozenset[str]]:
    """The deals that most different words of `text` name (all of them if none does), and those words of the first.

    A candidate's words are those of its name and products that no other candidate has; across accounts also the
    account's name.
    """
    said = of(text)
    across = len({account(d) for d in deals}) > 1
    own = {d.id: of(" ".join((d.name, *d.products))) | (account_words(d.account) if across else frozenset()) for d in deals}
    hits = {d.id: (own[d.id] - frozenset().union(*(own[o.id] for o in deals if o.id != d.id))) & said for d in deals}
    most = max(len(h) for h in hits.values())
    best = [d for d in deals if len(hits[d.id]) == most]
    return best, hits[best[0].id]
