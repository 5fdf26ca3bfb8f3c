"""What `onward.yaml` may hold, place by place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from agent.facts import people
from agent.facts.tree import Entries, Node
from agent.settings import words
from agent.settings.readers import (
    Choice,
    Flag,
    Many,
    OffOr,
    Problems,
    Reader,
    Record,
    Schema,
    Whole,
    Word,
    Wrong,
    inside,
    left_empty,
    refuse,
)
from agent.settings.sections import KINDS, Port
from agent.think import detect

EMAIL: Schema = {"type": "string", "format": "email"}
PERIOD: Schema = {"type": "string", "examples": ["3h", "14d", "90m"]}
BUSINESS: Schema = {"type": ["string", "integer"], "examples": ["4 business days"]}

_period = Word(words.period, PERIOD)
_some_time = Word(words.some_time, PERIOD)
_business = Word(words.business_days, BUSINESS)
_days = Word(words.whole_days, {"type": ["string", "integer"], "examples": ["30 days"]})
_email = Word(words.email, EMAIL)
_domain = Word(words.domain)
_texts = Many(Word())

_READINGS: Mapping[str, Reader] = {  # the words by which a detector says how a setting of its own is read
    "period": _period,
    "some time": _some_time,
    "business days": _business,
    "days": _days,
    "number": Whole(1, 1000),
}
# For each kind of finding: its settings, the field of `Rules` that holds each, and how it is read.
DETECT: Mapping[str, Mapping[str, tuple[str, Reader]]] = {
    kind: {key: (name, _READINGS[reading]) for key, (name, reading) in own.items()} for kind, own in detect.settings().items()
}


def everything(folder: Path, provided: bool = False) -> Record:
    """The whole file; `folder` is where relative paths begin. With a provider mail and calendar may be left out."""
    rep, company = _rep(), Record({"domains": Many(_domain)})
    return Record(
        {
            "rep": rep,
            "company": company,
            "provider": Choice(("google", "microsoft")),
            **{name: Port(name, folder) for name in KINDS},
            "matching": Record({"answers": Many(Answers(), _ANSWER), "bcc": Word(_bcc), "deal_url": Word(_deal_url)}),
            "deliver": Delivery(),
            "store": Word(lambda text: store(text, folder), {"type": "string", "examples": ["sqlite:///onward.db"]}),
            "rounds": Word(words.rhythm, {"type": "string", "examples": ["every 5 minutes"]}),
            "inbox": Record({"host": Word(words.loopback, {"type": "string", "examples": ["127.0.0.1"]}), "port": Whole(1, 65_535)}),
            "playbook": inside(folder),
            "history": _some_time,
            "detect": Record({kind: OffOr(Record({key: reader for key, (_, reader) in own.items()})) for kind, own in DETECT.items()}),
            "ignore": Record({"senders": Many(Word(_sender)), "domains": Many(_domain), "titles": _texts, "labels": _texts}),
            "do_not_contact": Many(Word(words.person_or_domain)),
            "retention": Record({"bodies": _some_time, "facts": _some_time}),
        },
        ("rep", "deals") if provided else ("rep", "mail", "calendar", "deals"),
        {**dict.fromkeys(rep.fields, "rep"), **dict.fromkeys(company.fields, "company"), **dict.fromkeys(DETECT, "detect")},
    )


def _rep() -> Record:
    fields: dict[str, Reader] = {
        "name": Word(people.clean, strict=True),
        "email": _email,
        "aliases": Many(_email),
        "timezone": Word(words.zone),
        "working_hours": Word(words.working_hours, {"type": "string", "examples": ["mon-fri 09:00-17:30"]}),
        "holidays": Word(words.holidays, {"type": "string", "examples": ["US", "DE/BY"]}),
        "follow_up_blocks": Many(Word(words.strict_clock, {"type": "string", "examples": ["09:00"]})),
        "signature": Word(str.rstrip, strict=True, blank=True),
    }
    return Record(fields, ("name", "email", "timezone"))


class Delivery:
    """`draft` or `send` alone, or a mapping with `mode` and how approved mail leaves."""

    _mode = Choice(("draft", "send"))
    _undo = Word(words.a_minute_at_most, {"type": "string", "examples": ["10s"]})
    _record = Record({"mode": _mode, "undo": _undo, "working_hours": Flag()})

    def read(self, node: Node, at: str, problems: Problems, line: int = 0) -> dict[str, Any]:
        if isinstance(node, Entries):
            return self._record.read(node, at, problems, line)
        return {"mode": self._mode.read(node, at, problems)}

    def schema(self) -> Schema:
        return {"anyOf": [self._mode.schema(), self._record.schema()]}


def _message_id(text: str) -> str:
    return f"<{text.strip().strip('<>')}>"


_ANSWER = '{thread: "<a1@acme.example>", deal: D-17}'


class Answers:
    """One of `matching.answers`: a thread, a series or a person (at an account), and its deal, or `none`."""

    _about = ("thread", "series", "person")
    _record = Record({"thread": Word(_message_id), "series": Word(), "person": _email, "account": Word(), "deal": Word()})

    def read(self, node: Node, at: str, problems: Problems, line: int = 0) -> dict[str, Any]:
        if not isinstance(node, Entries):
            raise refuse(node, at, f"must be a mapping; write {_ANSWER}, or series or person in place of thread", problems)
        values = self._record.read(node, at, problems, line)
        about = [key for key in self._about if not left_empty(node.nodes.get(key))]
        if (not about or "deal" not in node.nodes) and node.nodes.keys() - self._record.fields.keys():
            raise Wrong  # misspelt, and said so
        if len(about) != 1:
            count = f", not {len(about)}" if about else ""
            raise refuse(node, at, f"an answer is about one of thread, series or person{count}; write {_ANSWER}", problems)
        if "account" in node.nodes and about != ["person"]:
            raise refuse(node, at, "account goes with person; leave it out", problems)
        if "deal" not in node.nodes:
            raise refuse(node, at, "deal is missing; write its id, or none", problems)
        return values

    def schema(self) -> Schema:
        made = self._record.schema()
        made["properties"]["deal"] = {"type": ["string", "integer", "null"]}
        return made | {"required": ["deal"], "oneOf": [{"required": [key]} for key in self._about]}


def _sender(text: str) -> str:
    bare = text.strip().removeprefix("*").removeprefix("@")
    if "@" not in bare and words.is_domain(bare):
        raise ValueError(f"{text[:80]!r} is no email address; a domain stands in ignore.domains")
    return words.email(text).key


def _slot(text: str, example: str) -> str:
    """A text with `{id}` in it, and no other braces."""
    if "{id}" not in text or re.search(r"[{}]", text.replace("{id}", "")):
        raise ValueError(f"{text[:80]!r} must hold {{id}} where the deal's id stands, such as {example}")
    return text.strip()


def _bcc(text: str) -> str:
    words.email(_slot(text, "crm+{id}@northwind.example").replace("{id}", "1"))
    return text.strip()


def _deal_url(text: str) -> str:
    example = "https://crm.example/deals/{id}"
    if not re.match(r"https?://[^\s/]+/\S*\Z", _slot(text, example)[:2000], re.IGNORECASE):
        raise ValueError(f"{text[:80]!r} is no link; write it like {example}")
    return text.strip()


def store(text: str, folder: Path) -> str:
    """A database URL; a file's path begins at `folder`."""
    scheme, found, rest = text.strip().partition("://")
    if not found or scheme not in ("sqlite", "postgresql", "postgresql+psycopg"):
        near = words.meant(scheme, ("sqlite", "postgresql")) if found else ""
        raise ValueError(f"no store of that kind{near or '; write sqlite:///onward.db or postgresql://host/name'}")
    if scheme != "sqlite":
        if not re.match(r"[^\s]+\Z", rest):
            raise ValueError("names no server; write postgresql://host/name")
        server = rest.partition("?")[0].rpartition("@")[2]
        if re.match(r"[^/:\[]*:(?!\d{1,5}(?:/|\Z))", server):
            raise ValueError("its port is no number; write postgresql://host:5432/name")
        return text.strip()
    if not rest.startswith("/") or rest == "/":
        raise ValueError("names no file; write sqlite:///onward.db")
    return f"sqlite:///{rest[1:] if rest[1:] == ':memory:' else folder / rest[1:]}"
