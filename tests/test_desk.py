"""What the rep can do: each act whole or not at all, and nothing that he did not read leaves."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from threading import Barrier
from typing import Any

import pytest
from cards import BODY, draft, in_crm, now_is, opened
from desk import ANA, BEN, NOW, ZOE, contact, deal, moment, rules, who
from sqlalchemy import insert, select, update

from agent.desk import Changed, Desk, Terms, times
from agent.errors import Rejected, Unavailable
from agent.life import OPEN, STATES, TABLE
from agent.model import Answer, Message
from agent.store import Store, audit, codec, decisions, facts, said, schema
from agent.store.decisions import CardRow

SOON = NOW + timedelta(minutes=1)


def desk(store: Store, premise: Callable[[str, datetime], str] = lambda _key, _now: "", terms: Terms | None = None, **changes: Any) -> Desk:
    return Desk(store, rules(**changes), terms or Terms("send"), premise)


@pytest.fixture
def local(blank: Path, tmp_path: Path) -> Any:
    """A store for what does not differ between the databases."""
    path = tmp_path / "onward.db"
    shutil.copy(blank, path)
    made = Store.open(f"sqlite:///{path}")
    yield made
    made.close()


def everything(store: Store) -> list[list[tuple[Any, ...]]]:
    """All that is stored, to show that nothing happened."""
    with store.read() as connection:
        return [[tuple(row) for row in connection.execute(select(table))] for table in schema.metadata.sorted_tables]


def one(store: Store, table: Any) -> Any:
    with store.read() as connection:
        return connection.execute(select(table)).one()


def put(store: Store, card: CardRow, state: str) -> None:
    with store.begin() as connection:
        connection.execute(update(schema.card).where(schema.card.c.key == card.key).values(state=state))


def acts(store: Store) -> list[str]:
    with store.read() as connection:
        assert audit.verify(connection) is None
        return list(connection.execute(select(schema.act.c.act).order_by(schema.act.c.id)).scalars())


# ------------------------------------------------------------------------------------------------------------ approving


def test_an_approval_binds_to_the_exact_mail_that_was_read(store: Store) -> None:
    card = opened(store)
    name = desk(store).approve(card.key, 1, NOW)
    kept, delivery = one(store, schema.approval), one(store, schema.delivery)
    assert kept.id == delivery.id == name
    assert kept.digest == sha256(kept.raw).hexdigest()
    assert (kept.sender, kept.recipients) == ("dana@northwind.example", ["ana@acme.example", "ben@acme.example"])
    assert f"X-Onward-Key: {name}".encode() in bytes(kept.raw)
    assert b"Shall we meet on Thursday?" in bytes(kept.raw)
    assert (kept.mode, kept.leave_at, delivery.state, delivery.next_at) == ("send", NOW + timedelta(seconds=10), "due", kept.leave_at)
    assert now_is(store, card.key).state == "approved"
    assert acts(store) == ["open", "approve"]


def test_the_undo_window_and_the_mode_are_those_of_the_terms(local: Store) -> None:
    card = opened(local)
    desk(local, terms=Terms("draft", undo=timedelta(0))).approve(card.key, 1, NOW)
    assert (one(local, schema.approval).mode, one(local, schema.delivery).next_at) == ("draft", NOW)


def test_what_the_rep_must_do_first_is_done_before_it_is_approved(local: Store) -> None:
    todo = ("attach the offer", "answer “how long?”")
    card = opened(local, draft(todo=todo))
    before = everything(local)
    for done in ((), ("attach the offer",), ("attach another offer", "answer “how long?”")):
        with pytest.raises(Rejected, match="Before it leaves: "):
            desk(local).approve(card.key, 1, NOW, done)
    assert everything(local) == before
    assert desk(local).approve(card.key, 1, NOW, todo)


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        ("2026-03-09T11:00", "2026-03-09T11:00:10"),
        ("2026-03-09T07:00", "2026-03-09T09:00"),
        ("2026-03-09T08:59:55", "2026-03-09T09:00:05"),
        ("2026-03-09T17:29:55", "2026-03-10T09:00"),
        ("2026-03-13T19:00", "2026-03-16T09:00"),
        ("2026-03-14T12:00", "2026-03-16T09:00"),
        ("2026-03-06T18:00", "2026-03-09T09:00"),  # the clocks are put forward that weekend
    ],
)
def test_within_working_hours_it_leaves_when_they_begin(local: Store, now: str, leaves: str) -> None:
    card = opened(local)
    desk(local, terms=Terms("send", within_hours=True)).approve(card.key, 1, moment(now))
    assert one(local, schema.delivery).next_at == moment(leaves)


def test_a_fallen_premise_withdraws_the_card_and_says_why(store: Store) -> None:
    card = opened(store)
    with pytest.raises(Changed, match="Ana has answered"):
        desk(store, lambda key, now: "Ana has answered on Monday." if (key, now) == (card.key, NOW) else "").approve(card.key, 1, NOW)
    found = now_is(store, card.key)
    assert (found.state, found.reason) == ("withdrawn", "Ana has answered on Monday.")
    with store.read() as connection:
        assert connection.execute(select(schema.approval)).all() == []


def test_a_premise_that_cannot_be_known_is_no_reason_to_refuse_and_is_told(local: Store) -> None:
    def unknown(_key: str, _now: datetime) -> str:
        raise Unavailable("The calendar does not answer.")

    card = opened(local)
    desk(local, unknown).approve(card.key, 1, NOW)
    assert one(local, schema.delivery).says == now_is(local, card.key).reason == "The calendar does not answer."


def test_what_is_held_for_want_of_fresh_sources_waits_and_says_so(local: Store) -> None:
    card = opened(local)
    state = {"deal": "D-1", "rung": "nothing", "why": "", "findings": [], "held": True, "thought_at": NOW}
    with local.begin() as connection:
        connection.execute(insert(schema.deal_state).values(**state))
    desk(local).approve(card.key, 1, NOW)
    assert "when that is so again" in one(local, schema.delivery).says


def bounce(store: Store, email: str) -> None:
    report = Message("b1", "<b1@x.example>", who("mailer-daemon@x.example"), (), (), (), "", NOW, auto="report", failed=(who(email),))
    finding = {
        "kind": "bounced",
        "due": "2026-03-09T00:00:00Z",
        "evidence": [{"source": "message:<b1@x.example>", "says": "It came back."}],
    }
    state = {"deal": "D-1", "rung": "nothing", "why": "", "findings": [finding], "held": False, "thought_at": NOW}
    with store.begin() as connection:
        mail = {"source": 0, "item": "b1", "message_id": "<b1@x.example>", "sent": NOW, "data": codec.dumps(report)}
        connection.execute(insert(schema.message).values(**mail))
        connection.execute(insert(schema.deal_state).values(**state))


@pytest.mark.parametrize("listed", ["ben@acme.example", "@acme.example"])
def test_nothing_goes_to_who_is_on_the_list_of_the_settings(local: Store, listed: str) -> None:
    card = opened(local)
    before = everything(local)
    with pytest.raises(Rejected, match="do-not-contact"):
        desk(local, do_not_contact=frozenset({listed})).approve(card.key, 1, NOW)
    assert everything(local) == before


def test_a_contact_on_the_list_is_meant_with_every_address(local: Store) -> None:
    in_crm(local, deal(contacts=(contact(ANA, "ana@home.example"), contact(BEN))))
    card = opened(local)
    with pytest.raises(Rejected, match="is on the do-not-contact list"):
        desk(local, do_not_contact=frozenset({"ana@home.example"})).approve(card.key, 1, NOW)


def test_nothing_goes_to_a_dead_address(local: Store) -> None:
    card = opened(local)
    bounce(local, BEN)
    with pytest.raises(Rejected, match="came back"):
        desk(local).approve(card.key, 1, NOW)


GAPS = [
    "Hello [Name],", "Dear {{ name }}", "{% if %}", "on [date]", "by TODO", "TBD", "xxx of them", "it costs ____",
        "see [...]", "a […] b", "${name}",
]  # fmt: skip


@pytest.mark.parametrize("place", ["subject", "body"])
def test_what_is_still_to_be_filled_in_does_not_leave(local: Store, place: str) -> None:
    for number, text in enumerate(GAPS):
        card = opened(local, deal=str(number))
        desk(local).edit(card.key, 1, NOW, **words(**{place: text}))
        before = everything(local)
        with pytest.raises(Rejected, match="still to be filled in"):
            desk(local).approve(card.key, 2, NOW)
        assert everything(local) == before


def test_a_thread_that_is_called_so_may_be_answered(local: Store) -> None:
    card = opened(local, draft(subject="Re: [EXT] Offer [Acme]"))
    assert desk(local).edit(card.key, 1, NOW, **words(subject="Re: [EXT] Offer [Acme], second try")) == 2
    assert desk(local).warnings(card.key) == []
    assert desk(local).approve(card.key, 2, NOW)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a [1] b"),
        ("en", "I <3 it"),
        ("en", "size XXL"),
        ("en", "todo bien"),
        ("es", "ES TODO"),
        ("en", "just checking in"),
        ("en", "a_b_c"),
    ],
)
def test_the_words_of_the_rep_are_his_own(local: Store, language: str, text: str) -> None:
    card = opened(local, draft(body=text, language=language))
    assert desk(local).approve(card.key, 1, NOW)


@pytest.mark.parametrize("act", ["approve", "edit", "snooze", "dismiss", "handle", "misplace", "mute"])
def test_who_looked_at_another_version_changes_nothing(local: Store, act: str) -> None:
    card = opened(local)
    given = {
        "approve": (NOW,),
        "edit": (NOW,),
        "snooze": (SOON, NOW),
        "dismiss": ("", NOW),
        "handle": (NOW,),
        "misplace": (None, NOW),
        "mute": (NOW,),
    }[act]
    words = {"subject": "x", "body": "y", "to": [ANA], "cc": []} if act == "edit" else {}
    before = everything(local)
    with pytest.raises(Changed) as caught:
        getattr(desk(local), act)(card.key, 2, *given, **words)
    assert caught.value.version == 1
    assert everything(local) == before


@pytest.mark.parametrize("state", STATES)
def test_the_acts_of_the_rep_follow_the_table(local: Store, state: str) -> None:
    """In each state: an act that the table does not have raises `Changed` and leaves no trace."""
    card = opened(local)
    put(local, card, state)
    tried: dict[str, Callable[[Desk], object]] = {
        "approve": lambda d: d.approve(card.key, 1, NOW),
        "edit": lambda d: d.edit(card.key, 1, NOW, subject="Re: Other", body=BODY, to=[ANA], cc=[]),
        "snooze": lambda d: d.snooze(card.key, 1, SOON, NOW),
        "dismiss": lambda d: d.dismiss(card.key, 1, "", NOW),
        "handle": lambda d: d.handle(card.key, 1, NOW),
        "misplace": lambda d: d.misplace(card.key, 1, None, NOW),
        "mute": lambda d: d.mute(card.key, 1, NOW),
        "settle_sent": lambda d: d.settle(card.key, True, NOW),
        "settle_unsent": lambda d: d.settle(card.key, False, NOW),
    }
    before = everything(local)
    for act, call in tried.items():
        if act not in TABLE[state]:  # type: ignore[index]
            with pytest.raises(Changed, match=r"cannot be done any more: it "):
                call(desk(local))
            assert everything(local) == before


# --------------------------------------------------------------------------------------------------------------- undoing


def test_an_approval_is_undone_before_it_leaves(store: Store) -> None:
    card = opened(store)
    desk(store).approve(card.key, 1, NOW)
    desk(store).undo(card.key, SOON)
    assert now_is(store, card.key).state == "review"
    assert (one(store, schema.delivery).state, one(store, schema.approval).undone_at) == ("undone", SOON)
    assert desk(store).approve(card.key, 1, SOON)


@pytest.mark.parametrize("claimed", ["putting", "put", "sending"])
def test_what_the_courier_has_claimed_is_not_undone(local: Store, claimed: str) -> None:
    card = opened(local)
    desk(local).approve(card.key, 1, NOW)
    with local.begin() as connection:
        connection.execute(update(schema.delivery).values(state=claimed))
    before = everything(local)
    with pytest.raises(Changed, match="leaving"):
        desk(local).undo(card.key, SOON)
    assert everything(local) == before


def test_undoing_races_with_the_courier_and_one_of_them_wins(store: Store) -> None:
    for number in range(8):
        card = opened(store, anchor=str(number), deal=str(number))
        name = desk(store).approve(card.key, 1, NOW)
        start = Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            undone = pool.submit(lambda c=card, b=start: (b.wait(), attempt(lambda: desk(store).undo(c.key, SOON)))[1])
            claimed = pool.submit(lambda c=card, n=name, b=start: (b.wait(), attempt(lambda: claim(store, c.key, n)))[1])
        assert {undone.result(), claimed.result()} == {True, False}


def attempt(act: Callable[[], object]) -> bool:
    try:
        act()
    except Changed:
        return False
    return True


def claim(store: Store, key: str, name: str) -> None:
    """What a courier does first: card and delivery in one transaction."""
    with store.begin() as connection:
        d = schema.delivery.c
        decisions.move(connection, decisions.known(connection, key), "begin", SOON, who="onward")
        taken = update(schema.delivery).where(d.id == name, d.state == "due").values(state="putting")
        assert connection.execute(taken).rowcount == 1


@pytest.mark.parametrize("act", ["dismiss", "handle", "misplace", "snooze"])
def test_what_the_rep_did_is_taken_back_with_all_that_it_said(local: Store, act: str) -> None:
    in_crm(local)
    card = opened(local)
    with local.begin() as connection:
        said.add_answer(connection, Answer("D-1", thread="<a1@acme.example>"), NOW - timedelta(days=1))
    given: dict[str, Callable[[Desk], None]] = {
        "dismiss": lambda d: d.dismiss(card.key, 1, "No.", NOW, teach=True),
        "handle": lambda d: d.handle(card.key, 1, NOW),
        "misplace": lambda d: d.misplace(card.key, 1, "D-2", NOW),
        "snooze": lambda d: d.snooze(card.key, 1, SOON, NOW),
    }
    given[act](desk(local))
    assert now_is(local, card.key).state != "review"
    desk(local).undo(card.key, SOON)
    assert (now_is(local, card.key).state, now_is(local, card.key).wake_at) == ("review", None)
    with local.read() as connection:
        assert said.lessons(connection) == []
        assert said.answers(connection) == (Answer("D-1", thread="<a1@acme.example>"),)


def test_a_closed_card_does_not_come_back_beside_another_of_its_deal(local: Store) -> None:
    card = opened(local)
    desk(local).dismiss(card.key, 1, "", NOW)
    other = opened(local, anchor="m2@x")
    with pytest.raises(Changed, match=other.ref):
        desk(local).undo(card.key, SOON)
    desk(local).handle(other.key, 1, SOON)
    desk(local).undo(card.key, SOON)
    assert now_is(local, card.key).state == "review"


# --------------------------------------------------------------------------------------------------------------- editing


def words(**changes: Any) -> dict[str, Any]:
    return {"subject": "Re: Acme demo", "body": BODY, "to": [ANA], "cc": [BEN]} | changes


def test_an_edit_is_a_version_of_the_rep_and_what_leaves(store: Store) -> None:
    card = opened(store)
    assert desk(store).edit(card.key, 1, NOW, **words(body="Dear Ana,\r\n\r\nfine.\r\n", to=[ZOE], cc=[])) == 2
    with store.read() as connection:
        new = decisions.draft(connection, now_is(store, card.key))
    assert (new.author, new.draft.body, new.draft.to, new.draft.cc) == ("rep", "Dear Ana,\n\nfine.", (who(ZOE),), ())
    assert new.draft.in_reply_to == "<a1@acme.example>"
    desk(store).approve(card.key, 2, NOW)
    assert one(store, schema.approval).recipients == ["zoe@acme.example"]
    with pytest.raises(Changed):
        desk(store).edit(card.key, 1, NOW, **words(subject="late"))


def test_nothing_different_is_no_new_version(local: Store) -> None:
    card = opened(local)
    assert desk(local).edit(card.key, 1, NOW, **words(to=["ana@acme.example"], body=BODY.replace("\n", "\r\n") + "\r\n")) == 1
    assert acts(local) == ["open"]


def test_nobody_is_named_twice_and_a_known_name_is_kept(local: Store) -> None:
    card = opened(local)
    desk(local).edit(card.key, 1, NOW, **words(to=["ANA@acme.example", "ana+x@acme.example", " "], cc=[ANA, "ben@acme.example", BEN]))
    with local.read() as connection:
        new = decisions.draft(connection, now_is(local, card.key)).draft
    assert [a.key for a in (*new.to, *new.cc)] == ["ana@acme.example", "ben@acme.example"]
    assert new.cc == (who(BEN),)


@pytest.mark.parametrize(
    "changes",
    [
        {"to": []}, {"to": [""]}, {"to": ["Ana"]}, {"to": ["ana@acme"]}, {"to": ["ana@acme.example, ben@acme.example"]},
        {"to": ["müller@acme.example"]},
        {"cc": ["x y@acme.example"]}, {"cc": ["<>"]}, {"to": ["ana@acme.example\r\nBcc: eve@evil.example"]}, {"body": " \n"},
        {"body": "a\0b"},
        {"subject": "a\x1b[31m"}, {"subject": "\u202egpj"}, {"body": "\ud800"}, {"subject": "x" * 2001},
    ],
)  # fmt: skip
def test_what_makes_no_mail_is_told_at_once(local: Store, changes: dict[str, Any]) -> None:
    card = opened(local)
    before = everything(local)
    with pytest.raises(Rejected):
        desk(local).edit(card.key, 1, NOW, **words(**changes))
    assert everything(local) == before


def test_the_rep_is_warned_of_his_words_and_of_who_is_new(local: Store) -> None:
    in_crm(local)
    card = opened(local)
    assert desk(local).warnings(card.key) == []
    new = words(body="I am just checking in. The offer is attached. [Name]", to=[ANA, "eve@evil.example"], cc=["lee@northwind.example"])
    desk(local, do_not_contact=frozenset({"ana@acme.example"})).edit(card.key, 1, NOW, **new)
    found = " ".join(desk(local, do_not_contact=frozenset({"ana@acme.example"})).warnings(card.key))
    for part in (
        "ana@acme.example is on the do-not-contact list",
        "[Name]",
        "just checking in",
        "attached",
        "eve@evil.example is new here",
    ):
        assert part in found
    assert "lee@northwind.example" not in found


# --------------------------------------------------------------------------------------------------- putting off, closing


def test_a_date_is_when_work_begins_on_it(local: Store) -> None:
    card = opened(local)
    desk(local).snooze(card.key, 1, date(2026, 3, 12), NOW)
    assert (now_is(local, card.key).state, now_is(local, card.key).wake_at) == ("snoozed", moment("2026-03-12T09:00"))


@pytest.mark.parametrize("until", [NOW, NOW - timedelta(days=1), date(2026, 3, 9), date(2026, 3, 1), NOW + timedelta(days=400)])
def test_nothing_is_put_off_until_a_time_that_is_over_or_far_away(local: Store, until: date) -> None:
    card = opened(local)
    with pytest.raises(Rejected):
        desk(local).snooze(card.key, 1, until, NOW)
    assert now_is(local, card.key) == card


@pytest.mark.parametrize(
    ("word", "when"),
    [
        ("later", "2026-03-09T14:00"),
        ("tomorrow", "2026-03-10T09:00"),
        ("monday", "2026-03-16T09:00"),
        ("Tuesday", "2026-03-10T09:00"),
        ("sunday", "2026-03-15T09:00"),
        ("2026-04-01", "2026-04-01T09:00"),
        ("2026-03-09T16:30", "2026-03-09T16:30"),
        ("2026-03-09T16:30:00Z", "2026-03-09T12:30"),
    ],
)
def test_the_words_for_a_time(word: str, when: str) -> None:
    assert times.until(word, NOW, rules().rep.working) == moment(when)


@pytest.mark.parametrize("word", ["", "soon", "2026-13-01", "yesterday", "2026-03-09", "2020-01-01", "9999-01-01", "20260401x"])
def test_what_is_no_time_ahead_is_refused(word: str) -> None:
    with pytest.raises(Rejected):
        times.until(word, NOW, rules().rep.working)


def test_a_dismissal_teaches_only_if_told_to(local: Store) -> None:
    first, second = opened(local), opened(local, deal="D-2")
    desk(local).dismiss(first.key, 1, "They\nbuy alone.", NOW)
    with local.read() as connection:
        assert said.lessons(connection) == []
    desk(local).dismiss(second.key, 1, "", NOW, teach=True)
    with local.read() as connection:
        assert [(x.kind, x.deal) for x in said.lessons(connection)] == [("no_next_step", "D-2")]
    assert now_is(local, first.key).reason == "They buy alone."


@pytest.mark.parametrize("to", ["D-2", None])
def test_what_is_misplaced_is_answered_for_thread_and_series(local: Store, to: str | None) -> None:
    in_crm(local)
    card = opened(local, meeting="m1@x/2026-03-05T15:00:00Z")
    desk(local).misplace(card.key, 1, to, NOW)
    with local.read() as connection:
        assert said.answers(connection) == (Answer(to, thread="<a1@acme.example>"), Answer(to, series="m1@x"))
    assert now_is(local, card.key).state == "misplaced"


@pytest.mark.parametrize(("changes", "to"), [({}, "D-1"), ({}, "D-9"), ({"thread": None, "meeting": None}, "D-2")])
def test_what_cannot_be_misplaced_stays(local: Store, changes: dict[str, Any], to: str) -> None:
    in_crm(local)
    card = opened(local, **changes)
    before = everything(local)
    with pytest.raises(Rejected):
        desk(local).misplace(card.key, 1, to, NOW)
    assert everything(local) == before


@pytest.mark.parametrize(("sent", "state", "delivery"), [(True, "sent", "sent"), (False, "failed", "refused")])
def test_a_mail_in_doubt_is_settled_by_the_rep(local: Store, sent: bool, state: str, delivery: str) -> None:
    card = opened(local)
    desk(local).approve(card.key, 1, NOW)
    put(local, card, "held")
    with local.begin() as connection:
        connection.execute(update(schema.delivery).values(state="held"))
    desk(local).settle(card.key, sent, SOON)
    assert (now_is(local, card.key).state, one(local, schema.delivery).state) == (state, delivery)
    if not sent:
        assert desk(local).approve(card.key, 1, SOON)


def test_opening_a_card_asks_its_premise_and_notes_that_it_was_seen(local: Store) -> None:
    card = opened(local)
    assert desk(local).look(card.ref, NOW).shown_at == NOW
    found = desk(local, lambda _key, _now: "A meeting was booked.").look(card.key, SOON)
    assert (found.state, found.reason, found.shown_at) == ("withdrawn", "A meeting was booked.", NOW)
    assert desk(local, lambda _key, _now: "No premise is asked of it.").look(card.key, SOON) == found


@pytest.mark.parametrize("state", sorted(OPEN - {"waiting", "review", "snoozed", "failed"}))
def test_opening_a_card_that_was_approved_leaves_it_to_the_courier(local: Store, state: str) -> None:
    card = opened(local)
    put(local, card, state)
    assert desk(local, lambda _key, _now: "It fell.").look(card.key, SOON).state == state


# ---------------------------------------------------------------------------------------------------------- said for good


@pytest.mark.parametrize(
    "about",
    [{"thread": "<x@y>"}, {"series": "m1@x"}, {"person": "Ana@acme.example", "account": "Acme"}],
)
def test_an_answer_sticks_until_it_is_revoked(local: Store, about: dict[str, str]) -> None:
    in_crm(local)
    number = desk(local).answer(NOW, deal="D-2", **about)
    with local.read() as connection:
        found = said.answers(connection)
    assert [(a.deal, a.thread, a.series, a.person) for a in found] == [
        ("D-2", about.get("thread", ""), about.get("series", ""), about.get("person", "").lower())
    ]
    desk(local).revoke("answer", str(number), NOW)
    with local.read() as connection:
        assert said.answers(connection) == ()
    with pytest.raises(Rejected):
        desk(local).revoke("answer", str(number), NOW)


@pytest.mark.parametrize(
    "given",
    [{}, {"thread": "<x@y>", "series": "m1@x"}, {"person": "ana@acme.example"}, {"account": "Acme"}, {"person": "ana", "account": "Acme"}],
)
def test_an_answer_is_about_one_thing(local: Store, given: dict[str, str]) -> None:
    with pytest.raises(Rejected):
        desk(local).answer(NOW, deal=None, **given)


def test_an_answer_names_a_deal_that_is_there(local: Store) -> None:
    with pytest.raises(Rejected, match="D-9"):
        desk(local).answer(NOW, deal="D-9", thread="<x@y>")


@pytest.mark.parametrize("written", ["ana@acme.example", "Ana Duarte <Ana+sales@ACME.example>", "@acme.example", "@ACME.example."])
@pytest.mark.parametrize("state", ["waiting", "review", "snoozed", "failed"])
def test_who_is_not_to_be_contacted_gets_no_card(local: Store, written: str, state: str) -> None:
    card = opened(local, draft(ANA, cc=()))
    put(local, card, state)
    desk(local).silence(written, "They asked.", NOW)
    assert now_is(local, card.key).state == "withdrawn"
    with pytest.raises(Changed):
        desk(local).approve(card.key, 1, NOW)


def test_an_approved_mail_to_them_does_not_leave(store: Store) -> None:
    card, other = opened(store, draft(ANA, cc=())), opened(store, draft("zoe@other.example", cc=()), deal="D-2")
    desk(store).approve(card.key, 1, NOW)
    desk(store).approve(other.key, 1, NOW)
    desk(store).silence(ANA, "They asked.", NOW)
    with store.read() as connection:
        states = {row.card: row.state for row in connection.execute(select(schema.delivery))}
    assert states == {card.key: "withdrawn", other.key: "due"}
    assert (now_is(store, card.key).state, now_is(store, other.key).state) == ("withdrawn", "approved")


def test_an_approved_mail_that_others_would_get_comes_back_without_them(local: Store) -> None:
    card = opened(local)
    desk(local).approve(card.key, 1, NOW)
    desk(local).silence(BEN, "", NOW)
    found = now_is(local, card.key)
    assert (found.state, found.version, one(local, schema.delivery).state) == ("review", 2, "withdrawn")
    with local.read() as connection:
        assert decisions.draft(connection, found).draft.cc == ()
    desk(local).approve(card.key, 2, SOON)


@pytest.mark.parametrize("author", ["template", "rep"])
def test_a_text_that_still_greets_who_was_taken_out_is_not_approved_unless_it_is_the_reps_own(local: Store, author: str) -> None:
    """Of a program's text the next round writes another one; what the rep wrote stays his, with a word beside it."""
    card = opened(local, draft(ANA, BEN, cc=(), body=f"Hi Ana and Ben,\n\n{BODY}", written_by=author))
    desk(local).silence(BEN, "", NOW)
    assert [w for w in desk(local).warnings(card.key) if "greets" in w] == ["The text greets Ben, who is not among the recipients."]
    if author == "rep":
        assert desk(local).approve(card.key, 2, NOW)
        return
    with local.read() as connection:
        assert facts.noted(connection, "deal") == ["D-1"]
    with pytest.raises(Rejected, match="greets Ben"):
        desk(local).approve(card.key, 2, NOW)
    body = f"Hi Ana,\n\n{BODY}"
    assert desk(local).edit(card.key, 2, NOW, subject="Acme demo", body=body, to=["ana@acme.example"], cc=[]) == 3
    assert not [w for w in desk(local).warnings(card.key) if "greets" in w]
    assert desk(local).approve(card.key, 3, NOW)


def test_a_card_that_goes_on_without_them_keeps_the_reason_it_is_there_for(local: Store) -> None:
    """Why its words are others stands in the trail, and whom they leave out beside them."""
    card = opened(local)
    desk(local).silence(BEN, "", NOW)
    assert (now_is(local, card.key).state, now_is(local, card.key).version, now_is(local, card.key).reason) == ("review", 2, "")
    with local.read() as connection:
        assert "do-not-contact" in connection.execute(select(schema.act.c.reason).where(schema.act.c.act == "refresh")).scalar_one()


def test_a_card_that_came_back_says_why_until_it_is_written_anew(local: Store) -> None:
    card = opened(local)
    desk(local).approve(card.key, 1, NOW)
    desk(local).silence(BEN, "", NOW)
    assert "do-not-contact" in now_is(local, card.key).reason
    with local.begin() as connection:
        decisions.move(connection, decisions.known(connection, card.key), "refresh", SOON, who="onward", draft=draft(cc=()))
    assert now_is(local, card.key).reason == ""


def test_a_draft_in_the_mailbox_is_taken_away(local: Store) -> None:
    """The courier does that: a delivery that was withdrawn and has a handle is its own to look at."""
    card = opened(local)
    desk(local, terms=Terms("draft")).approve(card.key, 1, NOW)
    put(local, card, "laid")
    with local.begin() as connection:
        connection.execute(update(schema.delivery).values(state="laid", handle="h1", next_at=NOW + timedelta(days=1)))
    desk(local).silence(BEN, "", NOW)
    delivery = one(local, schema.delivery)
    assert (now_is(local, card.key).state, delivery.state, delivery.handle, delivery.next_at) == ("withdrawn", "withdrawn", "h1", NOW)


@pytest.mark.parametrize("written", ["", "ana", "@", "@acme", "@gmail.com", "@a b.example", "dana@northwind.example", "ana@acme", "<>"])
def test_what_is_nobody_is_not_put_on_the_list(local: Store, written: str) -> None:
    with pytest.raises(Rejected):
        desk(local).silence(written, "", NOW)
    with local.read() as connection:
        assert said.silent(connection) == frozenset()


def test_who_was_taken_off_the_list_may_be_written_to(local: Store) -> None:
    desk(local).silence("ana@acme.example", "", NOW)
    card = opened(local)
    with pytest.raises(Rejected):
        desk(local).approve(card.key, 1, NOW)
    desk(local).revoke("silence", "ana@acme.example", NOW)
    assert desk(local).approve(card.key, 1, NOW)


def test_a_pause_lasts_until_its_end_or_until_it_is_ended(local: Store) -> None:
    for until, expected in ((SOON, SOON), (None, said.FOR_GOOD)):
        desk(local).pause(until, NOW)
        with local.read() as connection:
            assert said.paused_until(connection, NOW) == expected
    desk(local).resume(NOW)
    desk(local).resume(NOW)
    with local.read() as connection:
        assert said.paused_until(connection, NOW) is None
    assert acts(local) == ["pause", "pause", "resume"]
    with pytest.raises(Rejected):
        desk(local).pause(NOW, NOW)


def test_every_act_leaves_one_row_and_no_text(local: Store) -> None:
    in_crm(local)
    card = opened(local)
    here = desk(local)
    here.edit(card.key, 1, NOW, **words(body="A secret of Ana's.", subject="Secret"))
    here.approve(card.key, 2, NOW)
    here.undo(card.key, NOW)
    here.snooze(card.key, 2, SOON, NOW)
    here.undo(card.key, NOW)
    here.silence("zoe@acme.example", "secret reason", NOW)
    here.misplace(card.key, 2, "D-2", NOW)
    assert acts(local) == ["open", "edit", "approve", "undo", "snooze", "undo", "silence", "misplace", "answer", "answer"]
    with local.read() as connection:
        rows = " ".join(str(tuple(row)) for row in connection.execute(select(schema.act)))
    assert not any(word in rows for word in ("Secret", "secret", "zoe@", "ana@"))


# --------------------------------------------------------------------------------------------------------------- the race


def test_a_word_of_silence_between_approval_and_leaving_is_always_heard(local: Store) -> None:
    """A thousand approved mails to fifty companies, claimed in any order, while one company after the other asks to be left alone."""
    here, cards = desk(local), [f"no_next_step:{n}:m" for n in range(1000)]
    approved(local, cards)
    steps: list[tuple[str, int]] = [*(("claim", n) for n in range(1000)), *(("silence", n) for n in range(50))]
    Random(7).shuffle(steps)
    silenced, claimed = set[int](), set[int]()
    for step, number in steps:
        if step == "silence":
            here.silence(f"@a{number}.example", "", NOW)
            silenced.add(number)
        elif attempt(lambda n=number: claim(local, cards[n], f"a-{n}")):
            assert number % 50 not in silenced
            claimed.add(number)
    with local.read() as connection:
        states = {row.key: row.state for row in decisions.cards(connection, STATES)}
    assert states == {key: "sending" if n in claimed else "withdrawn" for n, key in enumerate(cards)}
    assert 300 < len(claimed) < 700


def approved(store: Store, keys: list[str]) -> None:
    """Cards by hand, each to a person of one of fifty companies: what `approve` leaves, but for the bytes."""
    rows: dict[str, list[dict[str, Any]]] = {"card": [], "draft": [], "approval": [], "delivery": []}
    for n, key in enumerate(keys):
        about = {"also": [], "evidence": [], "warnings": [], "opened_at": NOW, "changed_at": NOW, "version": 1, "due": NOW}
        rows["card"].append({"key": key, "ref": schema.ref(key), "kind": "no_next_step", "deal": str(n), "state": "approved", **about})
        words = codec.dumps(draft(f"p{n}@a{n % 50}.example", cc=()))
        rows["draft"].append({"card": key, "version": 1, "author": "template", "data": words, "at": NOW})
        mail = {"digest": "", "raw": b"", "sender": "", "recipients": [], "mode": "send", "leave_at": NOW}
        rows["approval"].append({"id": f"a-{n}", "card": key, "version": 1, "at": NOW, **mail})
        rows["delivery"].append({"id": f"a-{n}", "card": key, "state": "due", "next_at": NOW, "changed_at": NOW})
    with store.begin() as connection:
        for name, given in rows.items():
            connection.execute(insert(schema.metadata.tables[name]), given)


def test_silence_and_the_courier_at_once(store: Store) -> None:
    """Either it had left before, or it never leaves."""
    for number in range(12):
        person = f"p{number}@a.example"
        card = opened(store, draft(person, cc=()), deal=str(number), anchor=str(number))
        name = desk(store).approve(card.key, 1, NOW)
        start = Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            said_so = pool.submit(lambda p=person, b=start: (b.wait(), desk(store).silence(p, "", SOON)))
            claimed = pool.submit(lambda c=card, n=name, b=start: (b.wait(), attempt(lambda: claim(store, c.key, n)))[1])
        said_so.result()
        assert now_is(store, card.key).state == ("sending" if claimed.result() else "withdrawn")
        assert not attempt(lambda c=card, n=name: claim(store, c.key, n))


def test_two_tabs_and_the_terminal_approve_once(store: Store) -> None:
    card = opened(store)
    start = Barrier(4)
    with ThreadPoolExecutor(4) as pool:
        tries = [pool.submit(lambda: (start.wait(), attempt(lambda: desk(store).approve(card.key, 1, NOW)))[1]) for _ in range(4)]
    assert sorted(each.result() for each in tries) == [False, False, False, True]
    assert one(store, schema.approval).id == one(store, schema.delivery).id
    assert replace(now_is(store, card.key), changed_at=NOW).state == "approved"
    assert one(store, schema.approval).at == NOW.astimezone(UTC)
