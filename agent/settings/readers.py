"""What may stand at a place of a YAML file: each reader turns a node into a value, or says what is wrong, and knows its
own JSON Schema. All problems of a file are gathered; a value that is wrong counts as left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from agent.facts.tree import Entries, Items, Node, Text
from agent.settings.words import meant

Schema = dict[str, Any]
EXAMPLES = {  # of what may be missing, by its place or its key alone
    "rep": "{name: Dana Reyes, email: dana@northwind.example, timezone: America/New_York}",
    "mail": "{kind: folder, path: mail}",
    "calendar": "{kind: folder, path: calendar.ics}",
    "deals": "{kind: folder, path: deals.yaml}",
    "name": "Dana Reyes",
    "email": "dana@northwind.example",
    "timezone": "America/New_York",
    "stages.name": "Proposal",
    "path": "mail",
    "calendar.path": "calendar.ics",
    "deals.path": "deals.yaml",
    "host": "imap.example.com",
    "user": "dana@northwind.example",
    "url": "https://calendar.example.com",
    "ask": "one question",
    "backup": "one smaller question",
}
MERGE = "<<"  # of YAML 1.1
TRUE, FALSE = ("true", "yes", "on"), ("false", "no", "off")


@dataclass(slots=True)
class Problems:
    """The problems of one file, as `file:line: sentence`."""

    file: str
    found: dict[tuple[int, str], None] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def add(self, line: int, sentence: str) -> None:
        self.found.setdefault((line, sentence))

    def warn(self, line: int, sentence: str) -> None:
        """What does not keep the file from being used."""
        self.warnings.append(f"{self.file}:{max(line, 1)}: {sentence}")

    def lines(self) -> list[str]:
        """In the order of the file, each on one line."""
        return [f"{self.file}:{max(line, 1)}: {' '.join(says.split())}" for line, says in sorted(self.found, key=lambda p: p[0])]


class Wrong(Exception):
    """The value at this place cannot be read; the reason has been noted."""


class Reader(Protocol):
    def read(self, node: Node, at: str, problems: Problems, line: int = 0, /) -> Any:
        """`at` is the dotted place, for sentences; `line` that of the key, where what is missing below is reported.
        Raises `Wrong` after noting why."""

    def schema(self) -> Schema: ...


def shown(node: Text) -> str:
    """A value as it may be printed."""
    return "the secret" if node.secret else repr(node.text[:60])


def refuse(node: Node, at: str, sentence: str, problems: Problems) -> Wrong:
    problems.add(node.line, f"{at}: {sentence}" if at else sentence)
    return Wrong()


@dataclass(frozen=True, slots=True)
class Word:
    """A scalar that `parse` turns into a value; `parse` raises `ValueError` with the end of a sentence."""

    parse: Callable[[str], Any] = str.strip
    shape: Schema = field(default_factory=lambda: {"type": "string"})
    strict: bool = False  # numbers and true/false without quotes are no text
    secret: bool = False  # must come by !env or !file
    blank: bool = False  # may be empty

    def read(self, node: Node, at: str, problems: Problems, _line: int = 0) -> Any:
        if not isinstance(node, Text):
            raise refuse(node, at, f"must be one value, not a {'list' if isinstance(node, Items) else 'mapping'}", problems)
        if self.secret and not node.secret:
            raise refuse(node, at, "a secret does not stand in this file; write !env NAME or !file PATH", problems)
        if node.empty or not (node.text.strip() or self.blank):
            raise refuse(node, at, "is empty; write a value or take it away", problems)
        if self.strict and node.plain and _no_text(node.text):
            raise refuse(node, at, f"{node.text} must be text; put it in quotes", problems)
        try:
            return self.parse(node.text)
        except ValueError as error:
            raise refuse(node, at, "the secret cannot be used here" if node.secret else str(error), problems) from None

    def schema(self) -> Schema:
        return self.shape


def _no_text(text: str) -> bool:
    if text.lower() in ("true", "false"):
        return True
    try:
        float(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Flag:
    def read(self, node: Node, at: str, problems: Problems, _line: int = 0) -> bool:
        word = node.text.lower() if isinstance(node, Text) else ""
        if word not in TRUE + FALSE:
            raise refuse(node, at, f"{shown(node) if isinstance(node, Text) else 'this'} must be true or false", problems)
        return word in TRUE

    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""

    least: int = 1
    most: int = 1_000_000

    def read(self, node: Node, at: str, problems: Problems, _line: int = 0) -> int:
        digits = node.text if isinstance(node, Text) and node.text.isascii() else ""
        if not digits.isdigit() or len(digits) > 9 or not self.least <= int(digits) <= self.most:
            says = shown(node) if isinstance(node, Text) else "this"
            raise refuse(node, at, f"{says} must be a whole number from {self.least} to {self.most}", problems)
        return int(digits)

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Choice:
    words: tuple[str, ...]

    def read(self, node: Node, at: str, problems: Problems, _line: int = 0) -> str:
        if not isinstance(node, Text):
            raise refuse(node, at, f"must be one of {', '.join(self.words)}", problems)
        if node.text not in self.words:
            parent, _, key = at.rpartition(".")
            what = f"unknown kind {shown(node)} in {parent}" if key == "kind" else f"{at}: {shown(node)} is not known"
            problems.add(node.line, f"{what}{meant(node.text, self.words) or self._all()}")
            raise Wrong
        return node.text

    def _all(self) -> str:
        return f"; it is one of {', '.join(self.words)}"

    def schema(self) -> Schema:
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class Many:
    """A list, read as a tuple; items that are wrong are noted and left out."""

    item: Reader
    example: str = ""  # of an item

    def read(self, node: Node, at: str, problems: Problems, _line: int = 0) -> tuple[Any, ...]:
        if not isinstance(node, Items):
            own = isinstance(node, Text) and not node.secret and not self.example
            example = f"[{node.text[:60] if own and isinstance(node, Text) else self.example or '…'}]"
            raise refuse(node, at, f"must be a list; write {example}", problems)
        return tuple(gather(self.item, [(n, at, n.line) for n in node.nodes], problems))

    def schema(self) -> Schema:
        return {"type": "array", "items": self.item.schema()}


def gather(reader: Reader, places: Sequence[tuple[Node, str, int]], problems: Problems) -> list[Any]:
    """What can be read of several (node, place, line of its key)."""
    values = []
    for node, at, line in places:
        if isinstance(node, Text) and node.tag:  # a tag that is not allowed, or a variable or file that is not there; it has been noted
            continue
        try:
            values.append(reader.read(node, at, problems, line))
        except Wrong:
            continue
    return values


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys, read as a dict of those that are there and right."""

    fields: Mapping[str, Reader]
    needs: tuple[str, ...] = ()
    homes: Mapping[str, str] = field(default_factory=dict)  # keys that belong elsewhere, and where

    def read(self, node: Node, at: str, problems: Problems, line: int = 0) -> dict[str, Any]:
        if not isinstance(node, Entries):
            raise refuse(node, at, f"must be a mapping{self._example()}", problems)
        values: dict[str, Any] = {}
        for key, child in node.nodes.items():
            if key in self.fields and not left_empty(child):
                for value in gather(self.fields[key], [(child, f"{at}.{key}" if at else key, node.keys[key])], problems):
                    values[key] = value
        misspelt = " ".join(self._unknown(node, at, problems))
        for key in self.needs:
            if left_empty(node.nodes.get(key)) and repr(key) not in misspelt and MERGE not in node.nodes:
                place = f" in {at}" if at else ""
                example = EXAMPLES.get(f"{at}.{key}") or EXAMPLES.get(key, "…")
                problems.add(node.keys.get(key, line or node.line), f"{key} is missing{place}; write {key}: {example}")
        return values

    def _unknown(self, node: Entries, at: str, problems: Problems) -> Iterator[str]:
        """Notes the keys that are not known; gives the hints, so that what they name is not called missing as well."""
        for key in (key for key in node.nodes if key not in self.fields):
            hint = f"; it belongs in {self.homes[key]}" if key in self.homes else hinted(key, self.fields) or self._known()
            problems.add(node.keys[key], f"unknown key {key[:60]!r}{f' in {at}' if at else ''}{hint}")
            yield hint

    def _known(self) -> str:
        return f"; known are {', '.join(self.fields)}" if self.fields else "; nothing is set there"

    def _example(self) -> str:
        return f"; write {{{next(iter(self.fields))}: …}}" if self.fields else ""

    def schema(self) -> Schema:
        made: Schema = {"type": "object", "additionalProperties": False, "properties": {k: r.schema() for k, r in self.fields.items()}}
        return made | ({"required": list(self.needs)} if self.needs else {})


def hinted(key: str, known: Iterable[str]) -> str:
    """What an unknown key may have been meant for."""
    return "; YAML 1.2 has no merge keys, write out what it stands for" if key == MERGE else meant(key, known)


def left_empty(node: Node | None) -> bool:
    """A key without a value counts as left out."""
    return node is None or (isinstance(node, Text) and node.empty)


@dataclass(frozen=True, slots=True)
class OffOr:
    """`off` (or false) is False, `on` (or true) is empty settings, else what `settings` reads."""

    settings: Record

    def read(self, node: Node, at: str, problems: Problems, line: int = 0) -> Any:
        if isinstance(node, Text):
            if node.text.lower() in TRUE + FALSE:
                return {} if node.text.lower() in TRUE else False
            fields = next(iter(self.settings.fields), "")
            raise refuse(node, at, f"{shown(node)} must be on{f', off or {{{fields}: …}}' if fields else ' or off'}", problems)
        return self.settings.read(node, at, problems, line)

    def schema(self) -> Schema:
        return {"anyOf": [{"enum": ["on", "off", True, False]}, self.settings.schema()]}


def inside(folder: Path) -> Word:
    """A path, relative to `folder`."""

    def parse(text: str) -> Path:
        if "\0" in text:
            raise ValueError("a path holds no NUL")
        try:
            return folder / Path(text.strip()).expanduser()
        except RuntimeError:  # ~name of nobody
            raise ValueError(f"{text[:60]!r} names the home of an unknown user") from None

    return Word(parse, {"type": "string", "minLength": 1})
