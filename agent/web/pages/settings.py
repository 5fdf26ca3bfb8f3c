"""The configuration, as it is in force; it is changed in its file. What is changed here: a pause, the theme, the keys."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from agent.desk import taste
from agent.desk.views.health import health
from agent.web.pages import _frame

PATH = "/settings"


def page(request: Request) -> Response:
    office = request.app.state.inbox
    return _frame.show(
        request,
        "settings.html",
        "Settings",
        lambda c: {"text": office.settings_text(), "found": health(c, office.desk.rules), "themes": taste.THEMES},
    )
