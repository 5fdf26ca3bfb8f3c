"""What servers say of the extensions for changes (RFC 7162), rightly or not, changes nothing in what is read: rows 45 to 47."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contracts.source import news
from tests.rigs.imap_script import Server
from tests.test_imap_rows import held, subjects

VANISHED = (b"* VANISHED 2", b"* VANISHED (EARLIER) 1,41:116", b"* VANISHED 1:*", b"* VANISHED", b"* VANISHED (EARLIER) 5:")
MODSEQS = {"zero": b"* OK [HIGHESTMODSEQ 0] ok", "none": b"* OK [NOMODSEQ] no", "one": b"* OK [HIGHESTMODSEQ 1] ok"}


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(can="IMAP4rev1 AUTH=PLAIN ENABLE CONDSTORE QRESYNC")
    for number in (1, 2, 3):
        made.boxes["INBOX"].put(number)
    yield made
    made.close()


@pytest.mark.parametrize("first", [True, False], ids=["from the first", "later"])
def test_mail_that_a_server_says_has_vanished_is_gone_when_it_is_not_there_any_more(server: Server, first: bool) -> None:
    """However many such lines one answer has, whatever they name and however they are broken."""
    mine = held(server)
    if not first:
        mine.pull()
    server.noise = VANISHED
    mine.pull()
    mine.pull()
    assert mine.marks == subjects(server) == ["mail 1", "mail 2", "mail 3"]
    del server.boxes["INBOX"].mails[2]
    mine.pull()
    assert mine.marks == subjects(server) == ["mail 1", "mail 3"]


@pytest.mark.parametrize("says", MODSEQS)
def test_a_count_of_changes_that_never_counts_makes_nobody_read_all_mail_again(server: Server, says: str) -> None:
    server.noise = (MODSEQS[says],)
    mine = held(server)
    mine.pull()
    server.asked.clear()
    for _ in range(3):
        assert news(mine.pull()) == 0
    assert not any(b"HEADER" in command or b"ENVELOPE" in command for command in server.asked)
    server.boxes["INBOX"].put(4)
    mine.pull()
    assert mine.marks == subjects(server)
