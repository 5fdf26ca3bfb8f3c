"""The courier with an IMAP account and a mail server that fails: sent once, or visibly held."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from agent.desk import Desk as Acts
from agent.desk import Terms
from agent.store import Store
from tests.needs import needed
from tests.rigs import smtp_sink
from tests.rigs.deliveries import NOW, RULES, UNDO, Desk, approve
from tests.rigs.dovecot import PROGRAM, Dovecot
from tests.rigs.imap_outbox import ImapOutboxRig
from tests.rigs.smtp import Sink
from tests.rigs.smtp_sink import SmtpSink
from tests.rigs.wire import Wire

_users = count(1)


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    needed(Path(PROGRAM).exists(), "Dovecot (dovecot-imapd)")
    made = Dovecot()
    yield made
    made.close()


@pytest.fixture
def rig(server: Dovecot) -> Iterator[ImapOutboxRig]:
    sink = Sink()
    sink.start()
    made = ImapOutboxRig(server, f"lee{next(_users)}", sink)
    yield made
    made.close()
    sink.stop()


@pytest.fixture
def store(blank: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(blank, tmp_path / "onward.db")
    made = Store.open(f"sqlite:///{tmp_path / 'onward.db'}")
    yield made
    made.close()


@contextmanager
def unanswered(rig: ImapOutboxRig) -> Iterator[Wire]:
    """A way to the mail server on which its answer to the final dot is lost."""
    with Wire(rig.sink.at, down=lambda data: None if rig.sent() else data) as wire:
        yield wire


@contextmanager
def failing(*words: str) -> Iterator[SmtpSink]:
    needed(smtp_sink.program(), "smtp-sink (postfix)")
    made = SmtpSink(*words)
    try:
        yield made
    finally:
        made.close()


Desks = Callable[[int], Desk]


@pytest.fixture
def desk(rig: ImapOutboxRig, store: Store, tmp_path: Path) -> Desks:
    """On a mail server at that port; 0: the one that works."""

    def made(port: int = 0) -> Desk:
        return Desk(store, rig.outbox(smtp={"port": port or rig.sink.at, "security": "none"}), tmp_path)

    return made


def later(desk: Desk, *hours: int) -> None:
    for hour in hours:
        desk.restart()
        desk.deliver(timedelta(hours=hour))


def test_an_approved_mail_is_sent_once_and_a_copy_is_kept(rig: ImapOutboxRig, store: Store, desk: Desks) -> None:
    name, at = approve(store, "D-1"), desk(0)
    assert at.deliver().sent == 1
    later(at, 1, 2)
    assert at.states(name) == ("sent", "sent")
    assert (rig.drafts(), rig.mails("Sent"), rig.sent()) == ([], [at.approved(name)], [at.approved(name)])


def test_an_answer_to_the_dot_that_is_lost_holds_the_mail_and_it_is_never_sent_again(rig: ImapOutboxRig, store: Store, desk: Desks) -> None:
    name = approve(store, "D-1")
    with failing("-q", ".") as there:
        at = desk(there.at)
        assert at.deliver().held == 1
        later(at, 1, 2, 24, 240)
        assert at.states(name) == ("held", "held")
        assert there.given == 1
    assert "say whether it left" in at.delivery(name).says
    assert rig.sent() == []


@pytest.mark.parametrize("expunged", [True, False])
def test_a_draft_in_doubt_that_the_client_saves_anew_is_not_sent_a_second_time(
    rig: ImapOutboxRig, store: Store, desk: Desks, expunged: bool
) -> None:
    name = approve(store, "D-1")
    with unanswered(rig) as there:
        assert desk(there.port).deliver().held == 1
    at = desk(0)
    rig.save(at.approved(name))
    later(at, 1, 2)
    if expunged:
        rig.line.select("Drafts")
        rig.line.expunge()
    later(at, 3, 24)
    assert (at.states(name), rig.sent()) == (("held", "held"), [at.approved(name)])
    assert "say whether it left" in at.delivery(name).says
    Acts(store, RULES, Terms("send"), at.premise).settle(at.card(name).key, False, NOW + timedelta(hours=25))
    later(at, 26)
    assert (at.states(name), at.courier.next_due(), rig.sent()) == (("refused", "failed"), None, [at.approved(name)])


def test_an_answer_that_is_lost_is_found_in_the_copy_that_the_server_keeps(rig: ImapOutboxRig, store: Store, desk: Desks) -> None:
    name = approve(store, "D-1")
    with failing("-q", ".") as there:
        at = desk(there.at)
        at.deliver()
        rig.append("Sent", at.approved(name), r"(\Seen)")
        later(at, 1)
        assert there.given == 1
    assert at.states(name) == ("sent", "sent")


def test_a_mail_that_the_server_takes_later_stays_a_draft_and_is_sent_once(rig: ImapOutboxRig, store: Store, desk: Desks) -> None:
    name = approve(store, "D-1")
    with failing("-r", ".") as there:
        at = desk(there.at)
        at.deliver()
        assert at.states(name) == ("due", "approved")
        assert rig.drafts() == [at.approved(name)]
        desk(0)
    later(desk(0), 1, 2)
    assert at.states(name) == ("sent", "sent")
    assert rig.sent() == [at.approved(name)]


def test_a_mail_that_the_server_refuses_is_refused_and_its_draft_taken_away(rig: ImapOutboxRig, store: Store, desk: Desks) -> None:
    name = approve(store, "D-1")
    with failing("-f", "data") as there:
        at = desk(there.at)
        at.deliver()
        later(at, 1)
        assert there.given == 0
    assert at.states(name)[0] == "refused"
    assert "500" in at.delivery(name).says
    assert rig.drafts() == []


def test_a_draft_that_the_rep_edits_and_sends_from_a_client_closes_the_card(rig: ImapOutboxRig, store: Store, desk: Desks) -> None:
    name, at = approve(store, "D-1", mode="draft"), desk(0)
    assert at.deliver().laid == 1
    (draft,) = rig.drafts()
    assert draft == at.approved(name)
    changed = draft.replace(b"Thursday", b"Monday")
    rig.save(changed)
    rig.line.store("1", "+FLAGS", r"(\Deleted)")
    rig.line.expunge()
    later(at, 1)
    assert at.states(name) == ("laid", "laid")
    rig.send_bytes(changed)
    rig.line.select("Drafts")
    rig.line.store("1", "+FLAGS", r"(\Deleted)")
    rig.line.expunge()
    later(at, 2)
    assert at.states(name) == ("sent", "sent")
    assert at.delivery(name).says == "You edited and sent it."
    assert rig.sent() == [changed]


def test_a_draft_that_the_rep_deletes_closes_the_card(rig: ImapOutboxRig, store: Store, desk: Desks) -> None:
    name, at = approve(store, "D-1", mode="draft"), desk(0)
    at.deliver()
    rig.line.select("Drafts")
    rig.line.store("1", "+FLAGS", r"(\Deleted)")
    rig.line.expunge()
    later(at, 1, 2)
    assert at.delivery(name).state == "withdrawn"
    assert (rig.drafts(), rig.sent()) == ([], [])


def test_a_mail_server_that_is_away_is_asked_again_and_its_draft_is_seen_meanwhile(rig: ImapOutboxRig, store: Store, desk: Desks) -> None:
    name = approve(store, "D-1")
    at = desk(1)
    assert at.deliver(UNDO).postponed == 1
    assert rig.drafts() == [at.approved(name)]
    later(desk(0), 1)
    assert rig.sent() == [at.approved(name)]
