"""Cards of the store as text for a terminal, as JSON for scripts, and as the file that an editor opens.

What comes from other people's mail is printed as text, never as markup, without characters that move a cursor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from agent.cli.document import moment
from agent.cli.report import BLANK, Line, capital, clean, clean_block, heading, labelled, line, many, people, sentence
from agent.desk.views.card import CardView
from agent.desk.views.inbox import TABS, Inbox, Row
from agent.desk.views.outbox import Parcel
from agent.desk.views.sources import Source
from agent.desk.words import FORGOTTEN, STATES
from agent.desk.words import state as state_of
from agent.errors import Rejected
from agent.model import Address, Draft
from agent.store.decisions import Approval

SHOWN = 7  # characters of a ref that are shown; any beginning that names one card is understood
_FIELDS = ("To", "Cc", "Subject")


def when(at: datetime, now: datetime, zone: tzinfo) -> str:
    """`today 15:00`, `Thu 12 Mar 09:00`."""
    local, today = at.astimezone(zone), now.astimezone(zone)
    if local.date() == today.date():
        return f"today {local:%H:%M}"
    year = "" if local.year == today.year else f" {local.year}"
    return f"{local:%a} {local.day} {local:%b}{year} {local:%H:%M}"


# ------------------------------------------------------------------------------------------------------------- list


def listed(
    found: Inbox, leaving: Sequence[Parcel], trouble: Sequence[Source], paused: datetime | None, now: datetime, zone: tzinfo
) -> Iterator[Line]:
    tab = found.query.tab
    counts = [f"{found.counts[name]} {title.lower()}" for name, title in TABS.items() if found.counts[name] and name != "done"]
    counts += [f"{found.waiting} for another day"] if found.waiting else []
    yield line(f"Onward · {' · '.join(counts) or 'nothing to review'}", style="bold")
    if paused:
        until = f"until {when(paused, now, zone)}" if paused.year < 9999 else "until you resume"
        yield line(f"Paused {until}: nothing leaves, and no card opens.", style="bold yellow")
    yield from (_trouble(source) for source in trouble)
    yield from heading(TABS[tab]) if found.rows and tab != "review" else ()
    for row in found.rows:
        yield from _row(row, now, zone)
    if not found.rows:
        yield BLANK
        calm = found.calm
        yield line(f"Nothing here. {many(calm.deals, 'deal')}, {calm.next_step} with a next step.", style="green")
    if leaving:
        yield from heading("On the way out")
        yield from (_parcel(parcel, now, zone) for parcel in leaving)
    if found.rows and tab == "review":
        yield BLANK
        yield line(f"Read one: onward inbox show {found.rows[0].ref[:SHOWN]}; then approve, edit, reject or snooze it.", style="dim")


def _row(row: Row, now: datetime, zone: tzinfo) -> Iterator[Line]:
    yield BLANK
    state = "" if row.state == "review" else f" · {state_of(row.state, row.reason).lower()}"
    wakes = f" until {when(row.wake_at, now, zone)}" if row.wake_at else ""
    yield line(f"{row.ref[:SHOWN]}  {clean(row.deal.name)} [{clean(row.deal.id)}]{state}{wakes}", style="bold")
    yield line(f"{capital(sentence(row.kind))}. {clean(row.why)}", 9)
    if row.reason:
        yield line(clean(row.reason), 9, "yellow")
    yield labelled("To", f"{', '.join(clean(p) for p in row.people) or FORGOTTEN} · due {when(row.due, now, zone)}", 9)


def _parcel(parcel: Parcel, now: datetime, zone: tzinfo) -> Line:
    way = "leaves" if parcel.mode == "send" else "is laid in Drafts"
    state = STATES[parcel.state].lower() + (f", {way} {when(parcel.leave_at, now, zone)}" if parcel.state == "approved" else "")
    says = f" ({clean(parcel.says)})" if parcel.says else ""
    return line(f"{parcel.ref[:SHOWN]}  {clean(parcel.subject)} to {', '.join(map(clean, parcel.to)) or FORGOTTEN}: {state}{says}", 2)


# ------------------------------------------------------------------------------------------------------------- a card


def shown(card: CardView, remarks: Sequence[str], now: datetime, zone: tzinfo) -> Iterator[Line]:
    deal = card.deal
    about = [clean(deal.name), clean(deal.stage), f"{deal.amount:,.0f} {clean(deal.currency)}".strip() if deal.amount else ""]
    yield line(f"{' · '.join(filter(None, about))} [{clean(deal.id)}]", style="bold")
    yield line(
        f"{capital(sentence(card.kind))}. {state_of(card.state, card.reason)}{f': {clean(card.reason)}' if card.reason else '.'}", 2, "bold"
    )
    if card.wake_at:
        yield labelled("Snoozed until", when(card.wake_at, now, zone))
    yield from (line(f"- {clean(proof.says)}", 2) for proof in card.evidence)
    if card.also:
        yield labelled("Also:", "; ".join(map(sentence, card.also)))
    yield from (line(f"Careful: {clean(warning)}", 2, "bold yellow") for warning in (*card.warnings, *remarks))
    if card.held:
        yield line("Not everything about this deal can be read now: until it can, nothing leaves.", 2, "bold yellow")
    yield from mail(card.draft)
    for name, why in card.left_out:
        yield labelled("Not in copy:", f"{clean(name)} ({clean(why)})")
    yield labelled(f"Version {card.version}, written by", "you" if card.author == "rep" else clean(card.author))


def mail(words: Draft) -> Iterator[Line]:
    yield BLANK
    if words.invitation:
        yield labelled("With an invitation for:", clean(words.invitation.written))
    if words.todo:
        yield labelled("Before sending:", "; ".join(map(clean, words.todo)))
    yield labelled("To:", people([written(who) for who in words.to]) or FORGOTTEN)
    if words.cc:
        yield labelled("Cc:", people([written(who) for who in words.cc]))
    yield labelled("Subject:", clean(words.subject))
    yield line(clean_block(words.body), 4, "cyan")


def leaves(approval: Approval, now: datetime, zone: tzinfo) -> str:
    """`Leaves in 10 s`, or when."""
    what = "Leaves" if approval.mode == "send" else "Goes to your Drafts"
    seconds = round((approval.leave_at - now).total_seconds())
    return f"{what} {f'in {seconds} s' if 0 < seconds <= 90 else 'at once' if seconds <= 0 else when(approval.leave_at, now, zone)}"


# --------------------------------------------------------------------------------------------------------------- JSON


def row_document(row: Row) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "kind": row.kind,
        "deal": row.deal.id,
        "state": row.state,
        "version": row.version,
        "due": moment(row.due),
        "why": row.why,
        "also": list(row.also),
        "to": list(row.people),
        "wake_at": moment(row.wake_at),
        "reason": row.reason,
    }


def _trouble(source: Source) -> Line:
    told = source.told or f"it is {source.status}"
    return line(f"{source.section.capitalize()}: {told}. Nothing is concluded from what could not be seen.", style="bold yellow")


def list_document(
    found: Inbox, leaving: Sequence[Parcel], trouble: Sequence[Source], paused: datetime | None, now: datetime
) -> dict[str, Any]:
    cards = [row_document(row) for row in found.rows]
    out = [{"ref": p.ref, "state": p.state, "leave_at": moment(p.leave_at), "mode": p.mode, "says": p.says} for p in leaving]
    bad = [{"section": source.section, "status": source.status, "says": source.told} for source in trouble]
    rest = {"counts": dict(found.counts), "more": found.more, "leaving": out, "trouble": bad}
    return {"now": moment(now), "tab": found.query.tab, "cards": cards, **rest, "paused_until": moment(paused)}


def card_document(card: CardView, remarks: Sequence[str]) -> dict[str, Any]:
    """`warnings` are of the card, `remarks` of the words: what stands against sending them, and what might be said better."""
    sending = card.sending
    words = card.draft
    return {
        "ref": card.ref,
        "key": card.key,
        "kind": card.kind,
        "deal": card.deal.id,
        "state": card.state,
        "version": card.version,
        "due": moment(card.due),
        "wake_at": moment(card.wake_at),
        "reason": card.reason,
        "also": list(card.also),
        "evidence": [proof.says for proof in card.evidence],
        "warnings": list(card.warnings),
        "remarks": list(remarks),
        "acts": sorted(card.acts),
        "draft": {
            "to": [who.email for who in words.to],
            "cc": [who.email for who in words.cc],
            "subject": words.subject,
            "in_reply_to": words.in_reply_to,
            "body": words.body,
            "language": words.language,
            "times": [{"start": moment(slot.start), "end": moment(slot.end)} for slot in words.times],
            "written_by": card.author,
            "todo": list(words.todo),
            "left_out": [list(each) for each in card.left_out],
        },
        "delivery": {"state": sending.state, "mode": sending.mode, "leave_at": moment(sending.leave_at), "says": sending.says}
        if sending
        else None,
    }


# ------------------------------------------------------------------------------------------------------------- editor


def written(who: Address) -> str:
    """As a person writes it, and `read` takes it again."""
    name = re.sub(r'["<>\\]', "'", who.name)
    return f'"{name}" <{who.email}>' if re.search(r"[,;]", name) else f"{name} <{who.email}>" if name else who.email


def page(words: Draft) -> str:
    to, cc = (", ".join(map(written, some)) for some in (words.to, words.cc))
    return f"To: {to}\nCc: {cc}\nSubject: {words.subject}\n\n{words.body}\n"


def read(text: str) -> Mapping[str, Any]:
    """`subject`, `body`, `to` and `cc` of a page as it was edited. Raises `Rejected` where its head is not one."""
    head, _, body = text.replace("\r\n", "\n").lstrip("\n").partition("\n\n")
    fields = dict.fromkeys(_FIELDS, "")
    last = ""
    for each in head.split("\n"):
        name, colon, value = each.partition(":")
        if each[:1] in " \t" and last:
            fields[last] += " " + each.strip()
        elif colon and name.strip().title() in _FIELDS:
            last = name.strip().title()
            fields[last] += (", " if fields[last] and last != "Subject" else "") + value.strip()
        else:
            raise Rejected(f"The lines before the text are To, Cc and Subject, then one that is empty; this is none: {clean(each, 60)!r}.")
    apart = re.compile(r'[,;](?=(?:[^"]*"[^"]*")*[^"]*\Z)')
    to, cc = ([each.strip() for each in apart.split(fields[name]) if each.strip()] for name in ("To", "Cc"))
    return {"subject": fields["Subject"], "body": body, "to": to, "cc": cc}
