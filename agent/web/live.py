"""Life of open pages: server-sent events (WHATWG HTML, 9.2) at /live?since=MICROSECONDS.

`counts`: {"review": n, …} of every tab, with "new": how many cards came since the page was made. `delivery`: {"ref", "state",
"says"} of a mail whose delivery got further. `progress`: of the round that runs, null between rounds. `enough`: the page is one too
many; it may ask again when it is looked at.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict, dataclass, is_dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from agent.desk.views.inbox import counts as tabs
from agent.store import schema
from agent.web import session
from agent.web.inbox import Inbox

POLL = 5.0  # seconds: the terminal writes to the store from another process
BREATH = 0.2  # between two looks, however often something changes
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def routes() -> list[Route]:
    return [Route("/live", live, methods=["GET"])]


async def live(request: Request) -> Response:
    if request.method == "HEAD":
        return Response()
    return StreamingResponse(_events(request), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


@dataclass(frozen=True, slots=True)
class Sight:
    """What is to be told, at one moment. `deliveries`: (ref, state, says) by approval."""

    counts: Mapping[str, int]
    deliveries: Mapping[str, tuple[str, str, str]]
    progress: Any


async def _events(request: Request) -> AsyncIterator[str]:
    changes = request.app.state.inbox.changed
    place = changes.join()
    try:
        before: Sight | None = None
        yield "retry: 3000\n\n"
        while not changes.closed and not place.enough:
            sight = await run_in_threadpool(_look, request)
            if sight is None:
                break  # signed out
            yield "".join(_told(before, sight)) or ": here\n\n"
            before = sight
            await place.wait(POLL)
            await place.rest(BREATH)
        if place.enough:
            yield _event("enough", None)
    finally:
        changes.leave(place)


def _look(request: Request) -> Sight | None:
    inbox: Inbox = request.app.state.inbox
    now = inbox.clock()
    if not session.known(inbox.store, request.state.session, now):
        return None
    card, delivery = schema.card.c, schema.delivery.c
    with inbox.store.read() as connection:
        counts = tabs(connection)
        fresh = select(func.count()).where(card.state == "review", card.opened_at > _since(request, now))
        counts["new"] = connection.scalar(fresh) or 0
        recent = select(delivery.id, card.ref, delivery.state, delivery.says).join_from(
            schema.delivery, schema.card, delivery.card == card.key
        )
        rows = connection.execute(recent.where(delivery.changed_at > now - timedelta(hours=1))).all()
    return Sight(counts, {row.id: (row.ref, row.state, row.says) for row in rows}, inbox.progress())


def _since(request: Request, now: datetime) -> datetime:
    """When the page was made."""
    text = request.query_params.get("since", "")
    return _EPOCH + timedelta(microseconds=int(text)) if text.isascii() and text.isdigit() and len(text) < 17 else now


def _told(before: Sight | None, now: Sight) -> list[str]:
    told = []
    if before is None or before.counts != now.counts:
        told.append(_event("counts", now.counts))
    if before is not None:
        news = [d for name, d in now.deliveries.items() if before.deliveries.get(name) != d]
        told += [_event("delivery", {"ref": ref, "state": state, "says": says}) for ref, state, says in news]
    if now.progress != (before.progress if before else None):
        told.append(_event("progress", now.progress))
    return told


def _event(name: str, data: Any) -> str:
    plain = asdict(data) if is_dataclass(data) and not isinstance(data, type) else data
    return f"event: {name}\ndata: {json.dumps(plain, default=str)}\n\n"  # JSON holds no line break
