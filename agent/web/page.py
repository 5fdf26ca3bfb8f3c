"""From a template to an answer. Everything in a page is text: autoescape is on, and nothing read from a mail is marked safe."""

from __future__ import annotations

import inspect
import mimetypes
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from agent.desk import taste
from agent.web import session, words
from agent.web.typed import written

_HERE = Path(__file__).parent
_FOR_EVER = {"Cache-Control": "max-age=31536000, immutable"}


def render(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """Every template also gets:

    - `inbox` (agent.web.app.Inbox), `rep`, `zone`, `now` (in the rep's zone), `path` (of this page, with its query)
    - `signed_in`, `csrf` (for a hidden field of every form), `flash` (sentences to be said once, each with `undo`: refs of cards)
    - `typed`, `errors` (by field name): what a form that was refused held, and what is wrong with it; {} otherwise
    - `mailboxes(addresses)`: as the fields `to` and `cc` are written, and read again
    - `taste`: the rep's theme and keys
    - `static(name)`: the address of a file in `static/`
    """
    said = getattr(request.state, "said", {})
    text = environment().get_template(template).render(**_common(request), **said.get("context", {}), **context)
    return HTMLResponse(text, said.get("status", status))


def again(request: Request, page: Any, status: int, *, typed: Mapping[str, str], errors: Mapping[str, str]) -> Response:
    """The page that a refused form came from, with all that was typed."""
    request.state.said = {"status": status, "context": {"typed": typed, "errors": errors}}
    answer: Response = page(request)
    return answer


@cache
def environment() -> Environment:
    made = Environment(
        auto_reload=False,
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(static=address, typed={}, errors={}, mailboxes=written, commands=taste.COMMANDS)
    made.filters.update(
        {name: f for name, f in inspect.getmembers(words, inspect.isfunction) if f.__module__ == words.__name__ and name[0] != "_"}
    )
    return made


def address(name: str) -> str:
    """Of a file in `static/`: it changes with the files, so that it may be kept for ever."""
    return f"/static/{_digest()}/{name}"


def static(request: Request) -> Response:
    found = _files().get(request.path_params["name"])
    if found is None or request.path_params["digest"] != _digest():
        return Response(status_code=404)
    return Response(found[0], headers=_FOR_EVER, media_type=found[1])


def _common(request: Request) -> dict[str, Any]:
    inbox = request.app.state.inbox
    rep, signed_in = inbox.desk.rules.rep, getattr(request.state, "session", "")
    with inbox.store.read() as connection:
        liked = taste.of(connection)
    return {
        "inbox": inbox,
        "taste": liked,
        "rep": rep,
        "zone": rep.working.zone,
        "now": inbox.clock().astimezone(rep.working.zone),
        "path": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        "signed_in": bool(signed_in),
        "csrf": session.csrf(signed_in) if signed_in else "",
        "flash": request.app.state.flashes.take(signed_in) if signed_in and request.method != "HEAD" else (),
    }


@cache
def _files() -> Mapping[str, tuple[bytes, str]]:
    folder = _HERE / "static"
    files = sorted(f for f in folder.rglob("*") if f.is_file())
    return {f.relative_to(folder).as_posix(): (f.read_bytes(), _type(f.name)) for f in files}


def _type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


@cache
def _digest() -> str:
    """One for all files, so that they may name one another by relative addresses."""
    parts = sha256()
    for name, (data, _) in _files().items():
        parts.update(sha256(name.encode()).digest() + sha256(data).digest())
    return parts.hexdigest()[:16]
