from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from desk import ANA, BEN, DANA, LEE, NILS, NOW, ZOE, contact, deal, dossier, emails, event, letter, plan, rules, thread
from hypothesis import given
from hypothesis import strategies as st

from agent.draft.recipients import Recipients, recipients
from agent.model import Contact, Evidence
from agent.think.dossier import Dossier, Plan

MET = event("2026-03-09T08:00", [ANA, (BEN, "declined"), NILS, "fifth-avenue-room@northwind.example"])


def found(about: Plan, known: Dossier, **changes: Any) -> Recipients:
    people = recipients(about, known, rules(**changes), NOW)
    assert people is not None
    return people


def reasons(people: Recipients) -> dict[str, str]:
    return {address.email: why for address, why in people.left_out}


def test_after_a_meeting_it_goes_to_those_who_attended_with_the_thread_in_copy() -> None:
    known = dossier(
        thread(
            letter(DANA, [ANA], "2026-03-07T10:00", cc=[ZOE, LEE]),
            letter(ANA, [DANA], "2026-03-09T10:00", cc=[ZOE, LEE, "temp17@acme.example"], reply_to=["ana@acme-private.example"]),
        ),
        meetings=(MET,),
    )
    people = found(plan("no_next_step", meeting=MET), known)
    assert emails(people.to) == ["ana@acme.example"]
    assert emails(people.cc) == ["zoe@acme.example", "lee@northwind.example"]
    assert reasons(people) == {
        "ben@acme.example": "declined the meeting",
        "nils@northwind.example": "only in the meeting",
        "temp17@acme.example": "only named in copy of a mail",
        "ana@acme-private.example": "only named as a reply address",
    }


def test_who_declined_is_left_out_even_if_they_stand_in_the_thread() -> None:
    known = dossier(thread(letter(DANA, [ANA, BEN], "2026-03-08T10:00")), meetings=(MET,))
    people = found(plan("no_next_step", meeting=MET), known)
    assert (emails(people.to), people.cc) == (["ana@acme.example"], ())


def test_a_meeting_that_fell_through_is_written_to_all_its_customers() -> None:
    off = event("2026-03-10T10:00", [(ANA, "declined"), (BEN, "declined")])
    assert emails(found(plan("fell_through", meeting=off), dossier()).to) == ["ana@acme.example", "ben@acme.example"]


def test_a_missed_meeting_known_from_mail_alone_goes_to_who_wrote() -> None:
    mail = letter(BEN, [DANA], "2026-03-09T09:00")
    assert emails(found(plan("fell_through", message=mail.message), dossier(thread(mail))).to) == ["ben@acme.example"]


@pytest.mark.parametrize("kind", ["reply_owed", "callback_due", "their_promise_due", "agreed_not_booked"])
def test_an_answer_goes_to_who_wrote_with_the_other_customers_in_copy(kind: str) -> None:
    mail = letter(BEN, [DANA], "2026-03-09T09:00", cc=[ANA])
    people = found(plan(kind, message=mail.message, thread=mail.message.message_id), dossier(thread(mail)))
    assert (emails(people.to), emails(people.cc)) == (["ben@acme.example"], ["ana@acme.example"])


def test_a_promise_goes_to_those_who_were_promised() -> None:
    mail = letter(DANA, [ANA, BEN, LEE], "2026-03-09T09:00", cc=[ZOE])
    people = found(plan("promise_due", message=mail.message), dossier(thread(mail)))
    assert emails(people.to) == ["ana@acme.example", "ben@acme.example"]
    assert emails(people.cc) == ["zoe@acme.example", "lee@northwind.example"]


def test_otherwise_it_goes_to_the_customer_last_in_conversation() -> None:
    known = dossier(thread(letter(ANA, [DANA], "2026-03-02T09:00")), thread(letter(DANA, [BEN], "2026-03-05T09:00")))
    assert emails(found(plan("gone_quiet"), known).to) == ["ben@acme.example"]


def test_of_several_the_last_one_to_write_is_last_in_conversation() -> None:
    known = dossier(thread(letter(BEN, [DANA], "2026-03-02T09:00"), letter(DANA, [ANA, BEN], "2026-03-05T09:00")))
    people = found(plan("gone_quiet"), known)
    assert (emails(people.to), emails(people.cc)) == (["ben@acme.example"], ["ana@acme.example"])


def test_without_any_conversation_it_goes_to_the_first_contact() -> None:
    assert emails(found(plan("touch_due"), dossier()).to) == ["ana@acme.example"]


def test_a_contact_is_written_to_at_the_address_in_the_crm() -> None:
    tessa = deal(contacts=(contact("Tessa Lindholm <tessa.lindholm@gmail.com>"),), domains=())
    mail = letter("tessalindholm+studio@googlemail.com", [DANA], "2026-03-09T09:00")
    assert emails(found(plan("reply_owed", message=mail.message), dossier(thread(mail), deal=tessa)).to) == ["tessa.lindholm@gmail.com"]


def test_a_contact_who_last_wrote_from_another_address_of_theirs_is_answered_there() -> None:
    two = deal(contacts=(contact(ANA, "ana@duarte.example"), contact(BEN)))
    mail = letter("ana@duarte.example", [DANA], "2026-03-09T09:00", cc=[ANA])
    people = found(plan("reply_owed", message=mail.message), dossier(thread(mail), deal=two))
    assert (emails(people.to), people.cc) == (["ana@duarte.example"], ())


@pytest.mark.parametrize(
    ("facts", "settings", "why"),
    [
        ({"dead": {"ana@acme.example": (NOW, Evidence("message:<r@x>", "it came back"))}}, {}, "mail to this address came back"),
        ({"do_not_contact": frozenset({"ana@acme.example"})}, {}, "asked not to be written to"),
        ({}, {"do_not_contact": frozenset({"ana@acme.example"})}, "asked not to be written to"),
        ({"away": {"ana@acme.example": date(2026, 3, 10)}}, {}, "out of office until 2026-03-10"),
    ],
)
def test_who_must_not_be_written_to_is_left_out_and_the_others_are_written_to(
    facts: dict[str, Any], settings: dict[str, Any], why: str
) -> None:
    met = event("2026-03-09T08:00", [ANA, BEN])
    people = found(plan("no_next_step", meeting=met), dossier(thread(letter(DANA, [ANA, BEN], "2026-03-08T10:00")), **facts), **settings)
    assert (emails(people.to), people.cc, reasons(people)) == (["ben@acme.example"], (), {"ana@acme.example": why})


def test_on_the_day_they_are_back_they_are_written_to() -> None:
    assert emails(found(plan("touch_due"), dossier(away={"ana@acme.example": NOW.date()})).to) == ["ana@acme.example"]


def test_if_the_writer_is_away_the_others_of_the_thread_are_written_to() -> None:
    mail = letter(ANA, [DANA], "2026-03-09T09:00", cc=[BEN])
    known = dossier(thread(mail), away={"ana@acme.example": date(2026, 3, 20)})
    assert emails(found(plan("reply_owed", message=mail.message), known).to) == ["ben@acme.example"]


def test_if_the_whole_company_asked_to_be_left_alone_there_is_nobody() -> None:
    met = event("2026-03-09T08:00", [ANA, BEN])
    known = dossier(do_not_contact=frozenset({"@acme.example"}))
    assert recipients(plan("no_next_step", meeting=met), known, rules(), NOW) is None


def test_a_customer_whom_we_have_never_written_to_is_adopted_only_where_they_wrote_or_are_a_contact() -> None:
    stranger = letter(ANA, [DANA], "2026-03-09T09:00", cc=["new@acme.example", "boss@other.example"])
    people = found(plan("reply_owed", message=stranger.message), dossier(thread(stranger)))
    assert people.cc == ()
    assert reasons(people)["boss@other.example"] == "not a customer of this deal"
    known = dossier(thread(stranger), elsewhere=(letter(DANA, ["new@acme.example"], "2026-02-09T09:00"),))
    assert emails(found(plan("reply_owed", message=stranger.message), known).cc) == ["new@acme.example"]


def test_who_was_in_bcc_stays_unseen() -> None:
    hidden = letter(DANA, [ANA], "2026-03-08T09:00", bcc=[BEN, LEE])
    assert found(plan("gone_quiet"), dossier(thread(hidden))).cc == ()


def test_a_colleague_in_a_mail_of_a_stranger_is_not_copied() -> None:
    known = dossier(thread(letter(ANA, [DANA], "2026-03-08T09:00"), letter("x@evil.example", [ANA, LEE], "2026-03-09T09:00", side="other")))
    assert found(plan("reply_owed", message=known.conversations[0].letters[0].message), known).cc == ()


def test_a_contact_with_a_dead_address_is_reached_at_the_other_one() -> None:
    ana = Contact("Ana Duarte", contact(ANA, "ana@duarte.example").addresses)
    known = dossier(deal=deal(contacts=(ana,)), dead={"ana@acme.example": (NOW, Evidence("message:<r@x>", "it came back"))})
    assert emails(found(plan("touch_due"), known).to) == ["ana@duarte.example"]


def test_machines_and_the_rep_are_never_written_to_nor_listed() -> None:
    mail = letter(ANA, [DANA, "noreply@acme.example"], "2026-03-09T09:00")
    people = found(plan("reply_owed", message=mail.message), dossier(thread(mail)))
    assert (people.cc, people.left_out) == ((), ())


POOL = (
    DANA,
    LEE,
    NILS,
    ANA,
    BEN,
    ZOE,
    "ana+x@acme.example",
    "new@acme.example",
    "x@evil.example",
    "noreply@acme.example",
    "room@acme.example",
)
KINDS = ("reply_owed", "promise_due", "no_next_step", "fell_through", "callback_due", "gone_quiet", "park", "slipping", "touch_due")
some = st.lists(st.sampled_from(POOL), max_size=4)


@given(
    st.lists(st.tuples(st.sampled_from(POOL[:8]), some, some, some), min_size=1, max_size=5),
    some,
    st.sampled_from(KINDS),
    st.sets(st.sampled_from(["ana@acme.example", "ben@acme.example", "zoe@acme.example"])),
    st.sampled_from(["do_not_contact", "dead", "away"]),
)
def test_nobody_is_written_to_who_must_not_be_and_nobody_twice(
    mails: list[tuple[str, list[str], list[str], list[str]]], guests: list[str], kind: str, barred: set[str], how: str
) -> None:
    letters = [letter(f, t, f"2026-03-0{n + 1}T09:00", cc=c, reply_to=r) for n, (f, t, c, r) in enumerate(mails)]
    facts: dict[str, Any] = {
        "do_not_contact": frozenset(barred),
        "dead": {key: Evidence("message:<r@x>", "it came back") for key in barred},
        "away": dict.fromkeys(barred, date(2026, 4, 1)),
    }
    known = dossier(thread(*letters), **{how: facts[how]})
    about = plan(kind, message=letters[-1].message, meeting=event("2026-03-09T08:00", guests))
    people = recipients(about, known, rules(), NOW)
    if people is None:
        return
    written = [known.circle.person(address) for address in (*people.to, *people.cc)]
    assert people.to
    assert len(set(written)) == len(written)
    assert not barred.intersection(written)
    assert {known.circle.role(address) for address in people.to} == {"customer"}
    assert {known.circle.role(address) for address in people.cc} <= {"customer", "colleague"}
    assert "room@acme.example" not in written or "room@acme.example" not in guests
