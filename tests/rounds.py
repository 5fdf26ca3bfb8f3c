"""A rep's folder with its store beside it, and what the two say: the stored rounds against one in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from agent import settings, wiring
from agent.cycle import Cycle, Feed, Round, round_once
from agent.cycle import rules as judged
from agent.life import OPEN
from agent.settings import Settings
from agent.store import Store, schema
from agent.think.detect import kinds


@dataclass
class Home:
    """`path` is the rep's `onward.yaml`."""

    path: Path
    store: Store

    def __post_init__(self) -> None:
        self.settings: Settings = settings.load(self.path)
        self.restart()

    def restart(self) -> None:
        at = datetime.fromisoformat("2026-03-05T20:00:00+00:00")
        drafter, template = wiring.drafter(self.settings, at), wiring.template(self.settings, at)
        self.cycle = Cycle(self.store, self.feeds, self.settings.rules, drafter, template)

    def feeds(self, now: datetime) -> Sequence[Feed]:
        return [Feed(n.section, n.kind, n.source, n.source if n.section == "mail" else None) for n in wiring.sources(self.settings, now)]

    def in_memory(self, now: datetime) -> Round:
        with self.store.read() as connection:
            rules = judged.of(connection, self.settings.rules)
        template = wiring.template(self.settings, now)
        return round_once(self.feeds(now), rules, template, template, now)

    def rows(self, table: Any) -> list[dict[str, Any]]:
        with self.store.read() as connection:
            return [dict(row._mapping) for row in connection.execute(select(table))]

    # ------------------------------------------------------------------------------------------------------ compared

    def stored_view(self) -> dict[str, Any]:
        threads = {
            r["id"]: (r["status"], r["deal"], tuple(r["candidates"]), r["by"], sorted(r["evidence"])) for r in self.rows(schema.thread)
        }
        meetings = {
            (r["key"], r["start"]): (r["verdict"], r["reason"], r["deal"], tuple(r["candidates"]), r["next_uid"], r["next_start"])
            for r in self.rows(schema.meeting)
        }
        deals = {
            r["deal"]: (r["rung"], r["why"], r["muted_until"], [_finding(f) for f in r["findings"]]) for r in self.rows(schema.deal_state)
        }
        return {"threads": threads, "meetings": meetings, "deals": deals}

    def fresh_view(self, now: datetime) -> dict[str, Any]:
        done = self.in_memory(now)
        threads: dict[str, Any] = {}
        for thread, match in done.survey.threads:
            if thread.id not in threads or not threads[thread.id][2]:
                threads[thread.id] = (match.status, match.deal, match.candidates, match.by, sorted(match.evidence))
        meetings = {
            (j.event.key, j.event.start): (
                j.verdict, j.reason, j.deal, j.candidates, j.next.uid if j.next else None, j.next.start if j.next else None,
            )
            for j in done.verdicts
        }  # fmt: skip
        deals = {
            name: (
                c.rung, c.why, c.muted_until.isoformat() if c.muted_until else None,
                [(f.kind, f.due, tuple((e.source, e.says) for e in f.evidence)) for f in c.findings],
            )
            for name, c in done.conclusions.items()
        }  # fmt: skip
        return {"threads": threads, "meetings": meetings, "deals": deals}

    def open_cards(self) -> dict[str, str]:
        """Key by deal."""
        found: dict[str, str] = {}
        for row in self.rows(schema.card):
            if row["state"] in OPEN:
                assert row["deal"] not in found, "two open cards of one deal"
                found[row["deal"]] = row["key"]
        return found


def card_faults(home: Home, now: datetime) -> list[str]:
    """Where no card was closed the one that is wanted is open; else one of what was found, or none. Where nothing is concluded from
    absence, one round finds no card that stands on it, but one that was there stays."""
    done = home.in_memory(now)
    wanted = {card.deal: card.key for card in done.cards}
    found = {name: {f"{f.kind}:{name}:{f.anchor}" for f in c.findings} for name, c in done.conclusions.items()}
    closed = {row["deal"] for row in home.rows(schema.card) if row["state"] not in OPEN}
    held = {row["deal"] for row in home.rows(schema.deal_state) if row["held"]}
    opened = home.open_cards()
    stays = {name for name, key in opened.items() if name in held and name not in wanted and kinds()[key.partition(":")[0]].FROM_ABSENCE}
    return [
        f"card of {name}: open {opened.get(name)}, wanted {wanted.get(name)}"
        for name in sorted((opened.keys() | wanted.keys()) - stays)
        if (opened.get(name) not in {None, *found.get(name, ())} if name in closed else opened.get(name) != wanted.get(name))
    ]


def _finding(found: dict[str, Any]) -> tuple[Any, ...]:
    return found["kind"], datetime.fromisoformat(found["due"]), tuple((e["source"], e["says"]) for e in found["evidence"])


def differences(stored: dict[str, Any], fresh: dict[str, Any]) -> list[str]:
    return [
        f"{group} {key}: stored {stored[group].get(key)}, fresh {fresh[group].get(key)}"
        for group in fresh
        for key in sorted(stored[group].keys() | fresh[group].keys(), key=str)
        if stored[group].get(key) != fresh[group].get(key)
    ]


def fingerprint(store: Store) -> dict[str, list[Any]]:
    """Everything that is stored."""
    with store.read() as connection:
        return {t.name: sorted(map(repr, connection.execute(select(t)))) for t in schema.metadata.sorted_tables}
