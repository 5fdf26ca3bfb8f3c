"""What broke other readers of IMAP, one test each: a scripted server where a real one is too well-behaved."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from agent.errors import NeedsHuman, Unavailable
from agent.model import Body
from connectors import _imap_ask, _imap_grammar, _imap_session
from connectors._imap_known import Known
from tests.contracts.source import Held, news
from tests.rigs.imap_script import NOW, Box, Server


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


class Marks:
    """How a scripted mail is known on both sides."""

    def mark(self, item: Any) -> str:
        return str(item.subject)

    def id(self, item: Any) -> str:
        return str(item.id)


def held(server: Server, **more: Any) -> Held:
    return Held(Marks(), server.source(**more))  # type: ignore[arg-type]


def subjects(server: Server, box: str = "INBOX") -> list[str]:
    """Of a mailbox as it is, as a reader must hold it."""
    return sorted(raw.split(b"Subject: ")[1].split(b"\n")[0].decode() for raw in server.boxes[box].mails.values())


def tomorrow(held: Held) -> None:
    held.source.now += timedelta(days=1)


# --------------------------------------------------------------------------------------------------- rows 38 to 48


@pytest.mark.parametrize("moment", [b"EXAMINE", b"UID SEARCH", b"UID FETCH"])
def test_a_mail_that_comes_between_two_commands_is_read(server: Server, moment: bytes) -> None:
    box = server.boxes["INBOX"]
    box.put(1)
    mine = held(server)
    mine.pull()
    box.put(2)

    def arrives(command: bytes) -> None:
        if command.startswith(moment) and len(box.mails) < 3:
            box.put(3)

    server.says = arrives
    mine.pull()
    mine.pull()
    assert mine.marks == subjects(server)
    assert news(mine.pull()) == 0


def test_a_page_of_mail_from_before_the_window_ends_nothing(server: Server) -> None:
    box = server.boxes["INBOX"]
    for number in range(20):
        box.put(number, box_old(number))
    box.put(99)
    mine = held(server, since=NOW - timedelta(days=30))
    mine.source._size = 5
    mine.pull()
    assert mine.marks == ["mail 99"]


def test_a_window_that_begins_a_day_earlier_is_a_clock_set_back_and_no_reason_to_read_all_again(server: Server) -> None:
    server.boxes["INBOX"].put(1)
    mine = held(server, since=NOW - timedelta(days=30))
    mine.pull()
    mine.source.since -= timedelta(days=1)
    assert news(mine.pull()) == 0
    mine.source.since -= timedelta(days=2)
    (batch,) = mine.pull()
    assert batch.reset
    assert len(batch.items) == 1


def box_old(number: int) -> bytes:
    return f"From: a@b.example\nDate: Thu, 5 Mar 2020 11:00:00 +0000\nMessage-ID: <o{number}@b.example>\nSubject: old\n\nx\n".encode()


def test_uidvalidity_that_changes_begins_anew_and_numbers_mean_other_mail(server: Server) -> None:
    box = server.boxes["INBOX"]
    for number in (1, 2, 3):
        box.put(number)
    mine = held(server)
    mine.pull()
    box.validity, box.mails = 8, dict(zip((1, 2, 3), reversed(box.mails.values()), strict=True))
    batches = mine.pull()
    assert batches[0].reset
    assert mine.marks == subjects(server)
    texts = {body.id: body.text.strip() for body in mine.source.read(list(mine.items))}
    assert {item.subject.removeprefix("mail "): texts[name].removeprefix("Text of ")[:-1] for name, item in mine.items.items()} == {
        "1": "1",
        "2": "2",
        "3": "3",
    }


def test_ids_of_a_former_uidvalidity_have_no_text(server: Server) -> None:
    server.boxes["INBOX"].put(1)
    mine = held(server)
    mine.pull()
    old = list(mine.items)
    server.boxes["INBOX"].validity = 8
    assert list(mine.source.read(old)) == [Body(old[0], "")]


def test_a_folder_made_anew_between_two_looks_at_it_is_read_under_no_wrong_name(server: Server) -> None:
    server.boxes |= {"INBOX": Box(), "Sent": Box()}
    for box in server.boxes.values():
        box.put(1)
    mine = held(server)

    def anew(command: bytes) -> None:
        if command.startswith(b"EXAMINE") and server.asked.count(command) == 2:
            server.boxes["INBOX"].validity = 99

    server.says = anew
    with pytest.raises(Unavailable, match="anew"):
        mine.pull()
    mine.pull()
    assert all("/99." in name for name in mine.items if name.startswith("INBOX"))


def test_two_mails_without_message_id_are_two(server: Server) -> None:
    plain = b"From: a@b.example\nDate: Thu, 5 Mar 2026 11:00:00 +0000\nSubject: same\n\nsame\n"
    for _ in range(2):
        server.boxes["INBOX"].put(1, plain)
    mine = held(server)
    mine.pull()
    assert mine.marks == ["same", "same"]


def test_an_arrival_between_the_list_of_uids_and_the_comparison_is_kept(server: Server) -> None:
    box = server.boxes["INBOX"]
    for number in (1, 2):
        box.put(number)
    mine = held(server)
    mine.pull()
    tomorrow(mine)

    def arrives(command: bytes) -> list[bytes] | None:
        if command != b"UID SEARCH ALL" or len(box.mails) > 2:
            return None
        box.put(3)
        return [b"* SEARCH 1 2", b"* 3 EXISTS", b"T OK done"]

    server.says = arrives
    mine.pull()
    mine.pull()
    assert mine.marks == subjects(server)


def test_the_daily_comparison_finds_a_hole_that_no_count_shows(server: Server) -> None:
    box = server.boxes["INBOX"]
    for number in (1, 2, 3):
        box.put(number)
    mine = held(server)
    mine.pull()
    known = Known.read(mine.cursor)
    assert known
    lost = next(name for name in mine.items if name.endswith(".2"))
    known.boxes["INBOX"].uids = {1, 3, 99}  # as many as there are, and nothing tells that one of them is another
    mine.items.pop(lost)
    mine.cursor = known.cursor()
    tomorrow(mine)
    mine.pull()
    assert lost in mine.items


def test_a_mail_that_an_answer_left_out_is_asked_for_again(server: Server) -> None:
    box = server.boxes["INBOX"]
    for number in (1, 2, 3):
        box.put(number)
    box.hidden = {2}
    mine = held(server)
    mine.pull()
    assert mine.marks == ["mail 1", "mail 3"]
    box.hidden = set()
    mine.pull()
    assert mine.marks == subjects(server)
    assert news(mine.pull()) == 0


def test_a_list_of_uids_that_is_cut_short_removes_nothing(server: Server) -> None:
    box = server.boxes["INBOX"]
    for number in range(5):
        box.put(number)
    mine = held(server)
    mine.pull()
    tomorrow(mine)
    server.says = lambda command: [b"* SEARCH 1", b"T OK done"] if command == b"UID SEARCH ALL" else None
    mine.pull()
    assert mine.marks == subjects(server)


def test_a_mail_that_the_server_cannot_read_is_quarantined_and_the_rest_arrives(server: Server) -> None:
    box = server.boxes["INBOX"]
    for number in range(30):
        box.put(number)
    box.stuck = {7}
    mine = held(server)
    mine.pull()
    assert len(mine.items) == 29
    assert [one.why for one in mine.quarantined.values()] == ["the server does not give it"]
    assert news(mine.pull()) == 0


def test_a_server_that_gives_no_mail_at_all_is_at_fault_itself(server: Server) -> None:
    box = server.boxes["INBOX"]
    for number in range(200):
        box.put(number)
    box.stuck = set(box.mails)
    with pytest.raises(Unavailable, match="does not give"):
        held(server).pull()


# ----------------------------------------------------------------------------------------------- what servers write


NOISE = (b"* 99 EXISTS", b"* 7 FETCH (UID 1 FLAGS (\\Seen))", b"* 3 RECENT", b"* OK [ALERT] it (is late", b"* 3 FETCH (FLAGS (UID \\Seen))")


def test_responses_that_nobody_asked_for_may_stand_anywhere(server: Server) -> None:
    for number in (1, 2):
        server.boxes["INBOX"].put(number)
    server.noise = NOISE
    mine = held(server)
    mine.pull()
    assert mine.marks == subjects(server)
    assert sorted(body.text.strip() for body in mine.source.read(list(mine.items))) == ["Text of 1.", "Text of 2."]


def test_a_uid_is_not_taken_from_what_a_sender_wrote(server: Server) -> None:
    for number in (1, 2, 3):
        server.boxes["INBOX"].put(number)
    server.uid_last = True
    mine = held(server)
    mine.pull()
    texts = {body.id: body.text.strip() for body in mine.source.read(list(mine.items))}
    assert {item.subject: texts[name] for name, item in mine.items.items()} == {f"mail {n}": f"Text of {n}." for n in (1, 2, 3)}


def test_a_short_text_may_come_as_a_quoted_string(server: Server) -> None:
    server.boxes["INBOX"].put(1)
    server.quoted = True
    mine = held(server)
    mine.pull()
    assert [body.text.strip() for body in mine.source.read(list(mine.items))] == ["Text of 1."]


@pytest.mark.parametrize("given", [b"NIL", b'""'])
def test_a_mail_without_any_of_the_headers_is_quarantined(server: Server, given: bytes) -> None:
    server.boxes["INBOX"].put(1)
    row = b"* 1 FETCH (UID 1 RFC822.SIZE 3 FLAGS () BODY[HEADER.FIELDS (FROM)] " + given + b")"
    server.says = lambda command: [row, b"T OK done"] if command.startswith(b"UID FETCH") else None
    mine = held(server)
    mine.pull()
    assert len(mine.quarantined) == 1
    assert news(mine.pull()) == 0


def test_a_server_without_uidnext_is_followed_as_well(server: Server) -> None:
    server.tells_next = False
    box = server.boxes["INBOX"]
    mine = held(server)
    mine.pull()
    for number in (1, 2, 3):
        box.put(number)
        mine.pull()
        assert mine.marks == subjects(server)
    del box.mails[3]
    box.put(4)
    mine.pull()
    assert mine.marks == subjects(server)
    assert news(mine.pull()) == 0


def test_a_search_is_answered_in_one_line_however_long(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    line = b"* SEARCH " + b" ".join(b"%d" % uid for uid in range(1_000_000, 1_200_000))
    assert len(line) > 1_000_000
    server.says = lambda command: [line, b"T OK done"] if command.startswith(b"UID SEARCH") else None
    with server.settings().account.open() as session:
        assert len(_imap_ask.searched(session, b"ALL")) == 200_000


LISTS: dict[str, tuple[list[bytes], tuple[str, ...], list[str]]] = {
    "literal": ([b"* LIST () {1}\r\n/ {5}\r\nINBOX", b'* LIST (\\Sent) "/" {4+}\r\nPost'], (), ["INBOX", "Post"]),
    "no separator": ([b"* LIST () NIL INBOX", b"* LIST () NIL Sent.Items", b"* LIST () NIL Sent"], (), ["INBOX", "Sent"]),
    "dots": (
        [b'* LIST () "." INBOX', b'* LIST () "." INBOX.Archive', b'* LIST () "." INBOX.Sent'],
        (),
        ["INBOX", "INBOX.Sent", "INBOX.Archive"],
    ),
    "dots, named": ([b'* LIST () "." INBOX', b'* LIST () "." INBOX.Kunden.Acme'], ("INBOX/Kunden/Acme",), ["INBOX.Kunden.Acme"]),
    "backslash": ([b'* LIST () "\\\\" INBOX', b'* LIST () "\\\\" "Mail\\\\Sent"'], (), ["INBOX", "Mail\\Sent"]),
    "nearest": ([b'* LIST () "/" "Archive/2019/Sent"', b'* LIST () "/" Sent', b'* LIST () "/" INBOX'], (), ["INBOX", "Sent"]),
    "not there": ([b'* LIST (\\NonExistent) "/" Sent', b'* LIST (\\Noselect) "/" Archive', b'* LIST () "/" INBOX'], (), ["INBOX"]),
    "other letters": ([b'* LIST () "/" Inbox', b'* LIST (\\sENT) "/" "Gesendete Objekte"'], (), ["Inbox", "Gesendete Objekte"]),
    "umlauts": ([b'* LIST () "/" INBOX', b'* LIST () "/" "Gel&APY-scht"'], ("Gelöscht",), ["Gelöscht"]),
    "all of it": ([b'* LIST () "/" INBOX', b'* LIST (\\All) "/" Everything', b'* LIST (\\Sent) "/" S'], (), ["Everything"]),
    "brackets": ([b'* LIST () "/" INBOX', b'* LIST (\\Sent) "/" [x]/a[b', b'* LIST (\\Archive) "/" a]b'], (), ["INBOX", "[x]/a[b", "a]b"]),
    "named twice": (
        [b'* LIST () "/" INBOX', b'* LIST (\\Sent) "/" S', b'* LIST (\\NonExistent) "/" S', b'* LIST () "/" INBOX'],
        (),
        ["INBOX"],
    ),
    "more is told": (
        [b'* LIST () "/" INBOX ("CHILDINFO" ("SUBSCRIBED"))', b'* LIST () "/" Sent ("OLDNAME" ("Post out"))', b'* LIST () "/" ""'],
        (),
        ["INBOX", "Sent"],
    ),
    "odd": ([b"* LIST", b"* LIST () ((", b'* LIST () "/" ()', b'* LIST () "/" &A-', b'* LIST () "/" INBOX'], (), ["INBOX"]),
}


@pytest.mark.parametrize("case", LISTS)
def test_folders_are_found_however_they_are_listed(server: Server, case: str) -> None:
    server.listed, named, expected = LISTS[case]
    with server.settings().account.open() as session:
        assert [folder.name for folder in server.source(folders=named)._chosen(_imap_ask.folders(session))] == expected


def test_what_folders_are_for_is_asked_where_it_is_told_only_then(server: Server) -> None:
    server.can += " SPECIAL-USE"
    said = [b'* LIST () "/" INBOX', b'* LIST (\\Sent) "/" "Utg&AOU-ende"', b"T OK done"]
    server.says = lambda command: said if b"RETURN" in command else None
    with server.settings().account.open() as session:
        assert [one.name for one in server.source()._chosen(_imap_ask.folders(session))] == ["INBOX", "Utgående"]


@pytest.mark.parametrize("wire", ["Gel&APY-scht", "a&-b", 'qu"o\\te', "Bücher", "&A-", "&AGEAYg-", "tab\there", "=61", "&2D3cAA-"])
def test_a_folder_is_opened_under_the_name_it_was_listed_by(wire: str) -> None:
    name = _imap_grammar.named(wire.encode())
    assert name.isprintable()
    assert _imap_grammar.wired(name) == b'"' + wire.encode().replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


def test_drafts_among_all_mail_are_not_mail(server: Server) -> None:
    server.boxes = {"All": Box()}
    server.listed = [b'* LIST (\\All) "/" All']
    server.boxes["All"].put(1)
    server.boxes["All"].flags[server.boxes["All"].put(2)] = "\\Seen \\Draft"
    mine = held(server)
    mine.pull()
    assert mine.marks == ["mail 1"]
    assert news(mine.pull()) == 0


# --------------------------------------------------------------------------------------------------------- refusals


def test_a_folder_that_is_refused_needs_a_person_and_nothing_is_removed(server: Server) -> None:
    server.boxes |= {"Sent": Box()}
    server.boxes["INBOX"].put(1)
    server.boxes["Sent"].put(2)
    mine = held(server)
    mine.pull()
    server.says = lambda command: [b"T NO [NOPERM] not yours"] if command == b'EXAMINE "Sent"' else None
    with pytest.raises(NeedsHuman, match=r"does not open the folder 'Sent'"):
        mine.pull()
    assert len(mine.items) == 2
    server.says = lambda command: [b"T NO [INUSE] wait"] if command == b'EXAMINE "Sent"' else None
    with pytest.raises(Unavailable):
        mine.pull()


def test_texts_of_a_folder_that_is_gone_are_empty(server: Server) -> None:
    assert list(server.source().read(["Gone/7.1"])) == [Body("Gone/7.1", "")]


ENDS = ([b"* BYE going down"], [b"CLOSE"], [b"* 1 FETCH (UID 1 BODY[HEADER] {500}", b"CLOSE"])


@pytest.mark.parametrize("moment", [b"CAPABILITY", b"EXAMINE", b"UID SEARCH", b"UID FETCH"])
@pytest.mark.parametrize(
    "end", [[b"* BYE going down"], [b"CLOSE"], [b"* 1 FETCH (UID 1 BODY[HEADER] {500}", b"CLOSE"]], ids=["bye", "cut", "within"]
)
def test_a_connection_that_ends_anywhere_is_tried_again_later(server: Server, moment: bytes, end: list[bytes]) -> None:
    server.boxes["INBOX"].put(1)
    mine = held(server)
    login = [b"CAPABILITY"]

    def ends(command: bytes) -> list[bytes] | None:
        if command == b"CAPABILITY" and login:  # the library's own, before the login
            login.pop()
            return None
        return end if command.startswith(moment) else None

    server.says = ends
    with pytest.raises(Unavailable, match=r"127\.0\.0\.1"):
        mine.pull()
    server.says = lambda _: None
    mine.pull()
    assert mine.marks == subjects(server)


@pytest.mark.parametrize(
    "row",
    [
        b"* SEARCH " + b"9" * 9000,
        b"* 1 FETCH (UID 1 BODY[HEADER] {99999999999}",
        b"* 1 FETCH " + b"(" * 9000,
        b"* 1 FETCH ((((BODYSTRUCTURE",
    ],
)
def test_what_is_too_much_or_makes_no_sense_does_no_harm(server: Server, row: bytes) -> None:
    server.boxes["INBOX"].put(1)
    server.says = lambda command: [row, b"T OK done"] if command.startswith((b"UID SEARCH", b"UID FETCH")) else None
    try:
        batch = server.source().pull(None)
    except Unavailable:
        return
    assert not batch.items


def test_an_answer_without_end_ends(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_imap_session, "MOST", 10_000)
    server.says = lambda command: [b"* OK still thinking"] * 2000 if command.startswith(b"UID SEARCH") else None
    server.boxes["INBOX"].put(1)
    with pytest.raises(Unavailable):
        server.source().pull(None)


LOGINS: list[tuple[bytes, type[Exception], str]] = [
    (b"NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)", NeedsHuman, "user and password"),
    (b"NO [ALERT] Application-specific password required: https://x.example (Failure)", NeedsHuman, "app password"),
    (b"NO [AUTHENTICATIONFAILED] Please generate an app password to log in", NeedsHuman, "app password"),
    (b"NO [ALERT] Your account is not enabled for IMAP use.", NeedsHuman, "way to sign in"),
    (b"NO AUTHENTICATE failed. BasicAuthBlocked", NeedsHuman, "."),
    (b"NO [ALERT] Too many simultaneous connections. (Failure)", Unavailable, "just now"),
    (b"NO [UNAVAILABLE] Temporary authentication failure", Unavailable, "just now"),
    (b"NO [LIMIT] Rate limit hit", Unavailable, "just now"),
    (b"NO separate corporate login user", NeedsHuman, "user and password"),
    (b"BAD what?", NeedsHuman, "user and password"),
]


@pytest.mark.parametrize(("told", "fault", "says"), LOGINS)
def test_a_login_that_fails_says_what_to_do_and_not_what_the_server_said(server: Server, told: bytes, fault: Any, says: str) -> None:
    server.says = lambda command: [b"T " + told] if command.startswith(b"AUTHENTICATE") else None
    with pytest.raises(fault, match=says) as caught:
        server.source().pull(None)
    assert "secret" not in caught.value.told


def test_a_server_that_is_full_at_the_door_is_tried_again_later(server: Server) -> None:
    server.greeting = b"* BYE too many connections from your address"
    with pytest.raises(Unavailable):
        server.source().pull(None)


def test_no_password_is_sent_where_the_server_forbids_the_login(server: Server) -> None:
    server.can = "IMAP4rev1 LOGINDISABLED"
    with pytest.raises(NeedsHuman, match="way to sign in"):
        server.source().pull(None)
    assert all(command == b"CAPABILITY" for command in server.asked)


def test_a_user_name_is_quoted(server: Server) -> None:
    server.can = "IMAP4rev1"
    server.says = lambda command: [b"T OK done"] if command.startswith(b"LOGIN") else None
    server.source(user='dana "x" reyes').pull(None)
    assert server.asked[1] == b'LOGIN "dana \\"x\\" reyes" "secret"'


@pytest.mark.parametrize(
    ("can", "begins"),
    [("AUTH=XOAUTH2 AUTH=OAUTHBEARER", b"user=dana\1auth=Bearer t0k\1"), ("AUTH=OAUTHBEARER", b"n,a=dana,\1host=127.0.0.1\1")],
)
def test_a_token_is_given_in_the_way_the_server_knows(server: Server, can: str, begins: bytes) -> None:
    server.can = f"IMAP4rev1 {can}"
    server.source(password="", token="t0k").pull(None)
    assert server.login.startswith(begins)
    assert server.login.endswith(b"\1auth=Bearer t0k\1\1")


def test_a_password_goes_to_no_other_machine_without_tls() -> None:
    """The settings refuse it (as a configuration); so does the connection, whoever opens it."""
    server = Server()
    try:
        with pytest.raises(ValueError, match="security: none"):
            server.settings(host="mail.example.com")
        with pytest.raises(NeedsHuman, match="unprotected"):
            replace(server.settings().account, host="mail.example.com").open()
    finally:
        server.close()
    assert not server.asked


# --------------------------------------------------------------------------------------------------------------- news


def waiting(server: Server, act: Callable[[], None]) -> bool | None:
    """What a waiting reader tells when `act` happens meanwhile."""
    told: list[bool | None] = []
    source, stop = server.source(), threading.Event()
    thread = threading.Thread(target=lambda: told.append(source.wait(stop, 20)))
    thread.start()
    assert server.idling.wait(10)
    act()
    thread.join(10)
    assert not thread.is_alive()
    return told[0] if told else None


def test_a_reader_that_waits_is_told_of_new_mail(server: Server) -> None:
    server.can += " IDLE"
    assert waiting(server, lambda: server.line.sendall(b"* OK Still here\r\n* 1 EXISTS\r\n")) is True


def test_a_server_that_cannot_tell_is_not_waited_for(server: Server) -> None:
    assert server.source().wait(threading.Event(), 20) is None


def test_what_came_between_two_waits_is_told_at_once(server: Server) -> None:
    server.can += " IDLE"
    source = server.source()
    assert source.wait(threading.Event(), 0) is False
    server.boxes["INBOX"].put(1)
    assert source.wait(threading.Event(), 20) is True
