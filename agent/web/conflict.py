"""The card is not what the rep was looking at: what he saw or typed, and what is there now, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import ndiff
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from agent import life
from agent.desk import Changed
from agent.model import Draft
from agent.store import decisions
from agent.web import page, typed
from agent.web.acts import Post
from agent.web.pages import _frame

FIELDS = ("to", "cc", "subject", "body")


@dataclass(frozen=True, slots=True)
class Line:
    """`mine` is only in what the rep saw or typed, `now` only in what is there now."""

    where: Literal["both", "mine", "now"]
    text: str


def answer(request: Request, post: Post, changed: Changed) -> Response:
    if post.about is None:
        return page.render(request, "said.html", 409, says=changed.told)
    with post.inbox.store.read() as connection:
        card = decisions.find(connection, post.card.key)
        now = decisions.draft(connection, card).draft if card else None
        seen = decisions.versions(connection, post.card.key, post.version) if post.text("version").isdigit() else []
    held = {name: post.text(name) for name in FIELDS} if "body" in post.form else None
    mine = held or (_fields(seen[0].draft) if seen else None)
    lines = difference(mine, _fields(now)) if mine and now else []
    editable = held if card and "edit" in life.TABLE[card.state] else None
    context = {"says": changed.told, "card": card, "lines": lines, "held": held, "editable": editable}
    return _frame.show(request, "changed.html", "Changed meanwhile", lambda _: context, 409)


def difference(mine: dict[str, str], now: dict[str, str]) -> list[Line]:
    """() where both say the same."""
    before, after = _text(mine), _text(now)
    if before == after:
        return []
    places: dict[str, Literal["both", "mine", "now"]] = {" ": "both", "-": "mine", "+": "now"}
    return [Line(places[row[0]], row[2:]) for row in ndiff(before, after) if row[0] in places]


def _fields(draft: Draft) -> dict[str, str]:
    return {"to": typed.written(draft.to), "cc": typed.written(draft.cc), "subject": draft.subject, "body": draft.body}


def _text(fields: dict[str, str]) -> list[str]:
    heads = [f"{name.title()}: {typed.lines(fields[name])}" for name in ("to", "cc", "subject")]
    return [*heads, "", *typed.lines(fields["body"]).split("\n")]
