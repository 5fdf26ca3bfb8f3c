"""Free wording in the languages beside English: each line of `wordings/` is one sentence or mail and what it does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agent.model import WorkingTime
from agent.think.language import read
from agent.think.language.acts import Act

BERLIN = ZoneInfo("Europe/Berlin")
SENT = datetime(2026, 1, 20, 10, tzinfo=BERLIN)


def lines() -> Iterator[tuple[str, str, str]]:
    for path in sorted((Path(__file__).parent / "wordings").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                text, _, acts = line.partition(" => ")
                yield path.stem, text, acts


def shown(act: Act) -> str:
    days = " ".join(
        (f"{when.at:%Y-%m-%dT%H:%M}" if when.at else when.day.isoformat()) + ("!" if when.same_day else "") for when in act.when
    )
    hour = f" @{act.clock:%H:%M}" if act.clock else ""
    return f"{act.kind} {days}".strip() + hour + (" [co]" if act.company else "")


@pytest.mark.parametrize(("language", "text", "acts"), list(lines()))
def test_free_wording_is_understood(language: str, text: str, acts: str) -> None:
    reading = read(text.replace("\\n", "\n"), SENT, WorkingTime(BERLIN))
    assert (reading.language, "; ".join(map(shown, reading.acts))) == (language, acts)
