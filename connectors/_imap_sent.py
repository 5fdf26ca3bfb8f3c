"""Sent mail on an IMAP server: what a search finds is there, what it does not find may be there as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from connectors._imap_box import Box, Entry, Heads
from connectors._outbox_mark import Mark


@dataclass
class Sent:
    """The folder as it is now. `heads` outlives it: of what was read before only what came since is asked for, once."""

    box: Box
    heads: Heads
    _recent: Sequence[Entry] | None = field(default=None, repr=False)

    def of(self, mark: Mark) -> list[Entry]:
        return self.box.searched(mark) or self.box.entries([entry.uid for entry in self.recent if entry.head.is_(mark)])

    def perhaps(self, mark: Mark) -> list[Entry]:
        """What a client may have made of it that keeps no header by which it is known."""
        return self.box.entries([entry.uid for entry in self.recent if entry.head.may_be(mark)])

    @property
    def recent(self) -> Sequence[Entry]:
        if self._recent is None:
            self._recent = self.box.recent_by(self.heads)
        return self._recent
