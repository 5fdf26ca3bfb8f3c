"""CalDAV: the law of a source on servers of two makes, discovery, and what servers refuse."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from agent.errors import NeedsHuman
from connectors import caldav
from tests.contracts.source import Held, SourceContract
from tests.rigs.caldav import NOW, ZONE, CalDav, Radicale, Server, Xandikos
from tests.rigs.folder import vcalendar

MAKES = {"radicale": Radicale, "xandikos": Xandikos}
_names = count(1)


@pytest.fixture(scope="module", params=list(MAKES))
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = MAKES[request.param](tmp_path_factory.mktemp(request.param))
    yield made
    made.close()


@pytest.fixture
def rig(server: Server) -> Iterator[CalDav]:
    made = CalDav(server, f"work{next(_names)}")
    yield made
    made.client.delete(made.path)
    made.close()


class TestContract(SourceContract):
    pass


def test_calendars_are_found_from_the_servers_address_and_chosen_by_name(rig: CalDav) -> None:
    rig.add()
    found = caldav.Calendar(caldav.Settings(rig.server.url, "dana", "secret", calendars=(rig.name,)), ZONE, False, NOW)
    assert [c.event.title for c in found.pull(None).items] == sorted(rig.there())


def test_a_calendar_that_is_not_there_needs_a_person_who_is_told_which_are(rig: CalDav) -> None:
    with pytest.raises(NeedsHuman, match=f"no calendar 'Holidays'.*{rig.name}"):
        caldav.Calendar(caldav.Settings(rig.server.url, "dana", "secret", calendars=("Holidays",)), ZONE, False, NOW).pull(None)


def test_a_series_and_its_exception_lie_in_one_resource_and_go_together(rig: CalDav) -> None:
    def part(lines: str) -> str:
        return f"BEGIN:VEVENT\nUID:s@x\nDTSTAMP:20260301T000000Z\n{lines}\nEND:VEVENT"

    series = part("DTSTART:20260303T150000Z\nDTEND:20260303T160000Z\nRRULE:FREQ=WEEKLY;COUNT=4\nSUMMARY:Weekly")
    moved = part("RECURRENCE-ID:20260310T150000Z\nDTSTART:20260311T150000Z\nDTEND:20260311T160000Z\nSUMMARY:Moved")
    rig.put("s.ics", vcalendar(series, moved))
    held = Held(rig, rig.source())
    held.pull()
    assert held.marks == ["Moved", "Weekly"]
    rig.put("s.ics", vcalendar(series))
    held.pull()
    assert held.marks == ["Weekly"]
