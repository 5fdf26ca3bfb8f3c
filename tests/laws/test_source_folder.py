"""Whatever happens to a folder, and whenever it is looked at: the fold of the batches is what is there."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from agent.errors import NeedsHuman
from tests.contracts.source import Held, news
from tests.needs import often
from tests.rigs import folder as rigs

NUMBER = st.integers(0, 1000)


class Machine(RuleBasedStateMachine):
    """The model is the rig itself, and whether something was there when the source was last looked at."""

    kind: type[rigs.FolderRig]

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        self.rig = self.kind(Path(self.folder))
        self.held = Held(self.rig, self.rig.source())
        self.had = False
        self.dead = False

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def some(self, number: int) -> str:
        marks = self.rig.marks()
        return marks[number % len(marks)]

    def alive(self) -> bool:
        return not self.dead

    def stocked(self) -> bool:
        return self.alive() and bool(self.rig.items)

    @precondition(alive)
    @rule()
    def add(self) -> None:
        self.rig.add()

    @precondition(stocked)
    @rule(number=NUMBER)
    def change(self, number: int) -> None:
        self.rig.change(self.some(number))

    @precondition(stocked)
    @rule(number=NUMBER)
    def corrupt(self, number: int) -> None:
        self.rig.corrupt(self.some(number))

    @precondition(stocked)
    @rule(number=NUMBER)
    def repair(self, number: int) -> None:
        self.rig.repair(self.some(number))

    @precondition(stocked)
    @rule(number=NUMBER)
    def remove(self, number: int) -> None:
        self.rig.remove(self.some(number))

    @precondition(stocked)
    @rule(number=NUMBER, flags=st.sampled_from(["", "S", "RS", "FRS"]))
    def see(self, number: int, flags: str) -> None:
        if isinstance(self.rig, rigs.Maildir):
            self.rig.see(self.some(number), flags)

    @precondition(alive)
    @rule()
    def kill(self) -> None:
        self.rig.kill()
        self.dead = True

    @precondition(lambda self: self.dead)
    @rule()
    def restore(self) -> None:
        self.rig.restore()
        self.dead = False

    @rule()
    def restart(self) -> None:
        self.held.source = self.rig.source()

    @precondition(lambda self: self.held.cursor is not None)
    @rule()
    def expire(self) -> None:
        self.held.cursor = "expired"
        self.had = True  # for all that the source knows

    @rule()
    def pull(self) -> None:
        if self.dead:
            with pytest.raises(NeedsHuman):
                self.held.pull()
            return
        before = self.held.marks
        suspect = any(batch.suspect for batch in self.held.pull())
        assert suspect == (self.had and not self.rig.items)
        assert self.held.marks == (before if suspect else sorted(self.rig.there()))
        if not suspect:
            self.had = bool(self.rig.items)
            assert len(self.held.quarantined) == sum(not good for _, good in self.rig.items.values())
        assert news(self.held.pull()) == 0


@pytest.mark.parametrize("kind", rigs.ALL, ids=lambda kind: kind.__name__)
def test_fold_of_batches_is_what_is_there(kind: type[rigs.FolderRig]) -> None:
    machine = type(kind.__name__, (Machine,), {"kind": kind})
    run_state_machine_as_test(machine, settings=settings(max_examples=often(25, 250), stateful_step_count=25, deadline=None))
