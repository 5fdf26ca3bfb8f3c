"""Writes `config/demo`, the sample rep: `python -m tools.sample_rep [FOLDER]`.

Cast, scenes and prose are the YAML files beside this one; the same seed gives the same bytes.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tests.builders import Story, load
from tools.sample_rep import backdrop, scenes
from tools.sample_rep.write import seeded

HERE = Path(__file__).parent
SEED = 20260312
NOW = "2026-03-12T16:00:00-04:00"
HEADER = f"# The sample rep of `onward demo`, written by `python -m tools.sample_rep`. Its now is {NOW}, a Thursday.\n"
REP = {
    "name": "Maya Lindqvist",
    "email": "maya@larkfield.example",
    "timezone": "America/New_York",
    "working_hours": "mon-fri 09:00-17:30",
    "holidays": "US",
    "signature": "Maya",
}
BROKEN = """From: Scanner <scanner@larkfield.example>, Owen Draycott <owen@draycott.example>
To: maya@larkfield.example
Subject: Scan 0047
Date: Wed, 11 Mar 2026 15:12:00 -0400

One page, from the desk of Owen Draycott.
"""


def story() -> Story:
    cast, prose = load(HERE / "cast.yaml"), load(HERE / "backdrop.yaml")
    events = list(all_events(cast, prose))
    mail: list[dict[str, Any]] = []
    dice = seeded(SEED)
    for deal in cast:
        mail += scene(deal, dice)
        mail += backdrop.history(deal, prose, dice) if deal.get("history", True) else []
    mail += [*backdrop.machines(prose, dice), *backdrop.internal(cast, prose, dice), *backdrop.strangers(prose, dice)]
    mail += [answer for entry in events if "repeat" not in entry for answer in scenes.replies(entry)]
    ordered = sorted(mail, key=lambda m: (m["date"], m["id"]))
    return Story({
        "now": NOW, "rep": REP, "deals": list(map(scenes.record, cast)), "events": events, "mail": [filed(m) for m in ordered],
        "raw_mail": {"Inbox/scan-0047.eml": BROKEN},
        "config": {
            "mail": [{"kind": "folder", "path": "mail"}, {"kind": "folder", "path": "outbox/sent"}],  # what was sent is mail too
            "company": {"domains": ["larkfield.example"]}, "ignore": {"titles": ["*lunch*"]}, "deliver": "send",
        },
        "files": {"now.txt": NOW + "\n"},
    })  # fmt: skip


def all_events(cast: list[dict[str, Any]], prose: dict[str, Any]) -> Iterator[dict[str, Any]]:
    dice = seeded(SEED + 1)
    for deal in cast:
        yield from (scenes.event(m, scenes.people(deal)) for m in deal.get("meetings", []))
        if deal.get("history", True):
            yield from backdrop.earlier_meetings(deal, dice)
    yield from (scenes.event(e, {}) for e in prose["events"])


def scene(deal: dict[str, Any], dice: Random) -> Iterator[dict[str, Any]]:
    for number, plan in enumerate(deal.get("threads", [])):
        yield from scenes.thread(f"{deal['id'].lower()}-s{number + 1}", plan, scenes.people(deal), dice)


def filed(mail: dict[str, Any]) -> dict[str, Any]:
    """In the folder where a tidy rep has it."""
    recent = datetime.fromisoformat(mail["date"]) > scenes.NOW - timedelta(days=30)
    own = "../outbox/sent" if "maya@larkfield" in mail["from"] else "Inbox" if recent else "Archive"
    return {"folder": own} | mail


def write(folder: Path) -> None:
    for name, content in story().files():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(HEADER.encode() + content if name == "onward.yaml" else content)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent.parent / "config" / "demo"
    shutil.rmtree(target, ignore_errors=True)
    write(target)
