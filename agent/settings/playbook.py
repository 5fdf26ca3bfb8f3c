"""A playbook (YAML) → stages, checked with line numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from agent import bundled
from agent.facts.tree import Entries, Items, Node, Text, Unreadable, decode, parse
from agent.model import Stage, Step
from agent.settings import words
from agent.settings.readers import Flag, Many, Problems, Record, Schema, Whole, Word, Wrong
from agent.think.language.identify import KNOWN
from agent.think.playbook import folded, resolve

LARGEST = 1_000_000  # bytes


def question(text: str) -> str:
    """A request is one question."""
    plain = " ".join(text.split())
    if not plain.endswith("?") or plain.count("?") != 1:
        raise ValueError(f"{plain[:60]!r} must be one question and end with '?'")
    if "{" in plain or "}" in plain:
        raise ValueError(f"{plain[:60]!r} must be finished text, without braces")
    return plain


_STEP = Record({"ask": Word(question), "backup": Word(question), "meeting": Flag()}, ("ask", "backup"))
_STAGE = Record(
    {
        "name": Word(),
        "aliases": Many(Word()),
        "quiet_after": Word(words.business_days, {"type": ["string", "integer"], "examples": ["4 business days"]}),
        "max_days": Word(words.whole_days, {"type": ["string", "integer"], "examples": ["30 days"]}),
        "max_touches": Whole(1, 1000),
        "trigger": Word(),
        "criteria": Many(Word()),
        "steps": Record(dict.fromkeys(KNOWN, _STEP)),
    },
    ("name",),
)


class Later:
    """What a playbook may hold and this version does not use yet: kept out of the way, with a warning."""

    def read(self, node: Node, at: str, problems: Problems, line: int = 0) -> None:
        problems.warn(line or node.line, f"{at}: this version does not use it yet")

    def schema(self) -> Schema:
        return {}


SHAPE = Record({"stages": Many(_STAGE), "plays": Later(), "phrases": Later()}, ("stages",))


def shipped() -> tuple[Stage, ...]:
    """The bundled playbook."""
    path = bundled.folder() / "playbook.yaml"
    problems = Problems(path.name)
    stages = _stages(path.read_bytes(), problems)
    assert not problems.found, problems.lines()
    return stages


def custom(path: Path, problems: Problems) -> tuple[Stage, ...]:
    """A team's own; what a stage leaves unsaid in a language is taken from the bundled stage of that name.

    Raises `OSError` where the file cannot be read.
    """
    with path.open("rb") as file:
        stages = _stages(file.read(LARGEST + 1), problems)
    ours = shipped()
    return tuple(_completed(stage, ours) for stage in stages)


def _stages(data: bytes, problems: Problems) -> tuple[Stage, ...]:
    try:
        tree = parse(decode(data, LARGEST))
    except Unreadable as error:
        problems.add(error.line, error.why)
        return ()
    for line, says in tree.faults:
        problems.add(line, says)
    try:
        found = SHAPE.read(tree.root, "", problems, 1).get("stages", ())
    except Wrong:
        return ()
    if not found and not problems.found:
        problems.add(1, "stages is empty; name at least one stage")
    _unique(tree.root, problems)
    return tuple(_stage(values, place) for place, values in enumerate(found) if "name" in values)


def _stage(values: dict[str, Any], place: int) -> Stage:
    steps = {key: Step(**step) for key, step in values.get("steps", {}).items() if {"ask", "backup"} <= set(step)}
    return Stage(**(values | {"place": float(place), "steps": steps}))


def _unique(root: Node, problems: Problems) -> None:
    """A name or alias leads to one stage."""
    seen: dict[str, int] = {}
    stages = root.nodes.get("stages") if isinstance(root, Entries) else None
    for stage in stages.nodes if isinstance(stages, Items) else ():
        nodes = stage.nodes if isinstance(stage, Entries) else {}
        aliases = nodes.get("aliases")
        names = [nodes.get("name"), *(aliases.nodes if isinstance(aliases, Items) else ())]
        for name in names:
            if not isinstance(name, Text):
                continue
            key = folded(name.text)
            if key in seen:
                problems.add(name.line, f"the stage name {name.text[:60]!r} stands twice (first in line {seen[key]})")
            seen.setdefault(key, name.line)


def _completed(stage: Stage, ours: tuple[Stage, ...]) -> Stage:
    return replace(stage, steps={**resolve(ours, stage.name).steps, **stage.steps})
