"""Holds the document of a scan against what a story expects; every fault is one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from tests.builders import Story

Document = Mapping[str, Any]
PHRASES = re.compile(
    r"checking in\b|touch(ing)? base|circl(e|ing) back|waiting to hear|any updates?\b|bump(ing)? this|last chance|act now|hope this finds",
    re.IGNORECASE,
)
OPEN_PLACEHOLDER = re.compile(
    r"\{\{|\}\}|\{%|\[(your |first |last )?(name|company|date|time|topic|title)\]|\bTBD\b|\bundefined\b", re.IGNORECASE
)


def faults(story: Story, got: Document) -> list[str]:
    want = story.data["expect"]
    found = [fault for key, value in want.items() if key in CHECKS for fault in CHECKS[key](story, got, value)]
    return found + [f"draft of {card['deal']}: {fault}" for card in got["cards"] for fault in always(card)]


def differs(what: str, want: Any, got: Any) -> Iterator[str]:
    if want != got:
        yield f"{what}: expected {want!r}, got {got!r}"


def meetings(story: Story, got: Document, want: Mapping[str, str]) -> Iterator[str]:
    """`flagged|booked D1`: either verdict, and the deal; `m1@START` is one instance; `absent` is not listed."""
    for name, value in want.items():
        uid, _, start = name.partition("@")
        verdicts, _, deal = str(value).partition(" ")
        found = [m for m in got["meetings"] if m["uid"] == story.uids[uid] and (not start or same(story, m["start"], start))]
        if not found and "absent" in verdicts.split("|"):
            continue
        if len(found) != 1 or found[0]["verdict"] not in verdicts.split("|"):
            yield f"meeting {name}: expected {value}, got {[(m['verdict'], m.get('deal'), m.get('reason')) for m in found]}"
        elif deal:
            yield from differs(f"deal of meeting {name}", deal, found[0]["deal"])


def same(story: Story, one: str, other: str) -> bool:
    return story.moment(one) == story.moment(other)


def holding(story: Story, got: Document, mail: str) -> list[dict[str, Any]]:
    return [t for t in got["threads"] if story.ids[mail] in t["messages"]]


def threads(story: Story, got: Document, want: Mapping[str, str]) -> Iterator[str]:
    for mail, value in want.items():
        answers = [t["deal"] if t["status"] == "matched" else t["status"] for t in holding(story, got, mail)]
        if len(answers) != 1 or answers[0] not in str(value).split("|"):
            yield f"thread of {mail}: expected {value}, got {answers}"
        elif holding(story, got, mail)[0]["status"] == "matched" and not holding(story, got, mail)[0]["evidence"]:
            yield f"thread of {mail}: matched without evidence"


def together(story: Story, got: Document, want: list[list[str]]) -> Iterator[str]:
    for group in want:
        found = holding(story, got, group[0])
        if len(found) != 1 or not {story.ids[m] for m in group} <= set(found[0]["messages"]):
            yield f"together {group}: got {[t['messages'] for t in found]}"


def apart(story: Story, got: Document, want: list[list[str]]) -> Iterator[str]:
    for group in want:
        ids = {story.ids[m] for m in group}
        yield from (f"apart {group}: are one thread" for t in got["threads"] if len(ids & set(t["messages"])) > 1)


def candidates(story: Story, got: Document, want: Mapping[str, list[str]]) -> Iterator[str]:
    for mail, deals in want.items():
        yield from differs(f"candidates of {mail}", [sorted(deals)], [sorted(t.get("candidates", [])) for t in holding(story, got, mail)])


def cards(story: Story, got: Document, want: Mapping[str, str]) -> Iterator[str]:
    """Exactly these."""
    kinds = {c["deal"]: c["kind"] for c in got["cards"]}
    if len(kinds) != len(got["cards"]):
        yield f"more than one card of a deal: {[c['key'] for c in got['cards']]}"
    for deal in sorted(set(want) | set(kinds)):
        if kinds.get(deal) not in str(want.get(deal)).split("|"):
            yield f"card of {deal}: expected {want.get(deal)}, got {kinds.get(deal)}"


def no_card(story: Story, got: Document, want: list[str]) -> Iterator[str]:
    yield from (f"card of {c['deal']}: expected none, got {c['kind']}" for c in got["cards"] if c["deal"] in want)


def per_deal(field: str, rows: str = "deals", key: str = "id") -> Callable[[Document, str], Any]:
    return lambda got, deal: next((row.get(field) for row in got[rows] if row[key] == deal), f"no {deal} in {rows}")


def contains(field: str, rows: str = "deals", key: str = "id") -> Callable[[Story, Document, Any], Iterator[str]]:
    read = per_deal(field, rows, key)

    def check(story: Story, got: Document, want: Mapping[str, list[str]]) -> Iterator[str]:
        for deal, kinds in want.items():
            yield from (f"{field} of {deal}: lacks {k}, got {read(got, deal)}" for k in kinds if k not in read(got, deal))

    return check


def not_findings(story: Story, got: Document, want: Mapping[str, list[str]]) -> Iterator[str]:
    for deal, kinds in want.items():
        yield from (f"findings of {deal}: has {k}" for k in kinds if k in per_deal("findings")(got, deal))


def rung(story: Story, got: Document, want: Mapping[str, str]) -> Iterator[str]:
    for deal, value in want.items():
        if per_deal("rung")(got, deal) not in str(value).split("|"):
            yield f"rung of {deal}: expected {value}, got {per_deal('rung')(got, deal)}"


def muted(story: Story, got: Document, want: Mapping[str, Any]) -> Iterator[str]:
    for deal, day in want.items():
        yield from differs(f"muted until, {deal}", str(day) if day else None, per_deal("muted_until")(got, deal))


def notices(story: Story, got: Document, want: Mapping[str, str]) -> Iterator[str]:
    present = {(n["deal"], n["kind"]) for n in got["notices"]}
    yield from (f"no notice {kind} of {deal}: {sorted(map(str, present))}" for deal, kind in want.items() if (deal, kind) not in present)


def no_notice(story: Story, got: Document, want: Mapping[str, str]) -> Iterator[str]:
    present = {(n["deal"], n["kind"]) for n in got["notices"]}
    yield from (f"a notice {kind} of {deal}" for deal, kind in want.items() if (deal, kind) in present)


def quarantined(story: Story, got: Document, want: int | list[str]) -> Iterator[str]:
    """These, by file name or UID, and no others; or how many."""
    items = [str(q["item"]) for q in got["quarantined"]]
    known = want if isinstance(want, int) else len(want)
    if len(items) != known or (isinstance(want, list) and any(not any(name in item for item in items) for name in want)):
        yield f"quarantined: expected {want}, got {items}"


def sources(story: Story, got: Document, want: Mapping[str, str]) -> Iterator[str]:
    for section, status in want.items():
        yield from differs(f"source {section}", [status], sorted({s["status"] for s in got["sources"] if s["section"] == section}))


def language(story: Story, got: Document, want: Mapping[str, str]) -> Iterator[str]:
    for deal, code in want.items():
        draft = per_deal("draft", "cards", "deal")(got, deal)
        yield from differs(f"language of {deal}", code, draft["language"] if isinstance(draft, dict) else draft)


def drafts(story: Story, got: Document, want: Mapping[str, Any]) -> Iterator[str]:
    for deal, expected in want.items():
        draft = per_deal("draft", "cards", "deal")(got, deal)
        found = one_draft(story, draft, expected) if isinstance(draft, dict) else iter([str(draft)])
        yield from (f"draft of {deal}: {fault}" for fault in found)


def one_draft(story: Story, draft: Document, want: Mapping[str, Any]) -> Iterator[str]:
    for field in ("to", "cc"):
        if field in want:
            yield from differs(field, sorted(a.lower() for a in want[field]), sorted(draft[field]))
    if "reply_to" in want:
        yield from differs("in_reply_to", story.ids[want["reply_to"]] if want["reply_to"] else None, draft["in_reply_to"])
    if "times" in want:
        yield from differs("number of times", want["times"], len(draft["times"]))
    text = f"{draft['subject']}\n{draft['body']}"
    yield from (f"lacks {p!r}: {text!r}" for p in want.get("has", []) if not re.search(p, text, re.IGNORECASE))
    yield from (f"has {p!r}: {text!r}" for p in want.get("lacks", []) if re.search(p, text, re.IGNORECASE))


def always(card: Document) -> Iterator[str]:
    """What every draft keeps, whether a story names it or not."""
    draft = card["draft"]
    for name, pattern in (("phrase", PHRASES), ("placeholder", OPEN_PLACEHOLDER)):
        if match := pattern.search(draft["body"]):
            yield f"{name} {match[0]!r}"
    if "?" not in draft["body"]:
        yield "asks nothing"
    if len(draft["body"].split()) > 165:
        yield f"{len(draft['body'].split())} words"
    if not draft["to"] or not card["evidence"]:
        yield "no recipient or no evidence"
    if len({*draft["to"], *draft["cc"]}) != len([*draft["to"], *draft["cc"]]):
        yield "somebody twice"
    if len({datetime.fromisoformat(t["start"]).date() for t in draft["times"]}) != len(draft["times"]):
        yield "two times on one day"


CHECKS: Mapping[str, Callable[[Story, Document, Any], Iterator[str]]] = {
    "meetings": meetings,
    "threads": threads,
    "together": together,
    "apart": apart,
    "candidates": candidates,
    "cards": cards,
    "no_card": no_card,
    "also": contains("also", "cards", "deal"),
    "findings": contains("findings"),
    "not_findings": not_findings,
    "rung": rung,
    "muted": muted,
    "notices": notices,
    "no_notice": no_notice,
    "quarantined": quarantined,
    "sources": sources,
    "language": language,
    "drafts": drafts,
}
