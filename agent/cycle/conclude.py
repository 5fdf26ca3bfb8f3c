"""Thinks about the deals that are to be thought about, some at a time, and writes what comes out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from agent.cycle import cards, neighbourhood, occurrences, told
from agent.cycle.desk import Desk, Wanted
from agent.cycle.memory import told_of
from agent.cycle.report import Counts, unforeseen
from agent.cycle.world import View, World
from agent.draft import slots
from agent.errors import OnwardError
from agent.life import CLOSED
from agent.model import Notice
from agent.ports import Drafter
from agent.store import conclusions, facts, schema
from agent.think import meetings
from agent.think.dossier import Dossier, account
from agent.think.think import Conclusions, think

TOGETHER = 20  # deals that are thought about together


@dataclass(frozen=True, slots=True)
class Pens:
    """Who writes, and who takes over where that does not pass."""

    drafter: Drafter
    fallback: Drafter


def to_think_about(connection: Connection, now: datetime) -> set[str]:
    """Deals whose facts changed, whose moment has come, whose card the rep has closed since, or who are gone and have an open card."""
    card, state = schema.card.c, schema.deal_state.c
    closed = select(card.deal).join_from(schema.card, schema.deal_state, card.deal == state.deal)
    closed = closed.where(card.state.in_(sorted(CLOSED)), card.changed_at > state.thought_at, card.changed_at <= now)
    due = {*facts.noted(connection, "deal"), *conclusions.due(connection, now), *connection.execute(closed).scalars()}
    return due | {row.deal for row in cards.orphans(connection)}


def thought_at(connection: Connection, key: str) -> datetime | None:
    """When the deal of this card last was."""
    card, state = schema.card.c, schema.deal_state.c
    return connection.execute(
        select(state.thought_at).join_from(schema.card, schema.deal_state, card.deal == state.deal).where(card.key == key)
    ).scalar()


def conclude(world: World, pens: Pens, counts: Counts, progress: Callable[[int, int], None]) -> None:
    with world.store.read() as connection:
        due = to_think_about(connection, world.now)
        desk = Desk.at(connection, world, due, pens.drafter, pens.fallback, occurrences.busy(connection, world))
    ordered = sorted(due, key=lambda name: (account(world.directory.by_id[name]) if name in world.directory.by_id else "", name))
    for at in range(0, len(ordered), TOGETHER):
        _each_thought(world, desk, ordered[at : at + TOGETHER], counts)
        progress(min(at + TOGETHER, len(ordered)), len(ordered))


def _each_thought(world: World, desk: Desk, deals: Sequence[str], counts: Counts) -> None:
    """One that cannot be thought about keeps no other from it: it stays noted, its cards stay as they are, and a notice says so."""
    try:
        _think(world, desk, deals, counts)
    except OnwardError:
        raise
    except Exception as fault:  # noqa: BLE001 -- whatever it is, it is in one of them
        if len(deals) > 1:
            for name in deals:
                _each_thought(world, desk, [name], counts)
            return
        says = f"Nothing can be concluded about {deals[0]} now: {unforeseen('thinking', fault)}. Its cards stay as they are."
        with world.begin() as connection:
            facts.note(connection, "deal", deals)
            conclusions.put_notices(connection, [Notice("source", deals[0], says)], deals=deals)


@dataclass(frozen=True)
class Thought:
    """What was concluded of one deal. `wanted` is the card that there should be; `nobody`: nobody is left to write to."""

    dossier: Dossier
    found: Conclusions
    wanted: Wanted | None = None
    nobody: bool = False


def thought_about(world: World, deals: Collection[str]) -> tuple[View, dict[str, Thought]]:
    """Without words."""
    view = world.look(lambda connection: neighbourhood.around(connection, deals, world.directory), only=deals)
    made = {}
    for name, dossier in view.seen.survey.dossiers.items():
        found = think(dossier, world.now, world.rules)
        made[name] = Thought(dossier, found)
    return view, made


def _think(world: World, desk: Desk, deals: Sequence[str], counts: Counts) -> None:
    view, thoughts = thought_about(world, deals)
    thoughts = {name: worded(desk, thought) for name, thought in thoughts.items()}
    with world.begin() as connection:
        view.keep(connection, world)
        conclusions.put_states(connection, {name: _state(t, world) for name, t in thoughts.items()})
        conclusions.drop_states(connection, [name for name in deals if name not in thoughts])
        _meetings(connection, world, view, deals, thoughts.values())
        conclusions.put_notices(connection, _notices(connection, thoughts.values()), deals=deals)
        for name in deals:
            cards.reconcile(connection, world, name, thoughts.get(name), counts)
        facts.forget(connection, "deal", deals)
    counts.deals += len(deals)


def worded(desk: Desk, thought: Thought) -> Thought:
    plan = desk.choose(thought.found, thought.dossier)
    if plan is None:
        return thought
    wanted = desk.wanted(plan, thought.dossier)
    snoozed = any(v.verdict == "snoozed" for v in thought.found.verdicts)
    return Thought(thought.dossier, thought.found, wanted, nobody=wanted is None and not snoozed)


def _state(thought: Thought, world: World) -> dict[str, object]:
    offered = slots.on_offer(thought.dossier, world.now) if thought.found.rung == "proposed" else ()
    row = told.state(thought.dossier, thought.found, world.rules, world.now)
    return row | {"offered": [e.start.isoformat() for e in offered]}


def _meetings(connection: Connection, world: World, view: View, deals: Sequence[str], thoughts: Iterable[Thought]) -> None:
    survey = view.seen.survey
    judged = {(v.event.key, v.event.start): v for t in thoughts for v in t.found.verdicts}
    rows = []
    for event, match in survey.events:
        if match.deal in deals and meetings.listed(event, world.now, world.rules):
            held = judged.get((event.key, event.start))
            circle = world.directory.circles.get(match.deal or "")
            rows.append(held or meetings.unjudged(event, match, circle, world.rules, survey.silent))
    conclusions.put_meetings(connection, told.meetings(rows))
    conclusions.drop_meetings(connection, {(j.event.key, j.event.start) for j in rows}, deals=deals)


def _notices(connection: Connection, thoughts: Iterable[Thought]) -> list[Notice]:
    s = schema.silence.c
    asked = {row.source: row.why for row in connection.execute(select(s.source, s.why).where(s.revoked_at.is_(None)))}
    found: list[Notice] = []
    for thought in thoughts:
        name = thought.dossier.deal.id
        found += (n for n in told_of(thought.dossier, thought.found) if n.kind != "do_not_contact")
        if thought.dossier.deal.status == "open":
            found += [Notice("do_not_contact", name, asked[e.source]) for e in thought.dossier.stops if e.source in asked]
        if thought.nobody:
            found.append(Notice("no_recipient", name, f"{thought.dossier.deal.name} needs a next step, but nobody is left to write to."))
    return found


def _general(connection: Connection, says: Iterable[str]) -> list[Notice]:
    """Of sources, and of requests not to be written to that no open deal shows."""
    s, n = schema.silence.c, schema.notice.c
    shown = set(connection.execute(select(n.says).where(n.deal.is_not(None), n.kind == "do_not_contact")).scalars())
    asked = connection.execute(select(s.why).where(s.revoked_at.is_(None), s.source.like("message:%"))).scalars()
    found = [Notice("do_not_contact", None, why) for why in sorted(set(asked) - shown)]
    return [*found, *(Notice("source", None, text) for text in says)]


def general_notices(connection: Connection, says: Iterable[str]) -> None:
    conclusions.put_notices(connection, _general(connection, says))


def other_notices(connection: Connection, says: Iterable[str]) -> bool:
    """Whether the general ones are others than those that stand."""
    return {(n.kind, n.says) for n in _general(connection, says)} != conclusions.general(connection)


def notices(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(schema.notice)).scalar_one()
