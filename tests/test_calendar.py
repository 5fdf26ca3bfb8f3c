"""Calendars: what is read, what is quarantined, what a series expands to, and which of several copies counts."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.facts.calendar import Component, Expanded, Parsed, Unreadable, instances, merge, read
from agent.model import Event

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 3, 5, 20, tzinfo=UTC)
WINDOW = NOW - timedelta(days=365), NOW + timedelta(days=400)
LISTING = NOW - timedelta(days=30), NOW + timedelta(days=90)
STAMP = "DTSTAMP:20260301T000000Z"
TEN = "DTSTART:20260310T100000Z"


def ics(*events: str, extra: str = "") -> bytes:
    """Events are lines between BEGIN and END, without UID where it does not matter."""
    blocks = [
        f"BEGIN:VEVENT\n{text if 'UID' in text else f'UID:e{n}@x.example' + chr(10) + text}\nEND:VEVENT" for n, text in enumerate(events)
    ]
    return (
        "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *filter(None, [extra]), *blocks, "END:VCALENDAR", ""]).replace("\n", "\r\n").encode()
    )


def parsed(*events: str, extra: str = "") -> Parsed:
    return read(ics(*events, extra=extra), ZONE)


def expanded(*events: str, extra: str = "") -> Expanded:
    return instances(merge(parsed(*events, extra=extra).components), WINDOW, LISTING)


def starts(*events: str, extra: str = "") -> list[str]:
    return sorted(f"{event.start:%m-%dT%H:%M}" for event in expanded(*events, extra=extra).events)


def one(text: str, extra: str = "") -> Event:
    (component,) = parsed(text, extra=extra).components
    return component.event


def why(text: str) -> str:
    (fault,) = parsed(text).quarantined
    return fault.why


# ------------------------------------------------------------------------------------------------------------- files


@pytest.mark.parametrize("data", [b"", b"\r\n", b"\xef\xbb\xbf", b"BEGIN:VCALENDAR\nEND:VCALENDAR"])
def test_a_calendar_without_items_is_a_calendar(data: bytes) -> None:
    assert read(data, ZONE) == Parsed(())


@pytest.mark.parametrize("data", [b"<html>", b"BEGIN:VEVENT\nEND:VEVENT", ics(TEN)[:-20], b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\n"])
def test_no_calendar_or_half_of_one_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(data, ZONE)


def test_an_event_that_does_not_end_costs_only_itself() -> None:
    data = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n{TEN}\nBEGIN:VEVENT\nUID:b\n{TEN}\nEND:VEVENT\nEND:VCALENDAR".encode()
    result = read(data, ZONE)
    assert [c.uid for c in result.components] == ["b"]
    assert [q.item for q in result.quarantined] == ["a"]


def test_folds_inside_of_a_character_are_undone() -> None:
    data = ics(f"{TEN}\nSUMMARY:Caf@").replace(b"@\r\nEND", "é".encode()[:1] + b"\r\n " + "é".encode()[1:] + b"\r\nEND")
    assert read(data, ZONE).components[0].event.title == "Café"


def test_bytes_that_are_no_utf8_are_windows_1252_in_their_line_alone() -> None:
    data = ics(f"{TEN}\nSUMMARY:Caf?\nLOCATION:Köln").replace(b"?", b"\xe9")
    event = read(data, ZONE).components[0].event
    assert (event.title, event.location) == ("Café", "Köln")


def test_text_and_parameters_are_unescaped() -> None:
    event = one(f'{TEN}\nSUMMARY:A\\, b\\; c\\\\n\nATTENDEE;CN="Lee; Pat^, x:y";PARTSTAT=accepted:mailto:pat@acme.example')
    assert event.title == "A, b; c\\n"
    assert event.guests[0].address.email == "pat@acme.example"
    assert event.guests[0].status == "accepted"


def test_todos_journals_and_alarms_are_no_events() -> None:
    data = b"BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:t\nDTSTART:20260310T100000Z\nEND:VTODO\nBEGIN:VFREEBUSY\nEND:VFREEBUSY\nEND:VCALENDAR"
    assert read(data, ZONE).components == ()


# ------------------------------------------------------------------------------------------------------------- times


@pytest.mark.parametrize(
    ("line", "hour"),
    [
        ("DTSTART:20260310T100000", 14),
        ("DTSTART:20260310T100000Z", 10),
        ("DTSTART;TZID=Europe/Berlin:20260310T100000", 9),
        ("DTSTART;TZID=europe/berlin:20260310T100000", 9),
        ("DTSTART;TZID=W. Europe Standard Time:20260310T100000", 9),
        ('DTSTART;TZID="Tokyo Standard Time":20260310T100000', 1),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20260310T100000", 9),
        ("DTSTART;TZID=/softwarestudio.org/Tzfile/America/Argentina/Buenos_Aires:20260310T100000", 13),
    ],
)
def test_zones(line: str, hour: int) -> None:
    assert one(line).start == datetime(2026, 3, 10, hour, tzinfo=UTC)


OWN_ZONE = """BEGIN:VTIMEZONE
TZID:Harbour
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE"""


@given(st.integers(0, 63 * 365 * 24).map(lambda hours: datetime(1997, 1, 1, tzinfo=UTC).replace(tzinfo=None) + timedelta(hours=hours)))
def test_a_zone_that_only_the_file_knows_is_as_it_says(moment: datetime) -> None:
    """Berlin has followed this rule since 1996."""
    text = f"DTSTART;TZID=Harbour:{moment:%Y%m%dT%H%M%S}"
    assert one(text, OWN_ZONE).start == moment.replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)


def test_an_unknown_zone_quarantines_the_event_and_names_its_people() -> None:
    result = parsed("UID:u\nDTSTART;TZID=Atlantis:20260310T100000\nATTENDEE:mailto:Sal+x@romano.example", TEN)
    assert len(result.components) == 1
    (fault,) = result.quarantined
    assert (fault.item, set(fault.names)) == ("u", {"sal@romano.example"})
    assert "Atlantis" in fault.why


@pytest.mark.parametrize(
    "line", ["SUMMARY:x", "DTSTART:soon", "DTSTART:20261310T100000Z", "DTSTART:00000101T000000Z", "DTSTART:20260310T99"]
)
def test_without_readable_start_it_is_no_event(line: str) -> None:
    assert "DTSTART" in why(line)


@pytest.mark.parametrize(
    ("lines", "minutes"),
    [
        ("DTEND:20260310T103000Z", 30),
        ("DURATION:PT1H30M", 90),
        ("DURATION:P1W", 10080),
        ("", 0),
        ("DTEND:20260310T090000Z", 0),
        ("DURATION:-PT1H", 0),
        ("DURATION:an hour", 0),
        ("DTEND;TZID=Europe/Berlin:20260310T120000", 60),
    ],
)
def test_ends(lines: str, minutes: int) -> None:
    event = one(f"{TEN}\n{lines}")
    assert event.end - event.start == timedelta(minutes=minutes)


@pytest.mark.parametrize("end", ["", "DTEND;VALUE=DATE:20260308", "DURATION:P1D", "DTEND;VALUE=DATE:20260309"])
def test_all_day_is_from_midnight_to_midnight_of_the_rep_whatever_the_clock_does(end: str) -> None:
    event = one(f"DTSTART;VALUE=DATE:20260308\n{end}")
    assert event.all_day
    assert event.start == datetime(2026, 3, 8, 5, tzinfo=UTC)
    assert event.end == datetime(2026, 3, 9, 4, tzinfo=UTC)


def test_a_fault_in_a_field_that_is_not_needed_costs_the_field() -> None:
    result = parsed(f"{TEN}\nSEQUENCE:many\nDTSTAMP:never\nDURATION:long\nEXDATE:x\nRDATE:y\nORGANIZER:nobody")
    assert result.quarantined == ()
    assert len(result.warnings) == 5
    assert result.components[0].event.organizer is None


def test_without_uid_the_id_is_made_of_the_content() -> None:
    bare = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{TEN}\nSUMMARY:%s\nEND:VEVENT\nEND:VCALENDAR"
    first, again, other = (read((bare % title).encode(), ZONE).components[0].uid for title in ("a", "a", "b"))
    assert first == again != other


# ------------------------------------------------------------------------------------------------------------ fields


@pytest.mark.parametrize(
    ("line", "email"),
    [
        ("ORGANIZER;EMAIL=dana@northwind.example:urn:uuid:1", "dana@northwind.example"),
        ("ORGANIZER:MAILTO:Dana@Northwind.example", "dana@northwind.example"),
        ("ORGANIZER:dana@northwind.example", "dana@northwind.example"),
        ("ORGANIZER:invalid:nomail", None),
    ],
)
def test_an_address_is_the_email_parameter_else_the_value_without_scheme_else_nobody(line: str, email: str | None) -> None:
    organizer = one(f"{TEN}\n{line}").organizer
    assert (organizer.email if organizer else None) == email


@pytest.mark.parametrize(
    ("lines", "flags"),
    [
        ("CLASS:PRIVATE", "private"),
        ("CLASS:confidential", "private"),
        ("TRANSP:TRANSPARENT", "free"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", "free"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE\nTRANSP:OPAQUE", ""),
        ("STATUS:CANCELLED", "cancelled"),
        ("TRANSP:TRANSPARENT\nSUMMARY:Canceled: Demo", "cancelled free"),
        ("TRANSP:TRANSPARENT\nSUMMARY:Abgesagt: Demo", "cancelled free"),
        ("SUMMARY:Canceled: Demo", ""),
    ],
)
def test_flags(lines: str, flags: str) -> None:
    event = one(f"{TEN}\n{lines}")
    assert " ".join(name for name in ("cancelled", "free", "private") if getattr(event, name)) == flags


# ------------------------------------------------------------------------------------------------------------ series

WEEKLY = "UID:s\nDTSTART;TZID=America/New_York:20260303T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3"


def test_a_weekly_series_keeps_its_local_time_across_the_change_of_the_clock() -> None:
    assert starts(WEEKLY) == ["03-03T15:00", "03-10T14:00", "03-17T14:00"]


def test_instances_are_named_by_their_recurrence_id_in_utc() -> None:
    assert [event.key for event in expanded(WEEKLY).events][1] == "s/2026-03-10T14:00:00Z"
    daily = "UID:d\nDTSTART;VALUE=DATE:20260307\nRRULE:FREQ=DAILY;COUNT=3"
    assert [e.instance for e in expanded(daily).events] == ["2026-03-07T05:00:00Z", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"]


@pytest.mark.parametrize("line", ["EXDATE:20260310T140000Z", "EXDATE;VALUE=DATE:20260310", "EXDATE;TZID=America/New_York:20260310T100000"])
def test_an_exdate_is_absent_and_no_cancellation(line: str) -> None:
    assert starts(f"{WEEKLY}\n{line}") == ["03-03T15:00", "03-17T14:00"]


def test_rdates_add_instances_also_with_zone_or_as_periods() -> None:
    lines = "RDATE;TZID=Europe/Berlin:20260401T100000\nRDATE;VALUE=PERIOD:20260402T100000Z/PT3H,20260403T100000Z/20260403T110000Z"
    events = expanded(f"{WEEKLY}\n{lines}").events
    assert [(f"{e.start:%m-%dT%H}", e.end - e.start) for e in events][3:] == [
        ("04-01T08", timedelta(hours=1)),
        ("04-02T10", timedelta(hours=3)),
        ("04-03T10", timedelta(hours=1)),
    ]


@pytest.mark.parametrize("until", ["20260310T140000Z", "20260310T100000", "20260310"])
def test_until_is_included_in_whichever_form(until: str) -> None:
    assert len(starts(WEEKLY.replace("COUNT=3", f"UNTIL={until}"))) == 2


@pytest.mark.parametrize("name", ["20260310T140000Z", "TZID"])
def test_an_override_replaces_its_instance(name: str) -> None:
    named = "RECURRENCE-ID;TZID=America/New_York:20260310T100000" if name == "TZID" else f"RECURRENCE-ID:{name}"
    events = expanded(WEEKLY, f"UID:s\n{named}\nDTSTART:20260311T160000Z\nSUMMARY:moved").events
    moved = next(event for event in events if event.title == "moved")
    assert len(events) == 3
    assert (moved.instance, moved.start) == ("2026-03-10T14:00:00Z", datetime(2026, 3, 11, 16, tzinfo=UTC))


def test_a_cancelled_override_is_a_cancelled_event() -> None:
    events = expanded(WEEKLY, "UID:s\nRECURRENCE-ID:20260310T140000Z\nDTSTART:20260310T140000Z\nSTATUS:CANCELLED").events
    assert [event.cancelled for event in sorted(events, key=lambda event: event.start)] == [False, True, False]


def test_a_cancelled_series_cancels_all_of_it() -> None:
    override = "UID:s\nRECURRENCE-ID:20260310T140000Z\nDTSTART:20260310T150000Z"
    assert all(event.cancelled for event in expanded(f"{WEEKLY}\nSTATUS:CANCELLED", override).events)


def test_an_override_of_nothing_is_an_event_of_its_own() -> None:
    alone = "UID:s\nRECURRENCE-ID:20260310T140000Z\nDTSTART:20260310T150000Z"
    assert starts(alone) == ["03-10T15:00"]
    assert starts(WEEKLY, alone.replace("20260310T14", "20260311T14")) == ["03-03T15:00", "03-10T14:00", "03-10T15:00", "03-17T14:00"]


def test_rescheduling_a_series_drops_the_exceptions_of_its_old_times() -> None:
    override = "UID:s\nSEQUENCE:1\nRECURRENCE-ID:20260310T140000Z\nDTSTART:20260310T150000Z"
    moved = WEEKLY.replace("T100000", "T110000") + "\nSEQUENCE:2"
    assert starts(moved, override) == ["03-03T16:00", "03-10T15:00", "03-17T15:00"]
    (second,) = [event for event in expanded(moved, override).events if event.start.day == 10]
    assert second.instance == "2026-03-10T15:00:00Z"


def test_an_override_may_hold_for_all_that_follow() -> None:
    override = "UID:s\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260310T140000Z\nDTSTART:20260310T160000Z\nDURATION:PT2H"
    assert starts(WEEKLY, override) == ["03-03T15:00", "03-10T16:00", "03-17T16:00"]


def test_single_events_count_at_any_distance_ahead() -> None:
    assert starts("DTSTART:20300310T100000Z") == ["03-10T10:00"]
    assert starts("DTSTART:20200310T100000Z") == []


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=2", "FREQ=DAILY;INTERVAL=0", "FREQ=SOMETIMES", "COUNT=3", "FREQ=DAILY;BYMONTH=13"]
)
def test_a_rule_that_is_not_expanded_quarantines_its_event_alone(rule: str) -> None:
    result = parsed(f"{TEN}\nRRULE:{rule}", TEN)
    assert (len(result.components), len(result.quarantined)) == (1, 1)


def test_more_than_a_thousand_instances_are_quarantined() -> None:
    busy = expanded("UID:b\nDTSTART:20260101T000000Z\nATTENDEE:mailto:pat@acme.example\nRRULE:FREQ=HOURLY", WEEKLY)
    assert [(q.item, set(q.names)) for q in busy.quarantined] == [("b", {"pat@acme.example"})]
    assert len(busy.events) == 3


@pytest.mark.parametrize(
    "lines",
    [
        "DTSTART:19000101T100000Z\nRRULE:FREQ=DAILY",
        "DTSTART:19000101T100000Z\nRRULE:FREQ=DAILY;COUNT=1000000000",
        "DTSTART:19000101T100000Z\nRRULE:FREQ=HOURLY;COUNT=1000000000;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=1,2,3,4,5",
        "DTSTART:20260101T100000Z\nRRULE:FREQ=DAILY\nEXRULE:FREQ=DAILY",
        "DTSTART:00010101T100000Z\nRRULE:FREQ=WEEKLY;COUNT=999999999;BYWEEKNO=1",
        "DTSTART:20260101T100000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "DTSTART:20260101T100000Z\nRRULE:FREQ=YEARLY;INTERVAL=999999999999999999999999",
        "DTSTART:99990101T100000Z\nRRULE:FREQ=DAILY",
        "DTSTART:20260101T100000Z\nDURATION:P999999999D\nRRULE:FREQ=DAILY",
        "DTSTART:20260101T100000Z\nRDATE:" + ",".join(["20260101T100000Z"] * 200_000),
        "DTSTART:20260101T100000Z\nRRULE:FREQ=DAILY;BYSETPOS=" + ",".join(["1"] * 100_000),
        "DTSTART:20260101T100000Z\n" + "ATTENDEE:mailto:a@acme.example\n" * 20_000,
        "DTSTART:20260101T100000Z\nSUMMARY:" + "\\" * 1_000_000,
        "DTSTART:20260101T100000Z\nATTENDEE" + ';X="' * 100_000 + ":mailto:a@b.example",
        "DTSTART:soon\nX:" + "a@" * 500_000,
        "DTSTART;TZID=" + "/a" * 100_000 + ":20260101T100000",
    ],
    ids=range(16),
)
def test_no_event_costs_more_than_a_second(lines: str) -> None:
    begin = time.process_time()
    expanded(lines)
    assert time.process_time() - begin < 1


# ------------------------------------------------------------------------------------------------------------ copies


def test_the_greater_sequence_counts_then_the_later_stamp() -> None:
    old, new = f"UID:m\n{TEN}\n{STAMP}\nSEQUENCE:1\nSUMMARY:old", f"UID:m\n{TEN}\nDTSTAMP:20260302T000000Z\nSEQUENCE:1\nSUMMARY:new"
    newest = "UID:m\nDTSTART:20260311T100000Z\nDTSTAMP:20260201T000000Z\nSEQUENCE:2\nSUMMARY:newest"
    assert merge(parsed(old, new).components)[0].event.title == "new"
    (winner,) = merge(parsed(newest, old, new).components)
    assert winner.event.title == "newest"
    assert winner.event.earlier == (datetime(2026, 3, 10, 10, tzinfo=UTC),)


@settings(max_examples=50)
@given(st.permutations([(0, 10), (1, 11), (1, 12), (2, 10), (2, 13)]))
def test_the_order_of_copies_does_not_matter(order: list[tuple[int, int]]) -> None:
    def copies(versions: list[tuple[int, int]]) -> tuple[Component, ...]:
        return parsed(*(f"UID:m\nDTSTART:20260310T{hour}0000Z\nSEQUENCE:{number}" for number, hour in versions)).components

    assert merge(copies(order)) == merge(copies(sorted(order)))
    assert merge(merge(copies(order))) == merge(copies(order))


def test_a_moved_series_remembers_where_each_instance_was() -> None:
    events = expanded(WEEKLY, WEEKLY.replace("T100000", "T110000") + "\nSEQUENCE:1").events
    assert [event.earlier for event in events] == [(event.start - timedelta(hours=1),) for event in events]


def test_an_event_is_shared_only_if_all_its_copies_are() -> None:
    shared = read(ics(f"UID:m\n{TEN}\nSEQUENCE:5"), ZONE, shared=True).components
    own = read(ics(f"UID:m\n{TEN}"), ZONE).components
    assert [merge(copies)[0].event.shared for copies in (shared, own, shared + own)] == [True, False, False]


@settings(max_examples=200, deadline=None)
@given(st.text('BEGIN:VCALENDAR\r\nEND:VEVENT;="\\T0123456789ZRULE,-DSFQ', max_size=400))
def test_nothing_in_an_event_breaks_the_reading(noise: str) -> None:
    try:
        result = read(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:u\n" + noise.encode() + b"\nEND:VEVENT\nEND:VCALENDAR", ZONE)
    except Unreadable:
        return
    instances(merge(result.components), WINDOW, LISTING)


def test_a_guest_by_an_exchange_name_is_the_address_in_cn() -> None:
    guest = 'ATTENDEE;CN="ed@acme.example":MAILTO:/O=EXCHANGELABS/OU=GROUP/CN=RECIPIENTS/CN=ED'
    assert [g.address.email for g in one(f"{TEN}\nSUMMARY:A\n{guest}").guests] == ["ed@acme.example"]
