"""By what a mail is known again in any mailbox, by whoever it was changed, moved or sent: all of it stands in the handle."""

from __future__ import annotations

import json
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import UTC
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from hashlib import sha256

from agent.facts import mime, people
from agent.model import Address, Mail
from agent.ports import Handle

KEY = "X-Onward-Key"
HEADERS = ("Message-ID", KEY, "In-Reply-To", "Subject", "From", "To", "Cc", "Bcc", "Date")
EARLIER = 600  # seconds by which the clocks of two machines may differ
_PREFIX = "mail.1."
_NOTES = rb"^(?:x-uid|x-imap|x-imapbase|x-keywords|x-status|status|content-length|lines):.*\r\n(?:[ \t].*\r\n)*"


@dataclass(frozen=True, slots=True)
class Mark:
    """`digest` is of the bytes, `words` of what a reader reads. People and subject are digests: a handle may be seen."""

    name: str  # digest of the key
    digest: str
    words: str
    message_id: str
    key: str  # as it stands in the mail, "" if it does not
    answers: str  # In-Reply-To
    subject: str
    people: tuple[str, ...]
    at: int  # Date, in seconds
    mailbox: str = ""  # digest of where it was laid, "" if that is not known

    @property
    def handle(self) -> Handle:
        text = json.dumps(astuple(self), separators=(",", ":"))
        return _PREFIX + urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")

    @property
    def receipt(self) -> str:
        return self.message_id or self.name

    def exactly(self, data: bytes) -> bytes | None:
        """The bytes that were put, if these are they: a mailbox may change line ends and add one, and an mbox keeps its own notes in
        the header."""
        lines = re.sub(rb"\r\n|\r|\n", b"\r\n", data)
        head, end, body = lines.partition(b"\r\n\r\n")
        plain = re.sub(_NOTES, b"", head + b"\r\n", flags=re.IGNORECASE | re.MULTILINE).removesuffix(b"\r\n") + end + body
        tried = (data, lines, lines.removesuffix(b"\r\n"), plain, plain.removesuffix(b"\r\n"))
        return next((made for made in tried if sha256(made).hexdigest() == self.digest), None)


@dataclass(frozen=True, slots=True)
class Head:
    """What identifies a mail in a folder."""

    message_id: str
    key: str
    answers: str
    subject: str
    people: frozenset[str]
    at: int

    def is_(self, mark: Mark) -> bool:
        return (self.key == mark.key) if self.key and mark.key else bool(self.message_id) and self.message_id == mark.message_id

    def may_be(self, mark: Mark) -> bool:
        """Made of it by a client that keeps neither key nor Message-ID: to one of the same people, in answer to the same mail (or
        under the same subject), and later."""
        if not mark.key or self.key or self.at + EARLIER < mark.at or not self.people & set(mark.people):
            return False
        return self.answers == mark.answers if mark.answers else self.subject == mark.subject and not self.answers


def of(mail: Mail, mailbox: str = "") -> Mark:
    """Follows from the mail and the mailbox alone."""
    found = head(mail.raw)
    return Mark(
        _short(mail.key.encode("utf-8", "surrogatepass")),
        sha256(mail.raw).hexdigest(),
        words(mail.raw),
        mail.message_id or found.message_id,
        found.key,
        found.answers,
        found.subject,
        tuple(sorted(found.people)),
        found.at,
        mailbox,
    )


def place(*words: str) -> str:
    """Of a mailbox, named by what its folder of drafts is found by."""
    return _short("\n".join(words).casefold().encode())[:12]


def read(handle: Handle) -> Mark | None:
    """None for a handle that was not made here."""
    if not handle.startswith(_PREFIX) or not handle.isascii():
        return None
    text = handle.removeprefix(_PREFIX)
    try:
        name, digest, said, message_id, key, answers, subject, names, at, *mailbox = json.loads(_unpacked(text))
        return Mark(name, digest, said, message_id, key, answers, subject, tuple(names), at, *mailbox)
    except (ValueError, TypeError, zlib.error):
        return None


def _unpacked(text: str) -> bytes:
    return zlib.decompress(urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def head(raw: bytes) -> Head:
    """Of a whole mail or of its header."""
    found = parsed(raw)
    names = frozenset(_short(who.email.encode())[:12] for who in _people(found, ("To", "Cc", "Bcc")))
    subject = _short(_decoded(str(found.get("Subject", ""))).encode("utf-8", "replace"))
    return Head(_word(found, "Message-ID"), _word(found, KEY), _word(found, "In-Reply-To"), subject, names, _seconds(found))


def envelope(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """Sender and recipients as the headers have them."""
    found = parsed(raw)
    sender = [who.email for who in _people(found, ("From",))]
    return sender[0] if len(sender) == 1 else "", tuple(dict.fromkeys(who.email for who in _people(found, ("To", "Cc"))))


def words(raw: bytes) -> str:
    """A digest of what the sender says and to whom; how it is encoded, wrapped and spaced does not count."""
    found = parsed(raw)
    try:
        body = mime.body(raw, "")
        said = [body.text, body.signature, body.forwarded, *body.attachments]
    except mime.Unreadable:
        said = [sha256(raw).hexdigest()]
    names = sorted({who.email for who in _people(found, ("To", "Cc", "Bcc"))})
    told = [" ".join(text.split()) for text in (_decoded(str(found.get("Subject", ""))), *names, "", *said)]
    return _short("\n".join(told).encode("utf-8", "replace"))


def parsed(raw: bytes) -> Message:
    return BytesHeaderParser(policy=policy.compat32).parsebytes(raw[: 2**18].partition(b"\r\n\r\n")[0])


def _people(found: Message, names: Sequence[str]) -> list[Address]:
    return [who for name in names for who in people.addresses(", ".join(map(str, found.get_all(name, []))))]


def _word(found: Message, name: str) -> str:
    return " ".join(str(found.get(name, "")).split())[:2000]


def _decoded(text: str) -> str:
    try:
        return " ".join(str(make_header(decode_header(text))).split())
    except (MessageError, ValueError, LookupError):
        return " ".join(text.split())


def _seconds(found: Message) -> int:
    try:
        at = parsedate_to_datetime(str(found.get("Date", "")))
        return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())
    except (ValueError, TypeError, OverflowError, IndexError):
        return 0


def _short(data: bytes) -> str:
    return sha256(data).hexdigest()[:32]
