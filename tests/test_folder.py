"""The folder connector: the contracts, and what only files have."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.errors import NeedsHuman
from agent.model import Address, Rep, WorkingTime
from agent.ports import Context
from connectors import folder
from tests.contracts.bodies import BodiesContract
from tests.contracts.source import SourceContract
from tests.rigs import folder as rigs


class TestSource(SourceContract):
    @pytest.fixture(params=rigs.ALL, ids=lambda rig: rig.__name__)
    def rig(self, request: pytest.FixtureRequest, tmp_path: Path) -> rigs.FolderRig:
        made: rigs.FolderRig = request.param(tmp_path)
        return made


class TestBodies(BodiesContract):
    @pytest.fixture(params=rigs.MAIL, ids=lambda rig: rig.__name__)
    def rig(self, request: pytest.FixtureRequest, tmp_path: Path) -> rigs.FolderRig:
        made: rigs.FolderRig = request.param(tmp_path)
        return made


def test_calendar_that_ends_in_the_middle_is_a_failed_source_with_its_name(tmp_path: Path) -> None:
    rig = rigs.IcsFolder(tmp_path)
    rig.add()
    source = rig.source()
    cursor = source.pull(None).cursor
    broken = rig.root / "broken.ics"
    broken.write_bytes(rigs.vcalendar(rigs.vevent(7, 1, True))[:-20])
    for since in (None, cursor):
        with pytest.raises(NeedsHuman, match=r"broken\.ics"):
            source.pull(since)
    broken.unlink()
    assert not source.pull(cursor).items


def test_only_files_that_changed_are_read_again(tmp_path: Path) -> None:
    rig = rigs.IcsFolder(tmp_path)
    marks = [rig.add() for _ in range(3)]
    source = rig.source()
    cursor = source.pull(None).cursor
    rig.change(marks[1])
    with rig.watch() as read:
        assert len(source.pull(cursor).items) == 3
    assert len(read) == 1


def test_other_files_in_a_folder_of_calendars_or_deals_are_ignored(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("BEGIN:VCALENDAR")
    (tmp_path / ".hidden.ics").write_text("BEGIN:VCALENDAR")
    assert not folder.Calendar(folder.Settings(tmp_path), rigs.ZONE).pull(None).items
    assert not folder.Deals(folder.Settings(tmp_path)).pull(None).items


def test_deals_of_one_id_in_two_files_are_both_quarantined(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(rigs.yaml(1, 1, True) + rigs.yaml(2, 1, True))
    (tmp_path / "b.csv").write_text("id,name,stage,contacts\nD-1,Other,Demo,Pat Lee <pat@acme.example>\n")
    batch = folder.Deals(folder.Settings(tmp_path)).pull(None)
    assert [deal.id for deal in batch.items] == ["D-2"]
    assert [bad.item for bad in batch.quarantined] == ["D-1", "D-1"]
    assert "pat@acme.example" in batch.quarantined[1].names


def test_deals_that_are_no_yaml_are_a_failed_source_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "deals.yaml").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    with pytest.raises(NeedsHuman, match=r"deals\.yaml"):
        folder.Deals(folder.Settings(tmp_path / "deals.yaml")).pull(None)


def test_the_factories_of_the_sections_take_settings_and_context(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(rigs.letter(1, "one", "x"))
    (tmp_path / "a.ics").write_bytes(rigs.vcalendar(rigs.vevent(1, 1, True)))
    (tmp_path / "a.yaml").write_text(rigs.yaml(1, 1, True))
    me = Address("dana@northwind.example", "dana@northwind.example")
    context = Context(Rep("Dana", me, (), WorkingTime(rigs.ZONE)), datetime(2026, 3, 6, tzinfo=UTC), shared=True)
    settings = folder.Settings(tmp_path)
    assert len(folder.mail(settings, context).pull(None).items) == 1
    assert folder.calendar(settings, context).pull(None).items[0].event.shared
    assert len(folder.deals(settings, context).pull(None).items) == 1
