"""The life of a card. The table stands here a second time, as a rep reads it: state by state, each act and where it leads."""

from __future__ import annotations

import itertools

import pytest

from agent.life import ACTS, CLOSED, OPEN, STATES, TABLE, Act, Impossible, State, after

WRITTEN_OUT = """
waiting    open=review refresh=waiting edit=waiting
waiting    approve=approved snooze=snoozed dismiss=dismissed handle=handled misplace=misplaced mute=muted withdraw=withdrawn
review     refresh=review edit=review
review     approve=approved snooze=snoozed dismiss=dismissed handle=handled misplace=misplaced mute=muted withdraw=withdrawn
snoozed    wake=review undo=review refresh=snoozed edit=snoozed
snoozed    approve=approved snooze=snoozed dismiss=dismissed handle=handled misplace=misplaced mute=muted withdraw=withdrawn
failed     refresh=failed edit=review
failed     approve=approved snooze=snoozed dismiss=dismissed handle=handled misplace=misplaced mute=muted withdraw=withdrawn
approved   undo=review begin=sending refuse=failed postpone=approved withdraw=withdrawn
sending    arrive=sent lay=laid doubt=held refuse=failed postpone=approved withdraw=withdrawn
laid       arrive=sent drop=dismissed handle=handled withdraw=withdrawn
held       settle_sent=sent settle_unsent=failed arrive=sent postpone=approved
sent
withdrawn
dismissed  undo=review
handled    undo=review
misplaced  undo=review
muted      undo=review
"""
EXPECTED = {
    (state, act): to
    for state, *moves in (line.split() for line in WRITTEN_OUT.strip().splitlines())
    for act, to in (move.split("=") for move in moves)
}
REP = {"edit", "approve", "undo", "snooze", "dismiss", "handle", "misplace", "mute", "settle_sent", "settle_unsent"}


@pytest.mark.parametrize(("state", "act"), list(itertools.product(STATES, ACTS)))
def test_each_act_leads_where_the_table_says_or_cannot_happen(state: State, act: Act) -> None:
    if (state, act) in EXPECTED:
        assert after(state, act) == EXPECTED[state, act]
    else:
        with pytest.raises(Impossible, match=f"{state} cannot {act}"):
            after(state, act)


def test_the_table_names_every_state_and_uses_every_act() -> None:
    assert set(TABLE) == set(STATES)
    assert {act for moves in TABLE.values() for act in moves} == set(ACTS)


def test_a_card_is_open_or_closed() -> None:
    assert set(STATES) == OPEN | CLOSED
    assert not OPEN & CLOSED
    assert {"sent", "withdrawn", "dismissed", "handled", "misplaced", "muted"} == CLOSED


# ------------------------------------------------------------------------------------------------------ laws of the graph


def edges() -> list[tuple[State, Act, State]]:
    return [(state, act, to) for state, moves in TABLE.items() for act, to in moves.items()]


def reached(start: State, *, without: frozenset[Act] = frozenset()) -> set[State]:
    seen, todo = {start}, [start]
    while todo:
        here = todo.pop()
        new = {to for state, act, to in edges() if state == here and act not in without} - seen
        seen |= new
        todo += new
    return seen


def test_nothing_begins_to_leave_but_what_was_approved() -> None:
    assert {(state, act) for state, act, to in edges() if to == "sending"} == {("approved", "begin")}
    assert {(state, act) for state, act, to in edges() if to == "laid"} == {("sending", "lay")}


@pytest.mark.parametrize("start", ["waiting", "review", "snoozed", "failed"])
def test_without_approval_nothing_leaves(start: State) -> None:
    """Take out the one act, and no way leads to a mail that was sent or lies in Drafts."""
    assert reached(start, without=frozenset({"approve"})).isdisjoint({"approved", "sending", "laid", "held", "sent"})


def test_only_approving_approves() -> None:
    """What was approved may come back to it: when delivery did not begin, or the outbox still shows a draft."""
    assert {state for state, act, to in edges() if to == "approved" and act != "approve"} == {"approved", "sending", "held"}
    assert {act for _, act, to in edges() if to == "approved"} == {"approve", "postpone"}


def test_out_of_doubt_leads_only_the_word_of_a_person_or_what_the_outbox_shows() -> None:
    assert set(TABLE["held"]) == {"settle_sent", "settle_unsent", "arrive", "postpone"}


def test_while_it_leaves_the_rep_can_do_nothing() -> None:
    assert REP.isdisjoint(TABLE["sending"])


def test_nothing_leaves_a_closed_state_but_by_taking_back_what_the_rep_did() -> None:
    by_rep = ("dismissed", "handled", "misplaced", "muted")
    assert {(state, act) for state, act, _ in edges() if state in CLOSED} == {(s, "undo") for s in by_rep}


def test_what_was_sent_or_withdrawn_stays_so() -> None:
    assert not TABLE["sent"]
    assert not TABLE["withdrawn"]


@pytest.mark.parametrize("start", sorted(OPEN))
def test_every_open_card_can_come_to_an_end(start: State) -> None:
    assert not reached(start).isdisjoint(CLOSED)


@pytest.mark.parametrize("start", sorted(OPEN - {"sending", "held"}))
def test_a_fallen_premise_withdraws_whatever_has_not_begun_to_leave(start: State) -> None:
    assert after(start, "withdraw") == "withdrawn"


@pytest.mark.parametrize("state", sorted(STATES))
def test_every_state_is_reached_from_a_new_card(state: State) -> None:
    assert state in reached("waiting")


def test_impossible_names_state_and_act() -> None:
    with pytest.raises(Impossible) as caught:
        after("sent", "approve")
    assert (caught.value.state, caught.value.act) == ("sent", "approve")
