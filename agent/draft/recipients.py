"""Who a draft goes to, who sees it, and who does not and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from agent.draft.answer import answered, latest_letter, letters, newest
from agent.facts import people
from agent.model import Address, Event, Message, Rules
from agent.think.dossier import Conversation, Dossier, Letter, Plan, left_alone
from agent.think.references import is_crm

WRITER = frozenset({"reply_owed", "callback_due", "promise_due", "their_promise_due", "agreed_not_booked"})


@dataclass(frozen=True, slots=True)
class Recipients:
    """`left_out` are people of the thread or meeting who get no copy, each with the reason; `letter` is the mail answered."""

    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    left_out: tuple[tuple[Address, str], ...]
    letter: Letter | None


def recipients(plan: Plan, dossier: Dossier, rules: Rules, now: datetime) -> Recipients | None:
    """None: nobody is left to write to."""
    desk = _Desk(plan, dossier, rules, now)
    meeting = plan.finding.meeting
    to = desk.pick(_wanted(plan, desk)) or desk.pick(_everybody(meeting, desk))
    to = to or desk.pick(_writing_customers(newest(dossier), desk))
    if not to:
        return None
    letter = answered(plan, dossier, [desk.person(who) for who in to], now)
    thread = next((c for c in dossier.conversations if letter in c.letters), None) if letter else None
    copied = [*_writing_customers(thread, desk), *_meeting_copies(plan, desk)]
    unwanted = {desk.person(who) for who in _decliners(plan, desk)} | {desk.person(who) for who in to}
    customers = desk.pick(who for who in copied if desk.person(who) not in unwanted)
    colleagues = desk.pick_colleagues(_beside_customers(thread, desk))
    cc = customers + colleagues
    return Recipients(to, cc, tuple(_left_out(plan, thread, to + cc, desk)), letter)


class _Desk:
    """The questions about people that every rule asks, for one deal at one moment."""

    def __init__(self, plan: Plan, dossier: Dossier, rules: Rules, now: datetime) -> None:
        self.dossier, self.rules = dossier, rules
        self.circle, self.person = dossier.circle, dossier.circle.person
        self.today = now.astimezone(rules.rep.working.zone).date()
        self._rooms = {
            guest.address.key
            for event in (*dossier.meetings, *dossier.possible, *dossier.reserved, *filter(None, [plan.finding.meeting]))
            for guest in event.guests
            if people.cutype_bot(guest.kind)
        }
        mail = sorted(letters(dossier), key=lambda letter: (letter.at, letter.message.message_id))
        self.known = {self.person(who) for letter in mail for who in self._knowing(letter)}
        self._wrote_from = {self.person(x.message.sender): x.message.sender.key for x in mail if x.side == "theirs"}
        self._barred: dict[str, str] = {}

    def _knowing(self, letter: Letter) -> Sequence[Address]:
        """Who a letter makes known: a customer who wrote, and those whom we wrote to."""
        return (letter.message.sender,) if letter.side == "theirs" else letter.message.recipients if letter.side == "ours" else ()

    def customer(self, who: Address) -> bool:
        return who.key not in self._rooms and self.circle.customer(who)

    def colleague(self, who: Address) -> bool:
        return who.key not in self._rooms and self.circle.role(who) == "colleague" and not is_crm(who, self.rules)

    def adopted(self, who: Address) -> bool:
        """A contact, or somebody at the account's domain who has written or whom we have written to."""
        return self.customer(who) and (who.key in self.circle.contacts or self.person(who) in self.known)

    def barred(self, who: Address) -> str:
        """Why this person must not be written to, "" if they may."""
        if who.key not in self._barred:
            self._barred[who.key] = self._why_barred(who)
        return self._barred[who.key]

    def _why_barred(self, who: Address) -> str:
        every = (who, *self._addresses(who))
        silent = self.dossier.do_not_contact | self.rules.do_not_contact
        if any(left_alone(address, silent) for address in every):
            return "asked not to be written to"
        back = max((day for address in every if (day := self.dossier.away.get(address.key))), default=None)
        if back and self.today < back:
            return f"out of office until {back.isoformat()}"
        return "" if self.written_to(who) else "mail to this address came back"

    def _addresses(self, who: Address) -> tuple[Address, ...]:
        contact = self.circle.contacts.get(who.key)
        return contact.addresses if contact else (who,)

    def written_to(self, who: Address) -> Address | None:
        """The address to use: the contact's own, but another of theirs if they last wrote from that; never a dead one."""
        addresses = self._addresses(who)
        used = [a for a in addresses if a.key == self._wrote_from.get(self.person(who))]
        return next((a for a in (*used, *addresses) if a.key not in self.dossier.dead), None)

    def pick(self, wanted: Iterable[Address]) -> tuple[Address, ...]:
        """Those customers who may be written to, each person once, at the address to use."""
        return self._once(wanted, self.customer)

    def pick_colleagues(self, wanted: Iterable[Address]) -> tuple[Address, ...]:
        return self._once(wanted, self.colleague)

    def _once(self, wanted: Iterable[Address], fits: Callable[[Address], bool]) -> tuple[Address, ...]:
        found: dict[str, Address] = {}
        for who in wanted:
            if self.person(who) not in found and fits(who) and not self.barred(who) and (address := self.written_to(who)):
                found[self.person(who)] = address
        return tuple(found.values())


def _wanted(plan: Plan, desk: _Desk) -> Sequence[Address]:
    """The table's `to`, before anybody is taken out."""
    finding = plan.finding
    if finding.kind in WRITER and finding.message:
        return _other_side(finding.message, desk, everybody=finding.kind == "promise_due")
    if finding.kind == "fell_through":
        return _everybody(finding.meeting, desk) or (_other_side(finding.message, desk) if finding.message else ())
    if finding.kind == "no_next_step" and finding.meeting:
        declined = {desk.person(who) for who in _decliners(plan, desk)}
        return [who for who in finding.meeting.participants if desk.person(who) not in declined]
    return _last_in_conversation(desk) or [c.addresses[0] for c in desk.dossier.deal.contacts if c.addresses][:1]


def _other_side(message: Message, desk: _Desk, *, everybody: bool = False) -> tuple[Address, ...]:
    """The customer who wrote this mail or, if it is ours, the first one it was addressed to (or `everybody` in To)."""
    if desk.customer(message.sender):
        return (message.sender,)
    named = [who for who in message.to if desk.customer(who)]
    rest = [who for who in (*message.cc, *message.bcc) if desk.customer(who)]
    return tuple(named if named and everybody else (named + rest)[:1])


def _last_in_conversation(desk: _Desk) -> Sequence[Address]:
    """Of the latest mail, the customer who wrote it or, of those it went to, the one who wrote last before it."""
    human = [letter for letter in letters(desk.dossier, own=True) if _other_side(letter.message, desk)]
    last = latest_letter(human)
    if last is None:
        return _attended_last(desk)
    if last.side == "theirs":
        return (last.message.sender,)
    reached = {desk.person(who) for who in last.message.to if desk.customer(who)}
    before = latest_letter(x for x in human if x.side == "theirs" and desk.person(x.message.sender) in reached)
    return (before.message.sender,) if before else _other_side(last.message, desk)


def _attended_last(desk: _Desk) -> Sequence[Address]:
    """Without any mail: a customer of the latest meeting that has begun."""
    held = [
        event
        for event in desk.dossier.meetings
        if not event.cancelled and event.start.astimezone(desk.rules.rep.working.zone).date() <= desk.today
    ]
    last = max(held, key=lambda event: (event.start, event.uid), default=None)
    declined = {guest.address.key for guest in last.guests if guest.status == "declined"} if last else set()
    return [who for who in last.participants if desk.customer(who) and who.key not in declined][:1] if last else ()


def _everybody(meeting: Event | None, desk: _Desk) -> Sequence[Address]:
    return [who for who in meeting.participants if desk.customer(who)] if meeting else ()


def _decliners(plan: Plan, desk: _Desk) -> Sequence[Address]:
    """Who declined the meeting; those of one that fell through are written to all the same."""
    meeting = plan.finding.meeting
    if meeting is None or plan.finding.kind == "fell_through":
        return ()
    came = {desk.person(guest.address) for guest in meeting.guests if guest.status != "declined"}
    return [g.address for g in meeting.guests if g.status == "declined" and desk.person(g.address) not in came]


def _meeting_copies(plan: Plan, desk: _Desk) -> Iterator[Address]:
    return (who for who in _everybody(plan.finding.meeting, desk) if desk.adopted(who))


def _writing_customers(thread: Conversation | None, desk: _Desk) -> Iterator[Address]:
    """Customers of a thread in the order of their appearance. Who was in Bcc was not to be seen."""
    for letter in thread.letters if thread else ():
        if letter.human and letter.side != "other":
            yield from (who for who in (letter.message.sender, *letter.message.to, *letter.message.cc) if desk.adopted(who))


def _beside_customers(thread: Conversation | None, desk: _Desk) -> Iterator[Address]:
    for letter in thread.letters if thread else ():
        present = (letter.message.sender, *letter.message.to, *letter.message.cc)
        if letter.human and letter.side != "other" and any(desk.customer(who) for who in present):
            yield from (who for who in present if desk.colleague(who))


def _left_out(plan: Plan, thread: Conversation | None, included: Sequence[Address], desk: _Desk) -> Iterator[tuple[Address, str]]:
    """Everybody else who stands in the meeting or the thread, machines and the rep aside."""
    seen = {desk.person(who) for who in included}
    for who, reason in _present(plan, thread, desk):
        if desk.person(who) not in seen and desk.circle.role(who) not in ("rep", "bot") and not is_crm(who, desk.rules):
            seen.add(desk.person(who))
            yield who, desk.barred(who) or reason


def _present(plan: Plan, thread: Conversation | None, desk: _Desk) -> Iterator[tuple[Address, str]]:
    for who in _decliners(plan, desk):
        yield who, "declined the meeting"
    for who in plan.finding.meeting.participants if plan.finding.meeting else ():
        if desk.customer(who) or desk.colleague(who):
            yield who, "only in the meeting"
        elif desk.circle.role(who) == "other":
            yield who, "not a customer of this deal"
    for letter in thread.letters if thread else ():
        known = (letter.message.sender, *letter.message.to, *letter.message.cc)
        yield from ((who, "only named in copy of a mail" if desk.customer(who) else "not a customer of this deal") for who in known)
        yield from ((who, "only named as a reply address") for who in letter.message.reply_to if letter.side == "theirs")
