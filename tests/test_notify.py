"""The conversation with the service manager, over a real socket; and the log."""

from __future__ import annotations

import io
import json
import logging
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from agent.daemon import logs
from agent.daemon.notify import Notifier


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(10)
        yield listening


def test_ready_status_and_stopping_are_said_in_the_words_of_sd_notify(manager: socket.socket) -> None:
    said = Notifier({"NOTIFY_SOCKET": manager.getsockname()})
    said.ready("working")
    said.status("last round 15:00 UTC")
    said.stopping()
    assert [manager.recv(999) for _ in range(3)] == [b"READY=1\nSTATUS=working\n", b"STATUS=last round 15:00 UTC\n", b"STOPPING=1\n"]


def test_an_abstract_socket_is_reached_too() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0onward-test-{os.getpid()}")
        listening.settimeout(10)
        Notifier({"NOTIFY_SOCKET": f"@onward-test-{os.getpid()}"}).stopping()
        assert listening.recv(999) == b"STOPPING=1\n"


def test_signs_of_life_come_at_half_the_watchdogs_time_and_not_for_every_call(manager: socket.socket) -> None:
    said = Notifier({"NOTIFY_SOCKET": manager.getsockname(), "WATCHDOG_USEC": "60000000", "WATCHDOG_PID": str(os.getpid())})
    assert said.every == 30
    for _ in range(100):
        said.alive()
    assert manager.recv(999) == b"WATCHDOG=1\n"
    manager.setblocking(False)
    with pytest.raises(BlockingIOError):
        manager.recv(999)


@pytest.mark.parametrize("environ", [{}, {"WATCHDOG_USEC": "0"}, {"WATCHDOG_USEC": "x"}, {"WATCHDOG_USEC": "9", "WATCHDOG_PID": "1"}])
def test_nobody_who_does_not_wait_for_signs_of_life_gets_them(environ: dict[str, str]) -> None:
    assert Notifier(environ).every is None


@pytest.mark.parametrize("address", ["", "/nowhere/notify"])
def test_a_manager_that_is_gone_is_no_reason_to_stop(address: str) -> None:
    Notifier({"NOTIFY_SOCKET": address}).ready("working")


# ----------------------------------------------------------------------------------------------------------------- log


@pytest.fixture
def untouched() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before
    structlog.reset_defaults()


@pytest.mark.usefixtures("untouched")
def test_the_log_is_one_json_object_a_line() -> None:
    out = io.StringIO()
    logs.configure(out, human=False)
    logs.log.info("round ended", seconds=0.4, opened=3)
    found = json.loads(out.getvalue())
    assert found.pop("at").endswith("Z")
    assert found == {"event": "round ended", "level": "info", "seconds": 0.4, "opened": 3}


@pytest.mark.usefixtures("untouched")
def test_at_a_terminal_it_is_a_short_line() -> None:
    out = io.StringIO()
    logs.configure(out, human=True)
    logs.log.warning("failed", what="round")
    assert out.getvalue()[8:] == " failed (warning) what=round\n"


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("human", [True, False])
def test_no_text_of_a_library_or_of_a_fault_reaches_the_log(human: bool) -> None:
    out = io.StringIO()
    logs.configure(out, human=human)
    try:
        _ = {}["pat@acme.example"]
    except KeyError:
        logging.getLogger("uvicorn.error").exception("request of %s", "Pat Lee")
    logging.getLogger("apscheduler").info("Added job")
    assert out.getvalue().count("\n") == 1
    assert "KeyError" in out.getvalue()
    assert "uvicorn.error" in out.getvalue()
    assert not any(word in out.getvalue() for word in ("Pat", "pat@", "Added"))
