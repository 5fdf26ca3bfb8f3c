"""What of a mail's body belongs to its envelope: invitations (RFC 6047) and delivery reports (RFC 3464)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from agent.facts.parts import Part, content, one_line
from agent.facts.people import address, addresses
from agent.facts.words import text_of
from agent.model import Address

MOST = 20  # calendar parts, and recipients of a report
CALENDAR = 2 * 2**20  # bytes of a calendar part
REPORT = 256 * 2**10  # bytes looked at for a report

_METHOD = re.compile(rb"^METHOD[^:\r\n]{0,80}:[ \t]*([A-Za-z]{1,20})", re.MULTILINE | re.IGNORECASE)
_FIELD = re.compile(r"^([A-Za-z-]{1,40}):[ \t]*(.*(?:\n[ \t].*)*)", re.MULTILINE)
_RETURNED = re.compile(rb"^message-id:\s{0,3}(<[^<>\s]{1,900}>)", re.MULTILINE | re.IGNORECASE)
_TOLD = re.compile(r"^[ \t>*]{0,4}<?([^\s<>@:]{1,64}@[\w.-]{1,255})>?[ \t]*:?", re.MULTILINE)
_DEAD = re.compile(
    r"\b5\.\d{1,3}\.\d{1,3}\b|\b55[0-4]\b|\buser unknown\b|\bunknown user\b|\bno such user\b|\bdoes not exist\b", re.IGNORECASE
)
_DAEMONS = ("mailer-daemon", "mailerdaemon", "postmaster", "mdaemon", "microsoftexchange")
_SUBJECTS = (
    "undeliver", "unzustellbar", "delivery status", "mail delivery fail", "delivery fail", "returned mail", "failure notice",
    "mail system error",
    "non remis", "no se puede entregar", "onbestelbaar", "non recapitabile", "delivery has failed", "message not delivered", "rejected:",
)  # fmt: skip


def calendars(raw: bytes, leaves: Sequence[Part], methods: frozenset[str]) -> tuple[tuple[str, bytes], ...]:
    """(METHOD, calendar in UTF-8) of each calendar part with a known METHOD, wherever it lies but in a carried message."""
    found: dict[tuple[str, bytes], None] = {}
    for part in leaves:
        if part.inside or part.kind not in ("text/calendar", "application/ics", "text/x-vcalendar") or len(found) == MOST:
            continue
        data = content(raw, part, CALENDAR)
        charset = part.parameters.get("charset", "utf-8")
        if not data.isascii() and charset.lower() not in ("utf-8", "utf8"):
            data = text_of(data, charset).encode("utf-8", "replace")
        stated = part.parameters.get("method", "").strip("'\" ")
        within = _METHOD.search(data)
        method = (stated or (within[1].decode() if within else "")).upper()
        if method in methods and b"BEGIN:VCALENDAR" in data[:4096].upper():
            found[method, data] = None
    return tuple(found)


def report(
    raw: bytes, leaves: Sequence[Part], got: Mapping[str, Sequence[str]], sender: Address, subject: str
) -> tuple[tuple[Address, ...], str] | None:
    """The recipients that failed for good and the Message-ID of the returned mail; None if this is no delivery report."""
    kind = one_line(got.get("content-type", [""])[0][:500]).lower()
    structured = kind.startswith("multipart/report") and "disposition-notification" not in kind
    if structured and "delivery-status" not in kind:
        structured = any(part.kind == "message/delivery-status" for part in leaves)
    if not structured and not _daemon(got, sender, subject):
        return None
    failed = {who.key: who for part in leaves if part.kind.endswith("delivery-status") for who in _dead(content(raw, part, REPORT))}
    if not any(part.kind.endswith("delivery-status") for part in leaves):
        told = addresses(one_line(got["x-failed-recipients"][0])) if "x-failed-recipients" in got else ()
        failed = {who.key: who for who in (told or _told(raw[:REPORT]))[:MOST]}
    return tuple(failed.values())[:MOST], _returned(raw, leaves)


def _daemon(got: Mapping[str, Sequence[str]], sender: Address, subject: str) -> bool:
    if not sender.email.startswith(_DAEMONS):
        return False
    null = "return-path" in got and one_line(got["return-path"][0]) in ("<>", "")
    return null or "x-failed-recipients" in got or any(word in subject.lower() for word in _SUBJECTS)


def _dead(status: bytes) -> list[Address]:
    """Recipients with `Action: failed` and a permanent status (5.x, RFC 3463)."""
    text = text_of(status, "utf-8").replace("\r", "")
    found: list[Address] = []
    for group in text.split("\n\n")[: 2 * MOST]:
        field = {name.lower(): value.replace("\n", " ").strip() for name, value in _FIELD.findall(group)}
        if field.get("action", "").lower().split("(")[0].strip() != "failed" or not field.get("status", "5").startswith("5"):
            continue
        for name in ("original-recipient", "final-recipient"):
            who = address(field.get(name, "").rpartition(";")[2].strip(" <>")[:320])
            found += [who] if who else []
    return found


def _told(raw: bytes) -> tuple[Address, ...]:
    """Of a report in prose: addresses at the beginning of a line, if what follows says that they are dead."""
    text = text_of(raw, "utf-8").replace("\r", "")
    text = text.partition("\n\n")[2][:20000]
    found: list[Address] = []
    for match in list(_TOLD.finditer(text))[:MOST]:
        if _DEAD.search(text, match.end(), match.end() + 600):
            who = address(match[1])
            found += [who] if who else []
    return tuple(found)


def _returned(raw: bytes, leaves: Sequence[Part]) -> str:
    """The Message-ID within the returned part: a carried message, its headers alone, or quoted in the text."""
    for part in leaves:
        if part.kind in ("text/rfc822-headers", "message/rfc822", "message/global-headers", "message/global"):
            found = _RETURNED.search(content(raw, part, REPORT).replace(b"\r", b""))
            if found:
                return found[1].decode("utf-8", "replace")
    _, _, body = raw[:REPORT].replace(b"\r", b"").partition(b"\n\n")
    found = _RETURNED.search(body)
    return found[1].decode("utf-8", "replace") if found else ""
