"""What is done between two crashes: the rep approves, the courier delivers and records; and what must hold in the end."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import select

from agent.deliver import Courier, clearance
from agent.desk import Desk, Terms
from agent.model import Card
from agent.ports import Outbox
from agent.store import Store, audit, decisions, deliveries, schema
from agent.store.deliveries import Delivery
from connectors.folder import Outbox as Folder
from tests.crash import trace
from tests.rigs.deliveries import NOW, RULES, Lossy, draft

Mode = Literal["send", "draft"]


class Blind(Courier):
    """The control: a claim means nothing. What an earlier process had begun to send is sent, as if it had not begun."""

    def _settle(self, delivery: Delivery, now: datetime) -> Delivery:
        with self._store.read() as connection:
            mail = clearance.mail(connection, delivery)
        receipt = self._door.asked(lambda outbox: outbox.send(outbox.put(replace(mail, key=f"{mail.key}-again"))))
        return self._record(delivery, now, "sent", "arrive", now, receipt.id)


@dataclass(frozen=True)
class Place:
    """A store and an outbox in a folder; `work` may be done in any process, and again after it was killed."""

    root: Path
    outbox: Callable[[Path], Outbox] = Folder
    courier: type[Courier] = Courier
    mode: Mode = "send"
    calls: Mapping[int, str] = field(default_factory=lambda: trace.CALLS)  # between which it is killed

    @property
    def url(self) -> str:
        return f"sqlite:///{self.root / 'onward.db'}"

    def fresh(self, blank: Path) -> Place:
        """With cards that are under review, and nothing else."""
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(blank, self.root)
        return self

    def work(self, day: int) -> None:
        """What was not approved yet is approved, and all that is due is delivered."""
        now = NOW + day * timedelta(days=1)
        store = Store.open(self.url)
        try:
            desk = Desk(store, RULES, Terms(self.mode, timedelta()), lambda _key, _now: "")
            with store.read() as connection:
                waiting = decisions.cards(connection, ["review"])
            for card in waiting:
                name = desk.approve(card.key, card.version, now)
                (self.root / f"told-{name}").touch()  # what the rep was told
            self.courier(store, self.outbox(self.root / "outbox"), lambda _key, _now: "", RULES).deliver(now)
        finally:
            store.close()

    def ended(self) -> tuple[list[str], Counter[str]]:
        """What must never be (sent twice, lost, unapproved, recorded as something else than it is), and the states reached."""
        store = Store.open(self.url)
        try:
            with store.read() as connection:
                names = list(connection.execute(select(schema.approval.c.id)).scalars())
                found = [deliveries.find(connection, name) for name in names]
                cards = {d.id: decisions.known(connection, d.card).state for d in found}
                sound = audit.verify(connection) is None
        finally:
            store.close()
        sent, drafts = self._digests("sent"), self._digests("drafts")
        told = {path.name.removeprefix("told-") for path in self.root.glob("told-*")}
        says = [f"lost: {name} was approved and is not there" for name in told - set(names)]
        says += ["unapproved: something was sent" for digest in sent if digest not in {d.digest for d in found}]
        says += [f"twice: {d.id} was sent {sent[d.digest]} times" for d in found if sent[d.digest] > 1]
        says += [f"twice: {drafts[d.digest]} drafts of {d.id}" for d in found if drafts[d.digest] > 1]
        says += [f"lost: {d.id} is {d.state}" for d in found if d.state not in ("sent", "held", "laid")]
        says += [f"wrong: {d.id} is {d.state} and was not sent" for d in found if d.state == "sent" and not sent[d.digest]]
        says += [f"wrong: {d.id} is {d.state}, its card {cards[d.id]}" for d in found if d.state != cards[d.id]]
        says += [] if sound else ["wrong: the audit trail does not hold"]
        return says, Counter(d.state for d in found)

    def _digests(self, folder: str) -> Counter[str]:
        return Counter(sha256(path.read_bytes()).hexdigest() for path in (self.root / "outbox" / folder).glob("*.eml"))


@dataclass(frozen=True)
class Served(Place):
    """The store is a PostgreSQL server that lives on, the outbox a folder."""

    cluster: Any = None
    calls: Mapping[int, str] = field(default_factory=lambda: trace.CALLS | trace.NETWORK)

    @property
    def url(self) -> str:
        return str(self.cluster.url("crash"))

    def fresh(self, blank: Path) -> Place:
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir()
        self.cluster.run("DROP DATABASE IF EXISTS crash WITH (FORCE)")
        self.cluster.run(f"CREATE DATABASE crash TEMPLATE {blank.name}")
        return self


def blank(folder: Path, cards: int) -> Path:
    """A store with that many cards, as it stands before the first approval."""
    folder.mkdir(parents=True)
    fill(f"sqlite:///{folder / 'onward.db'}", cards)
    return folder


def fill(url: str, cards: int) -> None:
    store = Store.open(url)
    for number in range(cards):
        name = f"deal-{number}"
        with store.begin() as connection:
            decisions.create(connection, Card(f"no_next_step:{name}:m1", "no_next_step", name, NOW, (), (), draft=draft(name)), 0.0, NOW)
    store.close()


def server(root: Path) -> Outbox:
    """A mail server whose Sent folder lags behind for longer than anybody looks."""
    return Lossy(root, blind=10_000)
