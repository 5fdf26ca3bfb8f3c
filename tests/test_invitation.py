"""A mail that confirms an agreed time invites to it: one meeting, these people, and nothing that a name or title could add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent import settings as configuration
from agent import wiring
from agent.cycle import Feed, round_once
from agent.desk import fit
from agent.draft import compose, invitation
from agent.errors import Rejected
from agent.facts import mime
from agent.model import Address, Draft, Invitation, Rep, Slot, WorkingTime
from tests.builders import Story

AT = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
START = datetime(2026, 3, 12, 19, 0, tzinfo=UTC)
WRITTEN = "Thursday 12 March, 15:00 EDT"
REP = Rep("Dana Reyes", Address("dana@northwind.example", "dana@northwind.example"), (), WorkingTime(ZoneInfo("America/New_York")))
INVITES = Invitation("u1@northwind.example", START, START + timedelta(minutes=30), "Kiln, phase 2; costs", WRITTEN)


def who(email: str, name: str = "") -> Address:
    return Address(email, email, name)


def draft(**changes: Any) -> Draft:
    given_: dict[str, Any] = {"to": (who("ana@acme.example", "Ana Pérez"),), "cc": (who("ben@acme.example"),), "subject": "Re: Kiln"}
    given_ |= {"body": f"Hello Ana,\n\nfine: {WRITTEN}.\n\nDana", "language": "en", "times": (Slot(START, INVITES.end),), "ask": ""}
    return Draft(**given_ | {"backup": "", "written_by": "template", "invitation": INVITES} | changes)


def calendar(words: Draft, key: str = "a-1") -> Any:
    parsed: Any = message_from_bytes(compose.mail(words, REP, key, AT).raw, policy=policy.default)
    assert parsed.get_content_type() == "multipart/alternative"
    text, ics = parsed.iter_parts()
    assert text.get_content().replace("\r\n", "\n").strip() == words.body
    assert (ics.get_content_type(), ics["Content-Type"].params["method"]) == ("text/calendar", "REQUEST")
    return icalendar.Calendar.from_ical(ics.get_content())


def test_the_mail_carries_a_request_for_the_agreed_time_to_all_its_recipients() -> None:
    found = calendar(draft())
    assert found["METHOD"] == "REQUEST"
    (event,) = found.walk("VEVENT")
    assert (event["UID"], event["SEQUENCE"], str(event["SUMMARY"])) == ("u1@northwind.example", 0, "Kiln, phase 2; costs")
    assert (event["DTSTAMP"].dt, event["DTSTART"].dt, event["DTEND"].dt) == (AT, START, START + timedelta(minutes=30))
    assert event["ORGANIZER"] == "mailto:dana@northwind.example"
    invited = {str(each): each.params["PARTSTAT"] for each in event["ATTENDEE"]}
    assert invited == {
        "mailto:dana@northwind.example": "ACCEPTED",
        "mailto:ana@acme.example": "NEEDS-ACTION",
        "mailto:ben@acme.example": "NEEDS-ACTION",
    }
    assert [each.params.get("CN") for each in event["ATTENDEE"]] == ["Dana Reyes", "Ana Pérez", None]


def test_our_own_reader_sees_the_meeting_in_the_mail() -> None:
    message = mime.headers(compose.mail(draft(), REP, "a-1", AT).raw, "1")
    assert "u1@northwind.example" in repr(message)


def test_the_same_arguments_give_the_same_bytes() -> None:
    assert compose.mail(draft(), REP, "a-1", AT).raw == compose.mail(draft(), REP, "a-1", AT).raw


def test_an_agreement_has_one_uid_however_often_it_is_written_of() -> None:
    slot = Slot(START, INVITES.end)
    first, again = (invitation.made(slot, title, WRITTEN, ("agreed", "D-1", "x"), REP) for title in ("one", "two"))
    assert first.uid == again.uid
    assert first.uid != invitation.made(slot, "one", WRITTEN, ("agreed", "D-2", "x"), REP).uid


def test_a_mail_without_invitation_is_plain_text() -> None:
    assert b"multipart" not in compose.mail(draft(invitation=None), REP, "a-1", AT).raw


def edited(**changes: Any) -> Draft:
    old = draft()
    given_: dict[str, Any] = {"subject": old.subject, "body": old.body, "to": ["ana@acme.example"], "cc": ["ben@acme.example"]} | changes
    return fit.edited(old, **given_)


def test_words_that_no_longer_name_the_time_invite_nobody() -> None:
    assert edited(body="Hello Ana,\n\nlet us rather say 16:00.\n\nDana").invitation is None
    assert edited(body=f"Dear Ana,\n\n{WRITTEN} it is.\n\nDana").invitation == INVITES


def test_who_is_added_to_the_mail_is_invited() -> None:
    (event,) = calendar(edited(cc=["Joe <joe@acme.example>"])).walk("VEVENT")
    assert {str(each) for each in event["ATTENDEE"]} == {f"mailto:{name}.example" for name in ("dana@northwind", "ana@acme", "joe@acme")}


HOSTILE = st.text(st.sampled_from('a;:,"\\^\r\n\tÄ\u2028\u202e' + "\x85é=日\U0001f600"), max_size=120)


@settings(max_examples=200, deadline=None)
@given(HOSTILE, HOSTILE)
def test_no_name_and_no_title_adds_a_line_or_a_guest(name: str, title: str) -> None:
    words = draft(to=(who("ana@acme.example", name),), invitation=replace(INVITES, title=title))
    text = invitation.request(words, REP, AT)
    lines = text.replace("\r\n ", "").split("\r\n")
    plain = invitation.request(draft(to=(who("ana@acme.example", "A"),)), REP, AT).replace("\r\n ", "").split("\r\n")
    assert [line.partition(":")[0].partition(";")[0] for line in lines] == [line.partition(":")[0].partition(";")[0] for line in plain]
    assert all(len(row.encode()) <= 75 for row in text.split("\r\n"))
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert [str(each) for each in event["ATTENDEE"]] == [f"mailto:{x}.example" for x in ("dana@northwind", "ana@acme", "ben@acme")]
    with suppress(Rejected):
        compose.mail(words, REP, "a-1", AT)


# -------------------------------------------------------------------------------------------------------- another time


OLD = {"uid": "m1", "real_uid": f"{'5e' * 16}@northwind.example", "title": "Kiln", "start": "2026-03-12T15:00", "minutes": 30}
OLD |= {"sequence": 2, "attendees": ["ana@acme.example"]}


def talk(*more: dict[str, Any], events: Sequence[Mapping[str, Any]] = (OLD,)) -> Story:
    """They agree on Thursday, and we invite; then on Friday."""
    deal = {
        "id": "D-1",
        "name": "Kiln",
        "stage": "Discovery",
        "opened": "2026-02-01",
        "account": {"name": "Acme", "domains": ["acme.example"]},
    }
    deal["contacts"] = [{"name": "Ana Pérez", "email": "ana@acme.example"}]
    pair = {"from": "ana@acme.example", "to": ["dana@northwind.example"], "subject": "Kiln"}
    back = {"from": "dana@northwind.example", "to": ["ana@acme.example"], "subject": "Re: Kiln"}
    mail = [
        pair | {"id": "a", "date": "2026-03-09T09:00", "body": "Hello Dana,\n\ncould we meet on Thursday 12 March at 3 pm?\n\nAna"},
        back
        | {
            "id": "b",
            "date": "2026-03-09T10:00",
            "reply_to": "a",
            "invite": "m1",
            "body": "Hello Ana,\n\nThursday at 3 pm works for me.\n\nDana",
        },
        pair
        | {"id": "c", "date": "2026-03-10T09:00", "reply_to": "b"}
        | {
            "body": "Hello Dana,\n\nI am sorry, Thursday does not work after all. Could we meet on Friday 13 March at 11 am instead?\n\nAna"
        },
        back
        | {"id": "d", "date": "2026-03-10T10:00", "reply_to": "c", "body": "Hello Ana,\n\nFriday 13 March at 11 am works for me.\n\nDana"},
    ]
    return Story({"now": "2026-03-10T16:00", "deals": [deal], "events": list(events), "mail": [*mail, *more]})


def invited(story: Story, folder: Path) -> Invitation:
    """By the card of the deal."""
    known = configuration.load(story.write(folder))
    template = wiring.template(known, story.now)
    feeds = [Feed(n.section, n.kind, n.source, n.source if n.section == "mail" else None) for n in wiring.sources(known, story.now)]
    (card,) = round_once(feeds, known.rules, template, template, story.now).cards
    assert card.kind == "agreed_not_booked"
    assert card.draft
    assert card.draft.invitation
    return card.draft.invitation


FRIDAY = datetime(2026, 3, 13, 15, tzinfo=UTC)


@pytest.mark.parametrize("booked", [True, False], ids=["in the calendar", "in mail alone"])
def test_another_time_that_they_agree_on_moves_the_meeting_that_they_were_invited_to(tmp_path: Path, booked: bool) -> None:
    found = invited(talk(events=[OLD | {"only_in_mail": not booked}]), tmp_path)
    assert (found.uid, found.start, found.sequence) == (OLD["real_uid"], FRIDAY, 3)
    assert found.moves == datetime(2026, 3, 12, 19, tzinfo=UTC)
    text = invitation.request(draft(invitation=found, body=found.written), REP, AT)
    assert "SEQUENCE:3\r\n" in text
    assert f"UID:{OLD['real_uid']}\r\n" in text


@pytest.mark.parametrize("case", ["of another maker", "over", "called off", "another one too", "of another thread"])
def test_a_meeting_that_is_not_meant_for_certain_is_not_moved(tmp_path: Path, case: str) -> None:
    second = OLD | {"uid": "m2", "real_uid": f"{'7c' * 16}@northwind.example", "start": "2026-03-17T15:00"}
    story = {
        "of another maker": talk(events=[OLD | {"real_uid": "m1@calendar.example"}]),
        "over": talk(events=[OLD | {"start": "2026-03-10T12:00"}]),
        "called off": talk(events=[OLD | {"status": "cancelled", "changed": "2026-03-10T09:30"}]),
        "another one too": talk(
            {"id": "e", "from": "dana@northwind.example", "to": ["ana@acme.example"], "subject": "Re: Kiln", "reply_to": "d"}
            | {"date": "2026-03-10T10:30", "invite": "m2", "body": "Hello Ana,\n\nthis is for the week after.\n\nDana"},
            events=[OLD, second],
        ),
        "of another thread": talk(
            {"id": "x", "from": "dana@northwind.example", "to": ["ana@acme.example"], "subject": "Lunch", "date": "2026-03-08T10:00"}
            | {"invite": "m2", "body": "Hello Ana,\n\nsee you there.\n\nDana"},
            events=[OLD | {"real_uid": "m1@calendar.example"}, second],
        ),
    }[case]
    found = invited(story, tmp_path)
    assert (found.start, found.sequence, found.moves) == (FRIDAY, 0, None)
    assert found.uid not in (OLD["real_uid"], second["real_uid"])
