"""A customer's address is dead. A notice, never a card."""

from __future__ import annotations

from agent.model import Finding
from agent.think.case import Case

PLACE, FROM_ABSENCE, MUTED, AFTER_NO = None, False, False, False


def find(case: Case) -> Finding | None:
    dead = case.dossier.dead
    if not dead:
        return None
    return Finding("bounced", anchor=",".join(sorted(dead)), due=case.now, evidence=tuple(dead[k] for k in sorted(dead)))
