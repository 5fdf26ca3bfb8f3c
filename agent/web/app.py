"""The web inbox as one ASGI application."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from agent.web import live, page, pages, posts, session
from agent.web.flash import Flashes
from agent.web.inbox import Health, Inbox
from agent.web.security import LARGEST, Guard

__all__ = ["Health", "Inbox", "create"]

OPEN = ("/start", "/healthz", "/metrics")  # without a session; nothing there names anybody


def create(office: Inbox) -> Starlette:
    """Serves nothing by itself: `agent.web.serve` does."""
    guards = [
        Middleware(Guard, port=office.port),
        Middleware(RequestBodyLimitMiddleware, max_body_size=LARGEST),
        Middleware(_SignedIn),
    ]
    found = _pages()
    shown = [Route(path, made, methods=["GET"]) for path, made in found.items()]
    app = Starlette(routes=[*_routes(), *shown], middleware=guards, exception_handlers={HTTPException: _said})
    app.router.redirect_slashes = False
    app.state.inbox = office
    app.state.pages = found
    app.state.flashes = Flashes()
    app.state.cookie = session.cookie(office.store)
    return app


def _routes() -> Iterator[Route]:
    yield Route("/static/{digest}/{name:path}", page.static)
    yield Route("/start", _start)
    yield Route("/healthz", _healthz)
    yield Route("/metrics", _metrics)
    yield from live.routes()
    yield from posts.routes()


def _pages() -> dict[str, Callable[[Request], Response]]:
    """By their path."""
    names = [found.name for found in pkgutil.iter_modules(pages.__path__) if not found.name.startswith("_")]
    return {module.PATH: module.page for module in (import_module(f"{pages.__name__}.{name}") for name in names)}


def _start(request: Request) -> Response:
    """The one GET that changes something: it uses up the link. HEAD does not."""
    inbox: Inbox = request.app.state.inbox
    if request.method == "HEAD":
        return Response()
    made = session.redeem(inbox.store, request.query_params.get("token", ""), inbox.clock())
    if made is None:
        return page.render(request, "signed_out.html", 403, used=True)
    answer = RedirectResponse("/", 303)
    session.give(answer, request.app.state.cookie, made)
    return answer


def _healthz(request: Request) -> Response:
    ok = request.app.state.inbox.health().ok
    return JSONResponse({"status": "ok" if ok else "failing"}, 200 if ok else 503)


def _metrics(request: Request) -> Response:
    return PlainTextResponse(request.app.state.inbox.metrics(), media_type="text/plain; version=0.0.4")


async def _said(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return await run_in_threadpool(
        page.render, request, "said.html", error.status_code, says=_SAYS.get(error.status_code, "This cannot be done.")
    )


_SAYS = {
    404: "There is nothing here. It may have been closed or erased since.",
    405: "This page cannot be asked that way.",
    413: "That is too long.",
}


class _SignedIn:
    """Without a session every page is the same short one: no redirect, nothing told."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in OPEN or scope["path"].startswith("/static/"):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        held = request.cookies.get(request.app.state.cookie, "")
        inbox: Inbox = request.app.state.inbox
        if await run_in_threadpool(session.known, inbox.store, held, inbox.clock()):
            request.state.session = held
            await self.app(scope, receive, send)
            return
        answer = await run_in_threadpool(page.render, request, "signed_out.html", 403, used=False)
        await answer(scope, receive, send)
