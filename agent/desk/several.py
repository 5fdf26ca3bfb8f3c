"""One act on several cards: each is an act of its own, with its own time to undo and its own row in the trail."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from sqlalchemy import Connection

from agent import life
from agent.desk import fit
from agent.desk.acts import Desk
from agent.errors import OnwardError, Rejected
from agent.model import Rules
from agent.store import decisions
from agent.store.decisions import CardRow

MOST = 80  # cards at once
CHANGED = "The draft has changed since you selected it."


@dataclass(frozen=True, slots=True)
class Pick:
    """A card, by its ref, and the version of its draft that the rep was looking at."""

    ref: str
    version: int


def approve(desk: Desk, picks: Iterable[Pick], now: datetime) -> tuple[str, ...]:
    """The refs of those that were approved: as they were seen, and only where nothing asks for a look at the card itself."""

    def agreed(pick: Pick) -> None:
        with desk.store.read() as connection:
            card = decisions.known(connection, pick.ref)
            if why := obstacle(connection, card, pick.version, desk.rules):
                raise Rejected(why)
        desk.approve(card.key, pick.version, now)

    return _each(picks, agreed)


def snooze(desk: Desk, picks: Iterable[Pick], until: date | datetime, now: datetime) -> tuple[str, ...]:
    """The refs of those that were."""
    return _each(picks, lambda pick: desk.snooze(pick.ref, pick.version, until, now))


def dismiss(desk: Desk, picks: Iterable[Pick], why: str, now: datetime) -> tuple[str, ...]:
    return _each(picks, lambda pick: desk.dismiss(pick.ref, pick.version, why, now))


def undo(desk: Desk, refs: Iterable[str], now: datetime) -> tuple[str, ...]:
    return _each([Pick(ref, 0) for ref in refs], lambda pick: desk.undo(pick.ref, now))


def obstacle(connection: Connection, card: CardRow, version: int, rules: Rules) -> str:
    """Why this card is not approved among others: a sentence, or "". What asks something of the rep he answers on the card itself."""
    if version != card.version:
        return CHANGED
    if "approve" not in life.TABLE[card.state]:
        return f"It cannot be approved any more: {card.told}."
    draft = decisions.draft(connection, card).draft
    if draft.todo:
        return f"It asks you to do something first: {draft.todo[0]}."
    return next(chain(card.warnings, fit.remarks(connection, card, draft, rules)), "")


def _each(picks: Iterable[Pick], act: Callable[[Pick], object]) -> tuple[str, ...]:
    """Those with which it went well; none keeps another from it."""
    done = []
    for pick in picks:
        try:
            act(pick)
        except OnwardError:
            continue
        done.append(pick.ref)
    return tuple(done)
