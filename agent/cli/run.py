"""`onward run`: the daemon with its inbox; or a single round."""

from __future__ import annotations

import os
import shlex
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agent import settings as configuration
from agent.cli import bar, opened
from agent.cli.options import config_option, when_option
from agent.errors import NeedsHuman
from agent.settings import Settings
from agent.settings.outside import masked

if TYPE_CHECKING:
    from agent.daemon import Daemon
    from agent.daemon.progress import Stand
    from agent.office import Office
    from agent.web.serve import InboxServer

Clock = Callable[[], datetime]
PORT = "web.port"  # the setting of the store with where the inbox was last served
NOTICE = 0.5  # seconds between two words to the pages about a running round


@click.command()
@click.option("--once", is_flag=True, help="Do a single round, deliver what is due, and end.")
@click.option("--json", "as_json", is_flag=True, help="With --once: print one JSON document and nothing else.")
@click.option("--open", "open_", is_flag=True, help="Open the inbox in the browser.")
@click.option("--port", type=click.IntRange(0, 65_535), help="Where the inbox is served; 0 takes a free port.")
@when_option
@config_option
def command(settings: Settings, once: bool, as_json: bool, open_: bool, port: int | None, now: datetime | None) -> int:
    """Work until stopped: rounds on schedule, and the inbox on this machine."""
    if not once and (now or as_json):
        raise click.UsageError("--now and --json go with --once")
    for warning in settings.warnings:
        click.echo(f"warning: {warning}", err=True)
    if once:
        from agent.cli.once import single

        return single(settings, now or datetime.now(UTC), as_json)
    return serve(settings, lambda: datetime.now(UTC), settings.inbox.port if port is None else port, open_, renews=port != 0)


# ---------------------------------------------------------------------------------------------------------- daemon


def serve(settings: Settings, clock: Clock, port: int, open_: bool, *, renews: bool = False) -> int:
    """The daemon and its inbox, until a signal; 1 if its pages ended before it. Raises what keeps it from starting.

    With `renews` a process that a large round has left heavy is followed by a new one: same command, same port, signed in as before.
    """
    from agent.daemon import Daemon, Metrics, logs, memory
    from agent.office import Office

    logs.configure(sys.stderr, human=sys.stderr.isatty())
    with opened.office(settings, clock()) as office:
        try:
            lease = opened.lease(office, clock())
        except NeedsHuman as taken:
            return _elsewhere(office, settings, clock(), taken, open_)
        with lease:
            metrics = Metrics(lambda: daemon.health())  # noqa: PLW0108 - which is made with it
            daemon = Daemon(office, lease, clock, metrics, load=lambda: configuration.load(settings.path), reopen=Office.open)
            daemon.heavy = memory.heavy if renews else daemon.heavy
            daemon.listen()
            with _inbox(daemon, settings, port, open_) as ended:
                daemon.run()
                served = not ended.is_set()
            if daemon.office is not office:
                daemon.office.close()
    if daemon.renew and served:
        memory.begin_anew()
    return 0 if served else 1


def _elsewhere(office: Office, settings: Settings, now: datetime, taken: NeedsHuman, open_: bool) -> int:
    """Another process works for the rep. With `--open` its inbox is what was wanted."""
    from agent.store import said
    from agent.web import session

    if not open_:
        raise taken
    with office.store.read() as connection:
        port = int(said.setting(connection, PORT) or settings.inbox.port)
    click.echo(f"{taken}; this is its inbox", err=True)
    _show(session.link(office.store, port, now), open_)
    return 0


@contextmanager
def _inbox(daemon: Daemon, settings: Settings, port: int, open_: bool) -> Iterator[threading.Event]:
    """The pages, served by a thread of their own while the block runs. What it gives is set when they ended."""
    from agent.daemon import memory
    from agent.store import said
    from agent.web import session
    from agent.web.serve import InboxServer, bind

    with bind(settings.inbox.host, port) as listening:
        port = listening.getsockname()[1]
        server = InboxServer(_parts(daemon, port))
        with daemon.office.store.begin() as connection:
            said.put_setting(connection, PORT, str(port))
        _connect(daemon, server)
        ended = threading.Event()
        thread = threading.Thread(target=_pages, args=(daemon, server, listening, ended), name="inbox", daemon=True)
        thread.start()
        if not memory.begun_anew():  # whoever signed in before still is
            _show(session.link(daemon.office.store, port, daemon.clock()), open_)
        try:
            yield ended
        finally:
            server.stop()
            thread.join(10)


def _pages(daemon: Daemon, server: InboxServer, listening: Any, ended: threading.Event) -> None:
    """Without its pages the daemon is of no use: it ends with them."""
    try:
        server.run(sockets=[listening])
    finally:
        ended.set()
        daemon.stop()


def _parts(daemon: Daemon, port: int) -> Any:
    """What the pages work with; `_connect` keeps it that of the last good configuration."""
    from agent.web.changes import Changes
    from agent.web.inbox import Inbox

    class Decided(Changes):
        """What is decided on a page is work for the loop."""

        def notify(self) -> None:
            super().notify()
            daemon.ring()

    office = daemon.office
    return Inbox(
        desk=office.desk,
        store=office.store,
        clock=daemon.clock,
        port=port,
        health=daemon.health,
        metrics=daemon.metrics.text,
        check_now=daemon.check_now,
        progress=lambda: daemon.progress.stand,
        settings_text=lambda: masked(daemon.office.settings.path.read_text("utf-8", "replace")),
        changed=Decided(),
        command=opening(office.settings.path.absolute()),
    )


def opening(path: Path) -> str:
    """The command that opens this configuration's inbox from any folder."""
    return "onward run --open" if path == configuration.usual() else f"onward run --open --config {shlex.quote(str(path))}"


def _connect(daemon: Daemon, server: InboxServer) -> None:
    """The loop tells the pages, and brings a new configuration to them."""
    from agent.daemon.logs import log
    from agent.daemon.memory import Rest
    from agent.web.changes import Changes

    state, told = server.app.state, time.monotonic()

    def changed() -> None:
        if state.inbox.store is not daemon.office.store:
            state.inbox = replace(state.inbox, desk=daemon.office.desk, store=daemon.office.store)
        Changes.notify(state.inbox.changed)

    def gets_on(stand: Stand | None) -> None:
        nonlocal told
        if stand is None or time.monotonic() - told >= NOTICE:
            told = time.monotonic()
            Changes.notify(state.inbox.changed)

    daemon.watchers.append(changed)
    daemon.progress.watchers += [gets_on, bar.watcher(lambda at: log.info("reading", section=at.section, done=at.done)), Rest()]


def _show(link: str, open_: bool) -> None:
    """The link signs in whoever has it, so it goes to a person and into no log."""
    if _to_journal():
        return
    click.echo(f"The inbox: {link}\n(the link works once, within 15 minutes)")
    sys.stdout.flush()
    if open_:
        click.launch(link)


def _to_journal() -> bool:
    """Whether standard output is the service manager's log: systemd.exec(5), JOURNAL_STREAM."""
    out = os.fstat(sys.stdout.fileno())
    return os.environ.get("JOURNAL_STREAM") == f"{out.st_dev}:{out.st_ino}"
