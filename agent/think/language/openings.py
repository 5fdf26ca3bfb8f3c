"""How the matches of a pattern may begin, told from its parse tree, and where in a text one could begin so.

Most sentences hold nothing that most patterns look for. That is seen at the first letters of their words, much sooner
than by searching; and where a match could begin, the pattern is tried at that place alone. It finds what a plain search
finds: only places where no match can begin are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from agent.think.language.needles import Need, met, need

Pattern = re.Pattern[str]
Match = re.Match[str]

LONG = 5  # letters of a beginning that are told apart
MOST = 2_000  # beginnings of one pattern; beyond it they are told by fewer letters
HEAD = "\2"  # stands before a beginning that must be the text's

# The standard library's own, without types; their public names (`sre_parse`, `sre_compile`) are deprecated.
_parser: Any = import_module("re._parser")
_compiler: Any = import_module("re._compiler")
_ODD = re.compile(r"[^\S ]|\x02")  # white space but the space, and HEAD
_FOLDED = re.compile(r"\d|[^\S ]|\x02")
_RUN = re.compile(r"\s+")
_DIGITS = re.compile(r"\d")
FREE = re.compile(rf"(?<!\w)(?=(.{{1,{LONG}}}))", re.DOTALL)  # where a match can begin that does not begin within a word
LONGEST = 1_000  # characters of a text; a longer one is searched plainly
TEXTS = 64  # texts whose places are remembered
SHORT = 5_000  # searches, about ten letters
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
            case (("MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT"), (least, most, inner)):
                return self._repeat(int(least), int(most), inner, hand)
            case "AT", place if str(place) == "AT_BEGINNING":
                return {t or HEAD for t in hand}
            case (("AT" | "ASSERT" | "ASSERT_NOT"), _):
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
    if not len(tree):
        return False
    op, value = tree[0]
    if str(op) != "ASSERT_NOT" or value[0] != -1 or len(value[1]) != 1:
        return False
    inner, members = value[1][0]
    return str(inner) == "IN" and any(str(kind) == "CATEGORY" and str(name) == "CATEGORY_WORD" for kind, name in members)


def _digit(nodes: Iterable[Any]) -> bool:
    """Whether every match holds a digit."""
    for op, value in nodes:
        match str(op), value:
            case "IN", members:
                sure = _letters(members) == {"0"}
            case "BRANCH", (_, ways):
                sure = all(map(_digit, ways))
            case "SUBPATTERN", (*_, inner):
                sure = _digit(inner)
            case (("MAX_REPEAT" | "MIN_REPEAT"), (least, _, inner)):
                sure = least > 0 and _digit(inner)
            case _:
                sure = False
        if sure:
            return True
    return False


def openings(source: str, tree: Any = None) -> tuple[frozenset[str] | None, bool]:
    """All beginnings that a match can have, up to `LONG` characters; None where they cannot be told. And whether it holds a digit.

    A beginning may be given that no match has; none is left out that a match has. None too where one can begin within a word.
    `tree` is the source parsed.
    """
    tree = tree or _parser.parse(source)
    if tree.state.flags & ~re.UNICODE:
        return None, False
    walk = _Openings()
    found = walk.walk(tree, {""}) | walk.done
    sure = tree.getwidth()[0] > 0 and "" not in found and (_guarded(tree) or all(way[0] == HEAD for way in found))
    return (frozenset(found) if sure else None), _digit(tree)


# ------------------------------------------------------------------------------------------------------------- search


@cache
def _parsed(source: str) -> Any:
    """Takes about as long as to compile it, is asked for three times, and is a hundred times as large: not to be kept with the cue."""
    return _parser.parse(source)


class Cue:
    """A pattern that is parsed and compiled when it is first needed: most of a language is not needed for most letters."""

    __slots__ = ("_need", "_pattern", "source")

    def __init__(self, source: str, pattern: Pattern | None = None) -> None:
        self.source, self._pattern = source, pattern
        self._need: Need | None = None

    @classmethod
    def of(cls, pattern: Pattern | Cue) -> Cue:
        return pattern if isinstance(pattern, Cue) else cls(pattern.pattern, pattern)

    @property
    def compiled(self) -> Pattern:
        if self._pattern is None:
            self._pattern = _compiler.compile(self.tree)
        return self._pattern

    @property
    def tree(self) -> Any:
        return _parsed(self.source)

    def possible(self, text: str) -> bool:
        """Whether a part of a text could match, told by the words that stand in it."""
        if self._need is None:
            self._need = () if self.tree.state.flags & ~re.UNICODE else need(self.tree)
        return met(self._need, text)

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


class _Words(dict[str, tuple[str, ...]]):
    """By the first letters of a word, the names of the cues with a match that can begin so."""

    def __init__(self, ways: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self._ways = ways

    def __missing__(self, word: str) -> tuple[str, ...]:
        if len(self) > WORDS:
            self.clear()
        begins = {word[:n] for n in range(1, len(word) + 1)}
        if word[0] == HEAD:
            begins |= {word[1:n] for n in range(2, len(word) + 1)}
        self[word] = found = tuple({name for way in begins for name in self._ways.get(way, ())})
        return found


class _Text:
    """What is known of a text: where which cues could match in it, and what was found of them, or not, by name."""

    __slots__ = ("found", "places")

    def __init__(self, text: str, words: _Words) -> None:
        plain = _DIGITS.sub("0", _ODD.sub(" ", text)) if _FOLDED.search(text) else text
        runs, head = "  " in plain, HEAD
        self.found: dict[str, Match | None] = {}
        self.places: dict[str, list[int]] = {}
        for match in FREE.finditer(plain):
            at = match.start()
            for name in words[head + (_RUN.sub(" ", plain[at:])[:LONG] if runs else match[1])]:
                if name in self.places:
                    self.places[name].append(at)
                else:
                    self.places[name] = [at]
            head = ""


class Index:
    """Searches texts for cues that belong together: one pass over a text's words tells which of them could match at all."""

    def __init__(self, cues: Mapping[str, Cue], plainly: int = SHORT) -> None:
        """So many searches are made plainly: for a few letters it is not worth while to look into the patterns."""
        self._cues, self._plainly = cues, plainly
        self._ways: dict[str, list[str]] = {}  # by the beginning of their matches
        self._plain: dict[str, bool] = {}  # those that are searched plainly; True: only where there is a digit
        self._absent: dict[str, Match | None] = {}  # what is known of a text in which no cue could match
        self._words = _Words(self._ways)
        self._texts: dict[str, _Text] = {}

    def find(self, name: str, text: str) -> Match | None:
        try:
            return self._texts[text].found[name]
        except KeyError:
            return self._search(name, text)

    def has(self, name: str, text: str) -> bool:
        try:
            return self._texts[text].found[name] is not None
        except KeyError:
            return self._search(name, text) is not None

    def each(self, name: str, text: str) -> Iterable[Match]:
        """All matches that do not overlap, in order."""
        if self.find(name, text) is None:
            return ()
        known = self._texts.get(text)
        pattern = self._cues[name].compiled
        return _each(pattern, text, known.places[name]) if known and name in known.places else pattern.finditer(text)

    def without(self, name: str, text: str) -> str:
        """The text with a space for each match."""
        if self.find(name, text) is None:
            return text
        pieces, end = [], 0
        for match in self.each(name, text):
            pieces.append(text[end : match.start()])
            end = match.end()
        return " ".join((*pieces, text[end:]))

    def _search(self, name: str, text: str) -> Match | None:
        if name not in self._absent and name not in self._plain:
            if self._plainly > 0:
                self._plainly -= 1
                return self._cues[name].compiled.search(text) if name in self._cues else None
            self._add(name)
        known = self._texts.get(text) or self._know(text)
        if name not in known.found:
            known.found[name] = self._match(name, text, known.places.get(name)) if name in self._cues else None
        return known.found[name]

    def _match(self, name: str, text: str, places: Iterable[int] | None) -> Match | None:
        pattern = self._cues[name].compiled
        if places is None:
            return pattern.search(text) if not self._plain.get(name) or _DIGITS.search(text) else None
        for at in places:
            if found := pattern.match(text, at):
                return found
        return None

    def _know(self, text: str) -> _Text:
        texts, absent = self._texts, self._absent
        if len(texts) >= TEXTS:
            texts.clear()
        fit = 0 < len(text) <= LONGEST
        known = _Text(text if fit else "", self._words)
        if fit:
            known.found = absent.copy()
            for name in known.places:
                known.found.pop(name, None)
        texts[text] = known
        return known

    def _add(self, name: str) -> None:
        """What was remembered is dropped by new dictionaries: another thread may be at work with the old ones."""
        ways, digit = openings(self._cues[name].source, self._cues[name].tree) if name in self._cues else (frozenset(), False)
        for way in ways or ():
            self._ways.setdefault(way, []).append(name)
        self._words, self._texts = _Words(self._ways), {}
        if ways is None:
            self._plain[name] = digit
        else:
            self._absent = {**self._absent, name: None}


def _each(pattern: Pattern, text: str, places: Iterable[int]) -> Iterator[Match]:
    end = 0
    for at in places:
        if at >= end and (found := pattern.match(text, at)):
            end = found.end()
            yield found
