"""The calendar at a web address: the law of a source, and what web servers do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agent.errors import NeedsHuman, Unavailable
from connectors import _http, ics_url
from tests.contracts.source import SourceContract
from tests.rigs.folder import vcalendar, vevent
from tests.rigs.ics_url import ZONE, IcsUrl, Server


class TestContract(SourceContract):
    @pytest.fixture
    def rig(self) -> Iterator[IcsUrl]:
        rig = IcsUrl()
        yield rig
        rig.server.stop()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    server.routes["/team.ics"] = (200, {}, vcalendar(vevent(1, 1, True)))
    yield server
    server.stop()


def calendar(server: Server, path: str = "/team.ics", **login: str) -> ics_url.Calendar:
    return ics_url.Calendar(ics_url.Settings(f"http://127.0.0.1:{server.port}{path}", **login), ZONE)


def test_without_etags_an_unchanged_document_is_nothing_new(server: Server) -> None:
    server.validator = "none"
    source = calendar(server)
    first = source.pull(None)
    assert len(first.items) == 1
    again = source.pull(first.cursor)
    assert (again.items, again.reset, again.cursor) == ((), False, first.cursor)


def test_what_changes_within_the_second_of_last_modified_is_seen(server: Server) -> None:
    server.validator = "dated"
    source = calendar(server)
    first = source.pull(None)
    server.routes["/team.ics"] = (200, {}, vcalendar(vevent(1, 1, True), vevent(2, 1, True)))
    second = source.pull(first.cursor)
    assert len(second.items) == 2
    server.clock += 5
    third = source.pull(second.cursor)
    assert not third.items
    source.pull(third.cursor)
    assert "If-Modified-Since" in server.asked[-1][1]


def test_a_redirect_is_followed(server: Server) -> None:
    server.routes["/old.ics"] = (302, {"Location": "/team.ics"}, b"")
    assert len(calendar(server, "/old.ics").pull(None).items) == 1


def test_a_redirect_away_from_https_is_refused_and_not_followed(server: Server) -> None:
    server.routes["/old.ics"] = (302, {"Location": "http://calendar.example/team.ics"}, b"")
    with pytest.raises(NeedsHuman, match="not https"):
        calendar(server, "/old.ics").pull(None)


def test_a_circle_of_redirects_ends(server: Server) -> None:
    server.routes["/a"] = (302, {"Location": "/a"}, b"")
    with pytest.raises(NeedsHuman, match="circles"):
        calendar(server, "/a").pull(None)


def test_the_login_goes_to_no_other_server(server: Server) -> None:
    other = Server()
    other.routes["/team.ics"] = server.routes["/team.ics"]
    server.login = "dana:secret"
    server.routes["/team.ics"] = (302, {"Location": f"http://127.0.0.1:{other.port}/team.ics"}, b"")
    try:
        calendar(server, user="dana", password="secret").pull(None)
        assert any("Authorization" in headers for _, headers in server.asked)
        assert [headers.get("Authorization") for _, headers in other.asked] == [None]
    finally:
        other.stop()


def test_a_wrong_password_needs_a_person_and_is_not_shown(server: Server) -> None:
    server.login = "dana:secret"
    with pytest.raises(NeedsHuman, match="does not accept the login") as fault:
        calendar(server, user="dana", password="geheim").pull(None)
    assert "geheim" not in fault.value.told


@pytest.mark.parametrize("status", [429, 500, 502, 503, 507])
def test_a_server_in_trouble_is_asked_again_when_it_says(server: Server, status: int) -> None:
    server.routes["/team.ics"] = (status, {"Retry-After": "120"}, b"later")
    with pytest.raises(Unavailable) as fault:
        calendar(server).pull(None)
    assert fault.value.retry_after == 120
    server.routes["/team.ics"] = (status, {"Retry-After": "Thu, 05 Mar 2099 20:00:00 GMT"}, b"later")
    with pytest.raises(Unavailable) as fault:
        calendar(server).pull(None)
    assert fault.value.retry_after == _http.LONGEST


@pytest.mark.parametrize(
    ("when", "seconds"),
    [
        ("Thu, 05 Mar 2026 20:02:00 GMT", 120),
        ("Thursday, 05-Mar-26 20:02:00 GMT", 120),
        ("Thu Mar  5 20:02:00 2026", 120),
        ("Thu, 05 Mar 2026 19:00:00 GMT", 0),
        ("Thu, 05 Mar 2099 19:00:00 GMT", 86_400),
        ("9" * 5000, 86_400),
        ("soon", None),
        ("\xb2", None),
        ("-1", None),
        ("Thu, 05 Mar 99999999999999999999 20:02:00 GMT", None),
    ],
)
def test_a_moment_to_ask_again_is_judged_by_the_servers_own_clock(when: str, seconds: float | None) -> None:
    assert _http.retry_after({"retry-after": when, "date": "Thu, 05 Mar 2026 20:00:00 GMT"}) == seconds


def test_a_moment_without_the_servers_clock_means_nothing() -> None:
    assert _http.retry_after({"retry-after": "Thu, 05 Mar 2026 20:02:00 GMT"}) is None


def test_a_page_to_log_in_is_no_empty_calendar(server: Server) -> None:
    server.routes["/team.ics"] = (200, {"Content-Type": "text/html"}, b"<html><body>Please sign in</body></html>")
    with pytest.raises(NeedsHuman, match="no calendar"):
        calendar(server).pull(None)


def test_a_calendar_that_was_withdrawn_needs_a_person(server: Server) -> None:
    with pytest.raises(NeedsHuman, match="not there any more"):
        calendar(server, "/other.ics").pull(None)


def test_an_endless_document_ends_at_the_cap(server: Server) -> None:
    server.routes["/team.ics"] = (200, {}, b"X" * 2_000_000)
    site = _http.Site("calendar", limit=1_000_000)
    with pytest.raises(_http.TooLarge):
        site.ask("GET", f"http://127.0.0.1:{server.port}/team.ics")


def test_the_secret_in_an_address_is_in_no_sentence(server: Server) -> None:
    with pytest.raises(NeedsHuman) as fault:
        calendar(server, "/private-4f5e6d7c/basic.ics").pull(None)
    assert "4f5e6d7c" not in fault.value.told


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://calendar.example/team.ics", "https"),
        ("ftp://calendar.example/team.ics", "no web address"),
        ("https://dana:secret@calendar.example/team.ics", "holds a password"),
        ("team.ics", "no web address"),
    ],
)
def test_an_address_that_would_be_read_on_the_way_is_refused(url: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        ics_url.Settings(url)


def test_webcal_stands_for_https() -> None:
    assert _http.check("webcal://calendar.example/team.ics") == "https://calendar.example/team.ics"
