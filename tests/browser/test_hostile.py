"""What others wrote is text: no script of theirs runs, nothing is refused because nothing is tried, nothing leaves this machine."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from agent.model import Address, Body, Contact, Deal, Draft, Event, Message, Slot
from agent.store import codec, said, schema
from agent.store.schema import ref
from tests.browser.eyes import Eyes
from tests.browser.payloads import PAYLOADS
from tests.browser.sample import NOW
from tests.rigs.inbox import Served

GROUPS = [PAYLOADS[i : i + 10] for i in range(0, 100, 10)]  # each field of a card holds ten
AT = NOW.astimezone(UTC)


def row(number: int, text: str) -> dict[str, list[dict[str, Any]]]:
    """A deal of which every field holds `text`, with its card, mail, meeting and what else is shown somewhere."""
    who = Address(f"x{number}@evil.example", f"x{number}@evil.example", text)
    thread, event, key = f"<x{number}@evil.example>", f"x{number}@cal.example", f"no_next_step:X-{number}:x"
    times = (Slot(AT + timedelta(days=1), AT + timedelta(days=1, hours=1)),)
    draft = Draft((who,), (who,), text, text, "en", times, text, text, text, left_out=((who, text),), todo=(text,))
    deal = Deal(f"X-{number}", text, text, text, contacts=(Contact(text, (who,), text),), next_step=text, products=(text,), url=text)
    mail = Message(thread, thread, who, (who,), (), (), text, AT)
    proofs = [{"source": s, "says": text} for s in (f"event:{event}", f"message:{thread}", f"deal:X-{number}.{text}", f"source:{text}")]
    found = {"evidence": proofs, "warnings": [text], "also": [text], "reason": text}
    ambiguous = {"status": "ambiguous" if number % 2 else "matched", "by": text, "confidence": 0.5, "evidence": [text]}
    met = {"uid": event, "title": text, "all_day": False, "verdict": "ignored:ambiguous" if number % 2 else text, "reason": text}
    return {
        "deal": [{"id": deal.id, "source": 2, "data": codec.dumps(deal)}],
        "deal_state": [
            {
                "deal": deal.id,
                "rung": text,
                "why": text,
                "findings": [{"kind": text, "due": AT.isoformat(), "evidence": proofs}],
                "held": True,
                "thought_at": AT,
            }
        ],
        "message": [
            {
                "id": 900_000 + number,
                "source": 0,
                "item": thread,
                "message_id": thread,
                "sent": AT,
                "thread": thread,
                "data": codec.dumps(mail),
            }
        ],
        "body": [{"message": 900_000 + number, "data": codec.dumps(Body(thread, text)), "read_at": AT}],
        "thread": [{"id": thread, "subject": text, "latest": AT, "deal": deal.id, "candidates": [deal.id], **ambiguous}],
        "occurrence": [
            {"uid": event, "key": event, "start": AT, "end": AT, "data": codec.dumps(Event(event, AT, AT, text, who, location=text))}
        ],
        "meeting": [{"key": event, "start": AT, "end": AT, "deal": deal.id, "candidates": [deal.id], "people": [text], **met}],
        "notice": [{"kind": text, "deal": deal.id, "says": text}],
        "quarantined": [{"source": 0, "item": f"{number}{text}", "why": text, "seen_at": AT}],
        "card": [
            {
                "key": key,
                "ref": ref(key),
                "kind": text,
                "deal": deal.id,
                "state": "review",
                "due": AT,
                "meeting": event,
                "thread": thread,
                "version": 1,
                "opened_at": AT,
                "changed_at": AT,
                **found,
            }
        ],
        "draft": [{"card": key, "version": 1, "author": text, "data": codec.dumps(draft), "at": AT}],
        "act": [
            {"at": AT, "who": text, "act": text, "card": key, "deal": deal.id, "before": text, "after": text, "reason": text, "chain": ""}
        ],
        "answer": [{"deal": deal.id, "person": f"{number}{text}", "account": text, "at": AT}],
        "silence": [{"key": f"{number}{text}", "why": text, "source": "rep", "at": AT}],
        "lesson": [{"kind": text, "deal": deal.id, "why": text, "at": AT}],
    }


@pytest.fixture
def hostile(served: Served) -> Served:
    rows = [row(n, text) for n, text in enumerate(PAYLOADS)] + [row(1000 + n, " ".join(group)) for n, group in enumerate(GROUPS)]
    with served.inbox.store.begin() as c:
        c.execute(delete(schema.card))
        for name in rows[0]:
            c.execute(insert(schema.metadata.tables[name]), [each for found in rows for each in found[name]])
        c.execute(update(schema.source).values(status="failed", says=" ".join(PAYLOADS), warnings=PAYLOADS))
        said.put_setting(c, "last_round_fault", " ".join(PAYLOADS))
    return served


SEVERAL = "/approve?" + "&".join(f"card={ref(f'no_next_step:X-{1000 + n}:x')}.1" for n in range(10))
CARDS = [f"/c/{ref(f'no_next_step:X-{1000 + n}:x')}" for n in range(10)]
LISTS = ["/", "/?tab=done", "/outbox", "/deals", "/meetings", "/unmatched", "/activity", "/health", "/settings"]

FOREIGN = """[...document.querySelectorAll('[href], [src], [action], [formaction]')].filter((e) =>
  !/^https?:$/.test(new URL(e.href || e.src || e.getAttribute('formaction') || e.getAttribute('action'), location).protocol)).length"""


def test_a_hundred_payloads_in_every_field_are_text_everywhere(hostile: Served, eyes: Eyes) -> None:
    for path in [*LISTS, SEVERAL, *CARDS, *(f"/deals/X-{1000 + n}" for n in range(10))]:
        page = eyes.open(path)
        assert page.evaluate("window.pwned") is None, path
        assert page.evaluate("[...document.scripts].every((s) => s.src.startsWith(location.origin + '/static/'))"), path
        eyes.strange += [f"{path}: {each}" for each in page.evaluate("window.refused")]
        assert page.evaluate(FOREIGN) == 0, path
    assert not eyes.strange


def test_what_a_form_or_an_address_of_a_page_holds_is_text(hostile: Served, eyes: Eyes) -> None:
    for text in PAYLOADS[::10]:
        page = eyes.open("/")
        page.fill("#search", text.replace("\n", " "))
        page.press("#search", "Enter")
        page.wait_for_load_state()
        assert page.evaluate("window.pwned") is None
    page = eyes.open(CARDS[0])
    page.fill("#to", " ".join(PAYLOADS[60:70]))
    page.fill("#body", "\n".join(PAYLOADS))
    page.get_by_role("button", name="Save without sending").click()
    assert page.locator("#to-error").is_visible()
    assert page.evaluate("window.pwned") is None
