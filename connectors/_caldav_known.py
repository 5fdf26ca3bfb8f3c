"""What is known of each calendar, as a cursor holds it."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from agent.ports import Cursor


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of a collection: a series or single event. `tag` is its ETag, or a digest (`#…`) where there is none. `ids` are
    those of its components, none if it was not fetched; `bad` are quarantined."""

    tag: str
    ids: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """One calendar; resources by path."""

    token: str = ""
    resources: dict[str, Resource] = field(default_factory=dict)


@dataclass
class Known:
    """`day` is when all was last compared."""

    day: str
    collections: dict[str, Collection] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(len(one.ids) + len(one.bad) for one in self._resources())

    def without(self, now: Known) -> list[str]:
        """Ids of components and quarantined items that are there no more."""
        before_good, before_bad = self._names()
        good, bad = now._names()
        return sorted((before_good - good) | (before_bad - bad))

    def _resources(self) -> Iterator[Resource]:
        for collection in self.collections.values():
            yield from collection.resources.values()

    def _names(self) -> tuple[set[str], set[str]]:
        return {name for one in self._resources() for name in one.ids}, {name for one in self._resources() for name in one.bad}

    def cursor(self) -> Cursor:
        held = {name: asdict(collection) for name, collection in self.collections.items()}
        text = json.dumps([self.day, held], separators=(",", ":"), sort_keys=True)
        return "caldav.1." + b64encode(zlib.compress(text.encode(), 6)).decode()

    @staticmethod
    def read(cursor: Cursor | None) -> Known | None:
        name, _, text = (cursor or "").partition(".1.")
        if name != "caldav":
            return None
        try:
            day, held = json.loads(zlib.decompress(b64decode(text, validate=True)))
            return Known(day, {name: _collection(each) for name, each in held.items()})
        except (ValueError, TypeError, KeyError, AttributeError, zlib.error):
            return None


def _collection(held: dict[str, Any]) -> Collection:
    resources = {path: Resource(one["tag"], tuple(one["ids"]), tuple(one["bad"])) for path, one in held["resources"].items()}
    return Collection(held["token"], resources)
