"""Which card there should be, and its words: looking at what lies on the rep's desk already, and at what the rep has settled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from agent import life
from agent.cycle.memory import card_of
from agent.draft import assemble, slots
from agent.model import Card, Draft, Event, Finding, Slot
from agent.ports import Drafter
from agent.store import decisions, said, schema
from agent.store.decisions import CardRow
from agent.store.said import Lesson
from agent.think.detect import kinds
from agent.think.dossier import Dossier, Plan
from agent.think.think import Conclusions

if TYPE_CHECKING:
    from agent.cycle.world import World

BY_REP = frozenset({"dismissed", "handled", "misplaced"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """The card that there should be. Of one that is there already `draft` is None while its words are still right."""

    card: Card
    draft: Draft | None
    value: float


@dataclass(frozen=True)
class Desk:
    """What lies on the rep's desk, and who writes. `cards` are all that some deals ever had, `drafts` those of the open ones, by key;
    `taken` are times on offer, by deal."""

    world: World
    drafter: Drafter
    fallback: Drafter
    busy: Sequence[Event]
    cards: dict[str, list[CardRow]]
    drafts: dict[str, decisions.Version]
    lessons: Sequence[Lesson]
    taken: dict[str, list[Event]]

    @staticmethod
    def at(connection: Connection, world: World, deals: Iterable[str], drafter: Drafter, fallback: Drafter, busy: Sequence[Event]) -> Desk:
        cards = {name: decisions.cards(connection, life.STATES, deal=name) for name in deals}
        drafts = {row.key: decisions.draft(connection, row) for rows in cards.values() for row in rows if row.state in life.OPEN}
        taken = _offered(connection)
        for name, times in decisions.offers(connection):
            taken.setdefault(name, []).extend(slots.as_events(times))
        return Desk(world, drafter, fallback, busy, cards, drafts, said.lessons(connection), taken)

    # ---------------------------------------------------------------------------------------------------- choosing

    def choose(self, found: Conclusions, dossier: Dossier) -> Plan | None:
        """The first finding that is not settled: not closed before, not taught to be none, not seen beside what the rep closed."""
        if found.plan is None or dossier.deal.status != "open":
            return None
        rows = [row for row in self.cards.get(found.deal, ()) if row.closed]
        asked = [f for f in found.findings if kinds()[f.kind].PLACE is not None and not self._settled(f, found.deal, rows)]
        if not asked:
            return None
        also = tuple(f.kind for f in found.findings if f is not asked[0])
        return Plan(asked[0], also, found.plan.warnings)

    def _settled(self, finding: Finding, deal: str, closed: Iterable[CardRow]) -> bool:
        key = f"{finding.kind}:{deal}:{finding.anchor}"
        seen = (row for row in closed if row.state in BY_REP and finding.kind in row.also and finding.due <= row.changed_at)
        return (
            any(row.key == key for row in closed) or any(True for _ in seen) or any(_taught(each, finding, deal) for each in self.lessons)
        )

    # ---------------------------------------------------------------------------------------------------- writing

    def wanted(self, plan: Plan, dossier: Dossier) -> Wanted | None:
        """None: nobody is left to write to. Words are asked for only where those that are there are not right any more."""
        name = dossier.deal.id
        probe = self._draft(plan, dossier, self.fallback)
        if probe is None:
            return None
        card = card_of(name, plan, probe)
        row = next((r for r in self.cards.get(name, ()) if r.key == card.key), None)
        value = dossier.deal.amount or 0.0
        if row and (not renewable(row, self.drafts[row.key]) or self._right(self.drafts[row.key].draft, probe)):
            return Wanted(card, None, value)
        draft = probe if self.drafter is self.fallback else self._draft(plan, dossier, self.drafter) or probe
        self.taken.setdefault(name, []).extend(slots.as_events(draft.times))
        return Wanted(card_of(name, plan, draft), draft, value)

    def _draft(self, plan: Plan, dossier: Dossier, drafter: Drafter) -> Draft | None:
        others = [event for name, events in self.taken.items() if name != dossier.deal.id for event in events]
        world = self.world
        return assemble.draft(plan, dossier, self.busy, world.now, world.rules, drafter, self.fallback, others)

    def _right(self, held: Draft, probe: Draft) -> bool:
        """What code decides is as it would be now, and the times are still ahead and free."""
        if _parts(held) != _parts(probe):
            return False
        if held.times == probe.times:
            return held.written_by != probe.written_by or held.body == probe.body
        free = (not _overlaps(slot, self.busy, self.world) for slot in held.times)
        return len(held.times) == len(probe.times) and all(s.start >= probe.times[0].start for s in held.times) and all(free)


def _overlaps(slot: Slot, busy: Sequence[Event], world: World) -> bool:
    return not slots.fits(slot, busy, world.rules.rep)


def _parts(draft: Draft) -> tuple[object, ...]:
    return draft.to, draft.cc, draft.subject, draft.language, draft.in_reply_to, draft.todo, draft.left_out


def renewable(row: CardRow, version: decisions.Version) -> bool:
    return "refresh" in life.TABLE[row.state] and version.author != "rep"


def _taught(lesson: Lesson, finding: Finding, deal: str) -> bool:
    if (lesson.kind, lesson.deal) != (finding.kind, deal):
        return False
    series = finding.meeting.uid if finding.meeting else ""
    if not (lesson.thread or lesson.series) or not (finding.thread or series):
        return True
    return bool((lesson.series and lesson.series == series) or (lesson.thread and lesson.thread == finding.thread))


def _offered(connection: Connection) -> dict[str, list[Event]]:
    s = schema.deal_state.c
    found: dict[str, list[Event]] = {}
    for deal, starts in connection.execute(select(s.deal, s.offered).where(s.rung == "proposed")):
        times = [datetime.fromisoformat(text) for text in starts]
        found[deal] = list(slots.as_events(Slot(at, at + slots.LENGTH) for at in times))
    return found
