"""What every page does: one reading of the store, and the template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from agent.web import page

Build = Callable[[Connection], Mapping[str, Any] | None]


def show(request: Request, template: str, here: str, build: Build, status: int = 200) -> Response:
    """`build` gives the template's context from the store; None: there is no such thing."""
    inbox = request.app.state.inbox
    with inbox.store.read() as c:
        context = build(c)
    if context is None:
        return page.render(request, "missing.html", 404, here=here)
    return page.render(request, template, status, here=here, **context)
