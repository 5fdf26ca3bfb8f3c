"""Bodies: texts of the mail that is asked for, and of no other."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from typing import Any, Protocol

import pytest

from agent.errors import OnwardError
from agent.model import Body
from agent.ports import Bodies
from tests.contracts.source import Held


class Rig(Protocol):
    """What `contracts.source.Rig` has, of a source of messages, and:"""

    fault: type[OnwardError]
    place: str

    def source(self) -> Any:
        """A new connector object, source and bodies in one."""

    def add(self) -> str: ...
    def remove(self, mark: str) -> None: ...
    def corrupt(self, mark: str) -> None: ...
    def text(self, mark: str) -> str:
        """What its writer wrote."""

    def kill(self) -> None: ...
    def state(self) -> object: ...
    def watch(self) -> AbstractContextManager[Collection[str]]: ...


def bodies(source: Bodies, *names: str) -> list[Body]:
    return list(source.read(names))


class BodiesContract:
    """Subclasses give the fixture `rig`."""

    @pytest.fixture
    def ids(self, rig: Any) -> dict[str, str]:
        """Mark to id of three mails."""
        for _ in range(3):
            rig.add()
        held = Held(rig, rig.source())
        held.pull()
        return {rig.mark(item): name for name, item in held.items.items()}

    def test_a_body_is_what_was_written(self, rig: Rig, ids: dict[str, str]) -> None:
        for mark, name in ids.items():
            (body,) = bodies(rig.source(), name)
            assert (body.id, body.text.strip()) == (name, rig.text(mark))

    def test_each_id_gets_its_body_in_order(self, rig: Rig, ids: dict[str, str]) -> None:
        names = sorted(ids.values(), reverse=True)
        assert [body.id for body in bodies(rig.source(), *names)] == names

    def test_only_what_is_asked_for_is_read(self, rig: Rig, ids: dict[str, str]) -> None:
        source = rig.source()
        bodies(source, *ids.values())
        with rig.watch() as read:
            bodies(source, next(iter(ids.values())))
        assert len(read) == 1

    def test_nothing_asked_is_nothing_read(self, rig: Rig, ids: dict[str, str]) -> None:
        with rig.watch() as read:
            assert bodies(rig.source()) == []
        assert not read

    def test_a_mail_that_is_gone_has_an_empty_body(self, rig: Rig, ids: dict[str, str]) -> None:
        source = rig.source()
        bodies(source, *ids.values())
        mark, name = next(iter(ids.items()))
        rig.remove(mark)
        assert bodies(source, name) == bodies(rig.source(), name) == [Body(name, "")]

    def test_an_id_that_never_was_has_an_empty_body(self, rig: Rig, ids: dict[str, str]) -> None:
        assert bodies(rig.source(), "nowhere") == [Body("nowhere", "")]

    def test_reading_changes_nothing_at_the_source(self, rig: Rig, ids: dict[str, str]) -> None:
        before = rig.state()
        bodies(rig.source(), *ids.values())
        assert rig.state() == before

    def test_a_source_that_is_gone_says_what_to_do(self, rig: Rig, ids: dict[str, str]) -> None:
        source = rig.source()
        rig.kill()
        with pytest.raises(rig.fault, match=rig.place):
            bodies(source, *ids.values())
