"""What the inbox and the page of a card have in common."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from agent.desk import Desk
from agent.desk.views import choices, inbox
from agent.desk.views.card import card_view
from agent.desk.views.inbox import Query
from agent.errors import OnwardError
from agent.think import workdays
from agent.web.pages import _frame


def show(request: Request, query: Query, ref: str | None) -> Response:
    """`ref` None: the first card of the list, where there is room for one. A card that is opened is judged anew."""
    office = request.app.state.inbox
    if ref and request.method != "HEAD":
        with suppress(OnwardError):  # a card that is not there is said so below
            office.desk.look(ref, office.clock())

    def build(c: Connection) -> dict[str, Any] | None:
        made = _context(c, office.desk, office.clock(), query, ref)
        return None if ref and not made["card"] else made | {"alone": ref is not None}

    return _frame.show(request, "inbox.html", "Inbox", build)


def _context(c: Connection, desk: Desk, now: datetime, query: Query, ref: str | None) -> dict[str, Any]:
    found = inbox.inbox(c, query)
    shown = ref or next((row.ref for row in found.rows), None)
    card = card_view(c, shown, desk.rules) if shown else None
    return {
        "list": found,
        "later": inbox.later(c, query) if query.tab == "review" and found.waiting else (),
        "tabs": inbox.TABS,
        "sorts": inbox.SORTS,
        "filters": inbox.FILTERS,
        "card": card,
        "warnings": tuple(dict.fromkeys((*card.warnings, *desk.warnings(card.key)))) if card and "approve" in card.acts else (),
        "deals": choices.deals(c, card.deal) if card else (),
        "all_deals": choices.all_there(c),
        "leaves": leaves(desk, now),
        "undo": desk.terms.undo,
        "mode": desk.terms.mode,
        "link": lambda **changes: link(query, **changes),
    }


def link(query: Query, **changes: Any) -> str:
    """The query of an address of the list: `query` with some of it changed, without what is the default."""
    asked, default = replace(query, **changes), Query()
    given = {"tab": asked.tab, "sort": asked.sort, "q": asked.words, "page": str(asked.page)}
    given |= {name: getattr(asked, name) for name in inbox.FILTERS}
    usual = {"tab": default.tab, "sort": default.sort, "page": "1"}
    kept = urlencode({name: value for name, value in given.items() if value != usual.get(name, "")})
    return f"?{kept}" if kept else ""


def leaves(desk: Desk, now: datetime) -> datetime | None:
    """When a mail approved now would leave; None: at once, when the time to undo is over."""
    working = desk.rules.rep.working
    local = (now + desk.terms.undo).astimezone(working.zone)
    if not desk.terms.within_hours or (workdays.works(working, local.date()) and working.opens <= local.time() < working.closes):
        return None
    day = local.date() if local.time() < working.opens else local.date() + timedelta(days=1)
    return workdays.opening(working, workdays.on_or_after(working, day))
