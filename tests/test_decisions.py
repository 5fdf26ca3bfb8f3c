"""Cards, drafts, approvals and what the rep said for good, on either database."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from cards import card, draft, now_is, opened
from desk import NOW, moment, rep
from sqlalchemy import select, update

from agent.draft import compose
from agent.life import CLOSED, OPEN, STATES, State
from agent.model import Answer, Evidence
from agent.store import Store, audit, decisions, said, schema
from agent.store.decisions import CardRow, Changed

# ---------------------------------------------------------------------------------------------------------------- cards


def test_a_new_card_is_under_review_with_version_one(store: Store) -> None:
    row = opened(store, value=48_000.0)
    assert (row.state, row.version, row.value, row.opened_at, row.shown_at, row.wake_at) == ("review", 1, 48_000.0, NOW, None, None)
    assert row.evidence == (Evidence("event:m1@x", "Acme demo ended."),)
    with store.read() as connection:
        assert decisions.draft(connection, row) == decisions.Version(1, "template", draft(), NOW.astimezone(UTC))


def test_a_card_beyond_todays_number_waits(store: Store) -> None:
    assert opened(store, waiting=True).state == "waiting"


def test_a_card_is_found_by_key_and_by_ref(store: Store) -> None:
    row = opened(store)
    with store.read() as connection:
        assert decisions.find(connection, row.key) == decisions.find(connection, schema.ref(row.key)) == row
        assert decisions.find(connection, "no_next_step:D-1:m2") is None
        with pytest.raises(Changed):
            decisions.known(connection, "0" * 12)


def test_the_most_valuable_card_comes_first_then_the_longest_due(store: Store) -> None:
    for anchor, value, due in (("a", 1.0, 9), ("b", 9.0, 9), ("c", 1.0, 8)):
        opened(store, anchor=anchor, deal=anchor, value=value, due=NOW.replace(hour=due))
    with store.read() as connection:
        assert [row.deal for row in decisions.cards(connection)] == ["b", "c", "a"]
        assert [row.deal for row in decisions.cards(connection, deal="c")] == ["c"]
        assert decisions.cards(connection, CLOSED) == []


def put(store: Store, row: CardRow, state: State) -> CardRow:
    """The card in any state, whatever led there."""
    with store.begin() as connection:
        connection.execute(update(schema.card).where(schema.card.c.key == row.key).values(state=state))
    return replace(row, state=state)


def test_open_and_closed_cards_are_told_apart(store: Store) -> None:
    for state in STATES:
        put(store, opened(store, anchor=state, deal=state), state)
    with store.read() as connection:
        assert {row.state for row in decisions.cards(connection)} == OPEN
        assert {row.state for row in decisions.cards(connection, STATES) if row.closed} == CLOSED
        assert all(row.told for row in decisions.cards(connection, STATES))


def test_a_move_changes_state_and_leaves_a_trace(store: Store) -> None:
    row = opened(store)
    later = NOW + timedelta(hours=1)
    with store.begin() as connection:
        moved = decisions.move(connection, row, "dismiss", later, who="rep", reason="Not now.")
        last = connection.execute(select(schema.act).order_by(schema.act.c.id.desc())).first()
    assert (moved.state, moved.reason, moved.changed_at, moved.version) == ("dismissed", "Not now.", later, 1)
    assert last is not None
    assert (last.who, last.act, last.card, last.deal, last.before, last.after) == ("rep", "dismiss", row.key, "D-1", "review", "dismissed")
    assert (last.version_before, last.version_after, last.reason) == (1, 1, "Not now.")


def test_new_words_raise_the_version_and_the_old_ones_are_kept(store: Store) -> None:
    row = opened(store)
    with store.begin() as connection:
        moved = decisions.move(connection, row, "edit", NOW, who="rep", draft=draft(body="Mine", written_by="rep"))
        kept = decisions.versions(connection, row.key)
    assert moved.version == 2
    assert [(v.number, v.author, v.draft.body) for v in kept] == [(1, "template", draft().body), (2, "rep", "Mine")]


def test_a_refresh_brings_what_a_round_sees_anew(store: Store) -> None:
    row = opened(store)
    anew = card(also=("slipping",), evidence=(Evidence("event:m1@x", "It ended long ago."),), warnings=("Careful.",))
    with store.begin() as connection:
        moved = decisions.move(connection, row, "refresh", NOW, who="onward", columns=decisions.about(anew, 3.0))
    assert (moved.also, moved.evidence, moved.warnings, moved.value) == (("slipping",), anew.evidence, ("Careful.",), 3.0)
    assert (moved.state, moved.version, moved.opened_at) == ("review", 1, row.opened_at)


def test_a_snoozed_card_keeps_its_day_when_its_words_change_and_loses_it_when_it_wakes(store: Store) -> None:
    day, row = NOW + timedelta(days=2), opened(store)
    with store.begin() as connection:
        row = decisions.move(connection, row, "snooze", NOW, who="rep", columns={"wake_at": day})
        row = decisions.move(connection, row, "refresh", NOW, who="onward", draft=draft(body="Anew"))
        assert row.wake_at == day
        assert decisions.move(connection, row, "wake", day, who="onward").wake_at is None


def test_what_cannot_follow_changes_nothing(store: Store) -> None:
    row = put(store, opened(store), "sent")
    with store.begin() as connection, pytest.raises(Changed, match="it was sent"):
        decisions.move(connection, row, "approve", NOW, who="rep")
    assert now_is(store, row.key) == row


@pytest.mark.parametrize("stale", [{"version": 2}, {"state": "snoozed"}])
def test_a_card_that_was_read_as_something_else_is_not_moved(store: Store, stale: dict[str, object]) -> None:
    row = opened(store)
    with store.begin() as connection, pytest.raises(Changed) as caught:
        decisions.move(connection, replace(row, **stale), "dismiss", NOW, who="rep")  # type: ignore[arg-type]
    assert caught.value.version == 1
    assert now_is(store, row.key) == row


def test_the_first_look_counts(store: Store) -> None:
    row = opened(store)
    with store.begin() as connection:
        decisions.shown(connection, row.key, NOW)
        decisions.shown(connection, row.key, NOW + timedelta(days=1))
    assert now_is(store, row.key).shown_at == NOW


def race(*acts: Callable[[], object]) -> list[object]:
    """All at once, each in a thread: what each gave, or the `Changed` it met."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        except Changed as changed:
            return changed

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_many_who_act_at_once_on_what_they_read_one_wins(store: Store) -> None:
    """Two tabs, the terminal and the daemon."""
    row = opened(store)

    def act(name: str) -> Callable[[], object]:
        def run() -> object:
            with store.begin() as connection:
                return decisions.move(connection, row, name, NOW, who="rep", draft=draft() if name == "edit" else None)  # type: ignore[arg-type]

        return run

    outcomes = race(*map(act, ("approve", "edit", "dismiss", "snooze", "withdraw", "edit")))
    assert sum(isinstance(outcome, CardRow) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Changed) for outcome in outcomes) == 5
    with store.read() as connection:
        assert len(connection.execute(select(schema.act.c.id)).all()) == 2  # it was opened, and one act
        assert audit.verify(connection) is None
        assert len(decisions.versions(connection, row.key)) == now_is(store, row.key).version


@pytest.mark.parametrize(
    ("meeting", "uid"),
    [
        ("m1@x", "m1@x"),
        ("m1@x/2026-03-05T15:00:00Z", "m1@x"),
        ("https://cal/x", "https://cal/x"),
        ("a/b/2026-03-05T15:00:00Z", "a/b"),
        (None, ""),
    ],
)
def test_the_series_of_a_card_is_the_uid_of_its_meeting(store: Store, meeting: str | None, uid: str) -> None:
    assert decisions.series(opened(store, meeting=meeting)) == uid


# ------------------------------------------------------------------------------------------------------------ approvals


def agreed(store: Store, row: CardRow, key: str, at: datetime = NOW) -> None:
    with store.begin() as connection:
        row = decisions.move(connection, row, "approve", at, who="rep")
        decisions.agree(connection, row, compose.mail(draft(), rep(), key, at), "send", at, at + timedelta(seconds=10))


def test_an_approval_keeps_the_exact_bytes_and_is_due_at_its_time(store: Store) -> None:
    row = opened(store)
    agreed(store, row, "a-1")
    mail = compose.mail(draft(), rep(), "a-1", NOW)
    with store.read() as connection:
        kept = connection.execute(select(schema.approval)).one()
        delivery = connection.execute(select(schema.delivery)).one()
    assert (bytes(kept.raw), kept.digest, kept.recipients) == (mail.raw, mail.digest, ["ana@acme.example", "ben@acme.example"])
    assert (delivery.id, delivery.state, delivery.next_at, delivery.attempts) == ("a-1", "due", NOW + timedelta(seconds=10), 0)


def test_the_last_approval_is_the_one_that_counts(store: Store) -> None:
    row = opened(store)
    agreed(store, row, "a-1")
    with store.begin() as connection:
        assert decisions.stop(connection, "a-1", NOW, "undone")
        decisions.move(connection, decisions.known(connection, row.key), "undo", NOW, who="rep")
    agreed(store, now_is(store, row.key), "a-2", NOW + timedelta(minutes=1))
    with store.read() as connection:
        found = decisions.approval(connection, row.key)
        assert decisions.approval(connection, "nothing") is None
    assert found is not None
    assert (found.id, found.state, found.recipients) == ("a-2", "due", ("ana@acme.example", "ben@acme.example"))


@pytest.mark.parametrize("state", ["putting", "put", "sending", "sent", "held", "refused"])
def test_what_the_courier_has_claimed_is_not_stopped(store: Store, state: str) -> None:
    agreed(store, opened(store), "a-1")
    with store.begin() as connection:
        connection.execute(update(schema.delivery).values(state=state))
        assert not decisions.stop(connection, "a-1", NOW, "undone")
        assert not decisions.stop(connection, "a-1", NOW, "withdrawn")
        assert connection.execute(select(schema.delivery.c.state)).scalar() == state
        assert connection.execute(select(schema.approval.c.undone_at)).scalar() is None


# -------------------------------------------------------------------------------------------------- what was said for good


def test_the_last_answer_about_a_thread_holds(store: Store) -> None:
    with store.begin() as connection:
        said.add_answer(connection, Answer("D-1", thread="<a@x>"), NOW)
        said.add_answer(connection, Answer("D-3", series="m1@x"), NOW)
        last = said.add_answer(connection, Answer(None, thread="<a@x>"), NOW)
        assert said.answers(connection) == (Answer("D-3", series="m1@x"), Answer(None, thread="<a@x>"))
        assert said.revoke(connection, "answer", str(last), NOW)
        assert said.answers(connection) == (Answer("D-3", series="m1@x"),)


def test_what_was_revoked_is_revoked_once(store: Store) -> None:
    with store.begin() as connection:
        said.add_silence(connection, "pat@acme.example", "asked", "rep", NOW)
        said.add_silence(connection, "pat@acme.example", "asked again", "rep", NOW)
        assert said.silent(connection) == {"pat@acme.example"}
        assert said.revoke(connection, "silence", "pat@acme.example", NOW)
        assert not said.revoke(connection, "silence", "pat@acme.example", NOW)
        assert said.silent(connection) == frozenset()
        said.add_silence(connection, "pat@acme.example", "asked once more", "rep", NOW)
        assert said.silent(connection) == {"pat@acme.example"}


@pytest.mark.parametrize("name", ["", "x", "1.5", "-1", "٣", "9999"])
def test_a_name_that_nothing_has_revokes_nothing(store: Store, name: str) -> None:
    with store.begin() as connection:
        assert not said.revoke(connection, "lesson", name, NOW)


def test_a_lesson_knows_kind_deal_thread_and_series(store: Store) -> None:
    row = opened(store, meeting="m1@x/2026-03-05T15:00:00Z")
    with store.begin() as connection:
        said.add_lesson(connection, row, "They buy by themselves.", NOW)
        lesson = said.lessons(connection)[0]
        assert (lesson.kind, lesson.deal, lesson.thread, lesson.series) == ("no_next_step", "D-1", "<a1@acme.example>", "m1@x")
        assert said.revoke(connection, "lesson", str(lesson.id), NOW)
        assert said.lessons(connection) == []


def test_a_pause_ends_by_itself(store: Store) -> None:
    until = moment("2026-03-10T09:00")
    with store.begin() as connection:
        assert said.paused_until(connection, NOW) is None
        said.put_setting(connection, "paused_until", until.isoformat())
        assert said.paused_until(connection, NOW) == until
        assert said.paused_until(connection, until) is None
        said.put_setting(connection, "paused_until", said.FOR_GOOD.isoformat())
        assert said.paused_until(connection, NOW + timedelta(days=9999)) == said.FOR_GOOD
