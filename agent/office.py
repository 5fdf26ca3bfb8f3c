"""One rep's working Onward, put together from the settings: what the daemon, the web inbox and the terminal share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from agent import wiring
from agent.cycle import Cycle, Feed
from agent.deliver import Courier
from agent.desk import Desk, Terms
from agent.settings import Settings
from agent.store import Store


@dataclass(frozen=True)
class Office:
    """Opens the store; nothing is read or sent before somebody asks for it."""

    settings: Settings
    store: Store
    cycle: Cycle
    courier: Courier
    desk: Desk

    @staticmethod
    def open(settings: Settings, now: datetime) -> Office:
        store = Store.open(settings.store)
        pens = wiring.drafter(settings, now), wiring.template(settings, now)
        cycle = Cycle(store, lambda at: feeds(settings, at), settings.rules, *pens, bodies=settings.retention["bodies"])
        asked_anew = partial(cycle.premise, fresh=True)
        outbox, diary = wiring.outbox(settings, now), wiring.diary(settings, now)
        courier = Courier(store, outbox, asked_anew, settings.rules, within_hours=settings.within_hours, diary=diary)
        desk = Desk(store, settings.rules, Terms(settings.deliver, settings.undo, settings.within_hours), cycle.premise)
        return Office(settings, store, cycle, courier, desk)

    def close(self) -> None:
        self.store.close()


def feeds(settings: Settings, now: datetime) -> Sequence[Feed]:
    return [Feed(n.section, n.kind, n.source, n.source if n.section == "mail" else None, n.settings) for n in wiring.sources(settings, now)]
