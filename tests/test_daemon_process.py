"""The daemon as a process: its manager, its signals, its death, and a second one beside it."""

from __future__ import annotations

import fcntl
import json
import os
import re
import selectors
import signal
import socket
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

import httpx2
import pytest

from agent import settings as configuration
from agent.cli import main
from agent.office import Office
from agent.store import decisions

MOMENT = datetime(2026, 3, 5, 20, tzinfo=UTC)
LONG = 30.0  # seconds after which what was to come is missed


class Process:
    """`onward run` on a workspace, told about by a socket as systemd would be."""

    def __init__(self, folder: Path, *words: str, start: tuple[str, str] = ("-m", "agent"), port: int = 0) -> None:
        self._manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._manager.bind(str(folder / f"notify-{time.monotonic_ns()}"))
        self._manager.settimeout(LONG)
        environ = {**os.environ, "NOTIFY_SOCKET": self._manager.getsockname(), "WATCHDOG_USEC": "1000000"}
        environ.pop("WATCHDOG_PID", None)
        command = [sys.executable, *start, "run", "--port", str(port), "--config", str(folder / "onward.yaml"), *words]
        self.process = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.heard: list[str] = []
        self._log = ""

    def hears(self, wanted: str) -> str:
        """The next message that begins so."""
        while True:
            said = self._manager.recv(4096).decode()
            self.heard.append(said)
            if said.startswith(wanted):
                return said

    def falls_silent(self) -> None:
        """Until no sign of life has come for as long as the manager waits."""
        self._manager.settimeout(1)
        with suppress(TimeoutError):
            while True:
                self.heard.append(self._manager.recv(4096).decode())
        self._manager.settimeout(LONG)

    def link(self) -> str:
        assert self.process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/start\?token=\S+", _line(self.process.stdout))
        assert found
        return found[0]

    def logs(self, event: str) -> dict[str, Any]:
        """The next line of the log about that."""
        assert self.process.stderr is not None
        while True:
            line = _line(self.process.stderr)
            found: dict[str, Any] = json.loads(line)
            self._log += line
            if found["event"] == event:
                return found

    def ends(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(LONG)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()
        self._manager.close()


def _line(pipe: IO[bytes]) -> str:
    """The next line, if it comes in time."""
    with selectors.DefaultSelector() as waiting:
        waiting.register(pipe, selectors.EVENT_READ)
        made = b""
        while not made.endswith(b"\n"):
            assert waiting.select(LONG), f"nothing but {made!r}"
            byte = os.read(pipe.fileno(), 1)
            assert byte, f"it ended after {made!r}"
            made += byte
    return made.decode()


@contextmanager
def running(folder: Path, *words: str, **how: Any) -> Iterator[Process]:
    made = Process(folder, *words, **how)
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with one deal, one mail and one meeting that ended."""
    (tmp_path / "onward.yaml").write_text(
        "rep: {name: Dana Reyes, email: dana@northwind.example, timezone: America/New_York}\nmail: {kind: folder, path: mail}\n"
        "calendar: {kind: folder, path: calendar.ics}\ndeals: {kind: folder, path: deals.yaml}\n"
    )
    (tmp_path / "deals.yaml").write_text(
        "- {id: D-17, name: Acme, account: {name: Acme, domains: [acme.example]}, stage: Proposal, owner: dana@northwind.example,"
        " contacts: [{name: Pat Lee, email: pat@acme.example}]}\n"
    )
    (tmp_path / "mail").mkdir()
    headers = "From: Pat Lee <pat@acme.example>\nTo: dana@northwind.example\nSubject: Analytics\nMessage-ID: <a1@acme.example>\n"
    (tmp_path / "mail" / "1.eml").write_text(f"{headers}Date: Tue, 3 Mar 2026 10:00:00 -0500\n\nThanks for the call.\n")
    meeting = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:m1", "DTSTAMP:20260301T000000Z", "DTSTART:20260305T150000Z",
        "DTEND:20260305T160000Z", "SUMMARY:Acme demo", "ORGANIZER:mailto:dana@northwind.example", "ATTENDEE:mailto:pat@acme.example",
        "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    (tmp_path / "calendar.ics").write_text("\r\n".join(meeting))
    return tmp_path


def test_it_tells_its_manager_how_it_goes_and_ends_when_asked(folder: Path) -> None:
    with running(folder) as daemon:
        daemon.hears("READY=1")
        daemon.hears("STATUS=last round")
        daemon.hears("WATCHDOG=1")
        daemon.hears("WATCHDOG=1")
        link = daemon.link()
        with httpx2.Client(trust_env=False) as browser:
            assert browser.get(link).status_code == 303
            assert browser.get(link).status_code == 403
            assert browser.get(link.partition("/start")[0] + "/healthz").status_code == 200
            assert b"onward_rounds_total" in browser.get(link.partition("/start")[0] + "/metrics").content
        assert daemon.ends(signal.SIGINT) == 0
        daemon.hears("STOPPING=1")
        assert daemon.logs("round ended")["deals"] > 0
        assert daemon.logs("stopped")
        assert "@" not in daemon._log


def test_a_request_to_stop_in_the_middle_of_the_first_round_is_met_and_nothing_is_lost(folder: Path) -> None:
    with running(folder) as daemon:
        daemon.hears("READY=1")
        assert daemon.ends(signal.SIGTERM) == 0
    status = main.run(["run", "--once", "--config", str(folder / "onward.yaml")])
    assert status == 0


def test_a_changed_configuration_is_taken_on_sighup_and_a_bad_one_is_not(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "onward.yaml"
    good = path.read_text()
    with running(folder) as daemon:
        daemon.logs("round ended")
        with httpx2.Client(base_url=daemon.link().partition("/start")[0], trust_env=False) as browser:
            path.write_text(good + "rounds: often\n")
            daemon.process.send_signal(signal.SIGHUP)
            assert daemon.logs("configuration kept")["problems"] == 1
            assert browser.get("/healthz").status_code == 503
            path.write_text(good + "rounds: every hour\n")
            assert main.run(["doctor", "--json", "--offline", "--config", str(path)]) == 1
            found = {c["name"]: c["level"] for c in json.loads(capsys.readouterr().out)["checks"] if c["says"] != str(path)}
            assert (found["configuration"], found["inbox"], found["rounds"]) == ("fail", "pass", "pass")
            daemon.process.send_signal(signal.SIGHUP)
            daemon.logs("configuration taken")
            daemon.logs("round ended")
            assert browser.get("/healthz").status_code == 200
        assert daemon.ends(signal.SIGTERM) == 0


def test_of_two_one_works_and_the_other_names_it_and_a_killed_one_holds_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = str(folder / "onward.yaml")
    with running(folder) as daemon:
        daemon.hears("READY=1")
        assert main.run(["run", "--once", "--config", config]) == 1
        said = capsys.readouterr().err
        assert f"Onward already runs: process {daemon.process.pid} on" in said
        assert said.count("\n") == 1
        assert daemon.ends(signal.SIGKILL) == -signal.SIGKILL
    assert main.run(["run", "--once", "--config", config]) == 0
    with running(folder) as again:
        again.hears("READY=1")
        again.logs("round ended")
        assert again.ends(signal.SIGTERM) == 0


STUCK = """
import threading
from agent.cli.main import main
from agent.cycle import Cycle
Cycle.round = lambda *_args, **_more: threading.Event().wait()
main()
"""


@pytest.mark.parametrize("how", ["stopped", "deadlocked"])
def test_one_that_does_not_get_on_falls_silent_is_killed_and_the_next_one_works(folder: Path, how: str) -> None:
    """As systemd does it. That its pages still answer is no sign of life: another thread serves them."""
    with running(folder, start=("-c", STUCK) if how == "deadlocked" else ("-m", "agent")) as daemon:
        daemon.hears("READY=1")
        address = daemon.link().partition("/start")[0]
        if how == "stopped":
            daemon.hears("STATUS=last round")
            daemon.process.send_signal(signal.SIGSTOP)
        daemon.falls_silent()
        noticed = time.monotonic()
        if how == "deadlocked":
            assert httpx2.get(f"{address}/healthz", trust_env=False).status_code in (200, 503)
        daemon.process.send_signal(signal.SIGABRT)
        assert daemon.ends(signal.SIGCONT) == -signal.SIGABRT
    with running(folder) as again:
        again.hears("READY=1")
        again.hears("STATUS=last round")
        assert time.monotonic() - noticed < LONG
        assert again.ends(signal.SIGTERM) == 0


def test_a_closed_terminal_ends_it(folder: Path) -> None:
    """SIGHUP of a terminal is no wish to reload; and what cannot be said any more to it is not missed."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "agent", "run", "--port", "0", "--config", str(folder / "onward.yaml")]
    process = subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=_own_terminal,  # noqa: PLW1509 - one call
    )
    os.close(theirs)
    heard = b""
    while b"round ended" not in heard:
        heard += os.read(ours, 4096)
    os.close(ours)
    assert process.wait(LONG) == 0


def _own_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_a_port_that_is_taken_is_one_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main.run(["run", "--port", str(port), "--config", str(folder / "onward.yaml")]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert f"127.0.0.1:{port}" in line


# ---------------------------------------------------------------------------------------------------------------- once


def once(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any], str]:
    status = main.run(["run", "--once", "--json", "--config", str(folder / "onward.yaml"), *words])
    said = capsys.readouterr()
    return status, json.loads(said.out), said.err


def test_a_single_round_says_what_it_did_in_numbers(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now = "2026-03-05T20:00:00Z"
    status, found, err = once(folder, capsys, "--now", now)
    assert (status, err, found["now"]) == (0, "", now)
    assert (found["round"]["opened"], found["cards"]) == (1, {"review": 1})
    assert [(s["section"], s["status"], s["items"]) for s in found["sources"]] == [
        ("mail", "ok", 1),
        ("calendar", "ok", 1),
        ("deals", "ok", 1),
    ]
    _, again, _ = once(folder, capsys, "--now", now)
    assert (again["round"]["opened"], again["cards"]) == (0, {"review": 1})


def test_a_single_round_delivers_what_is_due(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was approved before, when its time to undo is over, once."""
    path = folder / "onward.yaml"
    path.write_text(path.read_text() + "deliver: send\n")
    once(folder, capsys, "--now", "2026-03-05T20:00:00Z")
    office = Office.open(configuration.load(path), MOMENT)
    with office.store.read() as connection:
        (card,) = decisions.cards(connection)
    office.desk.approve(card.key, card.version, MOMENT)
    office.close()
    for seconds, sent in ((9, 0), (10, 1), (3600, 1)):
        _, found, _ = once(folder, capsys, "--now", (MOMENT + timedelta(seconds=seconds)).isoformat())
        assert len(list((folder / "outbox").rglob("sent/**/*.eml"))) == sent, found


def test_a_source_that_cannot_be_read_is_exit_status_1_and_one_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "calendar.ics").unlink()
    status, found, err = once(folder, capsys)
    assert status == 1
    assert [s["section"] for s in found["sources"] if s["status"] == "failed"] == ["calendar"]
    assert err.startswith("onward: calendar: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize("words", [["--now", "2026-03-05T15:00:00Z"], ["--json"]])
def test_what_belongs_to_a_single_round_is_refused_without_it(folder: Path, words: list[str]) -> None:
    assert main.run(["run", *words, "--config", str(folder / "onward.yaml")]) == 2


def test_a_process_that_a_large_round_left_heavy_goes_on_as_a_new_one(folder: Path) -> None:
    """Same process, port and sessions; its manager hears of no stop, and it happens once."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    heavy = "from agent.daemon import memory; memory.HEAVY = 1; from agent.cli.main import main; main()"
    with running(folder, start=("-c", heavy), port=port) as daemon, httpx2.Client(trust_env=False) as browser:
        assert browser.get(daemon.link(), follow_redirects=True).status_code == 200
        for event in ("started", "round ended", "stopped", "started", "round ended"):
            daemon.logs(event)
        assert browser.get(f"http://127.0.0.1:{port}/").status_code == 200
        daemon.hears("READY=1")
        daemon.hears("READY=1")
        assert not any(said.startswith("STOPPING") for said in daemon.heard)
        assert daemon.ends(signal.SIGTERM) == 0
