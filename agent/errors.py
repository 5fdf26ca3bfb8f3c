"""Faults, named by what must happen next. One place (`agent.cli.main`) turns them into a sentence on stderr."""

from __future__ import annotations


class OnwardError(Exception):
    """A foreseeable fault; its text is one sentence that a rep can act on, without secrets or mail content."""

    @property
    def told(self) -> str:
        return str(self)


class Unavailable(OnwardError):
    """The other side does not answer now; the cursor stays, the round goes on without it and asks again."""

    def __init__(self, text: str, retry_after: float | None = None) -> None:
        """`retry_after` is in seconds."""
        super().__init__(text)
        self.retry_after = retry_after


class NeedsHuman(OnwardError):
    """Only a person can mend this (revoked access, a path that is gone); `hint` says how."""

    def __init__(self, text: str, hint: str = "") -> None:
        super().__init__(text)
        self.hint = hint

    @property
    def told(self) -> str:
        """What is wrong and what to do, in a sentence."""
        return f"{self}; {self.hint}" if self.hint else str(self)


class Unsure(OnwardError):
    """It cannot be told whether the effect took place; never to be repeated blindly."""


class Rejected(OnwardError):
    """The other side refused for good; repeating it unchanged is pointless."""


class Misconfigured(OnwardError):
    """The configuration cannot be used; `problems` holds every one of them as `file:line: sentence`."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
