"""Cards in a store: short builders whose defaults every test may rely on.

Dana's card about Acme's demo, written to Ana with Ben in copy. It is Monday 9 March 2026, 11:00 in New York.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desk import ANA, BEN, NOW, deal, everybody
from sqlalchemy import insert

from agent.model import Card, Deal, Draft, Evidence
from agent.store import Store, codec, decisions, schema
from agent.store.decisions import CardRow

BODY = "Hello Ana,\n\nShall we meet on Thursday?\n\nDana"


def draft(*to: str, cc: tuple[str, ...] = (BEN,), **changes: Any) -> Draft:
    given = {"to": everybody(*(to or (ANA,))), "cc": everybody(*cc), "subject": "Re: Acme demo", "body": BODY, "language": "en"}
    given |= {"times": (), "ask": "", "backup": "", "written_by": "template", "in_reply_to": "<a1@acme.example>"}
    return Draft(**(given | changes))


def card(words: Draft | None = None, **changes: Any) -> Card:
    """Of a meeting without a next step; `anchor` and `deal` make the key."""
    kind, name, anchor = changes.get("kind", "no_next_step"), changes.get("deal", "D-1"), changes.pop("anchor", "m1@x")
    given = {"key": f"{kind}:{name}:{anchor}", "kind": kind, "deal": name, "due": NOW, "also": (), "draft": words or draft()}
    given |= {"evidence": (Evidence("event:m1@x", "Acme demo ended."),), "meeting": "m1@x", "thread": "<a1@acme.example>"}
    return Card(**(given | changes))


def opened(store: Store, words: Draft | None = None, *, now: datetime = NOW, value: float = 10.0, **changes: Any) -> CardRow:
    with store.begin() as connection:
        return decisions.create(connection, card(words, **changes), value, now)


def now_is(store: Store, key: str) -> CardRow:
    with store.read() as connection:
        return decisions.known(connection, key)


def in_crm(store: Store, *deals: Deal) -> None:
    with store.begin() as connection:
        for each in deals or (deal(), deal(id="D-2", name="Other")):
            connection.execute(insert(schema.deal).values(id=each.id, source=0, data=codec.dumps(each)))
