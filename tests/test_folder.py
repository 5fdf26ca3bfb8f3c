"""The folder connector: the contracts, and what only files have."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.bodies import BodiesContract
from tests.contracts.source import SourceContract
from tests.rigs import folder as rigs


class TestSource(SourceContract):
    @pytest.fixture(params=rigs.ALL, ids=lambda rig: rig.__name__)
    def rig(self, request: pytest.FixtureRequest, tmp_path: Path) -> rigs.FolderRig:
        return request.param(tmp_path)


class TestBodies(BodiesContract):
    @pytest.fixture(params=rigs.MAIL, ids=lambda rig: rig.__name__)
    def rig(self, request: pytest.FixtureRequest, tmp_path: Path) -> rigs.FolderRig:
        return request.param(tmp_path)
