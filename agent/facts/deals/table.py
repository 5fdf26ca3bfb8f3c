"""CSV → the entries that YAML would have given, so that one reader serves both."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from agent.facts.tree import Entries, Items, Node, Text, Unreadable, lines

DELIMITERS = ",;\t|"
_LISTS = frozenset({"criteria", "products", "stage_history", "contacts", "account.domains"})
_COLUMNS = {
    **{
        name: name
        for name in (
            "id",
            "name",
            "stage",
            "owner",
            "status",
            "amount",
            "currency",
            "opened",
            "stage_since",
            "close_date",
            "next_step",
            "criteria",
            "products",
            "url",
            "stage_history",
            "contacts",
        )
    },
    **dict.fromkeys(("deal_id",), "id"),
    **dict.fromkeys(("deal_name", "deal"), "name"),
    **dict.fromkeys(("account", "account_name", "company", "company_name"), "account.name"),
    **dict.fromkeys(("domains", "domain", "account_domains", "account_domain", "company_domain", "company_domains"), "account.domains"),
    **dict.fromkeys(("contact", "contact_email", "contact_emails", "contacts_email"), "contacts"),
    **dict.fromkeys(("owner_email",), "owner"),
}
_ROW = 1_000_000  # characters of one cell


def rows(data: bytes) -> Iterator[tuple[Entries, str]]:
    """Each row as entries, and what spoils it (or ""). Raises `Unreadable` where the header row names no deal."""
    found = lines(_text(data))
    first = next((n for n, line in enumerate(found) if line.strip() and not re.match(r"\"?sep=.\"?\s*\Z", line)), None)
    if first is None:
        return
    delimiter = _delimiter(found[first])
    header = [_column(cell) for cell in _cells(found[first], delimiter)]
    if lacking := [name for name in ("id", "name", "stage") if name not in header]:
        raise Unreadable(f"the header row has no column {' and no column '.join(lacking)}", first + 1)
    if twice := next((name for name in header if name and header.count(name) > 1 and name not in _LISTS), ""):
        raise Unreadable(f"the header row has the column {twice} twice", first + 1)
    for line, cells, why in _split(found[first + 1 :], delimiter, first + 2):
        if any(cell.strip() for cell in cells):
            yield _entry(header, cells, line), why or _too_many(header, cells, line)


def _text(data: bytes) -> str:
    """UTF-8 with or without mark (UTF-16 with one), else Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _delimiter(header: str) -> str:
    """The one that makes most columns known."""
    return max(DELIMITERS, key=lambda mark: sum(bool(_column(cell)) for cell in _cells(header, mark)))


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def _column(cell: str) -> str:
    return _COLUMNS.get(re.sub(r"[\s._/-]+", "_", cell.strip().lower()[:60]), "")


def _split(below: list[str], delimiter: str, number: int) -> Iterator[tuple[int, list[str], str]]:
    """(line, cells, fault) of each row. Where quotes do not close, each line is a row of its own."""
    csv.field_size_limit(_ROW)
    reader = csv.reader(below, delimiter=delimiter, strict=True)
    found, begin = [], number
    try:
        for cells in reader:
            found.append((begin, cells, ""))
            begin = number + reader.line_num
    except csv.Error:
        for at, line in enumerate(below[begin - number :], begin):
            found.append(_line(line, delimiter, at))
    yield from found


def _line(line: str, delimiter: str, number: int) -> tuple[int, list[str], str]:
    try:
        return number, next(csv.reader([line], delimiter=delimiter, strict=True), []), ""
    except csv.Error:
        return number, line[:_ROW].replace('"', "").split(delimiter), f"{number}: the quotes of this row do not close"


def _too_many(header: list[str], cells: list[str], line: int) -> str:
    """An unquoted delimiter has moved the cells, and none can be trusted."""
    return f"{line}: the row has more cells than the header" if any(cell.strip() for cell in cells[len(header) :]) else ""


def _entry(header: list[str], cells: list[str], line: int) -> Entries:
    nodes: dict[str, Node] = {}
    for column, cell in zip(header, cells, strict=False):
        if column and cell.strip():
            new = _items(cell, line) if column in _LISTS else Text(cell.strip(), line)
            old = nodes.get(column)
            nodes[column] = Items(old.nodes + new.nodes, line) if isinstance(old, Items) and isinstance(new, Items) else new
    account = {part: nodes.pop(f"account.{part}") for part in ("name", "domains") if f"account.{part}" in nodes}
    if account:
        nodes["account"] = Entries(account, dict.fromkeys(account, line), line)
    return Entries(nodes, dict.fromkeys(nodes, line), line)


def _items(cell: str, line: int) -> Items:
    return Items(tuple(Text(part.strip(), line) for part in cell.split(";") if part.strip()), line)
