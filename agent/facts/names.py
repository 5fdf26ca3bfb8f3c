"""The names of people, as they are written and as they are said."""

from __future__ import annotations

from agent import bundled

BEHIND = frozenset("jr sr ii iii iv phd dphil md mba cpa esq msc bsc ba ma dds cfa pmp".split())  # follow a name after a comma


def in_order(name: str) -> str:
    """ "Lee, Pat" as "Pat Lee"; whatever else stands with a comma as it is: titles behind a name, companies, lists."""
    last, comma, first = (part.strip() for part in name.partition(","))
    if not (comma and last and first) or "," in first or len(name) > 100 or not _of_a_person(last) or not _of_a_person(first):
        return name
    return f"{first} {last}"


def _of_a_person(part: str) -> bool:
    words = [word.strip(".").replace(".", "").lower() for word in part.split()]
    letters = all(c.isalpha() or c in "-'’. " for c in part)
    return letters and len(words) <= 3 and not any(word in BEHIND or word in bundled.lines("not_a_first_name") for word in words)
