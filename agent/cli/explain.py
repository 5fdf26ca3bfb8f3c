"""`onward explain`: the verdict on a meeting, the match of a thread, the standing of a deal, each with its evidence.

Unlike `scan` it knows also what is not listed: deals that are closed or a colleague's, events outside the window or of
a shared calendar, old threads, and what is quarantined. So "why no card?" always has an answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import click

from agent.cli.document import THREADS, moment
from agent.cli.document import document as shape
from agent.cli.options import config_option, when_option
from agent.cli.report import Page, clean, many, sentence
from agent.cli.scan import complain, run
from agent.cycle import Round
from agent.desk.views.look import stopped
from agent.model import Deal, Event, Rules
from agent.settings import Settings
from agent.think import meetings
from agent.think.dossier import owner
from agent.think.match import Match
from agent.think.thread import Thread

INSTANCES = 5  # of one series that are told, the nearest first
MEETINGS = 20  # that are told at most
RUNGS_WITH_STEP = ("booked", "proposed", "dated")


@click.command()
@click.argument("words", metavar="MEETING|THREAD|DEAL", nargs=-1, required=True)
@when_option
@config_option
def command(settings: Settings, now: datetime | None, words: Sequence[str]) -> int:
    """Why a meeting, thread or deal has a card, or has none.

    MEETING is a UID (or part of a title), THREAD a Message-ID (or part of a subject), DEAL an id, or (part of) a name, an account, a
    contact's name or address.
    """
    what = " ".join(words)
    done = run(settings, now or datetime.now(UTC))
    answers = Answers(done, settings.rules)
    lines = list(answers.about(what))
    for line in lines:
        click.echo(line)
    status = complain(answers.document)
    if lines:
        return status
    give = "give a deal's id, account or contact, a meeting's title or UID, or a mail's subject or Message-ID"
    says = f"nothing is called {clean(what, 80)!r}; {give}, as `onward scan --json` shows them"
    if not status:
        raise click.UsageError(says)
    click.echo(f"onward: as far as could be read, {says}", err=True)
    return status


class Answers:
    """Sentences about what one round saw."""

    def __init__(self, done: Round, rules: Rules) -> None:
        self.done = done
        self.rules = rules
        self.document: dict[str, Any] = shape(done)
        self.page = Page(self.document, rules.rep.working.zone)
        self.cards = {c["deal"]: c for c in self.document["cards"]}
        self.told: set[str] = set()  # deals whose card has been shown

    def about(self, what: str) -> Iterator[str]:
        """Everything that `what` names: exactly, or else by a part of a title."""
        self.told.clear()
        for exact in (True, False):
            said = [*self._deals(what, exact), *self._meetings(what, exact), *self._threads(what, exact), *self._quarantined(what, exact)]
            if said:
                yield from said
                return

    # --------------------------------------------------------------------------------------------------------- deals

    def _deals(self, what: str, exact: bool) -> Iterator[str]:
        for deal in self.done.facts.deals:
            called = [deal.account, *(c.name for c in deal.contacts), *(a.email for c in deal.contacts for a in c.addresses), *deal.domains]
            if _named(what, exact, [deal.id, deal.name, *called], [deal.name, *called]):
                yield f"Deal {clean(deal.id)} {clean(deal.name)}, {clean(deal.stage)}, {deal.status}"
                yield from self._standing(deal)
                yield from self._card(deal.id, stands=True)

    def _standing(self, deal: Deal) -> Iterator[str]:
        concluded = self.done.conclusions.get(deal.id)
        if concluded and deal.status == "open":
            yield f"  Next step: {sentence(concluded.rung)}. {full(clean(concluded.why))}"
            kinds = [f.kind for f in concluded.findings]
            yield f"  Found: {'; '.join(f'{k} ({sentence(k)})' for k in kinds) or 'nothing that asks for a card'}."

    def _card(self, name: str, stands: bool = False) -> Iterator[str]:
        """`stands`: where the deal stands has just been told."""
        card = self.cards.get(name)
        if card is None:
            yield f"  No card: {full(self._without(name, stands))}"
            return
        if name in self.told:
            yield f"  Card: {card['kind']}, as above."
            return
        self.told.add(name)
        waits = ", waiting for another day, after today's first ten" if card.get("waiting") else ""
        yield f"  Card: {card['kind']}, {sentence(card['kind'])}, since {self.page.moment(card['due'])}{waits}."
        yield from (f"    - {clean(e['says'])} [{self.page.source(e['source'])}]" for e in card["evidence"])
        yield from (f"    Careful: {clean(w)}" for w in card.get("warnings", ()))
        for part in self.page.draft(card["draft"]):
            yield from (f"{' ' * (part.indent + 1)}{row}".rstrip() for row in part.text.plain.splitlines() or [""])

    def _without(self, name: str, stands: bool) -> str:
        """Why a deal has no card: the first reason that holds."""
        deal = next((d for d in self.done.facts.deals if d.id == name), None)
        concluded = self.done.conclusions.get(name)
        if deal is None:
            return f"no deal {clean(name)} could be read."
        if deal.status != "open":
            return f"the deal is {deal.status}; cards are made for open deals only."
        if concluded is None:
            return f"the deal is {clean(owner(deal))}'s; cards are made for your own deals and those without owner."
        notices = [n.says for n in self.done.notices if n.deal == name]
        if concluded.plan and notices:
            return clean(notices[-1])
        if concluded.muted_until:
            return f"they asked to be left alone until {concluded.muted_until}. {clean(concluded.why)}"
        if blind := self._blind(name):
            return blind
        if concluded.rung in RUNGS_WITH_STEP and stands:
            return f"{sentence(concluded.rung)}."
        if concluded.rung in RUNGS_WITH_STEP:
            return f"{sentence(concluded.rung)}. {clean(concluded.why)}"
        return self._latest(name) or "there is no customer meeting without a next step, and nothing in the mail is due."

    def _blind(self, name: str) -> str:
        unread = [s.section for s in self.done.facts.states if s.status != "ok"]
        if unread:
            return f"{' and '.join(dict.fromkeys(unread))} could not be read freshly, so nothing is concluded from what is not there."
        if self.done.survey.dossiers[name].clouded:
            return "something quarantined names somebody of this deal, so nothing is concluded from what is not there."
        return ""

    def _latest(self, name: str) -> str:
        """What was said of the deal's latest meeting that has begun."""
        judged = [j for j in self.done.verdicts if j.deal == name and j.event.start <= self.done.now]
        if not judged:
            return ""
        last = max(judged, key=lambda j: j.event.start)
        return f"of its latest meeting, “{self._title(last.event)}”, holds {last.verdict}: {stopped(clean(last.reason))}"

    # ------------------------------------------------------------------------------------------------------ meetings

    def _meetings(self, what: str, exact: bool) -> Iterator[str]:
        events = self.done.survey.events
        one = any(event.instance and _named(what, exact, [event.key], []) for event, _ in events)
        found = [
            (event, match)
            for event, match in events
            if _named(what, exact, [event.key, *([] if one else [event.uid])], [] if event.private else [event.title])
        ]
        found.sort(key=lambda pair: abs(pair[0].start - self.done.now))
        series = Counter[str]()
        left: list[Event] = []
        for event, match in found:
            series[event.uid] += 1
            if series[event.uid] > INSTANCES or series.total() - len(left) > MEETINGS:
                left.append(event)
            else:
                yield from self._meeting(event, match)
        if left:
            yield f"… and {len(left)} more; name one as UID/INSTANCE, as in {clean(left[-1].key)}"

    def _meeting(self, event: Event, match: Match) -> Iterator[str]:
        judged = next((j for j in self.done.verdicts if (j.event.key, j.event.start) == (event.key, event.start)), None)
        yield f"Meeting “{self._title(event)}”, {self._when(event.start)} [{clean(event.key)}]"
        if judged is None:
            yield f"  Not listed: {self._unlisted(event)}"
            return
        yield f"  Verdict {judged.verdict}: {sentence(judged.verdict)}. {full(stopped(clean(judged.reason)))}"
        yield from (f"  {clean(e)}" for e in match.evidence)
        if judged.next:
            yield f"  Next meeting: “{self._title(judged.next)}”, {self._when(judged.next.start)}"
        if judged.deal:
            yield f"  Deal {self._deal(judged.deal)}"
            yield from self._card(judged.deal)
        else:
            yield "  No card: cards are made where one deal is sure."

    def _unlisted(self, event: Event) -> str:
        if meetings.listed(event, self.done.now, self.rules):
            return "the same meeting is listed under another UID."
        if event.end < self.done.now - meetings.PAST:
            return f"it ended more than {meetings.PAST.days} days ago."
        if event.start > self.done.now + meetings.AHEAD:
            return f"it starts more than {meetings.AHEAD.days} days from now; with a customer it counts as booked all the same."
        return "it stands in a shared calendar and you take no part; with a customer it counts as booked all the same."

    # ------------------------------------------------------------------------------------------------------- threads

    def _threads(self, what: str, exact: bool) -> Iterator[str]:
        for thread, match in self.done.survey.threads:
            if _named(what, exact, [thread.id, *(m.message_id for m in thread.messages)], [thread.subject]):
                yield from self._thread(thread, match)

    def _thread(self, thread: Thread, match: Match) -> Iterator[str]:
        mails = many(len(thread.messages), "mail")
        yield f"Thread “{clean(thread.subject) or '(no subject)'}”, {mails}, the latest {self._when(thread.latest)} [{clean(thread.id)}]"
        if thread.latest < self.done.now - THREADS:
            yield f"  Not listed: its latest mail is older than {THREADS.days} days."
        yield f"  {_MATCHED[match.status].format(deal=self._deal(match.deal), among=' or '.join(map(self._deal, match.candidates)))}"
        yield from (f"  {clean(e)}" for e in match.evidence)
        if match.status == "matched" and match.deal:
            yield from self._card(match.deal)
        else:
            yield f"  No card: {_NO_CARD[match.status]}"

    # -------------------------------------------------------------------------------------------------------- others

    def _quarantined(self, what: str, exact: bool) -> Iterator[str]:
        for item in self.done.facts.quarantined:
            if _named(what, exact, [item.item, item.item.partition(" (line ")[0]], [item.item]):
                yield f"Quarantined in {item.source}: {clean(item.item)}"
                yield f"  No card: it could not be read. {clean(item.why)}"

    def _deal(self, name: str | None) -> str:
        found = next((d for d in self.done.facts.deals if d.id == name), None)
        return f"{clean(name)} {clean(found.name)}" if found else clean(name or "")

    def _title(self, event: Event) -> str:
        return "(private)" if event.private else clean(event.title, 120) or "(no title)"

    def _when(self, when: datetime) -> str:
        return self.page.moment(moment(when) or "")


_MATCHED = {
    "matched": "About deal {deal}:",
    "ambiguous": "Which deal? It could be {among}:",
    "unmatched": "About no deal.",
    "excluded": "Left out:",
}
_NO_CARD = {
    "ambiguous": "cards are made where one deal is sure; say which it is under matching.answers.",
    "unmatched": "nobody in it belongs to a deal.",
    "excluded": "what is left out of the reading asks for nothing.",
}


def full(text: str) -> str:
    """A sentence with its full stop."""
    return text if not text or text[-1] in ".!?…”" else f"{text}."


def _named(what: str, exact: bool, ids: list[str], titles: list[str]) -> bool:
    wanted = what.casefold().strip()
    if exact:
        return wanted in {i.casefold() for i in ids} | {i.casefold().strip("<>") for i in ids}
    return len(wanted) > 2 and any(wanted in t.casefold() for t in titles)
