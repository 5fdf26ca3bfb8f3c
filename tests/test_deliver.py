"""The courier: what was approved leaves once, and nothing else does."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, update

from agent.desk import Changed, Terms
from agent.desk import Desk as Acts
from agent.errors import NeedsHuman, OnwardError, Rejected, Unavailable, Unsure
from agent.model import Address, Mail, Message
from agent.ports import Placed
from agent.store import Store, audit, codec, decisions, deliveries, said, schema
from tests.needs import often
from tests.rigs.deliveries import NOW, PAT, REP, RULES, UNDO, Desk, Faulty, Lossy, approve, desk

STOPS = often(14, 1000)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def store_url(request: pytest.FixtureRequest, blank: Path, tmp_path: Path) -> Iterator[str]:
    """SQLite, but for the tests that ask for `BOTH`: what they have in common is proved with the store itself."""
    if getattr(request, "param", "sqlite") == "sqlite":
        shutil.copy(blank, tmp_path / "onward.db")
        yield f"sqlite:///{tmp_path / 'onward.db'}"
    else:
        with request.getfixturevalue("cluster").database() as url:
            yield url


BOTH = pytest.mark.parametrize("store_url", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def at(store: Store, tmp_path: Path) -> Desk:
    return desk(store, tmp_path, Faulty)


def faults(at: Desk, **calls: list[Exception | None]) -> None:
    assert isinstance(at.outbox, Faulty)
    at.outbox.faults.update(calls)


def acts(store: Store) -> list[tuple[str, str]]:
    with store.read() as connection:
        assert audit.verify(connection) is None
        return [(row.who, row.act) for row in connection.execute(select(schema.act.c.who, schema.act.c.act).order_by(schema.act.c.id))]


def change(at: Desk, table: Any, name: str, **values: object) -> None:
    key = table.c.id if "id" in table.c else table.c.key
    with at.store.begin() as connection:
        connection.execute(update(table).where(key == name).values(**values))


def rep(at: Desk) -> Acts:
    return Acts(at.store, at.rules, Terms("send"), at.premise)


# ------------------------------------------------------------------------------------------------------------- leaving


@BOTH
def test_what_was_approved_is_sent_byte_for_byte_and_recorded(at: Desk) -> None:
    name = approve(at.store, "demo")
    assert at.deliver().sent == 1
    assert (at.sent(), at.drafts()) == ([at.approved(name)], [])
    assert at.states(name) == ("sent", "sent")
    assert at.delivery(name).receipt
    assert acts(at.store) == [("onward", "open"), ("rep", "approve"), ("onward", "begin"), ("outbox", "arrive")]


def test_nothing_leaves_before_the_undo_window_is_over(at: Desk) -> None:
    name = approve(at.store, "demo")
    at.deliver(UNDO - timedelta(microseconds=1))
    assert (at.sent(), at.drafts(), at.states(name)) == ([], [], ("due", "approved"))
    assert at.courier.next_due() == NOW + UNDO


def test_what_was_sent_is_never_looked_at_again(at: Desk) -> None:
    approve(at.store, "demo")
    at.deliver()
    assert at.courier.next_due() is None
    at.restart()
    assert (at.courier.next_due(), sum(1 for _ in at.asked)) == (None, 1)
    at.deliver(30 * HOUR)
    assert len(at.sent()) == 1


def test_a_card_that_was_not_approved_never_leaves(at: Desk) -> None:
    for state in ("waiting", "review", "snoozed", "dismissed", "handled", "misplaced", "withdrawn", "failed"):
        name = approve(at.store, state)
        change(at, schema.card, at.delivery(name).card, state=state)
    at.deliver(HOUR)
    assert (at.sent(), at.drafts(), at.courier.next_due()) == ([], [], None)


def test_what_was_undone_does_not_leave_and_may_be_approved_again(at: Desk) -> None:
    first = approve(at.store, "demo")
    rep(at).undo(at.card(first).key, NOW)
    at.deliver()
    assert (at.sent(), at.states(first)) == ([], ("undone", "review"))
    second = approve(at.store, "demo", NOW + MINUTE)
    at.deliver(2 * MINUTE)
    assert at.sent() == [at.approved(second)]
    assert (at.states(first)[0], at.states(second)[0]) == ("undone", "sent")


@BOTH
def test_an_approval_that_another_followed_never_leaves(at: Desk) -> None:
    """Whatever else says that it may."""
    first = approve(at.store, "demo")
    change(at, schema.card, at.card(first).key, state="review")
    second = approve(at.store, "demo", NOW + MINUTE)
    at.deliver(UNDO)
    assert (at.sent(), at.states(first)) == ([], ("withdrawn", "approved"))
    at.deliver(2 * MINUTE)
    assert at.sent() == [at.approved(second)]


def test_while_it_is_paused_nothing_leaves_and_then_it_does(at: Desk) -> None:
    name = approve(at.store, "demo")
    rep(at).pause(None, NOW)
    for minute in range(1, 5):
        at.deliver(minute * MINUTE)
    assert (at.sent(), at.drafts(), at.states(name), at.asked) == ([], [], ("due", "approved"), [])
    assert "resume" in at.delivery(name).says
    assert [act for _, act in acts(at.store)].count("postpone") == 1
    resumed = 4 * MINUTE + timedelta(seconds=5)
    rep(at).resume(NOW + resumed)
    assert at.courier.next_due() == NOW + resumed
    at.deliver(resumed)
    assert len(at.sent()) == 1


@pytest.mark.parametrize("listed", ["pat@acme.example", "@acme.example"])
@pytest.mark.parametrize("by", ["the rep", "the settings"])
def test_to_whom_must_not_be_written_nothing_leaves(store: Store, tmp_path: Path, listed: str, by: str) -> None:
    at = desk(store, tmp_path, rules=replace(RULES, do_not_contact=frozenset({listed} if by == "the settings" else ())))
    name = approve(store, "demo", to=[Address("pat+crm@acme.example", "pat@acme.example")])
    if by == "the rep":
        with store.begin() as connection:
            said.add_silence(connection, listed, "asked", "rep", NOW)
    at.deliver()
    assert (at.sent(), at.drafts(), at.states(name)) == ([], [], ("withdrawn", "withdrawn"))
    assert "do-not-contact" in at.card(name).reason


@BOTH
def test_a_list_that_grows_between_laying_and_sending_is_heeded(at: Desk) -> None:
    name = approve(at.store, "demo")
    faults(at, send=[Unavailable("no answer")])
    at.deliver()
    assert (len(at.drafts()), at.states(name)) == (1, ("due", "approved"))
    with at.store.begin() as connection:
        said.add_silence(connection, PAT.key, "asked", "rep", NOW)
    at.deliver(HOUR)
    assert (at.sent(), at.drafts(), at.states(name)) == ([], [], ("withdrawn", "withdrawn"))


@pytest.mark.timeout(often(120, 2000))
def test_between_whatever_two_steps_somebody_asks_to_be_left_alone_nothing_leaves_that_was_not_on_its_way(
    at: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step once or so."""
    number, left, states = 0, 0, list[str]()

    def step(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            rep(at).silence(f"pat{number}@acme{number}.example" if number % 2 else f"@acme{number}.example", "asked", NOW)
            states.append(at.delivery(f"deal{number}-1").state)

    event.listen(at.store.engine, "engine_connect", step)
    monkeypatch.setattr(at.outbox, "_fail", step)
    steps, fates = 14, dict[bool, int]()
    for number in range(STOPS):
        left, email, before = 0, f"pat{number}@acme{number}.example", len(at.sent())
        approve(at.store, f"deal{number}", to=[Address(email, email)])
        left = 1 + number % steps
        at.deliver()
        at.deliver(HOUR)
        on_its_way = left > 0 or states.pop() in ("sending", "sent")
        assert len(at.sent()) - before == on_its_way, (number, left)
        fates[on_its_way] = fates.get(on_its_way, 0) + 1
    event.remove(at.store.engine, "engine_connect", step)
    assert min(fates[True], fates[False]) > STOPS // 10


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        (datetime(2026, 3, 5, 20, tzinfo=UTC), datetime(2026, 3, 5, 20, 0, 10, tzinfo=UTC)),  # Thursday afternoon
        (datetime(2026, 3, 5, 23, tzinfo=UTC), datetime(2026, 3, 6, 14, tzinfo=UTC)),  # evening: Friday, 09:00 in New York
        (datetime(2026, 3, 7, 15, tzinfo=UTC), datetime(2026, 3, 9, 13, tzinfo=UTC)),  # Saturday: Monday, summer time by then
        (datetime(2026, 3, 6, 9, tzinfo=UTC), datetime(2026, 3, 6, 14, tzinfo=UTC)),  # before work
    ],
)
def test_working_hours_hold_when_it_leaves_not_when_it_was_planned(store: Store, tmp_path: Path, now: datetime, leaves: datetime) -> None:
    at = desk(store, tmp_path, within_hours=True)
    approve(store, "demo", now)
    at.courier.deliver(now + UNDO)
    assert len(at.sent()) == (now + UNDO == leaves)
    if not at.sent():
        assert at.courier.next_due() == leaves
        at.courier.deliver(leaves - MINUTE)
        assert at.sent() == []
        at.courier.deliver(leaves)
        assert len(at.sent()) == 1


# ------------------------------------------------------------------------------------------------------------- premise


def test_what_has_no_reason_any_more_is_withdrawn_with_the_sentence_why(at: Desk) -> None:
    name = approve(at.store, "demo")
    at.premises["demo"] = "Pat has answered."
    assert at.deliver().withdrawn == 1
    assert (at.sent(), at.drafts(), at.states(name), at.card(name).reason) == ([], [], ("withdrawn", "withdrawn"), "Pat has answered.")


@pytest.mark.parametrize("fault", [Unavailable("mail: no answer"), NeedsHuman("mail: signed out", "sign in"), ValueError("a bug")])
def test_while_nobody_knows_whether_there_is_reason_it_waits_and_says_so(at: Desk, fault: Exception) -> None:
    name, other = approve(at.store, "demo"), approve(at.store, "other")
    at.premises["demo"] = fault
    at.deliver()
    assert (at.sent(), at.states(name)) == ([at.approved(other)], ("due", "approved"))
    assert at.delivery(name).says.startswith("It waits")
    at.premises.clear()
    at.deliver(HOUR)
    assert len(at.sent()) == 2


def test_while_the_facts_of_the_deal_are_held_it_waits(at: Desk) -> None:
    name = approve(at.store, "demo")
    row = {"rung": "nothing", "why": "", "findings": [], "thought_at": NOW}
    with at.store.begin() as connection:
        connection.execute(schema.deal_state.insert().values(deal="demo", held=True, **row))
    at.deliver()
    assert (at.sent(), at.states(name)) == ([], ("due", "approved"))
    with at.store.begin() as connection:
        connection.execute(update(schema.deal_state).values(held=False))
    at.deliver(HOUR)
    assert len(at.sent()) == 1


def test_the_premise_is_asked_again_after_every_wait(at: Desk) -> None:
    name = approve(at.store, "demo")
    faults(at, send=[Unavailable("no answer")])
    at.deliver()
    at.premises["demo"] = "Pat has answered."
    at.deliver(HOUR)
    assert (at.sent(), at.drafts(), at.states(name)) == ([], [], ("withdrawn", "withdrawn"))


@pytest.mark.parametrize("call", ["put", "send"])
@pytest.mark.parametrize("restarts", [False, True])
def test_the_premise_is_asked_again_of_what_was_begun(at: Desk, call: str, restarts: bool) -> None:
    """What was in doubt and turns out not to have left needs a reason as anything else does."""
    name = approve(at.store, "demo")
    faults(at, **{call: [Unsure("lost")]})
    at.deliver()
    assert at.states(name)[0] in ("putting", "held")
    at.premises["demo"] = "Pat has answered."
    if restarts:
        at.restart()
    at.deliver(HOUR)
    assert (at.sent(), at.drafts(), at.states(name)) == ([], [], ("withdrawn", "withdrawn"))


@pytest.mark.parametrize("what", ["undo", "pause", "silence", "withdraw"])
@pytest.mark.parametrize("when", ["premise", "put"])
def test_what_is_said_while_it_is_about_to_leave_is_heeded(at: Desk, monkeypatch: pytest.MonkeyPatch, what: str, when: str) -> None:
    """Everything is asked again in the transaction that claims; until then the rep may still take it back."""
    name, key = approve(at.store, "demo"), "no_next_step:demo:m1@x"

    def meanwhile() -> None:
        if what == "pause":
            rep(at).pause(None, NOW)
        elif what == "undo":
            rep(at).undo(key, NOW)
        else:
            with at.store.begin() as connection:
                if what == "silence":
                    said.add_silence(connection, PAT.key, "asked", "rep", NOW)
                else:
                    decisions.move(connection, decisions.known(connection, key), "withdraw", NOW, who="onward", reason="They answered.")

    def meddling(call: Callable[..., Any]) -> Callable[..., Any]:
        def both(*args: Any) -> Any:
            with suppress(Changed):  # once it is claimed it cannot be undone, and then it leaves
                meanwhile()
            return call(*args)

        return both

    place = at if when == "premise" else at.outbox
    monkeypatch.setattr(place, when, meddling(getattr(place, when)))
    at.restart()
    at.deliver()
    assert len(at.sent()) == ((what, when) == ("undo", "put"))
    assert at.states(name)[0] in ("undone", "due", "withdrawn", "sent")
    assert len(at.drafts()) == ((what, when) == ("pause", "put"))


# -------------------------------------------------------------------------------------------------------------- digest


@pytest.mark.parametrize(
    "tampered",
    [
        {"raw": b"From: dana@northwind.example\r\nTo: eve@evil.example\r\n\r\nbuy\r\n"},
        {"digest": "0" * 64},
        {"recipients": ["eve@evil.example"]},
        {"recipients": ["pat@acme.example", "eve@evil.example"]},
        {"sender": "eve@evil.example"},
    ],
    ids=["bytes", "digest", "another recipient", "one recipient more", "another sender"],
)
@pytest.mark.parametrize("laid", [False, True])
def test_what_is_not_what_was_approved_is_refused(at: Desk, tampered: dict[str, object], laid: bool) -> None:
    name = approve(at.store, "demo")
    if laid:
        faults(at, send=[Unavailable("no answer")])
        at.deliver()
    change(at, schema.approval, name, **tampered)
    at.deliver(HOUR)
    assert (at.sent(), at.drafts(), at.states(name)) == ([], [], ("refused", "failed"))
    assert "approve" in at.card(name).reason


def test_a_draft_that_was_changed_before_it_left_is_not_sent_and_not_deleted(at: Desk) -> None:
    name = approve(at.store, "demo")
    faults(at, send=[Unavailable("no answer")])
    at.deliver()
    at.file().write_bytes(b"my own words")
    at.deliver(HOUR)
    assert (at.sent(), at.drafts(), at.states(name)) == ([], [b"my own words"], ("refused", "failed"))


# ----------------------------------------------------------------------------------------------------- the outbox's faults


@pytest.mark.parametrize("call", ["put", "send"])
@pytest.mark.parametrize("fault", [Unavailable("no answer"), NeedsHuman("signed out", "sign in")])
def test_an_outbox_that_cannot_be_used_now_is_asked_again_later(at: Desk, call: str, fault: OnwardError) -> None:
    name = approve(at.store, "demo")
    faults(at, **{call: [fault]})
    assert at.deliver().postponed == 1
    assert (at.sent(), at.states(name), at.delivery(name).says) == ([], ("due", "approved"), fault.told)
    due = at.courier.next_due()
    assert due is not None
    assert due > NOW + UNDO
    at.courier.deliver(due)
    assert (at.sent(), at.states(name)) == ([at.approved(name)], ("sent", "sent"))


def test_the_longer_an_outbox_is_away_the_rarer_it_is_asked_and_a_server_that_says_when_is_heard(at: Desk) -> None:
    approve(at.store, "demo")
    faults(at, send=[Unavailable("no answer")] * 12 + [Unavailable("busy", 7200)])
    waits, now = [], NOW + UNDO
    for _ in range(13):
        at.courier.deliver(now)
        due = at.courier.next_due()
        assert due is not None
        waits.append(due - now)
        now = due
    assert waits[:-1] == sorted(waits[:-1])
    assert (waits[0] <= 2 * MINUTE, waits[-2], waits[-1]) == (True, HOUR, 2 * HOUR)
    assert at.sent() == []


def test_the_longer_it_is_unknown_whether_a_draft_was_laid_the_rarer_it_is_laid_again(at: Desk) -> None:
    name, now, waits = approve(at.store, "demo"), NOW + UNDO, list[timedelta]()
    for _ in range(12):
        faults(at, put=[Unsure("lost")])
        at.deliver(now - NOW)
        waits.append(at.delivery(name).next_at - now)
        now = at.delivery(name).next_at
    assert (waits == sorted(waits), waits[0] <= 2 * MINUTE, waits[-1]) == (True, True, HOUR)


def test_what_the_outbox_refuses_is_failed_with_its_reason_and_may_be_approved_again(at: Desk) -> None:
    name = approve(at.store, "demo")
    faults(at, send=[Rejected("The server does not take mail for pat@acme.example.")])
    assert at.deliver().refused == 1
    assert (at.sent(), at.drafts(), at.states(name)) == ([], [], ("refused", "failed"))
    assert at.card(name).reason == "The server does not take mail for pat@acme.example."
    again = approve(at.store, "demo", NOW + HOUR)
    at.deliver(2 * HOUR)
    assert at.sent() == [at.approved(again)]


@BOTH
@pytest.mark.parametrize("fault", [Unsure("lost"), ValueError("a bug")])
def test_in_doubt_it_is_held_and_looked_for_and_only_what_is_seen_ends_it(store: Store, tmp_path: Path, fault: Exception) -> None:
    at = desk(store, tmp_path, lambda path: Lossy(path, losses=1, blind=3))
    name = approve(store, "demo")
    assert at.deliver().held == 1
    assert at.states(name) == ("held", "held")
    for hour in range(1, 4):
        at.deliver(hour * HOUR)
        assert (at.states(name), len(at.sent())) == (("held", "held"), 1)
        assert "whether it left" in at.delivery(name).says
    at.deliver(4 * HOUR)
    assert (at.states(name), len(at.sent())) == (("sent", "sent"), 1)


def test_a_mail_in_doubt_that_is_still_a_draft_is_sent_by_the_same_handle(at: Desk) -> None:
    name = approve(at.store, "demo")
    faults(at, send=[Unsure("lost")])
    at.deliver()
    assert at.states(name) == ("held", "held")
    handle = at.delivery(name).handle
    at.deliver(HOUR)
    assert (at.sent(), at.states(name), at.delivery(name).handle) == ([at.approved(name)], ("sent", "sent"), handle)


@pytest.mark.parametrize("fault", [Unavailable("no answer"), NeedsHuman("signed out"), Rejected("no"), Unsure("lost"), ValueError("a bug")])
def test_an_outbox_that_does_not_tell_where_a_mail_is_has_told_nothing(at: Desk, fault: Exception) -> None:
    name = approve(at.store, "demo")
    faults(at, send=[Unsure("lost")])
    at.deliver()
    for hour in (1, 2):
        faults(at, look=[fault, fault])
        at.restart()
        at.deliver(hour * HOUR)
        assert (at.sent(), at.states(name)) == ([], ("held", "held"))
    faults(at, look=[])
    at.deliver(3 * HOUR)
    assert at.states(name) == ("sent", "sent")


@pytest.mark.parametrize("says", [True, False])
def test_a_draft_in_doubt_that_somebody_saved_anew_waits_for_the_rep(at: Desk, monkeypatch: pytest.MonkeyPatch, says: bool) -> None:
    """Word for word what was approved; but that it lies there does not tell that it has not left."""
    name = approve(at.store, "demo")
    faults(at, send=[Unsure("lost")])
    at.deliver()
    monkeypatch.setattr(at.outbox, "look", lambda handles: [Placed("draft", anew=True)] * len(handles))
    for hour in (1, 2, 24):
        at.restart()
        at.deliver(hour * HOUR)
        assert (at.sent(), at.states(name)) == ([], ("held", "held"))
    assert "saved there once more" in at.delivery(name).says
    rep(at).settle(at.card(name).key, says, NOW + 25 * HOUR)
    at.deliver(26 * HOUR)
    assert (at.sent(), at.states(name)[1]) == ([], "sent" if says else "failed")
    assert len(at.drafts()) == says


def test_a_mail_in_doubt_that_nobody_finds_waits_for_the_rep_for_ever(at: Desk) -> None:
    name = approve(at.store, "demo")
    faults(at, send=[Unsure("lost")])
    at.deliver()
    at.file().unlink()
    for day in range(1, 30):
        at.restart()
        at.deliver(day * 24 * HOUR)
    assert (at.sent(), at.drafts(), at.states(name)) == ([], [], ("held", "held"))
    rep(at).settle(at.card(name).key, False, NOW + 800 * HOUR)
    assert at.states(name) == ("refused", "failed")
    at.deliver(900 * HOUR)
    assert (at.sent(), at.courier.next_due()) == ([], None)


def test_what_the_rep_says_of_a_mail_in_doubt_ends_it_and_takes_its_draft_away(at: Desk) -> None:
    name = approve(at.store, "demo")
    faults(at, send=[Unsure("lost")])
    at.deliver()
    rep(at).settle(at.card(name).key, False, NOW + MINUTE)
    at.deliver(HOUR)
    assert (at.sent(), at.drafts(), at.states(name)) == ([], [], ("refused", "failed"))


@pytest.mark.parametrize("again", [False, True])
def test_a_mail_that_is_found_sent_after_all_does_not_leave_again_whatever_the_rep_said(at: Desk, again: bool) -> None:
    name = approve(at.store, "demo")
    faults(at, send=[Unsure("lost")])
    at.deliver()
    at.file().rename(at.root / "sent" / at.file().name)
    rep(at).settle(at.card(name).key, False, NOW + MINUTE)
    if again:
        approve(at.store, "demo", NOW + 2 * MINUTE)
    at.deliver(HOUR)
    assert (at.states(name), len(at.sent())) == (("sent", "withdrawn"), 1)
    assert at.courier.next_due() is None


def test_laying_in_doubt_is_done_again_and_lays_one_draft(at: Desk) -> None:
    name = approve(at.store, "demo")
    faults(at, put=[Unsure("lost"), ValueError("a bug"), Unsure("lost")])
    for hour in range(4):
        at.deliver(UNDO + hour * HOUR)
    assert (at.sent(), at.states(name)) == ([at.approved(name)], ("sent", "sent"))


def test_one_that_cannot_be_handled_keeps_nobody_else_and_is_shown(at: Desk) -> None:
    """A row that nobody foresaw: the mail that it answers is stored in a form that cannot be read."""
    bad, good = approve(at.store, "bad"), approve(at.store, "good")
    raw = at.approved(bad).replace(b"Message-ID:", b"In-Reply-To: <a1@acme.example>\r\nMessage-ID:")
    change(at, schema.approval, bad, raw=raw, digest=sha256(raw).hexdigest())
    with at.store.begin() as connection:
        row = {"source": 0, "item": "a1", "message_id": "<a1@acme.example>", "sent": NOW, "data": "{"}
        connection.execute(schema.message.insert().values(**row))
    at.deliver()
    assert at.sent() == [at.approved(good)]
    assert "could not be handled" in at.delivery(bad).says
    with at.store.begin() as connection:
        message = Message("a1", "<a1@acme.example>", PAT, (REP.address,), (), (), "Acme", NOW, thread_hint="t-17")
        connection.execute(update(schema.message).values(data=codec.dumps(message)))
    at.deliver(2 * HOUR)
    assert len(at.sent()) == 2


def test_the_outbox_is_told_the_thread_that_the_mail_answers(at: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    name = approve(at.store, "demo")
    raw = at.approved(name).replace(b"Message-ID:", b"In-Reply-To: <a1@acme.example>\r\nMessage-ID:")
    change(at, schema.approval, name, raw=raw, digest=sha256(raw).hexdigest())
    message = Message("a1", "<a1@acme.example>", PAT, (REP.address,), (), (), "Acme", NOW, thread_hint="t-17")
    with at.store.begin() as connection:
        row = {"source": 0, "item": "a1", "message_id": "<a1@acme.example>", "sent": NOW, "data": codec.dumps(message)}
        connection.execute(schema.message.insert().values(**row))
    seen: list[Any] = []
    put = at.outbox.put
    monkeypatch.setattr(at.outbox, "put", lambda mail: (seen.append(mail), put(mail))[1])
    at.deliver()
    (mail,) = seen
    assert (mail.key, mail.thread_hint, mail.recipients, mail.sender) == (name, "t-17", ("pat@acme.example",), "dana@northwind.example")
    assert mail.message_id.encode() in raw


# ---------------------------------------------------------------------------------------------------- deliver: draft


@pytest.fixture
def laid(at: Desk) -> str:
    name = approve(at.store, "demo", mode="draft")
    assert at.deliver().laid == 1
    assert (at.states(name), at.drafts(), at.sent()) == (("laid", "laid"), [at.approved(name)], [])
    return name


def test_a_draft_that_the_rep_sends_closes_the_card(at: Desk, laid: str) -> None:
    at.file().rename(at.root / "sent" / at.file().name)
    assert at.deliver(HOUR).sent == 1
    assert (at.states(laid), at.card(laid).reason) == (("sent", "sent"), "You sent it.")


def test_a_draft_that_the_rep_edits_and_sends_closes_the_card(at: Desk, laid: str) -> None:
    at.file().write_bytes(b"my own words")
    at.deliver(HOUR)
    assert at.states(laid) == ("laid", "laid")
    at.file().rename(at.root / "sent" / at.file().name)
    at.deliver(2 * HOUR)
    assert (at.states(laid), at.card(laid).reason) == (("sent", "sent"), "You edited and sent it.")


def test_a_draft_that_the_rep_deletes_dismisses_the_card_and_is_not_laid_again(at: Desk, laid: str) -> None:
    at.file().unlink()
    at.deliver(HOUR)
    assert (at.states(laid), "deleted" in at.delivery(laid).says) == (("laid", "laid"), True)
    at.deliver(HOUR + 2 * MINUTE)
    assert (at.states(laid), at.card(laid).reason) == (("withdrawn", "dismissed"), "You deleted the draft.")
    at.deliver(2 * HOUR)
    assert (at.drafts(), at.courier.next_due()) == ([], None)


def test_a_draft_that_is_missed_counts_as_deleted_two_minutes_later_and_not_before_however_often_it_starts_anew(
    at: Desk, laid: str
) -> None:
    at.file().unlink()
    at.deliver(HOUR)
    for second in (0, 20, 119):
        at.restart()
        at.deliver(HOUR + timedelta(seconds=second))
        assert at.states(laid) == ("laid", "laid")
    at.restart()
    at.deliver(HOUR + 2 * MINUTE)
    assert at.states(laid) == ("withdrawn", "dismissed")


@pytest.mark.parametrize("turns_up", ["drafts", "sent"])
def test_a_draft_that_was_gone_for_a_moment_was_saved_anew_or_sent(at: Desk, laid: str, turns_up: str) -> None:
    away = at.file().rename(at.root / "away.eml")
    at.deliver(HOUR)
    away.rename(at.root / turns_up / f"{at.delivery(laid).handle}.eml")
    at.deliver(HOUR + 2 * MINUTE)
    assert at.states(laid) == (("laid", "laid") if turns_up == "drafts" else ("sent", "sent"))
    if turns_up == "drafts":
        at.file().unlink()
        at.deliver(2 * HOUR)
        assert at.states(laid) == ("laid", "laid")


def test_a_look_that_fails_in_between_does_not_bear_out_that_a_draft_is_gone(at: Desk, laid: str) -> None:
    at.file().unlink()
    at.deliver(HOUR)
    faults(at, look=[Unavailable("no answer")])
    at.deliver(HOUR + 2 * MINUTE)
    at.deliver(HOUR + 7 * MINUTE)
    assert at.states(laid) == ("laid", "laid")
    at.deliver(HOUR + 9 * MINUTE)
    assert at.states(laid) == ("withdrawn", "dismissed")


@pytest.mark.parametrize("state", ["laid", "held", "withdrawn"])
def test_where_another_outbox_is_set_meanwhile_nothing_is_concluded_from_what_it_does_not_hold(at: Desk, state: str) -> None:
    name = approve(at.store, "demo", mode="send" if state == "held" else "draft")
    faults(at, send=[Unsure("lost")])
    at.deliver()
    if state == "withdrawn":
        rep(at).silence(PAT.email, "asked", NOW)
    here, at.outbox = at.outbox, Faulty(at.root.with_name("other"))
    at.outbox.put(Mail("another", b"Subject: x\r\n\r\nx\r\n", "", "", ()))
    for hour in (1, 2, 3):
        at.restart()
        at.deliver(hour * HOUR)
        assert at.delivery(name).state == state
        assert "another outbox" in at.delivery(name).says
    assert (at.sent(), len(at.drafts())) == ([], 1)
    if state == "laid":
        at.outbox = here
        at.restart()
        at.file().unlink()
        at.deliver(4 * HOUR)
        at.deliver(5 * HOUR)
        assert at.states(name) == ("withdrawn", "dismissed")


def test_all_drafts_are_looked_at_together_and_one_that_is_the_trouble_keeps_no_other(at: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [approve(at.store, each, mode="draft") for each in ("a", "b", "c")]
    at.deliver()
    asked, look = list[int](), at.outbox.look
    strange = at.delivery(names[1]).handle

    def looks(handles: Any) -> Any:
        asked.append(len(handles))
        if strange in handles and len(asked) > 1:
            raise ValueError("a bug")
        return look(handles)

    monkeypatch.setattr(at.outbox, "look", looks)
    at.deliver(HOUR)
    assert asked == [3]
    for path in (at.root / "drafts").iterdir():
        path.rename(at.root / "sent" / path.name)
    at.deliver(2 * HOUR)
    assert [at.states(name)[0] for name in names] == ["sent", "laid", "sent"]


def test_a_look_that_takes_all_the_time_of_a_pass_keeps_nothing_for_ever(at: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [approve(at.store, each, mode="draft") for each in ("a", "b", "c")]
    at.deliver()
    for path in (at.root / "drafts").iterdir():
        path.rename(at.root / "sent" / path.name)
    asked, look = list[int](), at.outbox.look
    monkeypatch.setattr(at.outbox, "look", lambda handles: (asked.append(len(handles)), look(handles))[1])
    for looks in (0, 1, 2):
        at.courier.deliver(NOW + (looks + 1) * HOUR, lambda looks=looks: len(asked) > looks)  # type: ignore[misc]
    assert [at.states(name)[0] for name in names] == ["sent", "sent", "sent"]
    assert asked == [3, 2, 1]


def test_a_draft_whose_card_was_withdrawn_is_taken_away(at: Desk, laid: str) -> None:
    with at.store.begin() as connection:
        decisions.move(
            connection, decisions.known(connection, at.delivery(laid).card), "withdraw", NOW, who="onward", reason="They answered."
        )
    at.deliver(HOUR)
    assert (at.drafts(), at.sent(), at.states(laid)) == ([], [], ("withdrawn", "withdrawn"))
    assert at.courier.next_due() is None


def test_words_of_the_rep_are_never_taken_away(at: Desk, laid: str) -> None:
    at.file().write_bytes(b"my own words")
    with at.store.begin() as connection:
        decisions.move(
            connection, decisions.known(connection, at.delivery(laid).card), "withdraw", NOW, who="onward", reason="They answered."
        )
    at.deliver(HOUR)
    assert (at.drafts(), at.states(laid), at.courier.next_due()) == ([b"my own words"], ("withdrawn", "withdrawn"), None)


def test_a_draft_that_the_rep_sent_before_its_card_was_withdrawn_is_recorded_as_sent(at: Desk, laid: str) -> None:
    at.file().rename(at.root / "sent" / at.file().name)
    with at.store.begin() as connection:
        decisions.move(connection, decisions.known(connection, at.delivery(laid).card), "withdraw", NOW, who="onward", reason="You wrote.")
    at.deliver(HOUR)
    assert (at.states(laid), len(at.sent())) == (("sent", "withdrawn"), 1)
    assert acts(at.store)[-1] == ("rep", "arrive")


def handled(at: Desk, name: str) -> None:
    card = at.card(name)
    rep(at).handle(card.key, card.version, NOW + MINUTE)


def test_what_the_rep_says_is_handled_already_leaves_no_draft_behind_and_may_be_approved_again(at: Desk, laid: str) -> None:
    handled(at, laid)
    at.deliver(MINUTE)
    assert (at.drafts(), at.states(laid), at.courier.next_due()) == ([], ("withdrawn", "handled"), None)
    rep(at).undo(at.card(laid).key, NOW + HOUR)
    again = approve(at.store, "demo", NOW + HOUR)
    at.deliver(2 * HOUR)
    assert (at.sent(), at.states(again)) == ([at.approved(again)], ("sent", "sent"))


def test_what_the_rep_wrote_into_a_draft_stays_when_he_says_that_it_is_handled(at: Desk, laid: str) -> None:
    at.file().write_bytes(b"my own words")
    handled(at, laid)
    at.deliver(HOUR)
    assert (at.drafts(), at.states(laid), at.courier.next_due()) == ([b"my own words"], ("withdrawn", "handled"), None)


@pytest.mark.parametrize("undone", [False, True])
def test_a_draft_that_was_sent_before_the_rep_said_that_it_is_handled_does_not_leave_again(at: Desk, laid: str, undone: bool) -> None:
    at.file().rename(at.root / "sent" / at.file().name)
    handled(at, laid)
    if undone:
        rep(at).undo(at.card(laid).key, NOW + 2 * MINUTE)
        approve(at.store, "demo", NOW + 2 * MINUTE)
    at.deliver(HOUR)
    assert (at.states(laid), len(at.sent())) == (("sent", "withdrawn" if undone else "handled"), 1)
    assert at.courier.next_due() is None


def test_a_draft_that_lies_in_another_outbox_is_left_there_and_its_card_closed_by_the_rep(at: Desk, laid: str) -> None:
    at.outbox = Faulty(at.root.with_name("other"))
    at.outbox.put(Mail("another", b"Subject: x\r\n\r\nx\r\n", "", "", ()))
    at.restart()
    at.deliver(HOUR)
    assert "say that it is handled" in at.delivery(laid).says
    handled(at, laid)
    at.deliver(2 * HOUR)
    assert (len(at.drafts()), at.states(laid), at.courier.next_due()) == (1, ("withdrawn", "handled"), None)


@BOTH
def test_who_asks_to_be_left_alone_takes_the_draft_away_at_once(at: Desk, laid: str) -> None:
    rep(at).silence(PAT.email, "asked", NOW)
    at.deliver(UNDO)
    assert (at.drafts(), at.states(laid)) == ([], ("withdrawn", "withdrawn"))


@pytest.mark.parametrize("fault", [Unavailable("no answer"), NeedsHuman("signed out", "sign in"), ValueError("a bug")])
def test_a_draft_that_cannot_be_looked_for_is_no_deleted_one(at: Desk, laid: str, fault: Exception) -> None:
    faults(at, look=[fault])
    at.deliver(HOUR)
    assert at.states(laid) == ("laid", "laid")
    at.deliver(2 * HOUR)
    assert (at.states(laid), at.delivery(laid).says) == (("laid", "laid"), "")


def test_a_draft_that_cannot_be_taken_away_now_is_later(at: Desk, laid: str) -> None:
    with at.store.begin() as connection:
        decisions.move(
            connection, decisions.known(connection, at.delivery(laid).card), "withdraw", NOW, who="onward", reason="They answered."
        )
    faults(at, withdraw=[Unavailable("no answer"), NeedsHuman("signed out")])
    for hour in (1, 2):
        at.deliver(hour * HOUR)
        assert (len(at.drafts()), at.states(laid)) == (1, ("withdrawn", "withdrawn"))
        assert "could not be taken away yet" in at.delivery(laid).says
    at.deliver(3 * HOUR)
    assert (at.drafts(), at.courier.next_due()) == ([], None)


def test_drafts_are_looked_at_right_after_a_start(at: Desk, laid: str) -> None:
    at.file().rename(at.root / "sent" / at.file().name)
    at.restart()
    due = at.courier.next_due()
    assert due is not None
    assert due <= NOW
    at.deliver(UNDO)
    assert at.states(laid) == ("sent", "sent")


def test_working_hours_do_not_keep_a_draft_from_being_laid(store: Store, tmp_path: Path) -> None:
    at = desk(store, tmp_path, within_hours=True)
    night = datetime(2026, 3, 7, 3, tzinfo=UTC)
    approve(store, "demo", night, mode="draft")
    at.courier.deliver(night + UNDO)
    assert len(at.drafts()) == 1


# -------------------------------------------------------------------------------------------------------- one at a time


def test_who_has_lost_the_lease_sends_and_writes_nothing(at: Desk) -> None:
    name = approve(at.store, "demo")

    def gone(_connection: object) -> None:
        raise NeedsHuman("another process works for this rep now")

    at.courier.confirm = gone
    with pytest.raises(NeedsHuman, match="another process"):
        at.deliver()
    assert (at.sent(), at.drafts(), at.states(name)) == ([], [], ("due", "approved"))


@BOTH
def test_of_two_couriers_that_read_the_same_row_one_sends(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second starts whenever the first lays or sends, at a server that shows nothing of what it sent."""
    first, other = (desk(store, tmp_path, lambda path: Lossy(path, blind=1000)) for _ in range(2))
    name = approve(store, "demo")

    def meddling(call: Callable[..., Any]) -> Callable[..., Any]:
        def both(*args: Any) -> Any:
            other.restart()
            other.deliver()
            return call(*args)

        return both

    for when in ("put", "send"):
        monkeypatch.setattr(first.outbox, when, meddling(getattr(first.outbox, when)))
    first.deliver()
    other.deliver()
    assert (first.sent(), first.states(name)) == ([first.approved(name)], ("sent", "sent"))
    assert acts(store).count(("outbox", "arrive")) == 1


def test_a_request_to_stop_is_heard_between_two_mails(at: Desk) -> None:
    for number in range(3):
        approve(at.store, str(number))
    at.courier.deliver(NOW + UNDO, lambda: len(at.sent()) > 0)
    assert len(at.sent()) == 1
    at.deliver()
    assert len(at.sent()) == 3


def test_after_a_start_each_is_looked_at_once_also_where_every_pass_is_broken_off(at: Desk) -> None:
    for number in range(3):
        approve(at.store, str(number), mode="draft")
    assert at.deliver().laid == 3
    at.restart()
    for _ in range(3):
        turns = iter((False, True))
        at.courier.deliver(NOW + UNDO, turns.__next__)
    later = at.courier.next_due()
    assert later
    assert later > NOW + UNDO


# ---------------------------------------------------------------------------------------------------------------- clock


def test_after_a_long_sleep_what_was_due_leaves_once(at: Desk) -> None:
    approve(at.store, "demo")
    at.deliver(3000 * HOUR)
    at.deliver(3001 * HOUR)
    assert len(at.sent()) == 1


@BOTH
def test_what_was_put_off_does_not_wait_for_a_clock_that_was_set_back(at: Desk) -> None:
    name = approve(at.store, "demo")
    faults(at, send=[Unavailable("no answer")])
    at.deliver(10_000 * HOUR)
    at.deliver(HOUR)
    assert (at.sent(), at.states(name)) == ([at.approved(name)], ("sent", "sent"))


def test_the_undo_window_is_not_cut_short_by_a_clock_that_is_set_back(at: Desk) -> None:
    approve(at.store, "demo", NOW + HOUR)
    at.deliver(MINUTE)
    assert at.sent() == []


@BOTH
def test_every_delivery_that_is_not_over_has_a_moment_when_it_is_looked_at_again(at: Desk) -> None:
    with at.store.read() as connection:
        assert deliveries.next_at(connection) is None
    approve(at.store, "calm", mode="draft")
    at.deliver()
    for number, fault in enumerate([Unavailable("a"), NeedsHuman("b"), Unsure("c"), ValueError("d")]):
        approve(at.store, f"send{number}")
        approve(at.store, f"draft{number}", mode="draft")
        faults(at, put=[fault, None], send=[fault])
        at.deliver(UNDO + number * timedelta(seconds=1))
    with at.store.read() as connection:
        rows = connection.execute(select(schema.delivery)).all()
    assert {row.state for row in rows} >= {"due", "putting", "held", "laid"}
    assert all(NOW < row.next_at < NOW + 2 * HOUR for row in rows)
