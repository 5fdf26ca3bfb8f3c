"""How long the inbox takes to answer: `python -m bench.pages CARDS` prints JSON, milliseconds by page over a real socket.

The store holds so many deals, each with a card under review, four mails, a meeting and what was concluded of them.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from agent.desk import Desk, Terms
from agent.model import Address, Body, Card, Contact, Deal, Draft, Event, Evidence, Guest, Message, Rep, Rules, WorkingTime
from agent.settings import playbook
from agent.store import Store, codec, decisions, schema
from agent.web import session
from agent.web.inbox import Inbox
from agent.web.serve import InboxServer, bind
from bench.mailbox import NOW

ASKED = 20  # times each page is asked
KINDS = ("no_next_step", "reply_owed", "promise_due", "gone_quiet", "their_promise_due", "slipping")
TEXT = "Thank you for the call.\n\nWhen could we look at the offer together?\n\n" * 6
ME = Address("dana@northwind.example", "dana@northwind.example", "Dana Reyes")


@dataclass(frozen=True)
class Well:
    ok: bool = True


def rows(number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """One deal with its facts and conclusions."""
    name, site, day = f"D-{number}", f"customer{number}.example", NOW - timedelta(hours=number % 300 + 6)
    ana = Address(f"ana@{site}", f"ana@{site}", f"Ana {number}")
    known = Deal(name, f"Renewal {number}", "Demo", f"Customer {number}", (site,), (Contact(ana.name, (ana,)),), amount=1000.0 + number)
    yield "deal", {"id": name, "source": 2, "data": codec.dumps(known)}
    for turn in range(4):
        at, mid = day - timedelta(days=turn), f"<{turn}.{number}@{site}>"
        mail = Message(mid, mid, *((ana, (ME,)) if turn % 2 else (ME, (ana,))), (), (), f"Renewal {number}", at)
        key = number * 4 + turn
        yield "message", {"id": key, "source": 0, "item": mid, "message_id": mid, "sent": at, "thread": name, "data": codec.dumps(mail)}
        yield "message_mark", {"message": key, "mark": ana.key}
        yield "body", {"message": key, "data": codec.dumps(Body(mid, TEXT)), "read_at": NOW}
    about = {"subject": f"Renewal {number}", "latest": day, "deal": name, "candidates": [name], "by": "contact", "confidence": 0.9}
    yield "thread", {"id": name, "status": "matched", "evidence": ["They are a contact of the deal."], **about}
    yield "thread_deal", {"thread": name, "deal": name}
    met = Event(f"m{number}", day - timedelta(hours=1), day, f"Call {number}", ana, (Guest(ME),))
    yield "occurrence", {"uid": met.uid, "key": met.uid, "start": met.start, "end": met.end, "data": codec.dumps(met)}
    held = {"key": met.uid, "uid": met.uid, "start": met.start, "end": met.end, "title": met.title, "all_day": False, "deal": name}
    yield "meeting", {**held, "verdict": "flagged", "reason": "", "candidates": [], "people": [ana.email]}
    yield "deal_state", {"deal": name, "rung": "nothing", "why": "", "findings": [], "held": False, "last_contact": day, "thought_at": NOW}


def card(number: int) -> Card:
    kind, site = KINDS[number % len(KINDS)], f"customer{number}.example"
    ana = Address(f"ana@{site}", f"ana@{site}", f"Ana {number}")
    draft = Draft((ana,), (), f"Re: Renewal {number}", f"Hi Ana,\n\n{TEXT}Dana", "en", (), "", "", "template", thread=f"D-{number}")
    proof = (Evidence(f"event:m{number}", "The call ended."), Evidence(f"message:<1.{number}@{site}>", "They have not been answered."))
    due = NOW - timedelta(hours=number % 300 + 5)
    return Card(
        f"{kind}:D-{number}:m{number}", kind, f"D-{number}", due, (), proof, meeting=f"m{number}", thread=f"D-{number}", draft=draft
    )


def fill(store: Store, cards: int) -> None:
    tables: dict[str, list[dict[str, Any]]] = {}
    for number in range(cards):
        for table, row in rows(number):
            tables.setdefault(table, []).append(row)
    with store.begin() as connection:
        for table, many in tables.items():
            connection.execute(insert(schema.metadata.tables[table]), many)
        for number in range(cards):
            decisions.create(connection, card(number), 1000.0 + number, NOW)


@contextmanager
def serving(store: Store) -> Iterator[int]:
    rep = Rep("Dana Reyes", ME, (), WorkingTime(ZoneInfo("America/New_York")), domains=frozenset({"northwind.example"}))
    rules = Rules(rep, playbook.shipped())
    desk = Desk(store, rules, Terms("send"), lambda _key, _now: "")
    with bind("127.0.0.1", 0) as sock:
        port = sock.getsockname()[1]
        inbox = Inbox(desk, store, lambda: NOW, port, Well, bytes, check_now=lambda: None, progress=lambda: None, settings_text=str)
        server = InboxServer(inbox)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
        thread.start()
        try:
            yield port
        finally:
            server.stop()
            thread.join()


def asked(connection: HTTPConnection, path: str, cookie: str) -> tuple[float, float]:
    """Milliseconds until the last byte: of the clock, and of the processor (of the client too)."""
    began, used = time.perf_counter(), time.process_time()
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        sys.exit(f"{path} answered {answer.status}")
    return (time.perf_counter() - began) * 1000, (time.process_time() - used) * 1000


def signed_in(connection: HTTPConnection, store: Store) -> str:
    """The cookie."""
    connection.request("GET", session.link(store, 0, NOW).partition(":0")[2])
    answer = connection.getresponse()
    answer.read()
    return answer.headers["Set-Cookie"].partition(";")[0]


def costs(store: Store, paths: Sequence[str]) -> Iterator[tuple[str, dict[str, float]]]:
    with serving(store) as port:
        connection = HTTPConnection("127.0.0.1", port)
        cookie = signed_in(connection, store)
        for path in paths:
            times = [asked(connection, path, cookie) for _ in range(ASKED + 1)][1:]  # the first reads the templates
            walls, processor = zip(*times, strict=True)
            slow = statistics.quantiles(walls, n=10)[8]
            yield path, {"median": statistics.median(walls), "slow": slow, "processor": statistics.median(processor)}
        connection.close()


def main(cards: int) -> None:
    half = cards // 2
    paths = ["/", "/?tab=waiting", "/?stage=Demo", f"/?q=customer{half}", f"/c/{schema.ref(card(half).key)}", "/deals", f"/deals/D-{half}"]
    paths += ["/meetings", "/unmatched", "/outbox", "/activity", "/health", "/settings", "/healthz"]
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{folder}/onward.db")
        fill(store, cards)
        print(json.dumps({"cards": cards, "pages": dict(costs(store, paths))}))
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]))
