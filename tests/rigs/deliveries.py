"""Approved mail, and an outbox that loses its answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import select

from agent.deliver import Counts, Courier
from agent.draft import compose
from agent.errors import Unsure
from agent.model import Address, Card, Draft, Mail, Rep, Rules, WorkingTime
from agent.ports import Handle, Outbox, Placed, Receipt
from agent.store import Store, decisions, deliveries, schema
from agent.store.decisions import CardRow
from agent.store.deliveries import Delivery
from connectors.folder import Outbox as Folder

NOW = datetime(2026, 3, 5, 20, tzinfo=UTC)  # Thursday, 15:00 in New York
UNDO = timedelta(seconds=10)
PAT = Address("pat@acme.example", "pat@acme.example", "Pat Lee")
REP = Rep("Dana Reyes", Address("dana@northwind.example", "dana@northwind.example"), (), WorkingTime(ZoneInfo("America/New_York")))
RULES = Rules(REP, ())


def draft(name: str, to: Sequence[Address] = (PAT,)) -> Draft:
    body = f"Hi Pat,\n\nshall we speak on Thursday about {name}?\n\nDana"
    return Draft(tuple(to), (), f"Re: {name}", body, "en", (), "", "", "template")


def approve(
    store: Store,
    name: str,
    now: datetime = NOW,
    *,
    mode: Literal["send", "draft"] = "send",
    undo: timedelta = UNDO,
    to: Sequence[Address] = (PAT,),
) -> str:
    """A card of its own deal, or that card again, approved as it stands; the approval's id."""
    key = f"no_next_step:{name}:m1@x"
    with store.begin() as connection:
        card = decisions.find(connection, key)
        if card is None:
            card = decisions.create(connection, Card(key, "no_next_step", name, now, (), (), draft=draft(name, to)), 0.0, now)
        numbers = connection.execute(select(schema.approval.c.id).where(schema.approval.c.card == key)).all()
        words = decisions.draft(connection, card).draft
        mail = compose.mail(words, REP, f"{name}-{len(numbers) + 1}", now + undo)
        decisions.move(connection, card, "approve", now, who="rep")
        decisions.agree(connection, card, mail, mode, now, now + undo)
    return mail.key


@dataclass
class Desk:
    """A store and an outbox with the courier between them; `restart` is another process."""

    store: Store
    outbox: Outbox
    root: Path
    premises: dict[str, str | Exception] = field(default_factory=dict)  # by deal
    asked: list[str] = field(default_factory=list)
    rules: Rules = RULES
    within_hours: bool = False

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        self.courier = Courier(self.store, self.outbox, self.premise, self.rules, within_hours=self.within_hours)

    def premise(self, key: str, now: datetime) -> str:
        self.asked.append(key)
        found = self.premises.get(key.split(":")[1], "")
        if isinstance(found, Exception):
            raise found
        return found

    def deliver(self, after: timedelta = UNDO, now: datetime = NOW) -> Counts:
        return self.courier.deliver(now + after)

    def delivery(self, name: str) -> Delivery:
        with self.store.read() as connection:
            return deliveries.find(connection, name)

    def card(self, name: str) -> CardRow:
        with self.store.read() as connection:
            return decisions.known(connection, self.delivery(name).card)

    def states(self, name: str) -> tuple[str, str]:
        """Of the delivery and of its card."""
        return self.delivery(name).state, self.card(name).state

    def approved(self, name: str) -> bytes:
        return self.delivery(name).raw

    def drafts(self) -> list[bytes]:
        return _mails(self.root / "drafts")

    def sent(self) -> list[bytes]:
        return _mails(self.root / "sent")

    def file(self, folder: str = "drafts") -> Path:
        (found,) = (self.root / folder).glob("*.eml")
        return found


def desk(store: Store, tmp_path: Path, outbox: Callable[[Path], Outbox] = Folder, **more: object) -> Desk:
    return Desk(store, outbox(tmp_path / "outbox"), tmp_path / "outbox", **more)  # type: ignore[arg-type]


def _mails(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.glob("*.eml"))]


class Faulty(Folder):
    """Raises what stands in `faults`, once per entry, before it does anything; None lets one call pass."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.faults: dict[str, list[Exception | None]] = {}

    def _fail(self, call: str) -> None:
        if (waiting := self.faults.get(call)) and (fault := waiting.pop(0)):
            raise fault

    def put(self, mail: Mail) -> Handle:
        self._fail("put")
        return super().put(mail)

    def look(self, handles: Sequence[Handle]) -> list[Placed]:
        self._fail("look")
        return super().look(handles)

    def send(self, handle: Handle) -> Receipt:
        self._fail("send")
        return super().send(handle)

    def withdraw(self, handle: Handle) -> bool:
        self._fail("withdraw")
        return super().withdraw(handle)


class Lossy:
    """Like a mail server: what is sent goes out for good, each time that it is sent, and one copy of it in Sent shows up later,
    or never. The answer to `send` is lost as often as `losses` says; `blind` looks find nothing at first.

    What went out lies in `sent`, one file for each time, whatever it was put as.
    """

    def __init__(self, root: Path, losses: int = 0, blind: int = 0) -> None:
        self.root, self.losses, self.blind = root, losses, blind
        for name in ("drafts", "sent"):
            (root / name).mkdir(parents=True, exist_ok=True)

    def put(self, mail: Mail) -> Handle:
        if not any((self.root / "sent").glob(f"{mail.key}.*")):
            (self.root / "drafts" / f"{mail.key}.eml").write_bytes(mail.raw)
        return mail.key

    def look(self, handles: Sequence[Handle]) -> list[Placed]:
        return [self._placed(handle) for handle in handles]

    def _placed(self, handle: Handle) -> Placed:
        if (self.root / "drafts" / f"{handle}.eml").exists():
            return Placed("draft")
        if self.blind > 0 or not (found := sorted((self.root / "sent").glob(f"{handle}.*"))):
            self.blind -= 1
            return Placed("gone")
        return Placed("sent", receipt=found[0].name)

    def send(self, handle: Handle) -> Receipt:
        path = self.root / "drafts" / f"{handle}.eml"
        if not path.exists():
            raise Unsure("the draft is not there; whether it was sent cannot be told")
        number = len(list((self.root / "sent").glob(f"{handle}.*"))) + 1
        gone = path.rename(self.root / "sent" / f"{handle}.{number}.eml")
        if self.losses > 0:
            self.losses -= 1
            raise Unsure("the connection was lost after the mail was handed over")
        return Receipt(gone.name)

    def withdraw(self, handle: Handle) -> bool:
        path = self.root / "drafts" / f"{handle}.eml"
        path.unlink(missing_ok=True)
        return not any((self.root / "sent").glob(f"{handle}.*"))
