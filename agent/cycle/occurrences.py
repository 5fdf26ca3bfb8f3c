"""Event instances as they are kept: for what takes the rep's time, for what enters the list, for what is at the same time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from agent.cycle import kept
from agent.cycle.report import unforeseen
from agent.cycle.seen import AHEAD, BACK, Given, worked_out
from agent.cycle.world import World
from agent.draft import slots
from agent.errors import OnwardError
from agent.model import Event, Message, Quarantined
from agent.store import codec, facts, said, schema
from agent.think import gatherings
from agent.think.screen import Screen

TOGETHER = 100  # events that are worked out together
DAY = "worked_out_on"  # the setting that holds the day of the window


def work_out(world: World) -> None:
    """Of changed events, and once a day of all: the window moves."""
    with world.store.read() as connection:
        uids = set(facts.noted(connection, "uid"))
        if moved := turned(connection, world.now):
            uids |= set(connection.execute(select(schema.component.c.uid)).scalars())
            uids |= set(connection.execute(select(schema.occurrence.c.uid)).scalars())
    for some in _hundreds(uids):
        _each_replaced(world, some)
    if moved:
        with world.begin() as connection:
            said.put_setting(connection, DAY, world.now.date().isoformat())


def turned(connection: Connection, now: datetime) -> bool:
    return said.setting(connection, DAY) != now.date().isoformat()


def _hundreds(uids: Iterable[str]) -> Iterable[list[str]]:
    ordered = sorted(uids)
    return (ordered[at : at + TOGETHER] for at in range(0, len(ordered), TOGETHER))


def _each_replaced(world: World, uids: Collection[str]) -> None:
    """As `_replace`; an event that cannot be worked out keeps no other from it."""
    try:
        _replace(world, uids)
    except OnwardError:
        raise
    except Exception as fault:  # noqa: BLE001 -- whatever it is, it is in one of them
        if len(uids) == 1:
            unforeseen("working out an event", fault)
            world.stuck.update("uid:" + uid for uid in uids)
            return
        for uid in uids:
            _each_replaced(world, [uid])


def _replace(world: World, uids: Collection[str]) -> None:
    events, bad = _instances(world, uids)
    new = {(e.uid, e.key, e.start): e for e in events}
    o = schema.occurrence.c
    with world.begin() as connection:
        held = {(r.uid, r.key, r.start): r for r in facts.some(connection, (o.id, o.uid, o.key, o.start, o.data), o.uid, uids)}
        data = {name: codec.dumps(event) for name, event in new.items()}
        old = [row.id for name, row in held.items() if data.get(name) != row.data]
        for some in facts.chunks(old):
            connection.execute(delete(schema.occurrence).where(o.id.in_(some)))
        rows = [_row(e, data[name]) for name, e in new.items() if name not in held or held[name].data != data[name]]
        for each in facts.chunks(rows):
            connection.execute(insert(schema.occurrence), each)
        facts.set_aside(connection, -1, bad, uids, world.now)


def _row(event: Event, data: str) -> dict[str, Any]:
    return {"uid": event.uid, "key": event.key, "start": event.start, "end": event.end, "data": data}


def _instances(world: World, uids: Collection[str]) -> tuple[list[Event], list[Quarantined]]:
    m, link = schema.message.c, schema.message_link.c
    with world.store.read() as connection:
        rows = {row.message for row in facts.some(connection, (link.message,), link.ref, ["uid:" + uid for uid in uids])}
        found = facts.some(connection, (m.data,), m.id, sorted(rows), m.sent <= world.now)
        mails = [codec.loads(Message, row.data) for row in found]
        components = [kept.loads(data) for _, _, data in facts.entries_of(connection, uids)]
    given = Given(mails, components, world.directory, world.rules)
    _, expanded = worked_out(given, Screen(world.rules), world.now, (world.now - BACK, world.now + AHEAD))
    wanted = set(uids)
    return [e for e in expanded.events if e.uid in wanted], [q for q in expanded.quarantined if q.item in wanted]


def entering(connection: Connection, after: datetime, until: datetime, *, ended: bool = False) -> set[str]:
    """UIDs of the events that begin (or end) in between."""
    o = schema.occurrence.c
    at = o.end if ended else o.start
    return set(connection.execute(select(o.uid).distinct().where(at > after, at <= until)).scalars()) if after < until else set()


def busy(connection: Connection, world: World) -> list[Event]:
    """What takes the rep's time on the days of which times are offered."""
    o = schema.occurrence.c
    span = slots.window(world.rules.rep.working, world.now)
    if span is None:
        return []
    near = select(o.data).where(o.start < span[1], o.end >= span[0]).order_by(o.start, o.key)
    events = [codec.loads(Event, data) for data in connection.execute(near).scalars()]
    return [e for e in events if not e.shared or gatherings.rep_takes_part(e, world.rules.rep)]
