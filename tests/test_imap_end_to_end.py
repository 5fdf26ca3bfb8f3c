"""`onward run` for a rep whose mail is on an IMAP server and leaves by SMTP."""

from __future__ import annotations

import json
import math
import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from agent import settings as configuration
from agent.cli import bar, main
from agent.office import Office
from agent.store import decisions, deliveries
from tests.needs import needed
from tests.rigs.dovecot import PROGRAM, Dovecot
from tests.rigs.imap_outbox import ImapOutboxRig
from tests.rigs.smtp import PASSWORD, Sink
from tests.test_daemon_process import MOMENT, folder, running

__all__ = ["folder"]


@pytest.fixture
def rig() -> Iterator[ImapOutboxRig]:
    needed(Path(PROGRAM).exists(), "Dovecot (dovecot-imapd)")
    server, sink = Dovecot(), Sink(auth=True)
    sink.start()
    made = ImapOutboxRig(server, "dana", sink)
    yield made
    made.close()
    sink.stop()
    server.close()


@pytest.fixture
def place(folder: Path, rig: ImapOutboxRig, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace with one deal, one mail and one meeting that ended. How long a round takes is not told, however long it does."""
    monkeypatch.setattr(bar, "APART", math.inf)
    monkeypatch.setenv("IMAP_PASSWORD", "secret")
    monkeypatch.setenv("SMTP_PASSWORD", PASSWORD)
    (letter,) = (folder / "mail").glob("*.eml")
    rig.append("INBOX", letter.read_bytes().replace(b"\n", b"\r\n"), "")
    account = f"kind: imap, host: 127.0.0.1, port: {rig.server.port}, user: dana, password: !env IMAP_PASSWORD, security: none"
    smtp = f"smtp: {{port: {rig.sink.at}, password: !env SMTP_PASSWORD}}"
    text = (folder / "onward.yaml").read_text().replace("kind: folder, path: mail", account)
    (folder / "onward.yaml").write_text(f"{text}outbox: {{{account}, copy_to_sent: always, {smtp}}}\n")
    return folder


def once(folder: Path, capsys: pytest.CaptureFixture[str], after: timedelta = timedelta()) -> dict[str, Any]:
    status = main.run(["run", "--once", "--json", "--config", str(folder / "onward.yaml"), "--now", (MOMENT + after).isoformat()])
    said = capsys.readouterr()
    assert (status, said.err) == (0, "")
    found: dict[str, Any] = json.loads(said.out)
    return found


def approve(folder: Path) -> bytes:
    """The bytes that were approved."""
    office = Office.open(configuration.load(folder / "onward.yaml"), MOMENT)
    try:
        with office.store.read() as connection:
            (card,) = decisions.cards(connection)
        name = office.desk.approve(card.key, card.version, MOMENT)
        with office.store.read() as connection:
            return deliveries.find(connection, name).raw
    finally:
        office.close()


def test_what_is_approved_arrives_a_copy_is_kept_and_the_next_round_reads_it(
    place: Path, rig: ImapOutboxRig, capsys: pytest.CaptureFixture[str]
) -> None:
    with (place / "onward.yaml").open("a") as config:
        config.write("deliver: send\n")
    assert once(place, capsys)["cards"] == {"review": 1}
    raw = approve(place)
    assert once(place, capsys, timedelta(seconds=9))["cards"] == {"approved": 1}
    assert once(place, capsys, timedelta(seconds=11))["cards"] == {"sent": 1}
    assert (rig.sent(), rig.mails("Sent"), rig.drafts()) == ([raw], [raw], [])
    assert [way for way, _ in rig.sink.handler.logins] == ["PLAIN"]
    after = once(place, capsys, timedelta(minutes=5))
    assert after["cards"] == {"sent": 1}
    assert {source["section"]: source["items"] for source in after["sources"]}["mail"] == 2
    assert rig.sent() == [raw]


def test_a_draft_that_the_rep_edits_and_sends_closes_the_card(place: Path, rig: ImapOutboxRig, capsys: pytest.CaptureFixture[str]) -> None:
    once(place, capsys)
    raw = approve(place)
    assert once(place, capsys, timedelta(seconds=11))["cards"] == {"laid": 1}
    assert rig.drafts() == [raw]
    changed = raw.replace(b"Pat", b"dear Pat", 1)
    rig.send_bytes(changed)
    rig.line.select("Drafts")
    rig.line.store("1", "+FLAGS", r"(\Deleted)")
    rig.line.expunge()
    assert once(place, capsys, timedelta(minutes=5))["cards"] == {"sent": 1}
    assert rig.sent()[0] == changed


def test_a_password_that_is_wrong_is_said_and_nothing_is_lost(
    place: Path, rig: ImapOutboxRig, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with (place / "onward.yaml").open("a") as config:
        config.write("deliver: send\n")
    once(place, capsys)
    raw = approve(place)
    monkeypatch.setenv("SMTP_PASSWORD", "wrong-canary")
    found = once(place, capsys, timedelta(seconds=11))
    assert found["cards"] == {"approved": 1}
    assert rig.drafts() == [raw]
    monkeypatch.setenv("SMTP_PASSWORD", PASSWORD)
    assert once(place, capsys, timedelta(minutes=10))["cards"] == {"sent": 1}
    assert rig.sent() == [raw]
    assert not any(b"canary" in path.read_bytes() for path in place.rglob("*") if path.is_file())


def test_the_daemon_says_no_secret_and_no_address(place: Path, rig: ImapOutboxRig) -> None:
    with running(place) as daemon:
        daemon.logs("round ended")
        daemon.ends(signal.SIGTERM)
        daemon.logs("stopped")
        assert PASSWORD not in daemon._log
        assert "@" not in daemon._log
