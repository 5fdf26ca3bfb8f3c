"""How the matches of a pattern may begin, told from its parse tree, and where in a text one could begin so.

Most sentences hold nothing that most patterns look for. That is seen at the first letters of their words, much sooner
than by searching; and where a match could begin, the pattern is tried at that place alone. It finds what a plain search
finds: only places where no match can begin are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any

Pattern = re.Pattern[str]
Match = re.Match[str]

LONG = 5  # letters of a beginning that are told apart
MOST = 2_000  # beginnings of one pattern; beyond it they are told by fewer letters
HEAD = "\2"  # stands before a beginning that must be the text's

_parser: Any = import_module("re._parser")  # the standard library's own; it has no types, and `sre_parse` is its deprecated name
_compiler: Any = import_module("re._compiler")
_SPACES = re.compile(r"[^\S ]|\x02")
_RUN = re.compile(r"\s+")
_DIGITS = re.compile(r"\d")
FREE = re.compile(r"(?<!\w).", re.DOTALL)  # where a match can begin that does not begin within a word
BETWEEN = re.compile(r"\W")  # where one can that begins between words
LONGEST = 1_000  # characters of a text; a longer one is searched plainly
TEXTS = 64  # texts whose places are remembered
WORDS = 20_000  # beginnings of words, likewise

# ------------------------------------------------------------------------------------------------------ the parse tree


def _letter(code: int) -> str:
    """White space is one space, a digit a zero, in the text likewise."""
    char = chr(code)
    return " " if char.isspace() or char == HEAD else "0" if char.isdecimal() else char


def _letters(members: Iterable[Any]) -> set[str] | None:
    """The characters of a set such as [a-f\\s]; None if there are too many to list."""
    found: set[str] = set()
    for op, value in members:
        match str(op), value:
            case "LITERAL", code:
                found.add(_letter(code))
            case "RANGE", (low, high) if high - low < 40:
                found.update(_letter(code) for code in range(low, high + 1))
            case "CATEGORY", kind if str(kind) in ("CATEGORY_SPACE", "CATEGORY_DIGIT"):
                found.add(" " if str(kind) == "CATEGORY_SPACE" else "0")
            case _:
                return None
    return found


class _Openings:
    """Walks a tree; what it has in hand can be written on, what is in `done` is long enough or cannot be told further."""

    def __init__(self) -> None:
        self.done: set[str] = set()

    def walk(self, nodes: Iterable[Any], hand: set[str]) -> set[str]:
        for op, value in nodes:
            if not hand:
                break
            hand = self._node(str(op), value, hand)
        return hand

    def _node(self, op: str, value: Any, hand: set[str]) -> set[str]:
        match op, value:
            case "LITERAL", code:
                return self._write(hand, {_letter(code)})
            case "IN", members:
                return self._write(hand, _letters(members))
            case "BRANCH", (_, ways):
                return set().union(*(self.walk(way, hand) for way in ways))
            case "SUBPATTERN", (_, 0, 0, inner):
                return self.walk(inner, hand)
            case "ATOMIC_GROUP", inner:
                return self.walk(inner, hand)
            case ("MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT"), (least, most, inner):
                return self._repeat(int(least), int(most), inner, hand)
            case "AT", place if str(place) == "AT_BEGINNING":
                return {t or HEAD for t in hand}
            case ("AT" | "ASSERT" | "ASSERT_NOT"), _:
                return hand
        self.done |= hand
        return set()

    def _write(self, hand: set[str], letters: set[str] | None) -> set[str]:
        if letters is None or len(hand) * len(letters) > MOST:
            self.done |= hand
            return set()
        made = {t if c == " " and t[-1:] == " " else t + c for t in hand for c in letters}
        long = {t for t in made if len(t) - (t[:1] == HEAD) >= LONG}
        self.done |= long
        return made - long

    def _repeat(self, least: int, most: int, inner: Any, hand: set[str]) -> set[str]:
        made = set() if least else set(hand)
        for turn in range(1, most + 1):
            if not hand:
                break
            if turn > least + 2 * LONG:
                self.done |= hand
                break
            hand = self.walk(inner, hand)
            if turn >= least:
                hand = hand - made
                made |= hand
        return made


def _guarded(tree: Any) -> bool:
    """Whether a pattern begins with (?<!\\w) or the like: no match begins within a word."""
    op, value = tree[0] if len(tree) else ("", None)
    if str(op) != "ASSERT_NOT" or value[0] != -1 or len(value[1]) != 1:
        return False
    inner, members = value[1][0]
    return str(inner) == "IN" and any(str(kind) == "CATEGORY" and str(name) == "CATEGORY_WORD" for kind, name in members)


def openings(source: str, between: bool = False) -> frozenset[str] | None:
    """All beginnings that a match can have, up to `LONG` characters; None where they cannot be told.

    One may be given that no match has, never one left out that a match has. None too where a match can begin within a
    word, or, with `between`, where one can begin with a word.
    """
    tree = _parser.parse(source)
    if tree.state.flags & ~re.UNICODE:
        return None
    walk = _Openings()
    found = walk.walk(tree, {""}) | walk.done
    if between:
        sure = not any(way[0] == HEAD or way[0] == "_" or way[0].isalnum() for way in found if way)
    else:
        sure = _guarded(tree) or all(way[:1] == HEAD for way in found)
    return frozenset(found) if sure and "" not in found else None


# ------------------------------------------------------------------------------------------------------------- search


class Cue:
    """A pattern that is parsed and compiled when it is first needed: most of a language is not needed for most letters."""

    __slots__ = ("_pattern", "source")

    def __init__(self, source: str, pattern: Pattern | None = None) -> None:
        self.source, self._pattern = source, pattern

    @classmethod
    def of(cls, pattern: Pattern | Cue) -> Cue:
        return pattern if isinstance(pattern, Cue) else cls(pattern.pattern, pattern)

    @property
    def compiled(self) -> Pattern:
        if self._pattern is None:
            self._pattern = re.compile(self.source)
        return self._pattern

    # Plainly, as a compiled pattern does it:

    def search(self, text: str, start: int = 0) -> Match | None:
        return self.compiled.search(text, start)

    def match(self, text: str, start: int = 0) -> Match | None:
        return self.compiled.match(text, start)

    def fullmatch(self, text: str) -> Match | None:
        return self.compiled.fullmatch(text)

    def finditer(self, text: str) -> Iterator[Match]:
        return self.compiled.finditer(text)

    def sub(self, by: str, text: str) -> str:
        return self.compiled.sub(by, text)


class Index:
    """Where in a text the cues that belong to it could match: found for all of them in one pass over the text's words."""

    def __init__(self, free: Pattern = FREE) -> None:
        self._free = free
        self._ways: dict[str, list[Cue]] = {}  # by the beginning of their matches
        self._added: set[Cue] = set()
        self._plain: set[Cue] = set()  # searched plainly
        self._words: dict[str, tuple[Cue, ...]] = {}  # what was found of `_ways`, by the first letters of a word
        self._texts: dict[str, dict[Cue, list[int]]] = {}

    def search(self, cue: Cue, text: str) -> Match | None:
        places = self._places(cue, text)
        if places is None:
            return cue.compiled.search(text)
        for at in places:
            if found := cue.compiled.match(text, at):
                return found
        return None

    def finditer(self, cue: Cue, text: str) -> Iterator[Match]:
        places = self._places(cue, text)
        if places is None:
            yield from cue.compiled.finditer(text)
            return
        end = 0
        for at in places:
            if at >= end and (found := cue.compiled.match(text, at)):
                end = found.end()
                yield found

    def _places(self, cue: Cue, text: str) -> Sequence[int] | None:
        """In order; None: anywhere."""
        if cue not in self._added:
            self._add(cue)
        if cue in self._plain or not 0 < len(text) <= LONGEST:
            return None
        texts, words = self._texts, self._words
        found = texts.get(text)
        if found is None:
            if len(texts) >= TEXTS:
                texts.clear()
            found = texts[text] = self._all_places(text, words)
        return found.get(cue, ())

    def _add(self, cue: Cue) -> None:
        """What was remembered is dropped by new dictionaries: another thread may be at work with the old ones."""
        ways = openings(cue.source, self._free is BETWEEN)
        if ways is None:
            self._plain.add(cue)
        for way in ways or ():
            self._ways.setdefault(way, []).append(cue)
        self._words, self._texts = {}, {}
        self._added.add(cue)

    def _all_places(self, text: str, words: dict[str, tuple[Cue, ...]]) -> dict[Cue, list[int]]:
        if len(words) > WORDS:
            words.clear()
        plain = _DIGITS.sub("0", _SPACES.sub(" ", text))
        runs = "  " in plain
        found: dict[Cue, list[int]] = {}
        for match in self._free.finditer(plain):
            at = match.start()
            word = _RUN.sub(" ", plain[at:])[:LONG] if runs else plain[at : at + LONG]
            if at == 0:
                word = HEAD + word
            cues = words.get(word)
            if cues is None:
                cues = words[word] = self._cues(word)
            for cue in cues:
                found.setdefault(cue, []).append(at)
        return found

    def _cues(self, word: str) -> tuple[Cue, ...]:
        """Those with a match that can begin so; at the head of a text both those that must begin there and all others."""
        free = word.removeprefix(HEAD)
        ways = {free[:n] for n in range(1, len(free) + 1)}
        if word != free:
            ways |= {HEAD + free[:n] for n in range(len(free) + 1)}
        return tuple(dict.fromkeys(cue for way in sorted(ways) for cue in self._ways.get(way, ())))
