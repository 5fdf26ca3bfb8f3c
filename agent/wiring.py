"""From settings to objects; the only module that sees both sides.

The section names the port, `kind` names the file: `connectors/KIND.py` has a frozen dataclass `Settings` and a function
named after the port that builds it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from importlib import import_module
from typing import Any

from agent.errors import NeedsHuman, OnwardError
from agent.model import Quarantined, SourceState
from agent.ports import Context, Diary, Drafter, Outbox
from agent.settings import Section, Settings
from agent.settings.readers import EXAMPLES
from agent.settings.sections import SECRET, serves


@dataclass(frozen=True, slots=True)
class Named:
    """A built source and the section it came from."""

    section: str
    kind: str
    source: Any
    settings: str  # digest of what it was configured with, secrets aside


EXAMPLE = {port: f"{port}: {EXAMPLES[port]}" for port in ("mail", "calendar", "deals")} | {"outbox": "outbox: {kind: folder, path: outbox}"}


@dataclass(frozen=True, slots=True)
class Unbuilt:
    """Stands for a source or an outbox of a kind that has no file yet: it fails, and the rest goes on without it."""

    says: str
    hint: str

    def pull(self, _since: str | None) -> Any:
        raise NeedsHuman(self.says, self.hint)

    def read(self, _ids: Sequence[str]) -> Sequence[Any]:
        return ()

    def put(self, _mail: Any) -> Any:
        raise NeedsHuman(self.says, self.hint)

    look = send = withdraw = put


def sources(settings: Settings, now: datetime) -> tuple[Named, ...]:
    """Mail, calendars and deals, in that order."""
    return tuple(
        Named(port, section.kind, _build(settings, port, section, now), _digest(settings, port, section))
        for port in ("mail", "calendar", "deals")
        for section in settings.sections.get(port, ())
    )


def _digest(settings: Settings, port: str, section: Section) -> str:
    """A new password leads to the same mailbox; another folder or account does not. Times without a zone are read in the rep's,
    and mail as far back as the settings say."""
    told = sorted((name, str(value)) for name, value in section.options.items() if not SECRET.match(name))
    read_by = {"calendar": settings.rules.rep.working.zone.key, "mail": settings.history}.get(port)
    return sha256(repr((section.kind, section.shared, told, read_by)).encode()).hexdigest()[:16]


def drafter(settings: Settings, now: datetime) -> Drafter:
    """That of the settings; the templates where this version does not have its kind yet."""
    section = settings.sections["drafter"][0]
    made: Drafter = _build(settings, "drafter", section if serves(section.kind, "drafter") else Section("template"), now)
    return made


def template(settings: Settings, now: datetime) -> Drafter:
    """The bundled templates: what takes over where another drafter's words do not pass."""
    made: Drafter = _build(settings, "drafter", Section("template"), now)
    return made


def outbox(settings: Settings, now: datetime) -> Outbox:
    """Where approved mail goes. One of a kind that has no file yet takes nothing, and says so."""
    made: Outbox = _build(settings, "outbox", settings.sections["outbox"][0], now)
    return made


def diary(settings: Settings, now: datetime) -> Diary | None:
    """Where agreed meetings are put: the first calendar that takes them."""
    for section in settings.sections.get("calendar", ()):
        if serves(section.kind, "diary"):
            made: Diary | None = _build(settings, "diary", section, now)
            if made:
                return made
    return None


def _build(settings: Settings, port: str, section: Section, now: datetime) -> Any:
    if not serves(section.kind, port):
        verb = "send by" if port == "outbox" else "read"
        return Unbuilt(f"{port}: this version cannot {verb} the kind {section.kind} yet", f"use kind: folder, as in {EXAMPLE[port]}")
    module = import_module(f"connectors.{section.kind}")
    make = getattr(module, port)
    shape = getattr(module, f"{port.title()}Settings", None) or module.Settings
    context = Context(settings.rules.rep, now, now - settings.history if port == "mail" else None, section.shared)
    return make(shape(**section.options), context)


@dataclass(frozen=True, slots=True)
class Probed:
    """How a source stands, and what of it could not be read or deserves a word."""

    state: SourceState
    quarantined: tuple[Quarantined, ...] = ()
    warnings: tuple[str, ...] = ()


def probe(settings: Settings, now: datetime) -> list[Probed]:
    """Asks every source, and the outbox where it is more than a folder, read-only: what a glance does not tell is read whole."""
    found = [
        _glanced(named.section, named.kind, named.source.probe, now) if hasattr(named.source, "probe") else _probed(named, now)
        for named in sources(settings, now)
    ]
    if look := outbox_probe(settings, now):
        found.append(_glanced("outbox", settings.sections["outbox"][0].kind, look, now))
    return found


def discovery() -> Any:
    """The search for the servers of a mail address (`connectors/_discovery.py`)."""
    return import_module("connectors._discovery")


def web_address(text: str) -> str:
    """As a connector would ask it. Raises `ValueError` with the end of a sentence."""
    from connectors import _http

    return _http.check(text)


def outbox_probe(settings: Settings, now: datetime) -> Callable[[], str] | None:
    """Tries whether the outbox could do what it is for; None where there is nothing to connect to."""
    made: Any = outbox(settings, now)
    return partial(made.probe, sending=settings.deliver == "send") if hasattr(made, "probe") else None


def _glanced(section: str, kind: str, look: Callable[[], str], now: datetime) -> Probed:
    try:
        return Probed(SourceState(section, kind, "ok", fresh_as_of=now, says=look()))
    except OnwardError as fault:
        return Probed(SourceState(section, kind, "failed", says=fault.told))


def _probed(named: Named, now: datetime) -> Probed:
    items, bad, warnings = 0, list[Quarantined](), list[str]()
    try:
        batch = named.source.pull(None)
        while True:
            items += len(batch.items)
            bad += batch.quarantined
            warnings += batch.warnings
            if not batch.more:
                break
            batch = named.source.pull(batch.cursor)
    except OnwardError as fault:
        return Probed(SourceState(named.section, named.kind, "failed", says=fault.told))
    state = SourceState(named.section, named.kind, "suspect" if batch.suspect else "ok", items, len(bad), now)
    return Probed(state, tuple(bad), tuple(warnings))
