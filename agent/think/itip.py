"""Invitations by mail (iTIP, RFC 5546): what they change in the calendar, and whom they may come from.

REQUEST, ADD and CANCEL count from the event's organiser as the calendar has it; of an event that no calendar holds, from a
customer, a colleague or the rep. REPLY and COUNTER count from the guest they speak for. Anything else is a mail like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from agent.facts import people
from agent.facts.calendar import Component, Unreadable, instance_of, merge, read
from agent.model import Address, Guest, Message, Rep

MAX_PARTS, MAX_BYTES = 20, 1_000_000  # of one mail; what is beyond is no invitation
BY_ORGANIZER = frozenset({"REQUEST", "ADD", "CANCEL", "DECLINECOUNTER"})
BY_GUEST = frozenset({"REPLY", "COUNTER", "REFRESH"})
ORDER = {"REQUEST": 0, "ADD": 0, "CANCEL": 1, "REPLY": 2}  # a cancellation needs what it cancels, an answer what it answers


@dataclass(frozen=True, slots=True)
class Joined:
    """`components` are merged. `refused`: ids of the mails whose iTIP came from the wrong person. `accepted`: by id of the
    mail the UIDs that it goes with. `counters`: mail, UID, proposed start and end; they change nothing.
    """

    components: tuple[Component, ...]
    refused: frozenset[str] = frozenset()
    accepted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counters: tuple[tuple[Message, str, datetime, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One event of one iTIP mail."""

    message: Message
    method: str
    component: Component


def join(
    calendar: Sequence[Component],
    mails: Sequence[Message],
    rep: Rep,
    customer: Callable[[Address], bool],
    failed: Callable[[Message], bool],
    zone: ZoneInfo,
) -> Joined:
    """`failed` tells whether a mail's authentication failed: its sender then is a stranger, whatever the address."""
    held = merge(calendar)
    judge = _Judge(held, rep, customer, failed)
    every = [part for mail in mails for part in parts(mail, zone, rep)]
    by_organizer = [part for part in every if part.method in BY_ORGANIZER and judge.organizes(part)]
    judge.learn(part.component for part in by_organizer if part.method != "CANCEL" or part.component.dated)
    by_guest = [part for part in every if part.method in BY_GUEST and judge.attends(part)]
    counted = by_organizer + by_guest
    kept = {id(part) for part in counted}
    return Joined(
        _applied(held, counted, rep),
        frozenset(part.message.id for part in every if id(part) not in kept),
        _uids(counted),
        tuple(_counter(part) for part in by_guest if part.method == "COUNTER" and part.component.dated),
    )


def parts(mail: Message, zone: ZoneInfo, rep: Rep) -> Iterable[Part]:
    """What cannot be read is no iTIP. The METHOD inside counts, not that of the Content-Type."""
    for declared, data in mail.calendars[:MAX_PARTS]:
        if len(data) > MAX_BYTES:
            continue
        try:
            parsed = read(data, zone, undated=True)
        except Unreadable:
            continue
        method = parsed.method or declared.upper()
        for component in parsed.components:
            if method in BY_ORGANIZER | BY_GUEST and (component.dated or method not in ("REQUEST", "ADD")):
                yield Part(mail, method, _from_mail(component, mail, method, rep))


def _from_mail(component: Component, mail: Message, method: str, rep: Rep) -> Component:
    """ADD names no instance: what it adds is the instance that begins then. Nobody else invites in the rep's name."""
    event = replace(component.event, source="mail", stamp=component.event.stamp or mail.sent.astimezone(UTC))
    by = event.organizer or rep.address
    if method in ("REQUEST", "ADD") and people.role(by, rep) == "rep" != people.role(mail.sender, rep):
        event = replace(event, organizer=mail.sender)
    name = component.recurrence_id or (event.start if method == "ADD" else None)
    return replace(component, event=event, recurrence_id=name)


class _Judge:
    """Who may say what of which event."""

    def __init__(self, held: Iterable[Component], rep: Rep, customer: Callable[[Address], bool], failed: Callable[[Message], bool]) -> None:
        self._rep, self._customer, self._failed = rep, customer, failed
        self._held: dict[str, list[Component]] = {}
        self._mailed: dict[str, list[Component]] = {}
        for component in held:
            self._held.setdefault(component.uid, []).append(component)

    def learn(self, components: Iterable[Component]) -> None:
        """Events that the mail brings: their guests may answer."""
        for component in components:
            self._mailed.setdefault(component.uid, []).append(component)

    def organizes(self, part: Part) -> bool:
        """An event in the calendar without organiser is the rep's. Who acts for the organiser there (SENT-BY) may act by mail."""
        sender, uid = part.message.sender, part.component.uid
        if self._failed(part.message):
            return False
        if uid not in self._held:
            return self._known(sender)
        organizers = [one.event.organizer or self._rep.address for one in self._held[uid]]
        organizers += [one.sent_by for one in self._held[uid] if one.sent_by]
        return any(_same(sender, organizer, self._rep) for organizer in organizers)

    def attends(self, part: Part) -> bool:
        """The rep speaks for himself whether or not the calendar lists him; others only as a guest of the event."""
        sender, uid = part.message.sender, part.component.uid
        speaks = any(_same(sender, guest.address, self._rep) for guest in part.component.event.guests)
        if self._failed(part.message) or not speaks:
            return False
        known = self._held.get(uid, []) + self._mailed.get(uid, [])
        if not known:
            return self._known(sender)
        guests = (guest.address for one in known for guest in one.event.guests)
        return people.role(sender, self._rep) == "rep" or any(_same(sender, guest, self._rep) for guest in guests)

    def _known(self, who: Address) -> bool:
        return people.role(who, self._rep) in ("rep", "colleague") or self._customer(who)


def _same(one: Address, other: Address, rep: Rep) -> bool:
    return one.key == other.key or people.role(one, rep) == people.role(other, rep) == "rep"


def _uids(parts: Iterable[Part]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for part in parts:
        found.setdefault(part.message.id, {})[part.component.uid] = None
    return {name: tuple(uids) for name, uids in found.items()}


def _counter(part: Part) -> tuple[Message, str, datetime, datetime]:
    event = part.component.event
    return part.message, event.uid, event.start, event.end


# ---------------------------------------------------------------------------------------------- what a mail changes


def _applied(held: Sequence[Component], parts: Iterable[Part], rep: Rep) -> tuple[Component, ...]:
    """By version, so that the order of the mails does not matter."""
    changes = sorted((part for part in parts if part.method in ORDER), key=_order)
    book = _Book(held, rep)
    book.invite([part.component for part in changes if ORDER[part.method] == 0])
    for part in changes:
        if part.method == "CANCEL":
            book.cancel(part.component)
        elif part.method == "REPLY":
            book.answer(part.component, part.message.sender)
    return book.components()


def _order(part: Part) -> tuple[object, ...]:
    return ORDER[part.method], *part.component.version, part.message.id


class _Book:
    """The calendar as the mail leaves it, by UID."""

    def __init__(self, held: Sequence[Component], rep: Rep) -> None:
        self._rep = rep
        self._events: dict[str, list[Component]] = {}
        for component in held:
            self._events.setdefault(component.uid, []).append(component)
        self._in_calendar = frozenset(uid for uid, group in self._events.items() if any(one.event.source == "calendar" for one in group))

    def components(self) -> tuple[Component, ...]:
        return tuple(component for group in self._events.values() for component in group)

    def invite(self, components: Iterable[Component]) -> None:
        invited: dict[str, list[Component]] = {}
        for component in components:
            invited.setdefault(component.uid, []).append(component)
        for uid, group in invited.items():
            held = self._events.get(uid, [])
            merged = merge([*held, *(self._answer_kept(one, held) for one in group)])
            self._events[uid] = [self._as_held(one, held) if uid in self._in_calendar else one for one in merged]

    def _answer_kept(self, component: Component, held: Sequence[Component]) -> Component:
        """An update that moves nothing leaves the rep's own answer as the calendar has it."""
        own = next((one for one in held if one.recurrence_id == component.recurrence_id), None)
        if not own or own.sequence < component.sequence:
            return component
        mine = {guest.address.key: guest for guest in own.event.guests if self._is_rep(guest)}
        guests = tuple(mine.get(guest.address.key, guest) for guest in component.event.guests)
        return replace(component, event=replace(component.event, guests=guests))

    def _as_held(self, component: Component, held: Sequence[Component]) -> Component:
        """An instance that mail adds to an event of the calendar is the calendar's too."""
        shared = all(one.event.shared for one in held)
        return replace(component, event=replace(component.event, source="calendar", shared=shared))

    def cancel(self, component: Component) -> None:
        """Of an event that is not (or no longer) there the cancellation is all there is, if it says when that was."""
        if component.uid not in self._events:
            if component.dated:
                self._events[component.uid] = [_cancelled(component, component)]
            return
        self._change(component, lambda one: self._uninvited(one, component) or _cancelled(one, component))

    def _uninvited(self, one: Component, component: Component) -> Component | None:
        """Without STATUS:CANCELLED and for some guests only, these are uninvited and the event stands (RFC 5546, 3.2.5)."""
        gone = {guest.address.key for guest in component.event.guests}
        stays = tuple(guest for guest in one.event.guests if guest.address.key not in gone)
        if component.status == "CANCELLED" or not gone or not stays or any(self._is_rep(guest) for guest in component.event.guests):
            return None
        return replace(one, event=replace(one.event, guests=stays))

    def answer(self, component: Component, sender: Address) -> None:
        """A REPLY changes the PARTSTAT of the guest who sent it, and nothing else."""
        said = next((guest for guest in component.event.guests if _same(sender, guest.address, self._rep)), None)
        if said and component.uid in self._events:
            self._change(component, lambda one: self._answered(one, said, component.stamp))

    def _answered(self, one: Component, said: Guest, stamp: datetime | None) -> Component:
        """What nobody from outside comes to any more fell through with the last answer."""
        guests = tuple(
            replace(guest, status=said.status) if _same(guest.address, said.address, self._rep) else guest for guest in one.event.guests
        )
        if self._is_rep(said) and not any(self._is_rep(guest) for guest in guests):
            guests += (said,)
        outside = [guest.status for guest in guests if people.role(guest.address, self._rep) == "outsider"]
        fell = said.status == "declined" and not self._is_rep(said) and all(status == "declined" for status in outside)
        return replace(one, event=replace(one.event, guests=guests, modified=stamp if fell else one.event.modified))

    def _is_rep(self, guest: Guest) -> bool:
        return people.role(guest.address, self._rep) == "rep"

    def _change(self, component: Component, change: Callable[[Component], Component]) -> None:
        """Without RECURRENCE-ID the whole series, else that instance; never what is newer than the mail."""
        group = self._events[component.uid]
        if component.recurrence_id is not None:
            group = self._with_instance(group, component)
        self._events[component.uid] = [
            change(one) if component.recurrence_id in (None, one.recurrence_id) and component.version >= one.version else one
            for one in group
        ]

    def _with_instance(self, group: list[Component], component: Component) -> list[Component]:
        """An instance that was as the series says becomes an override of its own."""
        if any(one.recurrence_id == component.recurrence_id for one in group) or component.recurrence_id is None:
            return group
        series = next((one for one in group if one.recurrence_id is None), None)
        start = instance_of(series, component.recurrence_id) if series else None
        if not series or not start or component.version < series.version:
            return group
        local = start.astimezone(series.zone).replace(tzinfo=None)
        length = series.event.end - series.event.start
        event = replace(series.event, start=start, end=start + length, earlier=())
        return [*group, replace(series, event=event, start=local, recurrence_id=component.recurrence_id, rules=(), without=(), rdates=())]


def _cancelled(one: Component, by: Component) -> Component:
    """It fell through when the cancellation was written."""
    event = replace(
        one.event,
        cancelled=True,
        sequence=max(one.sequence, by.sequence),
        stamp=by.stamp,
        modified=by.event.modified or by.stamp,
    )
    return replace(one, event=event)
