"""Which deal is this about?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from agent.model import Answer, Body, Deal, Event, Guest, Message, Rules
from agent.think import words
from agent.think.directory import Directory, takes_part
from agent.think.match import Match, match_event, match_thread
from agent.think.screen import Screen
from agent.think.thread import Thread
from tests.desk import ANA, BEN, DANA, LEE, ZOE, contact, deal, everybody, rules, who

MARCH = datetime(2026, 3, 2, 15, tzinfo=UTC)
PIA = "Pia <pia@partner.example>"
CARL = "Carl <carl@birch.example>"

AUDIO = deal(contacts=(contact(ANA),))
VIDEO = deal(id="D-2", name="Video wall", products=("Matrix 4",), contacts=(contact(BEN),))
BIRCH = deal(id="D-3", name="Lobby", account="Birch GmbH", domains=("birch.example",), contacts=(contact(CARL), contact(PIA)))


def mail(sender: str = ANA, *to: str, subject: str = "Hello", at: datetime = MARCH, **changes: Any) -> Message:
    name = changes.pop("id", f"m{at:%d%H%M}")
    given = {"cc": (), "bcc": ()} | changes
    return Message(id=name, message_id=f"<{name}>", sender=who(sender), to=everybody(*(to or (DANA,))), subject=subject, sent=at, **given)


def matched(*messages: Message, deals: tuple[Deal, ...] = (AUDIO, VIDEO), bodies: Any = None, **changes: Any) -> Match:
    return match_thread(Thread(messages), messages, bodies or {}, Directory(deals, rules(**changes)))


def event(*guests: str, title: str = "Call", organizer: str | None = DANA, **changes: Any) -> Event:
    given = {"organizer": who(organizer) if organizer else None, "guests": tuple(map(Guest, everybody(*guests)))} | changes
    return Event("u1", MARCH, MARCH + timedelta(hours=1), title, **given)


def test_a_contact_decides() -> None:
    found = matched(mail(ANA, subject="Video wall"))
    assert (found.status, found.deal, found.evidence) == ("matched", "D-1", ("ana@acme.example is a contact of D-1",))


def test_a_contact_in_copy_weighs_as_much_as_the_writer() -> None:
    assert matched(mail(ANA, cc=everybody(BEN))).candidates == ("D-1", "D-2")


def test_of_the_domain_only_who_is_no_contact_is_asked() -> None:
    assert matched(mail(ZOE)).candidates == ("D-1", "D-2")
    assert matched(mail(ZOE, DANA, BEN)).deal == "D-2"


def test_words_choose_between_candidates_and_match_nothing_alone() -> None:
    assert matched(mail(ZOE, subject="RE: the VIDEO wall")).deal == "D-2"
    assert matched(mail("x@else.example", subject="Video wall")).status == "unmatched"


def test_a_contact_of_several_accounts_follows_the_others() -> None:
    audio = deal(contacts=(contact(ANA), contact(PIA)))
    assert matched(mail(PIA), deals=(audio, BIRCH)).status == "ambiguous"
    assert matched(mail(PIA, DANA, ANA, subject="Birch lobby"), deals=(audio, BIRCH)).deal == "D-1"
    assert matched(mail(PIA, subject="Birch"), deals=(audio, BIRCH)).deal == "D-3"


def test_open_deals_win_over_closed_ones() -> None:
    won = deal(contacts=(contact(ANA),), status="won", close_date=date(2026, 3, 1))
    assert matched(mail(ANA), deals=(won, VIDEO)).deal == "D-2"
    assert matched(mail(ANA), deals=(won,)).deal == "D-1"


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 2, 14), False), (date(2026, 2, 15), True), (date(2026, 4, 14), True), (date(2026, 4, 15), False)],
)
def test_a_deal_takes_part_from_14_days_before_it_opened_until_14_days_after_it_closed(day: date, expected: bool) -> None:
    assert takes_part(deal(opened=date(2026, 3, 1), status="lost", close_date=date(2026, 3, 31)), day) is expected


def test_an_open_deals_close_date_ends_nothing() -> None:
    assert takes_part(deal(opened=date(2026, 3, 1), close_date=date(2026, 3, 31)), date(2027, 1, 1))


@pytest.mark.parametrize(("writer", "expected"), [(ANA, "D-2"), (LEE, "D-2"), (CARL, "D-3")])
def test_an_id_in_brackets_counts_from_us_and_from_customers_of_the_account(writer: str, expected: str) -> None:
    assert matched(mail(writer, DANA, subject="[d-2] Prices"), deals=(AUDIO, VIDEO, BIRCH)).deal == expected


def test_two_ids_are_ambiguous_and_a_later_id_moves_a_thread() -> None:
    assert matched(mail(ANA, subject="[D-1] [D-2]")).status == "ambiguous"
    assert matched(mail(ANA, subject="[D-1]"), mail(DANA, ANA, subject="[D-2]", at=MARCH + timedelta(days=1))).deal == "D-2"


def test_the_crms_address_and_link_are_references() -> None:
    bcc = matched(mail(DANA, ZOE, bcc=everybody("crm+d-2@northwind.example")), bcc="crm+{id}@northwind.example")
    assert (bcc.by, bcc.deal) == ("explicit", "D-2")
    message = mail(DANA, ZOE)
    for text, expected in (("See https://crm.example/deals/D-2.", "D-2"), ("https://crm.example/deals/D-20", None)):
        bodies = {message.id: Body(message.id, text)}
        assert matched(message, bodies=bodies, deal_url="https://crm.example/deals/{id}").deal == expected


def test_what_earlier_mail_gave_a_thread_stays() -> None:
    later = mail(DANA, ANA, BEN, ZOE, subject="Video wall", at=MARCH + timedelta(days=1))
    assert matched(mail(ANA), later).deal == "D-1"


def test_the_reps_answer_outranks_everything() -> None:
    message = mail(ANA, subject="[D-1]")
    assert matched(message, answers=(Answer("D-2", thread=message.message_id),)).deal == "D-2"
    assert matched(message, answers=(Answer(None, thread=message.message_id),)).status == "unmatched"


def test_an_answer_for_a_person_holds_at_its_account() -> None:
    said = (Answer("D-2", person="pia@partner.example", account="acme"),)
    deals = (deal(contacts=(contact(ANA), contact(PIA))), VIDEO, BIRCH)
    assert matched(mail(PIA, DANA, ANA), deals=deals, answers=said).deal == "D-2"
    assert matched(mail(PIA, DANA, CARL), deals=deals, answers=said).deal == "D-3"


def test_an_id_in_a_title_counts_by_the_organiser() -> None:
    directory = Directory((AUDIO, VIDEO), rules())
    assert match_event(event(ANA, title="[D-2]"), directory, None).deal == "D-2"
    assert match_event(event(ANA, title="[D-2]", organizer=None), directory, None).deal == "D-2"
    assert match_event(event(ANA, title="[D-2]", organizer="x@else.example"), directory, None).deal == "D-1"


def test_a_room_of_the_customer_is_nobody() -> None:
    room = (Guest(who("room@acme.example"), kind="room"),)
    assert match_event(event(guests=room), Directory((AUDIO,), rules()), None).status == "unmatched"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Re: AW: Fwd: Plan", "Plan"), ("RE[2]: Plan", "Plan"), ("Research: Plan", "Research: Plan"), ("TR : Plan", "Plan")],
)
def test_prefixes_of_answers_are_no_words(text: str, expected: str) -> None:
    assert words.subject(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Müller Straße GmbH & Co. KG", {"muller", "strasse"}), ("Hoek B.V.", {"hoek"}), ("Ørsted A/S", {"orsted"}), ("Łódź Inc.", {"lodz"})],
)
def test_an_accounts_words_are_folded_and_without_legal_form(name: str, expected: set[str]) -> None:
    assert words.account_words(name) == expected


def test_it_in_capitals_is_a_word() -> None:
    assert words.of("IT support") == {"it", "support"}
    assert words.of("Is it there") == {"there"}


def screened(*messages: Message, **changes: Any) -> list[bool]:
    given: Rules = rules(**changes)
    screen = Screen.of(messages, given)
    return [screen.excluded(m) for m in messages]


def test_bulk_mail_is_excluded_unless_it_answers_ours() -> None:
    ours = mail(DANA, ANA, id="o")
    assert screened(mail(ANA, bulk=True), ours, mail(ANA, bulk=True, in_reply_to="<o>")) == [True, False, False]


def test_list_headers_of_our_own_groups_do_not_count() -> None:
    assert screened(mail(ANA, bulk=True, list_domains=("northwind.example",))) == [False]


def test_what_the_settings_ignore_is_excluded_even_as_an_answer_but_for_the_rep() -> None:
    ours = mail(DANA, ANA, id="o")
    answer = mail(ANA, in_reply_to="<o>")
    assert screened(ours, answer, ignore_senders=frozenset({"ana@acme.example", "dana@northwind.example"})) == [False, True]
    assert screened(answer, ignore_domains=frozenset({"acme.example"})) == [True]


def test_an_event_follows_the_conversation_that_brought_it_if_its_customers_take_part() -> None:
    directory = Directory((AUDIO, VIDEO, BIRCH), rules())
    told = Match("matched", "D-2", ("D-2",), "people", ("ben@acme.example is a contact of D-2",))
    assert match_event(event(ANA), directory, told).deal == "D-2"
    assert match_event(event(CARL), directory, told).deal == "D-3"
