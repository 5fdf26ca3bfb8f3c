"""What must stand in a text for a pattern to match anywhere in it, told from its parse tree.

To look for pieces of words costs a tenth of cutting a text into sentences and searching each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Need = tuple[Any, ...]  # each a piece that must be there, or a tuple of needs and pieces one of which must be met; () says nothing


def need(tree: Iterable[Any]) -> Need:
    """What every match needs. Pieces hold no white space: a text may have other white space than a part of it."""
    parts = tuple(_parts(tree))
    return tuple(sorted(parts, key=lambda part: isinstance(part, tuple)))  # what is soon looked for comes first


def met(needed: Need, text: str) -> bool:
    """Whether a match is possible anywhere in a text."""
    for part in needed:
        if isinstance(part, str):
            if part not in text:
                return False
        elif not _one(part, text):
            return False
    return True


def _one(ways: tuple[Need | str, ...], text: str) -> bool:
    for way in ways:  # noqa: SIM110 - `any` takes twice as long, and this is asked of every letter
        if way in text if isinstance(way, str) else met(way, text):
            return True
    return False


def _parts(nodes: Iterable[Any]) -> Iterator[str | tuple[Need | str, ...]]:
    """What each node needs; of neighbouring letters what they spell together."""
    run = ""
    for op, value in nodes:
        if str(op) == "LITERAL" and not chr(value).isspace():
            run += chr(value)
            continue
        if run:
            yield run
        run = ""
        yield from _inside(str(op), value)
    if run:
        yield run


def _inside(op: str, value: Any) -> Iterator[str | tuple[Need | str, ...]]:
    match op, value:
        case "BRANCH", (_, ways):
            each = tuple(dict.fromkeys(map(need, ways)))
            if all(each):
                yield tuple(way[0] if len(way) == 1 and isinstance(way[0], str) else way for way in each)
        case "SUBPATTERN", (_, 0, 0, inner):
            yield from _parts(inner)
        case "ATOMIC_GROUP", inner:
            yield from _parts(inner)
        case (("MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT"), (least, _, inner)) if least:
            yield from _parts(inner)
