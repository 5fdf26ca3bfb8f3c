"""The loop that works, with its clock in our hands: what is due is done once, whatever the clock and the machine do."""

from __future__ import annotations

import random
import resource
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from agent import settings as configuration
from agent.daemon import Daemon, Metrics, memory, schedule
from agent.daemon.alarm import Alarm, Watch
from agent.daemon.health import RELOAD, health
from agent.daemon.loop import Stopped
from agent.errors import NeedsHuman, Unavailable
from agent.settings import Settings
from agent.store import Store, said, schema
from agent.store.lease import Lease
from tests.needs import often

NOW = datetime(2026, 3, 5, 15, tzinfo=UTC)
EVERY = timedelta(minutes=5)
BASE = """\
rep: {name: Dana Reyes, email: dana@northwind.example, timezone: America/New_York}
mail: {kind: folder, path: mail}
calendar: {kind: folder, path: calendar.ics}
deals: {kind: folder, path: deals.yaml}
store: STORE
"""


@dataclass
class Report:
    opened: int = 0
    told: str = "text is not logged"


@dataclass
class Rounds:
    """A cycle that only remembers when it was asked; `acts` are done within it."""

    at: list[datetime] = field(default_factory=list)
    acts: list[Callable[[Any], None]] = field(default_factory=list)

    def round(self, now: datetime, progress: Any) -> Report:
        self.at.append(now)
        for act in self.acts:
            act(progress)
        return Report(1)


@dataclass
class Mails:
    """A courier on the real table: what is due is delivered, once."""

    store: Store
    at: list[datetime] = field(default_factory=list)
    fault: Exception | None = None
    confirm: Any = None

    def next_due(self) -> datetime | None:
        due = schema.delivery.c
        with self.store.read() as connection:
            return connection.scalar(select(due.next_at).where(due.state == "due").order_by(due.next_at).limit(1))

    def deliver(self, now: datetime, stopping: Callable[[], bool]) -> Report:
        assert not stopping()
        if self.fault:
            raise self.fault
        due = schema.delivery.c
        with self.store.begin() as connection:
            claimed = update(schema.delivery).where(due.state == "due", due.next_at <= now).values(state="sent")
            self.at += [now] * connection.execute(claimed).rowcount
        return Report(len(self.at))


class World:
    """A daemon, its clocks and what it did."""

    def __init__(self, settings: Settings) -> None:
        self.now, self.ticks = NOW, 0.0
        self.settings = settings
        self.office: Any = self.opened(settings, NOW)
        self.rounds, self.mails = self.office.cycle, self.office.courier
        self.lease = Lease.take(self.office.store, settings.rules.rep.address.email, NOW)
        self.metrics = Metrics(lambda: health(self.office.store, settings, self.now))
        self.daemon = Daemon(
            self.office,
            self.lease,
            lambda: self.now,
            self.metrics,
            load=lambda: configuration.load(settings.path),
            reopen=self.opened,
            monotonic=lambda: self.ticks,
        )

    def opened(self, settings: Settings, _now: datetime) -> Any:
        store = Store.open(settings.store)
        closed = SimpleNamespace(count=0)

        def close() -> None:
            closed.count += 1
            store.close()

        return SimpleNamespace(settings=settings, store=store, cycle=Rounds(), courier=Mails(store), desk=None, close=close, closed=closed)

    def passes(self, **length: float) -> None:
        """Time in which the machine runs and its clock is right."""
        self.now += timedelta(**length)
        self.ticks += timedelta(**length).total_seconds()

    def works(self, times: int = 1) -> None:
        for _ in range(times):
            self.daemon.work()

    def approved(self, leave_at: datetime, name: str = "a") -> None:
        with self.office.store.begin() as tx:
            card = {"ref": name, "kind": "gone_quiet", "deal": "D", "due": NOW, "also": [], "evidence": [], "warnings": [], "version": 1}
            tx.execute(insert(schema.card).values(key=name, state="approved", opened_at=NOW, changed_at=NOW, **card))
            said_ = {"digest": "", "raw": b"", "sender": "", "recipients": [], "mode": "send", "at": NOW, "leave_at": leave_at}
            tx.execute(insert(schema.approval).values(id=name, card=name, version=1, **said_))
            tx.execute(insert(schema.delivery).values(id=name, card=name, state="due", next_at=leave_at, changed_at=NOW))

    def close(self) -> None:
        self.lease.release()
        self.daemon.office.close()


def configured(folder: Path, url: str) -> Settings:
    path = folder / "onward.yaml"
    path.write_text(BASE.replace("STORE", url))
    return configuration.load(path)


@pytest.fixture
def settings(tmp_path: Path, blank: Path) -> Settings:
    shutil.copy(blank, tmp_path / "onward.db")
    return configured(tmp_path, "sqlite:///onward.db")


@pytest.fixture
def world(settings: Settings) -> Iterator[World]:
    made = World(settings)
    yield made
    made.close()


# --------------------------------------------------------------------------------------------------------- schedule


def test_a_start_is_a_round_and_then_one_follows_each_period(world: World) -> None:
    world.works(3)
    assert world.rounds.at == [NOW]
    for _ in range(30):
        world.passes(minutes=1)
        world.works()
    assert world.rounds.at == [NOW + EVERY * n for n in range(7)]


def test_a_restart_does_a_round_at_once_and_keeps_the_rhythm_from_there(world: World, settings: Settings) -> None:
    world.works()
    world.lease.release()
    world.passes(minutes=1)
    again = World(settings)
    again.now = world.now
    again.works(2)
    assert again.rounds.at == [NOW + timedelta(minutes=1)]
    again.close()


@pytest.mark.parametrize("asleep", [timedelta(minutes=6), timedelta(hours=8), timedelta(days=30), timedelta(days=3650)])
def test_after_a_sleep_there_is_one_round_and_what_was_due_leaves_once(world: World, asleep: timedelta) -> None:
    world.works()
    world.approved(NOW + timedelta(seconds=10))
    world.now += asleep  # the machine's own clock stood still
    world.works(3)
    assert world.rounds.at == [NOW, NOW + asleep]
    assert world.mails.at == [NOW + asleep]


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=3650)])
def test_a_clock_that_is_set_back_stops_neither_rounds_nor_makes_them_storm(world: World, back: timedelta) -> None:
    world.works()
    world.now -= back
    world.works(3)
    assert world.rounds.at == [NOW, NOW - back]
    world.passes(minutes=5)
    world.works(3)
    assert world.rounds.at[2:] == [NOW - back + EVERY]


def test_a_clock_set_back_while_nothing_ran_is_noticed_by_what_is_stored(world: World, settings: Settings) -> None:
    world.works()
    with world.office.store.read() as connection:
        assert schedule.round_due(connection, EVERY, NOW - timedelta(days=3650)) == NOW - timedelta(days=3650)


def test_after_a_leap_the_courier_is_asked_although_nothing_seems_due(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was put off by a clock that was wrong is due by what is stored, not by its time."""
    asked: list[datetime] = []

    def deliver(now: datetime, _stopping: Callable[[], bool]) -> Report:
        asked.append(now)
        return Report()

    world.works()
    world.approved(NOW + timedelta(days=300))
    monkeypatch.setattr(world.mails, "deliver", deliver)
    world.works(2)
    assert asked == []
    world.now -= timedelta(days=1)
    world.works(2)
    assert asked == [NOW - timedelta(days=1)]


def test_a_pass_that_takes_long_is_followed_by_another_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the premises were judged by is old by then."""
    asked: list[tuple[datetime, bool]] = []

    def deliver(now: datetime, stopping: Callable[[], bool]) -> Report:
        world.passes(seconds=61 if len(asked) == 0 else 59)
        asked.append((now, stopping()))
        return Report()

    world.works()
    world.approved(NOW)
    monkeypatch.setattr(world.mails, "deliver", deliver)
    world.works()
    assert not world.daemon._bell.empty()
    world.daemon._bell.get_nowait()
    world.works()
    assert world.daemon._bell.empty()
    assert asked == [(NOW, True), (NOW + timedelta(seconds=61), False)]


def test_a_clock_that_is_kept_right_in_small_steps_changes_nothing(world: World) -> None:
    world.works()
    world.now -= timedelta(seconds=20)
    world.works()
    world.now += timedelta(seconds=40)
    world.works()
    assert world.rounds.at == [NOW]


def test_leaps_of_ten_years_cost_nothing(world: World) -> None:
    """No catching up, no busy waiting: under a second of processor time for twenty leaps."""
    world.works()
    before = resource.getrusage(resource.RUSAGE_THREAD)
    for n in range(20):
        world.now += timedelta(days=3650) * (-1) ** n
        world.works(2)
    after = resource.getrusage(resource.RUSAGE_THREAD)
    assert len(world.rounds.at) == 21
    assert after.ru_utime - before.ru_utime < 1


JUMPS = [
    timedelta(minutes=1),
    timedelta(hours=8),
    timedelta(days=30),
    HOUR := timedelta(hours=1),
    -HOUR,
    timedelta(days=3650),
    timedelta(days=-3650),
]


@pytest.mark.parametrize("seed", range(often(1, 50)))
def test_whatever_the_clock_and_the_machine_do_each_mail_leaves_once_and_rounds_neither_end_nor_storm(world: World, seed: int) -> None:
    """Also in little time and memory."""
    chance, approved = random.Random(seed), list[datetime]()
    world.works()
    before, held = resource.getrusage(resource.RUSAGE_THREAD), memory.resident()
    for number in range(often(25, 100)):
        if chance.random() < 0.5:
            approved.append(world.now + timedelta(seconds=chance.randint(0, 600)))
            world.approved(approved[-1], str(number))
        if chance.random() < 0.5:
            world.now += chance.choice(JUMPS)  # it slept, or somebody set the clock
        else:
            world.passes(minutes=chance.randint(1, 10))
        world.works(3)
        assert len(world.rounds.at) <= number + 2
        assert world.rounds.at[-1] > world.now - EVERY - timedelta(minutes=2)
    world.now = max([world.now, *approved])
    world.works(2)
    after = resource.getrusage(resource.RUSAGE_THREAD)
    assert len(world.mails.at) == len(approved)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2
    assert memory.resident() - held < 20


def test_what_wakes_between_two_rounds_brings_the_next_one_forward_once(tmp_path: Path, store_url: str) -> None:
    world = World(configured(tmp_path, store_url))
    world.works()
    with world.office.store.begin() as tx:
        row = {"deal": "D", "rung": "nothing", "why": "", "findings": [], "held": False, "thought_at": NOW}
        tx.execute(insert(schema.deal_state).values(wake_at=NOW + timedelta(minutes=2), **row))
    for _ in range(4):
        world.passes(minutes=1)
        world.works()
    assert world.rounds.at == [NOW, NOW + timedelta(minutes=2)]
    world.close()


def test_mail_leaves_when_its_time_to_undo_is_over_and_not_before(world: World) -> None:
    world.works()
    world.approved(NOW + timedelta(seconds=10))
    world.passes(seconds=9)
    world.works()
    assert world.mails.at == []
    world.passes(seconds=1)
    world.works(2)
    assert world.mails.at == [NOW + timedelta(seconds=10)]


def test_the_alarm_is_set_to_the_first_moment_that_is_still_to_come(world: World) -> None:
    world.works()
    assert world.daemon._delay(NOW) == EVERY
    world.approved(NOW + timedelta(seconds=10))
    assert world.daemon._delay(NOW) == timedelta(seconds=10)
    world.now += timedelta(seconds=10)
    assert world.daemon._delay(world.now) == EVERY - timedelta(seconds=10)  # was tried at that moment, and is not asked for again


MOMENTS = st.timedeltas(timedelta(0), timedelta(days=3650)).map(lambda after: datetime(2024, 1, 1, tzinfo=UTC) + after)
PERIODS = st.timedeltas(timedelta(minutes=1), timedelta(days=1))
ZONES = st.sampled_from([ZoneInfo(z) for z in ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia")])


@given(
    last=MOMENTS,
    after=st.timedeltas(timedelta(0), timedelta(days=2)),
    zone=ZONES,
    every=PERIODS,
)
def test_the_next_round_is_a_period_of_real_time_away_whatever_the_zone_does(
    last: datetime, after: timedelta, zone: ZoneInfo, every: timedelta
) -> None:
    """Also over a change to summer time, where a zone's own hours are shorter or longer."""
    due = schedule.next_round(last.astimezone(zone), every, None, (last + after).astimezone(zone))
    assert due == last + every
    assert due.utcoffset() == timedelta(0)


@given(last=MOMENTS, wakes=st.timedeltas(timedelta(seconds=1), timedelta(days=400)), zone=ZONES)
def test_a_moment_of_waking_only_ever_brings_a_round_forward(last: datetime, wakes: timedelta, zone: ZoneInfo) -> None:
    was = last.astimezone(zone)
    woken = (was.astimezone(UTC) + wakes).astimezone(zone)
    assert schedule.next_round(was, EVERY, woken, was) == min(was.astimezone(UTC) + EVERY, woken)


@given(steps=st.lists(st.tuples(st.floats(0, 1e5), st.floats(-1e8, 1e8)), max_size=8))
def test_only_what_the_machine_did_not_live_through_is_a_leap(steps: list[tuple[float, float]]) -> None:
    now, ticks = NOW, 0.0
    watch = Watch(lambda: now, lambda: ticks)
    for lived, moved in steps:
        now += timedelta(seconds=lived) + timedelta(seconds=moved)
        ticks += lived
        assert abs(watch.leapt().total_seconds() - (moved if abs(moved) > 60 else 0)) < 1e-3 or abs(abs(moved) - 60) < 1e-3


def test_the_alarm_rings_once_and_forgets_what_it_was_set_to() -> None:
    rung = threading.Semaphore(0)
    alarm = Alarm(rung.release)
    try:
        alarm.set(timedelta(days=3650))
        alarm.set(timedelta(milliseconds=1))
        assert rung.acquire(timeout=10)
        assert not rung.acquire(timeout=0.05)
        alarm.set(-timedelta(days=3650))
        assert rung.acquire(timeout=10)
    finally:
        alarm.close()


# ------------------------------------------------------------------------------------------------------ what goes wrong


def test_a_round_that_fails_is_shown_and_comes_again_at_its_time(world: World) -> None:
    def fails(_progress: Any) -> None:
        raise Unavailable("the database is busy")

    world.rounds.acts.append(fails)
    world.works(3)
    assert world.rounds.at == [NOW]
    found = health(world.office.store, world.settings, world.now)
    assert (found.round_fault, found.ok) == ("the database is busy", False)
    world.rounds.acts.clear()
    world.passes(minutes=5)
    world.works()
    assert health(world.office.store, world.settings, world.now).round_fault == ""


def test_a_fault_of_the_program_is_told_by_its_place_and_never_by_its_text(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    def fails(_progress: Any) -> None:
        raise ZeroDivisionError("Pat Lee <pat@acme.example> wrote")

    world.rounds.acts.append(fails)
    world.works()
    says = health(world.office.store, world.settings, world.now).round_fault
    assert says.startswith("a fault in the program (ZeroDivisionError in test_daemon.py:")
    assert "pat@" not in says + "".join(capsys.readouterr()) + world.metrics.text().decode()


def test_a_delivery_that_fails_keeps_no_round_from_taking_place(world: World) -> None:
    world.approved(NOW)
    world.mails.fault = NeedsHuman("sign in again")
    world.works()
    assert (world.rounds.at, world.mails.at) == ([NOW], [])
    world.mails.fault = None
    world.works()
    assert world.mails.at == [NOW]


def test_a_request_to_stop_ends_a_round_where_nothing_is_half_done(world: World) -> None:
    def halfway(progress: Any) -> None:
        progress("mail", 1, 10)
        world.daemon.stop()
        progress("mail", 2, 10)
        raise AssertionError("went on")

    world.rounds.acts.append(halfway)
    world.approved(NOW + timedelta(minutes=1))
    with pytest.raises(Stopped):
        world.works()
    world.passes(minutes=1)
    world.works()
    assert (len(world.rounds.at), world.mails.at, world.daemon.progress.stand) == (1, [], None)
    with world.office.store.read() as connection:
        assert schedule.last_round(connection) is None  # it did not take place, and the next start begins with it


def test_who_is_told_to_stop_while_it_makes_way_for_a_new_process_is_followed_by_none(world: World) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)]
    world.daemon.listen()
    try:
        world.daemon.heavy = lambda: True
        world.daemon.run()
        assert world.daemon.renew
        signal.raise_signal(signal.SIGTERM)
        assert not world.daemon.renew
    finally:
        signal.alarm(0)
        for number, handler in zip((signal.SIGTERM, signal.SIGINT, signal.SIGHUP), before, strict=True):
            signal.signal(number, handler)


def test_who_lost_the_lease_stops_and_does_nothing_more(world: World) -> None:
    world.works()
    world.approved(NOW)
    with world.office.store.begin() as tx:
        tx.execute(update(schema.lease).values(token=99, holder="process 2 on elsewhere"))
    world.passes(minutes=10)
    with pytest.raises(NeedsHuman, match="another process works for this rep"):
        world.works()
    assert (len(world.rounds.at), world.mails.at) == (1, [])


def test_the_loop_runs_until_it_is_stopped_and_a_bell_wakes_it_at_once(world: World) -> None:
    """Real waiting: a mail that is approved while the loop sleeps leaves without waiting for the tick."""
    done = threading.Event()
    world.daemon.watchers.append(done.set)
    thread = threading.Thread(target=world.daemon.run)
    thread.start()
    try:
        assert done.wait(10)
        done.clear()
        world.approved(world.now)
        world.daemon.ring()
        assert done.wait(10)
        assert len(world.mails.at) == 1
    finally:
        world.daemon.stop()
        thread.join(10)
    assert not thread.is_alive()


def test_progress_can_be_read_from_elsewhere_while_a_round_runs(world: World) -> None:
    seen: list[Any] = []

    def reads(progress: Any) -> None:
        progress("mail", 1_240, 3_800)
        seen.append(world.daemon.progress.stand)

    world.rounds.acts.append(reads)
    world.works()
    assert [(s.section, s.done, s.total, s.since) for s in seen] == [("mail", 1_240, 3_800, NOW)]
    assert world.daemon.progress.stand is None


# -------------------------------------------------------------------------------------------------------------- reload


def problem(world: World) -> str:
    with world.daemon.office.store.read() as connection:
        return said.setting(connection, RELOAD) or ""


def test_a_good_configuration_is_taken_and_judged_by_at_once(world: World) -> None:
    world.works()
    path = world.settings.path
    path.write_text(path.read_text() + "rounds: every hour\n")
    world.daemon.reload()
    world.works()
    assert world.daemon.office.settings.rounds == timedelta(hours=1)
    assert world.daemon.office.cycle.at == [NOW]
    assert world.office.closed.count == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("rounds: often\n", "onward.yaml:6: rounds: 'often' is no rhythm"),
        ("rounds: often\nhistory: 0d\n", " · onward.yaml:7: "),
        ("inbox: {port: 9999}\n", "takes a restart"),
    ],
)
def test_a_bad_configuration_is_shown_and_the_last_good_one_stays(world: World, text: str, says: str) -> None:
    world.works()
    path = world.settings.path
    good = path.read_text()
    path.write_text(good + text)
    world.daemon.reload()
    world.works()
    assert says in problem(world)
    assert world.daemon.office is world.office
    found = health(world.office.store, world.settings, world.now)
    assert not found.ok
    path.write_text(good)
    world.daemon.reload()
    world.works()
    assert problem(world) == ""


def test_a_configuration_that_vanished_is_no_reason_to_stop(world: World) -> None:
    world.settings.path.unlink()
    world.daemon.reload()
    world.works()
    assert problem(world)
    assert world.rounds.at == [NOW]
