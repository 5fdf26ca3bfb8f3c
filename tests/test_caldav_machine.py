"""The law of a source on calendar servers of two makes, whatever happens to the calendars and to the server."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from agent.errors import Unavailable
from connectors import caldav
from tests.contracts.source import Held, news
from tests.rigs.caldav import NOW, ZONE, CalDav, Radicale, Server, Xandikos
from tests.rigs.cut import Cut
from tests.rigs.folder import vcalendar

PLACE: list[tuple[Server, Cut]] = []
_names = count(1)


def event(number: int, version: int, day: int, *, moved: int | None = None, weekly: bool = False, cancelled: bool = False) -> list[str]:
    """One resource: an event, or a series with perhaps one instance that was moved."""

    def part(when: str, more: str = "") -> str:
        status = "STATUS:CANCELLED\n" if cancelled else ""
        text = (
            f"UID:m{number}@cal.example\nDTSTAMP:20260301T000000Z\n{when}\n{more}{status}SUMMARY:{number} {version}\nSEQUENCE:{version}\n"
        )
        return f"BEGIN:VEVENT\n{text}END:VEVENT"

    parts = [part(f"DTSTART:202603{day:02}T150000Z\nDURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3\n" if weekly else "")]
    if weekly and moved is not None:
        parts.append(part(f"RECURRENCE-ID:202603{day:02}T150000Z\nDTSTART:202603{day:02}T{moved:02}0000Z\nDURATION:PT1H"))
    return parts


class Calendars(RuleBasedStateMachine):
    """After any pull that succeeds what is folded is what is there: each component with its version, start and state."""

    @initialize()
    def begin(self) -> None:
        self.server, self.cut = PLACE[0]
        self.cut.after = None
        self.rig = CalDav(self.server, f"machine{next(_names)}")
        self.there: dict[int, list[str]] = {}
        self.last = self.version = 0
        self.mine = Held(self.rig, self.source())
        self.put(0, event(0, 0, 1), True)  # one that stays: a calendar that is suddenly empty is another matter

    def source(self) -> caldav.Calendar:
        made = caldav.Settings(f"http://127.0.0.1:{self.cut.port}{self.rig.path}", "dana", "secret")
        return caldav.Calendar(made, ZONE, False, NOW)

    def put(self, number: int, parts: list[str], look: bool) -> None:
        self.rig.put(f"m{number}.ics", vcalendar(*parts))
        self.there[number] = parts
        self.looked(look)

    def looked(self, look: bool) -> None:
        """What came of one act is told apart from what the next one adds."""
        self.pulled = False
        if look:
            self.mine.pull()
            self.pulled = True

    def some(self, data: Any) -> int:
        return int(data.draw(st.sampled_from(sorted(self.there.keys() - {0}))))

    @rule(day=st.integers(1, 9), weekly=st.booleans(), look=st.booleans())
    def plan(self, day: int, weekly: bool, look: bool) -> None:
        self.last += 1
        self.put(self.last, event(self.last, 0, day, weekly=weekly), look)

    @precondition(lambda self: len(self.there) > 1)
    @rule(data=st.data(), day=st.integers(1, 9), moved=st.none() | st.integers(10, 20), cancelled=st.booleans(), look=st.booleans())
    def reschedule_or_cancel(self, data: Any, day: int, moved: int | None, cancelled: bool, look: bool) -> None:
        self.version += 1
        number = self.some(data)
        self.put(number, event(number, self.version, day, weekly=moved is not None, moved=moved, cancelled=cancelled), look)

    @precondition(lambda self: len(self.there) > 1)
    @rule(data=st.data(), look=st.booleans())
    def delete(self, data: Any, look: bool) -> None:
        number = self.some(data)
        assert self.rig.client.delete(f"{self.rig.path}m{number}.ics").status_code in (200, 204)
        del self.there[number]
        self.looked(look)

    @rule()
    def restart(self) -> None:
        self.mine.source = self.source()

    @rule()
    def forget_the_cursor(self) -> None:
        self.mine.cursor = "expired"
        self.pulled = False

    @rule(day=st.booleans())
    def look(self, day: bool) -> None:
        if day:
            source: Any = self.mine.source
            source.now = source.now.replace(day=source.now.day % 28 + 1)
        self.mine.pull()
        self.pulled = True

    @rule(after=st.integers(0, 4000))
    def look_on_a_line_that_breaks(self, after: int) -> None:
        self.cut.after = after
        try:
            self.mine.pull()
            self.pulled = True
        except Unavailable:
            pass
        finally:
            self.cut.after = None

    @invariant()
    def what_is_held_is_what_is_there(self) -> None:
        if getattr(self, "pulled", False):
            assert self.held() == self.expected()
            assert news(self.mine.pull()) == 0

    def held(self) -> list[tuple[str, str]]:
        return sorted((one.uid, one.event.title) for one in self.mine.items.values())

    def expected(self) -> list[tuple[str, str]]:
        titles = ((number, part.split("SUMMARY:")[1].split("\n")[0]) for number, parts in self.there.items() for part in parts)
        return sorted((f"m{number}@cal.example", title) for number, title in titles)

    def teardown(self) -> None:
        if hasattr(self, "rig"):
            self.rig.client.delete(self.rig.path)
            self.rig.close()


@pytest.mark.parametrize("make", [Radicale, Xandikos])
def test_the_law_of_a_source_holds_whatever_happens_to_the_calendar(make: type[Server], tmp_path: Path) -> None:
    server = make(tmp_path)
    cut = Cut(server.port)
    PLACE[:] = [(server, cut)]
    rules = settings(max_examples=8, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck))
    try:
        run_state_machine_as_test(Calendars, settings=rules)
    finally:
        cut.close()
        server.close()


def test_a_server_that_was_killed_and_started_again_is_followed_further(tmp_path: Path) -> None:
    server = Radicale(tmp_path)
    rig = CalDav(server, "work")
    try:
        for _ in range(3):
            rig.add()
        mine = Held(rig, rig.source())
        mine.pull()
        server.stop()
        with pytest.raises(Unavailable):
            mine.pull()
        server.start()
        assert news(mine.pull()) == 0
        rig.remove(mine.marks[0])
        rig.add()
        mine.pull()
        assert mine.marks == sorted(rig.there())
    finally:
        rig.close()
        server.close()
