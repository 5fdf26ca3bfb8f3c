"""Nouns to JSON and back, by their type hints: what is stored of a dataclass is its fields in order.

Times keep their offset, not their zone: a noun holds what was said, and a zone belongs to the settings.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache, partial
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

T = TypeVar("T")
Turn = Callable[[Any], Any]

_PLAIN = frozenset({str, int, float, bool, NoneType})  # JSON has them
_MICROSECOND = timedelta(microseconds=1)


def dumps(noun: object) -> str:
    """One noun as JSON text; equal nouns give equal text."""
    return _JSON.encode(encode(noun))


def loads(kind: type[T], text: str) -> T:
    """Raises `ValueError` or `TypeError` for text of another shape: stored by another version."""
    turn: Turn = _decoder(cast(Hashable, kind))
    found: T = turn(json.loads(text))
    return found


def part(kind: type[Any], name: str, text: str) -> Any:
    """One field alone, which must be one without a default; raises as `loads` does. Where there are many and little is asked of each."""
    place, turn = _field(cast(Hashable, kind), name)
    return turn(_list(json.loads(text))[place])


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def encode(value: Any) -> Any:
    """What JSON can hold."""
    return value if value.__class__ in _PLAIN else _encoder(value.__class__)(value)


# ----------------------------------------------------------------------------------------------------------- writing


@cache
def _encoder(kind: type[Any]) -> Turn:
    if is_dataclass(kind):
        names = [f.name for f in fields(kind) if f.init]
        taken = attrgetter(*names)
        return (lambda noun: _each(taken(noun))) if len(names) > 1 else lambda noun: [encode(getattr(noun, name)) for name in names]
    return next((turn for known, turn in _WRITTEN if issubclass(kind, known)), _each)


def _each(values: Any) -> list[Any]:
    return [v if v.__class__ in _PLAIN else _encoder(v.__class__)(v) for v in values]


_WRITTEN: tuple[tuple[Any, Turn], ...] = (
    (str | int | float, lambda value: value),
    (bytes, lambda value: base64.b64encode(value).decode()),
    (date | time, lambda value: value.isoformat()),
    (timedelta, lambda value: value // _MICROSECOND),
    (tzinfo, str),
    (Mapping, lambda value: sorted([encode(k), encode(v)] for k, v in value.items())),
    (frozenset | set, lambda value: sorted(_each(value))),
)

# ----------------------------------------------------------------------------------------------------------- reading


@cache
def _field(kind: Any, name: str) -> tuple[int, Turn]:
    return [f.name for f in fields(kind) if f.init].index(name), _decoder(get_type_hints(kind)[name])


@cache
def _decoder(kind: Any) -> Turn:
    origin, inner = get_origin(kind), get_args(kind)
    if kind in _READ:
        return _READ[kind]
    if is_dataclass(kind) and isinstance(kind, type):
        return _record(kind)
    if origin is Literal:
        return partial(_one_of, frozenset(inner))
    if origin in (Union, UnionType):
        return _optional(_decoder(next(a for a in inner if a is not NoneType)))
    if origin is tuple and inner[-1] is not Ellipsis:
        return _pair(tuple(_decoder(a) for a in inner))
    if origin in (tuple, frozenset):
        return _many(origin, _decoder(inner[0]))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(_decoder(inner[0]), _decoder(inner[1]))
    raise TypeError(f"{kind} cannot be stored")


def _of(kinds: frozenset[type[Any]], value: Any) -> Any:
    if value.__class__ not in kinds:
        raise TypeError(f"a {value.__class__.__name__} stands where another kind of value belongs")
    return value


def _one_of(words: frozenset[Any], value: Any) -> Any:
    if value not in words:
        raise ValueError(f"none of {sorted(map(str, words))}")
    return value


_AS_IS: Mapping[Any, frozenset[type[Any]]] = {
    str: frozenset({str}),
    bool: frozenset({bool}),
    int: frozenset({int}),
    float: frozenset({int, float}),
}
_READ: Mapping[Any, Turn] = {
    **{kind: partial(_of, kinds) for kind, kinds in _AS_IS.items()},
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    time: time.fromisoformat,
    bytes: partial(base64.b64decode, validate=True),
    timedelta: lambda n: timedelta(microseconds=n),
    ZoneInfo: ZoneInfo,
    Any: lambda value: value,
}


def _record(kind: type[Any]) -> Turn:
    hints = get_type_hints(kind)
    each = [hints[f.name] for f in fields(kind) if f.init]
    most = len(each)
    plain = [(place, _AS_IS[hint]) for place, hint in enumerate(each) if hint in _AS_IS]
    turned = [(place, _decoder(hint)) for place, hint in enumerate(each) if hint not in _AS_IS]

    def made(value: Any) -> Any:
        if value.__class__ is not list or len(value) > most:
            raise ValueError(f"what is stored is no {kind.__name__} of this version")
        short = len(value)
        for place, kinds in plain:
            if place < short and value[place].__class__ not in kinds:
                raise TypeError(f"what is stored is no {kind.__name__} of this version")
        for place, turn in turned:
            if place < short:
                value[place] = turn(value[place])
        return kind(*value)

    return made


def _optional(turn: Turn) -> Turn:
    return lambda value: None if value is None else turn(value)


def _pair(turns: tuple[Turn, ...]) -> Turn:
    return lambda value: tuple([turn(v) for turn, v in zip(turns, _list(value), strict=True)])


def _many(shape: Any, turn: Turn) -> Turn:
    return lambda value: shape([turn(v) for v in _list(value)]) if value else shape(_list(value))


def _mapping(key: Turn, turn: Turn) -> Turn:
    return lambda value: {key(k): turn(v) for k, v in _list(value)}


def _list(value: Any) -> Any:
    if value.__class__ is not list:
        raise TypeError("a single value stands where several belong")
    return value
