"""IMAP against a real Dovecot: TLS, tokens, and the law of a source under everything that happens to mailboxes."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Iterator
from hashlib import sha256
from itertools import count
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from agent.errors import NeedsHuman, Unavailable
from connectors import imap
from tests.contracts.source import Held, news
from tests.rigs import certificate as certificates
from tests.rigs.cut import Cut
from tests.rigs.dovecot import NOW, Dovecot, Imap
from tests.rigs.folder import letter

KEY = b"0123456789abcdef" * 2
_users = count(1)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return certificates.made(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def server(certificate: tuple[Path, Path]) -> Iterator[Dovecot]:
    made = Dovecot(certificate=certificate, key=KEY)
    yield made
    made.close()


@pytest.fixture
def rig(server: Dovecot) -> Iterator[Imap]:
    made = Imap(server, f"tls{next(_users)}")
    yield made
    made.close()


def logins(server: Dovecot) -> int:
    return (server.folder / "dovecot.log").read_text().count("Login: user=")


# ----------------------------------------------------------------------------------------------------------------- TLS


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_mail_is_read_over_tls(rig: Imap, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, security: Any) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    rig.add()
    port = rig.server.tls_port if security == "tls" else rig.server.port
    mine = imap.Mail(rig.settings(security=security, port=port), NOW)
    assert [one.subject for one in mine.pull(None).items] == sorted(rig.there())


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize("trusted", [False, True], ids=["unknown issuer", "another name"])
def test_a_certificate_that_is_wrong_gets_no_password(
    rig: Imap, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, security: Any, trusted: bool
) -> None:
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    before = logins(rig.server)
    port = rig.server.tls_port if security == "tls" else rig.server.port
    host = "localhost" if trusted else "127.0.0.1"
    with pytest.raises(NeedsHuman, match="certificate"):
        imap.Mail(rig.settings(security=security, port=port, host=host), NOW).pull(None)
    assert logins(rig.server) == before


def test_tls_on_a_port_without_is_said_so(rig: Imap) -> None:
    with pytest.raises(NeedsHuman, match="does not speak TLS") as caught:
        imap.Mail(rig.settings(security="tls"), NOW).pull(None)
    assert "starttls" in caught.value.hint


# -------------------------------------------------------------------------------------------------------------- tokens


def token(user: str, key: bytes = KEY, until: int = 4_102_444_800) -> str:
    def part(data: bytes) -> bytes:
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    claims = {"sub": user, "email": user, "iat": 1, "exp": until}
    text = part(b'{"alg":"HS256","typ":"JWT"}') + b"." + part(json.dumps(claims).encode())
    return (text + b"." + part(hmac.new(key, text, sha256).digest())).decode()


def test_an_access_token_opens_the_mailbox(rig: Imap) -> None:
    rig.add()
    mine = imap.Mail(rig.settings(password="", token=token(rig.user)), NOW)
    assert [one.subject for one in mine.pull(None).items] == sorted(rig.there())


@pytest.mark.parametrize("bad", [{"key": b"another key of the same length!!"}, {"until": 5}], ids=["forged", "expired"])
def test_a_token_that_is_not_accepted_needs_a_person(rig: Imap, bad: dict[str, Any]) -> None:
    given = token(rig.user, **bad)
    with pytest.raises(NeedsHuman, match="token") as caught:
        imap.Mail(rig.settings(password="", token=given), NOW).pull(None)
    assert given not in caught.value.told


def test_a_wrong_password_needs_a_person(rig: Imap) -> None:
    with pytest.raises(NeedsHuman, match="user and password"):
        imap.Mail(rig.settings(password="wrong"), NOW).pull(None)


# --------------------------------------------------------------------------------------------------------------- moves


def test_a_moved_mail_goes_and_comes_in_one_batch_as_the_same_mail(rig: Imap) -> None:
    for _ in range(3):
        rig.add()
    mine = Held(rig, rig.source())
    mine.pull()
    rig.move(1, "Archive")
    (batch,) = mine.pull()
    (gone,) = batch.removed
    (come,) = batch.items
    assert (gone.split("/")[0], come.id.split("/")[0]) == ("INBOX", "Archive")
    assert come.message_id == "<a1@acme.example>"
    assert mine.marks == sorted(rig.there())


def test_a_folder_with_a_name_of_its_own_is_read(rig: Imap) -> None:
    rig.line.create("Kunden/M&APw-ller")
    rig.append("Kunden/M&APw-ller", letter(5, "von Müller", "x"))
    mine = imap.Mail(rig.settings(folders=("Kunden/Müller",)), NOW)
    (one,) = mine.pull(None).items
    assert one.id.startswith("Kunden/Müller/")
    assert [body.text.strip() for body in mine.read([one.id])] == ["x"]


def test_a_reader_that_waits_over_tls_is_told_of_new_mail(
    rig: Imap, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    mine = imap.Mail(rig.settings(security="tls", port=rig.server.tls_port), NOW)
    assert mine.wait(Event(), 0) is False
    told: list[bool | None] = []
    thread = Thread(target=lambda: told.append(mine.wait(Event(), 30)))
    thread.start()
    rig.append("INBOX", letter(1, "new", "x"))
    thread.join(30)
    assert told == [True]


# ------------------------------------------------------------------------------------------------------- state machine

BOXES = st.sampled_from(["INBOX", "Sent", "Archive"])
SERVER: list[tuple[Dovecot, Cut]] = []


class Mailbox(RuleBasedStateMachine):
    """After any pull that succeeds what is folded is what is there, mail by mail and folder by folder."""

    @initialize()
    def begin(self) -> None:
        server, self.cut = SERVER[0]
        self.cut.after = None
        self.rig = Imap(server, f"machine{next(_users)}")
        self.there: dict[int, str] = {0: "Sent"}  # one that stays: a mailbox that is suddenly empty is another matter
        self.rig.append("Sent", letter(0, "mail 0", "x"))
        self.mine = Held(self.rig, self.source())
        self.last = 0
        self.pulled = False

    def source(self) -> imap.Mail:
        return imap.Mail(self.rig.settings(port=self.cut.port), NOW, page=3)

    def looked(self, look: bool) -> None:
        """What came of one act is told apart from what the next one adds."""
        self.pulled = False
        if look:
            self.mine.pull()
            self.pulled = True

    @rule(box=BOXES, many=st.integers(1, 4), look=st.booleans())
    def deliver(self, box: str, many: int, look: bool) -> None:
        for _ in range(many):
            self.last += 1
            self.there[self.last] = box
            self.rig.append(box, letter(self.last, f"mail {self.last}", "x"))
        self.looked(look)

    def some(self, data: Any) -> int:
        return int(data.draw(st.sampled_from(sorted(self.there.keys() - {0}))))

    @precondition(lambda self: len(self.there) > 1)
    @rule(data=st.data(), box=BOXES, look=st.booleans())
    def move(self, data: Any, box: str, look: bool) -> None:
        number = self.some(data)
        self.rig.line.select(self.there[number])
        _, (found,) = self.rig.line.uid("SEARCH", "HEADER", "Message-ID", f"<a{number}@acme.example>")
        self.rig.line.uid("MOVE", found.decode(), box)
        self.there[number] = box
        self.looked(look)

    @precondition(lambda self: len(self.there) > 1)
    @rule(data=st.data(), look=st.booleans())
    def delete(self, data: Any, look: bool) -> None:
        number = self.some(data)
        self.rig.delete(self.there.pop(number), number)
        self.looked(look)

    @rule(look=st.booleans())
    def make_the_archive_anew(self, look: bool) -> None:
        self.rig.line.select("INBOX")
        self.rig.line.delete("Archive")
        self.rig.line.create("Archive")
        self.there = {number: box for number, box in self.there.items() if box != "Archive"}
        self.looked(look)

    @rule()
    def restart(self) -> None:
        self.mine.source = self.source()

    @rule(day=st.booleans())
    def look(self, day: bool) -> None:
        if day:
            tomorrow = self.mine.source.now.replace(day=self.mine.source.now.day % 28 + 1)  # type: ignore[attr-defined]
            self.mine.source.now = tomorrow  # type: ignore[attr-defined]
        self.mine.pull()
        self.pulled = True

    @rule(after=st.integers(0, 6000))
    def look_on_a_line_that_breaks(self, after: int) -> None:
        self.cut.after = after
        try:
            self.mine.pull()
            self.pulled = True
        except Unavailable:
            self.mine.source = self.source()
        finally:
            self.cut.after = None

    @invariant()
    def what_is_held_is_what_is_there(self) -> None:
        if getattr(self, "pulled", False):
            held = sorted((name.split("/")[0], one.subject) for name, one in self.mine.items.items())
            assert held == sorted((box, f"mail {number}") for number, box in self.there.items())
            assert news(self.mine.pull()) == 0

    def teardown(self) -> None:
        if hasattr(self, "rig"):
            self.rig.close()


def test_the_law_of_a_source_holds_whatever_happens_to_the_mailboxes(server: Dovecot) -> None:
    cut = Cut(server.port)
    SERVER[:] = [(server, cut)]
    rules = settings(max_examples=12, stateful_step_count=16, deadline=None, suppress_health_check=list(HealthCheck))
    try:
        run_state_machine_as_test(Mailbox, settings=rules)
    finally:
        cut.close()
