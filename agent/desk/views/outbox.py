"""What was approved: leaving, planned, laid in Drafts, in doubt, refused, and lately gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from agent.desk.views import look
from agent.model import Draft
from agent.store import codec
from agent.store.schema import approval, card, delivery, draft

RECENT = 20  # of those that have left


@dataclass(frozen=True, slots=True)
class Parcel:
    """One approved mail. `state` is the card's; `waits`: its time has come, but something keeps it back (`says`)."""

    ref: str
    version: int
    state: str
    deal: look.DealLine
    to: tuple[str, ...]
    subject: str
    leave_at: datetime
    changed_at: datetime
    mode: str
    says: str
    attempts: int
    next_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Outbox:
    held: tuple[Parcel, ...]
    failed: tuple[Parcel, ...]
    leaving: tuple[Parcel, ...]  # approved or on its way, the next first
    laid: tuple[Parcel, ...]
    sent: tuple[Parcel, ...]  # lately, the last first

    @property
    def empty(self) -> bool:
        return not (self.held or self.failed or self.leaving or self.laid or self.sent)


def outbox(c: Connection) -> Outbox:
    under_way = _parcels(c, ("held", "failed", "approved", "sending", "laid"), 500)
    of = {name: tuple(p for p in under_way if p.state in names) for name, names in _GROUPS.items()}
    return Outbox(**of, sent=tuple(sorted(_parcels(c, ("sent",), RECENT), key=lambda p: p.changed_at, reverse=True)))


_GROUPS = {"held": ("held",), "failed": ("failed",), "leaving": ("approved", "sending"), "laid": ("laid",)}


def _parcels(c: Connection, states: tuple[str, ...], most: int) -> list[Parcel]:
    wanted = (
        select(card, approval.c.id, approval.c.leave_at, approval.c.mode, approval.c.version.label("agreed"))
        .add_columns(delivery.c.says, delivery.c.attempts, delivery.c.next_at, draft.c.data)
        .join(approval, approval.c.card == card.c.key)
        .outerjoin(delivery, delivery.c.id == approval.c.id)
        .outerjoin(draft, (draft.c.card == card.c.key) & (draft.c.version == approval.c.version))
        .where(card.c.state.in_(states), approval.c.undone_at.is_(None))
        .order_by(card.c.changed_at.desc(), approval.c.at.desc())
    )
    latest: dict[str, Any] = {}
    for row in c.execute(wanted.limit(2 * most)):
        latest.setdefault(row.key, row)
    rows = list(latest.values())[:most]
    lines = look.lines(c, (row.deal for row in rows))
    return sorted((_parcel(row, lines[row.deal]) for row in rows), key=lambda p: (p.leave_at, p.ref))


def _parcel(row: Any, deal: look.DealLine) -> Parcel:
    words = codec.loads(Draft, row.data) if row.data else None
    to = tuple(a.name or a.email for a in words.to) if words else ()
    return Parcel(
        row.ref,
        row.version,
        row.state,
        deal,
        to,
        words.subject if words else "",
        row.leave_at,
        row.changed_at,
        row.mode,
        row.says or "",
        row.attempts or 0,
        row.next_at,
        row.reason,
    )
