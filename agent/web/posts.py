"""From a POST to its answer: 303 to what comes next, or a page that says why nothing was done.

Fields of every form: `csrf`; of a card's also `version`. The query of a card's address is that of the list the rep goes through;
the next card of it follows. A field `back` (an address within the inbox) goes before that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from agent.desk import Changed
from agent.desk.views.inbox import Query, following
from agent.errors import NeedsHuman, OnwardError, Rejected, Unavailable
from agent.store import decisions
from agent.web import acts, conflict, page, session, several, typed
from agent.web.acts import Act, Post
from agent.web.flash import Flash
from agent.web.inbox import Inbox
from agent.web.pages._inbox import link

FIELDS = 100  # of a form: every card of a page, selected
_REF = re.compile(r"[0-9a-f]{12}\Z")
_HOME = {"which": "/unmatched"} | dict.fromkeys(("silence", "revoke", "theme", "keys"), "/settings")  # where else their forms stand

PLAIN = {**acts.PLAIN, **several.PLAIN}


def routes() -> Iterator[Route]:
    yield Route("/c/{ref}/{act}", _received, methods=["POST"])
    for name in PLAIN:
        yield Route(f"/{name}", _received, methods=["POST"], name=name)


async def _received(request: Request) -> Response:
    form = await request.form(max_files=0, max_fields=FIELDS)
    return await run_in_threadpool(_answered, request, form)


def _answered(request: Request, form: FormData) -> Response:
    if not session.genuine(request.state.session, str(form.get("csrf", ""))):
        return page.render(request, "said.html", 403, says="This form is older than your session. Go back, reload the page and try again.")
    inbox: Inbox = request.app.state.inbox
    name = request.path_params.get("act")
    act = acts.CARD.get(name) if name else PLAIN[request.url.path[1:]]
    card = _card(inbox, request.path_params["ref"]) if name else None
    if act is None or (name and card is None):
        raise HTTPException(404)
    return _done(request, act, Post(inbox, form, inbox.clock(), card))


def _card(inbox: Inbox, ref: str) -> decisions.CardRow | None:
    if not _REF.match(ref):
        return None
    with inbox.store.read() as connection:
        return decisions.find(connection, ref)


def _done(request: Request, act: Act, post: Post) -> Response:
    query = Query.of(request.query_params)
    after = _after(post, query)  # in the list as it is before the act
    try:
        done = act(post)
    except Changed as changed:
        return conflict.answer(request, post, changed)
    except Rejected as refused:
        return _refused(request, post, refused)
    except OnwardError as error:
        status = 503 if isinstance(error, NeedsHuman | Unavailable) else 409
        return page.render(request, "said.html", status, says=f"Nothing was done: {error.told}")
    undo = (post.about.ref,) if post.about and done.undo else done.refs
    if done.says:
        request.app.state.flashes.say(request.state.session, Flash(done.says, undo, done.until))
    post.inbox.changed.notify()
    own = f"/c/{post.about.ref}{link(query)}" if post.about and done.stay else ""
    return _see(request, done.to or typed.local(post.text("back")) or own or after or _HOME.get(request.url.path[1:], "/"))


def _after(post: Post, query: Query) -> str:
    """The card that follows in the list the rep goes through, or the list."""
    if post.about is None:
        return ""
    with post.inbox.store.read() as connection:
        ref = following(connection, post.about.ref, query)
    return (f"/c/{ref}" if ref else "/") + link(query)


def _refused(request: Request, post: Post, refused: Rejected) -> Response:
    """The page of the form again, with what was typed; where that is not known, a page that says it."""
    errors = refused.errors if isinstance(refused, typed.Refused) else {"form": refused.told}
    home = typed.local(post.text("back")) or _HOME.get(request.url.path[1:], "/")
    shown = request.app.state.pages.get("/c/{ref}" if post.about else home.partition("?")[0])
    if shown is None:
        return page.render(request, "said.html", 422, says=refused.told)
    held = {name: value for name, value in post.form.items() if isinstance(value, str) and name != "csrf"}
    return page.again(request, shown, 422, typed=held, errors=errors)


def _see(request: Request, address: str) -> Response:
    """htmx would follow a 303 unseen and show the page under the old address."""
    if request.headers.get("hx-request") == "true":
        return Response(headers={"HX-Location": address})
    return RedirectResponse(address, 303)
