"""Which deal? What fits several, and the answers that were given."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from agent.desk.views import choices
from agent.desk.views.tray import tray
from agent.web.pages import _frame

PATH = "/unmatched"


def page(request: Request) -> Response:
    office = request.app.state.inbox

    def build(c: Connection) -> dict[str, Any]:
        return {"tray": tray(c, office.desk.rules, office.clock()), "choices": choices.deals(c)}

    return _frame.show(request, "unmatched.html", "Which deal?", build)
