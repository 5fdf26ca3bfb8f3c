"""Who is let in at all, before anything is looked up: pure ASGI, around every answer including errors and static files.

A browser on this machine also runs other people's pages. What they can reach by rebinding a name (Host), by forms and scripts
(Origin, Fetch Metadata) or by frames (the headers of the answer) ends here; the session and the form's token come after.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agent.errors import NeedsHuman

LARGEST = 512 * 1024  # bytes of a form: a mail's text many times over
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), serial=(), clipboard-read=()",
}
_OWN = Path(__file__).parent.parent
_log = logging.getLogger(__name__)


def check_bind(host: str) -> None:
    """Raises `NeedsHuman` for an address that others could reach: the inbox has no login fit for a network."""
    if host == "localhost" or _loopback(host.strip("[]")):
        return
    raise NeedsHuman(
        f"the inbox is served on this machine alone, and {host[:60]!r} can be reached by others",
        "write 127.0.0.1 or ::1; from elsewhere use ssh -L",
    )


def hosts(port: int) -> frozenset[str]:
    """What the inbox may be called in a Host header (RFC 9112, 3.2)."""
    return frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))


class Guard:
    """Refuses, adds the headers, and turns what nobody foresaw into a bare 500: the log gets its type and place, never its text."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self.app, self.hosts = app, hosts(port)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":  # none is offered
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._http(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def headed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                _head(message)
            await send(message)

        refused = _refused(scope, self.hosts)
        try:
            await (refused or self.app)(scope, receive, headed)
        except ClientDisconnect:
            pass
        except Exception as error:  # noqa: BLE001 - the last resort of a page
            _log.error("fault in a page: %s in %s", type(error).__name__, _place(error))
            if begun:
                raise ConnectionAbortedError from None  # half an answer must not look whole; the text of the fault stays out
            await _no(500, "A fault in the program. Nothing was done that is not shown; go back and try again.")(scope, receive, headed)


def _place(error: Exception) -> str:
    """The innermost line of the program's own."""
    frames = [(Path(frame.filename), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    path, line = next((each for each in reversed(frames) if each[0].is_relative_to(_OWN)), frames[-1])
    return f"{path.name}:{line}"


def _head(message: Message) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in HEADERS.items():
        headers[name] = value
    headers.setdefault("Cache-Control", "no-store")


def _refused(scope: Scope, allowed: frozenset[str]) -> ASGIApp | None:
    names = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    if len(names) != 1 or names[0] not in allowed:
        return _no(403, "This address is not one of the inbox's.")
    if scope["client"] is None or not _loopback(scope["client"][0]):
        return _no(403, "The inbox answers this machine alone.")
    if scope["method"] in ("GET", "HEAD"):
        return _no(403, "Other sites cannot load this.") if _loaded_elsewhere(scope) else None
    if scope["method"] != "POST":
        return _no(405, "Only GET, HEAD and POST are understood.")
    if not _from_here(scope, f"http://{names[0]}"):
        return _no(403, "Only the inbox's own pages can do this.")
    if len(_all(scope, b"content-type")) != 1 or _all(scope, b"content-type")[0].split(";")[0].strip().lower() not in FORMS:
        return _no(415, "Only forms are understood.")
    return None


def _from_here(scope: Scope, own: str) -> bool:
    """Origin must be ours. It may be absent or "null" (what `no-referrer` makes of it in a plain form, Fetch 3.2) only where
    the browser itself says "same-origin"; what says neither is no browser."""
    origins, sites = _all(scope, b"origin"), _all(scope, b"sec-fetch-site")
    if len(origins) > 1 or len(sites) > 1 or (sites and sites != ["same-origin"]):
        return False
    return origins == [own] or (bool(sites) and origins in ([], ["null"]))


def _loaded_elsewhere(scope: Scope) -> bool:
    """Another page's image, script, frame or fetch. A link that is followed is none of these; other ports of this machine are
    "same-site", and get the cookie."""
    sites, modes = _all(scope, b"sec-fetch-site"), _all(scope, b"sec-fetch-mode")
    followed = modes == ["navigate"] and _all(scope, b"sec-fetch-dest") in ([], ["document"])
    return bool(sites) and not all(s in ("same-origin", "none") for s in sites) and not followed


def _all(scope: Scope, wanted: bytes) -> list[str]:
    return [value.decode("latin-1") for name, value in scope["headers"] if name == wanted]


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _no(status: int, says: str) -> ASGIApp:
    return PlainTextResponse(says + "\n", status)
