"""The courier: what was approved leaves, once.

    due ── claim ──▶ putting ── put ──▶ put ── claim ──▶ sending ── send ──▶ sent
                        └─ mode draft ─▶ laid ─ the rep sends or deletes it   └─▶ held, refused, due again

A claim is a transaction of its own, durable before the effect that it announces; what is found claimed after a start is
finished by asking the outbox. Laying a draft may be repeated, sending may not: a mail in `sending` goes back to `due` only if
the outbox still shows it as a draft, and otherwise waits in `held` until it is found sent or a person settles it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from agent import life
from agent.deliver import clearance
from agent.deliver.bookings import Bookings
from agent.deliver.clearance import Bar
from agent.deliver.door import Door
from agent.deliver.record import DOUBTS, ELSEWHERE, LEFT, LONGEST, MISSING, Counts, moved, pause
from agent.errors import NeedsHuman, OnwardError, Rejected, Unavailable, Unsure
from agent.model import Rules
from agent.ports import Diary, Outbox
from agent.store import Store, bookings, decisions, deliveries
from agent.store.decisions import CardRow
from agent.store.deliveries import Delivery, State

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
PATIENCE = timedelta(minutes=15)  # a mail server may take ten minutes to confirm (RFC 5321, 4.5.3.2.6)
LOOK = timedelta(minutes=1)  # how often a draft that was laid is looked at, at first
PERSON = timedelta(minutes=5)  # how often is tried what a person must mend
SETTLED = timedelta(minutes=2)  # between two looks that miss a draft, before it counts as deleted


class Courier:
    """Of one process at a time. `premise(card key, now)` gives "" while there is still reason to write, or the sentence why
    not; what it raises means that nobody knows, and then nothing leaves. `confirm` is asked first in every transaction and
    raises when another process has taken over (`Lease.confirm`)."""

    def __init__(
        self,
        store: Store,
        outbox: Outbox,
        premise: Callable[[str, datetime], str],
        rules: Rules,
        *,
        within_hours: bool = False,
        diary: Diary | None = None,
        confirm: Callable[[Connection], None] = lambda _connection: None,
    ) -> None:
        self.confirm = confirm
        self._store, self._premise, self._rules, self._hours = store, premise, rules, within_hours
        self._door = Door(outbox)
        self._bookings = Bookings(store, diary)
        self._started = False
        self._looked: set[str] = set()  # in passes that did not come to their end: none has a second turn before all had one

    def next_due(self) -> datetime | None:
        """When `deliver` has something to do; None: nothing waits."""
        with self._store.read() as connection:
            if not self._started and deliveries.begun(connection):
                return AT_ONCE
            moments = deliveries.next_at(connection), self._bookings.next_due(connection)
        return min((at for at in moments if at), default=None)

    def deliver(self, now: datetime, stopping: Callable[[], bool] = lambda: False) -> Counts:
        """All that is due; the first time also whatever an earlier process had begun. Between two mails it asks whether to stop.

        Raises what the store and `confirm` raise; a mail that fails does not keep the others.
        """
        with self._store.read() as connection:
            names = [name for name in deliveries.due(connection, now, everything=not self._started) if name not in self._looked]
            self._door.expect(deliveries.handles(connection, names))
        reached: Counter[str] = Counter()
        for name in names:
            if stopping():
                break
            reached.update(self._one(name, now))
            self._looked.add(name)
        else:
            self._started, self._looked = True, set()
            self._bookings.keep(now, self.confirm)
        return Counts.of(reached)

    def _one(self, name: str, now: datetime) -> list[State]:
        """Where it got to, if it got anywhere."""
        before: State = "due"
        try:
            with self._store.read() as connection:
                delivery = deliveries.find(connection, name)
            before = delivery.state
            ended = self._step(delivery, now)
            if ended.state in deliveries.STOPPED and ended.handle and ended.state != before:
                ended = self._clear(ended, now)
        except (decisions.Changed, deliveries.Overtaken):
            return []  # somebody else acts on it; what is left to do stays due
        except OnwardError:
            raise
        except Exception as fault:  # noqa: BLE001 -- a mail that cannot be handled is shown and does not stop the others
            ended = self._stuck(name, now, fault)
        return [ended.state] if ended.state != before or ended.state == "due" else []

    def _step(self, delivery: Delivery, now: datetime) -> Delivery:
        match delivery.state:
            case "due" | "put":
                return self._leave(delivery, now)
            case "putting":
                return self._put(delivery, now, self._leave)
            case "sending" | "held":
                return self._settle(delivery, now)
            case "laid":
                return self._watch(delivery, now)
        return self._clear(delivery, now)

    # ---------------------------------------------------------------------------------------------------- leaving

    def _leave(self, delivery: Delivery, now: datetime) -> Delivery:
        """The premise is asked last, and only of what else may leave: it may have to ask the sources."""
        with self._store.read() as connection:
            known = clearance.bar(connection, delivery, decisions.known(connection, delivery.card), self._rules, self._hours, now)
        return self._claim(delivery, now, known or self._fallen(delivery, now))

    def _fallen(self, delivery: Delivery, now: datetime) -> Bar | None:
        try:
            says = self._premise(delivery.card, now)
        except OnwardError as fault:
            return Bar("postpone", f"It waits: {fault.told}", now + clearance.UNKNOWN)
        except Exception as fault:  # noqa: BLE001 -- whatever goes wrong there, nobody knows, and the next mail has its turn
            says = f"It waits: whether there is still reason to write is not known ({type(fault).__name__})."
            return Bar("postpone", says, now + clearance.UNKNOWN)
        return Bar("withdraw", says) if says else None

    def _claim(self, delivery: Delivery, now: datetime, known: Bar | None = None) -> Delivery:
        """Compares and sets; who gets it goes on to the effect."""
        intent: State = "sending" if delivery.handle and delivery.mode == "send" else "putting"
        with self._store.begin() as connection:
            delivery, card = self._again(connection, delivery)
            found = clearance.bar(connection, delivery, card, self._rules, self._hours, now) or known
            found = found or clearance.unknowable(connection, card, now)
            if found:
                return self._barred(connection, delivery, card, found, now)
            if card.state == "approved":
                decisions.move(connection, card, "begin", now, who="onward")
            claimed = deliveries.move(connection, delivery, intent, now, now + PATIENCE, handle=delivery.handle, claims=True)
        return self._send(claimed, now) if intent == "sending" else self._put(claimed, now, self._claim)

    def _put(self, delivery: Delivery, now: datetime, then: Callable[[Delivery, datetime], Delivery]) -> Delivery:
        """Also of what an earlier process had begun: the outbox lays the same mail once, however often it is told to."""
        with self._store.read() as connection:
            mail, fault = clearance.mail(connection, delivery), clearance.unsound(delivery)
        try:
            if fault:
                raise Rejected(fault)
            handle = self._door.asked(lambda outbox: outbox.put(mail))
        except OnwardError as error:
            return self._failed(delivery, now, error)
        if delivery.mode == "draft":
            return self._record(replace(delivery, handle=handle), now, "laid", "lay", now + LOOK)
        return then(self._record(replace(delivery, handle=handle), now, "put", None, now), now)

    def _send(self, delivery: Delivery, now: datetime) -> Delivery:
        handle = delivery.handle or ""
        try:
            receipt = self._door.asked(lambda outbox: outbox.send(handle))
        except OnwardError as error:
            return self._failed(delivery, now, error)
        return self._record(replace(delivery, receipt=receipt.id), now, "sent", "arrive", now)

    def _failed(self, delivery: Delivery, now: datetime, fault: OnwardError) -> Delivery:
        """The outbox has refused, cannot be reached, or does not know. What is not known of a draft is found by laying it again."""
        match fault:
            case Rejected():
                return self._record(delivery, now, "refused", "refuse", now, fault.told)
            case Unavailable():
                return self._record(delivery, now, "due", "postpone", now + pause(delivery, fault.retry_after), fault.told)
            case NeedsHuman():
                return self._record(delivery, now, "due", "postpone", now + PERSON, fault.told)
            case _ if delivery.state == "putting":
                waited = min(now - delivery.changed_at, LONGEST)
                return self._record(delivery, now, "putting", None, now + max(pause(delivery), waited), fault.told)
        return self._hold(delivery, now, fault.told)

    def _barred(self, connection: Connection, delivery: Delivery, card: CardRow, found: Bar, now: datetime) -> Delivery:
        match found.act:
            case "postpone":
                return moved(connection, delivery, card, now, "due", "postpone", found.until or now, found.says)
            case "withdraw":
                return moved(connection, delivery, card, now, "withdrawn", "withdraw", now, found.says)
            case "refuse":
                return moved(connection, delivery, card, now, "refused", "refuse", now, found.says)
        return moved(connection, delivery, card, now, "undone" if delivery.undone_at else "withdrawn", None, now, delivery.says)

    # ---------------------------------------------------------------------------------------- what became of it

    def _settle(self, delivery: Delivery, now: datetime) -> Delivery:
        """In doubt. Found sent, it is sent; still the draft that was laid, it has not left and is due again; all else proves nothing."""
        with self._store.read() as connection:
            card = decisions.known(connection, delivery.card)
        try:
            found = self._door.look(delivery.handle or "")
        except OnwardError as fault:
            return self._hold(delivery, now, fault.told)
        if found.state == "sent":
            return self._record(replace(delivery, receipt=found.receipt), now, "sent", "arrive", now, edited=found.edited)
        if card.state not in ("sending", "held"):  # settled without us
            return self._record(delivery, now, "withdrawn", None, now, card.reason)
        if found.state == "draft" and not found.anew:
            return self._leave(self._back(delivery, now), now)
        return self._hold(delivery, now, DOUBTS[found.state])

    def _back(self, delivery: Delivery, now: datetime) -> Delivery:
        """It has certainly not left: everything that keeps a mail from leaving is asked again."""
        return self._record(delivery, now, "due", "postpone", now)

    def _hold(self, delivery: Delivery, now: datetime, says: str) -> Delivery:
        """The longer it is in doubt, the rarer it is looked for."""
        waited = now - delivery.changed_at if delivery.state == "held" else timedelta()
        return self._record(delivery, now, "held", "doubt", now + min(max(LOOK, waited), LONGEST), says)

    def _watch(self, delivery: Delivery, now: datetime) -> Delivery:
        """It lies in Drafts, in the rep's hands."""
        with self._store.read() as connection:
            card = decisions.known(connection, delivery.card)
        try:
            found = self._door.look(delivery.handle or "")
        except OnwardError as fault:
            return self._record(delivery, now, "laid", None, now + PERSON, fault.told)
        if found.state == "sent":
            says = "You edited and sent it." if found.edited else "You sent it."
            return self._record(replace(delivery, receipt=found.receipt), now, "sent", "arrive", now, says, who="rep", edited=found.edited)
        if card.state != "laid":
            return self._record(delivery, now, "withdrawn", None, now, card.reason)
        if found.state == "gone":
            return self._missed(delivery, now)
        if found.state == "elsewhere":
            return self._record(delivery, now, "laid", None, now + PERSON, f"{ELSEWHERE} When it is done, say that it is handled.")
        waited = now - delivery.changed_at
        return self._record(delivery, now, "laid", None, now + min(max(LOOK, waited / 10), PERSON))

    def _missed(self, delivery: Delivery, now: datetime) -> Delivery:
        """A draft is gone for a moment while it is saved anew, and one that was sent until its copy shows up."""
        if delivery.says == MISSING and now - delivery.changed_at >= SETTLED:
            return self._record(replace(delivery, handle=None), now, "withdrawn", "drop", now, "You deleted the draft.", who="rep")
        return self._record(delivery, now, "laid", None, now + SETTLED, MISSING)

    def _clear(self, delivery: Delivery, now: datetime) -> Delivery:
        """Takes away the draft of what will not leave, but never words that the rep has written, nor what he saved beside one that may
        have left."""
        handle, why = delivery.handle or "", "" if delivery.says.startswith(LEFT) else delivery.says
        try:
            found = self._door.look(handle)
            away = found.state != "draft" or found.edited or self._door.asked(lambda outbox: outbox.withdraw(handle))
            if not away and not found.anew:
                raise Unsure("it is moved at this very moment")
        except OnwardError as fault:
            return self._record(delivery, now, delivery.state, None, now + PERSON, f"{LEFT} {fault.told}")
        if found.state == "sent":
            says, receipt = "You sent it from Drafts.", found.receipt
            return self._record(replace(delivery, receipt=receipt), now, "sent", "arrive", now, says, who="rep", edited=found.edited)
        why = ELSEWHERE if found.state == "elsewhere" else why
        return self._record(replace(delivery, handle=None), now, delivery.state, None, now, why)

    def _stuck(self, name: str, now: datetime, fault: Exception) -> Delivery:
        says = f"It could not be handled ({type(fault).__name__}); tried again in an hour."
        with self._store.begin() as connection:
            self.confirm(connection)
            found = deliveries.find(connection, name)
            return deliveries.move(
                connection, found, found.state, now, now + LONGEST, says=says, handle=found.handle, receipt=found.receipt
            )

    # -------------------------------------------------------------------------------------------------------- notes

    def _again(self, connection: Connection, delivery: Delivery) -> tuple[Delivery, CardRow]:
        self.confirm(connection)
        found = deliveries.again(connection, delivery)
        return found, decisions.known(connection, found.card)

    def _record(
        self,
        delivery: Delivery,
        now: datetime,
        state: State,
        act: life.Act | None,
        next_at: datetime,
        says: str = "",
        *,
        who: str = "outbox",
        edited: bool = False,
    ) -> Delivery:
        with self._store.begin() as connection:
            _, card = self._again(connection, delivery)
            if state == "sent" and delivery.state != "sent" and not edited:
                bookings.note(connection, delivery.id, now)
            return moved(connection, delivery, card, now, state, act, next_at, says, who=who)
