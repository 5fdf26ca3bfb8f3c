"""CSV → the entries that YAML would have given, so that one reader serves both."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.facts.tree import Entries, Items, Node, Text, Unreadable, lines

DELIMITERS = ",;\t|"
_LISTS = frozenset({"criteria", "products", "stage_history", "contacts", "account.domains"})
_NAMES = """
id: deal_id opportunity_id record_id opp_id deal_record_id
name: deal deal_name dealname deal_title opportunity opportunity_name opportunity_title title
stage: deal_stage dealstage stage_name pipeline_stage sales_stage opportunity_stage
owner: owner_email deal_owner opportunity_owner owner_name record_owner assigned_to salesperson sales_rep opportunity_owner_email
status: deal_status opportunity_status
amount: value deal_value deal_amount opportunity_amount
currency: deal_currency currency_code amount_currency opportunity_currency deal_currency_code
opened: opened_date open_date created created_date create_date created_at created_on date_created creation_date deal_created
stage_since: stage_date stage_entered last_stage_change last_stage_change_date date_entered_current_stage date_entered_stage
close_date: closedate closed_date closing_date expected_close expected_close_date deal_expected_close_date estimated_close_date
next_step: next_steps
criteria: decision_criteria
products: product product_name product_names
url: link deal_url deal_link record_url opportunity_url
stage_history:
contacts: contact contact_email contact_emails contacts_email email emails e_mail email_address contact_email_address associated_contact
contacts: associated_contacts associated_contact_emails primary_contact_email contact_person_email person_email person_email_work
contacts: deal_contact
contact.name: contact_name contact_person primary_contact deal_contact_person contact_full_name person_name
account.name: account account_name company company_name organization organisation organization_name organisation_name customer client
account.name: customer_name client_name associated_company associated_company_name primary_associated_company deal_organization
account.domains: domains domain account_domain account_domains company_domain company_domains company_domain_name website account_website
account.domains: company_website web_site website_url organization_website organization_domain
"""
_COLUMNS = {
    alias: name for line in _NAMES.split("\n") if line for name, _, more in [line.partition(":")] for alias in (name, *more.split())
}
NEEDED = ("id", "name", "stage")
_SHOWN = 12  # titles of columns named in one sentence
_ROW = 1_000_000  # characters of one cell


@dataclass(frozen=True, slots=True)
class Table:
    """The entry of each row with what spoils it (or ""), and what is to be said of the header row."""

    rows: Sequence[tuple[Entries, str]] = ()
    warnings: tuple[tuple[int, str], ...] = ()


def table(data: bytes) -> Table:
    """Raises `Unreadable` where the header row names no deal."""
    found = lines(_text(data))
    first = next((n for n, line in enumerate(found) if line.strip() and not re.match(r"\"?sep=.\"?\s*\Z", line)), None)
    if first is None:
        return Table()
    delimiter = _delimiter(found[first])
    titles = [" ".join(cell.split()) for cell in _cells(found[first], delimiter)]
    header = _header(titles, first + 1)
    rows = [
        (_entry(header, cells, line), why or _too_many(header, cells, line))
        for line, cells, why in _split(found[first + 1 :], delimiter, first + 2)
        if any(cell.strip() for cell in cells)
    ]
    idle = [title for title, column in zip(titles, header, strict=True) if title and not column]
    return Table(rows, ((first + 1, f"columns that are not used: {_listed(idle)}"),) if idle else ())


def _header(titles: Sequence[str], line: int) -> list[str]:
    """What each column holds, "" where it is not used. Of two that hold the same the one called so counts, else the first."""
    header = [_column(title) for title in titles]
    if lacking := [name for name in NEEDED if name not in header]:
        known = [f"{title} ({column})" if _key(title) != column else title for title, column in zip(titles, header, strict=True) if column]
        raise Unreadable(
            f"the header row has no column {' and no column '.join(lacking)}; needed are {', '.join(NEEDED)}, and account, domains or "
            f"contacts; understood: {_listed(known)}; found: {_listed([t for t in titles if t])}",
            line,
        )
    for name in {name for name in header if name and name not in _LISTS}:
        places = [n for n, column in enumerate(header) if column == name]
        if len({_key(titles[n]) for n in places}) < len(places):
            raise Unreadable(f"the header row has the column {name} twice", line)
        best = next((n for n in places if _key(titles[n]) == name), places[0])
        header = ["" if n in places and n != best else column for n, column in enumerate(header)]
    return header


def _listed(titles: Sequence[str]) -> str:
    shown = ", ".join(title[:40] for title in titles[:_SHOWN]) or "none"
    return f"{shown} and {len(titles) - _SHOWN} more" if len(titles) > _SHOWN else shown


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
    return _COLUMNS.get(_key(cell), "")


def _key(title: str) -> str:
    """`Deal - Title` as `deal_title`."""
    return re.sub(r"[\W_]+", "_", title.strip().lower()[:60]).strip("_")


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
    nodes = _named(nodes, line)
    account = {part: nodes.pop(f"account.{part}") for part in ("name", "domains") if f"account.{part}" in nodes}
    if account:
        nodes["account"] = Entries(account, dict.fromkeys(account, line), line)
    return Entries(nodes, dict.fromkeys(nodes, line), line)


def _named(nodes: dict[str, Node], line: int) -> dict[str, Node]:
    """A contact's name that stands in a column of its own goes with the one address beside it."""
    name, who = nodes.pop("contact.name", None), nodes.get("contacts")
    if not isinstance(who, Items):
        return nodes | ({"contacts": Items((name,), line)} if isinstance(name, Text) and "@" in name.text else {})
    if isinstance(name, Text) and len(who.nodes) == 1 and isinstance(only := who.nodes[0], Text) and re.match(r"\S{1,320}\Z", only.text):
        person = Entries({"name": name, "email": only}, {"name": line, "email": line}, line)
        return nodes | {"contacts": Items((person,), line)}
    return nodes


def _items(cell: str, line: int) -> Items:
    return Items(tuple(Text(part.strip(), line) for part in cell.split(";") if part.strip()), line)
