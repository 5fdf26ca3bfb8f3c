"""What the sources say that can hardly be meant, of all that is stored."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, select

from agent.cycle import kept
from agent.model import Event, Rep, Rules
from agent.store import schema
from agent.think import doubts
from agent.think.directory import Directory


class Doubts:
    """Remembers what it has seen of the calendars until one of them changes."""

    def __init__(self) -> None:
        self._seen: tuple[Any, int, Collection[frozenset[str]]] = (None, 0, ())

    def of(self, connection: Connection, directory: Directory, settings: Rules) -> list[str]:
        s = schema.source.c
        places = [tuple(row) for row in connection.execute(select(s.id, s.cursor).where(s.section == "calendar").order_by(s.id))]
        if self._seen[0] != (places, settings.rep):
            self._seen = ((places, settings.rep), *_bare(connection, settings.rep))
        _, count, titles = self._seen
        return [*doubts.unknown(directory.deals, settings), *doubts.guestless(count, titles, directory.deals)]


def _bare(connection: Connection, rep: Rep) -> tuple[int, Collection[frozenset[str]]]:
    found = doubts.bare(_events(connection), rep)
    return len(found), doubts.called(found)


def _events(connection: Connection) -> Iterator[Event]:
    for data in connection.execute(select(schema.component.c.data).execution_options(yield_per=1000)).scalars():
        with suppress(ValueError, TypeError):  # another version stored it
            yield kept.loads(data).event
