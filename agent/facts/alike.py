"""Senders who look like somebody they are not. For a warning only; nothing is decided by it."""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from agent.facts.domains import free_mail, registrable
from agent.model import Address

# Characters that read like another (after UTS 39, the frequent ones), each beside what it reads as.
_PAIRS = (
    "аa еe оo рp сc уy хx іi јj ѕs ԁd һh ӏl ԛq ԝw вb кk мm нh тt гr пn зe ьb ъb αa βb εe ηn ιi κk νv οo ρp τt υu χx γy ωw ıi łl øo đd ħh "
    "0o 1l |l 3e 5s 8b 9g ɡg ɑa ᴠv ɩi ƅb"
)
_READS = {ord(pair[0]): pair[1] for pair in _PAIRS.split()}


def looks_like(address: Address, known: Iterable[Address]) -> Address | None:
    """The known address that this one could be taken for without being it: same display name, or a look-alike domain."""
    name, domain = _skeleton(address.name), registrable(address.domain)
    for other in known:
        if other.key == address.key or (registrable(other.domain) == domain and not free_mail(domain)):
            continue
        if name and " " in name and name == _skeleton(other.name):
            return other
        if other.email in address.name.lower() or (not free_mail(other.domain) and _alike(domain, registrable(other.domain))):
            return other
    return None


@lru_cache(maxsize=16384)
def _skeleton(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text[:200]).casefold().translate(_READS)
    plain = "".join(char for char in plain if not unicodedata.combining(char)).replace("rn", "m").replace("vv", "w")
    return " ".join(sorted(plain.replace(",", " ").split()))  # "Lee, Pat" is "Pat Lee"


@lru_cache(maxsize=65536)
def _alike(domain: str, other: str) -> bool:
    if domain == other or free_mail(domain):
        return False
    mine, theirs = _label(domain), _label(other)
    if mine == theirs:  # another TLD, a homoglyph or a hyphen
        return len(theirs) > 3
    near = 0 if len(theirs) < 5 else 1 if len(theirs) < 9 else 2
    return OSA.distance(mine, theirs, score_cutoff=near) <= near or _extended(mine, theirs)


def _extended(mine: str, theirs: str) -> bool:
    """acme-billing.example beside acme.example: the name with one more word."""
    return len(theirs) > 5 and (mine.startswith(theirs) or mine.endswith(theirs)) and len(mine) - len(theirs) <= 10


def _label(domain: str) -> str:
    label = domain.partition(".")[0]
    if label.startswith("xn--"):
        with contextlib.suppress(UnicodeError):
            label = label.encode("ascii").decode("idna")
    return _skeleton(label.replace("-", "")).replace(" ", "")
