"""What other people wrote is text in every page: it gives birth to no element and no attribute.

Each payload tries to make something called "born". With payloads in every text of the store, no page holds such an element or
attribute, nor any that the same pages with harmless words do not hold. A browser tries the rest (tests/browser).
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import insert

from agent.model import Address, Body, Contact, Deal, Event, Evidence, Guest, Message
from agent.store import Store, codec, schema
from tests.desk import rules
from tests.rigs.inbox import NOW, serving
from tests.web.cards import WORDS, Tab, put

PAYLOADS = [
    "<born>",
    '"><img src=x born=1>',
    "'><svg born=1>",
    "</textarea><born>",
    "</title></style></script></option></select><born>",
    '" born="1" onfocus="born',
    "' born='1' onfocus='born",
    "{{ 7*7 }}{% include 'born' %}",
    "&lt;born&gt; &#60;born&#62;",
    "--><born><!-- ",
    "]]><a href=javascript:born() born>",
    "\\u003cborn\\u003e +ADw-born+AD4-",
]
TEXTS = [" ".join(PAYLOADS[first::3]) for first in range(3)]


def fill(store: Store, text: str) -> dict[str, str]:
    """Everything that a page can show says `text`. The refs of cards by state."""
    deal = Deal(f"d {text}", text, text, text, ("acme.example",), (Contact(text, (person(text),), text),))
    deal = replace(deal, url=f"javascript:{text}", currency=text)
    deal = replace(deal, amount=5.0, next_step=text, criteria=(text,), products=(text,), stage_history=((text, date(2026, 3, 1)),))
    words = replace(WORDS, to=(person(text),), cc=(person(text, "ben"),), subject=text, body=text, ask=text, todo=(text,), written_by=text)
    words = replace(words, left_out=((person(text, "zoe"), text),), in_reply_to=f"<{text}@x>")
    said = (Evidence("message:mail", text), Evidence("event:m1", text), Evidence(f"deal:{text}.stage", text), Evidence(text, text))
    about = {"words": words, "evidence": said, "warnings": (text,), "also": (text,)}
    states = ("review", "held", "failed", "snoozed", "approved", "sent", "withdrawn", "dismissed")
    refs = {state: put(store, f"{deal.id} {state}", of=replace(deal, id=f"{deal.id} {state}"), **about) for state in states}
    with store.begin() as tx:
        for state, ref in refs.items():
            key = found_key(tx, ref)
            now = {"state": state, "reason": text, "wake_at": NOW, "meeting": "m1", "thread": "t"}
            tx.execute(schema.card.update().where(schema.card.c.key == key).values(**now))
            kept = {"id": ref, "card": key, "version": 1, "digest": "", "raw": b"", "sender": text, "recipients": [text], "mode": "send"}
            tx.execute(insert(schema.approval).values(**kept, at=NOW, leave_at=NOW + timedelta(seconds=9)))
            going = {"state": "due" if state == "approved" else "held", "receipt": text, "handle": text, "says": text}
            tx.execute(insert(schema.delivery).values(id=ref, card=key, attempts=1, next_at=NOW, changed_at=NOW, **going))
            for act in ("edit", text):
                about = {"card": key, "deal": f"{deal.id} {state}", "before": text, "after": "review", "reason": text}
                tx.execute(insert(schema.act).values(at=NOW, who=text, act=act, version_before=1, version_after=1, chain="", **about))
        for name, row in rows(text, f"{deal.id} review"):
            tx.execute(insert(schema.metadata.tables[name]).values(**row))
    return refs


def person(text: str, name: str = "ana") -> Address:
    return Address(f"{name}@acme.example", f"{name}@acme.example", text)


def found_key(tx: Any, ref: str) -> str:
    return str(tx.scalar(schema.card.select().with_only_columns(schema.card.c.key).where(schema.card.c.ref == ref)))


def rows(text: str, deal: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield (
        "source",
        {"id": 0, "section": "mail", "kind": text, "settings": "", "status": "failed", "says": text, "warnings": [text]},
    )
    mail = Message("mail", "<mail@x>", person(text), (person(text, "dana"),), (), (), text, NOW - timedelta(days=2), labels=(text,))
    event = Event("m1", NOW - timedelta(days=1), NOW - timedelta(hours=20), text, person(text), (Guest(person(text)),), location=text)
    yield (
        "message",
        {"id": 1, "source": 0, "item": text, "message_id": "<mail@x>", "sent": NOW, "thread": "t", "data": codec.dumps(mail)},
    )
    body = Body("mail", text, text, text, text, attachments=(text,), links=(text,))
    yield "body", {"message": 1, "data": codec.dumps(body), "read_at": NOW}
    yield "occurrence", {"uid": "m1", "key": "m1", "start": event.start, "end": event.end, "data": codec.dumps(event)}
    yield "quarantined", {"source": 0, "item": text, "why": text, "names": [text], "seen_at": NOW}
    about = {"subject": text, "latest": NOW, "by": text, "confidence": 0.7, "evidence": [text]}
    yield "thread", {"id": "t", "status": "matched", "deal": deal, "candidates": [deal], **about}
    yield "thread", {"id": "u", "status": "ambiguous", "deal": None, "candidates": [deal, text], **about}
    yield "thread_deal", {"thread": "t", "deal": deal}
    held = {"start": event.start, "end": event.end, "title": text, "all_day": False, "reason": text, "candidates": [deal], "people": [text]}
    yield "meeting", {"key": "m1", "uid": "m1", "deal": deal, "verdict": "flagged", **held}
    yield "meeting", {"key": "m2", "uid": "m2", "deal": None, "verdict": "ignored:ambiguous", **held}
    yield "meeting", {"key": "m3", "uid": "m3", "deal": deal, "verdict": text, **held}
    finding = {"kind": text, "due": NOW.isoformat(), "evidence": [{"source": text, "says": text}]}
    yield (
        "deal_state",
        {"deal": deal, "rung": text, "why": text, "findings": [finding], "held": True, "thought_at": NOW},
    )
    yield "notice", {"kind": "bounced", "deal": deal, "says": text}
    yield "notice", {"kind": text, "deal": None, "says": text}
    yield "answer", {"deal": deal, "thread": "t", "at": NOW}
    yield "answer", {"deal": text, "person": text, "account": text, "at": NOW}
    yield "silence", {"key": text, "why": text, "source": text, "at": NOW}
    yield "lesson", {"kind": text, "deal": deal, "why": text, "at": NOW}


def paths(text: str, refs: dict[str, str]) -> list[str]:
    word, deal = quote(text, safe=""), quote(f"d {text} review", safe="")
    lists = [f"/?tab={tab}" for tab in ("review", "promised", "waiting", "snoozed", "done")]
    pages = ["/deals", f"/deals/{deal}", "/meetings", "/unmatched", "/outbox", "/activity", "/health", "/settings"]
    hostile = [f"{path}?q={word}&reason={word}&sort={word}&tab={word}&kind={word}" for path in ("/", "/deals", "/activity", "/meetings")]
    return [*lists, *(f"/c/{ref}" for ref in refs.values()), *pages, *hostile, f"/nothing/{word}"]


@pytest.fixture(scope="module")
def harmless(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, tuple[str, ...]]]:
    return pages("plain", blank, tmp_path_factory.mktemp("harmless"))


def pages(text: str, blank: Path, folder: Path) -> set[tuple[str, tuple[str, ...]]]:
    """The elements of all pages, each with the names of its attributes."""
    shutil.copy(blank, folder / "onward.db")
    store, seen = Store.open(f"sqlite:///{folder}/onward.db"), set()
    refs = fill(store, text)
    with serving(store, rules()) as served, Tab(served) as tab:
        for path in paths(text, refs):
            answer = tab.client.get(path)
            assert answer.status_code == (404 if path.startswith("/nothing") else 200), path
            seen |= elements(answer.text)
        refused = tab.post(f"/c/{refs['review']}/approve", version=1, to=text, cc=text, subject=text, body=text)
        conflict = tab.post(f"/c/{refs['review']}/approve", version=7, to="a@b.example", cc="", subject=text, body=text)
        assert (refused.status_code, conflict.status_code) == (422, 409)
        seen |= elements(refused.text) | elements(conflict.text)
    store.close()
    return seen


def elements(html: str) -> set[tuple[str, tuple[str, ...]]]:
    found = LexborHTMLParser(html).css("*")
    for node in found:
        assert node.tag != "born", node.html
        for name, value in node.attributes.items():
            assert not name.startswith(("born", "on", "style", "srcdoc")), node.html
            if name in ("href", "src", "action", "formaction"):
                assert re.match(r"[/#?]|https?://|mailto:|\Z", value or ""), node.html
    return {(node.tag or "", tuple(sorted(node.attributes))) for node in found}


@pytest.mark.parametrize("text", TEXTS, ids=range(3))
def test_no_payload_becomes_an_element_or_attribute(harmless: set[Any], text: str, blank: Path, tmp_path: Path) -> None:
    assert pages(text, blank, tmp_path) <= harmless
