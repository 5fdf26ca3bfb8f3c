"""Nouns to JSON and back, by their type hints: what is stored of a dataclass is its fields in order.

Times keep their offset, not their zone: a noun holds what was said, and a zone belongs to the settings.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Turn = Callable[[Any], Any]


def dumps(noun: object) -> str:
    """One noun as JSON text; equal nouns give equal text."""
    return json.dumps(encode(noun), ensure_ascii=False, separators=(",", ":"))


def loads(kind: type[T], text: str) -> T:
    """Raises `ValueError` or `TypeError` for text of another shape: stored by another version."""
    turn: Turn = _decoder(cast(Hashable, kind))
    found: T = turn(json.loads(text))
    return found


def encode(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return [encode(getattr(value, f.name)) for f in fields(value) if f.init]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value / timedelta(microseconds=1)
    if isinstance(value, tzinfo):
        return str(value)
    if isinstance(value, Mapping):
        return [[encode(k), encode(v)] for k, v in value.items()]
    if isinstance(value, frozenset | set):
        return sorted(encode(v) for v in value)
    return [encode(v) for v in value]


@cache
def _decoder(kind: Any) -> Turn:
    origin, inner = get_origin(kind), get_args(kind)
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if is_dataclass(kind) and isinstance(kind, type):
        return _record(kind)
    if origin in (Union, UnionType):
        return _optional(_decoder(next(a for a in inner if a is not NoneType)))
    if origin is tuple and inner[-1] is not Ellipsis:
        return _pair(tuple(_decoder(a) for a in inner))
    if origin in (tuple, frozenset):
        return _many(origin, _decoder(inner[0]))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(_decoder(inner[0]), _decoder(inner[1]))
    return _same  # str, int, float, bool, Literal and their aliases


def _same(value: Any) -> Any:
    return value


_SIMPLE: Mapping[Any, Turn] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    time: time.fromisoformat,
    bytes: base64.b64decode,
    timedelta: lambda n: timedelta(microseconds=n),
    Any: _same,
    Literal: _same,
}


def _record(kind: type[Any]) -> Turn:
    hints = get_type_hints(kind)
    turns = tuple(_decoder(hints[f.name]) for f in fields(kind) if f.init)

    def made(value: Any) -> Any:
        if len(value) > len(turns):
            raise ValueError(f"{kind.__name__} has {len(turns)} fields, not {len(value)}")
        return kind(*(turn(v) for turn, v in zip(turns, value, strict=False)))

    return made


def _optional(turn: Turn) -> Turn:
    return lambda value: None if value is None else turn(value)


def _pair(turns: tuple[Turn, ...]) -> Turn:
    return lambda value: tuple(turn(v) for turn, v in zip(turns, value, strict=True))


def _many(shape: Any, turn: Turn) -> Turn:
    return lambda value: shape([turn(v) for v in value])


def _mapping(key: Turn, turn: Turn) -> Turn:
    return lambda value: {key(k): turn(v) for k, v in value}
