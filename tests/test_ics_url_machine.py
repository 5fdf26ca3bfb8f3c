"""The law of a source on a published calendar, whatever happens to the document, its server and the way to it."""

from __future__ import annotations

from typing import Any, Literal

import httpx2
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from agent.errors import NeedsHuman, OnwardError, Unavailable
from connectors import _http
from tests.contracts.source import Held, news
from tests.rigs.ics_url import IcsUrl

Validator = Literal["strong", "weak", "dated", "none"]


class Published(RuleBasedStateMachine):
    """After any pull that succeeds what is folded is what is there; a pull that fails says so and changes nothing."""

    @initialize(validator=st.sampled_from(["strong", "weak", "dated", "none"]))
    def begin(self, validator: Validator) -> None:
        self.rig = IcsUrl()
        self.rig.server.validator = validator
        self.mine = Held(self.rig, self.rig.source())
        self.rig.add()  # one that stays: a calendar that is suddenly empty is another matter
        self.pulled = False

    def some(self, data: Any) -> str:
        return str(data.draw(st.sampled_from(sorted(self.rig.there(), key=lambda mark: int(mark.split()[1]))[1:])))

    @rule()
    def publish(self) -> None:
        self.rig.add()
        self.pulled = False

    @precondition(lambda self: len(self.rig.there()) > 1)
    @rule(data=st.data(), act=st.sampled_from(["change", "remove", "corrupt"]))
    def change(self, data: Any, act: str) -> None:
        getattr(self.rig, act)(self.some(data))
        self.pulled = False

    @rule(seconds=st.sampled_from([0, 1, 60]))
    def look(self, seconds: int) -> None:
        self.rig.server.clock += seconds
        self.mine.pull()
        self.pulled = True

    @rule(validator=st.sampled_from(["strong", "weak", "dated", "none"]))
    def serve_in_another_way(self, validator: Validator) -> None:
        self.rig.server.validator = validator

    @rule(trouble=st.sampled_from(["cut", "gone", 429, 500, 503]))
    def look_in_trouble(self, trouble: Any) -> None:
        self.in_trouble(trouble, Unavailable)

    @rule(status=st.sampled_from([401, 403, 404, 410]))
    def look_where_it_is_not(self, status: int) -> None:
        self.in_trouble(status, NeedsHuman)

    def in_trouble(self, trouble: Any, fault: type[OnwardError]) -> None:
        before = self.mine.cursor, self.mine.marks
        self.rig.server.trouble = trouble
        try:
            self.mine.pull()
        except fault:
            assert (self.mine.cursor, self.mine.marks) == before
        else:  # an answer that has no body cannot be cut
            assert trouble == "cut"
            self.pulled = True
        finally:
            self.rig.server.trouble = ""

    @rule(body=st.sampled_from([b"", b"<html>Please sign in</html>", None]))
    def look_at_what_is_no_calendar(self, body: bytes | None) -> None:
        """None: the document, cut where nothing tells so."""
        path, (status, headers, document) = "/team.ics", self.rig.server.routes["/team.ics"]
        self.rig.server.routes[path] = status, headers, document[:-30] if body is None else body
        before = self.mine.cursor, self.mine.marks
        with pytest.raises(NeedsHuman, match="no calendar"):
            self.mine.pull()
        assert (self.mine.cursor, self.mine.marks) == before
        self.rig.server.routes[path] = status, headers, document

    @rule(to=st.sampled_from(["/elsewhere.ics", "http://calendar.example/team.ics"]))
    def look_at_what_has_moved(self, to: str) -> None:
        document = self.rig.server.routes["/team.ics"]
        self.rig.server.routes |= {"/elsewhere.ics": document, "/team.ics": (302, {"Location": to}, b"")}
        if to.startswith("/"):
            self.mine.pull()
            self.pulled = True
        else:
            with pytest.raises(NeedsHuman, match="not https"):
                self.mine.pull()
        self.rig.server.routes["/team.ics"] = document

    @rule()
    def look_at_what_is_too_large(self) -> None:
        source: Any = self.mine.source
        source._site = _http.Site("calendar", limit=50)
        with pytest.raises(NeedsHuman, match="larger"):
            Held(self.rig, source).pull()
        self.mine.source = self.rig.source()

    @rule()
    def restart(self) -> None:
        self.mine.source = self.rig.source()

    @rule()
    def restart_the_server(self) -> None:
        self.rig.server.stop()
        with pytest.raises(Unavailable):
            self.mine.pull()
        self.rig.server.again()

    @rule()
    def forget_the_cursor(self) -> None:
        self.mine.cursor = "expired"
        self.pulled = False

    @invariant()
    def what_is_held_is_what_is_there(self) -> None:
        if getattr(self, "pulled", False):
            assert self.mine.marks == sorted(self.rig.there())
            assert len(self.mine.quarantined) == len(self.rig.items) - len(self.rig.there())
            assert news(self.mine.pull()) == 0

    def teardown(self) -> None:
        if hasattr(self, "rig"):
            self.rig.server.stop()


def test_the_law_of_a_source_holds_whatever_happens_to_what_is_published() -> None:
    rules = settings(max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Published, settings=rules)


def test_a_server_that_does_not_answer_in_time_is_asked_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    rig = IcsUrl()
    mine = Held(rig, rig.source())
    rig.add()
    mine.pull()
    monkeypatch.setattr(_http, "TIMEOUT", httpx2.Timeout(0.2))
    rig.server.trouble = "late"
    try:
        with pytest.raises(Unavailable, match="in time"):
            mine.pull()
        assert mine.marks == sorted(rig.there())
    finally:
        rig.server.stop()
