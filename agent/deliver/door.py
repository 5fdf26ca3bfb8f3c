"""The outbox, as the courier asks it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from agent.errors import OnwardError, Unsure
from agent.ports import Handle, Outbox, Placed

T = TypeVar("T")


class Door:
    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._seen: dict[Handle, Placed | OnwardError] = {}  # by the last glance, each good for one answer

    def glance(self, handles: Sequence[Handle]) -> None:
        """At all of them at once, for a look may cost a connection. Where one is the trouble, each is asked about alone."""
        self._seen = {}
        try:
            self._seen |= zip(handles, self._outbox.look(handles), strict=True) if handles else ()
        except OnwardError as fault:
            self._seen |= dict.fromkeys(handles, fault)
        except Exception:  # noqa: BLE001 -- whatever it is, the look at that one meets it again, and says so
            self._seen = {}

    def look(self, handle: Handle) -> Placed:
        found = self._seen.pop(handle, None) or self.asked(lambda outbox: outbox.look([handle])[0])
        if isinstance(found, OnwardError):
            raise found
        return found

    def asked(self, call: Callable[[Outbox], T]) -> T:
        """What the outbox raises that it should not leaves everything open."""
        try:
            return call(self._outbox)
        except OnwardError:
            raise
        except Exception as fault:
            raise Unsure(f"The outbox failed in a way that was not foreseen ({type(fault).__name__}).") from fault
