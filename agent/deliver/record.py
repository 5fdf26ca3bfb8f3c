"""What the courier writes down: a delivery and its card, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from agent import life
from agent.store import audit, decisions, deliveries
from agent.store.decisions import CardRow
from agent.store.deliveries import Delivery, State

LONGEST = timedelta(hours=1)  # between two tries
MISSING = "It is not in Drafts now. If it does not turn up among your sent mail, it counts as deleted."
DOUBTS = {
    "draft": "It lies in Drafts, but was saved there once more. Look whether it is among your sent mail too, and say whether it left.",
    "gone": "It is neither in Drafts nor among your sent mail. Look there, and say whether it left.",
    "elsewhere": "It was laid in another outbox than the one that is set now. Look there, and say whether it left.",
}
ELSEWHERE = "It was laid in another outbox than the one that is set now: look there."
LEFT = "It will not leave, but its draft could not be taken away yet:"
_AGAIN: frozenset[life.State] = frozenset({"waiting", "review", "snoozed", "failed", "approved", "laid"})  # from which it could leave again


@dataclass(frozen=True, slots=True)
class Counts:
    """How many deliveries got where."""

    sent: int = 0
    laid: int = 0
    postponed: int = 0
    held: int = 0
    refused: int = 0
    withdrawn: int = 0

    @staticmethod
    def of(reached: Mapping[str, int]) -> Counts:
        """From the states that they got to."""
        found = {name: reached.get(name, 0) for name in ("sent", "laid", "held", "refused")}
        return Counts(**found, postponed=reached.get("due", 0), withdrawn=reached.get("withdrawn", 0) + reached.get("undone", 0))


def moved(  # noqa: PLR0913 -- what both moves need
    connection: Connection,
    delivery: Delivery,
    card: CardRow,
    now: datetime,
    state: State,
    act: life.Act | None,
    next_at: datetime,
    says: str = "",
    *,
    who: str = "onward",
) -> Delivery:
    """The delivery and, where the act follows from its state, the card. What happened outside is recorded in any case."""
    waits = act == "postpone" and card.state == "approved" and says == delivery.says  # as before: no act
    if act and act in life.TABLE[card.state] and delivery.latest and not waits:
        decisions.move(connection, card, act, now, who=who, reason=says)
    elif act == "arrive":
        _left(connection, card, now)
        audit.append(connection, now, who, act, card=card.key, deal=card.deal, before=card.state, after=card.state, reason=says)
    return deliveries.move(connection, delivery, state, now, next_at, says=says, handle=delivery.handle, receipt=delivery.receipt)


def _left(connection: Connection, card: CardRow, now: datetime) -> None:
    """It had left, whatever the rep did with its card since (took it back, said that it did not leave, approved it anew): it is not
    asked about and does not leave a second time."""
    says = "It was found to have left already."
    approval = decisions.approval(connection, card.key) if card.state in ("approved", "laid") else None
    if card.state in _AGAIN and (approval is None or decisions.stop(connection, approval.id, now, "withdrawn", says)):
        decisions.move(connection, card, "withdraw", now, who="outbox", reason=says)


def pause(delivery: Delivery, wished: float | None = None) -> timedelta:
    """Until the next try: what the server wishes, else longer each time."""
    if wished is not None:
        return min(timedelta(seconds=wished), 24 * LONGEST)
    return min(timedelta(seconds=30 * (1 << min(delivery.attempts, 10))), LONGEST)
