"""All deals with their next step, or none."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from agent.desk.views import deals
from agent.web.pages import _frame

PATH = "/deals"


def page(request: Request) -> Response:
    office = request.app.state.inbox
    words, chosen = request.query_params.get("q", "").strip()[:80], request.query_params.get("show", "all")
    chosen = chosen if chosen in deals.SHOWN else "all"

    def build(c: Connection) -> dict[str, Any]:
        rows = deals.deals(c, office.clock(), words)
        numbers = {name: sum(deals.shown(row, name) for row in rows) for name in deals.SHOWN}
        kept = tuple(row for row in rows if deals.shown(row, chosen))
        return {"rows": kept, "numbers": numbers, "shown": deals.SHOWN, "chosen": chosen, "words": words}

    return _frame.show(request, "deals.html", "Deals", build)
