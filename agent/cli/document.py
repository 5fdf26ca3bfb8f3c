"""A round as the JSON document that scripts read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from agent.cycle import Round
from agent.model import Card, Deal, Draft, SourceState
from agent.think.match import Match
from agent.think.meetings import Judged
from agent.think.think import Conclusions
from agent.think.thread import Thread

THREADS = timedelta(days=120)  # threads with a message in this time are listed


def moment(when: datetime | None) -> str | None:
    """RFC 3339, UTC."""
    if when is None:
        return None
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def document(done: Round) -> dict[str, Any]:
    return {
        "now": moment(done.now),
        "sources": [_source(s) for s in done.facts.states],
        "meetings": [_meeting(j) for j in done.verdicts],
        "threads": [_thread(t, m) for t, m in done.survey.threads if t.latest >= done.now - THREADS],
        "deals": [_deal(done.survey.dossiers[c.deal].deal, c) for c in done.conclusions.values()],
        "cards": [_card(c) for c in done.cards],
        "notices": [{"kind": n.kind, "deal": n.deal, "says": n.says} for n in done.notices],
        "quarantined": [{"source": q.source, "item": q.item, "why": q.why} for q in done.facts.quarantined],
        "warnings": list(done.facts.warnings),
    }


def _source(state: SourceState) -> dict[str, Any]:
    return {
        "section": state.section,
        "kind": state.kind,
        "fresh_as_of": moment(state.fresh_as_of),
        "status": state.status,
        "items": state.items,
        "quarantined": state.quarantined,
    } | ({"says": state.says} if state.says else {})


def _deal(deal: Deal, concluded: Conclusions) -> dict[str, Any]:
    return {
        "id": deal.id,
        "name": deal.name,
        "stage": deal.stage,
        "status": deal.status,
        "amount": deal.amount,
        "currency": deal.currency or None,
        "close_date": str(deal.close_date) if deal.close_date else None,
        "rung": concluded.rung,
        "why": concluded.why,
        "muted_until": str(concluded.muted_until) if concluded.muted_until else None,
        "findings": [f.kind for f in concluded.findings],
        "wake_at": moment(concluded.wake_at),
    }


def _meeting(judged: Judged) -> dict[str, Any]:
    event = judged.event
    found: dict[str, Any] = {
        "uid": event.uid,
        "start": moment(event.start),
        "end": moment(event.end),
        "title": "(private)" if event.private else event.title,
        "deal": judged.deal,
        "verdict": judged.verdict,
        "reason": judged.reason,
        "next": {"uid": judged.next.uid, "start": moment(judged.next.start)} if judged.next else None,
    }
    if judged.candidates:
        found["candidates"] = list(judged.candidates)
    if event.all_day:
        found["all_day"] = True
    if event.instance:
        found["instance"] = event.instance
    return found


def _thread(thread: Thread, match: Match) -> dict[str, Any]:
    return {
        "id": thread.id,
        "messages": [m.message_id for m in thread.messages],
        "subject": thread.subject,
        "status": match.status,
        "deal": match.deal,
        "candidates": list(match.candidates),
        "confidence": match.confidence,
        "evidence": list(match.evidence),
    }


def _card(card: Card) -> dict[str, Any]:
    found: dict[str, Any] = {
        "key": card.key,
        "kind": card.kind,
        "deal": card.deal,
        "meeting": card.meeting,
        "thread": card.thread,
        "due": moment(card.due),
        "also": list(card.also),
        "evidence": [{"source": e.source, "says": e.says} for e in card.evidence],
        "draft": _draft(card.draft) if card.draft else None,
    }
    if card.warnings:
        found["warnings"] = list(card.warnings)
    if card.waiting:
        found["waiting"] = True
    return found


def _draft(draft: Draft) -> dict[str, Any]:
    return {
        "to": [a.email for a in draft.to],
        "cc": [a.email for a in draft.cc],
        "subject": draft.subject,
        "in_reply_to": draft.in_reply_to,
        "body": draft.body,
        "language": draft.language,
        "times": [{"start": moment(s.start), "end": moment(s.end)} for s in draft.times],
        "ask": draft.ask,
        "backup": draft.backup,
        "written_by": draft.written_by,
        "todo": list(draft.todo),
        "left_out": [[a.email, why] for a, why in draft.left_out],
    }
