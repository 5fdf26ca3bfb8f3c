"""Random histories of a rep's folder: mails, events and deals come, go and change, the rep says things, the clock jumps.

They are made of stories: what a story tells at once arrives piece by piece, in any order.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from agent.model import Answer
from agent.store import said
from tests.builders import Story, load, yaml
from tests.rounds import Home


def suitable(data: Mapping[str, Any]) -> bool:
    """With files that can be taken apart, and a configuration that others share."""
    told = {"raw_calendar", "files", "without", "rep"} & data.keys() | {"outbox", "drafter", "deals"} & data.get("config", {}).keys()
    return not told and data["expect"].get("exit", 0) == 0 and len(data.get("mail", ())) < 60 and "history" not in data.get("config", {})


@cache
def tellable() -> list[Path]:
    """All stories that can be taken apart."""
    return [path for path in sorted((Path(__file__).parent.parent / "scenarios").rglob("*.yaml")) if suitable(load(path))]


def told(*names: str) -> list[Story]:
    """The stories of these names."""
    folder = Path(__file__).parent.parent / "scenarios"
    return [Story(load(next(folder.rglob(f"{name}.yaml")))) for name in names]


@dataclass
class History:
    """`folder` is the rep's; everything that a story holds is `told` or still `untold`."""

    folder: Path
    stories: Sequence[Story]
    chance: random.Random
    mails: dict[str, bytes] = field(default_factory=dict)
    events: list[tuple[int, int]] = field(default_factory=list)
    deals: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        first = self.stories[0]
        self.now: datetime = first.now
        self.all_mails = {
            f"{s}-{n:03d}.eml": story.eml(mail) for s, story in enumerate(self.stories) for n, mail in enumerate(story.data.get("mail", []))
        }
        self.all_events = [(s, n) for s, story in enumerate(self.stories) for n in range(len(story.data.get("events", [])))]
        self.all_deals = {d["id"]: d for story in self.stories for d in story.data.get("deals", []) if "id" in d}
        (self.folder / "mail").mkdir(parents=True)
        (self.folder / "onward.yaml").write_bytes(yaml(first.settings()).encode())
        self._write()

    def _write(self) -> None:
        """Times of files are what they are: a changed file has another size or a new inode."""
        held = {path.name: path for path in (self.folder / "mail").iterdir()}
        for name in held.keys() - self.mails.keys():
            held[name].unlink()
        for name, raw in self.mails.items():
            if name not in held or held[name].read_bytes() != raw:
                _lay(self.folder / "mail" / name, raw)
        _lay(self.folder / "calendar.ics", self._calendar())
        _lay(self.folder / "deals.yaml", yaml(list(self.deals.values())).encode())

    def _calendar(self) -> bytes:
        parts = []
        for number, story in enumerate(self.stories):
            chosen = [story.data["events"][n] for s, n in sorted(self.events) if s == number]
            part = Story({**story.data, "events": chosen}).calendar()
            parts.append(part)
        return b"\r\n".join(parts)

    # ---------------------------------------------------------------------------------------------------- what happens

    def step(self, home: Home) -> str:
        names = (
            "arrive",
            "arrive",
            "arrive",
            "leave",
            "change_mail",
            "event",
            "event",
            "no_event",
            "deal",
            "deal",
            "no_deal",
            "alter",
            "say",
            "clock",
            "restart",
        )
        name = self.chance.choice(names)
        getattr(self, name)(home)
        self._write()
        return name

    def arrive(self, _home: Home) -> None:
        left = sorted(self.all_mails.keys() - self.mails.keys())
        for name in self.chance.sample(left, min(len(left), self.chance.randint(1, 8))):
            self.mails[name] = self.all_mails[name]

    def leave(self, _home: Home) -> None:
        for name in self.chance.sample(sorted(self.mails), min(len(self.mails), 2)):
            del self.mails[name]

    def change_mail(self, _home: Home) -> None:
        """Another mail lies under the same name."""
        if len(self.mails) > 1:
            one, other = self.chance.sample(sorted(self.mails), 2)
            self.mails[one], self.mails[other] = self.mails[other], self.mails[one]

    def event(self, _home: Home) -> None:
        left = [e for e in self.all_events if e not in self.events]
        self.events += self.chance.sample(left, min(len(left), 3))

    def no_event(self, _home: Home) -> None:
        if self.events:
            self.events.remove(self.chance.choice(self.events))

    def deal(self, _home: Home) -> None:
        left = sorted(self.all_deals.keys() - self.deals.keys())
        for name in self.chance.sample(left, min(len(left), 3)):
            self.deals[name] = self.all_deals[name]

    def no_deal(self, _home: Home) -> None:
        if self.deals:
            del self.deals[self.chance.choice(sorted(self.deals))]

    def alter(self, _home: Home) -> None:
        if not self.deals:
            return
        name = self.chance.choice(sorted(self.deals))
        deal = dict(self.deals[name])
        others = [c for d in self.all_deals.values() for c in d.get("contacts", [])]
        changes: list[Callable[[], Any]] = [
            lambda: deal.update(stage=self.chance.choice(["Demo", "Proposal", "Negotiation"])),
            lambda: deal.update(contacts=deal.get("contacts", [])[1:], account=deal.get("account") or {"name": "Some"}),
            lambda: deal.update(contacts=[*deal.get("contacts", []), *self.chance.sample(others, min(1, len(others)))]),
            lambda: deal.update(status=self.chance.choice(["open", "won", "lost"]), close_date=str(self.now.date())),
            lambda: deal.update(owner=self.chance.choice(["dana@northwind.example", "max@northwind.example"])),
            lambda: deal.update(next_step="Send it", amount=self.chance.randint(1, 9) * 1000),
        ]
        self.chance.choice(changes)()
        self.deals[name] = deal

    def say(self, home: Home) -> None:
        """An answer, a silence, or one of them revoked."""
        deal = self.chance.choice([None, *sorted(self.all_deals)])
        people = [c["email"] for d in self.all_deals.values() for c in d.get("contacts", []) if "email" in c]
        threads = [row for story in self.stories for row in story.ids.values()]
        series = [row for story in self.stories for row in story.uids.values()]
        with home.store.begin() as connection:
            match self.chance.randint(0, 5):
                case 0 if threads:
                    said.add_answer(connection, Answer(deal, thread=self.chance.choice(threads)), self.now)
                case 1 if series:
                    said.add_answer(connection, Answer(deal, series=self.chance.choice(series)), self.now)
                case 2 if people:
                    said.add_answer(connection, Answer(deal, person=self.chance.choice(people)), self.now)
                case 3 if people:
                    said.add_silence(connection, self.chance.choice(people), "because", "rep", self.now)
                case 4:
                    for key in sorted(said.silent(connection))[:1]:
                        said.revoke(connection, "silence", key, self.now)
                case _:
                    said.revoke(connection, "answer", str(self.chance.randint(1, 4)), self.now)

    def clock(self, _home: Home) -> None:
        self.now += self.chance.choice([timedelta(hours=1), timedelta(hours=5), timedelta(days=1), timedelta(days=3), timedelta(days=-2)])

    def restart(self, home: Home) -> None:
        home.restart()


def _lay(path: Path, data: bytes) -> None:
    if not path.exists() or path.read_bytes() != data:
        new = path.with_name("." + path.name)
        new.write_bytes(data)
        new.replace(path)
