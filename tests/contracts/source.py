"""The law of a source: fold the batches and you hold what is there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import pytest

from agent.errors import OnwardError
from agent.model import Quarantined
from agent.ports import Batch, Cursor, Source


class Rig(Protocol):
    """A source that a test can change behind the connector's back. Each item bears a mark that is seen on both sides."""

    fault: type[OnwardError]  # what a killed source raises
    place: str  # and what its sentence must name

    def source(self) -> Source[Any]:
        """A new connector object, as after a restart."""

    def add(self) -> str: ...
    def change(self, mark: str) -> str:
        """The same item with another mark, which is returned."""

    def remove(self, mark: str) -> None: ...
    def corrupt(self, mark: str) -> None:
        """Turns the item into one that cannot be read."""

    def repair(self, mark: str) -> None: ...
    def empty(self) -> None:
        """All items go at once; the source itself stays."""

    def kill(self) -> None: ...
    def restore(self) -> None: ...
    def there(self) -> set[str]:
        """The marks of all readable items."""

    def mark(self, item: Any) -> str: ...
    def id(self, item: Any) -> str: ...
    def noun(self, item: Any) -> object:
        """What of the item is of `agent.model`."""

    def state(self) -> object:
        """All that a reader could have changed at the source: names, bytes, times, flags."""

    def watch(self) -> AbstractContextManager[Collection[str]]:
        """What of the items' content is read meanwhile."""


@dataclass
class Held:
    """What a store holds: batches folded in the order that `Batch` says."""

    rig: Rig
    source: Source[Any]
    cursor: Cursor | None = None
    items: dict[str, Any] = field(default_factory=dict)
    quarantined: dict[str, Quarantined] = field(default_factory=dict)

    def fold(self, batch: Batch[Any]) -> None:
        if batch.suspect:
            return
        if batch.reset:
            self.items.clear()
            self.quarantined.clear()
        for name in batch.removed:
            self.items.pop(name, None)
            self.quarantined.pop(name, None)
        for item in batch.items:
            self.items[self.rig.id(item)] = item
            self.quarantined.pop(self.rig.id(item), None)
        for bad in batch.quarantined:
            self.quarantined[bad.item] = bad

    def pull(self) -> list[Batch[Any]]:
        batches = []
        while True:
            batch = self.source.pull(self.cursor)
            self.fold(batch)
            self.cursor = batch.cursor
            batches.append(batch)
            if not batch.more:
                return batches

    @property
    def marks(self) -> list[str]:
        return sorted(self.rig.mark(item) for item in self.items.values())


def news(batches: list[Batch[Any]]) -> int:
    return sum(len(batch.items) + len(batch.removed) + len(batch.quarantined) + batch.reset for batch in batches)


def moments(value: Any) -> Iterator[datetime]:
    if isinstance(value, datetime):
        yield value
    for name in getattr(value, "__dataclass_fields__", ()):
        yield from moments(getattr(value, name))


class SourceContract:
    """Subclasses give the fixture `rig`."""

    @pytest.fixture
    def held(self, rig: Rig) -> Held:
        """Three items, pulled."""
        for _ in range(3):
            rig.add()
        held = Held(rig, rig.source())
        held.pull()
        return held

    def test_the_first_pull_gives_the_whole_window(self, rig: Rig, held: Held) -> None:
        assert held.marks == sorted(rig.there())
        assert len(held.marks) == 3

    def test_a_source_without_items_is_no_fault(self, rig: Rig) -> None:
        held = Held(rig, rig.source())
        assert not any(batch.suspect for batch in held.pull())
        assert held.marks == []
        assert not any(batch.suspect for batch in held.pull())

    def test_nothing_new_gives_nothing(self, held: Held) -> None:
        assert news(held.pull()) == 0

    def test_nothing_new_reads_no_item(self, rig: Rig, held: Held) -> None:
        held.source = rig.source()
        with rig.watch() as read:
            held.pull()
        assert not read

    def test_a_cursor_outlives_the_object_that_gave_it(self, rig: Rig, held: Held) -> None:
        held.source = rig.source()
        assert news(held.pull()) == 0
        rig.add()
        held.pull()
        assert held.marks == sorted(rig.there())

    def test_what_is_added_appears_once(self, rig: Rig, held: Held) -> None:
        rig.add()
        held.pull()
        assert held.marks == sorted(rig.there())
        assert news(held.pull()) == 0

    def test_a_change_appears_once(self, rig: Rig, held: Held) -> None:
        changed = rig.change(held.marks[1])
        held.pull()
        assert changed in held.marks
        assert held.marks == sorted(rig.there())
        assert news(held.pull()) == 0

    def test_a_removal_appears_as_removed_or_in_a_reset(self, rig: Rig, held: Held) -> None:
        rig.remove(held.marks[1])
        held.pull()
        assert held.marks == sorted(rig.there())
        assert len(held.marks) == 2
        assert news(held.pull()) == 0

    @pytest.mark.parametrize("damage", ["", "bogus", "AAAA", "head", "tail", "page.1", "calendar.1.00.7", "é\0"])
    def test_a_cursor_that_is_no_use_gives_everything_as_a_reset(self, rig: Rig, held: Held, damage: str) -> None:
        cursor = held.cursor or ""
        held.cursor = {"head": cursor[: len(cursor) // 2], "tail": cursor[3:]}.get(damage, damage)
        rig.remove(held.marks[0])
        rig.add()
        held.source = rig.source()
        assert held.pull()[0].reset
        assert held.marks == sorted(rig.there())

    def test_beginning_anew_gives_everything(self, rig: Rig, held: Held) -> None:
        anew = Held(rig, held.source)
        anew.pull()
        assert anew.marks == held.marks

    def test_ids_are_stable_and_each_its_own(self, rig: Rig, held: Held) -> None:
        rig.add()
        anew = Held(rig, rig.source())
        anew.pull()
        assert len(anew.items) == 4
        assert held.items.keys() < anew.items.keys()
        assert all(name.isprintable() for name in anew.items)

    def test_times_are_aware(self, held: Held) -> None:
        assert all(moment.utcoffset() is not None for item in held.items.values() for moment in moments(held.rig.noun(item)))

    def test_pulling_changes_nothing_at_the_source(self, rig: Rig, held: Held) -> None:
        rig.corrupt(held.marks[0])
        before = rig.state()
        held.pull()
        Held(rig, rig.source()).pull()
        assert rig.state() == before

    def test_a_bad_item_is_quarantined_with_a_reason_and_the_rest_arrives(self, rig: Rig, held: Held) -> None:
        bad = held.marks[1]
        rig.corrupt(bad)
        held.pull()
        assert held.marks == sorted(rig.there())
        assert bad not in held.marks
        assert [bool(found.why) for found in held.quarantined.values()] == [True]
        assert news(held.pull()) == 0

    def test_a_quarantine_ends_when_the_item_can_be_read_again(self, rig: Rig, held: Held) -> None:
        bad = held.marks[1]
        rig.corrupt(bad)
        held.pull()
        rig.repair(bad)
        held.pull()
        assert bad in held.marks
        assert held.marks == sorted(rig.there())
        assert held.quarantined == {}

    def test_a_quarantine_ends_when_the_item_is_gone(self, rig: Rig, held: Held) -> None:
        bad = held.marks[1]
        rig.corrupt(bad)
        held.pull()
        rig.remove(bad)
        held.pull()
        assert held.marks == sorted(rig.there())
        assert held.quarantined == {}

    def test_a_source_that_is_gone_says_what_to_do_and_leaves_the_cursor_usable(self, rig: Rig, held: Held) -> None:
        rig.kill()
        with pytest.raises(rig.fault, match=rig.place):
            held.pull()
        late = Held(rig, rig.source())
        with pytest.raises(rig.fault):
            late.pull()
        rig.restore()
        late.pull()
        assert late.marks == held.marks
        assert news(held.pull()) == 0
        rig.add()
        held.pull()
        assert held.marks == sorted(rig.there())

    def test_sudden_emptiness_is_suspicious_and_nothing_is_folded(self, rig: Rig, held: Held) -> None:
        rig.empty()
        for source in (held.source, rig.source()):
            held.source = source
            assert [batch.suspect for batch in held.pull()] == [True]
            assert len(held.marks) == 3

    def test_sudden_emptiness_is_suspicious_also_with_an_expired_cursor(self, rig: Rig, held: Held) -> None:
        rig.empty()
        held.cursor = "expired"
        assert [batch.suspect for batch in held.pull()] == [True]

    def test_what_comes_back_after_emptiness_is_folded(self, rig: Rig, held: Held) -> None:
        rig.empty()
        held.pull()
        rig.add()
        assert not any(batch.suspect for batch in held.pull())
        assert held.marks == sorted(rig.there())
        assert len(held.marks) == 1

    def test_a_person_can_begin_anew_with_an_empty_source(self, rig: Rig, held: Held) -> None:
        rig.empty()
        held.pull()
        held.cursor = None
        assert [(batch.suspect, batch.reset) for batch in held.pull()] == [(False, True)]
        assert held.marks == []
        assert news(held.pull()) == 0
