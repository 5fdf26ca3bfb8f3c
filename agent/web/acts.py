"""Every POST: from a form to an act of the desk. `CARD` are those of a card, at /c/{ref}/{name}; `PLAIN` the others, at /{name}."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import select
from starlette.datastructures import FormData

from agent.desk import taste
from agent.model import Address, Draft
from agent.store import decisions, said, schema
from agent.store.decisions import CardRow
from agent.web import typed
from agent.web.inbox import Inbox
from agent.web.typed import Refused


@dataclass(frozen=True)
class Post:
    """One form that was sent; `card` where it is about one. `now` is the moment of all that follows."""

    inbox: Inbox
    form: FormData
    now: datetime
    about: CardRow | None

    @property
    def card(self) -> CardRow:
        assert self.about is not None
        return self.about

    @property
    def version(self) -> int:
        """Of the draft that the rep was looking at."""
        text = self.text("version")
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise Refused({"form": "This form is incomplete; open the page anew."})
        return int(text)

    def text(self, name: str) -> str:
        value = self.form.get(name, "")
        return value.strip() if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Done:
    """What the next page says. `undo`: it can be taken back (until then). `stay`: the card stays open instead of the next one.

    Of several cards: `refs` are those of which it can be taken back, `to` is what comes next.
    """

    says: str
    undo: bool = False
    until: datetime | None = None
    stay: bool = False
    refs: tuple[str, ...] = ()
    to: str = ""


Act = Callable[[Post], Done]

# --------------------------------------------------------------------------------------------------------- cards


def approve(post: Post) -> Done:
    """What was typed is saved first, as a version of its own: what leaves is what was read."""
    post.inbox.desk.approve(post.card.key, _saved(post), post.now, [str(done) for done in post.form.getlist("done")])
    with post.inbox.store.read() as connection:
        approval = decisions.approval(connection, post.card.key)
    assert approval is not None
    return Done(leaves(approval.leave_at, approval.mode, post), undo=True, until=approval.leave_at)


def leaves(at: datetime, mode: str, post: Post) -> str:
    what = "Leaves" if mode == "send" else "Goes to your Drafts"
    with post.inbox.store.read() as connection:
        if said.paused_until(connection, post.now):
            return f"Approved. {what} when you resume."
    seconds = int((at - post.now).total_seconds())
    if seconds <= 90:
        return f"{what} in {seconds} s." if seconds > 0 else f"{what} now."
    return f"{what} {at.astimezone(post.inbox.desk.rules.rep.working.zone):%A %-d %B, %H:%M}."


def edit(post: Post) -> Done:
    return Done("Saved." if _saved(post) != post.version else "Nothing was changed.", stay=True)


def _saved(post: Post) -> int:
    """The version that holds what was typed: the one it was typed over where that says the same."""
    if "body" not in post.form:
        return post.version
    with post.inbox.store.read() as connection:
        seen = decisions.versions(connection, post.card.key, post.version)
    to, cc = _both(post)
    subject, body = post.text("subject"), typed.lines(post.text("body"))
    if seen and _same(seen[0].draft, subject, body, to, cc):
        return post.version
    names = {"to": [typed.mailbox(a.email, a.name) for a in to], "cc": [typed.mailbox(a.email, a.name) for a in cc]}
    return post.inbox.desk.edit(post.card.key, post.version, post.now, subject=subject, body=body, **names)


def _both(post: Post) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
    found, errors = {}, dict[str, str]()
    for field in ("to", "cc"):
        try:
            found[field] = typed.recipients(field, post.text(field))
        except Refused as refused:
            errors |= refused.errors
    if errors:
        raise Refused(errors)
    if not found["to"]:
        raise Refused({"to": "Somebody must receive it."})
    return found["to"], found["cc"]


def _same(draft: Draft, subject: str, body: str, to: tuple[Address, ...], cc: tuple[Address, ...]) -> bool:
    people = [[a.email for a in both] for both in (draft.to, draft.cc)]
    return [draft.subject.strip(), typed.lines(draft.body), *people] == [subject, body, [a.email for a in to], [a.email for a in cc]]


def snooze(post: Post) -> Done:
    working = post.inbox.desk.rules.rep.working
    until = typed.until("until", post.text("until"), post.now, working)
    post.inbox.desk.snooze(post.card.key, post.version, until, post.now)
    return Done(f"Snoozed until {until.astimezone(working.zone):%A %-d %B, %H:%M}.", undo=True)


def dismiss(post: Post) -> Done:
    post.inbox.desk.dismiss(post.card.key, post.version, post.text("why"), post.now, teach=post.text("teach") == "on")
    return Done("No follow-up needed.", undo=True)


def handle(post: Post) -> Done:
    post.inbox.desk.handle(post.card.key, post.version, post.now)
    return Done("Marked as handled.", undo=True)


def misplace(post: Post) -> Done:
    post.inbox.desk.misplace(post.card.key, post.version, _deal(post), post.now)
    return Done("Moved to the other deal." if post.text("deal") else "Taken as about no deal.", undo=True)


def mute(post: Post) -> Done:
    post.inbox.desk.mute(post.card.key, post.version, post.now)
    return Done("Thread muted: no card is made of it any more.", undo=True)


def undo(post: Post) -> Done:
    post.inbox.desk.undo(post.card.key, post.now)
    return Done("Taken back.", stay=True)


def settle(post: Post) -> Done:
    if post.text("sent") not in ("yes", "no"):
        raise Refused({"sent": "Say whether it was sent."})
    post.inbox.desk.settle(post.card.key, post.text("sent") == "yes", post.now)
    return Done("Noted as sent." if post.text("sent") == "yes" else "Noted as not sent.")


# ---------------------------------------------------------------------------------------------------- everything else


def which(post: Post) -> Done:
    names = {name: post.text(name) for name in ("thread", "series", "person", "account")}
    if not (names["thread"] or names["series"] or (names["person"] and names["account"])):
        raise Refused({"form": "This form is incomplete; open the page anew."})
    post.inbox.desk.answer(post.now, deal=_deal(post), **names)
    post.inbox.check_now()
    return Done("Remembered. It is taken into account right away.")


def _deal(post: Post) -> str | None:
    """None: about no deal."""
    name = post.text("deal")
    with post.inbox.store.read() as connection:
        if name and connection.scalar(select(schema.deal.c.id).where(schema.deal.c.id == name)) is None:
            raise Refused({"deal": "There is no such deal."})
    return name or None


def silence(post: Post) -> Done:
    if not post.text("address"):
        raise Refused({"address": "Write an address, or @ and a domain."})
    post.inbox.desk.silence(post.text("address"), post.text("why"), post.now)
    post.inbox.check_now()
    return Done("Will not be contacted.")


def revoke(post: Post) -> Done:
    what = post.text("what")
    if what not in ("answer", "silence", "lesson"):
        raise Refused({"form": "This form is incomplete; open the page anew."})
    post.inbox.desk.revoke(cast(Literal["answer", "silence", "lesson"], what), post.text("name"), post.now)
    post.inbox.check_now()
    return Done("Taken back.")


def pause(post: Post) -> Done:
    working = post.inbox.desk.rules.rep.working
    until = typed.until("until", post.text("until"), post.now, working) if post.text("until") else None
    post.inbox.desk.pause(until, post.now)
    return Done(f"Paused until {until.astimezone(working.zone):%A %-d %B, %H:%M}." if until else "Paused.")


def resume(post: Post) -> Done:
    post.inbox.desk.resume(post.now)
    return Done("Resumed.")


def theme(post: Post) -> Done:
    if post.text("theme") not in taste.THEMES:
        raise Refused({"theme": "There is no such theme."})
    with post.inbox.store.begin() as connection:
        taste.put_theme(connection, post.text("theme"))
    return Done("The theme is kept.")


def keys(post: Post) -> Done:
    typed = {} if post.text("restore") else {name: post.text(name) for name in taste.COMMANDS if name in post.form}
    if errors := dict(reversed([*taste.wrong(typed)])):
        raise Refused(errors)
    with post.inbox.store.begin() as connection:
        taste.put_keys(connection, typed)
    return Done("The usual keys are back." if post.text("restore") else "The keys are kept.")


def check_now(post: Post) -> Done:
    post.inbox.check_now()
    return Done("Checking now.")


CARD: Mapping[str, Act] = {act.__name__: act for act in (approve, edit, snooze, dismiss, handle, misplace, mute, undo, settle)}
PLAIN: Mapping[str, Act] = {act.__name__: act for act in (which, silence, revoke, pause, resume, theme, keys)} | {"round": check_now}
