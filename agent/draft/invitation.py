"""An invitation to a meeting whose time is agreed, as it goes by mail (RFC 5545, 5546, 6047)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256

from agent.model import Address, Draft, Event, Invitation, Message, Rep, Slot

_LINE = 73  # octets before a fold, which is CRLF and a space
_CN = str.maketrans({"^": "^^", '"': "^'"})  # RFC 6868


def made(slot: Slot, title: str, written: str, about: Sequence[str], rep: Rep, earlier: Event | None = None) -> Invitation:
    """`about` tells this agreement from all others: the same gives the same UID, however often the mail is written anew. `earlier` is
    the event that is moved: its UID stays, and its SEQUENCE grows (RFC 5546, 2.1.4)."""
    if earlier:
        return Invitation(earlier.uid, slot.start, slot.end, title, written, earlier.sequence + 1, earlier.start)
    name = sha256("\n".join(about).encode()).hexdigest()[:32]
    return Invitation(f"{name}@{_domain(rep)}", slot.start, slot.end, title, written)


def earlier(events: Iterable[Event], mails: Iterable[Message], now: datetime, rep: Rep) -> Event | None:
    """The meeting still ahead to which one of these mails of ours invited, as `made` does. None also where there are several."""
    said = [_unfolded(data) for mail in mails for method, data in mail.calendars if method == "REQUEST"]
    ours = re.compile(rf"[0-9a-f]{{32}}@{re.escape(_domain(rep))}\Z")
    found = {e.uid: e for e in events if e.start > now and not e.cancelled and ours.match(e.uid) and any(e.uid in text for text in said)}
    return next(iter(found.values())) if len(found) == 1 else None


def _domain(rep: Rep) -> str:
    return rep.address.email.rpartition("@")[2]


def _unfolded(data: bytes) -> str:
    return re.sub(r"\r?\n[ \t]", "", data.decode("utf-8", "replace"))


def request(draft: Draft, rep: Rep, at: datetime) -> str:
    """The calendar part of the mail; lines end with CRLF. Organizer is the rep, attendees are all recipients."""
    return "".join(f"{folded}\r\n" for line in _lines(draft, rep, at) for folded in _folded(line))


def _lines(draft: Draft, rep: Rep, at: datetime) -> Iterator[str]:
    invitation = draft.invitation
    if invitation is None:
        return
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Onward//Onward//EN", "METHOD:REQUEST", "BEGIN:VEVENT")
    yield f"UID:{invitation.uid}"
    yield f"DTSTAMP:{_moment(at)}"
    yield f"SEQUENCE:{invitation.sequence}"
    yield f"DTSTART:{_moment(invitation.start)}"
    yield f"DTEND:{_moment(invitation.end)}"
    yield f"SUMMARY:{_text(invitation.title)}"
    yield f"ORGANIZER{_named(rep.name)}:mailto:{rep.address.email}"
    yield f"ATTENDEE{_named(rep.name)};ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:{rep.address.email}"
    others = {who.email: who for who in (*draft.to, *draft.cc) if who.email != rep.address.email}
    yield from (_attendee(who) for who in others.values())
    yield from ("STATUS:CONFIRMED", "TRANSP:OPAQUE", "END:VEVENT", "END:VCALENDAR")


def _attendee(who: Address) -> str:
    return f"ATTENDEE{_named(who.name)};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{who.email}"


def _named(name: str) -> str:
    plain = _plain(name)
    return f';CN="{plain.translate(_CN)}"' if plain else ""


def _text(text: str) -> str:
    return _plain(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _plain(text: str) -> str:
    """In one line, without what steers a reader."""
    return " ".join("".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in text).split())


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _folded(line: str) -> Iterator[str]:
    """A fold stands between characters, never within one."""
    row, size = "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _LINE:
            yield row
            row, size = " ", 1
        row, size = row + char, size + octets
    yield row
