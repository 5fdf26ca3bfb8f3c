"""The outbox, as the courier asks it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from agent.errors import OnwardError, Unsure
from agent.ports import Handle, Outbox, Placed

T = TypeVar("T")
TOGETHER = 20  # drafts that are looked at at once: what is told of them is not to be old, nor to take long


class Door:
    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._expected: Sequence[Handle] = ()
        self._seen: dict[Handle, Placed | OnwardError] = {}  # each good for one answer

    def expect(self, handles: Sequence[Handle]) -> None:
        """They will be looked at in this order."""
        self._expected, self._seen = handles, {}

    def look(self, handle: Handle) -> Placed:
        if handle in self._expected:
            self._glance(self._expected.index(handle))
        found = self._seen.pop(handle, None) or self.asked(lambda outbox: outbox.look([handle])[0])
        if isinstance(found, OnwardError):
            raise found
        return found

    def _glance(self, first: int) -> None:
        """Also at those that come next, for a look may cost a connection. What the outbox says against it stands for them all;
        where it fails otherwise each is asked about alone."""
        some, self._expected = self._expected[first : first + TOGETHER], self._expected[first + TOGETHER :]
        try:
            self._seen = dict(zip(some, self._outbox.look(some), strict=True))
        except OnwardError as fault:
            self._seen = dict.fromkeys(some, fault)
        except Exception:  # noqa: BLE001 -- whatever it is, the look at that one meets it again, and says so
            self._seen = {}

    def asked(self, call: Callable[[Outbox], T]) -> T:
        """What the outbox raises that it should not leaves everything open."""
        try:
            return call(self._outbox)
        except OnwardError:
            raise
        except Exception as fault:
            raise Unsure(f"The outbox failed in a way that was not foreseen ({type(fault).__name__}).") from fault
