"""One deal: its timeline, people and threads."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from agent.desk.views import choices
from agent.desk.views.deal import deal_view
from agent.web.pages import _frame

PATH = "/deals/{id:path}"


def page(request: Request) -> Response:
    office = request.app.state.inbox
    name = request.path_params["id"]

    def build(c: Connection) -> dict[str, Any] | None:
        found = deal_view(c, name, office.desk.rules, office.clock())
        return {"found": found, "choices": choices.deals(c, found.deal)} if found else None

    return _frame.show(request, "deal.html", "Deals", build)
