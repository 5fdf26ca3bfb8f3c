"""The audit trail, to read and to take away (`?as=csv`, `?as=json`)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from agent.desk.views import activity
from agent.desk.words import ACTORS
from agent.web.pages import _frame

PATH = "/activity"


def page(request: Request) -> Response:
    office, trail = request.app.state.inbox, activity.Trail.of(request.query_params)
    form = request.query_params.get("as", "")
    if form in ("csv", "json"):
        with office.store.read() as c:
            rows = list(activity.export(c, trail))
        text, kind = (_csv(rows), "text/csv") if form == "csv" else (json.dumps(rows, ensure_ascii=False, indent=1), "application/json")
        return Response(text, media_type=kind, headers={"Content-Disposition": f'attachment; filename="onward-activity.{form}"'})
    asked = {"who": trail.who, "act": trail.act, "deal": trail.deal}

    def link(**more: Any) -> str:
        return "?" + urlencode({name: value for name, value in (asked | more).items() if value})

    return _frame.show(
        request, "activity.html", "Activity", lambda c: {"found": activity.activity(c, trail), "actors": ACTORS, "link": link}
    )


def _csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """What begins like a formula is quoted, so that no spreadsheet computes it."""
    out = io.StringIO()
    names = ("id", "at", "who", "act", "deal", "card", "kind", "before", "after", "version_before", "version_after", "reason")
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows({name: _inert(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _inert(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
