"""What was approved, and how far it is."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from agent.desk.views.outbox import outbox
from agent.web.pages import _frame

PATH = "/outbox"


def page(request: Request) -> Response:
    office = request.app.state.inbox
    return _frame.show(request, "outbox.html", "Outbox", lambda c: {"box": outbox(c), "mode": office.desk.terms.mode})
