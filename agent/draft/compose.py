"""A draft as the bytes that leave (RFC 5322), and the proof that they say what the draft says and nothing else.

Every value is checked before, and the finished message is read again and compared, header by header: names, subjects and ids come from
other people's mail, and a message with one header or recipient more than was meant is not made at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import Header, decode_header, make_header
from email.headerregistry import HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, formataddr, getaddresses, parsedate_to_datetime
from hashlib import sha256
from typing import Any, cast

from agent.draft import invitation
from agent.errors import Rejected
from agent.facts import people
from agent.model import Address, Draft, Mail, Rep

KEY = "X-Onward-Key"  # an outbox finds the mail again by it, whatever it makes of the Message-ID
LONGEST_SUBJECT = 2000
LONGEST_BODY = 100_000  # characters
MOST_PEOPLE = 100
MOST_REFERENCES = 50
_UNSOUND = "This mail cannot be written so that every mail program reads it alike; change {}."
_MIME = ("Content-Type", "Content-Transfer-Encoding", "MIME-Version")
_LINE = 998  # octets, RFC 5322, 2.1.1
_ADDRESS = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+\Z"
)
_ID = re.compile(r"<[!-;=?-~]{1,400}>\Z")
_FIELD = re.compile(rb"([!-9;-~]+): ?(.*)\Z", re.DOTALL)
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # what they turn reads as something else


def mail(draft: Draft, rep: Rep, key: str, at: datetime) -> Mail:
    """The exact mail; `key` is the approval's, `at` when it is meant to leave. The same arguments give the same bytes.

    Raises `Rejected` with a sentence about the first value that cannot stand in a mail.
    """
    _check(draft, rep, key)
    rep = replace(rep, name=one_line(rep.name))
    message_id = f"<{sha256(key.encode()).hexdigest()[:32]}@{rep.address.email.rpartition('@')[2]}>"
    try:
        fields = _fields(draft, rep, key, at, message_id)
        raw = _message(fields, draft.body, invitation.request(draft, rep, at))
        _prove(raw, fields, draft, rep)
    except (MessageError, ValueError, LookupError, AttributeError, TypeError) as fault:  # what the library cannot write, or fails to read
        raise Rejected(_UNSOUND.format("its subject or a recipient")) from fault
    recipients = tuple(dict.fromkeys(who.email for who in (*draft.to, *draft.cc)))
    return Mail(key, raw, message_id, rep.address.email, recipients, digest=sha256(raw).hexdigest())


def _message(fields: Mapping[str, str], body: str, calendar: str) -> bytes:
    made = EmailMessage(policy=_POLICY)
    for name, value in fields.items():
        made[name] = value
    made.set_content(body, charset="utf-8", cte="quoted-printable")
    if calendar:
        made.add_alternative(calendar, subtype="calendar", charset="utf-8", cte="base64", params={"method": "REQUEST"})
        made.set_boundary(f"=_{sha256(f'{fields}{body}{calendar}'.encode()).hexdigest()[:40]}")
    return made.as_bytes()


def normal(text: str) -> str:
    """A body as it is written: line breaks of one kind, no white space at its ends."""
    return re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text).strip()


def one_line(text: str) -> str:
    return " ".join(text.split())


# ------------------------------------------------------------------------------------------------------- building


class _Whole(UnstructuredHeader):
    """A header whose value is written as it is given. The folding of the library puts long ids into encoded words, and loses spaces
    between them."""

    name: str

    def fold(self, *, policy: Any) -> str:
        return f"{self.name}: {str(self).replace(chr(10), policy.linesep)}{policy.linesep}"

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        super().parse(value, kwds)
        kwds["decoded"] = value


class _Policy(EmailPolicy):
    """Headers of ours hold line breaks where they are folded, each followed by a space; `_prove` reads them again."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        return name, self.header_factory(name, value)


_REGISTRY = HeaderRegistry()
for _name in ("from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references", KEY.lower()):
    _REGISTRY.map_to_type(_name, cast(Any, _Whole))
_POLICY = _Policy(linesep="\r\n", cte_type="7bit", header_factory=_REGISTRY)


def _fields(draft: Draft, rep: Rep, key: str, at: datetime, message_id: str) -> Mapping[str, str]:
    """Every header of ours, folded."""
    found = {
        "From": _mailbox(replace(rep.address, name=rep.name)),
        "To": ",\n ".join(map(_mailbox, draft.to)),
        "Cc": ",\n ".join(map(_mailbox, draft.cc)),
        "Subject": _words(draft.subject, "Subject"),
        "Date": format_datetime(at.astimezone(rep.working.zone).replace(microsecond=0)),
        "Message-ID": message_id,
        "In-Reply-To": _answers(draft),
        "References": "\n ".join(_references(draft)),
        KEY: key,
    }
    return {name: value for name, value in found.items() if value or name == "Subject"}


def _mailbox(who: Address) -> str:
    """Encoded words for a name that is not ASCII (RFC 2047), a quoted string for what is no phrase of atoms."""
    if who.name.isascii() and "=?" not in who.name:
        return formataddr((who.name, who.email))
    return f"{Header(who.name, 'utf-8', maxlinelen=76).encode(linesep=chr(10))} <{who.email}>"


def _words(text: str, name: str) -> str:
    plain = text.isascii() and "=?" not in text and max(map(len, text.split()), default=0) < 60
    return Header(text, "us-ascii" if plain else "utf-8", maxlinelen=76, header_name=name).encode(splitchars=" ", linesep="\n")


def _answers(draft: Draft) -> str:
    """Only an id that every server takes: it threads the mail, and without it the mail still arrives."""
    return draft.in_reply_to if draft.in_reply_to and _ID.match(draft.in_reply_to) else ""


def _references(draft: Draft) -> Sequence[str]:
    found = [name for name in draft.references if _ID.match(name)]
    last = _answers(draft)
    found = [*(name for name in found if name != last), *([last] if last else [])]
    return [*found[:1], *found[1:][-(MOST_REFERENCES - 1) :]]


# ------------------------------------------------------------------------------------------------------- checking


def _check(draft: Draft, rep: Rep, key: str) -> None:
    _clean(rep.name, "your name")
    _address(rep.address)
    for who in (*draft.to, *draft.cc):
        _clean(who.name, "the name of a recipient")
        _address(who)
    if not draft.to:
        raise Rejected("There is nobody in To to write to.")
    if len(draft.to) + len(draft.cc) > MOST_PEOPLE:
        raise Rejected(f"There are more than {MOST_PEOPLE} recipients.")
    _clean(draft.subject, "the subject")
    if draft.subject != one_line(draft.subject):
        raise Rejected("The subject has spaces or line breaks that a subject cannot hold.")
    if len(draft.subject) > LONGEST_SUBJECT:
        raise Rejected(f"The subject is longer than {LONGEST_SUBJECT} characters.")
    _clean(draft.body.replace("\n", "").replace("\t", ""), "the text", turns=True)
    if not draft.body.strip():
        raise Rejected("The text is empty.")
    if len(draft.body) > LONGEST_BODY:
        raise Rejected(f"The text is longer than {LONGEST_BODY:,} characters.")
    for name in (key, draft.in_reply_to or "", *draft.references):
        _clean(name, "the id of a mail")
    if not re.fullmatch(r"[!-~]{1,200}", key):
        raise Rejected("The key of the approval is no word.")


def _clean(text: str, what: str, *, turns: bool = False) -> None:
    """Refuses control characters, halves of characters and, but for a text, what turns the reading direction."""
    for char in text:
        if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or (char in _TURNS and not turns):
            raise Rejected(f"{what[:1].upper()}{what[1:]} holds a character that must not stand in a mail (U+{ord(char):04X}).")


def _address(who: Address) -> None:
    shown = "".join(c if c.isprintable() else "?" for c in who.email[:100])
    local, _, domain = who.email.rpartition("@")
    if not local.isascii():
        raise Rejected(f"{shown} cannot be written to: its part before the @ is not ASCII.")
    if len(who.email) > 254 or not _ADDRESS.match(who.email) or ".." in local or local[:1] == "." or local[-1:] == ".":
        raise Rejected(f"{shown} is no address that can be written to.")
    if people.address(who.email) is None or domain.rpartition(".")[2].isdigit():
        raise Rejected(f"{shown} is no address that can be written to.")


# -------------------------------------------------------------------------------------------------------- proving


def _prove(raw: bytes, fields: Mapping[str, str], draft: Draft, rep: Rep) -> None:
    """Raises `Rejected` if the message, read again, is not exactly what was meant."""
    for what in _differences(raw, fields, draft, rep):
        raise Rejected(_UNSOUND.format(what))


def _differences(raw: bytes, fields: Mapping[str, str], draft: Draft, rep: Rep) -> Iterator[str]:
    """What is not as it was meant, read by hand, by our own reader of addresses and by the library's parser."""
    written = _unfolded(raw.partition(b"\r\n\r\n")[0])
    parsed = message_from_bytes(raw, policy=policy.default)
    if not raw.isascii() or re.search(rb"\r(?!\n)|(?<!\r)\n|\x00", raw) or max(map(len, raw.split(b"\r\n"))) > _LINE:
        yield "its text or its subject"
    calendar = invitation.request(draft, rep, parsedate_to_datetime(fields["Date"]))
    mime = _MIME[::2] if calendar else _MIME
    if not sorted(name for name, _ in written) == sorted((*fields, *mime)) == sorted(parsed.keys()):
        yield "its subject or a recipient"
    if {name: value for name, value in written if name not in _MIME} != {n: v.replace("\n", "") for n, v in fields.items()}:
        yield "its subject or a recipient"
    for name, meant in (("From", (replace(rep.address, name=rep.name),)), ("To", draft.to), ("Cc", draft.cc)):
        value, emails = dict(written).get(name, ""), [who.email for who in meant]
        if _named(value) != [(who.name, who.email) for who in meant]:
            yield f"the names in {name}"
        if [who.email for who in people.addresses(value)] != emails or [who.addr_spec for who in _seen(parsed, name)] != emails:
            yield f"the addresses in {name}"
    if str(parsed["Subject"]) != draft.subject:
        yield "its subject"
    said = [("text/plain", draft.body), ("text/calendar", calendar)][: 2 if calendar else 1]
    if _parts(parsed) != [(kind, _plain_end(text)) for kind, text in said]:
        yield "its text"


def _parts(parsed: Any) -> list[tuple[str, str]]:
    """Kind and text."""
    parts = list(parsed.iter_parts()) if parsed.get_content_type() == "multipart/alternative" else [parsed]
    return [(part.get_content_type(), _plain_end(str(part.get_content()))) for part in parts]


def _plain_end(text: str) -> str:
    return text.replace("\r\n", "\n").rstrip("\n")


def _unfolded(head: bytes) -> list[tuple[str, str]]:
    lines = re.sub(rb"\r\n(?=[ \t])", b"", head).split(b"\r\n")
    found = [_FIELD.match(each) for each in lines]
    return [(m[1].decode("ascii"), m[2].decode("ascii")) if m else ("", "") for m in found]


def _named(value: str) -> list[tuple[str, str]]:
    """By the library's old parser: the new one puts a space between the encoded words of one long name."""
    return [(str(make_header(decode_header(name))), email) for name, email in getaddresses([value] if value else [])]


def _seen(parsed: Any, name: str) -> Sequence[Any]:
    found: Sequence[Any] = getattr(parsed[name], "addresses", ())
    return found
