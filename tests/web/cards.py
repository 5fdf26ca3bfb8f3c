"""Cards as a round leaves them in the store, and a browser's tab on one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx2
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import insert

from agent.model import Card, Deal, Draft, Evidence
from agent.store import Store, codec, decisions, schema
from agent.web import session
from tests.desk import ANA, BEN, deal, who
from tests.rigs.inbox import NOW, Served

WORDS = Draft(
    to=(who(ANA),),
    cc=(who(BEN),),
    subject="Re: Renewal",
    body="Hi Ana,\n\nthank you for today. When shall we go on?\n\nDana",
    language="en",
    times=(),
    ask="When shall we go on?",
    backup="",
    written_by="template",
)


def put(store: Store, name: str = "d1", *, words: Draft = WORDS, of: Deal | None = None, **changes: Any) -> str:
    """A deal and its card under review; the card's ref."""
    made = of or replace(deal(), id=name)
    card = Card(f"no_next_step:{name}:m1", "no_next_step", name, NOW - timedelta(hours=5), (), (Evidence("event:m1", "The call ended."),))
    card = replace(card, draft=words, thread=f"<{name}@acme.example>", **changes)
    with store.begin() as tx:
        tx.execute(insert(schema.deal).values(id=name, source=3, data=codec.dumps(made)))
        decisions.create(tx, card, 1000.0, NOW - timedelta(hours=1))
    return schema.ref(card.key)


def found(store: Store, ref: str) -> decisions.CardRow:
    with store.read() as connection:
        card = decisions.find(connection, ref)
    assert card is not None
    return card


def words(store: Store, ref: str) -> Draft:
    with store.read() as connection:
        return decisions.draft(connection, found(store, ref)).draft


class Tab:
    """What a page without scripts can do: its forms, as a browser fills and sends them."""

    def __init__(self, served: Served) -> None:
        self.client = served.client()
        self.csrf = session.csrf(next(iter(self.client.cookies.values())))

    def __enter__(self) -> Tab:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def post(self, path: str, **fields: Any) -> httpx2.Response:
        return self.client.post(path, data={"csrf": self.csrf} | fields)

    def get(self, path: str) -> LexborHTMLParser:
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:500])
        return LexborHTMLParser(answer.text)


def fields(draft: Draft = WORDS, **changes: str) -> dict[str, str]:
    """Of the form of a card, as a browser sends it."""
    typed = {"to": "Ana Duarte <ana@acme.example>", "cc": "Ben Osei <ben@acme.example>", "subject": draft.subject}
    return typed | {"body": draft.body.replace("\n", "\r\n")} | changes
