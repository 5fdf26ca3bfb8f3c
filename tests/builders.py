"""Stories: what lies in a mailbox, a calendar and a CRM as a few lines of YAML, written out as the real files.

Everything is serialised by hand and without randomness, so that the same story gives the same bytes under every
version of Python and of the libraries; `tools/sample_rep.py` relies on it.
"""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime, getaddresses
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

from tests.yaml_text import yaml

REP = {"name": "Dana Reyes", "email": "dana@northwind.example", "timezone": "America/New_York", "signature": "Dana"}
Entry = Mapping[str, Any]


def load(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text("utf-8"))


class Story:
    """One story, with its short names turned into the identifiers that files carry.

    A mail `a1` from somebody at acme.example has the Message-ID `<a1@acme.example>`, an event `m1` the UID
    `m1@cal.example`, unless `message_id` or `real_uid` say otherwise. Times without offset are the rep's.
    """

    def __init__(self, data: Entry) -> None:
        self.data = data
        self.rep: dict[str, Any] = REP | dict(data.get("rep", {}))
        self.zone = ZoneInfo(self.rep["timezone"])
        self.now = self.moment(data["now"])

    @cached_property
    def ids(self) -> dict[str, str]:
        return {m["id"]: m.get("message_id", f"<{m['id']}@{domain(m['from'])}>") for m in self.data.get("mail", [])}

    @cached_property
    def uids(self) -> dict[str, str]:
        own = {e["uid"]: e.get("real_uid", f"{e['uid']}@cal.example") for e in self.data.get("events", [])}
        return own | dict(self.data.get("uids", {}))

    @cached_property
    def parents(self) -> dict[str, str]:
        return {m["id"]: m["reply_to"] for m in self.data.get("mail", []) if m.get("reply_to")}

    def moment(self, value: Any, zone: str | None = None) -> datetime:
        if isinstance(value, date) and not isinstance(value, datetime):
            value = datetime.combine(value, time())
        when = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        return when if when.tzinfo else when.replace(tzinfo=ZoneInfo(zone) if zone else self.zone)

    # -------------------------------------------------------------------------------------------------------- files

    def write(self, folder: Path) -> Path:
        """Fills `folder` and returns its `onward.yaml`."""
        for name, content in self.files():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (folder / "mail").mkdir(exist_ok=True)
        for name in self.data.get("without", []):
            shutil.rmtree(folder / name) if (folder / name).is_dir() else (folder / name).unlink()
        return folder / "onward.yaml"

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Relative path and content of every file."""
        for number, mail in enumerate(self.data.get("mail", [])):
            yield f"mail/{mail.get('folder', '.')}/{number:03d}-{mail['id']}.eml", self.eml(mail)
        yield "calendar.ics", self.calendar()
        yield "deals.yaml", yaml(self.data.get("deals", [])).encode()
        yield "onward.yaml", yaml(self.settings()).encode()
        extra = {f"mail/{name}": raw for name, raw in self.data.get("raw_mail", {}).items()}
        for name, raw in (extra | dict(self.data.get("files", {}))).items():
            yield name, raw.encode("utf-8", "surrogateescape")

    def settings(self) -> dict[str, Any]:
        places = {"mail": "mail", "calendar": "calendar.ics", "deals": "deals.yaml", "outbox": "outbox"}
        folders = {section: {"kind": "folder", "path": path} for section, path in places.items()}
        return {"rep": self.rep} | folders | dict(self.data.get("config", {}))

    # --------------------------------------------------------------------------------------------------------- mail

    def eml(self, mail: Entry) -> bytes:
        """RFC 5322 and 2045, bodies as 8bit UTF-8."""
        if "raw" in mail:
            return str(mail["raw"]).encode("utf-8", "surrogateescape")
        kind, content = self.content(mail)
        fields = self.fields(mail) | {"MIME-Version": "1.0", "Content-Type": kind}
        if not kind.startswith("multipart"):
            fields["Content-Transfer-Encoding"] = "8bit"
        head = "".join(f"{name}: {value}\n" for name, value in fields.items() if value is not None)
        return (head + "\n" + content).encode("utf-8", "surrogateescape")

    def fields(self, mail: Entry) -> dict[str, str | None]:
        chain = list(self.ancestors(mail["id"]))
        fields: dict[str, str | None] = {"From": mailboxes(mail["from"])}
        for name in ("to", "cc"):
            fields[name.title()] = mailboxes(mail[name]) if mail.get(name) else None
        fields["Subject"] = encoded(mail.get("subject", ""))
        fields["Date"] = format_datetime(self.moment(mail["date"], mail.get("tz")))
        fields["Message-ID"] = self.ids[mail["id"]] or None
        fields["In-Reply-To"] = chain[-1] if chain else None
        fields["References"] = "\n ".join(chain) or None
        return fields | {name: encoded(value) for name, value in mail.get("headers", {}).items()}

    def ancestors(self, name: str) -> Iterator[str]:
        """Message-IDs from the thread's root down to the parent."""
        if parent := self.parents.get(name):
            yield from self.ancestors(parent)
            yield self.ids[parent]

    def content(self, mail: Entry) -> tuple[str, str]:
        """Content type and content of the whole body."""
        kind, content = self.words(mail)
        if "invite" in mail:
            method = mail.get("method", "REQUEST")
            event = next(e for e in self.data["events"] if e["uid"] == mail["invite"])
            invitation = self.calendar([event], method, mail["from"]).decode().replace("\r\n", "\n")
            kind, content = multipart("alternative", [(kind, content), (f"text/calendar; charset=utf-8; method={method}", invitation)])
        attached = [attachment(name) for name in mail.get("attachments", [])]
        return multipart("mixed", [(kind, content), *attached]) if attached else (kind, content)

    @staticmethod
    def words(mail: Entry) -> tuple[str, str]:
        plain, html = ("text/plain; charset=utf-8", mail.get("body", "")), ("text/html; charset=utf-8", mail.get("html", ""))
        if "html" not in mail:
            return plain
        return multipart("alternative", [plain, html]) if "body" in mail else html

    # ----------------------------------------------------------------------------------------------------- calendar

    def calendar(self, events: Sequence[Entry] | None = None, method: str = "", sender: str = "") -> bytes:
        """RFC 5545; with a method, RFC 5546. Zones are named by their IANA name, without VTIMEZONE."""
        if events is None and "raw_calendar" in self.data:
            raw = str(self.data["raw_calendar"])
            return (raw if self.data.get("lf") or "\r\n" in raw else raw.replace("\n", "\r\n")).encode("utf-8", "surrogateescape")
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Stories//EN", *([f"METHOD:{method}"] if method else [])]
        for entry in self.in_calendar() if events is None else events:
            lines += self.event(answered(entry, sender) if method == "REPLY" else entry)
            for override in [] if method else entry.get("overrides", []):
                lines += self.event({**entry, "start": override["instance"], **override})
        return "".join(fold(line) for line in [*lines, "END:VCALENDAR"]).encode()

    def in_calendar(self) -> list[Entry]:
        return [e for e in self.data.get("events", []) if not e.get("only_in_mail")]

    def event(self, entry: Entry) -> list[str]:
        stamp = self.moment(entry.get("changed", entry.get("created", self.now - timedelta(days=7)))).astimezone(UTC)
        lines = ["BEGIN:VEVENT", f"UID:{self.uids[entry['uid']]}", f"SUMMARY:{escaped(entry.get('title', ''))}"]
        lines += [f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}", f"LAST-MODIFIED:{stamp:%Y%m%dT%H%M%SZ}", *self.span(entry), *self.recurrence(entry)]
        lines.append(f"SEQUENCE:{entry.get('sequence', 1 if 'instance' in entry else 0)}")
        lines.append(f"STATUS:{str(entry.get('status', 'confirmed')).upper()}")
        lines.append(f"TRANSP:{'TRANSPARENT' if entry.get('free') else 'OPAQUE'}")
        lines += [f"{name.upper()}:{escaped(entry[name])}" for name in ("class", "description", "location") if entry.get(name)]
        if organizer := entry.get("organizer", self.rep["email"]):
            name, email = getaddresses([organizer])[0]
            lines.append("ORGANIZER" + (f';CN="{name}"' if name else "") + f":mailto:{email}")
        return [*lines, *map(guest, entry.get("attendees", [])), "END:VEVENT"]

    def span(self, entry: Entry) -> list[str]:
        start = self.moment(entry["start"], entry.get("tz"))
        if entry.get("all_day"):
            first = start.date()
            return [f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{first + timedelta(days=entry.get('days', 1)):%Y%m%d}"]
        end = (start.astimezone(UTC) + timedelta(minutes=entry.get("minutes", 60))).astimezone(start.tzinfo)
        return [self.at("DTSTART", start, entry), self.at("DTEND", end, entry)]

    def recurrence(self, entry: Entry) -> list[str]:
        if "instance" in entry:
            return [self.at("RECURRENCE-ID", self.moment(entry["instance"], entry.get("tz")), entry)]
        if "repeat" not in entry:
            return []
        skipped = [self.at("EXDATE", self.moment(day, entry.get("tz")), entry) for day in entry.get("except", [])]
        return [f"RRULE:{entry['repeat']}", *skipped]

    def at(self, name: str, when: datetime, entry: Entry) -> str:
        """A property in the form that the event's DTSTART has: date, floating, UTC or zoned."""
        if entry.get("all_day"):
            return f"{name};VALUE=DATE:{when:%Y%m%d}"
        if entry.get("floating"):
            return f"{name}:{when:%Y%m%dT%H%M%S}"
        if entry.get("utc"):
            return f"{name}:{when.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        zone = ZoneInfo(entry.get("tz", self.rep["timezone"]))
        return f"{name};TZID={zone.key}:{when.astimezone(zone):%Y%m%dT%H%M%S}"


# ------------------------------------------------------------------------------------------------------------ helpers


def domain(sender: str) -> str:
    return getaddresses([sender])[0][1].rpartition("@")[2] or "nowhere.example"


def encoded(text: str) -> str:
    """An unstructured header value; RFC 2047 where it is not ASCII."""
    if text.isascii():
        return text
    pieces = [text[i : i + 12] for i in range(0, len(text), 12)]
    return "\n ".join(f"=?utf-8?B?{base64.b64encode(p.encode()).decode()}?=" for p in pieces)


def mailboxes(value: str | Sequence[str]) -> str:
    """An address list; display names that are not ASCII become encoded words, international domains A-labels."""
    if isinstance(value, str) and (value.isascii() or "@" not in value):
        return value
    given = [value] if isinstance(value, str) else value
    return ", ".join(mailbox(name, email) for name, email in getaddresses(list(given)))


def mailbox(name: str, email: str) -> str:
    local, _, host = email.rpartition("@")
    wire = email if email.isascii() else f"{local}@{host.encode('idna').decode()}"
    shown = f'"{name}"' if re.search(r"[,.;:@()<>]", name) and name.isascii() else encoded(name)
    return f"{shown} <{wire}>" if name else wire


def multipart(kind: str, parts: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The boundary is made of the content."""
    boundary = "part-" + sha256("".join(content for _, content in parts).encode("utf-8", "surrogateescape")).hexdigest()[:20]
    body = "".join(f"--{boundary}\nContent-Type: {part}\n{encoding(part)}\n{content}\n" for part, content in parts)
    return f'multipart/{kind}; boundary="{boundary}"', body + f"--{boundary}--\n"


def encoding(part: str) -> str:
    if part.startswith("multipart/"):
        return ""
    name = re.search(r'name="([^"]+)"', part)
    disposition = f'Content-Disposition: attachment; filename="{name[1]}"\n' if name else ""
    return disposition + f"Content-Transfer-Encoding: {'base64' if name else '8bit'}\n"


def attachment(name: str) -> tuple[str, str]:
    return f'application/octet-stream; name="{name}"', base64.encodebytes(b"x" * 60).decode().rstrip()


def answered(entry: Entry, sender: str) -> Entry:
    """The event as a REPLY holds it: only the guest who answers."""
    email = getaddresses([sender])[0][1].lower()
    return {**entry, "attendees": [a for a in entry.get("attendees", []) if email in str(a).lower()]}


def guest(who: str | Entry) -> str:
    entry: Entry = {"email": who} if isinstance(who, str) else who
    name, email = getaddresses([entry["email"]])[0]
    status = str(entry.get("status", "accepted"))
    params = [f'CN="{name}"' if name else "", f"PARTSTAT={status.upper().replace('_', '-')}" if status != "none" else ""]
    params += [f"{key}={entry[word].upper()}" for key, word in (("CUTYPE", "kind"), ("ROLE", "role")) if entry.get(word)]
    return "ATTENDEE" + "".join(f";{p}" for p in params if p) + f":mailto:{email}"


def escaped(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", str(text)).replace("\n", "\\n")


def fold(line: str) -> str:
    """Lines of at most 75 octets (RFC 5545, 3.1), never splitting a character."""
    out, room = "", 75
    for char in line:
        size = len(char.encode())
        if size > room:
            out, room = out + "\r\n ", 74
        out, room = out + char, room - size
    return out + "\r\n"
