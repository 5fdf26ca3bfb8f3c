"""Conclusions as rows of their tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from agent.model import Rules
from agent.think import gatherings, ladder
from agent.think.case import Case
from agent.think.clock import Clock
from agent.think.dossier import Dossier
from agent.think.meetings import Judged
from agent.think.think import Conclusions


def meetings(judged: Iterable[Judged]) -> dict[tuple[str, datetime], dict[str, Any]]:
    """By key and start. Of a private one neither title nor people."""
    return {(j.event.key, j.event.start): _meeting(j) for j in judged}


def _meeting(judged: Judged) -> dict[str, Any]:
    event = judged.event
    return {
        "key": event.key,
        "start": event.start,
        "end": event.end,
        "uid": event.uid,
        "title": "(private)" if event.private else event.title,
        "all_day": event.all_day,
        "deal": judged.deal,
        "verdict": judged.verdict,
        "reason": judged.reason,
        "candidates": list(judged.candidates),
        "people": [] if event.private else [who.email for who in gatherings.persons(event)],
        "next_uid": judged.next.uid if judged.next else None,
        "next_start": judged.next.start if judged.next else None,
    }


def state(dossier: Dossier, found: Conclusions, rules: Rules, now: datetime) -> dict[str, Any]:
    case = Case(dossier, rules, Clock(now))
    coming = ladder.next_event(case)
    times = [x.at for x in case.contacts if x.at <= now] + [e.end for e in case.held]
    return {
        "deal": found.deal,
        "rung": found.rung,
        "why": found.why,
        "muted_until": found.muted_until.isoformat() if found.muted_until else None,
        "findings": [_finding(f.kind, f.due, [asdict(e) for e in f.evidence]) for f in found.findings],
        "held": blind(dossier),
        "last_contact": max(times, default=None),
        "next_start": coming.start if coming else None,
        "wake_at": found.wake_at,
        "thought_at": now,
    }


def blind(dossier: Dossier) -> bool:
    """Nothing is concluded from absence."""
    return dossier.clouded or not (dossier.mail_fresh and dossier.calendar_fresh)


def _finding(kind: str, due: datetime, evidence: list[dict[str, Any]]) -> dict[str, Any]:
    return {"kind": kind, "due": due.isoformat(timespec="seconds").replace("+00:00", "Z"), "evidence": evidence}
