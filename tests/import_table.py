"""An import-linter contract that says what may be imported instead of what must not: see `tool.importlinter` in pyproject.toml."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

# The doors of the standard library: files, network, other processes, the clock, chance, logs.
DOORS = frozenset(
    "asyncio concurrent ctypes fcntl fileinput ftplib glob http imaplib io logging mailbox mmap multiprocessing os pathlib "
    "poplib random sched secrets select selectors shelve shutil signal smtplib socket socketserver sqlite3 ssl subprocess "
    "tempfile threading time urllib uuid".split()
)


def within(module: str, package: str) -> bool:
    """`connectors._*` stands for every module of the folder that begins with an underscore."""
    if package.endswith("*"):
        return module.startswith(package[:-1])
    return module == package or module.startswith(f"{package}.")


class Table(Contract):
    """`rows` are `WHO: WHOM WHOM`; `apart` names folders whose files never import one another."""

    rows = fields.ListField(subfield=fields.StringField())
    apart = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        table = {who.strip(): whom.split() for who, _, whom in (row.partition(":") for row in self.rows)}  # type: ignore[attr-defined]
        faults = sorted(self._faults(graph, table))
        return ContractCheck(kept=not faults, metadata={"faults": faults})

    def _faults(self, graph: ImportGraph, table: dict[str, list[str]]) -> Iterator[str]:
        own = {name.split(".")[0] for name in table}
        for module in graph.modules:
            imported = graph.find_modules_directly_imported_by(module) if module.split(".")[0] in own else ()
            who = max((name for name in table if within(module, name)), key=len, default=None)
            for target in imported:
                if who is None:
                    yield f"{module} stands in no row of the table"
                elif not self._allowed(module, target, who, table[who], own):
                    yield f"{module} must not import {target} ({self._line(graph, module, target)})"

    def _allowed(self, module: str, target: str, who: str, whom: list[str], own: set[str]) -> bool:
        if any(within(target, name) for name in whom):
            return True
        if target.split(".")[0] in own:
            return within(target, who) and (who not in self.apart or within(target, module))  # type: ignore[operator]
        root = target.split(".")[0]
        standard = root in sys.stdlib_module_names
        return "any" in whom or ("stdlib" in whom and standard) or ("pure" in whom and standard and root not in DOORS)

    @staticmethod
    def _line(graph: ImportGraph, module: str, target: str) -> str:
        details = graph.get_import_details(importer=module, imported=target)
        return f"line {details[0]['line_number']}" if details else "no line"

    def render_broken_contract(self, check: ContractCheck) -> None:
        faults: Any = check.metadata["faults"]
        for fault in faults:
            output.print_error(fault, bold=False)
