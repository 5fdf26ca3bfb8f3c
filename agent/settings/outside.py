"""What a configuration takes from outside: `!env NAME` and `!file PATH`; and what must not stand inside: passwords in URLs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from agent.facts.tree import Entries, Items, Node, Text
from agent.settings.readers import Problems

TAGS = ("!env", "!file")
_LARGEST = 65_536  # bytes of a secret's file
_PASSWORD = re.compile(r"://[^\s:/@]*:(?!\d{1,5}(?:[/?#]|\Z))[^\s]+@|[?&;](?:password|passwd|pwd)=[^\s&]", re.IGNORECASE)


def fetch(root: Node, folder: Path, environ: Mapping[str, str], problems: Problems) -> Node:
    """The same tree with its secrets in place. What cannot be fetched is noted and keeps its tag."""
    return _Fetch(folder, environ, problems).node(root)


class _Fetch:
    def __init__(self, folder: Path, environ: Mapping[str, str], problems: Problems) -> None:
        self.folder = folder
        self.environ = environ
        self.problems = problems
        self._done: dict[int, Node] = {}  # what aliases share is visited once

    def node(self, node: Node) -> Node:
        if id(node) not in self._done:
            self._done[id(node)] = self._made(node)
        return self._done[id(node)]

    def _made(self, node: Node) -> Node:
        if isinstance(node, Items):
            return Items(tuple(self.node(n) for n in node.nodes), node.line)
        if isinstance(node, Entries):
            return Entries({k: self.node(n) for k, n in node.nodes.items()}, node.keys, node.line)
        if not node.tag:
            return self._without_password(node)
        found = self._variable(node) if node.tag == "!env" else self._file(node)
        return node if found is None else Text(found, node.line, secret=True)

    def _without_password(self, node: Text) -> Text:
        if not _PASSWORD.search(node.text[:2000]):
            return node
        self.problems.add(node.line, "a password does not stand in a URL here; write the whole URL as !env NAME or !file PATH")
        return replace(node, secret=True)

    def _variable(self, node: Text) -> str | None:
        name = node.text.strip()
        if not name:
            self.problems.add(node.line, "!env names no variable; write !env NAME")
        elif not self.environ.get(name):
            self.problems.add(node.line, f"the environment variable {name[:60]} is not set; set it before starting onward")
        else:
            return self.environ[name]
        return None

    def _file(self, node: Text) -> str | None:
        name = node.text.strip()
        try:
            with (self.folder / Path(name).expanduser()).open("rb") as file:
                data = file.read(_LARGEST + 1)
            secret = data.decode("utf-8-sig").rstrip("\r\n")
        except OSError as error:
            why = (error.strerror or "it cannot be read").lower()
        except (ValueError, RuntimeError):
            why = "it holds no text" if name else "no path is given"
        else:
            if secret and len(data) <= _LARGEST:
                return secret
            why = "it is too large" if secret else "it is empty"
        self.problems.add(node.line, f"the secret's file {name[:80]!r} cannot be used: {why}")
        return None
