"""The bundled playbook holds what it promises, and a team's own is checked with line numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.settings import playbook
from agent.settings.readers import Problems
from agent.think.playbook import known, resolve

STAGES = playbook.shipped()
LANGUAGES = ("en", "de", "fr", "es", "nl")
EMPTY_PHRASES = ("checking in", "touching base", "circling back", "any update", "nachhaken", "relancer", "even checken")


@pytest.mark.parametrize(
    ("name", "quiet_after", "max_days"),
    [("Lead", 5, 30), ("Qualification", 5, 30), ("Discovery", 5, 30), ("Demo", 4, 30), ("Proposal", 4, 21), ("Negotiation", 3, 21)],
)
def test_stages_have_the_documented_periods(name: str, quiet_after: int, max_days: int) -> None:
    stage = resolve(STAGES, name)
    assert (stage.quiet_after, stage.max_days) == (quiet_after, max_days)


def test_stages_stand_in_the_order_of_the_sale() -> None:
    assert [s.name for s in sorted(STAGES, key=lambda s: s.place)] == [
        "Lead", "Qualification", "Discovery", "Demo", "Proposal", "Negotiation",
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stage", STAGES, ids=lambda s: s.name)
def test_each_stage_asks_one_question_and_a_smaller_one_in_every_language(stage: playbook.Stage, language: str) -> None:
    step = stage.steps[language]
    for request in (step.ask, step.backup):
        assert request.endswith("?")
        assert request.count("?") == 1
        assert not any(phrase in request.lower() for phrase in EMPTY_PHRASES)
    assert step.ask != step.backup
    assert stage.trigger
    assert stage.criteria


@pytest.mark.parametrize(
    ("written", "stage"),
    [("proposal", "Proposal"), ("PRICING", "Proposal"), (" Proof  of Concept ", "Demo"), ("contract_sent", "Negotiation"), ("new", "Lead")],
)
def test_a_stage_is_found_by_name_or_alias_in_any_case(written: str, stage: str) -> None:
    assert resolve(STAGES, written).name == stage
    assert known(STAGES, written)


def test_an_unknown_stage_stands_right_before_proposal() -> None:
    stage = resolve(STAGES, "Mutual plan")
    assert (stage.name, stage.quiet_after, stage.max_days) == ("Mutual plan", 4, 30)
    assert resolve(STAGES, "Demo").place < stage.place < resolve(STAGES, "Proposal").place
    assert not known(STAGES, "Mutual plan")


def custom(folder: Path, text: str) -> tuple[tuple[playbook.Stage, ...], list[str]]:
    path = folder / "playbook.yaml"
    path.write_text(text, "utf-8")
    problems = Problems(path.name)
    return playbook.custom(path, problems), problems.lines()


def test_a_team_edits_all_of_it(tmp_path: Path) -> None:
    text = """\
stages:
  - name: First talk
    aliases: [intro]
    quiet_after: 2 business days
    max_days: 10 days
    max_touches: 3
    trigger: They want more.
    criteria: [need]
    steps: {en: {ask: Shall we meet?, backup: Who decides?, meeting: false}}
  - name: Proposal
"""
    stages, problems = custom(tmp_path, text)
    assert not problems
    first, proposal = stages
    assert (first.quiet_after, first.max_days, first.max_touches, first.steps["en"].meeting) == (2, 10, 3, False)
    assert proposal.steps["de"] == resolve(STAGES, "Proposal").steps["de"], "what is left out in a known stage is the bundled wording"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("stages:\n  - nme: X", 2, "did you mean 'name'?"),
        ("stages:\n  - name: X\n    quiet_after: soon", 3, "business days"),
        ("stages:\n  - name: X\n    steps: {en: {ask: Do it., backup: Who?}}", 3, "must be one question"),
        ("stages:\n  - name: X\n    steps: {en: {ask: Do it? Now?, backup: Who?}}", 3, "must be one question"),
        ("stages:\n  - name: X\n    steps: {en: {ask: Shall we meet {name}?, backup: Who?}}", 3, ""),
        ("stages:\n  - name: X\n    steps: {en: {ask: Who?}}", 3, "backup is missing"),
        ("stages:\n  - name: X\n    steps: {eng: {ask: Who?, backup: What?}}", 3, "did you mean 'en'?"),
        ("stages:\n  - name: X\n  - name: Y\n    aliases: [x]", 4, "stands twice (first in line 2)"),
        ("stages: []", 1, "empty"),
        ("stags: []", 1, "did you mean 'stages'?"),
        ("- name: X", 1, "must be a mapping"),
        ("stages:\n  - name: [", 2, "not valid YAML"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    found = custom(tmp_path, text)[1]
    assert any(p.startswith(f"playbook.yaml:{line}: ") and says in p for p in found), found
