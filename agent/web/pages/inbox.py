"""The inbox: the list, and beside it the first card."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from agent.desk.views.inbox import Query
from agent.web.pages import _inbox

PATH = "/"


def page(request: Request) -> Response:
    return _inbox.show(request, Query.of(request.query_params), None)
