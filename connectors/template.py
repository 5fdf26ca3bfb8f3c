"""The drafter that fills in templates: no network, no surprises.

A template sees one `Brief` as data. Data is never a template: what looks like one in a name stays text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jinja2 import FileSystemLoader, StrictUndefined, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from agent import bundled
from agent.model import Brief, Text
from agent.ports import Context

_GAPS = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Settings:
    """Nothing to set: the templates ship with the program."""


class TemplateDrafter:
    """One file per language and kind below `config/templates`; a kind without one takes `_letter.txt`."""

    def __init__(self) -> None:
        self._templates = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(bundled.folder() / "templates"),
            autoescape=False,  # plain text, no markup
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def write(self, brief: Brief) -> Text:
        try:
            template = self._templates.get_template(f"{brief.language}/{brief.kind}.txt")
        except TemplateNotFound:
            template = self._templates.get_template(f"{brief.language}/_letter.txt")
        written = template.render(brief=brief)
        body = _GAPS.sub("\n\n", "\n".join(line.rstrip() for line in written.split("\n"))).strip()
        return Text(f"{body}\n\n{brief.signature}", brief.ask, brief.backup, "template")


def drafter(_settings: Settings, _context: Context) -> TemplateDrafter:
    return TemplateDrafter()
