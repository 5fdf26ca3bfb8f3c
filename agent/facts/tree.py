"""YAML 1.2 (bytes) → a tree of nodes that know their line. No value is guessed: a scalar keeps its text.

Who reads a node knows what should stand there, so `NO`, `09:00`, `1.10` and `017` stay what was written. What makes YAML
dangerous is refused: duplicate keys, tags other than those asked for, more than 100 aliases, deep nesting, great size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from agent.errors import OnwardError

ALIASES = 100
DEPTH = 30
NODES = 2_000_000  # counted with every alias expanded


class Unreadable(OnwardError):
    """Nothing in the file can be used. `line` counts from 1; 0 where no line is to blame."""

    def __init__(self, why: str, line: int = 0) -> None:
        super().__init__(why)
        self.why = why
        self.line = line
        self.before: tuple[Node, ...] = ()  # the items of a list that had ended where YAML broke
        self.faults: tuple[tuple[int, str], ...] = ()  # as of `Tree`


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar. `plain` is one without quotes; only such a one can be empty, null, true or a number."""

    text: str
    line: int
    plain: bool = False
    tag: str = ""  # also one that is not allowed, which is among the faults
    secret: bool = False  # came from outside the file and is never shown

    @property
    def empty(self) -> bool:
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Items:
    nodes: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping in the order of the file; of a key that stands twice the first counts."""

    nodes: dict[str, Node]
    keys: dict[str, int]  # the line of each key
    line: int


Node = Text | Items | Entries


@dataclass(frozen=True, slots=True)
class Tree:
    root: Node
    faults: tuple[tuple[int, str], ...] = ()  # (line, sentence) of what is refused but does not spoil the rest


@dataclass(slots=True)
class _Open:
    """A sequence or mapping that has not ended; in a mapping keys and values alternate in `nodes`."""

    mapping: bool
    line: int
    anchor: str | None = None
    nodes: list[Node] = field(default_factory=list)
    size: int = 1


def decode(data: bytes, limit: int) -> str:
    """UTF-8, with or without mark."""
    if len(data) > limit:
        raise Unreadable(f"it is larger than {limit // 1_000_000} MB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("it is not UTF-8 text; save it as UTF-8", data.count(b"\n", 0, error.start) + 1) from None


def parse(text: str, tags: tuple[str, ...] = (), line: int = 1) -> Tree:
    """Raises `Unreadable` with a line. An empty text is an empty scalar. The text begins in that `line` of its file."""
    builder = _quickly(text, tags, line)
    if builder is None:
        builder = _Builder(tags, line)
        try:
            _feed(builder, text)
        except Unreadable as error:
            error.before, error.faults = builder.ended(), tuple(builder.faults)
            raise
    return Tree(builder.root or Text("", line, plain=True), tuple(builder.faults))


def _quickly(text: str, tags: tuple[str, ...], line: int) -> _Builder | None:
    """By libyaml, which takes a twentieth of the time; None where it finds fault, and the other parser says what is wrong.

    The two differ in what breaks a line: such text is left to the other.
    """
    import yaml

    if not yaml.__with_libyaml__ or any(mark in text for mark in "\x85\u2028\u2029"):
        return None
    builder = _Builder(tags, line)
    try:
        for event in yaml.parse(text, Loader=yaml.CLoader):
            builder.take(event)
    except (yaml.YAMLError, Unreadable, ValueError):
        return None
    return builder


def _feed(builder: _Builder, text: str) -> None:
    """By a parser of YAML 1.2 whose complaints name the place."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            builder.take(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(_plainly(error.problem or "it is not valid YAML"), mark.line + builder.first if mark else 0) from None
    except ReaderError as error:
        at = error.position if isinstance(error.position, int) else 0
        raise Unreadable("it holds a character that YAML does not allow", text.count("\n", 0, at) + builder.first) from None
    except (YAMLError, ValueError, OverflowError, RecursionError, AttributeError, AssertionError, IndexError, NotImplementedError):
        raise Unreadable("it is not valid YAML") from None


def lines(text: str) -> list[str]:
    """With their ends; a line ends at LF, CR or both, and at nothing else."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)


def walk(node: Node) -> Iterator[Text]:
    """Every scalar value below, aliases expanded (their number is bounded when the tree is made)."""
    todo = [node]
    while todo:
        here = todo.pop()
        if isinstance(here, Text):
            yield here
        else:
            todo.extend(reversed(here.nodes if isinstance(here, Items) else list(here.nodes.values())))


class _Builder:
    """Events → nodes, without recursion."""

    def __init__(self, tags: tuple[str, ...], first: int) -> None:
        self.tags = tags
        self.first = first  # the number of the first line
        self.root: Node | None = None
        self.faults: list[tuple[int, str]] = []
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._aliases = 0

    def take(self, event: Any) -> None:
        line = event.start_mark.line + self.first
        match type(event).__name__:
            case "MappingStartEvent" | "SequenceStartEvent":
                self._begin(event, line)
            case "MappingEndEvent" | "SequenceEndEvent":
                self._end()
            case "ScalarEvent":
                tag = self._tag(event, line)
                self._add(Text(event.value, line, plain=not event.style and not tag, tag=tag), 1, event.anchor)
            case "AliasEvent":
                self._alias(event.anchor, line)
            case "DocumentStartEvent" if self.root is not None:
                raise Unreadable("a second document begins here; one file holds one", line)

    def ended(self) -> tuple[Node, ...]:
        """The finished items of the outermost list, while it is open."""
        return tuple(self._stack[0].nodes) if self._stack and not self._stack[0].mapping else ()

    def _tag(self, event: Any, line: int) -> str:
        tag = str(event.tag) if event.tag is not None else ""
        if tag and tag not in self.tags:
            known = f"; only {', '.join(self.tags[:-1])} and {self.tags[-1]} are" if self.tags else ""
            self.faults.append((line, f"the tag {tag[:40]} is not allowed{known}"))
        return tag

    def _begin(self, event: Any, line: int) -> None:
        if len(self._stack) >= DEPTH:
            raise Unreadable(f"it is nested more than {DEPTH} levels deep", line)
        if self._tag(event, line) in self.tags:
            self.faults.append((line, f"{event.tag} stands before a list or mapping; it takes one name"))
        self._stack.append(_Open(type(event).__name__ == "MappingStartEvent", line, event.anchor))

    def _end(self) -> None:
        done = self._stack.pop()
        node = self._entries(done) if done.mapping else Items(tuple(done.nodes), done.line)
        self._add(node, done.size, done.anchor)

    def _add(self, node: Node, size: int, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = node, size
        if not self._stack:
            self.root = node
            return
        parent = self._stack[-1]
        parent.nodes.append(node)
        parent.size += size
        if parent.size > NODES:
            raise Unreadable("its aliases expand to too much", node.line)

    def _alias(self, name: str, line: int) -> None:
        self._aliases += 1
        if self._aliases > ALIASES:
            raise Unreadable(f"it has more than {ALIASES} aliases", line)
        if name not in self._anchors:
            raise Unreadable(f"the alias *{name[:40]} has no anchor before it", line)
        self._add(*self._anchors[name], None)

    def _entries(self, done: _Open) -> Entries:
        entries: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for key, node in zip(done.nodes[::2], done.nodes[1::2], strict=True):
            if not isinstance(key, Text) or key.empty or key.tag:
                self.faults.append((key.line, "a key must be a plain word"))
            elif key.text in entries:
                self.faults.append((key.line, f"the key {key.text[:60]!r} stands twice (first in line {lines[key.text]})"))
            else:
                entries[key.text] = node
                lines[key.text] = key.line
        return Entries(entries, lines, done.line)


def _plainly(problem: str) -> str:
    """The parser's complaint in the words of somebody who edits a file."""
    known = {
        "mapping values are not allowed here": "a ':' stands where none can stand; put the text in quotes or mend the indentation",
        "cannot start any token": "a tab or special character stands where none can stand; indent with spaces, put the text in quotes",
        "could not find expected ':'": "a ':' is missing after a key",
        "expected <block end>": "the indentation does not fit the lines above",
        "expected ',' or ']'": "a list is not closed; a ',' or ']' is missing",
        "expected ',' or '}'": "a mapping is not closed; a ',' or '}' is missing",
        "unknown escape character": "a backslash stands within double quotes; write single quotes, or / in a path",
        "expected escape sequence": "a backslash stands within double quotes; write single quotes, or / in a path",
        "unexpected end of stream": "quotes are not closed",
    }
    return next((plain for part, plain in known.items() if part in problem), f"it is not valid YAML ({problem.splitlines()[0][:80]})")
