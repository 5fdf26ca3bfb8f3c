"""What is asked of the outside in one round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from agent.ports import Batch, Bodies, Cursor, Source


@dataclass(frozen=True, slots=True)
class Feed:
    """One configured source. `reads` gives the bodies, for mail. `settings` is a digest of its configuration: a source that
    was configured anew begins anew."""

    section: str
    kind: str
    source: Source[object]
    reads: Bodies | None = None
    settings: str = ""


def batches(feed: Feed, cursor: Cursor | None = None) -> Iterator[Batch[object]]:
    """All that is new since `cursor`, page by page."""
    while True:
        batch = feed.source.pull(cursor)
        yield batch
        cursor = batch.cursor
        if not batch.more:
            return
