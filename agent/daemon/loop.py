"""The loop that works: it delivers what is due, does the rounds, and waits for the alarm, a signal or the page."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from agent import wiring
from agent.daemon import schedule
from agent.daemon.alarm import Alarm, Watch
from agent.daemon.ears import Ears
from agent.daemon.health import RELOAD, Health, health
from agent.daemon.logs import log, where
from agent.daemon.metrics import Metrics
from agent.daemon.notify import Notifier
from agent.daemon.progress import Progress, Stand
from agent.errors import OnwardError, Unavailable
from agent.settings import Settings
from agent.store import lease, said

if TYPE_CHECKING:
    from agent.office import Office
    from agent.store.lease import Lease

TICK = 20.0  # seconds that the loop waits at most, by a clock that nobody sets
GRACE = 30  # seconds that the effect in hand has to end after a request to stop
PASS = timedelta(minutes=1)  # that what was asked once for all mail that is due may be old
SEEN = timedelta(minutes=1)  # how often the lease says that its holder lives


class Stopped(BaseException):
    """Ends a running round at a place where nothing is half done; no part of a round catches it."""


class Daemon:
    """One thread works: the one that calls `run`. `ring`, `check_now`, `stop` and `reload` may be called from any thread and
    from signal handlers. `office` is that of the last configuration that was good.
    """

    def __init__(
        self,
        office: Office,
        held: Lease,
        clock: Callable[[], datetime],
        metrics: Metrics,
        *,
        load: Callable[[], Settings],
        reopen: Callable[[Settings, datetime], Office],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.office, self.lease, self.clock, self.metrics = office, held, clock, metrics
        self.progress = Progress()
        self.progress.watchers.append(self._gets_on)
        self.watchers: list[Callable[[], None]] = []  # told after something was done
        self.notifier = Notifier()
        self._load, self._reopen = load, reopen
        office.courier.confirm = held.confirm
        self._watch = Watch(clock, monotonic)
        self._bell: SimpleQueue[None] = SimpleQueue()  # the one queue whose `put` a signal handler may call
        self._ears = Ears(self.check_now)
        self._stop = self._reload = False
        self.heavy: Callable[[], bool] = bool  # whether so much was held that a new process had better go on
        self.renew = False  # it stopped for that
        self._wanted = self._leapt = True  # a start is a reason to look: what the last process was doing is not known
        self._seen_at: datetime | None = None

    # ------------------------------------------------------------------------------------------------ from outside

    def ring(self) -> None:
        """Something was decided: what is due has changed."""
        self._bell.put(None)

    def check_now(self) -> None:
        """A round before its time."""
        self._wanted = True
        self.ring()

    def stop(self) -> None:
        """The effect in hand comes to its end, and nothing else is begun."""
        self._stop = True
        self.ring()

    def reload(self) -> None:
        self._reload = True
        self.ring()

    def health(self) -> Health:
        running = self.progress.stand
        return health(self.office.store, self.office.settings, self.clock(), running.since if running else None)

    def listen(self) -> None:
        """SIGTERM and SIGINT stop, SIGHUP reloads, unless it says that our terminal was closed. A second SIGTERM or SIGINT ends
        the process at once, and so does the system when `GRACE` is over: the store is made for that."""
        terminal = os.isatty(2)

        def stop(_number: int, _frame: object) -> None:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            signal.alarm(GRACE)
            self.renew = False
            self.stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGHUP, lambda *_: self.stop() if terminal and not os.isatty(2) else self.reload())

    # ------------------------------------------------------------------------------------------------------ the loop

    def run(self) -> None:
        """Until it is stopped. Raises `NeedsHuman` when another process has taken over."""
        alarm = Alarm(self.ring)
        self._guarded("listening", self._listen)
        self.notifier.ready("working")
        log.info("started")
        try:
            while not self._stop:
                began = self.clock()
                with suppress(Stopped):
                    self.work()
                self._rest(alarm, began)
        finally:
            if not self.renew:
                self.notifier.stopping()
            self._ears.close()
            alarm.close()
            log.info("stopped")

    def work(self) -> None:
        """All that is due now, once. What goes wrong is logged and shown, and the next time it is tried again."""
        self.notifier.alive()
        self._confirm()
        if leap := self._watch.leapt():
            self.metrics.leaps.inc()
            log.warning("clock leapt", seconds=round(leap.total_seconds()))
            self._wanted = self._leapt = True
        if self._reload:
            self._reload = False
            self._guarded("reload", self._take)
        self._guarded("delivery", self._deliver)
        if not self._stop and self._guarded("schedule", self._round_is_due):
            self._guarded("round", self._round)
            self._guarded("delivery", self._deliver)
            self._guarded("retention", self._tidy)

    def _rest(self, alarm: Alarm, began: datetime) -> None:
        if self._stop:
            return
        if self.heavy():
            self.renew = self._stop = True
        else:
            self._wait(alarm, began)

    def _wait(self, alarm: Alarm, began: datetime) -> None:
        tick = min(TICK, self.notifier.every or TICK)
        delay = self._guarded("schedule", lambda: self._delay(began))
        if delay is not None and delay < timedelta(seconds=tick):
            alarm.set(delay)
        with suppress(Empty):
            self._bell.get(timeout=tick)
            while True:  # however often it rang meanwhile
                self._bell.get_nowait()

    def _delay(self, began: datetime) -> timedelta | None:
        """To the first moment after `began` at which something is due: what was due before has been tried."""
        now, settings = self.clock(), self.office.settings
        with self.office.store.read() as connection:
            moments = [schedule.round_due(connection, settings.rounds, began), self.office.courier.next_due()]
        later = [moment for moment in moments if moment is not None and moment > began]
        return min(later) - now if later else None

    # ------------------------------------------------------------------------------------------------------ the work

    def _deliver(self) -> None:
        """Also before its time where the clock leapt, or nobody knows what it did before the start: what was put off does not
        wait for a clock that was wrong."""
        now = self.clock()
        due = self.office.courier.next_due()
        if not self._stop and due is not None and (due <= now or self._leapt):
            reached = counts(self.office.courier.deliver(now, lambda: self._stop or self.clock() - now > PASS))
            if any(reached.values()):
                log.info("delivered", **reached)
                self._tell()
            if self.clock() - now > PASS:
                self.ring()  # what is left has its turn with fresh eyes
        self._leapt = False

    def _round_is_due(self) -> bool:
        now = self.clock()
        with self.office.store.read() as connection:
            return self._wanted or schedule.round_due(connection, self.office.settings.rounds, now) <= now

    def _round(self) -> None:
        self._wanted = False
        now, begun = self.clock(), time.monotonic()
        fault = "it was interrupted"
        self.progress.begin(now)
        try:
            report = self.office.cycle.round(now, progress=self.progress)
            fault = ""
        except OnwardError as error:
            fault = error.told
            raise
        except Exception as error:
            fault = "a fault in the program ({fault} in {place})".format(**where(error))
            raise
        finally:
            self.progress.end()
            self.metrics.rounds.labels("fault" if fault else "good").inc()
            if not self._stop:
                schedule.ended(self.office.store, now, fault)
                self._tell()
        took = time.monotonic() - begun
        self.metrics.seconds.observe(took)
        log.info("round ended", seconds=round(took, 2), **counts(report))
        self.notifier.status(f"last round {now:%H:%M} UTC")

    def _tidy(self) -> None:
        if not self._stop and (dropped := schedule.tidy(self.office.store, self.office.settings.retention, self.clock())):
            log.info("forgotten by age", **counts(dropped))

    def _take(self) -> None:
        """The configuration as it now stands in the file; the last good one stays where it cannot be used."""
        problem = ""
        try:
            new, old = self._load(), self.office.settings
            if (new.store, new.rules.rep.address, new.inbox) != (old.store, old.rules.rep.address, old.inbox):
                problem = "another store, address of the rep or place of the inbox takes a restart"
            else:
                self._change(self._reopen(new, self.clock()))
        except OnwardError as error:
            problem = " · ".join(error.told.splitlines())
        with self.office.store.begin() as connection:
            said.put_setting(connection, RELOAD, problem or None)
        log.info("configuration kept" if problem else "configuration taken", problems=problem.count(" · ") + bool(problem))
        self._tell()

    def _change(self, office: Office) -> None:
        old, self.office = self.office, office
        self.lease.store, office.courier.confirm = office.store, self.lease.confirm
        old.close()
        self._guarded("listening", self._listen)
        self._wanted = True

    def _listen(self) -> None:
        self._ears.listen(n.source for n in wiring.sources(self.office.settings, self.clock()) if n.section == "mail")

    # ------------------------------------------------------------------------------------------------------- its care

    def _guarded(self, what: str, act: Callable[[], Any]) -> Any:
        """What `act` gives, or None when it went wrong: no fault of one thing ends the loop."""
        try:
            return act()
        except OnwardError as error:
            self.metrics.faults.labels(type(error).__name__).inc()
            log.warning("failed", what=what, fault=type(error).__name__)
        except Exception as error:  # noqa: BLE001 - the last resort of a process that has to go on
            self.metrics.faults.labels(type(error).__name__).inc()
            log.error("failed", what=what, **where(error))
        return None

    def _confirm(self) -> None:
        """Says that the holder of the lease lives. Raises `NeedsHuman` when that is another one by now."""
        now = self.clock()
        if self._seen_at and timedelta(0) <= now - self._seen_at < SEEN:
            return
        try:
            self.lease.seen(now)
            self._seen_at = now
        except Unavailable as error:
            log.warning("failed", what="lease", fault=type(error).__name__)
        except OnwardError as error:
            last = self._guarded("lease", lambda: lease.held(self.office.store, self.lease.rep))
            if last and last.token != self.lease.token:
                raise
            log.warning("failed", what="lease", fault=type(error).__name__)

    def _gets_on(self, _stand: Stand | None) -> None:
        self.notifier.alive()
        if self._stop and _stand is not None:
            raise Stopped

    def _tell(self) -> None:
        for watcher in self.watchers:
            watcher()


def counts(found: Any) -> dict[str, int]:
    """The numbers of a report: what a log may hold of it."""
    return {f.name: value for f in fields(found) if type(value := getattr(found, f.name)) is int}
