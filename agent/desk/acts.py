"""Every act of the rep. Each is one transaction: the state by `agent.life`, the words, and a row of the audit trail.

Every act takes the draft version that the rep was looking at: another one raises `Changed`, and nothing happens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from agent.errors import OnwardError
from agent.model import Rules
from agent.store import Store


class Changed(OnwardError):
    """The card is not what the rep was looking at any more; `version` is the current one."""

    def __init__(self, says: str, version: int) -> None:
        super().__init__(says)
        self.version = version


@dataclass(frozen=True, slots=True)
class Terms:
    """How approved mail leaves: `mode` by the setting `deliver`, `undo` between nothing and a minute; with `within_hours`
    only in the rep's working hours."""

    mode: Literal["send", "draft"]
    undo: timedelta = timedelta(seconds=10)
    within_hours: bool = False


Premise = Callable[[str, datetime], str]  # card key, now → "" while it stands, else the sentence why it fell


@dataclass(frozen=True)
class Desk:
    store: Store
    rules: Rules
    terms: Terms
    premise: Premise

    def approve(self, key: str, version: int, now: datetime) -> str:
        """The approval's id. It binds to the exact message. If the premise fell, the card is withdrawn and `Changed` is raised."""
        raise NotImplementedError

    def undo(self, key: str, now: datetime) -> None:
        """Takes the last act back: an approval before it leaves, a dismissal, a handled or misplaced card."""
        raise NotImplementedError

    def edit(self, key: str, version: int, now: datetime, *, subject: str, body: str, to: Sequence[str], cc: Sequence[str]) -> int:
        """The new version. Raises `Rejected` with what is wrong with the text or an address."""
        raise NotImplementedError

    def snooze(self, key: str, version: int, until: datetime, now: datetime) -> None:
        raise NotImplementedError

    def dismiss(self, key: str, version: int, why: str, now: datetime, *, teach: bool = False) -> None:
        """No follow-up is needed; with `teach` this kind is not asked again about this thread, series or deal, until revoked."""
        raise NotImplementedError

    def handle(self, key: str, version: int, now: datetime) -> None:
        """Already done elsewhere."""
        raise NotImplementedError

    def misplace(self, key: str, version: int, deal: str | None, now: datetime) -> None:
        """Wrong deal: what the card is about is `deal`'s, or nobody's."""
        raise NotImplementedError

    def answer(self, now: datetime, *, deal: str | None, thread: str = "", series: str = "", person: str = "", account: str = "") -> int:
        """Which deal? The answer's id. It sticks, and the past is matched anew in the next round."""
        raise NotImplementedError

    def silence(self, address: str, why: str, now: datetime) -> None:
        """Do not contact: at once, whatever was approved."""
        raise NotImplementedError

    def revoke(self, what: Literal["answer", "silence", "lesson"], name: str, now: datetime) -> None:
        raise NotImplementedError

    def settle(self, key: str, sent: bool, now: datetime) -> None:
        """A held mail: the rep says whether it left."""
        raise NotImplementedError

    def pause(self, until: datetime | None, now: datetime) -> None:
        """Nothing leaves and no card opens until then (None: for good); `resume` ends it."""
        raise NotImplementedError

    def resume(self, now: datetime) -> None:
        raise NotImplementedError
