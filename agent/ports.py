"""What we ask of the outside: five ports, and no more. Each has one contract suite under `tests/contracts`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Literal, Protocol, TypeVar
from zoneinfo import ZoneInfo

from agent.model import Body, Brief, Mail, Quarantined, Rep, Text

T_co = TypeVar("T_co", covariant=True)
Cursor = str  # opaque to all but the source that made it


@dataclass(frozen=True, slots=True)
class Batch(Generic[T_co]):
    """What changed at a source. The law: fold the batches and you hold what is there.

    `items` are new or changed; `removed` are ids that are gone; with `reset` the items are all there is and everything
    held before is dropped; with `more` another pull with `cursor` goes on at once. `quarantined` is held like items, by
    its `item`, until that id comes in `items` or `removed`. Folded in this order: reset, removed, items, quarantined.

    `suspect`: the source is there but suddenly empty. Nothing is folded, what is held is stale, and the cursor is the old
    one: it says so again until something is there or a person begins anew with `pull(None)`.

    `durable`: the cursor of a page that more follow outlives the source's object too, so what has arrived need not be read again.
    """

    items: Sequence[T_co]
    cursor: Cursor
    removed: Sequence[str] = ()
    reset: bool = False
    more: bool = False
    quarantined: Sequence[Quarantined] = ()
    warnings: Sequence[str] = ()
    suspect: bool = False
    durable: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What every connector is told beside its own settings."""

    rep: Rep
    now: datetime
    since: datetime | None = None  # mail sent before is left out; None: all of it
    shared: bool = False  # this section's calendar is marked `shared: true`

    @property
    def zone(self) -> ZoneInfo:
        return self.rep.working.zone


class Source(Protocol[T_co]):
    """Mail headers, events or deals.

    `pull(None)` begins the whole window; an expired or foreign cursor gives `reset` with everything. Pulling changes
    nothing at the source. Raises `Unavailable` (asked again later) or `NeedsHuman` (with the sentence to act on).
    """

    def pull(self, since: Cursor | None) -> Batch[T_co]: ...


class Bodies(Protocol):
    """Texts of mail that a deal claims, and of no other. A body that cannot be read comes back empty."""

    def read(self, ids: Sequence[str]) -> Iterable[Body]: ...


class Drafter(Protocol):
    """Words only; never recipients, links or times. What it writes passes `lint` or the template takes over."""

    def write(self, brief: Brief) -> Text: ...


class Probed(Protocol):
    """What a source may offer beside: whether it can be read now, at little cost. Says what is there, and raises like `pull`.
    An outbox is told whether it is to send (`sending=`), and then sees whether it could."""

    def probe(self) -> str: ...


class Diary(Protocol):
    """The rep's own calendar, as far as anything is written there."""

    def book(self, event: bytes) -> None:
        """Puts an iCalendar object with one event there. One with its UID that is there already stays as it is, but for its time
        where that has a smaller SEQUENCE: so it may be called again however it ended. Raises `Unavailable` (asked again later),
        `NeedsHuman` and `Rejected`."""


Handle = str  # what an outbox calls a mail that was put; opaque to all but the outbox that made it


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a mail that was put is now. `gone` is no proof that it was not sent, nor `gone` once that it was deleted: a draft that
    is saved anew is gone for a moment, and a copy in Sent may come later. `elsewhere`: it was put in another outbox.

    `edited`: its words are not those that were put. `anew`: the draft was, or may have been, saved once more, so it is no proof that
    the mail was not sent; any other draft is. `receipt` is what the outbox calls the sent mail.
    """

    state: Literal["draft", "sent", "gone", "elsewhere"]
    edited: bool = False
    receipt: str = ""
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of a sent mail: never empty."""

    id: str


class Outbox(Protocol):
    """The rep's Drafts, and sending from there.

    `put` lays a mail in Drafts: the same mail gives the same handle, and the same key never a second draft, however often it is
    called; other bytes under the same key replace the draft as long as it is one. Their handle may be another one: an approval has
    one key and one mail, so only that of the last mail is asked about. `look` tells what became of each, in their order and in one
    connection, also after a restart, and changes nothing. `send` sends exactly the bytes that were put, or raises; a mail that was
    sent already gives its receipt and is not sent again. `withdraw` takes a draft away, and says whether it is certain that it was
    not sent.

    All raise `Unavailable` when nothing has happened and it may be tried again, `Rejected` when nothing has happened and
    trying again is pointless, `NeedsHuman` when a person must act first, and `Unsure` when it cannot be told.
    """

    def put(self, mail: Mail) -> Handle: ...

    def look(self, handles: Sequence[Handle]) -> Sequence[Placed]: ...

    def send(self, handle: Handle) -> Receipt: ...

    def withdraw(self, handle: Handle) -> bool: ...
