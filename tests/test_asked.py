"""What a draft says to what they asked, whom it names, and what it leaves to the rep."""

from __future__ import annotations

import pytest
from desk import ANA, BEN, DANA, NOW, contact, deal, dossier, drafted, event, letter, moment, plan, rules, template_drafter, thread, who

from agent.draft import slots
from agent.draft.assemble import draft
from agent.draft.wording import PACKS
from agent.model import Address, Draft, Event
from agent.think.dossier import Letter
from agent.think.language import read
from agent.think.language.acts import Act, When


def mail(text: str, sender: str = ANA, subject: str = "Re: Site visit") -> Letter:
    reading = read(text, NOW, rules().rep.working)
    return letter(sender, [DANA], "2026-03-06T09:00", subject=subject, text=text, language=reading.language, acts=reading.acts)


def reply(text: str) -> Draft:
    asked = mail(text)
    return drafted(plan("reply_owed", message=asked.message, thread=asked.message.message_id), dossier(thread(asked)))


@pytest.mark.parametrize(
    ("text", "said", "added"),
    [
        ("Could you send us the contract?", "Here is what you asked for: the contract.", "attach the contract"),
        ("Please send me your latest price list.", "Here is what you asked for: the price list.", "attach the price list"),
        ("Können Sie uns bitte den Rahmenvertrag schicken?", "worum Sie gebeten haben: der Vertrag.", "attach der Vertrag"),
        ("Pouvez-vous nous envoyer le devis ?", "ce que vous m'avez demandé : le devis.", "attach le devis"),
        ("¿Nos puede enviar la propuesta?", "lo que me pidió: la propuesta.", "attach la propuesta"),
        ("Kunt u ons de offerte sturen?", "Hierbij waar u om vroeg: de offerte.", "attach de offerte"),
    ],
)
def test_what_they_want_to_be_sent_is_delivered_without_a_meeting(text: str, said: str, added: str) -> None:
    made = reply(text)
    assert said in made.body
    assert made.times == ()
    assert made.todo == (added,)


def test_what_has_no_name_that_we_know_is_delivered_all_the_same_and_quoted_to_the_rep() -> None:
    made = reply("Please send us the floor plans for the east wing.")
    assert "Here is what you asked for (“Site visit”)." in made.body
    assert made.times == ()
    assert made.todo == ("answer “Please send us the floor plans for the east wing.”",)


@pytest.mark.parametrize(
    "text",
    [
        "When are you free next week?",
        "Wann hätten Sie nächste Woche Zeit?",
        "Quand seriez-vous disponible la semaine prochaine ?",
        "¿Cuándo está disponible la próxima semana?",
        "Wanneer bent u volgende week beschikbaar?",
    ],
)
def test_a_question_about_our_time_is_answered_with_two_times(text: str) -> None:
    made = reply(text)
    assert len(made.times) == 2
    assert made.todo == ()


@pytest.mark.parametrize("text", ["Who should I send the contract to?", "I will send you the contract. Is that fine?"])
def test_what_they_send_themselves_is_not_delivered(text: str) -> None:
    made = reply(text)
    assert "asked for" not in made.body
    assert made.todo


def test_a_question_is_acknowledged_by_its_topic_and_left_to_the_rep_to_answer() -> None:
    made = reply("Is the roof salt-proof? We also need to know the weight. How heavy is it?")
    assert "your message about “Site visit”." in made.body
    assert made.todo[0] == "answer “Is the roof salt-proof?”"


def test_a_promised_thing_is_left_to_the_rep_to_attach() -> None:
    ours = letter(DANA, [ANA], "2026-03-05T09:00")
    about = plan("promise_due", message=ours.message, matter="the security questionnaire", when=moment("2026-03-09T17:30"))
    assert drafted(about, dossier(thread(ours))).todo[0].startswith("attach the security questionnaire")


@pytest.mark.parametrize("language", sorted(PACKS))
@pytest.mark.parametrize("kind", ["callback_due", "park", "gone_quiet", "slipping", "stalled", "touch_due", "reply_owed"])
def test_the_teams_name_for_the_deal_is_never_in_the_letter(kind: str, language: str) -> None:
    first = letter(ANA, [DANA], "2026-03-05T09:00", language=language, subject="Canceled: Lamps")
    known = dossier(thread(first), deal=deal(name="Acme long shot"))
    body = drafted(plan(kind, message=first.message), known).body
    assert "long shot" not in body
    assert "Canceled" not in body
    assert "Lamps" in body


@pytest.mark.parametrize("language", sorted(PACKS))
def test_one_question_is_asked_before_a_deal_is_placed_aside(language: str) -> None:
    first = letter(ANA, [DANA], "2026-03-05T09:00", language=language)
    assert drafted(plan("park"), dossier(thread(first))).body.count("?") == 1
    agreed = plan("agreed_not_booked", message=first.message, when=moment("2026-03-12T15:00"))
    assert drafted(agreed, dossier(thread(first))).body.count("?") == 1


def test_a_better_time_is_spoken_of_only_where_they_called_it_off() -> None:
    ours = event("2026-03-10T10:00", [ANA], cancelled=True)
    theirs = event("2026-03-10T10:00", [DANA, ANA], organizer=who(ANA), cancelled=True)
    declined = event("2026-03-10T10:00", [DANA, (ANA, "declined")])
    said = ["suits you better" in drafted(plan("fell_through", meeting=each), dossier()).body for each in (ours, theirs, declined)]
    assert said == [False, True, True]


def test_a_cancelled_meeting_gives_its_title_without_the_mark() -> None:
    off = event("2026-03-10T10:00", [ANA], cancelled=True, title="Canceled: Acme demo")
    made = drafted(plan("fell_through", meeting=off), dossier())
    assert made.subject == "Acme demo"
    assert "(Acme demo)" in made.body


def test_a_name_that_the_crm_lacks_is_taken_from_mail_or_meeting() -> None:
    bare = who("ana@acme.example")
    about = deal(contacts=(contact("ana@acme.example"),))
    assert bare.name == ""
    assert drafted(plan("touch_due"), dossier(thread(mail("Thanks.")), deal=about)).body.startswith("Hi Ana,")
    met = event("2026-03-02T10:00", ["Duarte, Ana <ana@acme.example>"])
    assert drafted(plan("touch_due"), dossier(deal=about, meetings=(met,))).body.startswith("Hi Ana,")
    box = letter("Acme Sales <ana@acme.example>", [DANA], "2026-03-05T09:00")
    assert drafted(plan("touch_due"), dossier(thread(box), deal=about)).body.startswith("Hello,")


@pytest.mark.parametrize(
    ("name", "greeted"), [("Krüger, Sabine", "Guten Tag Sabine Krüger,"), ("Sabine", "Guten Tag,"), ("Dr. Krüger", "Guten Tag,")]
)
def test_a_german_letter_greets_with_first_and_last_name_or_none(name: str, greeted: str) -> None:
    first = letter("sabine@acme.example", [DANA], "2026-03-05T09:00", language="de")
    about = deal(contacts=(contact("sabine@acme.example", name=name),))
    assert drafted(plan("touch_due"), dossier(thread(first), deal=about)).body.startswith(greeted + "\n")


def test_times_on_offer_to_others_are_not_offered_again_unless_no_others_are_left() -> None:
    def made(taken: list[Event]) -> Draft:
        found = draft(
            plan("no_next_step", meeting=event("2026-03-09T08:00", [ANA])), dossier(), (), NOW, rules(), template_drafter(), taken=taken
        )
        assert found is not None
        return found

    first = made([])
    second = made(list(slots.as_events(first.times)))
    assert not {slot.start for slot in first.times} & {slot.start for slot in second.times}
    always = Event("all", moment("2026-03-09T00:00"), moment("2026-04-09T00:00"), "")
    assert made([always]).times == first.times


def test_times_of_the_reps_own_mail_are_on_offer() -> None:
    at = moment("2026-03-10T10:00")
    ours = letter(DANA, [BEN], "2026-03-06T09:00", acts=[Act("proposal", "Tuesday at 10?", 0, (When(at.date(), at),))])
    assert [each.start for each in slots.on_offer(dossier(thread(ours)), NOW)] == [at]
    assert slots.on_offer(dossier(thread(ours)), moment("2026-03-24T10:00")) == []


def test_an_event_blocks_unless_all_of_the_reps_addresses_declined() -> None:
    alias: Address = who("d.reyes@northwind.example")
    me = rules().rep
    both = type(me)(me.name, me.address, (alias,), me.working, domains=me.domains)
    half = event("2026-03-10T09:00", [(DANA, "declined"), "d.reyes@northwind.example"], minutes=510)
    whole = event("2026-03-10T09:00", [(DANA, "declined"), ("d.reyes@northwind.example", "declined")], minutes=510)
    assert slots.free([half], both, NOW)[0].start.day == 11
    assert slots.free([whole], both, NOW)[0].start.day == 10
