"""Handing mail in: what reaches the server, and what each fault says about whether it left."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from agent.errors import NeedsHuman, OnwardError, Rejected, Unavailable, Unsure
from connectors import _smtp
from connectors._smtp import Server
from tests.needs import needed
from tests.rigs import certificates, smtp_sink, submission
from tests.rigs.smtp import PASSWORD, Sink
from tests.rigs.wire import Wire

SENDER, PAT, LEE = "dana@northwind.example", "pat@acme.example", "lee@acme.example"
RAW = b"From: dana@northwind.example\r\nTo: pat@acme.example\r\nSubject: Demo\r\n\r\nHi Pat,\r\n.\r\n..\r\n.Dana\r\n"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> certificates.Certificate:
    needed(certificates.available(), "openssl")
    return certificates.certificate(tmp_path_factory.mktemp("certificates"))


@contextmanager
def sink(security: str = "none", context: ssl.SSLContext | None = None, **more: Any) -> Iterator[Sink]:
    made = Sink(security, context, **more)
    made.start()
    try:
        yield made
    finally:
        made.stop()


def server(port: int, security: str = "none", **more: Any) -> Server:
    return Server("outbox", "localhost", security, **{"user": "dana", "password": PASSWORD, "port": port} | more)


def send(to: Server, raw: bytes = RAW, *recipients: str) -> None:
    with to.open() as line:
        line.offer(SENDER, recipients or (PAT,), raw)
        line.hand_over(raw)


def ended(to: Server, raw: bytes = RAW, *recipients: str) -> OnwardError | None:
    try:
        send(to, raw, *recipients)
    except OnwardError as fault:
        return fault
    return None


# ------------------------------------------------------------------------------------------------------------ arrives


@pytest.mark.parametrize(
    "raw",
    [RAW, RAW.removesuffix(b"\r\n") + b"\r\n.\r\n", b"Subject: x\r\n\r\n.", b".Subject: x\r\n\r\n\r\n", RAW + "Grüße\r\n".encode()],
)
def test_what_arrives_are_the_bytes_that_were_handed_in(raw: bytes) -> None:
    with sink() as there:
        send(server(there.at), raw, PAT, LEE)
        (taken,) = there.handler.taken
    assert taken.raw == (raw if raw.endswith(b"\r\n") else raw + b"\r\n")
    assert (taken.sender, taken.recipients) == (SENDER, [PAT, LEE])


@pytest.mark.parametrize("breaks", [b"a\nb", b"a\rb", b"a\n.\n", b"a\r.\r", b"a\n.\r\n"])
def test_lone_line_breaks_are_refused_since_servers_disagree_on_what_they_end(breaks: bytes) -> None:
    with sink() as there:
        assert isinstance(ended(server(there.at), RAW + breaks), Rejected)
        assert there.taken == []


def test_mail_in_8_bits_says_so_and_mail_in_7_does_not() -> None:
    with sink() as there:
        send(server(there.at), RAW)
        send(server(there.at), RAW + "Grüße\r\n".encode())
        plain, eight = (" ".join(taken.options).lower() for taken in there.handler.taken)
    assert "body=8bitmime" not in plain
    assert "body=8bitmime" in eight
    assert "smtputf8" not in eight


def test_an_address_that_is_not_ascii_is_told_as_utf_8() -> None:
    with sink(enable_SMTPUTF8=True) as there:
        send(server(there.at), RAW, "jörg@müller.example")
        (taken,) = there.handler.taken
    assert taken.recipients == ["jörg@müller.example"]
    assert "smtputf8" in " ".join(taken.options).lower()


def test_a_server_without_smtputf8_gets_no_such_address() -> None:
    with sink(enable_SMTPUTF8=False) as there:
        fault = ended(server(there.at), RAW, "jörg@müller.example")
        assert there.taken == []
    assert isinstance(fault, Rejected)
    assert "SMTPUTF8" in fault.told


def test_a_server_without_8bitmime_gets_no_such_text() -> None:
    with sink() as there, Wire(there.at, down=lambda data: data.replace(b"250-8BITMIME", b"250-XXXXXXXX")) as wire:
        fault = ended(server(wire.port), RAW + "Grüße\r\n".encode())
        send(server(wire.port))
        assert len(there.taken) == 1
    assert isinstance(fault, Rejected)
    assert "8BITMIME" in fault.told


def test_a_mail_larger_than_the_server_takes_is_refused_before_it_is_told() -> None:
    with sink(data_size_limit=1000) as there:
        fault = ended(server(there.at), RAW + b"x" * 70 + b"\r\n" * 600)
        assert there.taken == []
    assert isinstance(fault, Rejected)
    assert "1,000 bytes" in fault.told


# ----------------------------------------------------------------------------------------------------------- signs in


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_it_signs_in_over_tls_whose_certificate_is_trusted(
    own: certificates.Certificate, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(own.cert))
    with sink(security, own.context(), auth=True) as there:
        send(server(there.at, security))
        assert there.taken == [RAW]
        assert [name for name, _ in there.handler.logins] == ["PLAIN"]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_that_is_not_trusted_gets_neither_password_nor_mail(own: certificates.Certificate, security: str) -> None:
    with sink(security, own.context(), auth=True) as there:
        fault = ended(server(there.at, security))
        assert (there.taken, there.handler.logins) == ([], [])
    assert isinstance(fault, NeedsHuman)
    assert "certificate" in fault.told


def test_a_certificate_of_another_name_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needed(certificates.available(), "openssl")
    other = certificates.certificate(tmp_path, "mail.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(other.cert))
    with sink("tls", other.context()) as there:
        assert isinstance(ended(server(there.at, "tls")), NeedsHuman)


def test_a_server_that_offers_no_starttls_gets_no_password() -> None:
    with sink(auth=True) as there:
        fault = ended(server(there.at, "starttls"))
        assert there.handler.logins == []
    assert isinstance(fault, NeedsHuman)
    assert "STARTTLS" in fault.told


def test_a_port_that_does_not_speak_tls_is_named() -> None:
    with sink() as there:
        fault = ended(server(there.at, "tls"))
    assert isinstance(fault, NeedsHuman)
    assert "starttls" in fault.told


def test_without_tls_mail_goes_only_to_this_machine() -> None:
    fault = ended(replace(server(25), host="mail.example"))
    assert isinstance(fault, NeedsHuman)
    assert "unprotected" in fault.told


@pytest.mark.parametrize("way", ["PLAIN", "LOGIN"])
def test_it_signs_in_with_what_the_server_offers(way: str) -> None:
    other = {"PLAIN": "LOGIN", "LOGIN": "PLAIN"}[way]
    with sink(auth=True, auth_exclude_mechanism=[other]) as there:
        send(server(there.at))
        assert there.handler.logins == [(way, PASSWORD.encode())]


def test_a_token_goes_as_xoauth2() -> None:
    said: list[bytes] = []
    answers = {
        b"EHLO": b"250-there\r\n250 AUTH XOAUTH2 PLAIN\r\n",
        b"AUTH": b"334 eyJzdGF0dXMiOiI0MDEifQ==\r\n",
        b"\r\n": b"535 5.7.8 no\r\n",
    }
    with sink(auth=True) as there, scripted(there, answers, said) as port:
        fault = ended(server(port, password="", token="canary-token-9x"))
    assert said[1] == b"AUTH XOAUTH2 dXNlcj1kYW5hAWF1dGg9QmVhcmVyIGNhbmFyeS10b2tlbi05eAEB\r\n"
    assert said[2] == b"\r\n"
    assert isinstance(fault, NeedsHuman)
    assert "canary" not in fault.told


@contextmanager
def scripted(there: Sink, answers: dict[bytes, bytes], said: list[bytes]) -> Iterator[int]:
    """The server, but for what begins with one of these: that is answered as given."""
    waiting: list[bytes] = []

    def up(data: bytes) -> bytes:
        said.append(data)
        waiting[:] = [answer for begins, answer in answers.items() if data.startswith(begins)]
        return b"NOOP\r\n" if waiting else data

    def down(data: bytes) -> bytes:
        return waiting.pop() if waiting else data

    with Wire(there.at, up, down) as wire:
        yield wire.port


@pytest.mark.parametrize(
    ("answer", "fate", "says"),
    [
        (b"535 5.7.8 Bad credentials for dana\r\n", NeedsHuman, "check `user` and `password`"),
        (b"534 5.7.9 Application-specific password required\r\n", NeedsHuman, "app password"),
        (b"535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled\r\n", NeedsHuman, "does not allow"),
        (b"454 4.7.0 Temporary authentication failure\r\n", Unavailable, "just now"),
        (b"421 4.7.0 Too many logins\r\n", Unavailable, "just now"),
    ],
)
def test_who_is_not_let_in_is_told_what_to_do_and_no_secret(answer: bytes, fate: type[OnwardError], says: str) -> None:
    with sink(auth=True) as there, scripted(there, {b"AUTH": answer}, []) as port:
        fault = ended(server(port))
        assert there.taken == []
    assert type(fault) is fate
    assert says in fault.told
    assert PASSWORD not in fault.told
    assert "dana" not in fault.told


@pytest.fixture(scope="module")
def relayed() -> Iterator[tuple[Sink, submission.Submission]]:
    needed(submission.available(), "Dovecot's submission server (dovecot-submissiond)")
    with sink() as there:
        made = submission.Submission(there.at)
        yield there, made
        made.close()


@pytest.mark.parametrize(
    ("secrets", "fate"),
    [
        ({"password": "secret"}, type(None)),
        ({"password": "wrong-canary"}, NeedsHuman),
        ({"password": "", "token": submission.token("dana")}, type(None)),
        ({"password": "", "token": submission.token("dana", b"another key of at least 32 bytes, wrong")}, NeedsHuman),
    ],
)
def test_on_a_submission_server_of_another_make(
    relayed: tuple[Sink, submission.Submission], secrets: dict[str, str], fate: type[Any]
) -> None:
    there, server_ = relayed
    there.handler.taken.clear()
    fault = ended(server(server_.at, **secrets), RAW + "Grüße\r\n".encode())
    assert type(fault) is fate or isinstance(fault, fate)
    assert (len(there.taken) == 1) == (fault is None)
    if fault is None:
        assert there.taken[0].endswith(RAW + "Grüße\r\n".encode())
    else:
        assert "canary" not in str(fault)


# ------------------------------------------------------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("command", "answer", "fate"),
    [
        ("MAIL", "550 5.7.1 not you, dana@northwind.example", Rejected),
        ("MAIL", "451 4.3.0 later", Unavailable),
        (f"RCPT {PAT}", "550 5.1.1 <pat@acme.example> is not here", Rejected),
        (f"RCPT {PAT}", "450 4.2.0 greylisted", Unavailable),
        ("DATA", "554 5.6.0 not like that", Rejected),
        ("DATA", "450 4.3.0 later", Unavailable),
    ],
)
def test_a_refusal_is_certain_and_names_its_code_and_nobody(command: str, answer: str, fate: type[OnwardError]) -> None:
    with sink() as there:
        there.handler.answers[command] = [answer]
        fault = ended(server(there.at))
        assert there.taken == []
    assert type(fault) is fate
    assert answer.split()[1] in fault.told
    assert "acme" not in fault.told
    assert "northwind" not in fault.told


def test_if_one_recipient_is_refused_nobody_gets_it() -> None:
    with sink() as there:
        there.handler.answers[f"RCPT {LEE}"] = ["550 5.1.1 no lee@acme.example here"]
        fault = ended(server(there.at), RAW, PAT, LEE)
        assert there.taken == []
    assert isinstance(fault, Rejected)
    assert "1 of 2 recipients" in fault.told
    assert "lee" not in fault.told


def test_a_recipient_refused_for_good_outweighs_one_that_may_be_taken_later() -> None:
    with sink() as there:
        there.handler.answers = {f"RCPT {PAT}": ["450 4.2.0 later"], f"RCPT {LEE}": ["550 5.1.1 never"]}
        assert isinstance(ended(server(there.at), RAW, PAT, LEE), Rejected)


@pytest.mark.parametrize("address", ["pat@acme.example\r\nRCPT TO:<eve@evil.example>", "pat@acme.example\nDATA"])
def test_an_address_cannot_become_a_command(address: str) -> None:
    with sink() as there:
        assert isinstance(ended(server(there.at), RAW, address), Rejected)
        assert there.taken == []


# --------------------------------------------------------------------------------------------------------- line breaks


def test_wherever_the_line_breaks_what_is_said_is_true() -> None:
    """Certain before the final dot and after its answer, in doubt between them: the table of the standard, by trying every place."""
    found = []
    with sink() as there:
        for number in count():
            there.handler.taken.clear()
            with Wire(there.at, breaks=number) as broken:
                fault = ended(server(broken.port))
            found.append((type(fault).__name__, len(there.taken)))
            if fault is None:
                break
    assert set(found) <= {("Unavailable", 0), ("Unsure", 0), ("Unsure", 1), ("NoneType", 1)}
    assert ("Unavailable", 0) in found


def test_an_answer_to_the_dot_that_is_lost_leaves_it_in_doubt() -> None:
    with sink() as there, Wire(there.at, down=lambda data: None if there.taken else data) as wire:
        assert isinstance(ended(server(wire.port)), Unsure)
        assert there.taken == [RAW]


def test_an_answer_to_the_dot_that_does_not_come_in_time_leaves_it_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _smtp.CONFIRM >= 600
    monkeypatch.setattr(_smtp, "CONFIRM", 0.3)
    dot: list[bytes] = []

    def up(data: bytes) -> bytes:
        dot.extend([data] if data.endswith(b".\r\n") and b"Hi Pat" not in data else [])
        return b"" if dot else data

    with sink() as there, Wire(there.at, up) as wire:
        assert isinstance(ended(server(wire.port)), Unsure)


@pytest.mark.parametrize("answer", [b"what?\r\n", b"354 go on\r\n", b"250" + b"-" * 20_000 + b"\r\n"])
def test_an_answer_to_the_dot_that_is_none_leaves_it_in_doubt(answer: bytes) -> None:
    with sink() as there, Wire(there.at, down=lambda data: answer if there.taken else data) as wire:
        assert isinstance(ended(server(wire.port)), Unsure)


@pytest.mark.parametrize(
    ("words", "fate", "given"),
    [
        (("-q", "."), Unsure, 1),
        (("-r", "."), Unavailable, 1),
        (("-f", "."), Rejected, 1),
        (("-f", "data"), Rejected, 0),
        (("-q", "data"), Unavailable, 0),
        (("-q", "rcpt"), Unavailable, 0),
        (("-w", "1"), type(None), 1),
    ],
)
def test_on_a_server_that_misbehaves_as_told(words: tuple[str, ...], fate: type[Any], given: int) -> None:
    needed(smtp_sink.program(), "smtp-sink (postfix)")
    there = smtp_sink.SmtpSink(*words)
    try:
        assert type(ended(server(there.at))) is fate
        assert there.given == given
    finally:
        there.close()


def test_a_server_that_is_not_there_is_tried_again_later() -> None:
    with sink() as there:
        port = there.at
    assert isinstance(ended(server(port)), Unavailable)
