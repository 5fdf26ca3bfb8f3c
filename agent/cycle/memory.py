"""One round in memory, for `onward scan`: sync, match, think, draft. It stores nothing and sends nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from agent.cycle.feed import Feed, batches
from agent.cycle.seen import Given, see
from agent.draft import assemble, slots
from agent.errors import OnwardError
from agent.facts import calendar as ical
from agent.model import Body, Card, Deal, Draft, Message, Notice, Quarantined, Rules, SourceState, SourceStatus
from agent.ports import Batch, Bodies, Drafter
from agent.think import doubts, gatherings, meetings
from agent.think.directory import Directory
from agent.think.dossier import Dossier, Plan
from agent.think.gather import Survey
from agent.think.meetings import Judged
from agent.think.think import Conclusions, think


@dataclass
class Facts:
    """All that the sources hold."""

    messages: list[Message]
    components: list[ical.Component]
    deals: list[Deal]
    states: list[SourceState]
    quarantined: list[Quarantined]
    warnings: list[str]
    bodies: dict[str, Bodies]  # prefix of Message.id to where its body is

    def fresh(self, section: str) -> bool:
        return all(s.status == "ok" for s in self.states if s.section == section)


@dataclass(frozen=True, slots=True)
class Round:
    """What one round saw and concluded."""

    now: datetime
    facts: Facts
    survey: Survey
    verdicts: Sequence[Judged]
    conclusions: Mapping[str, Conclusions]
    cards: Sequence[Card]
    notices: Sequence[Notice]


def round_once(feeds: Iterable[Feed], rules: Rules, drafter: Drafter, fallback: Drafter, now: datetime) -> Round:
    facts = sync(feeds, now)
    return conclude(facts, rules, drafter, fallback, now)


# -------------------------------------------------------------------------------------------------------------- sync


def sync(feeds: Iterable[Feed], now: datetime) -> Facts:
    """Asks every source for all it has; one that fails is said so, and the others go on."""
    facts = Facts([], [], [], [], [], [], {})
    for index, feed in enumerate(feeds):
        held: list[object] = []
        spoiled: list[Quarantined] = []
        status: SourceStatus = "ok"
        says = ""
        try:
            for batch in batches(feed):
                _fold(batch, held, spoiled)
                facts.warnings += batch.warnings
                if batch.suspect:
                    status, says = "suspect", f"The {feed.section} source is suddenly empty; what it held is kept."
        except OnwardError as fault:
            status, says = "failed", fault.told
        items = _take(facts, feed, index, held, now)
        facts.quarantined += spoiled
        fresh = None if status == "failed" else now
        facts.states.append(SourceState(feed.section, feed.kind, status, items, len(spoiled), fresh, says))
    return facts


def _fold(batch: Batch[object], held: list[object], spoiled: list[Quarantined]) -> None:
    """By the law of a source: reset, removed, items, quarantined."""
    if batch.reset:
        held.clear()
        spoiled.clear()
    if batch.removed:
        gone = set(batch.removed)
        held[:] = [item for item in held if getattr(item, "id", None) not in gone]
        spoiled[:] = [item for item in spoiled if item.item not in gone]
    held += batch.items
    spoiled += batch.quarantined


def _take(facts: Facts, feed: Feed, index: int, items: Sequence[object], now: datetime) -> int:
    """Of mail only what is not dated later than `now`. Each further mailbox marks its ids: those of two may be the same."""
    if feed.section == "calendar":
        facts.components += (i for i in items if isinstance(i, ical.Component))
    elif feed.section == "deals":
        facts.deals += (i for i in items if isinstance(i, Deal))
    else:
        mark = f"\N{SYMBOL FOR UNIT SEPARATOR}{index}" if facts.bodies else ""
        if feed.reads:
            facts.bodies[mark] = feed.reads
        kept = [i for i in items if isinstance(i, Message) and i.sent <= now]
        facts.messages += (replace(m, id=m.id + mark) for m in kept) if mark else kept
        return len(kept)
    return len(items)


def _read(facts: Facts, ids: Sequence[str]) -> dict[str, Body]:
    """Bodies by Message.id. A mailbox that fails now has none, and is no longer fresh."""
    groups: dict[str, list[str]] = {}
    for name in ids:
        mark = next((m for m in facts.bodies if m and name.endswith(m)), "")
        groups.setdefault(mark, []).append(name.removesuffix(mark))
    found: dict[str, Body] = {}
    for mark, names in groups.items():
        try:
            for body in facts.bodies[mark].read(names):
                found[body.id + mark] = replace(body, id=body.id + mark) if mark else body
        except OnwardError as fault:
            place = [i for i, s in enumerate(facts.states) if s.section == "mail"][list(facts.bodies).index(mark)]
            facts.states[place] = replace(facts.states[place], status="failed", fresh_as_of=None, says=fault.told)
    return found


# ---------------------------------------------------------------------------------------------------------- conclude


def conclude(facts: Facts, rules: Rules, drafter: Drafter, fallback: Drafter, now: datetime) -> Round:
    """Matching, judging and drafting of what was read. In UTC, for within a zone Python counts days by the clock on the wall."""
    now = now.astimezone(UTC)
    facts = replace(facts, warnings=[*facts.warnings, *doubts.unknown(facts.deals, rules)], states=list(facts.states))
    directory = Directory(facts.deals, rules)
    given = Given(facts.messages, facts.components, directory, rules, facts.quarantined)
    seen = see(given, now, lambda ids: _read(facts, ids), facts.fresh)
    survey = seen.survey
    _spoil(facts, seen.spoiled)
    bare = doubts.bare((event for event, _ in survey.events), rules.rep)
    facts.warnings += doubts.guestless(len(bare), doubts.called(bare), facts.deals)
    conclusions = {name: think(dossier, now, rules) for name, dossier in survey.dossiers.items()}
    cards, notices = _cards(survey, conclusions, rules, drafter, fallback, now)
    shown = {e.source for d in survey.dossiers.values() if d.deal.status == "open" for e in d.stops}
    notices += [Notice("do_not_contact", None, e.says) for e in survey.stops if e.source not in shown]
    notices += [Notice("source", None, s.says or f"The {s.section} source is {s.status}.") for s in facts.states if s.status != "ok"]
    return Round(now, facts, survey, tuple(_verdicts(survey, conclusions, rules, now)), conclusions, cards, notices)


def _spoil(facts: Facts, bad: Sequence[Quarantined]) -> None:
    """Series that prove unreadable when they are worked out; the first calendar counts them."""
    facts.quarantined = [*facts.quarantined, *bad]
    first = next((i for i, state in enumerate(facts.states) if state.section == "calendar"), None)
    if bad and first is not None:
        facts.states[first] = replace(facts.states[first], quarantined=facts.states[first].quarantined + len(bad))


def _verdicts(survey: Survey, conclusions: Mapping[str, Conclusions], rules: Rules, now: datetime) -> Iterable[Judged]:
    """One verdict for every event that is listed."""
    judged = {(v.event.key, v.event.start): v for c in conclusions.values() for v in c.verdicts}
    for event, found in sorted(survey.events, key=lambda pair: gatherings.order(pair[0])):
        if not meetings.listed(event, now, rules):
            continue
        held = judged.get((event.key, event.start)) if found.deal else None
        if held:
            yield held
            continue
        yield meetings.unjudged(event, found, survey.directory.circles.get(found.deal or ""), rules, survey.silent)


def _cards(
    survey: Survey, conclusions: Mapping[str, Conclusions], rules: Rules, drafter: Drafter, fallback: Drafter, now: datetime
) -> tuple[list[Card], list[Notice]]:
    """The most valuable first, and at most so many new ones a day; the rest wait, visibly. What one card offers, no later one does."""
    coming = slots.ahead((e for e, _ in survey.events), rules.rep.working, now)
    busy = slots.Diary((e for e in coming if not e.shared or gatherings.rep_takes_part(e, rules.rep)), rules.rep)
    on_offer = {name: slots.on_offer(survey.dossiers[name], now) for name, found in conclusions.items() if found.rung == "proposed"}
    cards: list[Card] = []
    notices = [notice for name, found in conclusions.items() for notice in told_of(survey.dossiers[name], found)]
    for concluded, plan in _most_valuable_first(survey, conclusions):
        dossier, name = survey.dossiers[concluded.deal], concluded.deal
        shown = (slot for card in cards[: rules.cards_a_day] if card.draft for slot in card.draft.times)
        taken = [*slots.as_events(shown), *(event for other, offer in on_offer.items() if other != name for event in offer)]
        draft = assemble.draft(plan, dossier, busy, now, rules, drafter, fallback, taken)
        if draft is not None:
            cards.append(replace(card_of(name, plan, draft), waiting=len(cards) >= rules.cards_a_day))
        elif not any(v.verdict == "snoozed" for v in concluded.verdicts):
            notices.append(Notice("no_recipient", name, f"{dossier.deal.name} needs a next step, but nobody is left to write to."))
    return cards, notices


def told_of(dossier: Dossier, concluded: Conclusions) -> Iterable[Notice]:
    """What the rep has to know about the people of an open deal."""
    if dossier.deal.status == "open":
        yield from (Notice("bounced", dossier.deal.id, e.says) for f in concluded.findings if f.kind == "bounced" for e in f.evidence)
        yield from (Notice("do_not_contact", dossier.deal.id, e.says) for e in dossier.stops)


def _most_valuable_first(survey: Survey, conclusions: Mapping[str, Conclusions]) -> list[tuple[Conclusions, Plan]]:
    deals = {name: survey.dossiers[name].deal for name in conclusions}
    planned = [(c, c.plan) for name, c in conclusions.items() if c.plan and deals[name].status == "open"]
    return sorted(planned, key=lambda each: (-(deals[each[0].deal].amount or 0.0), each[1].finding.due, each[0].deal))


def card_of(deal: str, plan: Plan, draft: Draft) -> Card:
    finding = plan.finding
    return Card(
        f"{finding.kind}:{deal}:{finding.anchor}",
        finding.kind,
        deal,
        finding.due,
        plan.also,
        finding.evidence,
        finding.meeting.key if finding.meeting else None,
        finding.thread or draft.thread or None,
        draft,
        plan.warnings,
    )
