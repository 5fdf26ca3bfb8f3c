"""`onward init`: what it asks, how it finds the servers of an address, what it tries, and what it writes."""

from __future__ import annotations

import os
import pty
import select
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dns.flags
import dns.message
import dns.resolver
import dns.rrset
import pytest

from agent.cli import first_file, init
from agent.settings import load
from connectors import _discovery, _providers
from connectors._discovery import Lookups, Search
from tests.inside import onward
from tests.needs import needed
from tests.rigs import certificates
from tests.rigs.caldav import CalDav, Radicale
from tests.rigs.dovecot import PROGRAM, Dovecot
from tests.rigs.ics_url import Server
from tests.rigs.smtp import PASSWORD, Sink

ADDRESS = "dana@northwind.example"
REP = ("--name", "Dana Reyes", "--email", ADDRESS, "--timezone", "America/New_York", "--no-input", "--keep", "file")
XML = """<?xml version="1.0"?>
<clientConfig version="1.1"><emailProvider id="northwind.example">
  <incomingServer type="pop3"><hostname>pop.northwind.example</hostname><port>995</port><socketType>SSL</socketType></incomingServer>
  <incomingServer type="imap"><hostname>open.northwind.example</hostname><port>143</port><socketType>plain</socketType></incomingServer>
  <incomingServer type="imap"><hostname>{host}</hostname><port>{port}</port><socketType>SSL</socketType>
    <username>%EMAILLOCALPART%</username><authentication>password-cleartext</authentication></incomingServer>
  <outgoingServer type="smtp"><hostname>smtp.northwind.example</hostname><port>587</port><socketType>STARTTLS</socketType></outgoingServer>
</emailProvider>
<calendar type="caldav"><serverURL>https://cal.%EMAILDOMAIN%/dav/</serverURL></calendar></clientConfig>
"""


def nothing(_name: str, _kind: str) -> list[tuple[int, int, int, str]]:
    return []


def guesses(search: Search) -> list[_discovery.Guess]:
    return list(search.guesses(search.provider()))


# ------------------------------------------------------------------------------------------------------------ the file


def test_a_configuration_for_files_is_written_and_passes_the_check(tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    done = onward(tmp_path, "init", "--from", "folder", "--calendar", "none", *REP)
    assert (done.returncode, done.stderr) == (0, "")
    assert "mail (folder): ok" in done.stdout
    assert stat.S_IMODE((tmp_path / "onward.yaml").stat().st_mode) == 0o600
    assert onward(tmp_path, "check").returncode == 0
    assert load(tmp_path / "onward.yaml").rules.rep.name == "Dana Reyes"


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    for name in ("onward.yaml", "calendar.ics", "deals.yaml"):
        (tmp_path / name).write_text("mine")
    done = onward(tmp_path, "init", "--from", "folder", *REP)
    assert done.returncode == 2
    assert done.stderr == "onward.yaml is there already, and is not overwritten; move it away or write another one with --config PATH\n"
    onward(tmp_path, "init", "--from", "folder", "--calendar", "none", "--config", "other.yaml", *REP)
    assert {(tmp_path / name).read_text() for name in ("onward.yaml", "calendar.ics", "deals.yaml")} == {"mine"}
    (tmp_path / "link.yaml").symlink_to(tmp_path / "nowhere")
    assert onward(tmp_path, "init", "--from", "folder", "--config", "link.yaml", *REP).returncode == 2


@pytest.mark.parametrize("kind", ["gmail", "microsoft"])
def test_a_kind_that_comes_later_says_so(tmp_path: Path, kind: str) -> None:
    done = onward(tmp_path, "init", "--from", kind)
    assert done.returncode == 2
    assert "not part of this version yet" in done.stderr


def test_all_that_is_missing_is_said_at_once(tmp_path: Path) -> None:
    done = onward(tmp_path, "init", "--from", "imap", "--no-input")
    assert done.returncode == 2
    assert "add --name, --email, --password-stdin or --password-env NAME" in done.stderr


def test_nothing_is_left_of_a_file_that_could_not_be_used(tmp_path: Path) -> None:
    done = onward(tmp_path, "init", "--from", "folder", "--name", "Dana", "--email", ADDRESS, "--timezone", "Mars", "--no-input")
    assert done.returncode == 2
    assert "--timezone" in done.stderr
    assert not list(tmp_path.glob("*.yaml*")) + list(tmp_path.glob(".*.new"))


@pytest.mark.parametrize(
    "value", ["Dana: #1 \"the\" 'rep'", "- x", "{a}", "yes", "12", "!env X y", "Zoë\\n", " ", "17:30", "*a", "%", "null"]
)
def test_whatever_is_answered_stands_in_the_file_as_it_was(tmp_path: Path, value: str) -> None:
    from agent.facts.tree import parse

    found: Any = parse(f"a: {first_file.scalar(value)}\n").root
    assert found.nodes["a"].text == value


def test_the_zone_is_that_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TZ", raising=False)
    (tmp_path / "timezone").write_text("Europe/Paris\n")
    assert init.local_zone(tmp_path) == "Europe/Paris"
    monkeypatch.setenv("TZ", ":America/New_York")
    assert init.local_zone(tmp_path) == "America/New_York"
    monkeypatch.setenv("TZ", "No/Where")
    (tmp_path / "timezone").unlink()
    assert init.local_zone(tmp_path) == "UTC"


# --------------------------------------------------------------------------------------------------- against a server


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    needed(Path(PROGRAM).exists(), "dovecot")
    made = Dovecot()
    yield made
    made.close()


def at(server: Dovecot, *more: str) -> tuple[str, ...]:
    return ("init", "--from", "imap", "--imap", f"127.0.0.1:{server.port}", "--password-stdin", "--calendar", "none", *more, *REP)


def test_an_account_is_tried_and_its_configuration_passes_the_check(tmp_path: Path, dovecot: Dovecot) -> None:
    done = onward(tmp_path, *at(dovecot), given="secret\n")
    assert done.returncode == 0, done.stderr
    assert "signing in works" in done.stderr
    assert "mail (imap): ok, INBOX (0), Sent (0), Archive (0)" in done.stdout
    assert "outbox (imap): ok, drafts go to Drafts, sent mail to Sent" in done.stdout
    found = load(tmp_path / "onward.yaml")
    assert found.sections["mail"][0].options["password"] == "secret"
    assert found.deliver == "draft"
    assert "secret" not in (tmp_path / "onward.yaml").read_text().replace("!secret", "").replace("Secrets", "").replace("secret NAME", "")


def test_sending_is_tried_and_set_when_it_is_wished(tmp_path: Path, dovecot: Dovecot) -> None:
    sink = Sink()
    sink.start()
    try:
        done = onward(tmp_path, *at(dovecot, "--smtp", f"127.0.0.1:{sink.at}", "--send"), given="secret\n")
        assert done.returncode == 0, done.stderr
        assert "takes mail for sending" in done.stdout
        assert load(tmp_path / "onward.yaml").deliver == "send"
        assert sink.taken == []
    finally:
        sink.stop()


def test_a_wrong_password_is_said_and_the_answers_are_kept(tmp_path: Path, dovecot: Dovecot) -> None:
    done = onward(tmp_path, *at(dovecot), given="wrong-canary\n")
    assert done.returncode == 1
    assert "does not accept user and password; check `user` and `password` of `mail`" in done.stderr
    assert f"To change the password: onward secret {ADDRESS} --keep file\n" in done.stderr
    assert "wrong-canary" not in done.stderr + done.stdout
    mended = onward(tmp_path, "secret", ADDRESS, "--stdin", "--keep", "file", given="secret\n")
    assert mended.returncode == 0
    assert onward(tmp_path, "check").returncode == 0


def test_a_password_of_the_environment_is_referred_to(tmp_path: Path, dovecot: Dovecot) -> None:
    words = [word for word in at(dovecot, "--password-env", "MAIL_PASSWORD") if word != "--password-stdin"]
    assert onward(tmp_path, *words, MAIL_PASSWORD="secret").returncode == 0
    assert "password: !env MAIL_PASSWORD" in (tmp_path / "onward.yaml").read_text()
    assert not (tmp_path / "secrets").exists()


def test_an_address_with_odd_characters_has_a_secret_too(tmp_path: Path, dovecot: Dovecot) -> None:
    done = onward(tmp_path, *at(dovecot, "--user", "dana"), "--email", "o'dana&co@northwind.example", given="secret\n")
    assert done.returncode == 0, done.stderr
    assert "password: !secret o-dana-co@northwind.example" in (tmp_path / "onward.yaml").read_text()


def test_a_calendar_server_is_signed_in_to_as_the_mail_is(tmp_path: Path, dovecot: Dovecot) -> None:
    calendars = Radicale(tmp_path)
    rig = CalDav(calendars, "work")
    rig.add()
    try:
        where = ["--user", "dana", "--calendar", f"{calendars.url}{calendars.home}"]
        done = onward(tmp_path, *(word for word in at(dovecot) if word not in ("--calendar", "none")), *where, given="secret\n")
    finally:
        rig.close()
        calendars.close()
    assert done.returncode == 0, done.stderr
    assert "calendar (caldav): ok, 1 item\n" in done.stdout
    calendar = load(tmp_path / "onward.yaml").sections["calendar"][0]
    assert (calendar.options["user"], calendar.options["password"]) == ("dana", "secret")


def test_a_calendars_web_address_is_kept_like_a_password(tmp_path: Path, web: Server) -> None:
    (tmp_path / "mail").mkdir()
    web.routes["/private-canary/basic.ics"] = (200, {}, init.EMPTY.encode())
    where = f"http://127.0.0.1:{web.port}/private-canary/basic.ics"
    done = onward(tmp_path, "init", "--from", "folder", "--calendar", where, *REP)
    assert done.returncode == 0, done.stderr
    assert "calendar (ics_url): ok" in done.stdout
    assert "canary" not in (tmp_path / "onward.yaml").read_text() + done.stdout + done.stderr


@pytest.mark.parametrize("where", ["http://calendar.example/x.ics", "ftp://calendar.example/x.ics", "https://dana:pw@calendar.example/"])
def test_an_address_that_is_not_safe_is_refused_before_anything_is_written(tmp_path: Path, where: str) -> None:
    done = onward(tmp_path, "init", "--from", "folder", "--calendar", where, *REP)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("Error: --calendar: the address ")
    assert not (tmp_path / "onward.yaml").exists()


def test_at_a_terminal_it_asks_five_questions_and_shows_no_password(tmp_path: Path, dovecot: Dovecot) -> None:
    """A password that is refused is asked for again; that is no further question."""
    words = ["--from", "imap", "--imap", f"127.0.0.1:{dovecot.port}", "--timezone", "Europe/Paris", "--keep", "file"]
    said = talk(tmp_path, ["init", *words], ["Dana Reyes", ADDRESS, "wrong-canary", "secret", "none", ""])
    assert [line.split(":")[0].split(" (")[0] for line in said.splitlines() if "[asked]" in line] == [
        "Your name", "Your address", "Password", "Password", "Calendar", "Deals",
    ]  # fmt: skip
    assert "wrong-canary" not in said
    assert load(tmp_path / "onward.yaml").sections["mail"][0].options["password"] == "secret"


def talk(folder: Path, words: list[str], answers: list[str]) -> str:
    """What a program at a terminal says; each of its questions is marked and answered."""
    master, slave = pty.openpty()
    environ = {"PYTHONPATH": str(Path(__file__).parent.parent), "HOME": str(folder), "PATH": "", "TERM": "dumb"}
    process = subprocess.Popen([sys.executable, "-m", "agent", *words], stdin=slave, stdout=slave, stderr=slave, cwd=folder, env=environ)
    os.close(slave)
    said, left, until = "", list(answers), time.monotonic() + 60
    try:
        while time.monotonic() < until:
            if select.select([master], [], [], 0.1)[0]:
                try:
                    said += os.read(master, 4096).decode()
                except OSError:
                    break
            if said.endswith(": ") and left:
                said += "[asked]"
                os.write(master, f"{left.pop(0)}\n".encode())
            elif process.poll() is not None and not select.select([master], [], [], 0)[0]:
                break
    finally:
        process.kill()
        process.wait()
        os.close(master)
    assert not left, said
    return said


# ------------------------------------------------------------------------------------------------------------- finding


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("a@gmail.com", "imap.gmail.com"), ("a@hotmail.fr", "outlook.office365.com"), ("a@me.com", "imap.mail.me.com"),
        ("a@gmx.de", "imap.gmx.net"), ("a@GMX.com", "imap.gmx.com"), ("a@yahoo.co.uk", "imap.mail.yahoo.com"),
        ("a@yahoo.co.jp", "imap.mail.yahoo.co.jp"), ("a@web.de", "imap.web.de"), ("a@posteo.de", "posteo.de"),
        ("a@orange.fr", "imap.orange.fr"),
    ],
)  # fmt: skip
def test_big_providers_are_known_without_asking_anybody(address: str, host: str) -> None:
    found = Search(address, Lookups((), nothing)).provider()
    assert found is not None
    assert found.imap is not None
    assert found.imap.host == host


def test_every_entry_of_the_list_is_whole() -> None:
    for each in _providers.known():
        assert each.domains or each.mx
        assert each.password in ("", "app", "two_step", "none")
        assert (each.imap is not None and each.smtp is not None) or (each.password == "none" and each.note)
        assert each.make.startswith("https://") if each.password == "app" else True
        for end in (each.imap, each.smtp):
            assert end is None or (end.port, end.security) in {(993, "tls"), (465, "tls"), (587, "starttls")}


@pytest.mark.parametrize("host", ["imap.mail.me.com", "smtp.mail.me.com", "caldav.icloud.com"])
def test_a_refused_login_at_a_known_provider_says_what_it_wants(host: str) -> None:
    assert "iCloud wants an app password here" in _providers.advised("check `password`", host)
    assert _providers.advised("check `password`", "imap.northwind.example") == "check `password`"


@pytest.mark.parametrize("domain", ["yahoo.example.com", "notgmail.com", "gmail.com.evil.example", "gmx.de.evil.com"])
def test_a_domain_that_only_looks_like_a_providers_is_not_its(domain: str) -> None:
    assert _providers.of_domain(domain) is None


def test_a_company_at_a_big_provider_is_known_by_its_mail_exchangers() -> None:
    def resolve(name: str, kind: str) -> list[tuple[int, int, int, str]]:
        assert (name, kind) == ("northwind.example", "MX")
        return [(20, 0, 25, "mx.elsewhere.example"), (10, 0, 25, "aspmx.l.google.com")]

    found = Search(ADDRESS, Lookups((), resolve)).provider()
    assert found is not None
    assert found.name == "Gmail"
    assert "app password" in found.advice


def test_what_no_password_opens_is_said_before_one_is_asked_for(tmp_path: Path) -> None:
    done = onward(
        tmp_path, "init", "--from", "imap", "--name", "D", "--email", "d@outlook.com", "--no-input", "--password-stdin", given="x\n"
    )
    assert done.returncode == 1
    assert "Microsoft" in done.stderr
    assert not (tmp_path / "onward.yaml").exists()


@pytest.fixture
def web() -> Iterator[Server]:
    made = Server()
    yield made
    made.stop()


def published(web: Server, text: str, path: str = "/auto/northwind.example") -> Search:
    web.routes[path] = (200, {}, text.encode())
    forms = (f"http://127.0.0.1:{web.port}/auto/{{domain}}", f"http://127.0.0.1:{web.port}/known/{{domain}}?who={{address}}")
    return Search(ADDRESS, Lookups(forms, nothing))


def test_what_the_domain_publishes_comes_before_guesses(web: Server) -> None:
    first = guesses(published(web, XML.format(host="in.northwind.example", port=993)))[0]
    assert str(first.imap) == "in.northwind.example:993 (tls)"
    assert [str(end) for end in first.smtp] == ["smtp.northwind.example:587 (starttls)"]
    assert (first.user, first.calendar) == ("dana", "https://cal.northwind.example/dav/")


def test_the_second_place_is_asked_if_the_first_has_nothing(web: Server) -> None:
    search = published(web, XML.format(host="in.northwind.example", port=993), "/known/northwind.example?who=dana%40northwind.example")
    assert guesses(search)[0].imap.host == "in.northwind.example"


@pytest.mark.parametrize(
    "text",
    [
        XML.replace("<clientConfig", '<!DOCTYPE x [<!ENTITY h "evil.example">]><clientConfig').format(host="&h;", port=993),
        XML.format(host="in.northwind.example", port=993).replace("SSL", "plain"),
        XML.format(host="in.northwind.example", port=993).replace("password-cleartext", "OAuth2"),
        XML.format(host="in.northwind.example/x", port=993),
        XML.format(host="in.northwind.example", port="99 3"),
        XML[:300],
        "<html><body>no such page</body></html>",
        "<clientConfig>" + "x" * 300_000,
        "",
    ],
    ids=["document type", "unprotected", "sign-in page only", "no host", "no port", "cut off", "a web page", "too large", "empty"],
)
def test_a_published_file_that_is_not_safe_or_sound_counts_for_nothing(web: Server, text: str) -> None:
    assert {guess.told_by for guess in guesses(published(web, text))} == {"the usual names"}


def test_a_published_file_is_asked_for_by_https_only() -> None:
    assert all(form.startswith("https://") for form in _discovery.PUBLISHED)
    search = Search(ADDRESS, Lookups(("http://autoconfig.{domain}/x",), nothing))
    assert guesses(search)[0].told_by == "the usual names"


def test_without_anything_published_the_usual_names_are_tried_in_turn() -> None:
    found = [str(guess.imap) for guess in guesses(Search("d@shop.northwind.example", Lookups((), nothing)))]
    assert found == [
        "imap.shop.northwind.example:993 (tls)", "imap.shop.northwind.example:143 (starttls)",
        "mail.shop.northwind.example:993 (tls)", "mail.shop.northwind.example:143 (starttls)",
    ]  # fmt: skip


class Names:
    """A DNS server of the test's own."""

    def __init__(self, *records: str) -> None:
        self.records = [dns.rrset.from_text(*record.split(" ", 4)) for record in records]  # name ttl class type data
        self.spoil: bytes | None = None
        self.spoilt = False
        self.line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.line.bind(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()
        self.resolver = dns.resolver.Resolver(configure=False)
        self.resolver.nameservers, self.resolver.port = ["127.0.0.1"], self.line.getsockname()[1]

    def _serve(self) -> None:
        while True:
            data, who = self.line.recvfrom(4096)
            if data == b"end":
                return
            reply = dns.message.make_response(dns.message.from_wire(data))
            asked = reply.question[0]
            reply.answer = [each for each in self.records if (each.name, each.rdtype) == (asked.name, asked.rdtype)]
            if self.spoilt:
                reply.answer, reply.flags = [], reply.flags | dns.flags.TC
            self.line.sendto(self.spoil if self.spoilt and self.spoil is not None else reply.to_wire(), who)

    def resolve(self, name: str, kind: str) -> list[tuple[int, int, int, str]]:
        return _discovery.resolved(name, kind, self.resolver)

    def close(self) -> None:
        self.line.sendto(b"end", self.line.getsockname())
        self.thread.join()
        self.line.close()


@pytest.fixture
def names() -> Iterator[Names]:
    made = Names(
        "_imaps._tcp.northwind.example. 60 IN SRV 20 1 993 late.northwind.example.",
        "_submissions._tcp.northwind.example. 60 IN SRV 0 1 465 out.northwind.example.",
        "_caldavs._tcp.northwind.example. 60 IN SRV 0 1 8443 cal.northwind.example.",
        "_imap._tcp.northwind.example. 60 IN SRV 0 0 0 .",
        "_imaps._tcp.evil.example. 60 IN SRV 0 1 993 imap.thief.test.",
        "_imaps._tcp.shop.example. 60 IN SRV 0 1 993 imap.fastmail.com.",
        "shop.example. 60 IN MX 10 in1-smtp.messagingengine.com.",
    )
    yield made
    made.close()


def test_records_of_the_domain_name_its_servers(names: Names) -> None:
    first, *others = guesses(Search(ADDRESS, Lookups((), names.resolve)))
    assert str(first.imap) == "late.northwind.example:993 (tls)"
    assert [str(end) for end in first.smtp] == ["out.northwind.example:465 (tls)"]
    assert first.calendar == "https://cal.northwind.example:8443"
    assert {guess.told_by for guess in others} == {"the usual names"}  # "." says that there is none


def test_of_odd_records_those_that_name_a_server_count() -> None:
    service = "_imaps._tcp.northwind.example. 60 IN"
    odd = ["0 0 0 zero", "1 0 993 a_b", "2 0 993 \\195\\164", "3 0 993 a\\032b", "4 0 65535 good"]
    made = Names(*(f"{service} SRV {each}.northwind.example." for each in odd), f"{service} CNAME nowhere.example.")
    try:
        search = Search(ADDRESS, Lookups((), made.resolve))
        assert [str(guess.imap) for guess in guesses(search) if guess.told_by.startswith("recorded")] == [
            "good.northwind.example:65535 (tls)"
        ]
        assert not search.untrusted
    finally:
        made.close()


def test_of_a_thousand_records_few_are_tried() -> None:
    many = [(n, 0, 993, f"h{n}.northwind.example") for n in range(1000)]
    found = guesses(Search(ADDRESS, Lookups((), lambda name, _kind: many if name.startswith("_imaps.") else [])))
    assert [guess.imap.host for guess in found if guess.told_by.startswith("recorded")] == [f"h{n}.northwind.example" for n in range(5)]


@pytest.mark.parametrize("answer", [b"", b"\0", b"garbage" * 9, None])
def test_an_answer_of_dns_that_cannot_be_read_is_none(names: Names, monkeypatch: pytest.MonkeyPatch, answer: bytes | None) -> None:
    """None: it says that it is longer than it is, and nobody is there to give the rest."""
    monkeypatch.setattr(_discovery, "PATIENCE", 0.4)
    names.spoil = answer
    names.spoilt = True
    assert names.resolve("_imaps._tcp.northwind.example", "SRV") == []


def test_a_password_goes_to_no_host_that_only_dns_vouches_for(names: Names) -> None:
    search = Search("dana@evil.example", Lookups((), names.resolve))
    assert all(guess.imap.host.endswith(".evil.example") for guess in guesses(search))
    assert search.untrusted == ["imap.thief.test"]


def test_a_known_provider_is_vouched_for(names: Names) -> None:
    search = Search("dana@shop.example", Lookups((), names.resolve))
    assert next(search.guesses(None)).imap.host == "imap.fastmail.com"
    provider = search.provider()
    assert provider is not None
    assert provider.name == "Fastmail"


# -------------------------------------------------------------------------------------------------------------- trying


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> certificates.Certificate:
    needed(certificates.available(), "openssl")
    return certificates.certificate(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def secured(own: certificates.Certificate) -> Iterator[Dovecot]:
    needed(Path(PROGRAM).exists(), "dovecot")
    made = Dovecot(certificate=(own.cert, own.key))
    yield made
    made.close()


def test_published_servers_are_tried_over_tls(
    web: Server, secured: Dovecot, own: certificates.Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(own.cert))
    search = published(web, XML.format(host="localhost", port=secured.tls_port))
    found = _discovery.tried(search.guesses(None), "secret", 20)
    assert found is not None
    assert (found.imap_fault, found.guess.user) == ("", "dana")
    assert found.smtp_fault  # smtp.northwind.example is not there
    wrong = _discovery.tried(search.guesses(None), "wrong", 20)
    assert wrong is not None
    assert wrong.wrong_login


def test_a_certificate_that_cannot_be_trusted_is_said_and_gets_no_password(web: Server, secured: Dovecot) -> None:
    search = published(web, XML.format(host="localhost", port=secured.tls_port))
    found = _discovery.tried(guesses(search)[:1], "secret", 20)
    assert found is not None
    assert "certificate that cannot be trusted" in found.imap_fault
    assert not found.wrong_login


def test_a_refused_password_is_told_to_no_other_server(dovecot: Dovecot) -> None:
    here = _discovery.given(f"127.0.0.1:{dovecot.port}", "", "dana")[:1]

    def others() -> Iterator[_discovery.Guess]:
        yield from here
        raise AssertionError("a second server was asked")

    found = _discovery.tried(others(), "wrong", 20)
    assert found is not None
    assert found.wrong_login


def test_of_several_that_fail_the_one_that_was_there_is_told(dovecot: Dovecot) -> None:
    away = _discovery.given("127.0.0.1:1", "", "dana")[:1]
    plain = _discovery.given(f"127.0.0.1:{dovecot.port}", "", "dana")[1:2]  # TLS where none is spoken
    found = _discovery.tried([*away, *plain], "secret", 20)
    assert found is not None
    assert "does not speak TLS on this port" in found.imap_fault


def test_a_server_for_sending_is_tried_on_each_of_its_ports(dovecot: Dovecot) -> None:
    sink = Sink(auth=True)
    sink.start()
    try:
        (guess, *_) = _discovery.given(f"127.0.0.1:{dovecot.port}", f"127.0.0.1:{sink.at}", "dana")
        found = _discovery.tried([guess], "secret", 20)
        assert found is not None
        assert "does not accept user and password" in found.smtp_fault
        assert PASSWORD not in found.smtp_fault
        assert sink.taken == []
    finally:
        sink.stop()
