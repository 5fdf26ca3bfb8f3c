"""What the sources say that can hardly be meant; told as warnings, nothing is concluded from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from agent.facts import people
from agent.model import Deal, Event, Rep, Rules
from agent.think import gatherings, playbook, words

NAMED = 5  # deals that are named of many


def unknown(deals: Sequence[Deal], rules: Rules) -> Iterable[str]:
    """What deals and settings say of each other that leads nowhere."""
    strange: dict[str, list[str]] = {}
    for deal in deals:
        if deal.status == "open" and not playbook.known(rules.stages, deal.stage):
            strange.setdefault(deal.stage[:60], []).append(deal.id)
    ids = {d.id.casefold() for d in deals}
    lost = [a.deal for a in rules.answers if deals and a.deal and a.deal.casefold() not in ids]
    how = "name it there as a stage or an alias; until then it counts as one right before Proposal, with 4 business days and 30 days"
    yield from (f"{_some(names)}: the stage {stage!r} is not in the playbook; {how}" for stage, names in sorted(strange.items()))
    yield from (f"matching.answers names the deal {name[:60]}, but no deal has that id" for name in lost)


def _some(names: Sequence[str]) -> str:
    more = "" if len(names) <= NAMED else f" and {len(names) - NAMED} more"
    return f"deal{'' if len(names) == 1 else 's'} {', '.join(names[:NAMED])}{more}"


def bare(events: Iterable[Event], rep: Rep) -> Sequence[Event]:
    """The timed events of a calendar without guests, if they are most of them: it may have been exported without guests, and without
    guests no meeting can be matched to a deal. A series counts once."""
    timed, found = set[str](), dict[str, Event]()
    for event in (e for e in events if e.source == "calendar" and not (e.all_day or e.shared)):
        timed.add(event.uid)
        found.pop(event.uid, None)
        if all(people.role(a, rep) == "rep" for a in event.participants):
            found[event.uid] = event
    return list(found.values()) if 2 * len(found) > len(timed) else ()


def called(bare: Iterable[Event]) -> Collection[frozenset[str]]:
    """The words of their titles."""
    return {frozenset(words.of(gatherings.title(e))) for e in bare if not e.private}


def guestless(count: int, titles: Collection[frozenset[str]], deals: Sequence[Deal]) -> tuple[str, ...]:
    """Of so many bare events, if some are called after an account."""
    accounts = {frozenset(words.account_words(d.account)) for d in deals if d.status == "open"} - {frozenset()}
    if not any(account <= title for title in titles for account in accounts):
        return ()
    says = "1 event of the calendar carries" if count == 1 else f"{count} events of the calendar carry"
    return (f"{says} no guests, so no deal can be told for them; export the calendar with its guests",)
