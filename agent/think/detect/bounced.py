"""A customer's address is dead. A notice, never a card."""

from __future__ import annotations

from agent.model import Finding
from agent.think.case import Case

PLACE, FROM_ABSENCE, MUTED, AFTER_NO = None, False, False, False
TITLE, SAYS = "Dead address", "an address is dead"
ABOUT, WHOSE = "a dead address", "risk"


def find(case: Case) -> Finding | None:
    dead = case.dossier.dead
    if not dead:
        return None
    keys = sorted(dead)
    return Finding("bounced", anchor=",".join(keys), due=max(dead[k][0] for k in keys), evidence=tuple(dead[k][1] for k in keys))
