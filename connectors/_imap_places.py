"""Which folders hold drafts and sent mail: by configuration, by what the server says they are for (RFC 6154), by their usual names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.errors import NeedsHuman
from connectors._imap import Account
from connectors._imap_ask import Folder

_USUAL = {
    "drafts": ("drafts", "draft", "entwürfe", "brouillons", "borradores", "concepten"),
    "sent": (
        *("sent", "sent items", "sent messages", "sent mail", "gesendet", "gesendete elemente", "gesendete objekte"),
        *("envoyés", "éléments envoyés", "enviados", "elementos enviados", "verzonden", "verzonden items"),
    ),
}


@dataclass(frozen=True)
class Places:
    """As they are configured; "" leaves it to the server."""

    drafts: str = ""
    sent: str = ""

    def found(self, account: Account, there: Sequence[Folder]) -> tuple[str, str]:
        """Drafts and Sent; the nearest to the top, where several would do."""
        order = sorted(there, key=lambda folder: (len(folder.path), folder.name))
        return _place(account, order, "drafts", self.drafts), _place(account, order, "sent", self.sent)


def _place(account: Account, there: Sequence[Folder], use: str, chosen: str) -> str:
    if chosen:
        levels = tuple(level for level in chosen.split("/") if level)
        fitting = [folder for folder in there if folder.name == chosen or folder.path == levels]
    else:
        usual = [folder for name in _USUAL[use] for folder in there if folder.path[-1].casefold() == name]
        fitting = [folder for folder in there if f"\\{use}" in folder.flags] or usual
    if fitting:
        return fitting[0].name
    says = f"has no folder {chosen!r}" if chosen else f"does not say which folder holds {use}"
    listed = ", ".join([folder.name for folder in there][:20])
    raise NeedsHuman(account.says(says), f"name it as `{use}` of `{account.section}`; there are {listed}")
