"""All deals with their next step, or none."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from agent.desk.views.deals import SHOWN, deals
from agent.web.pages import _frame

PATH = "/deals"


def page(request: Request) -> Response:
    office, asked = request.app.state.inbox, request.query_params
    words, number = asked.get("q", "").strip()[:80], asked.get("page", "1")
    chosen = asked.get("show", "") if asked.get("show", "") in SHOWN else "all"
    at = min(int(number), 1000) if number.isascii() and number.isdigit() and number != "0" else 1

    def link(**more: Any) -> str:
        return "?" + urlencode({name: value for name, value in ({"q": words, "show": chosen} | more).items() if value})

    return _frame.show(
        request,
        "deals.html",
        "Deals",
        lambda c: {
            "found": deals(c, office.clock(), words, chosen, at),
            "shown": SHOWN,
            "chosen": chosen,
            "words": words,
            "at": at,
            "link": link,
        },
    )
