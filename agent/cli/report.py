"""The document of `scan --json` as a page to read in a terminal.

Titles, names, subjects and bodies come from other people's mail: they are printed as text, never as markup, and without
characters that move a cursor or turn the reading direction.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import Any, NamedTuple

from rich.console import Console
from rich.text import Text

from agent.desk.views.look import stopped
from agent.think.detect import kinds

Row = Mapping[str, Any]

KINDS: Mapping[str, str] = {name: kind.SAYS for name, kind in kinds().items()}
RUNGS: Mapping[str, str] = {
    "booked": "a next meeting is booked",
    "proposed": "times are on the table",
    "dated": "somebody has committed to a date",
    "undated": "there are intentions, but no date",
    "nothing": "there is no next step",
}
VERDICTS: Mapping[str, str] = {
    "too_early": "not over yet, or only just",
    "too_old": "ended too long ago to follow up on",
    "superseded": "a later meeting has taken its place",
    "booked": RUNGS["booked"],
    "held": "not judged: something could not be read",
    "waiting": "another matter of this deal comes first",
    "snoozed": "everybody who attended is out of office",
    "proposed": RUNGS["proposed"],
    "dated": RUNGS["dated"],
    "flagged": "ended without a next step",
}
IGNORED: Mapping[str, str] = {
    "setting": "your settings leave it out",
    "private": "private",
    "cancelled": "cancelled",
    "declined": "declined",
    "all_day": "all day",
    "free": "marked as free",
    "no_outsider": "nobody else takes part",
    "internal": "colleagues only",
    "unmatched": "about no deal",
    "ambiguous": "which deal it is about is open",
    "closed_deal": "its deal is closed",
    "other_owner": "a colleague's deal",
    "do_not_contact": "they asked not to be contacted",
}
NOTICES: Mapping[str, str] = {
    "bounced": "dead address",
    "do_not_contact": "do not contact",
    "source": "source",
    "no_recipient": "nobody to write to",
}
SOURCES: Mapping[str, str] = {"ok": "read", "stale": "not fresh", "failed": "could not be read", "suspect": "suddenly empty, not trusted"}
LONG = 400  # characters of one line of somebody else's text
NAMED = 6  # titles named before the rest is only counted


def sentence(word: str) -> str:
    """A verdict, rung or kind in plain words; an unknown one as it stands."""
    if word.startswith("ignored:"):
        return IGNORED.get(word.removeprefix("ignored:"), clean(word))
    return KINDS.get(word) or VERDICTS.get(word) or RUNGS.get(word) or clean(word)


def clean(value: object, limit: int = LONG) -> str:
    """One printable line."""
    text = "".join(c if unicodedata.category(c) not in UNPRINTABLE else " " for c in str(value)[: 4 * limit] if not invisible(c))
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def clean_block(value: object) -> str:
    """Printable text that keeps its line breaks."""
    return "\n".join(clean(line, 2000) for line in str(value)[:20_000].splitlines())


UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})


def invisible(char: str) -> bool:
    return unicodedata.category(char) == "Cf"


def render(document: Row, console: Console, zone: tzinfo = UTC) -> None:
    """Prints the whole report; `zone` is the one times are shown in, the rep's."""
    page = Page(document, zone)
    for part in (page.headline(), page.cards(), page.meetings(), page.left_alone(), page.notices(), page.quarantined()):
        for line in part:
            show(line, console)


class Line(NamedTuple):
    """A line of text and how far it is indented, also where it wraps."""

    text: Text
    indent: int = 0


def show(line: Line, console: Console) -> None:
    for piece in line.text.wrap(console, max(20, console.width - line.indent), overflow="fold"):
        piece.rstrip()
        console.print(Text(" " * line.indent if piece else "").append_text(piece), highlight=False, soft_wrap=True)


BLANK = Line(Text(""))


def line(text: str, indent: int = 0, style: str = "") -> Line:
    return Line(Text(text, style=style), indent)


def labelled(label: str, text: str, indent: int = 2) -> Line:
    return Line(Text.assemble((label, "dim"), " ", text), indent)


def heading(text: str) -> Iterator[Line]:
    yield BLANK
    yield line(text, style="bold underline")


def many(count: int, one: str, more: str = "") -> str:
    return f"{count} {one if count == 1 else more or one + 's'}"


def listed(titles: Iterable[str]) -> str:
    """`Stand-up (×17), Lunch and 3 more`."""
    counted = Counter(titles)
    shown = [title if count == 1 else f"{title} (×{count})" for title, count in list(counted.items())[:NAMED]]
    rest = len(counted) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")


class Page:
    """One document, laid out part by part; each part yields what the console prints."""

    def __init__(self, document: Row, zone: tzinfo) -> None:
        self.document = document
        self.zone = zone
        self.now = datetime.fromisoformat(document["now"])
        self.deals = {d["id"]: d for d in document["deals"]}
        self.names = {d["id"]: clean(d.get("name") or "") for d in document["deals"]}
        self.titles = {m["uid"]: clean(m["title"]) for m in document["meetings"]}
        self.subjects = {mid: clean(t["subject"]) for t in document["threads"] for mid in t["messages"]}

    # ------------------------------------------------------------------------------------------------------ helpers

    def moment(self, value: str) -> str:
        when = datetime.fromisoformat(value).astimezone(self.zone)
        year = "" if when.year == self.now.year else f" {when.year}"
        return f"{when:%a} {when.day} {when:%b}{year} {when:%H:%M}"

    def deal(self, name: str | None) -> str:
        if not name:
            return "no deal"
        return f"{clean(name)} {self.names[name]}" if self.names.get(name) else clean(name)

    def source(self, reference: str) -> str:
        """Where a sentence comes from: `event:m1@x` by its title, `deal:D-17.stage` by the field, `source:mail` by name."""
        kind, _, name = reference.partition(":")
        if kind == "source":
            return clean(name, 120)
        if kind == "deal":
            return f"CRM: {clean(name.rpartition('.')[2], 120).replace('_', ' ')}"
        known = self.titles.get(name.partition("/")[0]) if kind == "event" else self.subjects.get(name)
        return f"{kind} “{known}”" if known else clean(reference, 120)

    def customer_meetings(self) -> list[Row]:
        return [m for m in self.document["meetings"] if not m["verdict"].startswith("ignored:")]

    # -------------------------------------------------------------------------------------------------------- parts

    def headline(self) -> Iterator[Line]:
        cards, deals = self.document["cards"], self.document["deals"]
        waiting = sum(bool(c.get("waiting")) for c in cards)
        ended = sum(datetime.fromisoformat(m["end"]) <= self.now for m in self.customer_meetings())
        booked = sum(d["rung"] == "booked" for d in deals)
        when = self.now.astimezone(self.zone)
        yield line(f"Onward · {when:%A} {when.day} {when:%B %Y}, {when:%H:%M} {when:%Z}".rstrip(), style="bold")
        yield line(
            f"{many(len(cards), 'card')}{f' ({waiting} waiting)' if waiting else ''} · "
            f"{many(ended, 'customer meeting')} ended in the last 30 days · "
            f"{many(booked, 'deal')} with a booked next step"
        )
        for source in self.document["sources"]:
            yield self.freshness(source)

    def freshness(self, source: Row) -> Line:
        fresh = source.get("fresh_as_of")
        parts = [f"{clean(source['section'])}: {SOURCES.get(source['status'], clean(source['status']))}"]
        parts += [f"as of {self.moment(fresh)}"] if fresh else []
        says = clean(source.get("says") or "").removeprefix(f"{clean(source['section'])}: ")
        parts += [says] if says else []
        parts += [many(source["items"], "item")] + ([f"{source['quarantined']} quarantined"] if source["quarantined"] else [])
        return line(", ".join(parts), 2, "dim" if source["status"] == "ok" else "bold red")

    def cards(self) -> Iterator[Line]:
        today = [c for c in self.document["cards"] if not c.get("waiting")]
        waiting = [c for c in self.document["cards"] if c.get("waiting")]
        if not self.document["cards"]:
            yield from self.good_day()
            return
        yield from heading("Cards")
        for number, card in enumerate(today, 1):
            yield from self.card(number, card)
        if waiting:
            yield from heading(f"Waiting for another day ({len(waiting)})")
            yield from (line(f"{self.deal(c['deal'])}: {sentence(c['kind'])}", 2) for c in waiting)

    def good_day(self) -> Iterator[Line]:
        yield BLANK
        if not self.whole():
            yield line("No cards, but not everything could be read; see the sources above.", style="bold yellow")
        elif not self.deals:
            yield line("No deal of yours was found, so there is nothing to judge.", style="bold yellow")
            yield line(
                "List your deals in the file that deals: in onward.yaml names: each needs an id, a name, a stage, and the account's "
                "domains or its contacts with their addresses. A deal with somebody else as owner is not yours."
            )
        else:
            yield line("Nothing to do: every deal has its next step or is rightly left alone. A good day.", style="bold green")

    def whole(self) -> bool:
        return all(s["status"] == "ok" for s in self.document["sources"])

    def card(self, number: int, card: Row) -> Iterator[Line]:
        yield BLANK
        yield line(f"{number}. {self.about(card['deal'])}", style="bold")
        yield line(f"{capital(sentence(card['kind']))}.", 3, "bold")
        yield from (line(f"- {clean(e['says'])} [{self.source(e['source'])}]", 3) for e in card["evidence"])
        if card["also"]:
            yield labelled("Also:", "; ".join(map(sentence, card["also"])), 3)
        yield from (line(f"Careful: {clean(w)}", 3, "bold yellow") for w in card.get("warnings", []))
        yield from self.draft(card["draft"])

    def about(self, name: str) -> str:
        """`Kiln monitoring [K-1] · Demo · 48,000 USD · closes 30 April 2026`, as far as it is known."""
        deal = self.deals.get(name, {})
        parts = [f"{self.names[name]} [{clean(name)}]" if self.names.get(name) else clean(name), clean(deal.get("stage") or "", 60)]
        if deal.get("amount"):
            parts.append(f"{deal['amount']:,.0f} {clean(deal.get('currency') or '', 10)}".strip())
        if deal.get("close_date"):
            closes = date.fromisoformat(deal["close_date"])
            parts.append(f"closes {closes.day} {closes:%B %Y}")
        return " · ".join(filter(None, parts))

    def draft(self, draft: Row) -> Iterator[Line]:
        todo = draft.get("todo") or ()
        if todo:
            yield labelled("Before sending:", clean(todo if isinstance(todo, str) else "; ".join(map(str, todo))), 3)
        yield labelled("To:", people(draft["to"]), 3)
        if draft["cc"]:
            yield labelled("Cc:", people(draft["cc"]), 3)
        for address, reason in draft.get("left_out", []):
            yield labelled("Not in copy:", f"{clean(address)} ({clean(reason)})", 3)
        yield labelled("Subject:", clean(draft["subject"]), 3)
        yield line(clean_block(draft["body"]), 5, "cyan")
        if draft["times"]:
            yield labelled("Times:", "; ".join(self.moment(t["start"]) for t in draft["times"]), 3)

    def meetings(self) -> Iterator[Line]:
        ended = [m for m in self.customer_meetings() if datetime.fromisoformat(m["end"]) <= self.now]
        if ended:
            yield from heading("Customer meetings of the last 30 days")
        for meeting in sorted(ended, key=lambda m: str(m["start"]), reverse=True):
            yield from self.meeting(meeting)

    def meeting(self, meeting: Row) -> Iterator[Line]:
        """One meeting with its verdict and the reason for it."""
        verdict, reason = clean(meeting["verdict"]), stopped(clean(meeting["reason"])) or sentence(meeting["verdict"])
        yield line(f"{self.moment(meeting['start'])}  {clean(meeting['title'], 120)} ({self.deal(meeting.get('deal'))})", 2)
        yield line(f"{verdict}: {reason}", 6, "yellow" if verdict in {"flagged", "held"} else "dim")

    def left_alone(self) -> Iterator[Line]:
        parts = [*self.ignored(), *self.tray(), *self.settled()]
        if parts:
            yield from heading("Left alone, and why (meetings past and coming)")
            yield from parts

    def ignored(self) -> Iterator[Line]:
        """Ignored meetings by reason."""
        groups: dict[str, list[str]] = {}
        for meeting in self.document["meetings"]:
            if meeting["verdict"].startswith("ignored:"):
                groups.setdefault(meeting["verdict"], []).append(clean(meeting["title"], 60) or "(no title)")
        for verdict, titles in sorted(groups.items()):
            yield labelled(f"{many(len(titles), 'meeting')}, {sentence(verdict)}:", listed(titles))

    def tray(self) -> Iterator[Line]:
        """Threads that nobody could place."""
        threads: Sequence[Row] = self.document["threads"]
        for thread in (t for t in threads if t["status"] == "ambiguous"):
            which = " or ".join(clean(c) for c in thread["candidates"])
            yield labelled("Which deal?", f"“{clean(thread['subject'], 80)}” could be {which}")
        if unmatched := [clean(t["subject"], 60) or "(no subject)" for t in threads if t["status"] == "unmatched"]:
            yield labelled(f"{many(len(unmatched), 'thread')} about no deal:", listed(unmatched))
        if excluded := sum(t["status"] == "excluded" for t in threads):
            yield line(f"{many(excluded, 'thread')} of newsletters, notifications or colleagues only", 2)

    def settled(self) -> Iterator[Line]:
        """Deals without a card that need none."""
        carded = {c["deal"] for c in self.document["cards"]}
        quiet: Sequence[Row] = [d for d in self.document["deals"] if d["id"] not in carded and d.get("status", "open") == "open"]
        for deal in (d for d in quiet if d["muted_until"]):
            yield labelled(f"{self.deal(deal['id'])}:", f"left alone until {clean(deal['muted_until'])}, as they asked")
        for rung in ("booked", "proposed", "dated"):
            if names := [self.deal(d["id"]) for d in quiet if d["rung"] == rung and not d["muted_until"]]:
                yield labelled(f"{many(len(names), 'deal')}, {sentence(rung)}:", ", ".join(names))
        told = {n["deal"] for n in self.document["notices"]}
        held = {m.get("deal") for m in self.document["meetings"] if m["verdict"] == "held"}
        idle = [d for d in quiet if d["rung"] in ("undated", "nothing") and not d["muted_until"] and d["id"] not in told]
        for unread in (False, True):
            for rung in ("undated", "nothing"):
                names = [self.deal(d["id"]) for d in idle if d["rung"] == rung and unread == (d["id"] in held or not self.whole())]
                why = "not judged, for not everything could be read" if unread else "nothing due yet"
                if names:
                    yield labelled(f"{many(len(names), 'deal')}, {why}, {sentence(rung)}:", ", ".join(names))

    def notices(self) -> Iterator[Line]:
        warnings = self.document.get("warnings", [])
        if self.document["notices"] or warnings:
            yield from heading("Notices")
        for notice in self.document["notices"]:
            where = f" ({self.deal(notice['deal'])})" if notice["deal"] else ""
            yield labelled(f"{NOTICES.get(notice['kind'], clean(notice['kind']))}:", clean(notice["says"]) + where)
        yield from (labelled("warning:", clean(warning)) for warning in warnings)

    def quarantined(self) -> Iterator[Line]:
        yield from heading("Set apart, because they could not be read") if self.document["quarantined"] else ()
        for item in self.document["quarantined"]:
            yield labelled(f"{clean(item['source'])}:", set_apart(item["item"], item["why"]))


def set_apart(item: str, why: str) -> str:
    """What could not be read and why; a reason that names the place itself names it once."""
    return clean(why) if why.startswith(f"{item}:") else f"{clean(item)}: {clean(why)}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def people(addresses: Sequence[str]) -> str:
    return ", ".join(clean(a, 254) for a in addresses)
