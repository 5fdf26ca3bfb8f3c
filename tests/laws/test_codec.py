"""Law: what is stored of a noun is the noun."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass, make_dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent import model
from agent.model import Address, Card, Contact, Deal, Draft, Event, Message
from agent.store import codec
from tests.desk import ANA, BEN, DANA, everybody, who
from tests.needs import often

SET = (model.Rep, model.Rules, model.Stage, model.Step, model.WorkingTime)  # what is set is not stored
NOUNS = sorted((kind for kind in vars(model).values() if is_dataclass(kind) and kind not in SET), key=lambda kind: kind.__name__)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
offsets = st.integers(-14 * 60, 14 * 60).map(lambda n: timezone(timedelta(minutes=n)))
moments = st.datetimes(timezones=st.one_of(st.just(UTC), offsets))
st.register_type_strategy(str, words)
st.register_type_strategy(bytes, st.binary(max_size=8))
st.register_type_strategy(datetime, moments)
st.register_type_strategy(timedelta, st.timedeltas(timedelta(days=-40_000), timedelta(days=40_000)))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


@pytest.mark.parametrize("kind", NOUNS, ids=lambda kind: kind.__name__)
@settings(max_examples=often(20, 200), deadline=None)
@given(st.data())
def test_every_noun_comes_back_as_it_was(kind: type[Any], data: st.DataObject) -> None:
    noun = data.draw(st.from_type(kind))
    text = codec.dumps(noun)
    again = codec.loads(kind, text)
    assert again == noun
    assert codec.dumps(again) == text
    for field in fields(kind):
        told, kept = getattr(noun, field.name), getattr(again, field.name)
        assert type(told) is type(kept), field.name
        if isinstance(told, datetime):
            assert told.utcoffset() == kept.utcoffset(), "a sender's offset is part of what was said"


@given(st.dictionaries(st.dates(), words, min_size=2), st.frozensets(words), st.randoms())
def test_equal_nouns_give_equal_text(days: dict[date, str], named: frozenset[str], random: Any) -> None:
    shuffled = list(days.items())
    random.shuffle(shuffled)
    assert codec.dumps([days, named]) == codec.dumps([dict(shuffled), frozenset(sorted(named, reverse=True))])


EVENT = Event("m1", datetime(2026, 3, 5, 15, tzinfo=UTC), datetime(2026, 3, 5, 16, tzinfo=UTC), "Demo", who(ANA))
MESSAGE = Message("i", "<i@x>", who(ANA), everybody(DANA, BEN), (), (), "Hello", EVENT.start, calendars=(("REQUEST", b"x"),))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Address, '["a@b", "a@b", "A", "B"]'),  # one field more
        (Address, '["a@b"]'),  # a field less that has no default
        (Address, '"abc"'),  # no list
        (Address, '{"email": "a@b"}'),
        (Address, "[1, 2, 3]"),
        (Address, "[null, null, null]"),
        (Address, '["a@b", "a@b", ["A"]]'),
        (Address, ""),
        (Address, '["a@b", '),
        (Contact, '["Ana", "ana@acme.example"]'),  # one where several belong
        (Contact, '["Ana", null]'),
        (Contact, '["Ana", {}]'),
        (Contact, '["Ana", [["a@b", "a@b", 1]]]'),
        (Deal, '["D-1", "x", "Demo", "", [], [], "", "paused"]'),  # a word of another version
        (Deal, '["D-1", "x", "Demo", "", [], [], "", "open", "1,000"]'),
        (Deal, '["D-1", "x", "Demo", "", [], [], "", "open", 1, "EUR", "soon"]'),
        (Event, codec.dumps(EVENT).replace("2026-03-05T15", "noon")),
        (Event, codec.dumps(EVENT).replace("false", "0", 1)),
        (Message, codec.dumps(MESSAGE).replace('"eA=="', '"e"')),
        (Message, codec.dumps(MESSAGE).replace('["REQUEST","eA=="]', '["REQUEST"]')),
        (Card, codec.dumps(EVENT)),
        (Draft, codec.dumps(MESSAGE)),
    ],
)
def test_text_of_another_shape_is_refused(kind: type[Any], text: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        codec.loads(kind, text)


def test_what_an_older_version_stored_gets_the_defaults_of_new_fields() -> None:
    older = json.dumps(json.loads(codec.dumps(EVENT))[:5])
    assert codec.loads(Event, older) == EVENT


def test_a_kind_of_field_that_cannot_be_stored_is_refused_before_anything_is_lost() -> None:
    odd = make_dataclass("Odd", [("value", complex)])
    with pytest.raises(TypeError, match="cannot be stored"):
        codec.loads(odd, "[1]")


@dataclass(frozen=True)
class Single:
    at: time


def test_one_field_alone_is_a_list_too() -> None:
    assert codec.loads(Single, codec.dumps(Single(time(9)))) == Single(time(9))


def test_a_mail_is_read_within_forty_microseconds() -> None:
    text, times = codec.dumps(MESSAGE), []
    for _ in range(20):
        began = process_time()
        for _ in range(200):
            codec.loads(Message, text)
        times.append((process_time() - began) / 200)
    assert min(times) < 40e-6
