"""The log: one line per event, of ids and counts and never of text, names or addresses."""

from __future__ import annotations

import logging
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import structlog

if TYPE_CHECKING:
    from structlog.typing import EventDict

log: Any = structlog.get_logger()


def configure(stream: TextIO, *, human: bool) -> None:
    """JSON lines, or for a person at a terminal short ones. Libraries are heard from `warning` on."""
    last = _plain if human else structlog.processors.JSONRenderer()
    stamp = structlog.processors.TimeStamper(fmt="%H:%M:%S" if human else "iso", utc=not human, key="at")
    structlog.configure(
        processors=[structlog.processors.add_log_level, stamp, last],
        logger_factory=lambda *_: _Lines(stream),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers[:] = [_Libraries(logging.WARNING)]
    root.setLevel(logging.WARNING)


def where(error: BaseException) -> dict[str, str]:
    """What may be said of a fault that nobody foresaw: its text may hold mail, so its type and place."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return {"fault": type(error).__name__, "place": place}


def _plain(_logger: Any, _method: str, event: EventDict) -> str:
    """`16:02:11 round ended cards=3 seconds=0.4`."""
    head = f"{event.pop('at')} {event.pop('event')}"
    level = event.pop("level")
    words = [head if level == "info" else f"{head} ({level})", *(f"{name}={value}" for name, value in event.items())]
    return " ".join(words)


class _Lines:
    """A log that cannot be written (a closed terminal, a full disk) is no reason to stop."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def msg(self, line: str) -> None:
        with suppress(OSError, ValueError):
            self._stream.write(f"{line}\n")
            self._stream.flush()

    info = warning = error = msg


class _Libraries(logging.Handler):
    """Of what libraries say, who said it and the kind of fault; of our own modules also the sentence, which keeps to the rule."""

    def emit(self, record: logging.LogRecord) -> None:
        fault = record.exc_info[1] if record.exc_info else None
        says = {"says": record.getMessage()} if record.name.startswith("agent.") else {}
        level = "error" if record.levelno >= logging.ERROR else "warning"
        getattr(log, level)("library", logger=record.name, **says, **(where(fault) if fault else {}))
