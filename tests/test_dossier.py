"""Whose deal it is."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from agent.facts import people
from agent.model import Address, Deal, Rep, WorkingTime
from agent.think.dossier import is_own, owner


def address(email: str) -> Address:
    found = people.address(email)
    assert found
    return found


REP = Rep("Zoë Reyes", address("dana@northwind.example"), (address("Z.Reyes@northwind.example"),), WorkingTime(ZoneInfo("UTC")))


def deal(name: str) -> Deal:
    return Deal("D-1", "Rollout", "Demo", owner=name)


@pytest.mark.parametrize("name", ["", "dana@northwind.example", "z.reyes@northwind.example", "zoe reyes", "reyes, zoë", "dana", "z.reyes"])
def test_a_deal_is_the_reps_by_address_name_or_the_part_before_the_at(name: str) -> None:
    assert is_own(deal(name), REP)


@pytest.mark.parametrize("name", ["max power", "dana@elsewhere.example", "zoe", "power, zoë"])
def test_another_name_is_somebody_elses(name: str) -> None:
    assert not is_own(deal(name), REP)


@pytest.mark.parametrize(("name", "shown"), [("max power", "Max Power"), ("max@northwind.example", "max@northwind.example")])
def test_whose_deal_it_is_reads_as_a_name(name: str, shown: str) -> None:
    assert owner(deal(name)) == shown
