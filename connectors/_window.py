"""How far back a source reads, as a cursor holds it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

SLACK = timedelta(days=2)  # a clock that is set right by hours is no reason to read all again


def begins(since: datetime | None) -> str:
    """RFC 3339; "" without a beginning."""
    return since.astimezone(UTC).isoformat() if since else ""


def wider(since: datetime | None, known: str) -> bool:
    """Whether what begins at `since` holds more than what began at `known`, as `begins` wrote it."""
    return known != "" and (since is None or since <= datetime.fromisoformat(known) - SLACK)
