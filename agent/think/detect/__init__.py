"""One file per finding kind. A file here is a kind; its name is the kind's name.

Each module says in constants what holds for its kind, and finds it:

- `PLACE`: its place in "one deal, one card" (None: never a card of its own)
- `FROM_ABSENCE`: concluded from not seeing something, so never on stale sources or beside a quarantined item
- `MUTED`: silent while a customer's deferral runs
- `AFTER_NO`: still found after a no that we have answered
- `TITLE`, `SAYS`, `ABOUT`: its name in the inbox, its reason as a clause, and "a card about …"
- `WHOSE`: whose move it is: `mine`, `theirs`, of a `meeting`, or nobody's, where the deal is at `risk`
- `SETTINGS`, if it has any: key under `detect` → (field of `Rules`, how the value is read: a word of `agent.settings.shape`)
- `find(case) -> Finding | None`
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import lru_cache
from typing import Protocol, cast

from agent.model import Finding
from agent.think.case import Case


class Detector(Protocol):
    PLACE: int | None
    FROM_ABSENCE: bool
    MUTED: bool
    AFTER_NO: bool
    TITLE: str
    SAYS: str
    ABOUT: str
    WHOSE: str

    def find(self, case: Case) -> Finding | None: ...


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Detector]:
    """Every kind by name, in the order in which they become the card."""
    found = {m.name: cast(Detector, importlib.import_module(f"{__name__}.{m.name}")) for m in pkgutil.iter_modules(__path__)}
    return dict(sorted(found.items(), key=lambda kv: (kv[1].PLACE is None, kv[1].PLACE or 0, kv[0])))


def settings() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Of every kind, by name."""
    return {name: getattr(kind, "SETTINGS", {}) for name, kind in kinds().items()}
