"""The command line: what is said where, and the exit status."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import inside
from tests.needs import needed
from tests.rigs import certificates
from tests.rigs.dovecot import PROGRAM, Dovecot
from tests.rigs.smtp import PASSWORD, Sink

BASE = """\
rep: {name: Dana Reyes, email: dana@northwind.example, timezone: America/New_York}
mail: {kind: folder, path: mail}
calendar: {kind: folder, path: calendar.ics}
deals: {kind: folder, path: deals.yaml}
"""


def onward(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parent.parent
    environ = {"PYTHONPATH": str(root), "HOME": str(folder), "PATH": ""}
    return subprocess.run(
        [sys.executable, "-m", "agent", *arguments], check=False, capture_output=True, encoding="utf-8", cwd=folder, env=environ, timeout=60
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "onward.yaml").write_text(BASE)
    (tmp_path / "mail").mkdir()
    (tmp_path / "calendar.ics").write_text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nEND:VCALENDAR\r\n")
    (tmp_path / "deals.yaml").write_text("- {id: D-1, name: Rollout, stage: Demo, account: Acme}\n")
    return tmp_path


@pytest.mark.parametrize("arguments", [["check", "--config", "onward.yaml"], ["--config", "onward.yaml", "check"], ["check"]])
def test_a_good_configuration_with_sources_that_can_be_read_is_0(folder: Path, arguments: list[str]) -> None:
    done = onward(folder, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert "deals (folder): ok, 1 item" in done.stdout


def test_a_source_that_cannot_be_read_is_1_and_said_on_stderr(folder: Path) -> None:
    (folder / "mail").rmdir()
    done = onward(folder, "check")
    assert done.returncode == 1
    assert done.stderr.startswith("mail (folder): failed, ")
    assert "calendar (folder): ok" in done.stdout


def test_offline_connects_to_nothing(folder: Path) -> None:
    (folder / "mail").rmdir()
    assert onward(folder, "check", "--offline").returncode == 0


@pytest.mark.parametrize("command", [["check"], ["check", "--offline"], ["scan", "--json"]])
def test_every_problem_is_a_line_on_stderr_and_2(folder: Path, command: list[str]) -> None:
    (folder / "onward.yaml").write_text(BASE.replace("path: mail", "pth: mail").replace("America/New_York", "Mars") + "deliver: later\n")
    done = onward(folder, *command)
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["onward.yaml:1:", "onward.yaml:2:", "onward.yaml:5:"]
    assert lines[1] == "onward.yaml:2: unknown key 'pth' in mail; did you mean 'path'?"


def test_warnings_do_not_change_the_status(folder: Path) -> None:
    (folder / "onward.yaml").write_text(BASE + "company: {domains: [northwind.example, gmail.com]}\n")
    done = onward(folder, "check")
    assert done.returncode == 0
    assert done.stderr.startswith("warning: onward.yaml:5: company.domains: gmail.com")


@pytest.mark.parametrize(
    "arguments", [["bogus"], ["check", "--bogus"], ["scan", "--now", "noon"], ["check", "--config", "nope.yaml"], ["check", "more"]]
)
def test_wrong_usage_is_2_without_a_traceback(folder: Path, arguments: list[str]) -> None:
    done = onward(folder, *arguments)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_no_configuration_says_what_to_do(tmp_path: Path) -> None:
    done = onward(tmp_path, "check")
    assert done.returncode == 2
    assert "--config PATH" in done.stderr


def test_a_reader_that_leaves_early_is_no_fault(folder: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m agent --help | head -c 1 >/dev/null"],
        check=False, capture_output=True, text=True, cwd=Path(__file__).parent.parent, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_the_version_is_told_by_name(tmp_path: Path) -> None:
    assert onward(tmp_path, "--version").stdout.startswith("onward ")


def test_what_a_source_holds_beside_its_items_is_said_below_it(folder: Path) -> None:
    deals = "- {id: D-1, name: Rollout, stage: Demo, account: Acme, amount: lots}\n- {name: Nameless, stage: Demo}\n"
    (folder / "deals.yaml").write_text(deals)
    done = onward(folder, "check")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert f"  warning: no mail was found in {folder / 'mail'}; is it the right folder?" in lines
    below = lines[next(n for n, line in enumerate(lines) if line.startswith("deals (folder): ok, 1 item, 1 quarantined")) + 1 :]
    assert below[0].startswith("  warning: deals.yaml:1: amount is left out")
    assert below[1].startswith("  warning: deals.yaml:1: deal D-1: it has no address and no domain")
    assert below[2] == "  set apart: deals.yaml:2: id is missing"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", ["check --offline", "scan", "scan --json", "demo", "--help"])
def test_an_output_that_cannot_be_written_is_a_sentence(folder: Path, command: str) -> None:
    root = Path(__file__).parent.parent
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "agent", *command.split()],
            check=False, stdout=full, stderr=subprocess.PIPE, text=True, cwd=folder, env={"PYTHONPATH": str(root)}, timeout=60,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "onward: the output cannot be written (no space left on device)\n")


@pytest.mark.parametrize("word", ["help", "version"])
def test_help_and_version_are_options(folder: Path, word: str) -> None:
    assert f"write onward --{word}" in onward(folder, word).stderr


# ------------------------------------------------------------------------------------------------- mail and outbox servers


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> certificates.Certificate:
    needed(certificates.available(), "openssl")
    return certificates.certificate(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def server(own: certificates.Certificate) -> Iterator[Dovecot]:
    needed(PROGRAM and Path(PROGRAM).exists(), "Dovecot (dovecot-imapd)")
    made = Dovecot(certificate=(own.cert, own.key))
    yield made
    made.close()


@pytest.fixture
def sink() -> Iterator[Sink]:
    made = Sink(auth=True)
    made.start()
    yield made
    made.stop()


def account(folder: Path, server: Dovecot, *more: str, port: int = 0, security: str = "none", mail: str = "", outbox: str = "") -> None:
    """A configuration of an IMAP account, the same for mail and outbox."""
    (folder / "password").write_text("secret")
    here = f"kind: imap, host: localhost, port: {port or server.port}, security: {security}, user: dana, password: !file password"
    lines = [line for line in BASE.splitlines() if not line.startswith("mail:")]
    (folder / "onward.yaml").write_text("\n".join([*lines, f"mail: {{{here}{mail}}}", f"outbox: {{{here}{outbox}}}", *more, ""]))


def failed(folder: Path, port: str = "mail") -> str:
    """What is said of a port that cannot be used."""
    done = inside.onward(folder, "check")
    assert done.returncode == 1, done.stdout
    (line,) = [line for line in done.stderr.splitlines() if line.startswith(f"{port} (imap): failed, ")]
    return line


def test_an_account_is_signed_in_to_and_its_folders_are_opened(folder: Path, server: Dovecot) -> None:
    account(folder, server)
    done = inside.onward(folder, "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "mail (imap): ok, INBOX (0), Sent (0), Archive (0)\n" in done.stdout
    assert "outbox (imap): ok, drafts go to Drafts, sent mail to Sent\n" in done.stdout


def test_a_wrong_password(folder: Path, server: Dovecot) -> None:
    account(folder, server)
    (folder / "password").write_text("wrong-canary")
    assert "check `user` and `password` of `mail`" in failed(folder)
    assert "check `user` and `password` of `outbox`" in failed(folder, "outbox")
    assert "wrong-canary" not in failed(folder)


@pytest.mark.parametrize(
    ("port", "security", "says"), [("plain", "tls", "993 goes with tls, 143 with starttls"), ("1", "tls", "993 goes with")]
)
def test_a_wrong_port_or_security(folder: Path, server: Dovecot, port: str, security: str, says: str) -> None:
    account(folder, server, port=server.port if port == "plain" else 1, security=security)
    assert says in failed(folder)


def test_a_port_that_begins_with_tls_is_a_problem_of_its_line(folder: Path, server: Dovecot) -> None:
    account(folder, server, port=993, security="starttls")
    done = inside.onward(folder, "check", "--offline")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0].endswith("port 993 goes with security: tls; starttls is spoken on port 143")


def test_a_certificate_that_cannot_be_trusted(folder: Path, server: Dovecot) -> None:
    account(folder, server, port=server.tls_port, security="tls")
    says = failed(folder)
    assert "certificate that cannot be trusted" in says
    assert "nothing was sent" in says


def test_a_folder_that_is_not_there(folder: Path, server: Dovecot) -> None:
    account(folder, server, mail=", folders: [INBOX, Clients]", outbox=", drafts: Entwurf")
    assert "no folder 'Clients'; correct `folders` of `mail`; there are " in failed(folder)
    assert "no folder 'Entwurf'; name it as `drafts` of `outbox`, or make it in your mail program; there are " in failed(folder, "outbox")


def test_a_folder_that_is_barred(folder: Path, server: Dovecot) -> None:
    line = server.client("dana")
    line.create("Private")
    line.logout()
    barred = server.folder / "home" / "dana" / "Maildir" / "Private" / "cur"
    account(folder, server, mail=", folders: [INBOX, Private]")
    barred.chmod(0)
    barred.parent.chmod(0)
    try:
        assert "'Private'" in failed(folder)
    finally:
        barred.parent.chmod(0o700)
        barred.chmod(0o700)


def test_sending_without_a_server_for_it_is_refused_before_anything_is_tried(folder: Path, server: Dovecot) -> None:
    account(folder, server, "deliver: send")
    done = inside.onward(folder, "check")
    assert (done.returncode, done.stdout) == (2, "")
    assert re.match(r"onward\.yaml:\d+: outbox: there is nothing set to send with; add smtp: \{\} to it", done.stderr)
    assert "deliver: draft" in done.stderr


def test_a_server_for_sending_is_signed_in_to_and_told_of_no_mail(folder: Path, server: Dovecot, sink: Sink) -> None:
    (folder / "smtp").write_text(PASSWORD)
    smtp = f"smtp: {{host: 127.0.0.1, port: {sink.at}, security: none, user: dana, password: !file smtp}}"
    account(folder, server, "deliver: send", outbox=f", {smtp}")
    done = inside.onward(folder, "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "127.0.0.1 takes mail for sending" in done.stdout
    assert [given for _, given in sink.handler.logins] == [PASSWORD.encode()]
    assert sink.taken == []
    (folder / "smtp").write_text("wrong-canary")
    assert "check `user` and `password` of `smtp` in `outbox`" in failed(folder, "outbox")
