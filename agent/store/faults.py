"""What the database says, in the words of `agent.errors`. What is a fault of ours (a violated constraint, a wrong
statement) stays what it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agent.errors import NeedsHuman, OnwardError, Unavailable

_DAMAGED = "put a backup in its place, or move it away and a new one is begun; nothing of it was deleted or changed"
_BUSY = "is busy: another process has been writing to it for long"

# Primary result codes: sqlite.org/rescode.html
_SQLITE: dict[int, Callable[[str], OnwardError]] = {
    3: lambda at: NeedsHuman(f"{at} may not be opened", "give yourself the right to read and write it"),
    5: lambda at: Unavailable(f"{at} {_BUSY}", 30),
    6: lambda at: Unavailable(f"{at} {_BUSY}", 30),
    8: lambda at: NeedsHuman(f"{at} can only be read", "make it and its folder writable"),
    10: lambda at: NeedsHuman(f"{at} could not be read or written", "check the disk: its room, its health, whether it is still there"),
    11: lambda at: NeedsHuman(f"{at} is damaged", _DAMAGED),
    13: lambda at: NeedsHuman(f"there is no room left on the disk of {at}", "make room; what was kept before is still there"),
    14: lambda at: NeedsHuman(f"{at} cannot be opened", "check that its folder exists and is yours"),
    26: lambda at: NeedsHuman(f"{at} is not a database", _DAMAGED),
}

# SQLSTATE, the longest beginning that fits: postgresql.org/docs/current/errcodes-appendix.html
_POSTGRES: dict[str, Callable[[str], OnwardError]] = {
    "08": lambda at: Unavailable(f"{at} does not answer"),
    "25006": lambda at: NeedsHuman(f"{at} can only be read", "name the primary server, not a standby"),
    "28": lambda at: NeedsHuman(f"{at} refuses the user or the password", "check PGPASSWORD, ~/.pgpass or the secret of the settings"),
    "3D000": lambda at: NeedsHuman(f"{at} does not exist", "create the database"),
    "40": lambda at: Unavailable(f"{at} {_BUSY}", 30),
    "42501": lambda at: NeedsHuman(f"{at} does not let its user work there", "make the user the owner of the database"),
    "53100": lambda at: NeedsHuman(f"there is no room left on the disk of {at}", "make room; what was kept before is still there"),
    "53": lambda at: Unavailable(f"{at} has no room for one more connection", 30),
    "55P03": lambda at: Unavailable(f"{at} {_BUSY}", 30),
    "57P": lambda at: Unavailable(f"{at} does not answer"),
    "58": lambda at: NeedsHuman(f"{at} could not be read or written", "check the disk of the server"),
    "XX001": lambda at: NeedsHuman(f"{at} is damaged", "put a backup in its place; nothing of it was deleted or changed"),
    "XX002": lambda at: NeedsHuman(f"{at} is damaged", "put a backup in its place; nothing of it was deleted or changed"),
}


def sqlite(fault: BaseException, place: str) -> OnwardError | None:
    made = _SQLITE.get(getattr(fault, "sqlite_errorcode", 0) & 0xFF)
    return made(f"the store {place}") if made else None


def postgres(fault: Any, place: str, lost: bool) -> OnwardError | None:
    """`lost`: there is no connection, or no longer; libpq says why without a SQLSTATE."""
    state = getattr(fault, "sqlstate", None) or ""
    known = max((begin for begin in _POSTGRES if state.startswith(begin)), key=len, default="")
    if known:
        return _POSTGRES[known](f"the database {place}")
    return Unavailable(f"the database {place} does not answer: {_line(fault)}") if lost and not state else None


def hush(*found: Any) -> None:
    """Takes out of a fault of ours what the server quotes of the row: `DETAIL: Key (key)=(…) already exists`."""
    for fault in found:
        lines = [line for text in getattr(fault, "args", ()) for line in str(text).splitlines()]
        fault.args = tuple(lines[:1])


def _line(fault: BaseException) -> str:
    """The server's own sentence: `connection failed: connection to server at …: FATAL: …` names users and hosts, never a password."""
    lines = [line.strip() for line in str(fault).splitlines() if line.strip()]
    return lines[0] if lines else type(fault).__name__
