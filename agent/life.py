"""The life of a card: one table, states × acts. What is not in the table cannot happen.

There is no arrow from a card under review to one that leaves but `approve`, and none out of `sending` but what the outbox
said or a person settled.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

State = Literal[
    "waiting",  # found, beyond today's number of new cards
    "review",  # the rep is asked
    "snoozed",  # the rep is asked again at `wake_at`
    "approved",  # leaves at `leave_at`: until then it can be undone
    "sending",  # the intent is durable; what the outbox did is not known yet
    "laid",  # lies in the rep's Drafts (deliver: draft)
    "held",  # in doubt: whether it left cannot be told, and a person settles it
    "failed",  # refused: it did not leave; the rep may approve it again
    "sent",
    "withdrawn",  # its premise fell
    "dismissed",  # the rep: no follow-up is needed
    "handled",  # the rep: already done elsewhere
    "misplaced",  # the rep: it is about another deal
    "muted",  # the rep: nothing is to be asked about its thread
]
Act = Literal[
    "open",  # a round: room for one more card today
    "refresh",  # a round: the same card with new words or times
    "withdraw",  # a round, or the check on approving and on leaving: the premise fell
    "edit",
    "approve",
    "undo",
    "snooze",
    "wake",
    "dismiss",
    "handle",
    "misplace",
    "mute",
    "begin",  # delivery: claimed, the intent is written
    "lay",  # delivery: it lies in Drafts
    "arrive",  # delivery: it was sent, or found sent
    "doubt",  # delivery: Unsure
    "refuse",  # delivery: Rejected, or certainly not sent
    "postpone",  # delivery: it did not begin, or was found not to have left, tried again later
    "settle_sent",  # a person: it did leave
    "settle_unsent",  # a person: it did not leave
    "drop",  # the rep deleted the draft that was laid
]

STATES: tuple[State, ...] = get_args(State)
ACTS: tuple[Act, ...] = get_args(Act)

_ASKED: Mapping[Act, State] = {
    "withdraw": "withdrawn",
    "edit": "review",
    "approve": "approved",
    "snooze": "snoozed",
    "dismiss": "dismissed",
    "handle": "handled",
    "misplace": "misplaced",
    "mute": "muted",
}

TABLE: Mapping[State, Mapping[Act, State]] = {
    "waiting": {**_ASKED, "open": "review", "refresh": "waiting", "edit": "waiting"},
    "review": {**_ASKED, "refresh": "review"},
    "snoozed": {**_ASKED, "refresh": "snoozed", "edit": "snoozed", "wake": "review", "undo": "review"},
    "approved": {"undo": "review", "begin": "sending", "withdraw": "withdrawn", "refuse": "failed", "postpone": "approved"},
    "sending": {"arrive": "sent", "lay": "laid", "doubt": "held", "refuse": "failed", "postpone": "approved", "withdraw": "withdrawn"},
    "laid": {"arrive": "sent", "drop": "dismissed", "handle": "handled", "withdraw": "withdrawn"},
    "held": {"settle_sent": "sent", "settle_unsent": "failed", "arrive": "sent", "postpone": "approved"},
    "failed": {**_ASKED, "refresh": "failed"},
    "sent": {},
    "withdrawn": {},
    "dismissed": {"undo": "review"},
    "handled": {"undo": "review"},
    "misplaced": {"undo": "review"},
    "muted": {"undo": "review"},
}

OPEN: frozenset[State] = frozenset({"waiting", "review", "snoozed", "approved", "sending", "laid", "held", "failed"})
CLOSED: frozenset[State] = frozenset(STATES) - OPEN


class Impossible(Exception):
    """The act cannot follow from this state."""

    def __init__(self, state: State, act: Act) -> None:
        super().__init__(f"a card that is {state} cannot {act}")
        self.state, self.act = state, act


def after(state: State, act: Act) -> State:
    """The state that follows. Raises `Impossible`."""
    try:
        return TABLE[state][act]
    except KeyError:
        raise Impossible(state, act) from None
