"""One process works for a rep."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import text

from agent.errors import NeedsHuman
from agent.store import Store
from agent.store.lease import Lease, alive, held
from tests.needs import often

REP = "dana@northwind.example"
NOW = datetime(2026, 3, 5, 20, tzinfo=UTC)
# Says "ready", waits for a line, tries, says what came of it, and holds on until its input ends.
RUNNER = """
import sys
from datetime import UTC, datetime
from agent.errors import NeedsHuman
from agent.store import Store
from agent.store.lease import Lease
store = Store.open(sys.argv[1])
print("ready", flush=True)
for _ in sys.stdin:
    try:
        lease = Lease.take(store, "dana@northwind.example", datetime(2026, 3, 5, 20, tzinfo=UTC))
        print("mine", flush=True)
        sys.stdin.readline()
        lease.release()
    except NeedsHuman as fault:
        print(fault.told, flush=True)
        sys.stdin.readline()
    print("over", flush=True)
store.close()
"""


@contextmanager
def runner(url: str) -> Iterator[subprocess.Popen[str]]:
    root = Path(__file__).parents[1]
    process = subprocess.Popen([sys.executable, "-c", RUNNER, url], stdin=-1, stdout=-1, text=True, bufsize=1, cwd=root)
    try:
        assert heard(process) == "ready"
        yield process
    finally:
        process.stdin.close()
        process.wait(20)
        process.stdout.close()


def say(process: subprocess.Popen[str]) -> None:
    process.stdin.write("go\n")


def heard(process: subprocess.Popen[str]) -> str:
    return process.stdout.readline().strip()


def test_of_two_that_start_at_once_exactly_one_runs(store_url: str) -> None:
    with runner(store_url) as one, runner(store_url) as two:
        for _ in range(often(60, 1000) if store_url.startswith("sqlite") else often(8, 1000)):  # there, who comes second waits a moment
            say(one), say(two)
            answers = [heard(one), heard(two)]
            (refused,) = [said for said in answers if said != "mine"]
            assert refused.startswith("Onward already runs: "), answers  # who it is stands there a moment later
            say(one), say(two)
            assert [heard(one), heard(two)] == ["over", "over"]


def test_the_second_is_told_who_works_already(store_url: str, store: Store) -> None:
    with runner(store_url) as first:
        say(first)
        assert heard(first) == "mine"
        with pytest.raises(NeedsHuman) as refused:
            Lease.take(store, REP, NOW)
        assert f"process {first.pid} on {os.uname().nodename}, since 2026-03-05 20:00 UTC" in refused.value.told
        assert "stop that one first" in refused.value.told


def test_when_the_holder_is_killed_the_next_start_takes_over_within_two_seconds(store_url: str, store: Store) -> None:
    for number in range(often(1, 100)):
        with runner(store_url) as first:
            say(first)
            assert heard(first) == "mine"
            first.send_signal(signal.SIGKILL)
            killed = monotonic()
            while True:
                try:
                    lease = Lease.take(store, REP, NOW)
                    break
                except NeedsHuman:
                    assert monotonic() - killed < 2
        assert lease.token == 2 * number + 2
        lease.release()


def test_what_a_former_holder_still_wants_to_write_is_refused(store: Store, store_url: str) -> None:
    old = Lease.take(store, REP, NOW)
    old.release()  # as if the server had lost its session: it goes on unaware
    other = Store.open(store_url)
    new = Lease.take(other, REP, NOW)

    def late() -> None:
        with store.begin() as connection:
            connection.execute(text("INSERT INTO setting VALUES ('x', 'y')"))
            old.confirm(connection)

    with pytest.raises(NeedsHuman, match="another process"):
        late()
    with other.begin() as connection:
        new.confirm(connection)
        assert connection.execute(text("SELECT count(*) FROM setting")).scalar() == 0
    with pytest.raises(NeedsHuman):
        old.seen(NOW)
    new.release()
    other.close()


def test_a_sign_of_life_is_seen_by_others(store: Store) -> None:
    assert held(store, REP) is None
    with Lease.take(store, REP, NOW) as lease:
        lease.seen(NOW + timedelta(minutes=1))
        found = held(store, REP)
    assert found
    assert (found.token, found.seen_at) == (1, NOW + timedelta(minutes=1))


def test_whether_somebody_holds_it_is_told_by_the_lock_and_not_by_the_row(store: Store, store_url: str) -> None:
    assert not alive(store)
    other = Store.open(store_url)
    with Lease.take(store, REP, NOW):
        assert alive(other)
        assert alive(store)
    assert held(other, REP)
    assert not alive(other)
    Lease.take(other, REP, NOW).release()
    other.close()


def test_a_lease_let_go_of_may_be_let_go_of_again(store: Store) -> None:
    lease = Lease.take(store, REP, NOW)
    lease.release()
    lease.release()
    Lease.take(store, REP, NOW).release()


def test_a_holder_whose_session_the_server_ended_takes_the_lock_again(store: Store) -> None:
    if store.path:
        pytest.skip("a file's lock is not lost")
    lease = Lease.take(store, REP, NOW)
    with store.read() as connection:
        mine = "locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        assert connection.execute(text(f"SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE {mine}")).scalar() == 1
    lease.seen(NOW)
    with pytest.raises(NeedsHuman):
        Lease.take(store, REP, NOW)
    lease.release()
