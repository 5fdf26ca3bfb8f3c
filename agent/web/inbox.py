"""What the web inbox is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from agent.desk import Desk
from agent.store import Store
from agent.web.changes import Changes


class Health(Protocol):
    """`ok` is all that is told without a session; the page of the same name shows the rest."""

    @property
    def ok(self) -> bool: ...


@dataclass(frozen=True)
class Inbox:
    """What the pages work with. A reloaded configuration is a new one, put in place by `app.state.inbox = …`.

    `check_now` asks for a round early and returns at once; `progress` tells how far the running one is, None between rounds;
    `settings_text` is the configuration with its secrets masked; `command` opens the inbox with a new link.
    """

    desk: Desk
    store: Store
    clock: Callable[[], datetime]
    port: int
    health: Callable[[], Health]
    metrics: Callable[[], bytes]
    check_now: Callable[[], None]
    progress: Callable[[], Any]
    settings_text: Callable[[], str]
    changed: Changes = field(default_factory=Changes)
    command: str = "onward run --open"
