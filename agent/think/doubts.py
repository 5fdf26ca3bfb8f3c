"""What the sources say that can hardly be meant; told as warnings, nothing is concluded from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from agent.facts import people
from agent.model import Deal, Event, Rep
from agent.think import gatherings, words


def guestless(events: Iterable[Event], deals: Sequence[Deal], rep: Rep) -> tuple[str, ...]:
    """A calendar exported without guests: most of its timed events have none, and some are called after an account.

    Without guests no meeting can be matched to a deal. A series counts once.
    """
    timed = {e.uid: e for e in events if e.source == "calendar" and not (e.all_day or e.shared)}
    bare = [e for e in timed.values() if all(people.role(a, rep) == "rep" for a in e.participants)]
    if 2 * len(bare) <= len(timed):
        return ()
    accounts = {frozenset(words.account_words(d.account)) for d in deals if d.status == "open"} - {frozenset()}
    if not any(account <= words.of(gatherings.title(e)) for e in bare if not e.private for account in accounts):
        return ()
    count = "1 event of the calendar carries" if len(bare) == 1 else f"{len(bare)} events of the calendar carry"
    return (f"{count} no guests, so no deal can be told for them; export the calendar with its guests",)
