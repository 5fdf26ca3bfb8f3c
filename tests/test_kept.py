"""What is stored of a calendar is what was read from it."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agent.cycle import kept
from agent.facts import calendar as ical

ZONE = ZoneInfo("America/New_York")
OWN_ZONE = """BEGIN:VTIMEZONE
TZID:Office
BEGIN:STANDARD
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
END:VTIMEZONE
"""
EVENTS = {
    "single": "DTSTART:20260305T150000Z\nDURATION:PT30M",
    "described": "DTSTART;TZID=Office:20260305T100000\nDTEND;TZID=Office:20260305T110000\nRRULE:FREQ=WEEKLY;UNTIL=20260601T000000Z",
    "series": "DTSTART;TZID=Europe/Berlin:20260305T100000\nRRULE:FREQ=MONTHLY;BYDAY=1TH,-1FR;COUNT=9\nEXRULE:FREQ=YEARLY\n"
    "EXDATE;TZID=Europe/Berlin:20260402T100000\nRDATE;VALUE=PERIOD:20260310T100000Z/PT2H,20260311T100000Z/20260311T113000Z",
    "override": "RECURRENCE-ID;RANGE=THISANDFUTURE:20260312T100000Z\nDTSTART:20260312T110000Z\nSTATUS:CANCELLED",
    "all day": "DTSTART;VALUE=DATE:20260305\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20260306",
    "day of a series": "RECURRENCE-ID;VALUE=DATE:20260307\nDTSTART;VALUE=DATE:20260308",
    "guests": 'DTSTART:20260305T150000Z\nORGANIZER;CN=Pat;SENT-BY="mailto:lou@acme.example":mailto:pat@acme.example\n'
    "ATTENDEE;PARTSTAT=DECLINED;CUTYPE=ROOM;CN=Zoë:mailto:room@acme.example\nSUMMARY:Größe\nCLASS:PRIVATE\nSEQUENCE:3",
}


@pytest.mark.parametrize("name", EVENTS)
def test_a_component_comes_back_as_it_was(name: str) -> None:
    text = f"BEGIN:VCALENDAR\n{OWN_ZONE}BEGIN:VEVENT\nUID:a@x\nDTSTAMP:20260301T000000Z\n{EVENTS[name]}\nEND:VEVENT\nEND:VCALENDAR\n"
    (read,) = ical.read(text.encode(), ZONE).components
    again = kept.loads(kept.dumps(read))
    window = (read.event.start.replace(year=2025), read.event.start.replace(year=2027))
    assert kept.dumps(again) == kept.dumps(read)
    assert ical.instances([again], window, window) == ical.instances([read], window, window)
    assert (again.event, again.recurrence_id, again.exdates, again.rdates) == (read.event, read.recurrence_id, read.exdates, read.rdates)


def test_the_sample_calendar_comes_back_as_it_was() -> None:
    read = ical.read(Path("config/demo/calendar.ics").read_bytes(), ZONE).components
    assert [kept.loads(kept.dumps(one)) for one in read] == list(read)
