"""The law of rounds: whatever comes, goes and is said, in any order, with rounds and restarts in between, what is stored is what one
round over the same folder at the same moment concludes; and a round that finds nothing new writes nothing."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlalchemy import func, select

from agent.store import Store, schema
from tests.laws.histories import History, tellable, told
from tests.needs import often
from tests.rounds import Home, card_faults, differences, fingerprint

STEPS = 12


def any_two(seed: int) -> tuple[int, tuple[str, ...]]:
    return seed, tuple(path.stem for path in random.Random(seed).sample(tellable(), 2))


@pytest.mark.parametrize(
    ("seed", "names"),
    [
        (2, ("contacts-of-several-accounts", "answers-of-the-rep-are-final")),
        (14, ("automatic-mail-joins-what-it-answers", "references-are-exact")),
        (35, ("a-stranger-in-the-thread-decides-nothing", "en-out-of-office-until-when")),
        (207, ("quarantined-items-hold-their-deals", "one-mail-twice-and-two-mails-under-one-id")),
        *map(any_two, range(100, 100 + often(0, 40))),
    ],
)
def test_rounds_from_change_to_change_conclude_what_one_round_over_everything_does(
    seed: int, names: tuple[str, ...], store: Store, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    history = History(tmp_path / "rep", told(*names), chance)
    home = Home(history.folder / "onward.yaml", store)
    rounds = 0
    for number in range(STEPS):
        history.step(home)
        if number % 3 == 2:
            home.cycle.round(history.now)
            if all(row["status"] == "ok" for row in home.rows(schema.source)):
                rounds += 1
                assert differences(home.stored_view(), home.fresh_view(history.now)) == []
                assert card_faults(home, history.now) == []
            before = fingerprint(store)
            assert not home.cycle.round(history.now).wrote
            assert fingerprint(store) == before
    assert rounds
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(schema.dirty)).scalar() == 0
