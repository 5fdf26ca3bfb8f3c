"""Which folders are for what: by configuration, by what the server says they are for (RFC 6154), by their usual names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.errors import NeedsHuman
from connectors._imap import Account
from connectors._imap_ask import Folder

DRAFTS, SENT, ARCHIVE = "\\drafts", "\\sent", "\\archive"
_USUAL = {  # as mail clients and providers name them, each language on a line of its own
    DRAFTS: (
        *("drafts", "draft"),
        *("entwürfe", "entwurf"),
        *("brouillons", "brouillon"),
        *("borradores", "borrador"),
        *("concepten", "bozze", "rascunhos", "kladder", "utkast", "luonnokset"),
        *("kopie robocze", "szkice", "wersje robocze"),
        *("koncepty", "rozepsané", "piszkozatok", "черновики", "чернетки", "taslaklar", "πρόχειρα"),
        *("下書き", "草稿", "草稿箱", "임시보관함", "임시 보관함"),
    ),
    SENT: (
        *("sent", "sent items", "sent messages", "sent mail", "sent-mail"),
        *("gesendet", "gesendete elemente", "gesendete objekte", "gesendete nachrichten"),
        *("envoyés", "éléments envoyés", "messages envoyés"),
        *("enviados", "elementos enviados", "mensajes enviados", "correo enviado"),
        *("verzonden", "verzonden items", "verzonden berichten"),
        *("inviata", "inviati", "posta inviata", "elementi inviati"),
        *("itens enviados", "mensagens enviadas", "e-mails enviados"),
        *("sendt", "sendt post", "sendte elementer"),
        *("skickat", "skickade objekt", "lähetetyt", "lähetetyt viestit"),
        *("wysłane", "elementy wysłane"),
        *("odeslané", "odeslaná pošta", "odoslané", "elküldött", "elküldött elemek"),
        *("отправленные", "надіслані", "gönderilmiş", "gönderilmiş öğeler", "gönderilenler", "απεσταλμένα"),
        *("送信済み", "送信済みアイテム", "已发送", "已发送邮件", "寄件備份", "보낸편지함", "보낸 편지함"),
    ),
    ARCHIVE: (
        *("archive", "archives", "archiv", "archivo", "archief", "archivio", "arquivo", "arkiv", "arkisto", "archiwum", "archivum"),
        *("архив", "архів", "arşiv", "αρχείο", "アーカイブ", "归档", "封存", "보관함"),
    ),
}


@dataclass(frozen=True)
class Places:
    """As they are configured; "" leaves it to the server."""

    drafts: str = ""
    sent: str = ""

    def found(self, account: Account, there: Sequence[Folder]) -> tuple[str, str]:
        """Drafts and Sent."""
        order = ordered(there)
        return _place(account, order, DRAFTS, self.drafts), _place(account, order, SENT, self.sent)


def ordered(there: Sequence[Folder]) -> list[Folder]:
    """The nearest to the top first: that one is meant where several would do."""
    return sorted(there, key=lambda folder: (len(folder.path), folder.name))


def meant(order: Sequence[Folder], name: str) -> Folder | None:
    """As the server writes it, or with `/` for whatever it puts between the levels; also without the INBOX below which some servers
    keep all folders (`INBOX.Sent`), for mail clients do not show it."""
    levels = tuple(level for level in name.split("/") if level)
    tests = (lambda folder: folder.name == name, lambda folder: folder.path == levels, lambda folder: _below(folder) == levels)
    return next((folder for test in tests for folder in order if test(folder)), None)


def usual(order: Sequence[Folder], use: str) -> Folder | None:
    """By what the server says, else by its name."""
    named = (folder for name in _USUAL[use] for folder in order if folder.path[-1].casefold() == name)
    return next((folder for folder in order if use in folder.flags), None) or next(named, None)


def _below(folder: Folder) -> tuple[str, ...]:
    return folder.path[1:] if folder.path[0].upper() == "INBOX" else ()


def _place(account: Account, order: Sequence[Folder], use: str, chosen: str) -> str:
    if found := meant(order, chosen) if chosen else usual(order, use):
        return found.name
    name = use.removeprefix("\\")
    says = f"has no folder {chosen!r}" if chosen else f"does not say which folder holds {name}"
    listed = ", ".join([folder.name for folder in order][:20])
    raise NeedsHuman(account.says(says), f"name it as `{name}` of `{account.section}`, or make it in your mail program; there are {listed}")
