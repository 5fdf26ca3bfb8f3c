"""A meeting that a sent mail invites to stands in the rep's calendar, once, whatever becomes of the answers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, Literal

import icalendar
import pytest

from agent.deliver import Courier
from agent.desk import Desk as Acts
from agent.desk import Terms
from agent.desk.views.outbox import outbox as tray
from agent.draft import compose
from agent.errors import NeedsHuman, Unavailable, Unsure
from agent.model import Card, Invitation
from agent.ports import Context
from agent.store import Store, bookings, decisions
from connectors import caldav
from tests.contracts.source import Held
from tests.rigs.caldav import CalDav, Radicale, Server, Xandikos
from tests.rigs.deliveries import NOW, REP, UNDO, Desk, Faulty, desk, draft
from tests.rigs.folder import vcalendar
from tests.rigs.quirks import Ask, Quirks, Told

START = NOW + timedelta(days=3)
DUE = NOW + UNDO
INVITATION = Invitation("u1@northwind.example", START, START + timedelta(minutes=30), "Kiln, " + "phase two " * 9, "Sunday")
MOVED = replace(
    INVITATION, start=START + timedelta(days=1), end=START + timedelta(days=1, minutes=45), title="Kiln", sequence=1, moves=START
)
_names = count(1)


@pytest.fixture(scope="module", params=[Radicale, Xandikos])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = request.param(tmp_path_factory.mktemp("calendars"))
    yield made
    made.close()


@pytest.fixture
def store_url(blank: Path, tmp_path: Path) -> str:
    """What databases have in common is proved with the store itself."""
    shutil.copy(blank, tmp_path / "onward.db")
    return f"sqlite:///{tmp_path / 'onward.db'}"


@pytest.fixture
def rig(server: Server) -> Iterator[CalDav]:
    made = CalDav(server, f"book{next(_names)}")
    yield made
    made.client.delete(made.path)
    made.close()


@pytest.fixture
def quirks(server: Server) -> Iterator[Quirks]:
    made = Quirks(server.url)
    yield made
    made.close()


@pytest.fixture
def at(store: Store, tmp_path: Path) -> Desk:
    return desk(store, tmp_path)


def agree(store: Store, *, mode: Literal["send", "draft"] = "send", invites: bool = True) -> str:
    """A mail is approved that invites to a meeting."""
    return agreed(store, INVITATION if invites else None, mode=mode)


def agreed(store: Store, invitation: Invitation | None, name: str = "a-1", *, mode: Literal["send", "draft"] = "send") -> str:
    key = f"agreed_not_booked:D-1:{name}"
    with store.begin() as connection:
        words = replace(draft("kiln"), invitation=invitation)
        card = decisions.create(connection, Card(key, "agreed_not_booked", "D-1", NOW, (), (), draft=words), 0.0, NOW)
        mail = compose.mail(words, REP, name, DUE)
        decisions.move(connection, card, "approve", NOW, who="rep")
        decisions.agree(connection, card, mail, mode, NOW, DUE)
    return mail.key


def courier(at: Desk, url: str, **more: Any) -> Courier:
    """Another process with a calendar at hand."""
    diary = caldav.diary(caldav.Settings(url, "dana", "secret", **more), Context(REP, NOW))
    return Courier(at.store, at.outbox, at.premise, at.rules, diary=diary)


def titles(rig: CalDav) -> list[str]:
    mine = Held(rig, rig.source())
    mine.pull()
    return mine.marks


def place(rig: CalDav) -> str:
    (name,) = (part for part in rig.client.request("PROPFIND", rig.path, headers={"Depth": "1"}).text.split("href>") if ".ics" in part)
    return name.split("<")[0]


def raw(rig: CalDav) -> str:
    return rig.client.get(place(rig)).text.replace("\r\n ", "")


def test_a_sent_invitation_stands_in_the_calendar_once(at: Desk, rig: CalDav) -> None:
    name = agree(at.store)
    ours = courier(at, rig.server.url + rig.path)
    ours.deliver(DUE)
    assert at.states(name) == ("sent", "sent")
    assert titles(rig) == [("Kiln, " + "phase two " * 9).strip()]
    assert ours.next_due() is None
    ours.deliver(DUE + timedelta(hours=1))
    assert len(titles(rig)) == 1


def test_the_server_is_told_to_invite_nobody_a_second_time(at: Desk, rig: CalDav) -> None:
    agree(at.store)
    courier(at, rig.server.url + rig.path).deliver(DUE)
    text = raw(rig)
    assert "METHOD" not in text
    assert "UID:u1@northwind.example" in text
    assert text.count("ATTENDEE") == text.count("SCHEDULE-AGENT=CLIENT") == 2


def test_a_calendar_that_cannot_be_reached_gets_it_later_also_from_another_process(at: Desk, rig: CalDav, quirks: Quirks) -> None:
    name = agree(at.store)
    quirks.before = lambda _ask: Told(503)
    first = courier(at, quirks.url + rig.path)
    first.deliver(DUE)
    assert at.states(name) == ("sent", "sent")
    assert titles(rig) == []
    quirks.before = lambda _ask: None
    second = courier(at, quirks.url + rig.path)
    second.deliver(DUE + timedelta(minutes=1))
    later = second.next_due()
    assert later
    assert later > DUE + timedelta(minutes=1)
    second.deliver(later)
    assert len(titles(rig)) == 1
    assert second.next_due() is None


def test_a_lost_answer_makes_no_second_event(at: Desk, rig: CalDav, quirks: Quirks) -> None:
    agree(at.store)
    lost: list[Ask] = []

    def loses(ask: Ask, told: Told) -> Told | None:
        if ask.method == "PUT" and len(lost) < 3:
            lost.append(ask)
            return None
        return told

    quirks.after = loses
    ours = courier(at, quirks.url + rig.path)
    ours.deliver(DUE)
    while due := ours.next_due():
        ours.deliver(due)
    assert lost
    assert len(titles(rig)) == 1


def test_a_moved_meeting_that_is_there_though_the_answer_was_lost_is_not_said_to_stand_elsewhere(rig: CalDav, quirks: Quirks) -> None:
    event = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:u1@northwind.example\r\nDTSTAMP:20260301T000000Z\r\n"
    event += b"SEQUENCE:1\r\nDTSTART:20260308T200000Z\r\nSUMMARY:Moved\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    lost: list[Ask] = []

    def loses(ask: Ask, told: Told) -> Told | None:
        if ask.method == "PUT" and not lost:
            lost.append(ask)
            return None
        return told

    quirks.after = loses
    caldav.Calendar(caldav.Settings(quirks.url + rig.path, "dana", "secret"), REP.working.zone, False, NOW).book(event)
    assert lost
    assert titles(rig) == ["Moved"]


def test_what_the_rep_has_entered_already_stays_as_it_is(at: Desk, rig: CalDav, quirks: Quirks) -> None:
    """Also on servers that would take a second event of its UID."""
    agree(at.store)
    mine = "BEGIN:VEVENT\nUID:u1@northwind.example\nDTSTAMP:20260301T000000Z\nDTSTART:20260308T200000Z\nSUMMARY:Mine\nEND:VEVENT"
    rig.put("mine.ics", vcalendar(mine))
    ours = courier(at, quirks.url + rig.path)
    ours.deliver(DUE)
    assert titles(rig) == ["Mine"]
    assert ours.next_due() is None
    assert not any(ask.method == "PUT" for ask in quirks.asked)


@pytest.mark.parametrize("refused", [0, 400, 403, 501])
def test_a_server_that_heeds_no_condition_is_told_once(at: Desk, rig: CalDav, quirks: Quirks, refused: int) -> None:
    """However it can be asked what is there."""
    event = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:u1@northwind.example\r\nDTSTAMP:20260301T000000Z\r\n"
    event += b"DTSTART:20260308T200000Z\r\nSUMMARY:%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

    def forgets(ask: Ask) -> Told | None:
        ask.headers.pop("if-none-match", None)
        return Told(refused) if refused and ask.kind == "calendar-query" else None

    quirks.before = forgets
    ours = caldav.Calendar(caldav.Settings(quirks.url + rig.path, "dana", "secret"), REP.working.zone, False, NOW)
    for title in (b"First", b"Second"):
        ours.book(event % title)
    assert titles(rig) == ["First"]


@pytest.mark.parametrize(("status", "says"), [(403, "unique-scheduling-object-resource"), (409, "no-uid-conflict"), (412, "")])
def test_a_meeting_that_stands_elsewhere_in_the_account_is_left_there(
    at: Desk, rig: CalDav, quirks: Quirks, status: int, says: str
) -> None:
    agree(at.store)
    body = f'<D:error xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><C:{says or "x"}/></D:error>'.encode()
    quirks.before = lambda ask: Told(status, body) if ask.method == "PUT" else None
    ours = courier(at, quirks.url + rig.path)
    ours.deliver(DUE)
    assert ours.next_due() is None


def test_a_draft_that_the_rep_rewrote_and_sent_books_nothing(at: Desk, rig: CalDav) -> None:
    name = agree(at.store, mode="draft")
    ours = courier(at, rig.server.url + rig.path)
    ours.deliver(DUE)
    assert at.states(name)[0] == "laid"
    path = at.file()
    (at.root / "sent" / path.name).write_bytes(path.read_bytes().replace(b"Thursday", b"Friday"))
    path.unlink()
    ours.deliver(DUE + timedelta(hours=1))
    assert at.states(name)[0] == "sent"
    assert titles(rig) == []


@pytest.mark.parametrize("case", ["no invitation", "off"])
def test_nothing_is_written_that_was_not_to_be(at: Desk, rig: CalDav, case: str) -> None:
    agree(at.store, invites=case != "no invitation")
    courier(at, rig.server.url + rig.path, book="off" if case == "off" else "auto").deliver(DUE)
    assert titles(rig) == []


def test_a_calendar_that_may_not_be_written_to_is_named_and_the_mail_is_sent_all_the_same(at: Desk, rig: CalDav, quirks: Quirks) -> None:
    name = agree(at.store)
    quirks.before = lambda ask: Told(403) if ask.method == "PUT" else None
    made = caldav.Calendar(caldav.Settings(quirks.url + rig.path, "dana", "secret"), REP.working.zone, False, NOW)
    with pytest.raises(NeedsHuman, match=rig.name):
        made.book(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    ours = courier(at, quirks.url + rig.path)
    ours.deliver(DUE)
    assert at.states(name) == ("sent", "sent")
    assert ours.next_due()


def settled(at: Desk, name: str, *, sent: bool) -> None:
    Acts(at.store, at.rules, Terms("send"), at.premise).settle(at.card(name).key, sent, DUE + timedelta(minutes=1))


@pytest.mark.parametrize("sent", [True, False])
def test_a_mail_in_doubt_that_the_rep_says_was_sent_has_its_meeting_in_the_calendar_once(
    store: Store, tmp_path: Path, rig: CalDav, sent: bool
) -> None:
    at = desk(store, tmp_path, Faulty)
    assert isinstance(at.outbox, Faulty)
    at.outbox.faults["send"] = [Unsure("lost")]
    name, ours = agree(store), courier(at, rig.server.url + rig.path)
    ours.deliver(DUE)
    assert (at.states(name), titles(rig)) == (("held", "held"), [])
    settled(at, name, sent=sent)
    due = ours.next_due()
    for hour in (1, 2):
        ours.deliver(DUE + timedelta(hours=hour))
    assert len(titles(rig)) == sent
    assert due == DUE + timedelta(minutes=1)
    assert (at.states(name)[1], ours.next_due()) == ("sent" if sent else "failed", None)


def test_a_meeting_that_is_in_no_calendar_yet_is_shown_with_its_mail_until_it_is(at: Desk, rig: CalDav, quirks: Quirks) -> None:
    name = agree(at.store)
    quirks.before = lambda ask: Told(403) if ask.method == "PUT" else None
    ours = courier(at, quirks.url + rig.path)
    ours.deliver(DUE)
    with at.store.read() as connection:
        (shown,) = tray(connection).sent
        assert bookings.faults(connection) == [shown.says]
    assert "not in your calendar yet" in shown.says
    assert "does not let us write" in shown.says
    quirks.before = lambda _ask: None
    due = ours.next_due()
    assert due
    ours.deliver(due)
    with at.store.read() as connection:
        assert bookings.faults(connection) == []
    assert (at.delivery(name).says, len(titles(rig))) == ("", 1)


def test_a_meeting_that_the_calendar_refuses_for_good_is_shown_for_good_and_not_tried_again(at: Desk, rig: CalDav, quirks: Quirks) -> None:
    name = agree(at.store)
    quirks.before = lambda ask: Told(400) if ask.method == "PUT" else None
    ours = courier(at, quirks.url + rig.path)
    ours.deliver(DUE)
    assert "enter it yourself" in at.delivery(name).says
    assert (at.states(name), ours.next_due()) == (("sent", "sent"), None)


def test_a_meeting_that_fails_in_a_way_that_nobody_foresaw_keeps_no_other_and_is_tried_again(at: Desk) -> None:
    booked = list[bytes]()

    class Diary:
        def book(self, event: bytes) -> None:
            if b"UID:u1@" in event and not booked:
                raise ValueError("a bug")
            booked.append(event)

    bad = agree(at.store)
    agreed(at.store, replace(INVITATION, uid="u2@northwind.example"), "a-2")
    ours = Courier(at.store, at.outbox, at.premise, at.rules, diary=Diary())
    ours.deliver(DUE)
    assert [b"UID:u2@" in event for event in booked] == [True]
    assert "not foreseen (ValueError)" in at.delivery(bad).says
    due = ours.next_due()
    assert due
    ours.deliver(due)
    assert [b"UID:u1@" in event for event in booked] == [False, True]
    assert (at.delivery(bad).says, ours.next_due()) == ("", None)


def test_a_meeting_that_was_put_off_by_a_clock_that_was_wrong_does_not_wait_for_that_time(at: Desk) -> None:
    asked = list[bytes]()

    class Diary:
        def book(self, event: bytes) -> None:
            asked.append(event)
            if len(asked) == 1:
                raise Unavailable("no answer")

    agree(at.store)
    ours = Courier(at.store, at.outbox, at.premise, at.rules, diary=Diary())
    ours.deliver(DUE + timedelta(days=400))
    assert len(asked) == 1
    ours.deliver(DUE)
    assert (len(asked), ours.next_due()) == (2, None)


def test_without_a_calendar_to_write_to_nothing_is_kept_for_one(at: Desk, rig: CalDav) -> None:
    agree(at.store)
    at.deliver()
    assert at.courier.next_due() is None
    courier(at, rig.server.url + rig.path).deliver(DUE + timedelta(hours=1))
    assert titles(rig) == []


# -------------------------------------------------------------------------------------------------------------- moved


def noted(rig: CalDav, *lines: str) -> None:
    """The rep writes something into the event that stands there."""
    made = raw(rig).replace("END:VEVENT", "\r\n".join([*lines, "END:VEVENT"]))
    assert rig.client.put(place(rig), content=made.encode(), headers={"Content-Type": "text/calendar; charset=utf-8"}).is_success


ALARM = ("BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Soon", "TRIGGER:-PT10M", "DURATION:PT1M", "REPEAT:2", "END:VALARM")


def test_a_meeting_that_is_agreed_for_another_time_is_moved_and_stays_what_the_rep_made_of_it(at: Desk, rig: CalDav) -> None:
    agree(at.store)
    ours = courier(at, rig.server.url + rig.path)
    ours.deliver(DUE)
    noted(rig, "LOCATION:Room 7", *ALARM)
    agreed(at.store, MOVED, "a-2")
    for hour in (0, 1):
        ours.deliver(DUE + timedelta(hours=hour))
        (event,) = icalendar.Calendar.from_ical(raw(rig)).walk("VEVENT")
        assert (event["UID"], event["SEQUENCE"], str(event["LOCATION"])) == ("u1@northwind.example", 1, "Room 7")
        assert (event["DTSTART"].dt, event["DTEND"].dt) == (MOVED.start, MOVED.end)
        assert str(event["SUMMARY"]) == INVITATION.title.strip()
        assert [each["DURATION"].dt for each in event.walk("VALARM")] == [timedelta(minutes=1)]
    assert ours.next_due() is None


def test_a_meeting_is_moved_wherever_the_rep_has_put_it_and_stands_there_once(at: Desk, rig: CalDav) -> None:
    mine = "BEGIN:VEVENT\nUID:u1@northwind.example\nDTSTAMP:20260301T000000Z\nDTSTART:20260308T200000Z\n"
    mine += "DURATION:PT1H\nSUMMARY:Mine\nEND:VEVENT"
    rig.put("mine.ics", vcalendar(mine))
    agreed(at.store, MOVED)
    courier(at, rig.server.url + rig.path).deliver(DUE)
    assert titles(rig) == ["Mine"]
    (event,) = icalendar.Calendar.from_ical(raw(rig)).walk("VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt, "DURATION" in event) == (MOVED.start, MOVED.end, False)


def test_a_meeting_that_stood_nowhere_is_entered_at_its_new_time(at: Desk, rig: CalDav) -> None:
    agreed(at.store, MOVED)
    courier(at, rig.server.url + rig.path).deliver(DUE)
    assert titles(rig) == ["Kiln"]


def test_an_event_that_the_rep_changes_at_this_very_moment_is_moved_after_that(at: Desk, rig: CalDav, quirks: Quirks) -> None:
    agree(at.store)
    courier(at, rig.server.url + rig.path).deliver(DUE)
    agreed(at.store, MOVED, "a-2")

    def meanwhile(ask: Ask) -> None:
        if ask.method == "PUT" and "Room" not in raw(rig):
            noted(rig, "LOCATION:Room 7")

    quirks.before = meanwhile
    ours = courier(at, quirks.url + rig.path)
    ours.deliver(DUE)
    assert "DTSTART:20260308T2000" in raw(rig)
    due = ours.next_due()
    assert due
    ours.deliver(due)
    text = raw(rig)
    assert "DTSTART:20260309T2000" in text
    assert "LOCATION:Room 7" in text
    assert ours.next_due() is None


def test_a_meeting_that_stands_elsewhere_in_the_account_is_named_where_it_would_have_to_be_moved(
    at: Desk, rig: CalDav, quirks: Quirks
) -> None:
    name = agreed(at.store, MOVED)
    body = b'<D:error xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><C:no-uid-conflict/></D:error>'
    quirks.before = lambda ask: Told(409, body) if ask.method == "PUT" else None
    ours = courier(at, quirks.url + rig.path)
    ours.deliver(DUE)
    assert "another place of this account" in at.delivery(name).says
    assert ours.next_due() is None


def test_a_series_that_the_rep_has_made_of_it_is_not_moved_and_that_is_said(at: Desk, rig: CalDav) -> None:
    agree(at.store)
    ours = courier(at, rig.server.url + rig.path)
    ours.deliver(DUE)
    noted(rig, "RRULE:FREQ=WEEKLY;COUNT=3")
    before, name = raw(rig), agreed(at.store, MOVED, "a-2")
    ours.deliver(DUE)
    assert raw(rig) == before
    assert "move it yourself" in at.delivery(name).says


def test_an_older_invitation_that_comes_late_moves_nothing_back(at: Desk, rig: CalDav) -> None:
    agreed(at.store, MOVED, "a-2")
    ours = courier(at, rig.server.url + rig.path)
    ours.deliver(DUE)
    agree(at.store)
    ours.deliver(DUE)
    assert "DTSTART:20260309T2000" in raw(rig)
    assert len(titles(rig)) == 1
