"""`onward explain`: the verdict on a meeting, the match of a thread, the standing of a deal, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import click

from agent.cli.options import config_option, when_option
from agent.cli.scan import complain, document
from agent.settings import Settings

Document = dict[str, Any]


@click.command()
@click.argument("what", metavar="MEETING|THREAD|DEAL")
@when_option
@config_option
def command(settings: Settings, now: datetime | None, what: str) -> int:
    """Why a meeting, thread or deal has a card, or has none.

    MEETING is a UID (or part of a title), THREAD a Message-ID (or part of a subject), DEAL an id (or part of a name).
    """
    found = document(settings, now or datetime.now(UTC))
    lines = list(explain(found, what))
    if not lines:
        raise click.UsageError(
            f"nothing in the window is called {what!r}; give a deal id, an event's UID or a Message-ID as `onward scan` shows them"
        )
    for line in lines:
        click.echo(line)
    return complain(found)


def explain(found: Document, what: str) -> Iterator[str]:
    """Sentences about everything that `what` names: exactly, or else by a part of a title."""
    for exact in (True, False):
        said = [*_deals(found, what, exact), *_meetings(found, what, exact), *_threads(found, what, exact)]
        if said:
            yield from said
            return


def _named(what: str, exact: bool, ids: list[str], titles: list[str]) -> bool:
    wanted = what.casefold().strip()
    if exact:
        return wanted in {i.casefold() for i in ids} | {i.casefold().strip("<>") for i in ids}
    return len(wanted) > 2 and any(wanted in t.casefold() for t in titles)


def _deals(found: Document, what: str, exact: bool) -> Iterator[str]:
    for deal in found["deals"]:
        if _named(what, exact, [deal["id"]], [deal.get("name", "")]):
            yield f"Deal {deal['id']}: the next step stands on “{deal['rung']}”. {deal['why']}"
            if deal["muted_until"]:
                yield f"  Muted until {deal['muted_until']}: the customer asked for that."
            yield f"  Found: {', '.join(deal['findings']) or 'nothing'}."
            yield from _card(found, deal["id"])


def _card(found: Document, deal: str) -> Iterator[str]:
    card = next((c for c in found["cards"] if c["deal"] == deal), None)
    notices = [n for n in found["notices"] if n["deal"] == deal]
    if card is None:
        yield "  No card: " + (notices[0]["says"] if notices else "nothing that was found asks for one.")
    else:
        yield f"  Card {card['kind']} since {card['due']}, to {', '.join(card['draft']['to'])}:"
        yield from (f"    {e['says']} [{e['source']}]" for e in card["evidence"])
        yield from (f"    Mind: {w}" for w in card.get("warnings", ()))
        yield from (f"    Not in copy: {who} ({why})" for who, why in card["draft"].get("left_out", ()))


def _meetings(found: Document, what: str, exact: bool) -> Iterator[str]:
    for meeting in found["meetings"]:
        ids = [meeting["uid"], f"{meeting['uid']}/{meeting.get('instance', '')}"]
        if _named(what, exact, ids, [meeting["title"]]):
            deal = f" ({meeting['deal']})" if meeting["deal"] else ""
            yield f"Meeting “{meeting['title']}”, {meeting['start']}{deal}: {meeting['verdict']}. {meeting['reason']}"
            if meeting["deal"] and any(d["id"] == meeting["deal"] for d in found["deals"]):
                yield from _card(found, meeting["deal"])


def _threads(found: Document, what: str, exact: bool) -> Iterator[str]:
    for thread in found["threads"]:
        if _named(what, exact, [thread["id"], *thread["messages"]], [thread["subject"]]):
            of = thread["deal"] or " or ".join(thread["candidates"])
            yield f"Thread “{thread['subject']}” ({len(thread['messages'])} mails): {thread['status']}{' ' + of if of else ''}."
            yield from (f"  {e}" for e in thread["evidence"])
            if thread["deal"] and any(d["id"] == thread["deal"] for d in found["deals"]):
                yield from _card(found, thread["deal"])
