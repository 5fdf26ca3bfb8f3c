"""The sections that name a port: `kind` is a file in `connectors/`, and the dataclass `Settings` there is its schema.

Of a kind that this version does not have yet only what every section keeps is checked: no secret in the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from agent.facts.tree import Entries, Items, Node, Text
from agent.settings.readers import (
    Choice,
    Flag,
    Many,
    Problems,
    Reader,
    Record,
    Schema,
    Whole,
    Word,
    Wrong,
    gather,
    hinted,
    inside,
    left_empty,
    refuse,
    shown,
)
from agent.settings.words import period

KINDS: Mapping[str, tuple[str, ...]] = {
    "mail": ("folder", "imap", "gmail", "microsoft"),
    "calendar": ("folder", "caldav", "ics_url", "google_calendar", "microsoft"),
    "deals": ("folder", "hubspot", "salesforce", "pipedrive", "odoo"),
    "outbox": ("folder", "imap", "gmail", "microsoft"),
    "drafter": ("template", "llm"),
}
LISTS = frozenset({"mail", "calendar"})
FILES = frozenset({"csv", "directory", "eml", "file", "ical", "ics", "local", "maildir", "mbox", "yaml"})  # what may be taken for a kind
PROVIDERS: Mapping[str, Mapping[str, str]] = {
    "google": {"mail": "gmail", "calendar": "google_calendar", "outbox": "gmail"},
    "microsoft": {"mail": "microsoft", "calendar": "microsoft", "outbox": "microsoft"},
}
_PORT_OPTIONS: Mapping[str, Mapping[str, Reader]] = {"mail": {"authserv_id": Word()}, "calendar": {"shared": Flag()}}
# What a section may leave out although its connector needs it; paths begin beside the file.
DEFAULTS: Mapping[tuple[str, str], Mapping[str, str]] = {("outbox", "folder"): {"path": "outbox"}}
SECRET = re.compile(r"(?:password|passwd|passphrase|secret|token|api_?key|private_key)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Section:
    """One connector to be built: `options` are the arguments of its `Settings`, read and checked.

    `authserv_id` and `shared` belong to the ports mail and calendar, whatever the kind.
    """

    kind: str
    options: Mapping[str, Any] = field(default_factory=dict, repr=False)  # secrets among them
    line: int = 0
    authserv_id: str = ""
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Port:
    """Reads one section, or a list of them, as a tuple of `Section`."""

    name: str
    folder: Path

    def read(self, node: Node, at: str, problems: Problems, line: int = 0) -> tuple[Section, ...]:
        if isinstance(node, Items) and self.name in LISTS:
            if not node.nodes:
                raise refuse(node, at, f"is an empty list; name at least one {at}", problems)
            return tuple(gather(_One(self), [(n, at, n.line) for n in node.nodes], problems))
        return (_One(self).read(node, at, problems, line),)

    def schema(self) -> Schema:
        one: Schema = {"anyOf": [self._kind(kind) for kind in KINDS[self.name]]}
        return {"anyOf": [*one["anyOf"], {"type": "array", "minItems": 1, "items": one}]} if self.name in LISTS else one

    def _kind(self, kind: str) -> Schema:
        made = options(self.name, kind, self.folder)
        own: Mapping[str, Reader] = made.fields if made else _PORT_OPTIONS.get(self.name, {})
        needs = ["kind", *(made.needs if made else ())]
        properties = {"kind": {"const": kind}} | {name: reader.schema() for name, reader in own.items()}
        return {"type": "object", "properties": properties, "required": needs, "additionalProperties": made is None}


@dataclass(frozen=True, slots=True)
class _One:
    port: Port

    def read(self, node: Node, at: str, problems: Problems, line: int = 0) -> Section:
        if not isinstance(node, Entries):
            says = "must be one section, not a list" if isinstance(node, Items) else "must be a mapping"
            raise refuse(node, at, f"{says}; write {{kind: {KINDS[at][0]}, …}}", problems)
        kind = self._kind(node, at, problems, line)
        rest = Entries({k: n for k, n in node.nodes.items() if k != "kind"}, node.keys, node.line)
        schema = options(at, kind, self.port.folder)
        if schema is None:
            problems.warn(line, unbuilt(at, kind))
            return Section(kind, {}, line, **_unchecked(rest, at, problems))
        values = schema.read(rest, at, problems, line)
        defaults = {name: self.port.folder / value for name, value in DEFAULTS.get((at, kind), {}).items()}
        return self._section(kind, defaults | values, node, problems, line)

    def _section(self, kind: str, values: dict[str, Any], node: Node, problems: Problems, line: int) -> Section:
        """Parts what belongs to the port from what belongs to the connector, whose own checks get to say no."""
        aside = {name: values[name] for name in _PORT_OPTIONS.get(self.port.name, {}) if name in values}
        made = _declared(self.port.name, kind)
        own = {f.name for f in fields(made)} if made else set()
        chosen = {name: value for name, value in values.items() if name in own}
        if made and not problems.found:
            try:
                made(**chosen)
            except ValueError as error:
                raise refuse(node, self.port.name, str(error), problems) from None
        return Section(kind, chosen, line, **aside)

    def _kind(self, node: Entries, at: str, problems: Problems, line: int) -> str:
        known = KINDS[at]
        found = node.nodes.get("kind")
        if left_empty(found) or found is None:
            near = next((k for k in node.nodes if hinted(k, ["kind"])), None)
            if near:
                problems.add(node.keys[near], f"unknown key {near!r} in {at}{hinted(near, ['kind'])}")
            else:
                problems.add(line, f"kind is missing in {at}; it is one of {', '.join(known)}")
            raise Wrong
        elsewhere = {k for kinds in KINDS.values() for k in kinds} - set(known)
        own = isinstance(found, Text) and found.text not in elsewhere and serves(found.text, at)
        names = (*known, found.text) if own and isinstance(found, Text) else known
        if isinstance(found, Text) and found.text.lower() in FILES:
            raise refuse(found, f"{at}.kind", f"{shown(found)} is read by the kind folder; write kind: folder", problems)
        for kind in gather(Choice(names), [(found, f"{at}.kind", line)], problems):
            return str(kind)
        raise Wrong

    def schema(self) -> Schema:
        return self.port.schema()


def cannot_send(section: Section) -> str:
    """Why an outbox of these settings could only lay drafts; "" if it could send, or is not part of this version."""
    made = _declared("outbox", section.kind) if has_file(section.kind) else None
    return str(getattr(made(**section.options), "cannot_send", "")) if made else ""


def unbuilt(port: str, kind: str) -> str:
    """What becomes of a section of a kind that this version does not have yet."""
    then = {"drafter": "the templates write the drafts", "outbox": "drafts are shown and not laid anywhere"}
    return f"{port}: the kind {kind} is not part of this version yet; {then.get(port, 'it cannot be read, use kind: folder')}"


def has_file(kind: str) -> bool:
    """Whether `connectors/` has a file of that name."""
    return bool(re.fullmatch(r"[a-z][a-z0-9_]{0,60}", kind)) and find_spec(f"connectors.{kind}") is not None


def serves(kind: str, port: str) -> bool:
    """Whether that file makes something for the port: it has a function of the port's name."""
    return has_file(kind) and hasattr(import_module(f"connectors.{kind}"), port)


def options(port: str, kind: str, folder: Path) -> Record | None:
    """What a section of that kind may hold; None for a kind that has no file yet.

    A connector whose ports need different settings names them after the port (`OutboxSettings`).
    """
    if not has_file(kind):
        return None
    made = _declared(port, kind)
    own = _record(made, folder) if made else Record({})
    needs = tuple(name for name in own.needs if name not in DEFAULTS.get((port, kind), {}))
    return Record({**_PORT_OPTIONS.get(port, {}), **own.fields}, needs)


def _declared(port: str, kind: str) -> Any:
    """The settings dataclass of a connector's file, if it has one."""
    module = import_module(f"connectors.{kind}")
    return getattr(module, f"{port.title()}Settings", None) or getattr(module, "Settings", None)


def _record(made: Any, folder: Path) -> Record:
    hints = get_type_hints(made)
    readers = {f.name: f.metadata.get("reader") or _reader(f.name, hints[f.name], folder) for f in fields(made)}
    return Record(readers, tuple(f.name for f in fields(made) if f.default is MISSING and f.default_factory is MISSING))


def _reader(name: str, hint: Any, folder: Path) -> Reader:
    """The reader for a field's type."""
    if get_origin(hint) in (Union, UnionType):
        return _reader(name, next(a for a in get_args(hint) if a is not NoneType), folder)
    if get_origin(hint) is tuple:
        return Many(_reader(name, get_args(hint)[0], folder))
    if get_origin(hint) is Literal:
        return Choice(get_args(hint))
    if is_dataclass(hint):
        return _record(hint, folder)
    simple: dict[Any, Reader] = {
        bool: Flag(),
        int: Whole(1, 65_535) if name == "port" else Whole(0),
        Path: inside(folder),
        timedelta: Word(period),
        str: Word(secret=bool(SECRET.search(name))),
    }
    return simple[hint]


def _unchecked(node: Entries, at: str, problems: Problems) -> dict[str, Any]:
    """Of a kind without a file: the port's own options; secrets must come from outside."""
    values: dict[str, Any] = {}
    for key, child in node.nodes.items():
        if SECRET.search(key):
            gather(Word(secret=True), [(child, f"{at}.{key}", node.keys[key])], problems)
        elif isinstance(child, Entries):
            _unchecked(child, f"{at}.{key}", problems)
        elif key in _PORT_OPTIONS.get(at, {}):
            for value in gather(_PORT_OPTIONS[at][key], [(child, f"{at}.{key}", node.keys[key])], problems):
                values[key] = value
    return values
