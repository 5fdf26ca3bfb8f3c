"""The cast with its scenes, as the parts of a story: deals, events, and the mail that decides what each deal shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from tools.sample_rep.write import COLLEAGUES, ME, Person, below, body, html, seeded

Entry = dict[str, Any]
Before = tuple[datetime, Person, str]
DEAL_FIELDS = ("stage", "status", "amount", "opened", "stage_since", "close_date", "products", "criteria")


def moment(short: str) -> datetime:
    """`03-10 09:12` is of 2026, a day of October to December of 2025."""
    year = 2025 if short[:2] in {"10", "11", "12"} else 2026
    return datetime.fromisoformat(f"{year}-{short}")


NOW = moment("03-12 16:00")


def people(deal: Entry) -> dict[str, Person]:
    """By nick; the address is the nick at the account's domain."""
    found = {}
    for nick, (name, job, *form) in deal["people"].items():
        email = f"{nick}@{deal['domain']}"
        found[nick] = Person(nick, name, email, job, deal["account"], deal.get("language", "en"), *form)
    return found


def record(deal: Entry) -> Entry:
    """The deal as the CRM holds it."""
    row: Entry = {"id": deal["id"], "name": deal["name"], "account": {"name": deal["account"], "domains": [deal["domain"]]}}
    row["contacts"] = [{"name": p.name, "email": p.email, "role": p.job} for p in people(deal).values()]
    row["owner"] = COLLEAGUES[deal.get("owner", "me")].email
    row |= {field: deal[field] for field in DEAL_FIELDS if field in deal}
    return row | {"currency": "USD", "url": f"https://crm.larkfield.example/deals/{deal['id'].lower()}"}


def event(entry: Entry, cast: Mapping[str, Person]) -> Entry:
    everybody = {**COLLEAGUES, **cast}
    start = moment(entry["at"])
    kept = {k: v for k, v in entry.items() if k not in {"at", "guests", "organizer", "changed"}}
    changed = moment(entry["changed"]) if "changed" in entry else min(start - timedelta(days=8), NOW - timedelta(days=2, hours=3))
    organizer = entry.get("organizer", "me")
    writer = everybody[organizer].wire if organizer in everybody else organizer
    guests = [guest(who, everybody) for who in entry.get("guests", [])]
    return kept | {"start": start.isoformat(), "changed": changed.isoformat(), "organizer": writer, "attendees": guests}


def guest(who: str, everybody: Mapping[str, Person]) -> Entry:
    """`sven declined` is Sven, who declined."""
    if "@" in who:
        return {"email": who}
    nick, _, status = who.partition(" ")
    return {"email": everybody[nick].wire, "status": status or "accepted"}


def thread(name: str, plan: Entry, cast: Mapping[str, Person], dice: Random) -> Iterator[Entry]:
    """One thread; everybody in `with` stays in copy. `plan["mail"]`: writer, time, text, and what else is special."""
    everybody = {**COLLEAGUES, **cast}
    circle = [ME, *(everybody[n] for n in plan["with"])]
    before: Before | None = None
    for number, (nick, at, text, *special) in enumerate(plan["mail"]):
        extra: Entry = dict(special[0]) if special else {}
        writer, when = everybody[nick], at if isinstance(at, datetime) else moment(at)
        circle += [writer] if writer not in circle else []
        others = [p for p in circle if p is not writer]
        reader = before[1] if before and before[1] is not writer else next((p for p in others if p is not ME), ME) if writer is ME else ME
        entry: Entry = {"id": f"{name}-{number + 1}", "from": writer.wire, "to": [reader.wire], "date": when.isoformat()}
        entry |= {"cc": [p.wire for p in others if p is not reader]}
        entry |= {"subject": plan["subject"] if not number else f"{prefix(writer)}: {plan['subject']}"}
        entry |= {"reply_to": f"{name}-{number}"} if number else {}
        if "bounce" in extra:
            yield report(entry, f"<{name}-{number}@larkfield.example>", everybody[extra.pop("bounce")])
            continue
        own = text if extra.pop("bare", False) else body(capital(text, writer, reader), writer, reader, dice)
        quoted = below(writer, reader, before, dice)
        before = (when, writer, own.split("\n\n-- \n")[0])
        entry |= {"body": "\n\n".join(filter(None, [own, quoted])) + "\n", "headers": trace(writer)}
        yield entry | ({"html": html(own, quoted)} if web_mailer(writer) and own else {}) | extra


def web_mailer(writer: Person) -> bool:
    return writer is not ME and seeded(f"mailer of {writer.email}").random() < 0.3


def prefix(writer: Person) -> str:
    return "AW" if writer.language == "de" else "Re"


def capital(text: str, writer: Person, reader: Person) -> str:
    """After a greeting with a comma the German and the French go on in small letters; the rep's habit is a capital."""
    german = "de" in (writer.language, reader.language) or "fr" in (writer.language, reader.language)
    return text if german else text[:1].upper() + text[1:]


def trace(writer: Person) -> dict[str, str]:
    """What the rep's mail server says of incoming mail."""
    host = writer.email.partition("@")[2]
    return {} if writer is ME else {"Authentication-Results": f"mx.larkfield.example; dmarc=pass header.from={host}"}


def report(entry: Entry, returned: str, dead: Person) -> Entry:
    """A delivery report (RFC 3464) for the mail before."""
    when = datetime.fromisoformat(entry["date"])
    raw = f"""From: Mail Delivery System <mailer-daemon@larkfield.example>
To: maya@larkfield.example
Subject: Undelivered Mail Returned to Sender
Date: {when:%a, %d %b %Y %H:%M:%S} -0400
Message-ID: <{entry["id"]}@larkfield.example>
In-Reply-To: {returned}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="report"

--report
Content-Type: text/plain; charset=utf-8

Your mail could not be delivered to {dead.email}: the mailbox does not exist.

--report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.larkfield.example

Final-Recipient: rfc822; {dead.email}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--report
Content-Type: text/rfc822-headers

From: maya@larkfield.example
To: {dead.email}
Message-ID: {returned}

--report--
"""
    return {"id": entry["id"], "from": "mailer-daemon@larkfield.example", "date": entry["date"], "subject": "", "raw": raw}


def replies(entry: Entry) -> Iterator[Entry]:
    """The first guest's answer to an invitation of the rep's (RFC 5546)."""
    guests = [g for g in entry["attendees"] if g.get("status") == "accepted" and "larkfield" not in g["email"]]
    if entry["organizer"] == ME.wire and guests and not entry.get("all_day"):
        at = datetime.fromisoformat(entry["changed"]) + timedelta(hours=2)
        yield {
            "id": f"{entry['uid']}-reply", "from": guests[0]["email"], "to": [ME.wire], "date": at.isoformat(),
            "subject": f"Accepted: {entry['title']}", "body": "", "invite": entry["uid"], "method": "REPLY",
        }  # fmt: skip
