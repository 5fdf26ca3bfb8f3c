"""What is done between two crashes of rounds: a mailbox is read, more mail comes, and it is read again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.store import Store, audit, schema
from tests.builders import Story
from tests.crash.work import Place
from tests.rigs.deliveries import NOW
from tests.rounds import Home, card_faults, differences

_MAIL = {"from": "Pat Lee <pat@acme.example>", "to": ["dana@northwind.example"], "subject": "Demo"}
STORY: dict[str, Any] = {
    "now": "2026-03-05T15:00",
    "deals": [
        {"id": "D-17", "name": "Analytics", "account": {"name": "Acme", "domains": ["acme.example"]}, "stage": "Demo"}
        | {"contacts": [{"name": "Pat Lee", "email": "pat@acme.example"}]}
    ],
    "events": [{"uid": "m1", "title": "Demo", "start": "2026-03-05T09:00", "end": "2026-03-05T10:00", "attendees": ["pat@acme.example"]}],
    "mail": [
        _MAIL | {"id": "a1", "date": "2026-03-03T10:00", "body": "See you on Thursday."},
        _MAIL | {"id": "a2", "date": "2026-03-05T11:00", "reply_to": "a1", "body": "Could you send me the price list?"},
        _MAIL | {"id": "a3", "date": "2026-03-05T12:00", "subject": "Lunch", "body": "Where shall we go?"},
    ],
}


@dataclass(frozen=True)
class Rounds(Place):
    """Each mail comes after the round before it."""

    def work(self, _day: int) -> None:
        store = Store.open(self.url)
        try:
            home = Home(self.root / "rep" / "onward.yaml", store)
            home.cycle.round(NOW)
            for mail in sorted((self.root / "later").iterdir()):
                mail.rename(self.root / "rep" / "mail" / mail.name)
                home.cycle.round(NOW)
        finally:
            store.close()

    def ended(self) -> tuple[list[str], Counter[str]]:
        """What is held and concluded must be what is there; and the states of the cards."""
        store = Store.open(self.url)
        try:
            home = Home(self.root / "rep" / "onward.yaml", store)
            there = len(list((self.root / "rep" / "mail").glob("*.eml")))
            held = [row["item"] for row in home.rows(schema.message)]
            says = (
                []
                if len(held) == len(set(held)) == there == len(STORY["mail"])
                else [f"lost or twice: {there} mails are there, {held} held"]
            )
            says += differences(home.stored_view(), home.fresh_view(NOW)) + card_faults(home, NOW)
            with store.read() as connection:
                says += [] if audit.verify(connection) is None else ["wrong: the audit trail does not hold"]
            return says, Counter(row["state"] for row in home.rows(schema.card))
        finally:
            store.close()


def blank(folder: Path) -> Path:
    """The rep's folder, and a store that knows nothing yet; of the mail all but the first is still to come."""
    Story(STORY).write(folder / "rep")
    (folder / "later").mkdir()
    for mail in sorted((folder / "rep" / "mail").glob("*.eml"))[1:]:
        mail.rename(folder / "later" / mail.name)
    Store.open(f"sqlite:///{folder / 'onward.db'}").close()
    return folder
