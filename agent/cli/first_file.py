"""The text of a first onward.yaml: what was answered, and beside it what is often wanted."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

DEALS = """\
# A deal needs an id, a name, a stage and an account or contacts. Take away the line with [] and write yours like this:
#
# - id: D-17
#   name: Acme – Analytics rollout
#   account: {name: Acme Corp, domains: [acme.example]}
#   contacts: [{name: Pat Lee, email: pat@acme.example}]
#   stage: Proposal
[]
"""
HEAD = """\
# Written by `onward init`. What else can be set, with its defaults, stands in onward.example.yaml; `onward check` says whether all is well.
# Paths are relative to this file. Secrets stand elsewhere: !keyring NAME and !secret NAME are changed with `onward secret NAME`,
# !env NAME is a variable, !file PATH a file.
"""
REP_MORE = """\
  # aliases: []                        # further addresses of yours
  # working_hours: mon-fri 09:00-17:30
  # holidays: US                       # a country, or country/region: DE/BY
"""
_PLAIN = re.compile(r"(?!(?:true|false|yes|no|on|off|null|none|y|n)\Z)[A-Za-z][A-Za-z0-9_.@/+-]*\Z", re.IGNORECASE)


class Reference(str):
    """A tag and a name, `!secret NAME`: written as it is."""

    __slots__ = ()


@dataclass(frozen=True)
class Section:
    """`values` are texts, numbers, references, and mappings of those."""

    kind: str
    values: Mapping[str, Any]
    note: str = ""


@dataclass(frozen=True)
class Parts:
    """`smtp` are the values of the outbox's server for sending; `told` is said once the file is written."""

    rep: Mapping[str, str]
    mail: Section
    calendar: Section
    deals: Section
    outbox: Section
    smtp: Mapping[str, Any] = field(default_factory=dict)
    send: bool = False
    told: tuple[str, ...] = ()


def end(endpoint: Any) -> dict[str, Any]:
    return {"host": endpoint.host, "port": endpoint.port, "security": endpoint.security}


def text(parts: Parts) -> str:
    rep = "rep:\n" + _lines(parts.rep) + REP_MORE
    sections = [f"{port}:{_note(made)}\n{_lines({'kind': made.kind, **made.values})}" for port, made in _ports(parts)]
    return "\n".join((HEAD, rep, *sections, _deliver(parts)))


def _ports(parts: Parts) -> list[tuple[str, Section]]:
    to = parts.outbox
    if parts.send and parts.smtp:
        to = Section(to.kind, {**to.values, "smtp": parts.smtp}, to.note)
    return [("mail", parts.mail), ("calendar", parts.calendar), ("deals", parts.deals), ("outbox", to)]


def _deliver(parts: Parts) -> str:
    if parts.send:
        return "deliver: send                          # approved mail is sent; draft: it is laid among your drafts\n"
    lines = ["deliver: draft                         # approved mail is laid among your drafts, and you send it"]
    if parts.outbox.kind == "imap":
        smtp = ", ".join(f"{key}: {scalar(value)}" for key, value in parts.smtp.items()) or "host: smtp.example.com"
        lines += ["# To have it sent when you approve it, write deliver: send, and in outbox:", f"#   smtp: {{{smtp}}}"]
    return "\n".join(lines) + "\n"


def _note(section: Section) -> str:
    return f"  # {section.note}" if section.note else ""


def _lines(values: Mapping[str, Any]) -> str:
    return "".join(f"  {key}: {scalar(value)}\n" for key, value in values.items())


def scalar(value: Any) -> str:
    """A value of YAML that is read as what it was, whatever it holds."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {scalar(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, int | Reference):
        return str(value)
    return str(value) if _PLAIN.match(value) else json.dumps(str(value), ensure_ascii=False)
