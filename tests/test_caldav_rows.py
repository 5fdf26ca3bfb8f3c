"""What broke other readers of CalDAV, one test each: a real server behind a proxy that does as other servers do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from agent.errors import NeedsHuman, Unavailable
from connectors import _dav, _http, caldav
from tests.contracts.source import Held, news
from tests.rigs import certificate
from tests.rigs.caldav import NOW, ZONE, CalDav, Radicale, Server, event
from tests.rigs.folder import vcalendar
from tests.rigs.numbered import written
from tests.rigs.quirks import Ask, Quirks, Told, refuses, rewrites

_names = count(1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Radicale(tmp_path_factory.mktemp("radicale"))
    yield made
    made.close()


@pytest.fixture
def rig(server: Server) -> Iterator[CalDav]:
    made = CalDav(server, f"work {next(_names)}".replace(" ", "-"))
    yield made
    made.client.delete(made.path)
    made.close()


@pytest.fixture
def quirks(server: Server) -> Iterator[Quirks]:
    made = Quirks(server.url)
    yield made
    made.close()


def source(quirks: Quirks, path: str, **more: Any) -> caldav.Calendar:
    given = {"user": "dana", "password": "secret"} | more
    return caldav.Calendar(caldav.Settings(f"{quirks.url}{path}", **given), ZONE, False, NOW)


@pytest.fixture
def held(rig: CalDav, quirks: Quirks) -> Held:
    """Three events, pulled through the proxy."""
    for _ in range(3):
        rig.add()
    made = Held(rig, source(quirks, rig.path))
    made.pull()
    assert made.marks == sorted(rig.there())
    return made


def changed(rig: CalDav, held: Held) -> None:
    """One more, one other, one less."""
    rig.add()
    rig.remove(held.marks[2])
    rig.change(held.marks[0])


# --------------------------------------------------------------------------------------------------- rows 49 to 51


@pytest.mark.parametrize("status", [400, 403, 404, 409, 412, 415, 418, 500, 501, 503, 507, 0])
def test_a_sync_report_that_is_refused_loses_nothing(rig: CalDav, held: Held, quirks: Quirks, status: int) -> None:
    changed(rig, held)
    quirks.before = refuses("sync-collection", status)
    batches = held.pull()
    assert not any(batch.reset for batch in batches)
    assert held.marks == sorted(rig.there())
    assert news(held.pull()) == 0
    quirks.before = lambda _: None
    rig.add()
    held.pull()
    assert held.marks == sorted(rig.there())


def test_a_removed_event_that_is_told_as_a_teapot_is_gone(rig: CalDav, held: Held, quirks: Quirks) -> None:
    changed(rig, held)
    teapot = "<propstat><prop/><status>HTTP/1.1 418 I'm a teapot</status></propstat></response>"
    quirks.after = rewrites(r"<status>HTTP/1\.1 404 Not Found</status></response>", teapot, "sync-collection")
    held.pull()
    assert any(ask.method == "GET" for ask in quirks.asked)  # what it had seen last says nothing of it any more
    assert held.marks == sorted(rig.there())
    assert news(held.pull()) == 0


def test_a_token_that_the_server_does_not_know_loses_nothing(rig: CalDav, held: Held, quirks: Quirks) -> None:
    changed(rig, held)

    def forgets(ask: Ask) -> Told | None:
        ask.body = (
            re.sub(rb"(<D:sync-token>)[^<]*", rb"\1http://radicale.org/ns/sync/bogus", ask.body)
            if ask.kind == "sync-collection"
            else ask.body
        )
        return None

    quirks.before = forgets
    held.pull()
    assert held.marks == sorted(rig.there())


def test_a_sync_that_is_told_in_parts_is_followed_to_its_end(rig: CalDav, held: Held, quirks: Quirks) -> None:
    changed(rig, held)
    parts: list[bytes] = []

    def parted(ask: Ask, told: Told) -> Told:
        """The first answer holds one change and says that there is more; the next one all."""
        if ask.kind == "sync-collection" and not parts:
            token = re.search(rb"<D:sync-token>([^<]*)", ask.body)
            assert token
            parts.append(token[1])
            first = re.search(rb"<response>.*?</response>", told.body, re.DOTALL)
            assert first
            more = f"<response><href>{rig.path}</href><status>HTTP/1.1 507 Insufficient Storage</status></response>".encode()
            rest = b"<sync-token>http://radicale.org/ns/sync/part</sync-token></multistatus>"
            return Told(207, b'<multistatus xmlns="DAV:">' + first[0] + more + rest, told.headers)
        return told

    def restored(ask: Ask) -> Told | None:
        ask.body = ask.body.replace(b"http://radicale.org/ns/sync/part", parts[0]) if parts else ask.body
        return None

    quirks.before, quirks.after = restored, parted
    held.pull()
    assert sum(ask.kind == "sync-collection" for ask in quirks.asked) == 2
    assert held.marks == sorted(rig.there())


def test_a_sync_that_says_there_is_more_and_gets_no_further_is_left(rig: CalDav, held: Held, quirks: Quirks) -> None:
    changed(rig, held)

    def stuck(ask: Ask) -> Told | None:
        if ask.kind != "sync-collection":
            return None
        token = re.search(rb"<D:sync-token>[^<]*</D:sync-token>", ask.body)
        more = f"<D:response><D:href>{rig.path}</D:href><D:status>HTTP/1.1 507 x</D:status></D:response>".encode()
        return Told(207, b'<D:multistatus xmlns:D="DAV:">' + more + (token[0] if token else b"") + b"</D:multistatus>")

    quirks.before = stuck
    held.pull()
    assert sum(ask.kind == "sync-collection" for ask in quirks.asked) == 1
    assert held.marks == sorted(rig.there())


def test_a_list_that_is_cut_short_removes_nothing(rig: CalDav, held: Held, quirks: Quirks) -> None:
    quirks.before = refuses("sync-collection", 403)

    def cut(ask: Ask, told: Told) -> Told:
        if ask.kind == "propfind" and ask.headers["depth"] == "1":
            more = f"<response><href>{rig.path}</href><status>HTTP/1.1 507 Insufficient Storage</status></response></multistatus>"
            told.body = re.sub(
                rb"(<response><href>[^<]*\.ics</href>.*?</response>)+</multistatus>", more.encode(), told.body, flags=re.DOTALL
            )
        return told

    quirks.after = cut
    rig.add()
    with pytest.raises(Unavailable, match="only a part"):
        held.pull()
    assert len(held.marks) == 3


def test_once_a_day_what_the_server_tells_of_changes_is_compared_with_what_it_has(rig: CalDav, held: Held, quirks: Quirks) -> None:
    changed(rig, held)
    quirks.before = lambda ask: (
        Told(207, b'<multistatus xmlns="DAV:"><sync-token>t</sync-token></multistatus>') if ask.kind == "sync-collection" else None
    )
    held.pull()
    assert held.marks != sorted(rig.there())
    held.source.now += timedelta(days=1)  # type: ignore[attr-defined]
    held.pull()
    assert held.marks == sorted(rig.there())
    assert news(held.pull()) == 0


@pytest.mark.parametrize("kind", ["sync-token", "CS:getctag"])
def test_a_token_made_of_the_clock_is_relied_on_when_its_second_is_over(rig: CalDav, quirks: Quirks, kind: str) -> None:
    clock = ["Thu, 05 Mar 2026 20:00:00 GMT"]

    def seconds(ask: Ask, told: Told) -> Told:
        told.headers["date"] = clock[0]
        other = "CS:getctag" if kind == "sync-token" else "sync-token"
        told.body = re.sub(rf"(<{kind}>)[^<]*".encode(), rb"\g<1>1772740800", re.sub(rf"<{other}>[^<]*</{other}>".encode(), b"", told.body))
        return told

    quirks.before, quirks.after = refuses("sync-collection", 403), seconds
    rig.add()
    mine = Held(rig, source(quirks, rig.path))
    mine.pull()
    rig.add()
    mine.pull()
    assert mine.marks == sorted(rig.there())
    clock[0] = "Thu, 05 Mar 2026 20:00:05 GMT"
    mine.pull()
    quirks.asked.clear()
    assert news(mine.pull()) == 0
    assert [ask.kind for ask in quirks.asked] == ["propfind"]


# ------------------------------------------------------------------------------------------------- other refusals


@pytest.mark.parametrize("status", [400, 403, 405, 413, 415, 500, 507])
def test_without_multiget_each_event_is_asked_for(rig: CalDav, quirks: Quirks, status: int) -> None:
    for _ in range(3):
        rig.add()
    quirks.before = refuses("calendar-multiget", status)
    mine = Held(rig, source(quirks, rig.path))
    mine.pull()
    assert mine.marks == sorted(rig.there())
    assert news(mine.pull()) == 0


def test_what_a_multiget_leaves_out_is_asked_for(rig: CalDav, quirks: Quirks) -> None:
    for _ in range(3):
        rig.add()
    quirks.after = rewrites(r"<response><href>[^<]*m2\.ics</href>.*?</response>", "", "calendar-multiget")
    mine = Held(rig, source(quirks, rig.path))
    mine.pull()
    assert mine.marks == sorted(rig.there())


def test_an_event_that_the_server_does_not_give_is_quarantined(rig: CalDav, quirks: Quirks) -> None:
    for _ in range(2):
        rig.add()
    quirks.before = lambda ask: (
        Told(403) if ask.kind == "calendar-multiget" or (ask.method == "GET" and ask.path.endswith("m2.ics")) else None
    )
    mine = Held(rig, source(quirks, rig.path))
    mine.pull()
    assert mine.marks == [written(1, 1)]
    assert [one.why for one in mine.quarantined.values()] == ["the server does not give it (HTTP 403)"]
    assert news(mine.pull()) == 0


def test_a_kept_connection_that_was_dropped_is_made_again(rig: CalDav, held: Held, quirks: Quirks) -> None:
    changed(rig, held)
    dropped: set[str] = set()

    def drops(ask: Ask) -> Told | None:
        first = ask.kind not in dropped
        dropped.add(ask.kind)
        return Told(0) if first else None

    quirks.before = drops
    held.pull()
    assert len(dropped) >= 2
    assert held.marks == sorted(rig.there())


@pytest.mark.parametrize(
    ("status", "fault"), [(429, Unavailable), (500, Unavailable), (503, Unavailable), (403, NeedsHuman), (401, NeedsHuman)]
)
def test_a_calendar_that_is_not_listed_is_a_fault_and_keeps_what_is_held(
    rig: CalDav, held: Held, quirks: Quirks, status: int, fault: type[Exception]
) -> None:
    quirks.before = lambda ask: Told(status) if ask.kind in ("sync-collection", "propfind") and b"sync-token/>" not in ask.body else None
    rig.add()
    with pytest.raises(fault, match=r"127\.0\.0\.1"):
        held.pull()
    quirks.before = lambda _: None
    held.pull()
    assert held.marks == sorted(rig.there())


@pytest.mark.parametrize("refused", [0, 400, 403, 500, 507])
def test_of_many_events_those_of_the_window_are_fetched_where_the_server_can_tell(rig: CalDav, quirks: Quirks, refused: int) -> None:
    old = "BEGIN:VEVENT\nUID:o{0}\nDTSTAMP:20200101T000000Z\nDTSTART:20200101T100000Z\nDTEND:20200101T110000Z\nSUMMARY:old\nEND:VEVENT"
    events = [old.format(number) for number in range(60)] + [event(1, 1, True)]
    rig.client.delete(rig.path)
    made = rig.client.put(rig.path, content=vcalendar(*events), headers={"Content-Type": "text/calendar"})
    assert made.status_code == 201
    quirks.before = refuses("calendar-query", refused) if refused else quirks.before
    mine = Held(rig, source(quirks, rig.path))
    mine.pull()
    assert written(1, 1) in mine.marks
    assert len(mine.marks) == (61 if refused else 1)
    assert news(mine.pull()) == 0


# ------------------------------------------------------------------------------------------------ what servers write


WAYS = {
    "whole addresses": (r"<href>(/[^<]*)</href>", r"<href>{url}\1</href>"),
    "of a server behind": (r"<href>(/[^<]*)</href>", r"<href>http://10.0.0.7:8080\1</href>"),
    "other letters encoded": (r"<href>(/[^<]*/)m(\d+)\.ics</href>", r"<href>\1%6D\2%2Eics</href>"),
    "weak tags": (r'<getetag>"', r'<getetag>W/"'),
}


@pytest.mark.parametrize("way", WAYS)
def test_addresses_and_tags_are_read_however_they_are_written(rig: CalDav, quirks: Quirks, way: str) -> None:
    pattern, by = WAYS[way]
    quirks.after = rewrites(pattern, by.format(url=quirks.url))
    for _ in range(3):
        rig.add()
    mine = Held(rig, source(quirks, rig.path))
    mine.pull()
    assert mine.marks == sorted(rig.there())
    changed(rig, mine)
    mine.pull()
    assert mine.marks == sorted(rig.there())
    assert news(mine.pull()) == 0


def test_without_etags_and_tokens_what_is_the_same_is_nothing_new(rig: CalDav, quirks: Quirks) -> None:
    quirks.before = refuses("sync-collection", 415)
    quirks.after = rewrites(r"<getetag>[^<]*</getetag>|<sync-token>[^<]*</sync-token>|<CS:getctag>[^<]*</CS:getctag>", "")
    for _ in range(3):
        rig.add()
    mine = Held(rig, source(quirks, rig.path))
    mine.pull()
    assert news(mine.pull()) == 0
    changed(rig, mine)
    mine.pull()
    assert mine.marks == sorted(rig.there())


@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><D:multistatus xmlns:D="DAV:">&b;</D:multistatus>',
        '<?x <!-- ?><!DOCTYPE a [<!ENTITY b "c">]><D:multistatus xmlns:D="DAV:"/><!-- -->',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1/x"><D:multistatus xmlns:D="DAV:"/>',
    ],
)
def test_a_document_type_is_refused(text: str, coding: str) -> None:
    with _http.Site("calendar").open() as line, pytest.raises(NeedsHuman, match="document type"):
        _dav.Dav(line, "https://cal.example/").read(f'<?xml version="1.0" encoding="{coding}"?>{text}'.encode(coding))


@pytest.mark.parametrize("data", [b"", b"<a", b"\0", "<a/>".encode("utf-16-le"), b"<html><body>Please log in</body></html>", b"<a>" * 5000])
def test_an_answer_that_is_none_is_no_crash(data: bytes) -> None:
    with _http.Site("calendar").open() as line, pytest.raises((Unavailable, _dav.Refused)):
        _dav.Dav(line, "https://cal.example/").read(data)


def test_a_letter_that_xml_forbids_spoils_one_event_and_no_other(rig: CalDav, quirks: Quirks) -> None:
    for _ in range(3):
        rig.add()
    quirks.after = rewrites("SUMMARY:Item 2", "SUMMARY:\x0bItem 2")
    mine = Held(rig, source(quirks, rig.path))
    mine.pull()
    assert len(mine.marks) + len(mine.quarantined) == 3
    assert {written(1, 1), written(3, 1)} <= set(mine.marks)


# ------------------------------------------------------------------------------------------------------- discovery


def test_the_well_known_address_leads_to_the_calendars(rig: CalDav, quirks: Quirks) -> None:
    rig.add()

    def leads(ask: Ask) -> Told | None:
        if ask.path == "/.well-known/caldav":
            return Told(301, b"", {"Location": "/dav/"})
        if ask.path == "/":
            return Told(405)
        ask.path = ask.path.replace("/dav/", "/")
        return None

    quirks.before = leads
    mine = source(quirks, "", calendars=(rig.name,))
    assert [one.event.title for one in mine.pull(None).items] == sorted(rig.there())


@pytest.mark.parametrize("whole", [True, False])
def test_a_server_that_fails_on_what_a_place_does_not_have_is_asked_for_less(rig: CalDav, quirks: Quirks, whole: bool) -> None:
    quirks.before = lambda ask: Told(500) if b"sync-token/>" in ask.body and (whole or ask.path == "/") else None
    rig.add()
    for path in ("", rig.path):
        mine = Held(rig, source(quirks, path, calendars=(rig.name,)))
        mine.pull()
        assert mine.marks == sorted(rig.there())
        assert news(mine.pull()) == 0


def test_a_server_that_shows_a_web_page_instead_of_calendars_needs_a_person(quirks: Quirks) -> None:
    quirks.before = lambda _: Told(200, b"<!DOCTYPE html><html><body>Welcome</body></html>", {"content-type": "text/html"})
    with pytest.raises(NeedsHuman, match="shows no calendar") as caught:
        source(quirks, "").pull(None)
    assert "CalDAV address" in caught.value.hint


def test_a_url_of_one_calendar_is_that_one(rig: CalDav, quirks: Quirks, server: Server) -> None:
    other = CalDav(server, "other")
    try:
        other.add()
        other.add()
        rig.add()
        assert len(source(quirks, rig.path).pull(None).items) == 1
        assert len(source(quirks, server.home, calendars=("OTHER",)).pull(None).items) == 2
    finally:
        other.client.delete(other.path)
        other.close()


def test_a_calendar_that_vanished_needs_a_person_and_others_do_not_take_its_place(rig: CalDav, held: Held, server: Server) -> None:
    other = CalDav(server, "another")
    try:
        other.add()
        rig.client.delete(rig.path)
        with pytest.raises(NeedsHuman, match="nothing at the address"):
            held.pull()
        assert len(held.marks) == 3
    finally:
        other.client.delete(other.path)
        other.close()


def test_of_all_calendars_one_that_vanished_takes_its_events_along(rig: CalDav, quirks: Quirks, server: Server) -> None:
    other = CalDav(server, "third")
    try:
        other.put("x.ics", vcalendar("BEGIN:VEVENT\nUID:x\nDTSTART:20260310T100000Z\nSUMMARY:Other\nEND:VEVENT"))
        rig.add()
        mine = Held(rig, source(quirks, server.home))
        mine.pull()
        assert mine.marks == [*sorted(rig.there()), "Other"]
        other.client.delete(other.path)
        mine.pull()
        assert mine.marks == sorted(rig.there())
    finally:
        other.close()


# ----------------------------------------------------------------------------------------------------------- login


def test_a_token_is_sent_as_a_bearer(rig: CalDav, quirks: Quirks) -> None:
    def bearer(ask: Ask) -> Told | None:
        given = ask.headers.pop("authorization", "")
        if given != "Bearer t0k":
            return Told(401)
        ask.headers["authorization"] = "Basic ZGFuYTpzZWNyZXQ="
        return None

    quirks.before = bearer
    rig.add()
    assert len(source(quirks, rig.path, user="", password="", token="t0k").pull(None).items) == 1
    with pytest.raises(NeedsHuman, match="401") as caught:
        source(quirks, rig.path, user="", password="", token="0ld").pull(None)
    assert "token" in caught.value.hint
    assert "0ld" not in caught.value.told


def test_a_server_that_knows_only_digest_is_logged_in_at(rig: CalDav, quirks: Quirks) -> None:
    def digest(ask: Ask) -> Told | None:
        given = ask.headers.pop("authorization", "")
        if not given.startswith("Digest ") or 'username="dana"' not in given:
            return Told(401, b"", {"WWW-Authenticate": 'Digest realm="dav", qop="auth", nonce="abc", opaque="x"'})
        ask.headers["authorization"] = "Basic ZGFuYTpzZWNyZXQ="
        return None

    quirks.before = digest
    rig.add()
    assert len(source(quirks, rig.path).pull(None).items) == 1


@pytest.mark.parametrize("case", ["trusted", "unknown issuer", "another name"])
def test_a_certificate_is_checked_before_anything_is_asked(
    rig: CalDav, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    made = certificate.made(tmp_path)
    if case != "unknown issuer":
        monkeypatch.setenv("SSL_CERT_FILE", str(made[0]))
    rig.add()
    quirks = Quirks(server.url, certificate=made)
    try:
        if case == "another name":
            quirks.url = quirks.url.replace("127.0.0.1", "localhost")
        if case == "trusted":
            assert len(source(quirks, rig.path).pull(None).items) == 1
        else:
            with pytest.raises(NeedsHuman, match="certificate"):
                source(quirks, rig.path).pull(None)
            assert not quirks.asked
    finally:
        quirks.close()


RELATED = {
    ("https://caldav.icloud.example/", "https://p34-caldav.icloud.example:443/1/"): True,
    ("https://cal.example/", "https://cal.example:8443/"): True,
    ("https://cal.example/", "http://cal.example/"): False,
    ("https://cal.example/", "https://evil.test/"): False,
    ("https://a.github.io/", "https://b.github.io/"): False,
    ("https://10.0.0.1/", "https://10.0.0.2/"): False,
    ("https://[::1]/", "https://[::2]/"): False,
    ("http://127.0.0.1:1/", "http://127.0.0.1:2/"): False,
}


@pytest.mark.parametrize("pair", RELATED)
def test_a_login_is_for_servers_of_one_registered_domain(pair: tuple[str, str]) -> None:
    assert _http.related(pair[1], pair[0]) is RELATED[pair]


def test_what_a_server_writes_leads_to_no_other_one_on_this_machine(rig: CalDav, quirks: Quirks, server: Server) -> None:
    other = Quirks(server.url)
    try:
        quirks.after = rewrites(r"<href>(/[^<]*)</href>", rf"<href>{other.url}\1</href>")
        rig.add()
        assert source(quirks, rig.path).pull(None).items
        assert not other.asked
    finally:
        other.close()


def test_an_https_server_leads_nobody_to_this_machine_itself() -> None:
    with _http.Site("calendar").open() as line:
        dav = _dav.Dav(line, "https://cal.example/dav/")
        assert dav.url("http://127.0.0.1:9/x") == "https://cal.example/x"
        assert dav.url("http://cal.example/a b/%2F.ics") == "https://cal.example/a%20b/%2F.ics"
        with pytest.raises(NeedsHuman, match="not https"):
            line._next("https://cal.example/", "http://127.0.0.1:9/x")
