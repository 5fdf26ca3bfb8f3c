"""What `scan --json` says of meetings: fields that scripts rely on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from agent import settings
from agent.cli import scan
from tests.builders import Story

DEALS = [
    {
        "id": "D1",
        "name": "Vans",
        "stage": "Demo",
        "account": {"name": "Acme", "domains": ["acme.example"]},
        "contacts": [{"email": "pat@acme.example"}],
    },
    {
        "id": "D2",
        "name": "Cars",
        "stage": "Demo",
        "account": {"name": "Bolt", "domains": ["bolt.example"]},
        "contacts": [{"email": "sam@bolt.example"}],
    },
    {
        "id": "D3",
        "name": "Bikes",
        "stage": "Demo",
        "account": {"name": "Bolt", "domains": ["bolt.example"]},
        "contacts": [{"email": "sam@bolt.example"}],
    },
]


def scanned(folder: Path, *events: dict[str, Any]) -> dict[str, Any]:
    story = Story({"now": "2026-03-05T15:00", "deals": DEALS, "events": list(events)})
    return dict(scan.document(settings.load(story.write(folder)), story.now))


def test_an_ambiguous_meeting_names_its_candidates(tmp_path: Path) -> None:
    (found,) = scanned(tmp_path, {"uid": "m", "start": "2026-03-04T10:00", "attendees": ["sam@bolt.example"]})["meetings"]
    assert (found["verdict"], found["deal"], found["candidates"]) == ("ignored:ambiguous", None, ["D2", "D3"])


def test_a_booked_meeting_names_the_next_one(tmp_path: Path) -> None:
    """A private one by its time alone."""
    after = {"uid": "n", "title": "Dinner", "start": "2026-03-20T20:00", "class": "private", "attendees": ["pat@acme.example"]}
    document = scanned(tmp_path, {"uid": "m", "title": "Demo", "start": "2026-03-04T10:00", "attendees": ["pat@acme.example"]}, after)
    first, second = document["meetings"]
    assert first["next"] == {"uid": "n@cal.example", "start": "2026-03-21T00:00:00Z"}
    assert second["next"] is None
    assert "Dinner" not in str(document)


def test_an_instance_keeps_its_first_time_as_its_name(tmp_path: Path) -> None:
    moved = [{"instance": "2026-03-04T10:00", "start": "2026-03-05T09:00"}]
    series = {
        "uid": "m",
        "start": "2026-03-04T10:00",
        "repeat": "FREQ=DAILY;COUNT=1",
        "overrides": moved,
        "attendees": ["pat@acme.example"],
    }
    document = scanned(tmp_path, series)
    (found,), (card,) = document["meetings"], document["cards"]
    assert (found["uid"], found["start"], found["instance"]) == ("m@cal.example", "2026-03-05T14:00:00Z", "2026-03-04T15:00:00Z")
    assert card["key"] == "no_next_step:D1:m@cal.example/2026-03-04T15:00:00Z"
    assert card["due"] == "2026-03-05T18:00:00Z"


def test_an_all_day_entry_runs_from_midnight_to_midnight_of_the_rep(tmp_path: Path) -> None:
    (found,) = scanned(tmp_path, {"uid": "m", "start": "2026-03-08", "all_day": True, "attendees": ["pat@acme.example"]})["meetings"]
    assert (found["start"], found["end"], found["all_day"]) == ("2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", True)  # the clocks change
