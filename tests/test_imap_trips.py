"""What a round costs on the wire of an IMAP server, and in the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from agent import settings as configuration
from agent.errors import Unavailable
from agent.office import Office
from agent.store import facts, schema
from tests.needs import needed
from tests.rigs.dovecot import BARE, PROGRAM, Dovecot, Imap
from tests.rigs.imap_script import Box, Server
from tests.rigs.wire import Trips, Wire
from tests.test_daemon_process import MOMENT, folder
from tests.test_imap_rows import held, server, subjects, tomorrow

__all__ = ["folder", "server"]

FOLDERS = 3


@pytest.fixture(params=["", "IMAP4rev1 AUTH=PLAIN CONDSTORE", BARE], ids=["extensions", "condstore", "bare"])
def rig(request: pytest.FixtureRequest) -> Iterator[Imap]:
    needed(Path(PROGRAM).exists(), "Dovecot (dovecot-imapd)")
    dovecot = Dovecot(request.param)
    made = Imap(dovecot, "dana")
    for _ in range(6):
        made.add()
    yield made
    made.close()
    dovecot.close()


def test_a_round_without_news_signs_in_once_asks_little_and_writes_nothing(
    rig: Imap, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMAP_PASSWORD", "secret")
    trips = Trips()
    with Wire(rig.server.port, trips.up, trips.down) as wire:
        account = f"kind: imap, host: 127.0.0.1, port: {wire.port}, user: dana, password: !env IMAP_PASSWORD, security: none"
        rules = folder / "onward.yaml"
        rules.write_text(rules.read_text().replace("kind: folder, path: mail", account))
        office = Office.open(configuration.load(rules), MOMENT)
        office.cycle.round(MOMENT)
        (store,) = folder.glob("*.db")
        with sqlite3.connect(store) as other:
            before, trips.count, trips.said = other.execute("PRAGMA data_version").fetchone(), 0, b""
            report = office.cycle.round(MOMENT)
            assert other.execute("PRAGMA data_version").fetchone() == before
        other.close()
        office.close()
    assert [state.status for state in report.sources] == ["ok"] * 3
    assert trips.said.count(b"AUTHENTICATE") == 1
    login = 3  # what can you do, authenticate, as whom
    assert trips.count - login <= 1 + FOLDERS  # which folders there are, and each as it stands
    assert all(word not in trips.said for word in (b"FETCH", b"SEARCH"))


def test_a_first_reading_of_many_pages_signs_in_and_asks_what_is_there_once(server: Server) -> None:
    server.boxes |= {"INBOX": Box(), "Sent": Box()}
    for number in range(20):
        server.boxes["INBOX" if number % 2 else "Sent"].put(number)
    mine = held(server)
    mine.source._size = 3
    assert len(mine.pull()) == 7
    asked = [command.split()[0] for command in server.asked]
    assert (asked.count(b"AUTHENTICATE"), asked.count(b"LIST")) == (1, 1)
    assert sum(command.startswith(b"UID SEARCH") for command in server.asked) == 2
    assert mine.marks == sorted(subjects(server) + subjects(server, "Sent"))


def test_a_first_reading_that_ends_after_a_page_goes_on_there_with_another_object(server: Server) -> None:
    for number in range(10):
        server.boxes["INBOX"].put(number)
    mine = held(server)
    mine.source._size = 4
    first = mine.source.pull(None)
    mine.fold(first)
    mine.cursor, mine.source = first.cursor, server.source()
    server.asked.clear()
    mine.pull()
    assert mine.marks == subjects(server)
    assert [command.split()[2] for command in server.asked if command.startswith(b"UID FETCH")] == [b"5:10"]


@pytest.mark.parametrize("can", ["", " ESEARCH"])
def test_once_a_day_all_uids_are_compared_in_one_question_for_each_folder(server: Server, can: str) -> None:
    server.can += can
    box = server.boxes["INBOX"]
    for number in range(10):
        box.put(number)
    mine = held(server)
    mine.pull()
    for uid in (3, 4, 8):
        del box.mails[uid]
    box.put(11)
    tomorrow(mine)
    server.asked.clear()
    (batch,) = mine.pull()
    assert mine.marks == subjects(server)
    assert len(batch.removed) == 3
    assert sum(command.startswith(b"UID SEARCH") for command in server.asked) == 1


def test_texts_that_are_asked_for_one_after_the_other_come_over_one_connection_until_it_breaks(server: Server) -> None:
    for number in range(3):
        server.boxes["INBOX"].put(number)
    mine = held(server)
    mine.pull()
    server.asked.clear()
    for name in mine.items:
        (body,) = mine.source.read([name])
        assert body.text.startswith("Text of")
    assert [command.split()[0] for command in server.asked].count(b"AUTHENTICATE") == 1
    server.says = lambda command: [b"CLOSE"] if command.startswith(b"UID FETCH") else None
    with pytest.raises(Unavailable):
        list(mine.source.read(list(mine.items)))
    server.says = lambda _: None
    assert len([body for body in mine.source.read(list(mine.items)) if body.text]) == 3


def to_archive(server: Server) -> None:
    """As clients move: it is another mail there."""
    inbox, archive = server.boxes["INBOX"], server.boxes["Archive"]
    archive.put(1, inbox.mails.pop(1))


def made_anew(server: Server) -> None:
    """As after a mailbox was restored: the mails are the same, their numbers are not."""
    box = server.boxes["INBOX"]
    box.validity, box.mails, box.next = 8, {uid + 10: raw for uid, raw in box.mails.items()}, box.next + 10


@pytest.mark.parametrize("act", [to_archive, made_anew])
def test_the_text_of_a_mail_that_only_has_another_number_is_not_read_again(
    server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[Server], None]
) -> None:
    monkeypatch.setenv("IMAP_PASSWORD", "secret")
    server.boxes |= {"INBOX": Box(), "Archive": Box()}
    server.boxes["INBOX"].put(1, (folder / "mail" / "1.eml").read_bytes())
    server.boxes["INBOX"].put(2)
    rules = folder / "onward.yaml"
    account = f"kind: imap, host: 127.0.0.1, port: {server.port}, user: dana, password: !env IMAP_PASSWORD, security: none"
    rules.write_text(rules.read_text().replace("kind: folder, path: mail", account))
    office = Office.open(configuration.load(rules), MOMENT)
    office.cycle.round(MOMENT)
    texts = [command for command in server.asked if b"BODY.PEEK[1]" in command]
    assert len(texts) == 1
    act(server)
    office.cycle.round(MOMENT)
    assert [command for command in server.asked if b"BODY.PEEK[1]" in command] == texts
    with office.store.read() as connection:
        items = set(facts.mail_items(connection, 0))
        bodies = connection.execute(select(schema.message.c.item).join(schema.body)).scalars().all()
    office.close()
    assert items == {f"{name}/{box.validity}.{uid}" for name, box in server.boxes.items() for uid in box.mails}
    assert set(bodies) == items
