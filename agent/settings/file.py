"""Reads the file, fetches its secrets, checks it, and fills in what it leaves out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path
from typing import Any, Literal

from agent.errors import Misconfigured
from agent.facts import people
from agent.facts.tree import Entries, Node, Unreadable, decode, parse
from agent.model import Answer, Rep, Rules, Stage, WorkingTime
from agent.settings import outside, playbook, shape, words
from agent.settings.readers import Problems, left_empty
from agent.settings.sections import KINDS, PROVIDERS, Section, cannot_send, has_file, unbuilt

NAME = "onward.yaml"
DATABASE = "onward.db"
LARGEST = 1_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Inbox:
    """Where the web inbox answers: on this machine alone."""

    host: str = "127.0.0.1"
    port: int = 8765


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is set. `sections` has mail, calendar, deals, outbox and drafter, each at least once."""

    path: Path
    rules: Rules
    sections: Mapping[str, tuple[Section, ...]]
    store: str
    deliver: Literal["draft", "send"] = "draft"
    undo: timedelta = timedelta(seconds=10)  # between approving and leaving; at most a minute
    within_hours: bool = False  # approved mail leaves only in the rep's working hours
    rounds: timedelta = timedelta(minutes=5)
    history: timedelta = timedelta(days=365)
    retention: Mapping[str, timedelta] = field(default_factory=dict)  # bodies, facts
    follow_up_blocks: tuple[time, ...] = ()
    inbox: Inbox = Inbox()
    warnings: tuple[str, ...] = ()


def usual() -> Path:
    """Where the configuration is found from any folder."""
    import platformdirs

    return platformdirs.user_config_path("onward") / NAME


def find(given: str | None) -> Path:
    """The configuration to use: the one given, else `./onward.yaml`, else that in the user's configuration folder."""
    places = [Path(NAME), usual()] if given is None else [Path(given)]
    for place in places:
        if place.exists():
            return place
    if given is not None:
        raise Misconfigured([f"{given}: there is no such file; name the configuration with --config PATH"])
    example = "write one with: onward init --from imap (or folder); or name one with --config PATH"
    raise Misconfigured([f"no configuration: neither ./{NAME} nor {places[1]} exists; {example}"])


def load(path: Path, environ: Mapping[str, str] | None = None) -> Settings:
    """Raises `Misconfigured` with every problem as `onward.yaml:7: sentence`. Secrets come from `environ` and files."""
    problems = Problems(path.name)
    folder = path.absolute().parent
    root = _root(path, folder, os.environ if environ is None else environ, problems)
    if not isinstance(root, Entries) and root is not None and not left_empty(root):
        problems.add(root.line, "the file must hold keys with values; write rep:, mail:, calendar: and deals:")
        root = None
    if root is None:
        raise Misconfigured(problems.lines())
    values = _values(root, folder, problems)
    stages, more = _stages(root, values, problems)
    if problems.found or more:
        raise Misconfigured(problems.lines() + more)
    return _settings(path, folder, values, stages, problems)


def _root(path: Path, folder: Path, environ: Mapping[str, str], problems: Problems) -> Node | None:
    """None when the file cannot be read as YAML at all."""
    try:
        with path.open("rb") as file:
            tree = parse(decode(file.read(LARGEST + 1), LARGEST), outside.TAGS)
    except OSError as error:
        raise Misconfigured([f"{path}: the configuration cannot be read: {(error.strerror or 'unknown fault').lower()}"]) from None
    except Unreadable as error:
        problems.add(error.line, error.why)
        return None
    for line, says in tree.faults:
        problems.add(line, says)
    return outside.fetch(tree.root, folder, environ, problems)


def _values(root: Node, folder: Path, problems: Problems) -> dict[str, Any]:
    """What stands in the file, checked; what is wrong has been noted and is left out."""
    schema = shape.everything(folder, provided=isinstance(root, Entries) and not left_empty(root.nodes.get("provider")))
    values: dict[str, Any] = schema.read(root if isinstance(root, Entries) else Entries({}, {}, 1), "", problems, 1)
    for port, kind in PROVIDERS.get(values.get("provider", ""), {}).items():
        if port not in values:
            values[port] = (Section(kind, line=_line(root, "provider")),)
            if not has_file(kind):
                problems.warn(_line(root, "provider"), unbuilt(port, kind))
    for domain in values.get("company", {}).get("domains", ()):
        if people.free_mail(domain):
            says = f"company.domains: {domain} is a free-mail domain; it names no company and is left out"
            problems.warn(_line(root, "company", "domains"), says)
    zone = values.get("rep", {}).get("timezone")
    if zone and (better := words.without_summer(zone.key)):
        problems.warn(_line(root, "rep", "timezone"), f"rep.timezone: {zone.key} is a fixed offset without summer time; write {better}")
    ending = values.get("detect", {}).get("no_next_step") or {}
    if ending.get("grace", timedelta(hours=3)) >= ending.get("look_back", timedelta(days=14)):
        problems.add(_line(root, "detect", "no_next_step"), "detect.no_next_step: grace must be shorter than look_back")
    for outbox in values.get("outbox", ()) if values.get("deliver", {}).get("mode") == "send" and not problems.found else ():
        if says := cannot_send(outbox):
            problems.add(outbox.line, f"outbox: {says}")
    return values


def _line(root: Node, *keys: str) -> int:
    """The line of a key."""
    line, node = 1, root
    for key in keys:
        if not isinstance(node, Entries) or key not in node.nodes:
            break
        line, node = node.keys[key], node.nodes[key]
    return line


def _stages(root: Node, values: Mapping[str, Any], problems: Problems) -> tuple[tuple[Stage, ...], list[str]]:
    """The stages, and the problems of a playbook of the team's own."""
    path: Path | None = values.get("playbook")
    if path is None:
        return playbook.shipped(), []
    inside = Problems(path.name)
    try:
        stages = playbook.custom(path, inside)
    except OSError as error:
        why = (error.strerror or "unknown fault").lower()
        problems.add(_line(root, "playbook"), f"playbook: {str(path)!r} cannot be read: {why}")
        return (), []
    problems.warnings += inside.warnings
    return stages, inside.lines()


def _settings(path: Path, folder: Path, values: Mapping[str, Any], stages: tuple[Stage, ...], problems: Problems) -> Settings:
    sections = {
        "outbox": (Section("folder", {"path": folder / "outbox"}),),
        "drafter": (Section("template"),),
    } | {port: values[port] for port in KINDS if port in values}
    retention = {"bodies": timedelta(days=90), "facts": timedelta(days=400)} | values.get("retention", {})
    rules = _rules(values, stages, sections["mail"])
    deliver = values.get("deliver", {})
    return Settings(
        path=path,
        rules=rules,
        sections=sections,
        store=values.get("store") or shape.store(f"sqlite:///{DATABASE}", folder),
        deliver=deliver.get("mode", "draft"),
        undo=deliver.get("undo", timedelta(seconds=10)),
        within_hours=deliver.get("working_hours", False),
        rounds=values.get("rounds", timedelta(minutes=5)),
        history=values.get("history", timedelta(days=365)),
        retention=retention,
        follow_up_blocks=values["rep"].get("follow_up_blocks", ()),
        inbox=Inbox(**values.get("inbox", {})),
        warnings=tuple(problems.warnings),
    )


def _rules(values: Mapping[str, Any], stages: tuple[Stage, ...], mail: tuple[Section, ...]) -> Rules:
    detect, ignore, matching = values.get("detect", {}), values.get("ignore", {}), values.get("matching", {})
    numbers = {shape.DETECT[kind][key][0]: value for kind, own in detect.items() if own is not False for key, value in own.items()}
    return Rules(
        rep=_rep(values),
        stages=stages,
        off=frozenset(kind for kind, own in detect.items() if own is False),
        do_not_contact=frozenset(values.get("do_not_contact", ())),
        ignore_senders=frozenset(ignore.get("senders", ())),
        ignore_domains=frozenset(ignore.get("domains", ())),
        ignore_titles=ignore.get("titles", ()),
        ignore_labels=frozenset(ignore.get("labels", ())),
        authserv_id=" ".join(s.authserv_id for s in mail if s.authserv_id),
        answers=tuple(_answer(answer) for answer in matching.get("answers", ())),
        bcc=matching.get("bcc", ""),
        deal_url=matching.get("deal_url", ""),
        **numbers,
    )


def _rep(values: Mapping[str, Any]) -> Rep:
    rep = values["rep"]
    address = rep["email"]
    days, opens, closes = rep.get("working_hours", (frozenset(range(5)), time(9), time(17, 30)))
    working = WorkingTime(rep["timezone"], days, opens, closes, rep.get("holidays", {}))
    named = values.get("company", {}).get("domains", (people.registrable(address.domain),))
    domains = frozenset(d for d in named if not people.free_mail(d))
    return Rep(rep["name"], address, rep.get("aliases", ()), working, rep.get("signature", rep["name"]), domains)


def _answer(answer: Mapping[str, Any]) -> Answer:
    deal = answer.get("deal", "none")
    person = answer["person"].key if "person" in answer else ""
    about = {key: answer.get(key, "") for key in ("thread", "series", "account")}
    return Answer(None if deal.lower() == "none" else deal, person=person, **about)
