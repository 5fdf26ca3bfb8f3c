"""The rules of a round: those of the settings with what the rep has said since, and what changed in them since the last one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from sqlalchemy import Connection, select

from agent.model import Answer, Rules
from agent.store import codec, facts, said, schema

_DAYS = date(2025, 1, 1)  # holidays of ten years from then on are compared
JUDGED = "judged_by"  # the setting that holds what the last round judged by


def of(connection: Connection, rules: Rules) -> Rules:
    """The rep's later word outranks his earlier one and the settings."""
    stored = said.answers(connection)[::-1]
    told = {_about(a) for a in stored}
    answers = (*stored, *(a for a in rules.answers if _about(a) not in told))
    s = schema.silence.c
    lifted = {row.key: row.revoked_at for row in connection.execute(select(s.key, s.revoked_at).where(s.revoked_at.is_not(None)))}
    silent = rules.do_not_contact | said.silent(connection)
    return replace(rules, answers=answers, do_not_contact=silent, lifted=lifted, muted_threads=said.muted(connection))


def _about(answer: Answer) -> tuple[str, str, str, str]:
    return answer.thread, answer.series, answer.person, answer.account.casefold().strip()


@dataclass(frozen=True, slots=True)
class Digest:
    """Of what was set: all that is judged by, and what mails and events are found by. What is listed of people and answers
    is no part of it: its changes are told one by one."""

    settings: str
    marks: str

    @staticmethod
    def of(settings: Rules) -> Digest:
        working = settings.rep.working
        days = [day for day in map(_DAYS.__add__, map(timedelta, range(3653))) if day in working.holidays]  # it knows a year when asked
        rep = replace(settings.rep, working=replace(working, holidays={}))
        plain = replace(settings, rep=rep, answers=(), do_not_contact=frozenset())
        found_by = [codec.encode(rep.keys), codec.encode(rep.domains), settings.bcc, settings.deal_url]
        return Digest(_hash([_version(), codec.encode(plain), codec.encode(days)]), _hash(found_by))


def changed(connection: Connection, rules: Rules, settings: Digest) -> None:
    """Notes what is to be thought about again because of what was said or set; writes nothing if there is nothing."""
    now = _judged(connection, rules, settings)
    text = said.setting(connection, JUDGED)
    before = json.loads(text) if text else {}
    if before == now:
        return
    if before.get("settings") != now["settings"]:
        facts.note(connection, "all", ["again" if before.get("marks") == now["marks"] else "marks"])
    for kind, keys in _different(before, now):
        facts.note(connection, kind, keys)
    said.put_setting(connection, JUDGED, json.dumps(now))


def stands(connection: Connection, rules: Rules, settings: Digest) -> bool:
    text = said.setting(connection, JUDGED)
    return text is not None and json.loads(text) == _judged(connection, rules, settings)


def _judged(connection: Connection, rules: Rules, settings: Digest) -> dict[str, Any]:
    return {
        "settings": settings.settings,
        "marks": settings.marks,
        "answers": sorted((codec.encode(a) for a in rules.answers), key=json.dumps),
        "silent": sorted(rules.do_not_contact),
        "lifted": sorted([key, at.isoformat()] for key, at in rules.lifted.items()),
        "lessons": sorted([each.id, each.deal] for each in said.lessons(connection)),
        "muted": sorted(rules.muted_threads),
    }


def _different(before: dict[str, Any], now: dict[str, Any]) -> Iterable[tuple[str, set[str]]]:
    def apart(name: str) -> list[Any]:
        old, new = before.get(name, []), now[name]
        return [each for each in (*old, *new) if (each in old) != (each in new)]

    answers = [codec.loads(Answer, json.dumps(a)) for a in apart("answers")]
    yield "link", {a.thread for a in answers if a.thread} | {"uid:" + a.series for a in answers if a.series}
    yield "uid", {a.series for a in answers if a.series}
    yield "mark", {a.person for a in answers if a.person}
    yield "person", {*apart("silent"), *(key for key, _ in apart("lifted"))}
    yield "mark", {key for key, _ in apart("lifted")}
    yield "deal", {deal for _, deal in apart("lessons")}
    yield "link", set(apart("muted"))


def _version() -> str:
    """Another version may judge otherwise."""
    try:
        return version("onward")
    except PackageNotFoundError:
        return ""


def _hash(value: Any) -> str:
    return sha256(json.dumps(value).encode()).hexdigest()
