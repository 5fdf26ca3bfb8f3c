"""What is fresh, what is not, and what was set aside."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from agent.desk.views.health import health
from agent.web.pages import _frame

PATH = "/health"


def page(request: Request) -> Response:
    office = request.app.state.inbox
    standing = office.health()
    return _frame.show(request, "health.html", "Health", lambda c: {"found": health(c, office.desk.rules), "standing": standing})
