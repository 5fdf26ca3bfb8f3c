"""The list of cards: tabs with counts, filters, order, and what to say when there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Executable, case, func, or_, select

from agent.desk.views import look, sources
from agent.desk.words import NEXT_STEP
from agent.life import TABLE
from agent.model import Draft
from agent.store import codec
from agent.store.schema import card, deal, deal_state, draft
from agent.think.detect import kinds

TABS: Mapping[str, str] = {
    "review": "To review",
    "promised": "Promised by me",
    "waiting": "Waiting on them",
    "snoozed": "Snoozed",
    "done": "Done",
}
ASKED = ("review", "held", "failed")  # states in which the rep is asked
DONE = ("sent", "laid", "withdrawn", "dismissed", "handled", "misplaced", "muted")
PROMISED = ("promise_due",)
THEIRS = tuple(name for name, kind in kinds().items() if kind.WHOSE in {"theirs", "risk"})  # the next word is theirs
SORTS: Mapping[str, str] = {"urgency": "Urgency", "value": "Deal value", "oldest": "Oldest"}
FILTERS: Mapping[str, str] = {"reason": "Reason", "stage": "Stage", "account": "Account"}
CHOICES = 24  # of one filter: of more the most frequent, for the search finds the others
PAGE = 40  # rows at once
Told = tuple[str, look.DealLine]  # the kind of a card, and its deal
_APPROVABLE = frozenset(state for state, acts in TABLE.items() if "approve" in acts)


@dataclass(frozen=True, slots=True)
class Query:
    """What of the list is asked for; whatever is not one of the known words is the default."""

    tab: str = "review"
    reason: str = ""
    sort: str = "urgency"
    words: str = ""
    page: int = 1
    stage: str = ""  # of the deal
    account: str = ""  # the customer's, as the CRM has it

    @staticmethod
    def of(given: Mapping[str, str]) -> Query:
        page = given.get("page", "1")
        return Query(
            given.get("tab", "") if given.get("tab", "") in TABS else "review",
            given.get("reason", "")[:40],
            given.get("sort", "") if given.get("sort", "") in SORTS else "urgency",
            given.get("q", "").strip()[:80],
            min(int(page), 1000) if page.isascii() and page.isdigit() and page != "0" else 1,
            given.get("stage", "")[:80],
            given.get("account", "")[:80],
        )

    @property
    def filtered(self) -> bool:
        return bool(self.reason or self.words or self.stage or self.account)


@dataclass(frozen=True, slots=True)
class Row:
    """One card in the list. `people` are the names it goes to; `why` is the first sentence of its evidence."""

    ref: str
    kind: str
    state: str
    deal: look.DealLine
    due: datetime
    why: str
    people: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    warnings: int = 0
    wake_at: datetime | None = None
    changed_at: datetime | None = None
    reason: str = ""
    version: int = 1

    @property
    def approvable(self) -> bool:
        """Also: it can be put off or dismissed."""
        return self.state in _APPROVABLE


@dataclass(frozen=True, slots=True)
class Calm:
    """What is said where there is nothing to do. `next_step` counts open deals that have one."""

    deals: int = 0
    next_step: int = 0
    booked: int = 0
    read_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Inbox:
    query: Query
    counts: Mapping[str, int]
    rows: tuple[Row, ...]
    choices: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)  # of `FILTERS`: values with their number
    waiting: int = 0  # cards beyond today's number
    more: bool = False  # there is another page
    calm: Calm = field(default_factory=Calm)


@cache
def tab(name: str) -> ColumnElement[bool]:
    """Which cards stand under a tab. "Promised" and "waiting" are parts of what is to be reviewed."""
    asked = card.c.state.in_(ASKED)
    return {
        "review": asked,
        "promised": asked & card.c.kind.in_(PROMISED),
        "waiting": asked & card.c.kind.in_(THEIRS),
        "snoozed": card.c.state == "snoozed",
        "done": card.c.state.in_(DONE),
    }[name]


def counts(c: Connection) -> dict[str, int]:
    """Of every tab, and of cards that wait for another day under "later"."""
    return dict(c.execute(_counting()).one()._mapping)


@cache
def _counting() -> Executable:
    tests = {**{name: tab(name) for name in TABS}, "later": card.c.state == "waiting"}
    return select(*(func.count(case((test, 1))).label(name) for name, test in tests.items()))


def inbox(c: Connection, query: Query) -> Inbox:
    numbers, told = counts(c), cache(lambda: _told(c, query, tab(query.tab)))
    wanted = select(card).where(tab(query.tab), *_filters(query, told)).order_by(*_order(query))
    found = c.execute(wanted.limit(PAGE + 1).offset((query.page - 1) * PAGE)).all()
    rows = _rows(c, found[:PAGE])
    return Inbox(query, numbers, rows, _choices(c, query, told), numbers["later"], len(found) > PAGE, calm(c) if not rows else Calm())


def later(c: Connection, query: Query) -> tuple[Row, ...]:
    """Cards beyond today's number that the filters leave, the most valuable first."""
    beyond = card.c.state == "waiting"
    wanted = select(card).where(beyond, *_filters(query, lambda: _told(c, query, beyond)))
    return _rows(c, c.execute(wanted.order_by(card.c.value.desc(), card.c.due, card.c.key).limit(PAGE)).all())


def following(c: Connection, ref: str, query: Query) -> str | None:
    """The card to show after a decision about `ref`: the one behind it in the list, else the first other one."""
    there = tab(query.tab)
    wanted = select(card.c.ref).where(there, *_filters(query, lambda: _told(c, query, there))).order_by(*_order(query))
    found = list(c.execute(wanted.limit(1000)).scalars())
    rest = [r for r in found if r != ref]
    return found[found.index(ref) + 1] if ref in found and ref != found[-1] else rest[0] if rest else None


def _choices(c: Connection, query: Query, told: Callable[[], list[Told]]) -> dict[str, tuple[tuple[str, int], ...]]:
    """Each counted among the cards that the other filters leave. What is done is many: of it only reasons are told."""
    if query.tab == "done":
        by_kind = c.execute(select(card.c.kind, func.count()).where(tab("done"), *_worded(query)).group_by(card.c.kind)).all()
        return {"reason": tuple(sorted(((k, n) for k, n in by_kind), key=lambda each: _place(each[0])))}
    cards = [(kind, d.stage, d.account) for kind, d in told()]  # in the order of `FILTERS`
    asked = [(place, getattr(query, name)) for place, name in enumerate(FILTERS)]
    found = {}
    for place, name in enumerate(FILTERS):
        others = [(other, value) for other, value in asked if value and other != place]
        left = [each for each in cards if all(each[other] == value for other, value in others)] if others else cards
        counts = Counter(map(itemgetter(place), left))
        del counts[""]
        found[name] = tuple(sorted(counts.most_common(CHOICES), key=_PLACES[name]))
    return found


def _told(c: Connection, query: Query, among: ColumnElement[bool]) -> list[Told]:
    """Of those that hold the words."""
    rows = c.execute(select(card.c.kind, deal.c.id, deal.c.data).join(deal, deal.c.id == card.c.deal).where(among, *_worded(query)))
    return [(row.kind, look.told(row.data)) for row in rows]


def _filters(query: Query, told: Callable[[], list[Told]]) -> list[ColumnElement[bool]]:
    made = _worded(query) + ([card.c.kind == query.reason] if query.reason else [])
    if query.stage or query.account:
        made += _of_deals({d.id: query.stage in ("", d.stage) and query.account in ("", d.account) for _, d in told()})
    return made


def _of_deals(wanted: Mapping[str, bool]) -> list[ColumnElement[bool]]:
    """The fewer of those that are wanted and the others are named, for each costs."""
    some, others = ([name for name, yes in wanted.items() if yes is side] for side in (True, False))
    if len(some) <= len(others):
        return [card.c.deal.in_(some)]
    return [card.c.deal.in_(select(deal.c.id)), card.c.deal.not_in(others)]


def _worded(query: Query) -> list[ColumnElement[bool]]:
    made: list[ColumnElement[bool]] = []
    if query.words:
        pattern = "%" + query.words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        named = select(deal.c.id).where(deal.c.data.ilike(pattern, escape="\\"))
        written = select(draft.c.card).where(draft.c.data.ilike(pattern, escape="\\"))
        made.append(or_(card.c.deal.in_(named), card.c.key.in_(written)))
    return made


def _order(query: Query) -> Sequence[ColumnElement[Any]]:
    if query.tab == "done":
        return card.c.changed_at.desc(), card.c.key.asc()
    if query.tab == "snoozed":
        return card.c.wake_at.asc(), card.c.key.asc()
    if query.sort == "value":
        return card.c.value.desc(), card.c.due.asc(), card.c.key.asc()
    if query.sort == "oldest":
        return card.c.due.asc(), card.c.key.asc()
    return _urgency()


@cache
def _urgency() -> Sequence[ColumnElement[Any]]:
    urgent = case({name: _place(name) for name in kinds()}, value=card.c.kind, else_=99)
    troubled = case((card.c.state.in_(("held", "failed")), 0), else_=1)
    return troubled.asc(), urgent.asc(), card.c.due.asc(), card.c.key.asc()


def _place(kind: str) -> int:
    found = kinds().get(kind)
    return found.PLACE or 98 if found else 99


_PLACES: Mapping[str, Callable[[tuple[str, int]], Any]] = {  # the most urgent reason first, then names
    "reason": lambda each: _place(each[0]),
    "stage": lambda each: each[0].casefold(),
    "account": lambda each: each[0].casefold(),
}


def _rows(c: Connection, found: Sequence[Any]) -> tuple[Row, ...]:
    lines = look.lines(c, (row.deal for row in found))
    drafts = _drafts(c, {row.key: row.version for row in found})
    return tuple(
        Row(
            row.ref,
            row.kind,
            row.state,
            lines[row.deal],
            row.due,
            next((e["says"] for e in row.evidence), ""),
            tuple(a.name or a.email for a in drafts[row.key].to) if row.key in drafts else (),
            tuple(row.also),
            len(row.warnings),
            row.wake_at,
            row.changed_at,
            row.reason,
            row.version,
        )
        for row in found
    )


def _drafts(c: Connection, versions: Mapping[str, int]) -> dict[str, Draft]:
    rows = (
        row
        for some in look.chunks(versions)
        for row in c.execute(select(draft.c.card, draft.c.version, draft.c.data).where(draft.c.card.in_(some)))
    )
    return {row.card: codec.loads(Draft, row.data) for row in rows if versions[row.card] == row.version}


def calm(c: Connection) -> Calm:
    rungs = c.execute(select(deal_state.c.rung, func.count()).group_by(deal_state.c.rung)).all()
    known = {rung: int(n) for rung, n in rungs}
    read = sources.read_at(sources.sources(c))
    return Calm(sum(known.values()), sum(n for rung, n in known.items() if rung in NEXT_STEP), known.get("booked", 0), read)
