"""Whatever the rep, the rounds, the outbox and the clock do in whatever order: nothing leaves unapproved, and nothing twice.

What must hold is asked at the moment when a mail leaves, of a model that knows only what was said and done.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select, update

from agent.deliver import Courier
from agent.desk import Changed, Desk, Terms
from agent.errors import Rejected, Unavailable, Unsure
from agent.model import Address, Card, Mail
from agent.ports import Handle, Receipt
from agent.store import Store, audit, decisions, deliveries, schema
from agent.store.decisions import CardRow
from connectors.folder import Outbox as Folder
from tests.needs import often
from tests.rigs.deliveries import NOW, RULES, UNDO, draft

PEOPLE = [Address(f"{name}@acme.example", f"{name}@acme.example", name.title()) for name in ("pat", "kim", "lee")]
MEMORY = Path("/dev/shm")
numbers = st.integers(0, len(PEOPLE) - 1)


class Outbox(Folder):
    """Tells `leaves` of each mail that goes out by its hand, and fails before or after it as it was told."""

    def __init__(self, path: Path, machine: Delivery) -> None:
        super().__init__(path)
        self._root, self._machine = path, machine

    def put(self, mail: Mail) -> Handle:
        self._machine.fails("put")
        return super().put(mail)

    def send(self, handle: Handle) -> Receipt:
        self._machine.fails("send")
        before = self._names()
        receipt = super().send(handle)
        for name in self._names() - before:
            self._machine.leaves((self._root / "sent" / name).read_bytes())
        self._machine.fails("sent")
        return receipt

    def _names(self) -> set[str]:
        return {path.name for path in (self._root / "sent").glob("*.eml")}


class Delivery(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        self.now = NOW
        self.store: Any = None
        self.said: dict[str, tuple[str, datetime]] = {}  # by digest of what was approved: its card, and when it may leave
        self.gone: dict[str, int] = {}  # by digest: how often it left
        self.undone: set[str] = set()
        self.spoilt: set[str] = set()
        self.silent: set[str] = set()
        self.fallen: dict[str, str | Exception] = {}
        self.paused = False
        self.failing: dict[str, Exception] = {}
        self.meanwhile: tuple[str, str, int] | None = None

    @initialize(mode=st.sampled_from(["send", "draft"]))
    def begin(self, mode: Any) -> None:
        path = self.root / "onward.db"
        path.touch(mode=0o600)
        path.write_bytes(_blank())
        self.terms = Terms(mode, UNDO)
        self.restart()

    def teardown(self) -> None:
        if self.store:
            self.store.close()
        shutil.rmtree(self.root)

    # ------------------------------------------------------------------------------------------- what the outbox asks

    def fails(self, call: str) -> None:
        if self.meanwhile and self.meanwhile[0] == call:
            _, what, number = self.meanwhile
            self.meanwhile = None
            {"undo": lambda: self.undo(number), "silence": lambda: self.silence(number), "pause": lambda: self.pause(paused=True)}[what]()
        if fault := self.failing.pop(call, None):
            raise fault

    def leaves(self, raw: bytes) -> None:
        digest = sha256(raw).hexdigest()
        assert digest in self.said, "nobody has approved these bytes"
        card, at = self.said[digest]
        assert digest not in self.undone, "it was taken back"
        assert digest not in self.spoilt, "what is stored is not what was approved"
        assert self.now >= at, "the undo window is not over"
        assert not self.paused, "it is paused"
        assert not self.fallen.get(card), "there is no reason to write any more, or nobody knows"
        assert PEOPLE[int(card[-1])].key not in self.silent, "they are to be left alone"
        assert self.terms.mode == "send", "the rep sends it himself"
        self.gone[digest] = self.gone.get(digest, 0) + 1
        assert self.gone[digest] == 1, "it was sent before"

    def premise(self, key: str, _now: datetime) -> str:
        self.fails("premise")
        found = self.fallen.get(key.split(":")[1], "")
        if isinstance(found, Exception):
            raise found
        return found

    # --------------------------------------------------------------------------------------------------- what happens

    @rule()
    def restart(self) -> None:
        if self.store:
            self.store.close()
        self.store = Store.open(f"sqlite:///{self.root / 'onward.db'}")
        self.courier = Courier(self.store, Outbox(self.root / "outbox", self), self.premise, RULES)
        self.desk = Desk(self.store, RULES, self.terms, self.premise)

    @rule(number=numbers)
    def approve(self, number: int) -> None:
        card = self.card(number)
        try:
            name = self.desk.approve(card.key, card.version, self.now)
        except (Changed, Rejected):
            return
        with self.store.read() as connection:
            found = deliveries.find(connection, name)
        self.said[found.digest] = (f"deal-{number}", self.now + UNDO)

    @rule(number=numbers)
    def undo(self, number: int) -> None:
        card = self.card(number)
        with self.store.read() as connection:
            approval = decisions.approval(connection, card.key)
        try:
            self.desk.undo(card.key, self.now)
        except (Changed, Rejected):
            return
        if card.state == "approved":
            assert approval is not None
            with self.store.read() as connection:
                self.undone.add(deliveries.find(connection, approval.id).digest)

    @rule(number=numbers)
    def handle(self, number: int) -> None:
        card = self.card(number)
        with suppress(Changed):
            self.desk.handle(card.key, card.version, self.now)

    @rule(seconds=st.sampled_from([0, 1, 10, 70, 400, 4000, 100_000]))
    def deliver(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        self.courier.deliver(self.now)

    @rule(seconds=st.sampled_from([-100_000, -3600, -5, 3600, 10_000_000]))
    def leap(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(number=numbers)
    def silence(self, number: int) -> None:
        self.desk.silence(PEOPLE[number].email, "asked", self.now)
        self.silent.add(PEOPLE[number].key)

    @precondition(lambda self: self.silent)
    @rule()
    def revoke(self) -> None:
        self.desk.revoke("silence", self.silent.pop(), self.now)

    @rule(paused=st.booleans())
    def pause(self, paused: bool) -> None:
        self.desk.pause(None, self.now) if paused else self.desk.resume(self.now)
        self.paused = paused

    @rule(number=numbers, found=st.sampled_from(["", "", "They answered.", Unavailable("mail: no answer")]))
    def facts(self, number: int, found: str | Exception) -> None:
        self.fallen[f"deal-{number}"] = found

    @rule(
        call=st.sampled_from(["put", "send", "sent"]),
        fault=st.sampled_from([Unavailable("no answer"), Rejected("no"), ValueError("a bug")]),
    )
    def break_outbox(self, call: str, fault: Exception) -> None:
        """What is raised after a mail has left can only be that nobody knows."""
        self.failing[call] = Unsure("lost") if call == "sent" else fault

    @rule(when=st.sampled_from(["premise", "put"]), what=st.sampled_from(["undo", "silence", "pause"]), number=numbers)
    def meddle(self, when: str, what: str, number: int) -> None:
        """The rep says something while the courier is about to lay or send the next mail."""
        self.meanwhile = (when, what, number)

    @rule(number=numbers)
    def tamper(self, number: int) -> None:
        with self.store.begin() as connection:
            approval = decisions.approval(connection, self.card(number).key)
            if approval is None:
                return
            digest, raw = deliveries.find(connection, approval.id).digest, deliveries.find(connection, approval.id).raw
            table = schema.approval
            connection.execute(update(table).where(table.c.id == approval.id).values(raw=raw.replace(b"speak", b"spend")))
        self.spoilt.add(digest)

    @rule(number=st.integers(0, 2), what=st.sampled_from(["edit", "send", "delete"]))
    def by_hand(self, number: int, what: str) -> None:
        """The rep does something to a draft in the folder."""
        drafts = sorted((self.root / "outbox" / "drafts").glob("*.eml"))
        if len(drafts) <= number:
            return
        path = drafts[number]
        if what == "edit":
            path.write_bytes(path.read_bytes() + b"my own words\r\n")
        elif what == "delete":
            path.unlink()
        else:
            digest = sha256(path.read_bytes()).hexdigest()
            self.gone[digest] = self.gone.get(digest, 0) + 1
            path.rename(self.root / "outbox" / "sent" / path.name)

    @rule(number=numbers, sent=st.booleans())
    def settle(self, number: int, sent: bool) -> None:
        """The rep looks first, and says what is so."""
        card = self.card(number)
        if card.state != "held":
            return
        with self.store.read() as connection:
            approval = decisions.approval(connection, card.key)
            assert approval is not None
            digest = deliveries.find(connection, approval.id).digest
        self.desk.settle(card.key, self.gone.get(digest, 0) > 0, self.now)

    # ------------------------------------------------------------------------------------------------- what must hold

    def card(self, number: int) -> CardRow:
        with self.store.read() as connection:
            return decisions.known(connection, f"no_next_step:deal-{number}:m1")

    @invariant()
    def nothing_is_there_twice_or_lost(self) -> None:
        if self.store is None:
            return
        with self.store.read() as connection:
            names = connection.execute(select(schema.delivery.c.id)).scalars().all()
            found = [deliveries.find(connection, name) for name in names]
            cards = {d.id: decisions.known(connection, d.card) for d in found}
            assert audit.verify(connection) is None
        for each in found:
            assert self.gone.get(each.digest, 0) <= 1
            if each.state == "sent" and not cards[each.id].reason.startswith("You"):
                assert self.gone.get(each.digest) == 1, "it is called sent and was not"
        for card in cards.values():
            mine = [d for d in found if d.card == card.key]
            assert sum(d.state in ("due", "putting", "put", "sending", "laid", "held") for d in mine) <= 1
            if card.state in ("approved", "sending", "laid", "held"):
                assert any(d.state in ("due", "putting", "put", "sending", "laid", "held") for d in mine), "nobody looks after it"

    @invariant()
    def what_waits_is_looked_at_again(self) -> None:
        if self.store is None:
            return
        with self.store.read() as connection:
            waits = connection.execute(
                select(schema.delivery.c.next_at).where(schema.delivery.c.state.in_(["due", "held", "laid"]))
            ).first()
        assert waits is None or self.courier.next_due() is not None


def _blank() -> bytes:
    """A store with a card for each person, made once."""
    if not _made:
        folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        store = Store.open(f"sqlite:///{folder / 'onward.db'}")
        for number, who in enumerate(PEOPLE):
            card = Card(f"no_next_step:deal-{number}:m1", "no_next_step", f"deal-{number}", NOW, (), (), draft=draft(who.name, [who]))
            with store.begin() as connection:
                decisions.create(connection, card, 0.0, NOW)
        store.close()
        _made.append((folder / "onward.db").read_bytes())
        shutil.rmtree(folder)
    return _made[0]


_made: list[bytes] = []
TestDelivery = Delivery.TestCase
TestDelivery.settings = settings(max_examples=often(30, 300), stateful_step_count=25, deadline=None)
