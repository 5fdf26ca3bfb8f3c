"""Meetings and what was concluded of each."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from agent.desk.views.meetings import meetings
from agent.web.pages import _frame

PATH = "/meetings"


def page(request: Request) -> Response:
    office = request.app.state.inbox
    return _frame.show(request, "meetings.html", "Meetings", lambda c: {"found": meetings(c, office.clock(), office.desk.rules)})
