"""Several cards, to be read and approved at once: every recipient, subject and text, and what is left out, with why."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from agent.desk import several
from agent.desk.views.letter import letter
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
            if card := decisions.find(c, pick.ref):
                mail, why = letter(c, card, desk.rules), several.obstacle(c, card, pick.version, desk.rules)
                out.append((mail, why)) if why else ready.append(mail)
        rest = {"leaves": _inbox.leaves(desk, office.clock()), "undo": desk.terms.undo, "mode": desk.terms.mode}
        return {"ready": ready, "out": out, "back": typed.local(request.query_params.get("back", "")) or "/", **rest}

    return _frame.show(request, "approve.html", "Approve", build)
