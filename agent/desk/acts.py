"""Every act of the rep. Each is one transaction: the state by `agent.life`, the words, and a row of the audit trail.

Every act takes the draft version that the rep was looking at: another one raises `Changed`, and nothing happens.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import uuid4

from sqlalchemy import Connection, select

from agent import life
from agent.desk import fit, times
from agent.draft import compose
from agent.errors import OnwardError, Rejected
from agent.facts import people
from agent.model import Answer, Draft, Rules
from agent.store import Store, audit, decisions, deliveries, facts, said, schema
from agent.store.decisions import CardRow, Changed

__all__ = ["Changed", "Desk", "Premise", "Terms"]

WAITS = "Not everything about this deal can be read now; it leaves when that is so again."
QUIET = "They are on the do-not-contact list now."
DONE = "You said that it is done already."
_STOPPABLE: frozenset[life.State] = frozenset({"waiting", "review", "snoozed", "approved", "failed", "laid"})


@dataclass(frozen=True, slots=True)
class Terms:
    """How approved mail leaves: `mode` by the setting `deliver`, `undo` between nothing and a minute; with `within_hours`
    only in the rep's working hours."""

    mode: Literal["send", "draft"]
    undo: timedelta = timedelta(seconds=10)
    within_hours: bool = False


Premise = Callable[[str, datetime], str]  # card key, now → "" while it stands, else the sentence why it fell


@dataclass(frozen=True)
class Desk:
    store: Store
    rules: Rules
    terms: Terms
    premise: Premise

    # ------------------------------------------------------------------------------------------------------- a card

    def look(self, key: str, now: datetime) -> CardRow:
        """The card as the rep opens it: what asks for nothing any more is withdrawn, not shown as if it did."""
        with self.store.read() as connection:
            card = decisions.known(connection, key)
        fallen = "" if life.TABLE[card.state].get("approve") is None else self._fallen(card, now)[0]
        with self.store.begin() as connection:
            decisions.shown(connection, card.key, now)
            card = decisions.known(connection, card.key)
            if fallen and "approve" in life.TABLE[card.state]:
                card = decisions.move(connection, card, "withdraw", now, who="onward", reason=fallen)
            return card

    def approve(self, key: str, version: int, now: datetime, done: Collection[str] = ()) -> str:
        """The approval's id. It binds to the exact message. If the premise fell, the card is withdrawn and `Changed` is raised.
        `done`: of what the draft asks the rep to do before it leaves, in its words, what he has ticked off.

        Where the premise cannot be known (a source is not fresh) the approval holds, and its delivery says what it waits for.
        Raises `Rejected` while something is to be done or filled in, or for a recipient who must not or cannot be written to.
        """
        with self.store.read() as connection:
            card = self._possible(connection, key, version, "approve")
        fallen, waits = self._fallen(card, now)
        if fallen:
            with self._act(card.key, version) as (connection, card):
                decisions.move(connection, card, "withdraw", now, who="onward", reason=fallen)
            raise Changed(f"Nothing was sent, for this has moved already: {fallen}", version)
        with self._act(card.key, version) as (connection, card):
            return self._agreed(connection, card, now, waits, done)

    def _agreed(self, connection: Connection, card: CardRow, now: datetime, waits: str, done: Collection[str]) -> str:
        words = decisions.draft(connection, card).draft
        for todo in words.todo:
            if todo not in done:
                raise Rejected(f"Before it leaves: {todo}. Tick it off when it is done.")
        fit.check(words, fit.subjects(connection, card))
        for refusal in fit.barred(connection, card, words, self.rules):
            raise Rejected(refusal)
        for stale in fit.greets(connection, card, words) if words.written_by != "rep" else ():
            raise Rejected(f"{stale} It is written anew in the next round; or change it.")
        leave_at = self._leaves(now)
        mail = compose.mail(words, self.rules.rep, uuid4().hex, leave_at)
        decisions.move(connection, card, "approve", now, who="rep", reason=waits)
        decisions.agree(connection, card, mail, self.terms.mode, now, leave_at, waits)
        return mail.key

    def _leaves(self, now: datetime) -> datetime:
        """At the end of the undo window, or when work begins after it."""
        end = now + self.terms.undo
        return times.within(end, self.rules.rep.working) if self.terms.within_hours else end

    def _fallen(self, card: CardRow, now: datetime) -> tuple[str, str]:
        """Why the premise fell; or why that cannot be told."""
        try:
            fallen = self.premise(card.key, now)
        except OnwardError as error:
            return "", error.told
        with self.store.read() as connection:
            state = schema.deal_state.c
            held = connection.execute(select(state.held).where(state.deal == card.deal)).scalar()
        return fallen, WAITS if held and not fallen else ""

    def undo(self, key: str, now: datetime) -> None:
        """Takes the last act back: an approval before it leaves, a dismissal, a snoozed, handled, misplaced or muted card.

        What was said for good with it (a lesson, an answer) is revoked.
        """
        with self._act(key) as (connection, card):
            if card.closed:
                said.take_back(connection, card, now)
                self._alone(connection, card)
            approval = decisions.approval(connection, card.key)
            moved = decisions.move(connection, card, "undo", now, who="rep")
            if card.state == "approved" and not (approval and decisions.stop(connection, approval.id, now, "undone")):
                raise Changed("It is leaving already.", moved.version)

    def edit(self, key: str, version: int, now: datetime, *, subject: str, body: str, to: Sequence[str], cc: Sequence[str]) -> int:
        """The new version; the same one if nothing is different. Raises `Rejected` with what is wrong with the text or an address.

        Each of `to` and `cc` is one address, or `Name <address>`.
        """
        with self._act(key, version) as (connection, card):
            old = decisions.draft(connection, card).draft
            new = fit.edited(old, subject=subject, body=body, to=to, cc=cc)
            if new == old:
                return card.version
            compose.mail(new, self.rules.rep, "edit", now)
            return decisions.move(connection, card, "edit", now, who="rep", draft=new).version

    def warnings(self, key: str) -> list[str]:
        """Sentences about the current draft: first what stands against sending it, then what the rep may leave as it is."""
        with self.store.read() as connection:
            card = decisions.known(connection, key)
            return list(fit.remarks(connection, card, decisions.draft(connection, card).draft, self.rules))

    def snooze(self, key: str, version: int, until: date | datetime, now: datetime) -> None:
        """Until a moment ahead; until a date: when work begins."""
        wake_at = times.ahead(until, now, self.rules.rep.working)
        with self._act(key, version) as (connection, card):
            decisions.move(connection, card, "snooze", now, who="rep", columns={"wake_at": wake_at})

    def dismiss(self, key: str, version: int, why: str, now: datetime, *, teach: bool = False) -> None:
        """No follow-up is needed; with `teach` this kind is not asked again about this thread, series or deal, until revoked."""
        with self._act(key, version) as (connection, card):
            decisions.move(connection, card, "dismiss", now, who="rep", reason=_sentence(why))
            if teach:
                said.add_lesson(connection, card, _sentence(why), now)

    def mute(self, key: str, version: int, now: datetime) -> None:
        """The card's thread makes no card any more, until that is revoked. Raises `Rejected` if it is about no thread."""
        with self._act(key, version) as (connection, card):
            if not card.thread:
                raise Rejected("This card is about no thread of mail that could be muted.")
            decisions.move(connection, card, "mute", now, who="rep", reason="No card is made of it any more.")
            said.add_mute(connection, card, now)

    def handle(self, key: str, version: int, now: datetime) -> None:
        """Already done elsewhere. What was laid in Drafts for it is the courier's to take away."""
        with self._act(key, version) as (connection, card):
            approval = decisions.approval(connection, card.key)
            moved = decisions.move(connection, card, "handle", now, who="rep")
            if card.state == "laid" and not (approval and decisions.stop(connection, approval.id, now, "withdrawn", DONE)):
                raise Changed("It is leaving already.", moved.version)

    def misplace(self, key: str, version: int, deal: str | None, now: datetime) -> None:
        """Wrong deal: what the card is about is `deal`'s, or nobody's. Raises `Rejected` if it is about the deal as such."""
        with self._act(key, version) as (connection, card):
            if deal == card.deal:
                raise Rejected(f"It is about {deal} already.")
            self._deal(connection, deal)
            series = decisions.series(card)
            if not (card.thread or series):
                raise Rejected("This card is about the deal as a whole: no mail or meeting of it can be moved to another.")
            decisions.move(connection, card, "misplace", now, who="rep", reason=f"It is about {deal}." if deal else "It is about no deal.")
            for answer in (Answer(deal, thread=card.thread or ""), Answer(deal, series=series)):
                if answer.thread or answer.series:
                    said.add_answer(connection, answer, now)

    def settle(self, key: str, sent: bool, now: datetime) -> None:
        """A held mail: the rep says whether it left."""
        with self._act(key) as (connection, card):
            reason = "You said that it left." if sent else "You said that it did not leave."
            decisions.move(connection, card, "settle_sent" if sent else "settle_unsent", now, who="rep", reason=reason)
            decisions.settle(connection, card.key, sent, reason, now)

    # ------------------------------------------------------------------------------------------------ said for good

    def answer(self, now: datetime, *, deal: str | None, thread: str = "", series: str = "", person: str = "", account: str = "") -> int:
        """Which deal? The answer's id. It sticks, and the past is matched anew in the next round."""
        if [bool(thread), bool(series), bool(person or account)].count(True) != 1 or bool(person) != bool(account):
            raise Rejected("An answer is about a thread, or a series, or a person at an account.")
        who = people.address(person) if person else None
        if person and who is None:
            raise Rejected(f"{person[:80]} is no address.")
        with self.store.begin() as connection:
            self._deal(connection, deal)
            return said.add_answer(connection, Answer(deal, thread, series, who.key if who else "", account), now)

    def silence(self, address: str, why: str, now: datetime) -> None:
        """Do not contact: at once, whatever was approved. `address`, or @domain.

            They are taken out of every open draft: an approved mail that others would still get comes back for review; a card with nobody
        left in To is withdrawn. A text of the program's that greets them cannot be approved; the next round writes another.
        """
        key = fit.whom(address, self.rules)
        with self.store.begin() as connection:
            said.add_silence(connection, key, _sentence(why), "rep", now)
            cards, drafts = decisions.cards(connection, _STOPPABLE), decisions.drafts(connection, _STOPPABLE)
            silent = fit.silenced(connection, {card.deal for card in cards}, self.rules)
            for card in cards:
                left = fit.without(drafts[card.key], silent)
                if left != drafts[card.key]:
                    self._quieted(connection, card, left, now)
                    facts.note(connection, "deal", [card.deal])  # they need not be a contact of it

    def _quieted(self, connection: Connection, card: CardRow, new: Draft, now: datetime) -> None:
        approval = decisions.approval(connection, card.key)
        if approval and card.state in ("approved", "laid") and not decisions.stop(connection, approval.id, now, "withdrawn", QUIET):
            return
        gone = not new.to or card.state == "laid"
        act: life.Act = "withdraw" if gone else "undo" if card.state == "approved" else "refresh"
        kept = {"reason": card.reason} if act == "refresh" else {}  # the draft says whom it leaves out; the card is there for what it was
        decisions.move(connection, card, act, now, who="onward", reason=QUIET, draft=None if gone else new, columns=kept)

    def revoke(self, what: Literal["answer", "silence", "lesson"], name: str, now: datetime) -> None:
        """`name`: the id of an answer or lesson, an address key or @domain of the do-not-contact list. With a mute goes what it did
        to the card."""
        with self.store.begin() as connection:
            muted = [x.thread for x in said.lessons(connection) if what == "lesson" and str(x.id) == name and not x.kind]
            if not said.revoke(connection, what, name, now):
                raise Rejected("There is no such entry (any more).")
            facts.note(connection, "thread", muted)
            for card in decisions.cards(connection, ["muted"]) if muted else ():
                if card.thread in muted and not decisions.cards(connection, deal=card.deal):
                    decisions.move(connection, card, "undo", now, who="rep")

    def pause(self, until: datetime | None, now: datetime) -> None:
        """Nothing leaves and no card opens until then (None: for good); `resume` ends it."""
        until = times.ahead(until, now, self.rules.rep.working) if until else said.FOR_GOOD
        with self.store.begin() as connection:
            said.put_setting(connection, "paused_until", until.isoformat())
            audit.append(connection, now, "rep", "pause")

    def resume(self, now: datetime) -> None:
        """What only the pause kept back is due now."""
        with self.store.begin() as connection:
            if said.setting(connection, "paused_until") is not None:
                said.put_setting(connection, "paused_until", None)
                deliveries.release(connection, now)
                audit.append(connection, now, "rep", "resume")

    # ----------------------------------------------------------------------------------------------------- the checks

    @contextmanager
    def _act(self, key: str, version: int | None = None) -> Iterator[tuple[Connection, CardRow]]:
        with self.store.begin() as connection:
            card = decisions.known(connection, key)
            _same(card, version)
            yield connection, card

    def _possible(self, connection: Connection, key: str, version: int, act: life.Act) -> CardRow:
        card = decisions.known(connection, key)
        _same(card, version)
        if act not in life.TABLE[card.state]:
            raise Changed(f"This cannot be done any more: {card.told}.", card.version)
        return card

    def _alone(self, connection: Connection, card: CardRow) -> None:
        """One deal, one card: what was closed comes back only if nothing has taken its place."""
        other = decisions.cards(connection, deal=card.deal)
        if other:
            raise Changed(f"Another card of this deal is open ({other[0].ref}); close that one first.", card.version)

    def _deal(self, connection: Connection, name: str | None) -> None:
        if name is not None and connection.execute(select(schema.deal.c.id).where(schema.deal.c.id == name)).first() is None:
            raise Rejected(f"There is no deal {name[:60]!r}.")


def _same(card: CardRow, version: int | None) -> None:
    if version is not None and version != card.version:
        raise Changed("The draft has changed since you looked at it.", card.version)


def _sentence(text: str) -> str:
    """One line, as it is shown later."""
    return people.clean(text)[:500]
