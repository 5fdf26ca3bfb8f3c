"""Cards follow what is concluded: opened, renewed, withdrawn with a reason, and held where the reason cannot be known.

Of each deal at most one is open. What was closed never comes back under the same key.
"""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select, update

from agent.cycle import reasons, told
from agent.cycle.desk import Wanted, renewable
from agent.cycle.report import Counts
from agent.life import OPEN
from agent.store import decisions, said, schema
from agent.store.decisions import CardRow
from agent.think.detect import kinds

if TYPE_CHECKING:
    from agent.cycle.conclude import Thought
    from agent.cycle.world import World

MESSAGE_ID = re.compile(rb"(?im)^message-id:\s*(<[^>\s]+>)")
NEVER_ALONE = frozenset({"sending", "held"})  # whether it left is being found out


# ------------------------------------------------------------------------------------------------------- reconcile


def reconcile(connection: Connection, world: World, deal: str, thought: Thought | None, counts: Counts) -> None:
    """One deal's cards become what they should be."""
    wanted = thought.wanted if thought else None
    stays = False
    for row in decisions.cards(connection, deal=deal):
        if wanted and row.key == wanted.card.key:
            _renew(connection, world, row, wanted, counts)
            stays = True
        elif row.state in NEVER_ALONE:
            stays = True
        elif unread(connection, row) if thought is None else not fallen(row, thought):
            counts.held += 1
            stays = True
        else:
            stays = not _withdraw(connection, row, reason(connection, row, thought, world), world.now, counts) or stays
    if wanted and wanted.draft and not stays and decisions.find(connection, wanted.card.key) is None:
        decisions.create(connection, replace(wanted.card, waiting=True), wanted.value, world.now)


def fallen(row: CardRow, thought: Thought) -> bool:
    """Whether it can be known that a card is not wanted any more. What is concluded from not seeing it falls by seeing: not
    while something is out of sight, but for what comes before it in any case."""
    if row.kind not in kinds() or not kinds()[row.kind].FROM_ABSENCE or not told.blind(thought.dossier):
        return True
    if thought.dossier.deal.status != "open":
        return True
    first = thought.wanted.card.kind if thought.wanted else None
    return first is not None and (kinds()[first].PLACE or 0) < (kinds()[row.kind].PLACE or 0)


def orphans(connection: Connection) -> list[CardRow]:
    """Open cards whose deal is gone, for all that can be known."""
    c, d = schema.card.c, schema.deal.c
    gone = select(c.key).outerjoin(schema.deal, c.deal == d.id).where(d.id.is_(None), c.state.in_(sorted(OPEN - NEVER_ALONE)))
    rows = [decisions.known(connection, key) for key in connection.execute(gone).scalars()]
    return [row for row in rows if not unread(connection, row)]


def unread(connection: Connection, row: CardRow) -> bool:
    """Whether its deal is missing and may be there nevertheless: the deals could not be read, or an item of them could not that is
    it by its name, or by whom it names."""
    d, s, q = schema.deal.c, schema.source.c, schema.quarantined.c
    if connection.execute(select(d.id).where(d.id == row.deal)).first():
        return False  # it is there, and somebody else's
    if connection.execute(select(s.id).where(s.section == "deals", s.status != "ok")).first():
        return True
    bad = connection.execute(select(q.item, q.names).join(schema.source, s.id == q.source).where(s.section == "deals")).all()
    who = {who.key for who in decisions.draft(connection, row).draft.to} if bad else set()
    return any(row.deal in (item, item.partition(" ")[0]) or who & set(names) for item, names in bad)


def reason(connection: Connection, row: CardRow, thought: Thought | None, world: World) -> str:
    if thought is None:
        return reasons.gone(row.deal)
    if thought.nobody:
        return "Nobody is left to write to."
    since = decisions.versions(connection, row.key, 1)[0].at
    first = thought.wanted.card.kind if thought.wanted else ""
    return reasons.why(row, since, thought.dossier, thought.found, first, world.rules, world.now)


def _renew(connection: Connection, world: World, row: CardRow, wanted: Wanted, counts: Counts) -> None:
    """Words and times where they are others; what it is seen by always, without a new version."""
    columns = decisions.about(wanted.card, wanted.value)
    if wanted.draft and renewable(row, decisions.draft(connection, row)):
        decisions.move(connection, row, "refresh", world.now, who="onward", draft=wanted.draft, columns=columns)
        counts.refreshed += 1
    else:
        held = {name: getattr(row, name) for name in columns} | {"also": list(row.also), "warnings": list(row.warnings)}
        if held | {"evidence": [asdict(e) for e in row.evidence]} != columns:
            connection.execute(update(schema.card).where(schema.card.c.key == row.key).values(**columns))


def _withdraw(connection: Connection, row: CardRow, why: str, now: datetime, counts: Counts) -> bool:
    """Whether it is; what the courier has just claimed is left to him."""
    if row.state in ("approved", "laid"):
        approval = decisions.approval(connection, row.key)
        if approval and row.state == "laid" and _sent_from_there(connection, approval.id):
            return False
        if approval and not decisions.stop(connection, approval.id, now, "withdrawn", why):
            return False
    decisions.move(connection, row, "withdraw", now, who="onward", reason=why)
    counts.withdrawn += 1
    return True


def _sent_from_there(connection: Connection, approval: str) -> bool:
    """The rep has sent what was laid in Drafts: that it is in the mailbox does not make it fall."""
    a, m = schema.approval.c, schema.message.c
    raw = connection.execute(select(a.raw).where(a.id == approval)).scalar_one()
    own = MESSAGE_ID.search(bytes(raw))
    return bool(own and connection.execute(select(m.id).where(m.message_id == own[1].decode("ascii", "replace")).limit(1)).first())


# ----------------------------------------------------------------------------------------------------- day by day


def open_and_wake(connection: Connection, world: World, counts: Counts) -> None:
    """Snoozed cards whose time has come; then as many new ones as the day has room for, the most valuable first."""
    for row in decisions.cards(connection, ["snoozed"]):
        if row.wake_at and row.wake_at <= world.now:
            decisions.move(connection, row, "wake", world.now, who="onward")
    if said.paused_until(connection, world.now):
        return
    waiting = decisions.cards(connection, ["waiting"])
    room = max(0, world.rules.cards_a_day - (_opened_today(connection, world) if waiting else 0))
    for row in waiting[:room]:
        decisions.move(connection, row, "open", world.now, who="onward")
        counts.opened += 1
    counts.waiting += len(waiting[room:])


def anything_to_open(connection: Connection, world: World) -> bool:
    card = schema.card.c
    woken = select(card.key).where(card.state == "snoozed", card.wake_at <= world.now).limit(1)
    if connection.execute(woken).first():
        return True
    waits = connection.execute(select(card.key).where(card.state == "waiting").limit(1)).first()
    return bool(waits and not said.paused_until(connection, world.now) and _opened_today(connection, world) < world.rules.cards_a_day)


def _opened_today(connection: Connection, world: World) -> int:
    local = world.now.astimezone(world.rules.rep.working.zone)
    midnight = datetime.combine(local.date(), time(), local.tzinfo).astimezone(UTC)
    a = schema.act.c
    opened = select(func.count(func.distinct(a.card))).where(a.act == "open", a.after == "review", a.at >= midnight, a.at <= world.now)
    return connection.execute(opened).scalar_one()
