"""Several cards, to be read and approved at once: every recipient, subject and text, and what is left out, with why."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from agent.desk import several
from agent.desk.views.card import card_view
from agent.store import decisions
from agent.web import typed
from agent.web.pages import _frame, _inbox
from agent.web.several import picks

PATH = "/approve"


def page(request: Request) -> Response:
    office = request.app.state.inbox
    desk, some = office.desk, picks(request.query_params.getlist("card")[: several.MOST])

    def build(c: Connection) -> dict[str, Any]:
        ready, out = [], []
        for pick in some:
            row, view = decisions.find(c, pick.ref), card_view(c, pick.ref, desk.rules)
            if row and view:
                why = several.obstacle(desk, row, pick.version)
                out.append((view, why)) if why else ready.append(view)
        rest = {"leaves": _inbox.leaves(desk, office.clock()), "undo": desk.terms.undo, "mode": desk.terms.mode}
        return {"ready": ready, "out": out, "back": typed.local(request.query_params.get("back", "")) or "/", **rest}

    return _frame.show(request, "approve.html", "Approve", build)
