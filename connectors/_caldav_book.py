"""An event put into a calendar once, whatever of its UID is there already: also by a server that does not see to that itself."""

from __future__ import annotations

import re
from hashlib import sha256

from agent.errors import NeedsHuman, Rejected, Unavailable
from connectors import _caldav_moved, _dav, _http
from connectors._dav import C, Dav, Refused

_KIND = {"Content-Type": "text/calendar; charset=utf-8"}
_CONFLICTS = (b"no-uid-conflict", b"unique-scheduling-object-resource")  # RFC 4791, 5.3.2.1; RFC 6638, 3.2.4.1


def put(dav: Dav, calendar: str, event: bytes) -> None:
    """`dav` is at the calendar. What is there, also of an earlier try whose answer was lost, stays as it is, but for the time of
    what was moved since."""
    uid = _uid(event.decode())
    if not uid:
        raise Rejected("calendar: an event without UID is not put into a calendar")
    target = dav.url(f"{sha256(uid.encode()).hexdigest()[:32]}.ics")
    place, held = _there(dav, uid, target)
    if held and _sequence(held) >= _sequence(event.decode()):
        return
    if not held:
        answer = dav.line.ask("PUT", target, {**_KIND, "If-None-Match": "*"}, event)
        if answer.status == 412 or any(name in answer.body for name in _CONFLICTS):
            if _sequence(_there(dav, uid, target)[1]) < _sequence(event.decode()):
                raise Rejected("calendar: the meeting stands in another place of this account, so move it there yourself")
            return
    else:
        now = dav.line.ask("GET", place, {"Accept": "text/calendar"})
        wanted = _caldav_moved.moved(now.body.decode("utf-8", "replace") if now.status == 200 else held, event.decode()).encode()
        answer = dav.line.ask("PUT", place, {**_KIND, "If-Match": now.headers.get("etag", "*")}, wanted)
        if answer.status == 412:
            raise Unavailable("calendar: the meeting was changed this very moment")
    if answer.status in (200, 201, 204):
        return
    where = f"calendar: {_http.host(dav.base)}"
    if answer.status in (401, 403, 404, 405, 507):
        says = f"{where} does not let us write into {calendar!r} (HTTP {answer.status})"
        raise NeedsHuman(says, "name a calendar of your own as `book` of `calendar`, or write book: off and enter it yourself")
    raise Rejected(f"{where} does not take the meeting (HTTP {answer.status})")


def _there(dav: Dav, uid: str, target: str) -> tuple[str, str]:
    """Where it lies, and what. Some servers take a second event of a UID, some do not heed If-None-Match."""
    try:
        told = dav.ask("REPORT", "", _dav.named(uid), "1")
    except (Refused, Unavailable, _http.TooLarge):
        answer = dav.line.ask("GET", target, {"Accept": "text/calendar"})
        return target, answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
    found = ((dav.at(told.url).url(each.href), each.text(f"{C}calendar-data")) for each in told.responses)
    return next(((place, text) for place, text in found if _uid(text) == uid), ("", ""))


def _uid(event: str) -> str:
    """Of its first event, unfolded; "" without one."""
    found = re.search(r"^UID:(.{1,400})$", re.sub(r"\r?\n[ \t]", "", event).replace("\r\n", "\n"), re.MULTILINE)
    return found[1].strip() if found else ""


def _sequence(event: str) -> int:
    found = re.search(r"^SEQUENCE:(\d{1,9})\s*$", event, re.MULTILINE | re.IGNORECASE)
    return int(found[1]) if found else 0
