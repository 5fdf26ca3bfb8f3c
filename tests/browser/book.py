"""The storybook: every view and state as a story, at /_book/NAME of the inbox under test.

A story arranges its own copy of the sample rep's store and names the page to look at. Links within a story lead out of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, delete, update
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from agent.desk import Desk, Terms, taste
from agent.model import Rules
from agent.store import Store, decisions, said
from agent.store.schema import card, deal_state, delivery, meeting, ref, source, thread
from agent.web.app import Inbox, create
from tests.browser.sample import NOW, copied
from tests.rigs.inbox import Served, serving

HALDEN, NORTHGATE = "no_next_step:LF-101:halden-demo@cal.example", "agreed_not_booked:LF-108:2026-03-19T11:00-04:00"
CASCADE, PELLWORTH = "no_next_step:LF-130:cascade-review@cal.example", "fell_through:LF-109:pellworth-demo@cal.example"
LINDENAU = "reply_owed:LF-106:<lf-106-s1-2@lindenau.example>"


@dataclass(frozen=True)
class Stage:
    """What a story may touch."""

    store: Store
    desk: Desk


Story = tuple[str, Callable[[Stage], None]]  # path, and what is arranged before


def _as_it_is(_: Stage) -> None:
    """As the first round left it."""


def _sql(*statements: Any) -> Callable[[Stage], None]:
    def arranged(stage: Stage) -> None:
        with stage.store.begin() as c:
            for statement in statements:
                c.execute(statement)

    return arranged


def _doubted(stage: Stage) -> None:
    _approved(stage)
    _sql(update(card).where(card.c.key == HALDEN).values(state="held", reason="The server broke off."))(stage)


def _approved(stage: Stage) -> None:
    stage.desk.approve(HALDEN, 1, NOW - timedelta(seconds=4))


def _edited(stage: Stage) -> None:
    stage.desk.edit(
        HALDEN,
        1,
        NOW,
        subject="Re: Demo on Thursday",
        body="Hi Petra,\n\nShall we meet on Friday?\n\nMaya",
        to=["petra@haldenfoods.example"],
        cc=[],
    )


def _parcels(stage: Stage) -> None:
    """One of each: leaving, planned, in doubt, refused, laid, sent."""
    drafts = [(key, todo) for key, todo in _drafts(stage) if key != HALDEN]
    states = ("held", "failed", "laid", "sent", "approved", "approved")
    for (key, todo), state in zip(drafts, states, strict=False):
        stage.desk.approve(key, 1, NOW - timedelta(hours=1), todo)
        with stage.store.begin() as c:
            if state != "approved":
                _deliver(c, key, state)
    _approved(stage)


def _deliver(c: Connection, key: str, state: str) -> None:
    says = {"held": "The server broke off after the mail was handed over.", "failed": "550 5.1.1 The address does not exist."}.get(
        state, ""
    )
    found = {"failed": "refused"}.get(state, state)
    c.execute(update(card).where(card.c.key == key).values(state=state, reason=says, changed_at=NOW))
    c.execute(update(delivery).where(delivery.c.card == key).values(state=found, says=says, attempts=1, changed_at=NOW))


def _laid(stage: Stage) -> None:
    _approved(stage)
    with stage.store.begin() as c:
        _deliver(c, HALDEN, "laid")


def _broken(stage: Stage) -> None:
    with stage.store.begin() as c:
        says = "calendar: the file calendar.ics cannot be read (no such file); write the right path in onward.yaml"
        c.execute(
            update(source).where(source.c.section == "calendar").values(status="failed", says=says, failing_since=NOW - timedelta(hours=3))
        )
        c.execute(update(deal_state).values(held=True))
        said.put_setting(c, "last_round_fault", "The disk is full.")


def _answered(stage: Stage) -> None:
    with stage.store.read() as c:
        asked = c.execute(thread.select().where(thread.c.status == "ambiguous")).first()
    assert asked is not None
    one = stage.desk.answer(NOW, deal="LF-123", thread=asked.id)
    stage.desk.answer(NOW, deal=None, person="helen@verityglass.example", account="Verity Glassworks")
    stage.desk.revoke("answer", str(one), NOW)


def _learnt(stage: Stage) -> None:
    stage.desk.dismiss(HALDEN, 1, "not a follow-up", NOW, teach=True)
    stage.desk.silence("joan@northgate-hospitals.example", "asked by phone", NOW)
    stage.desk.silence("@ingramfoundry.example", "not wanted", NOW)
    stage.desk.revoke("silence", "@ingramfoundry.example", NOW)


def _muted(stage: Stage) -> None:
    stage.desk.mute(LINDENAU, 1, NOW)
    _learnt(stage)


def _dark(stage: Stage) -> None:
    with stage.store.begin() as c:
        taste.put_theme(c, "dark")
        taste.put_keys(c, {"approve": "y", "dismiss": ""})


def _many(stage: Stage) -> None:
    """So many leave that they are told as one."""
    for key, todo in _drafts(stage):
        if key != LINDENAU:
            stage.desk.approve(key, 1, NOW, todo)


def _drafts(stage: Stage) -> list[tuple[str, tuple[str, ...]]]:
    with stage.store.read() as c:
        return [(card.key, decisions.draft(c, card).draft.todo) for card in decisions.cards(c, ("review",))]


def _done(stage: Stage) -> None:
    stage.desk.handle(NORTHGATE, 1, NOW)
    stage.desk.dismiss(HALDEN, 1, "the deal is dead", NOW)
    with stage.store.begin() as c:
        c.execute(
            update(card)
            .where(card.c.key == LINDENAU)
            .values(state="withdrawn", reason="You wrote to Kerstin Vogt on 12 March 2026, 15:20.")
        )


_NONE = delete(card)
_CARD = f"/c/{ref(HALDEN)}"
STORIES: Mapping[str, Story] = {
    "inbox": ("/", _as_it_is),
    "inbox-first-run": ("/", _sql(_NONE, delete(source), delete(deal_state), delete(meeting), delete(thread))),
    "inbox-empty": ("/", _sql(_NONE)),
    "inbox-nothing-fits": ("/?q=zzzz", _as_it_is),
    "inbox-filtered": ("/?stage=Demo&reason=fell_through", _as_it_is),
    "inbox-filtered-empty": ("/?stage=Demo&account=Nobody&reason=park&q=zzzz", _as_it_is),
    "inbox-many-leave": ("/", _many),
    "inbox-promised": ("/?tab=promised", _as_it_is),
    "inbox-waiting": ("/?tab=waiting&sort=value", _as_it_is),
    "inbox-snoozed": ("/?tab=snoozed", lambda s: s.desk.snooze(HALDEN, 1, NOW + timedelta(days=4), NOW)),
    "inbox-snoozed-empty": ("/?tab=snoozed", _as_it_is),
    "inbox-done": ("/?tab=done", _done),
    "inbox-leaving": ("/", _approved),
    "inbox-paused": ("/", lambda s: s.desk.pause(NOW + timedelta(days=2), NOW)),
    "inbox-source-failed": ("/", _broken),
    "card": (_CARD, _as_it_is),
    "card-todo": (f"/c/{ref(NORTHGATE)}", _as_it_is),
    "card-german": (f"/c/{ref(LINDENAU)}", _as_it_is),
    "card-edited": (_CARD, _edited),
    "card-approved": (_CARD, _approved),
    "card-on-hold": (_CARD, _sql(update(deal_state).values(held=True))),
    "card-snoozed": (_CARD, lambda s: s.desk.snooze(HALDEN, 1, NOW + timedelta(days=4), NOW)),
    "card-dismissed": (_CARD, lambda s: s.desk.dismiss(HALDEN, 1, "the deal is dead", NOW)),
    "card-withdrawn": (f"/c/{ref(LINDENAU)}", _done),
    "card-muted": (f"/c/{ref(LINDENAU)}", _muted),
    "card-in-drafts": (_CARD, _laid),
    "card-in-doubt": (_CARD, _doubted),
    "card-missing": ("/c/000000000000", _as_it_is),
    "approve": (
        f"/approve?card={ref(CASCADE)}.1&card={ref(PELLWORTH)}.1&card={ref(HALDEN)}.1&card={ref(NORTHGATE)}.1&card={ref(LINDENAU)}.7&back=/",
        _as_it_is,
    ),
    "approve-nothing": (f"/approve?card={ref(NORTHGATE)}.1&card=x", _as_it_is),
    "outbox": ("/outbox", _parcels),
    "outbox-empty": ("/outbox", _as_it_is),
    "deals": ("/deals", _as_it_is),
    "deals-none": ("/deals?q=zzzz", _as_it_is),
    "deal": ("/deals/LF-101", _as_it_is),
    "deal-on-hold": ("/deals/LF-108", _broken),
    "meetings": ("/meetings", _as_it_is),
    "meetings-none": ("/meetings", _sql(delete(meeting))),
    "unmatched": ("/unmatched", _answered),
    "unmatched-empty": ("/unmatched", _sql(delete(thread), delete(meeting))),
    "activity": ("/activity", _parcels),
    "activity-nothing-fits": ("/activity?act=erase", _as_it_is),
    "health": ("/health", _muted),
    "health-broken": ("/health", _broken),
    "settings": ("/settings", _as_it_is),
    "settings-dark": ("/settings", _dark),
    "settings-paused": ("/settings", lambda s: s.desk.pause(None, NOW)),
}


class Book:
    """Around an inbox: /_book lists the stories, /_book/NAME shows one; everything else is the inbox itself.

    All stories begin with a copy of its store, so that who is signed in there is signed in everywhere.
    """

    def __init__(self, app: ASGIApp, inbox: Inbox, folder: Path) -> None:
        self.app, self.inbox, self.folder = app, inbox, folder
        self._made: dict[str, tuple[Store, ASGIApp]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        place, _, name = scope.get("path", "").rpartition("/")
        if scope["type"] == "http" and place == "/_book" and name in STORIES:
            address = urlsplit(STORIES[name][0])
            turned = dict(scope, path=address.path, raw_path=address.path.encode(), query_string=address.query.encode())
            await (await run_in_threadpool(self._story, name))(turned, receive, send)
        elif scope["type"] == "http" and scope["path"] == "/_book":
            links = "".join(f'<li><a href="/_book/{name}">{name}</a></li>' for name in STORIES)
            await HTMLResponse(f"<!doctype html><title>Storybook</title><ul>{links}</ul>")(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _story(self, name: str) -> ASGIApp:
        if name not in self._made:
            path = self.folder / f"{name}.db"
            assert self.inbox.store.path is not None
            store = copied(self.inbox.store.path, path)
            desk_ = desk(store, self.inbox.desk.rules)
            STORIES[name][1](Stage(store, desk_))
            self._made[name] = store, create(replace(self.inbox, store=store, desk=desk_))
        return self._made[name][1]

    def close(self) -> None:
        for store, _ in self._made.values():
            store.close()


@contextmanager
def telling(store: Store, rules: Rules, folder: Path) -> Iterator[Served]:
    """An inbox with its storybook, served."""
    with serving(store, rules, desk=desk(store, rules), now=NOW) as made:
        config = made.server.config
        while not config.loaded:
            pass
        book = Book(config.loaded_app, made.inbox, folder)
        config.loaded_app = book
        yield made
        book.close()


def desk(store: Store, rules: Rules) -> Desk:
    """Of a rep whose cards all still stand."""
    return Desk(store, rules, Terms("send"), lambda _key, _now: "")
