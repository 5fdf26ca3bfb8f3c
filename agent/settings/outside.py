"""What a configuration takes from outside: `!env NAME`, `!file PATH`, `!keyring NAME` and `!secret NAME`; and what must not stand
inside: passwords in URLs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from agent.errors import NeedsHuman
from agent.facts.tree import Entries, Items, Node, Text
from agent.settings import vault
from agent.settings.readers import Problems

TAGS = ("!env", "!file", "!keyring", "!secret")
_LARGEST = 65_536  # bytes of a secret's file
_PASSWORD = re.compile(r"://[^\s:/@]*:(?!\d{1,5}(?:[/?#]|\Z))[^\s]+@|[?&;](?:password|passwd|pwd)=[^\s&]", re.IGNORECASE)
MASK = "••••"
_NAMED = re.compile(r"(?i)(\b(?:password|passwd|passphrase|secret|token|api_?key|private_key)[ \t]*[:=][ \t]*)(?!!)[^\s,}][^,}\n]*")
_ADDRESS = re.compile(r"(?i)((?<!\w)url[ \t]*:[ \t]*[\"']?(?:https?|webcals?)://(?:[^\s/?#,}\"'@]+[/?#])?)[^\s,}\"']+")


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
        if node.tag not in TAGS:
            return node if node.tag else self._without_password(node)
        ways = {"!env": self._variable, "!file": self._file, "!keyring": self._kept, "!secret": self._kept}
        found = ways[node.tag](node)
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

    def _kept(self, node: Text) -> str | None:
        name = node.text.strip()
        try:
            return vault.from_keyring(name) if node.tag == "!keyring" else vault.from_file(name, self.folder, self.environ)
        except ValueError as fault:
            self.problems.add(node.line, str(fault) if name else f"{node.tag} names no secret; write {node.tag} NAME")
        except NeedsHuman as fault:
            self.problems.add(node.line, fault.told)
        return None


def masked(text: str) -> str:
    """A configuration as it may be shown: also what a comment or a web address gives away is covered."""
    return _ADDRESS.sub(rf"\1{MASK}", _NAMED.sub(rf"\1{MASK}", text))
