"""What the pages show, read from a store: the list and its order, what stands on a card, words for times."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from agent.desk.views import activity, choices, inbox, look
from agent.desk.views.card import card_view, compare, level
from agent.desk.views.deals import deals
from agent.desk.views.frame import frame
from agent.desk.views.health import health
from agent.desk.views.inbox import Query
from agent.desk.views.sources import sources
from agent.facts import people
from agent.model import Address, Body, Card, Contact, Deal, Draft, Evidence, Message, Slot
from agent.store import Store, codec, decisions, said, schema
from agent.web import words
from agent.web.pages.activity import _csv
from tests.desk import rules

RULES = rules()
ZONE = RULES.rep.working.zone
NOW = datetime(2026, 3, 12, 15, tzinfo=UTC)  # a Thursday, 11:00 in New York


def who(text: str) -> Address:
    (made,) = people.addresses(text)
    return made


ANA, ME = who("Ana Duarte <ana@acme.example>"), RULES.rep.address


def card(number: int, kind: str = "no_next_step", due: datetime = NOW, **draft: Any) -> Card:
    words_ = Draft(
        **{"to": (ANA,), "cc": (), "subject": f"Offer {number}", "body": "Hi Ana", "language": "en", "times": (), **_REST, **draft}
    )
    return Card(f"{kind}:D-{number}:a", kind, f"D-{number}", due, (), (Evidence("source:calendar", "Nothing is booked."),), draft=words_)


_REST: dict[str, Any] = {"ask": "", "backup": "", "written_by": "template"}


def put(store: Store, *cards: Card, amount: float = 100.0) -> None:
    with store.begin() as c:
        for each in cards:
            number = each.deal.removeprefix("D-")
            known = Deal(each.deal, f"Deal {number}", "Demo", f"Account {number}", contacts=(Contact("Ana Duarte", (ANA,)),), amount=amount)
            c.execute(insert(schema.deal).values(id=each.deal, source=2, data=codec.dumps(known)))
            decisions.create(c, each, amount * float(number), NOW)


def mailed(store: Store, sender: Address, sent: datetime, text: str = "", number: int = 1) -> None:
    name = f"<{number}@acme.example>"
    noun = Message(name, name, sender, (ME,), (), (), "Offer", sent)
    with store.begin() as c:
        row = c.execute(insert(schema.message).values(source=0, item=name, message_id=name, sent=sent, data=codec.dumps(noun)))
        key = row.inserted_primary_key[0]  # type: ignore[index]
        c.execute(insert(schema.message_mark).values(message=key, mark=sender.key))
        c.execute(insert(schema.body).values(message=key, data=codec.dumps(Body(name, text)), read_at=NOW))


def refs(store: Store, **query: Any) -> list[str]:
    with store.read() as c:
        return [row.deal.id for row in inbox.inbox(c, Query(**query)).rows]


# ---------------------------------------------------------------------------------------------------------- the list


def test_what_is_most_urgent_by_kind_and_age_stands_on_top(store: Store) -> None:
    put(store, card(1, "stalled"), card(2), card(3, due=NOW - timedelta(days=2)), card(4, "reply_owed"))
    assert refs(store) == ["D-4", "D-3", "D-2", "D-1"]
    assert refs(store, sort="value") == ["D-4", "D-3", "D-2", "D-1"]
    assert refs(store, sort="oldest")[0] == "D-3"


def test_a_tab_holds_what_its_name_says_and_counts_it(store: Store) -> None:
    put(store, card(1, "promise_due"), card(2, "gone_quiet"), card(3))
    with store.begin() as c:
        found = decisions.known(c, "no_next_step:D-3:a")
        decisions.move(c, found, "dismiss", NOW, who="rep", reason="dead")
    assert [refs(store, tab=name) for name in inbox.TABS] == [["D-1", "D-2"], ["D-1"], ["D-2"], [], ["D-3"]]
    with store.read() as c:
        assert inbox.counts(c) == {"review": 2, "promised": 1, "waiting": 1, "snoozed": 0, "done": 1, "later": 0}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"stage": "Demo"}, ["D-1", "D-3"]),
        ({"account": "Acme"}, ["D-1", "D-2"]),
        ({"stage": "Demo", "account": "Acme"}, ["D-1"]),
        ({"stage": "Demo", "reason": "gone_quiet"}, ["D-3"]),
        ({"stage": "Won"}, []),
    ],
)
def test_filters_are_combined_and_each_counts_what_the_others_leave(query: dict[str, str], found: list[str], store: Store) -> None:
    put(store, card(1), card(2), card(3, "gone_quiet"))
    with store.begin() as c:
        for name, stage, account in (("D-1", "Demo", "Acme"), ("D-2", "Proposal", "Acme"), ("D-3", "Demo", "Oven")):
            held = codec.loads(Deal, c.execute(select(schema.deal.c.data).where(schema.deal.c.id == name)).scalar_one())
            data = codec.dumps(replace(held, stage=stage, account=account))
            c.execute(update(schema.deal).where(schema.deal.c.id == name).values(data=data))
    assert sorted(refs(store, **query)) == found
    with store.read() as c:
        assert (inbox.following(c, "none of them", Query(**query)) is None) is (not found)
        offered = inbox.inbox(c, Query(**query)).choices
        for name in inbox.FILTERS:
            for value, number in offered[name]:
                asked = {"reason": "", "stage": "", "account": ""} | query | {name: value}
                assert len(inbox.inbox(c, Query(**asked)).rows) == number > 0


@pytest.mark.parametrize(
    ("words_", "found"), [("deal 2", ["D-2"]), ("offer 1", ["D-1"]), ("ANA@ACME", ["D-1", "D-2"]), ("%", []), ("_", [])]
)
def test_search_finds_names_and_words_of_the_mail_and_takes_signs_as_they_are(words_: str, found: list[str], store: Store) -> None:
    put(store, card(1), card(2))
    assert sorted(refs(store, words=words_)) == found


def test_filters_hold_for_the_cards_of_another_day_too(store: Store) -> None:
    put(store, card(1), replace(card(2), waiting=True), replace(card(3, "gone_quiet"), waiting=True))
    asked = [{}, {"stage": "Demo"}, {"account": "Account 2"}, {"account": "Account 1"}, {"reason": "gone_quiet"}, {"words": "Offer 3"}]
    with store.read() as c:
        found = [[row.deal.id for row in inbox.later(c, Query(**each))] for each in asked]
    assert found == [["D-3", "D-2"], ["D-3", "D-2"], ["D-2"], [], ["D-3"], ["D-3"]]


def test_after_the_last_card_of_the_list_the_first_other_one_follows(store: Store) -> None:
    put(store, card(1), card(2), card(3))
    with store.read() as c:
        order = [row.ref for row in inbox.inbox(c, Query()).rows]
        assert [inbox.following(c, each, Query()) for each in order] == [order[1], order[2], order[0]]
        assert inbox.following(c, "no such card", Query()) == order[0]
        assert inbox.following(c, order[0], Query(tab="snoozed")) is None


@pytest.mark.parametrize("given", [{"tab": "x"}, {"sort": "x"}, {"page": "-1"}, {"page": "٣"}, {"page": "0"}, {"page": "9" * 30}])
def test_a_query_that_makes_no_sense_asks_for_what_it_can(given: dict[str, str]) -> None:
    asked = Query.of(given)
    assert asked.tab in inbox.TABS
    assert asked.sort in inbox.SORTS
    assert 1 <= asked.page <= 1000


# ---------------------------------------------------------------------------------------------------------- the card


def view(store: Store, number: int = 1) -> Any:
    with store.read() as c:
        return card_view(c, schema.ref(f"no_next_step:D-{number}:a"), RULES)


def test_a_recipient_whom_nobody_knows_is_marked(store: Store) -> None:
    stranger, colleague = who("zoe@elsewhere.example"), who("lee@northwind.example")
    put(store, card(1, to=(ANA, stranger, colleague)))
    mailed(store, ANA, NOW)
    assert [(r.external, r.new, r.in_crm) for r in view(store).to] == [(True, False, True), (True, True, False), (False, True, False)]


@pytest.mark.parametrize(
    ("name", "written"),
    [("Duarte, Ana", '"Duarte, Ana" <ana@acme.example>'), ("", "ana@acme.example"), ('A "x" B', "A x B <ana@acme.example>")],
)
def test_a_recipient_is_written_as_the_form_reads_it_again(name: str, written: str, store: Store) -> None:
    put(store, card(1, to=(Address(ANA.email, ANA.key, name),)))
    assert view(store).to[0].written == written


@pytest.mark.parametrize(("hours", "theirs"), [(1, timedelta(hours=1)), (0, None), (-4, None)])
def test_times_are_shown_in_their_zone_where_their_mail_tells_one_that_differs(hours: int, theirs: timedelta | None, store: Store) -> None:
    put(store, card(1, times=(Slot(NOW + timedelta(days=1), NOW + timedelta(days=1, minutes=30)),)))
    mailed(store, ANA, NOW.astimezone(timezone(timedelta(hours=hours))))
    seen = view(store)
    assert (seen.theirs.utcoffset(NOW) if seen.theirs else None) == theirs
    assert ("UTC+1" in seen.times[0].written) == (theirs is not None)


def test_an_edit_shows_in_the_history_what_it_changed(store: Store) -> None:
    put(store, card(1))
    with store.begin() as c:
        found = decisions.known(c, "no_next_step:D-1:a")
        old = decisions.draft(c, found).draft
        new = Draft(**{**{f: getattr(old, f) for f in old.__dataclass_fields__}, "body": "Dear Ana"})
        decisions.move(c, found, "edit", NOW, who="rep", draft=new)
    entry = view(store).history[0]
    assert [(p.op, p.text) for p in entry.changes if p.op != "same"] == [("gone", "Hi Ana"), ("new", "Dear Ana")]
    assert compare(old, old) != ()


def test_confidence_has_three_words() -> None:
    assert [level(x) for x in (1.0, 0.97, 0.85, 0.75, 0.5)] == ["High", "High", "Medium", "Low", "Low"]


@pytest.mark.parametrize(
    ("says", "shown"),
    [
        ("pat@lf-1.example is a contact of LF-1", "pat@lf-1.example is a contact of Audio (LF-1)"),
        ("She writes from the domain of Acme (LF-12) and LF-1.", "She writes from the domain of Acme (Racks, LF-12) and Audio (LF-1)."),
        ("XLF-1, LF-1-b and LF-123 are others, LF-9 has no name", "XLF-1, LF-1-b and LF-123 are others, LF-9 has no name"),
        ("(", "("),
    ],
)
def test_a_deal_named_by_its_id_gets_its_name_beside_it(says: str, shown: str) -> None:
    known = [look.DealLine("LF-1", "Audio"), look.DealLine("LF-12", "Racks"), look.DealLine("LF-9", "LF-9", known=False)]
    assert look.named(says, known) == shown
    assert look.named(says, []) == says


def test_what_the_rep_took_back_by_his_own_word_has_not_moved_by_itself() -> None:
    assert words.state("withdrawn", "ana@acme.example is on the do-not-contact list.") == "Taken back"
    assert (words.state("withdrawn", "Ana has answered."), words.state("withdrawn")) == ("Already moved", "Already moved")


def test_a_card_of_a_deal_that_is_gone_is_still_shown(store: Store) -> None:
    put(store, card(1))
    with store.begin() as c:
        c.execute(schema.deal.delete())
    seen = view(store)
    assert (seen.deal.name, seen.deal.known) == ("D-1", False)


# ------------------------------------------------------------------------------------------------------- other views


def test_what_leaves_soon_can_be_taken_back_from_every_page(store: Store) -> None:
    put(store, card(1))
    with store.begin() as c:
        decisions.move(c, decisions.known(c, "no_next_step:D-1:a"), "approve", NOW, who="rep")
        row = {
            "card": "no_next_step:D-1:a",
            "version": 1,
            "digest": "",
            "raw": b"",
            "sender": "",
            "recipients": [],
            "mode": "send",
            "at": NOW,
        }
        c.execute(insert(schema.approval).values(id="x", leave_at=NOW + timedelta(seconds=10), **row))
    with store.read() as c:
        assert [each.deal.name for each in frame(c, NOW).leaving] == ["Deal 1"]
        assert frame(c, NOW).outbox == 1
        assert not frame(c, NOW - timedelta(hours=1)).leaving


def test_a_source_that_brought_nothing_new_is_as_fresh_as_the_last_round(store: Store) -> None:
    with store.begin() as c:
        old = {"kind": "folder", "settings": "", "fresh_as_of": NOW - timedelta(days=1)}
        c.execute(insert(schema.source).values(id=0, section="mail", status="ok", says="", **old))
        c.execute(insert(schema.source).values(id=1, section="calendar", status="failed", says="calendar: it is gone", **old))
        said.put_setting(c, "last_round_at", NOW.isoformat())
    with store.read() as c:
        assert [s.fresh_as_of for s in sources(c)] == [NOW, NOW - timedelta(days=1)]
        assert sources(c)[1].told == "it is gone"


@pytest.mark.parametrize(
    ("says", "shown"),
    [("Ana wrote: “Let us meet.”.", "Ana wrote: “Let us meet.”"), ("It is “Offer”.", "It is “Offer”."), ("“Why?”.", "“Why?”"), ("", "")],
)
def test_a_sentence_that_ends_with_a_quoted_one_has_one_full_stop(says: str, shown: str) -> None:
    assert look.stopped(says) == shown


def test_a_deal_on_hold_says_why(store: Store) -> None:
    put(store, card(1), card(2))
    state: dict[str, Any] = {"rung": "nothing", "why": "", "findings": [], "held": True, "thought_at": NOW}
    row: dict[str, Any] = {"id": 1, "section": "calendar", "kind": "folder", "settings": "", "status": "stale"}
    told: dict[str, Any] = {"key": "m1", "uid": "m1", "title": "", "all_day": False, "candidates": [], "people": []}
    with store.begin() as c:
        c.execute(insert(schema.deal_state), [{"deal": "D-1", **state}, {"deal": "D-2", **state}])
        c.execute(insert(schema.source).values(**row))
        c.execute(insert(schema.meeting).values(start=NOW, end=NOW, deal="D-2", verdict="held", reason="An item names her.", **told))
    with store.read() as c:
        found = {deal.id: why for deal, why in health(c, RULES).held}
    assert found == {"D-1": "Calendar could not be read freshly.", "D-2": "An item names her."}


def test_deals_without_a_next_step_come_first_the_most_valuable_on_top(store: Store) -> None:
    put(store, card(1), card(2), card(3))
    with store.begin() as c:
        for name, rung in (("D-1", "nothing"), ("D-2", "booked"), ("D-3", "undated")):
            c.execute(insert(schema.deal_state).values(deal=name, rung=rung, why="", findings=[], held=False, thought_at=NOW))
    with store.read() as c:
        found = deals(c, NOW)
        assert [(r.deal.id, r.next_step) for r in found.rows] == [("D-1", False), ("D-3", False), ("D-2", True)]
        assert found.numbers == {"all": 3, "without": 2, "with": 1, "muted": 0, "held": 0}
        assert [r.deal.id for r in deals(c, NOW, words="account 3").rows] == ["D-3"]
        assert choices.deals(c, look.lines(c, ["D-2"])["D-2"]) == (("D-1", "Deal 1"), ("D-3", "Deal 3"))


def test_the_audit_trail_is_exported_whole_and_no_spreadsheet_computes_it(store: Store) -> None:
    put(store, *(card(n) for n in range(1, 4)))
    with store.begin() as c:
        decisions.move(c, decisions.known(c, "no_next_step:D-1:a"), "dismiss", NOW, who="rep", reason="=1+1")
    with store.read() as c:
        rows = list(activity.export(c, activity.Trail()))
        assert [row["act"] for row in rows] == ["dismiss", "open", "open", "open"]
        assert [line.act for line in activity.activity(c, activity.Trail(who="rep")).lines] == ["dismiss"]
    assert "'=1+1" in _csv(rows)


def test_a_quote_is_short_and_ends_at_a_word() -> None:
    assert len(look.excerpt("word " * 400)) <= look.QUOTE
    assert look.excerpt("word " * 400).endswith("word…")
    assert look.excerpt(" a \n\n b ") == "a b"


# -------------------------------------------------------------------------------------------------------------- words

LOCAL = NOW.astimezone(ZONE)


@pytest.mark.parametrize(
    ("before", "says"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(days=1), "1 working day ago"),
        (timedelta(days=4), "4 working days ago"),  # since Sunday
        (timedelta(days=7), "5 working days ago"),
        (-timedelta(seconds=8), "in 8 s"),
        (-timedelta(days=4), "in 4 days"),
    ],
)
def test_how_long_ago_is_said_in_working_days(before: timedelta, says: str) -> None:
    assert words.ago(NOW - before, LOCAL, RULES.rep.working) == says


@pytest.mark.parametrize(
    ("ahead", "says"),
    [(0, "Today 11:00"), (1, "Tomorrow 11:00"), (-1, "Yesterday 11:00"), (4, "Mon 16 Mar, 11:00"), (400, "Fri 16 Apr 2027, 11:00")],
)
def test_a_time_is_said_as_short_as_it_is_clear(ahead: int, says: str) -> None:
    assert words.stamp(NOW + timedelta(days=ahead), LOCAL) == says


def test_money_has_its_sign_or_its_code() -> None:
    assert [words.money(48000.0, c) for c in ("USD", "EUR", "SEK", "")] == ["$48,000", "€48,000", "48,000 SEK", "48,000"]
    assert words.money(None, "USD") == ""
