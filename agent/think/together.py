"""What belongs together: an invitation mail and its event, and calendar entries of one meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from agent.model import Event, Guest, Message, Rules
from agent.think import gatherings, match
from agent.think.directory import Directory
from agent.think.match import Match
from agent.think.thread import Thread


def match_events(
    threads: Sequence[tuple[Thread, Match]],
    counted: Sequence[Sequence[Message]],
    events: Sequence[Event],
    invitations: Mapping[str, Sequence[str]],
    directory: Directory,
) -> list[tuple[Event, Match]]:
    """`counted` runs along `threads`; `invitations`: Message.id to the UIDs of iTIP that counts. One meeting stands once."""
    carried: dict[str, Match] = {}
    if invitations:
        for (thread, found), told in zip(threads, counted, strict=True):
            if not found.candidates and found.by != "answer":
                continue
            if found.by not in ("answer", "explicit") and all(m.id in invitations for m in told):
                continue  # nothing but calendar mail: it goes with its event
            for uid in {u for m in thread.joined for u in invitations.get(m.id, ())}:
                if uid not in carried or carried[uid].status != "matched":
                    carried[uid] = found
    made = [(event, match.match_event(event, directory, carried.get(event.uid))) for event in events]
    return _without_twins(made, directory.rules)


def _without_twins(events: list[tuple[Event, Match]], rules: Rules) -> list[tuple[Event, Match]]:
    """Different UIDs, same start, end and deal: one meeting, listed under the smaller UID, with the guests of both.

    A copy that does not take place (cancelled, declined) or is not the rep's to attend takes no other's place.
    """
    twins: dict[tuple[object, ...], list[Event]] = defaultdict(list)
    for event, found in events:
        if found.status == "matched" and _stands(event, rules):
            twins[_slot(event, found)].append(event)
    kept = []
    for event, found in events:
        group = twins.get(_slot(event, found), ()) if found.status == "matched" and _stands(event, rules) else ()
        if len({e.uid for e in group}) < 2:
            kept.append((event, found))
        elif event.uid == min(e.uid for e in group):
            kept.append((_with_guests(event, group), found))
    return kept


def _slot(event: Event, found: Match) -> tuple[object, ...]:
    return (event.start, event.end, event.all_day, found.deal)


def _stands(event: Event, rules: Rules) -> bool:
    mine = not event.shared or gatherings.rep_takes_part(event, rules.rep)
    return mine and not (event.cancelled or event.free or event.private or gatherings.rep_declined(event, rules.rep))


def _with_guests(event: Event, twins: Sequence[Event]) -> Event:
    """Who declined one of them and accepted the other comes."""
    guests: dict[str, Guest] = {}
    for guest in (g for e in (event, *twins) for g in e.guests):
        held = guests.setdefault(guest.address.key, guest)
        if held.status == "declined":
            guests[guest.address.key] = guest
    for who in (e.organizer for e in twins if e.organizer and e.organizer != event.organizer):
        guests.setdefault(who.key, Guest(who, "accepted"))
    source = "calendar" if any(e.source == "calendar" for e in twins) else event.source
    return replace(event, guests=tuple(guests.values()), source=source)


def follow_events(
    threads: Sequence[tuple[Thread, Match]], events: Sequence[tuple[Event, Match]], invitations: Mapping[str, Sequence[str]]
) -> list[tuple[Thread, Match]]:
    """An invitation mail goes with its event: where the mail alone does not say, where it holds nothing else, and
    where the event was decided by an explicit reference or the rep."""
    if not invitations:
        return list(threads)
    by_uid = {event.uid: found for event, found in events if found.status == "matched"}
    return [(thread, _follow(thread, found, by_uid, invitations)) for thread, found in threads]


def _follow(thread: Thread, found: Match, by_uid: Mapping[str, Match], invitations: Mapping[str, Sequence[str]]) -> Match:
    if found.by == "answer" or found.status == "excluded":
        return found
    events = [by_uid[u] for m in thread.joined for u in invitations.get(m.id, ()) if u in by_uid]
    told = next((e for e in events if e.by == "answer"), None)
    if not told and found.by != "explicit":
        bare = found.status in ("ambiguous", "unmatched") or all(m.id in invitations for m in thread.joined)
        told = next((e for e in events if e.by == "explicit"), next(iter(events), None) if bare else None)
    return _with_event(told) if told and told.deal != found.deal else found


def _with_event(of: Match) -> Match:
    return Match("matched", of.deal, of.candidates, "continuity", ("it goes with its event", *of.evidence))
