"""What every connector of a port is held to, unchanged. A test file subclasses a contract and gives it a rig."""

import pytest

pytest.register_assert_rewrite("tests.contracts.source", "tests.contracts.bodies", "tests.contracts.outbox")
