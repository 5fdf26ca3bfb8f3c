"""Events as seen from one deal: who of its customers takes part, whether it is live, whether it is a customer meeting."""

from __future__ import annotations

from datetime import datetime
from fnmatch import fnmatchcase

from agent import bundled
from agent.facts import people
from agent.model import Address, Event, Rep, Rules
from agent.think.dossier import Circle


def statuses(event: Event) -> dict[str, str]:
    """PARTSTAT by address key; an organiser who is no guest takes part."""
    found = {event.organizer.key: "accepted"} if event.organizer else {}
    found.update({g.address.key: g.status for g in event.guests})
    return found


def title(event: Event) -> str:
    """What the meeting is called, without "Canceled:" before it."""
    return called(event.title)


def called(text: str) -> str:
    """A title or subject without the prefixes of cancelled copies, in any language."""
    text = text.strip()
    for _ in range(4):
        prefix = next((p for p in bundled.lines("cancelled_titles") if text.lower().startswith(p)), "")
        if not prefix:
            break
        text = text[len(prefix) :].strip()
    return text


def declined(event: Event, address: Address) -> bool:
    return statuses(event).get(address.key) == "declined"


def rep_declined(event: Event, rep: Rep) -> bool:
    if not any(g.status == "declined" for g in event.guests):
        return False
    own = [g.status for g in event.guests if people.role(g.address, rep) == "rep"]
    return bool(own) and all(status == "declined" for status in own)


def rep_takes_part(event: Event, rep: Rep) -> bool:
    return any(people.role(a, rep) == "rep" for a in event.participants)


def persons(event: Event) -> tuple[Address, ...]:
    """Organiser and guests without rooms and resources."""
    rooms = {g.address.key for g in event.guests if people.cutype_bot(g.kind)}
    return tuple(a for a in event.participants if a.key not in rooms)


def customers(event: Event, circle: Circle) -> tuple[Address, ...]:
    return tuple(a for a in persons(event) if circle.customer(a))


def attending(event: Event, circle: Circle) -> tuple[Address, ...]:
    """The customers who have not declined."""
    said = statuses(event)
    return tuple(a for a in customers(event, circle) if said.get(a.key) != "declined")


def live(event: Event, circle: Circle) -> bool:
    """Not cancelled, not declined by the rep, not declined by every customer; with at least one customer."""
    return not event.cancelled and not rep_declined(event, circle.rep) and bool(attending(event, circle))


def set_aside(event: Event, rules: Rules) -> bool:
    """Ignored by a setting: its title matches a glob of `ignore.titles`."""
    title = event.title.casefold()
    return any(fnmatchcase(title, pattern.casefold()) for pattern in rules.ignore_titles)


def customer_meeting(event: Event, circle: Circle, rules: Rules) -> bool:
    """What can end without a next step (or take place of one that did)."""
    return (
        live(event, circle)
        and not (event.all_day or event.private or event.free)
        and not set_aside(event, rules)
        and (not event.shared or rep_takes_part(event, circle.rep))
    )


def would_be_meeting(event: Event, circle: Circle, rules: Rules) -> bool:
    """A customer meeting but for having been cancelled or declined by every customer. A cancelled copy is often marked free."""
    return (
        bool(customers(event, circle))
        and not (event.all_day or event.private or set_aside(event, rules) or rep_declined(event, circle.rep))
        and (event.cancelled or not event.free)
        and (not event.shared or rep_takes_part(event, circle.rep))
    )


def moved(event: Event) -> bool:
    """Seen before at another time, or an instance that no longer stands where its series would have it."""
    return bool(event.earlier) or (bool(event.instance) and datetime.fromisoformat(event.instance) != event.start)


def order(event: Event) -> tuple[object, ...]:
    """Later means starting later, then ending later, then the greater UID."""
    return (event.start, event.end, event.uid)
