"""Which stage of the playbook a deal stands in."""

from __future__ import annotations

from agent.model import Stage


def resolve(stages: tuple[Stage, ...], name: str) -> Stage:
    """The stage called so, by name or alias, in any case.

    An unknown one takes 4 business days, 30 days, a place right before Proposal, and no words of its own.
    """
    for stage in stages:
        if _called(stage, name):
            return stage
    proposal = next((s.place for s in stages if _called(s, "Proposal")), float(len(stages)))
    return Stage(name.strip(), proposal - 0.5)


def known(stages: tuple[Stage, ...], name: str) -> bool:
    """False where the deal's stage deserves a warning."""
    return any(_called(stage, name) for stage in stages)


def _called(stage: Stage, name: str) -> bool:
    return folded(name) in map(folded, (stage.name, *stage.aliases))


def folded(name: str) -> str:
    """What names of one stage have in common: case, and `_` and `-` as spaces."""
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())
