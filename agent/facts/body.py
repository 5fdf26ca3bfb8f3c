"""One mail's text: which of its parts a reader sees, and what of it the sender newly wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.facts import invitation, markup, reply
from agent.facts.parts import Part, content, header_end, named, parts, picked, unfolded, unwrapped
from agent.facts.people import address, addresses
from agent.facts.words import clean, decoded, text_of
from agent.model import Body

TEXT = 2 * 2**20  # encoded bytes of a part that are read
ATTACHMENTS = 100

_TOP = re.compile(named(("subject", "from")).encode())
_STANDS_IN = re.compile(
    r"(?:html|mime).{0,80}(?:mail|message|client|viewer|browser|format)|(?:mail|message|client).{0,80}(?:html|mime)"
    r"|view (?:this|it) .{0,40}browser",
    re.IGNORECASE | re.DOTALL,
)
_LINK = re.compile(r"https?://[^\s<>\"'()\[\]{}|\\^`]{1,2000}")
_FORWARD = re.compile(r"\s*(?:fwd?|wg|tr|rv|enc|i|doorst|vs|vb|vl|pd|fw)\s*:", re.IGNORECASE)
_ENVELOPE = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature", "message/delivery-status")
_CALENDARS = ("text/calendar", "application/ics")


def body(raw: bytes, id: str) -> Body:  # noqa: A002 - the name of the field
    """The text of a whole mail. Raises `Unreadable` beyond the limits of size, parts and depth."""
    raw = unwrapped(raw)
    leaves = parts(raw)
    subject, sender = _envelope(raw)
    shown = [part for part in leaves if not part.inside and _readable(part)]
    calendar = any(part.kind in _CALENDARS for part in leaves)
    text, hidden, links = _text(raw, shown)
    if calendar:
        text = invitation.added(text)
    found = reply.split(text, sender, bool(_FORWARD.match(subject)))
    return Body(
        id=id,
        text=found.text,
        forwarded=found.forwarded or _carried(raw, leaves),
        signature=found.signature,
        quoted=found.quoted,
        hidden=hidden and not calendar,
        attachments=_attachments(leaves),
        links=_links(found.text, links),
    )


def _envelope(raw: bytes) -> tuple[str, str]:
    """Subject and the sender's name (without one: the local part, as words)."""
    stop, _ = header_end(raw)
    field = picked(_TOP, raw[:stop])
    people = addresses(unfolded(field.get(b"from", b"")))[:1]
    name = people[0].name or people[0].email.partition("@")[0] if people else ""
    if people and address(name):  # a name that looks like an address
        name = ""
    return clean(decoded(unfolded(field.get(b"subject", b""))))[:2000], re.sub(r"[._+-]", " ", name)


def _readable(part: Part) -> bool:
    return part.kind in ("text/plain", "text/html", "") and part.disposition != "attachment" and not _file(part)


def _file(part: Part) -> bool:
    return bool(part.name) and part.kind != "text/html" and part.disposition == "inline" and "." in part.name


def _text(raw: bytes, shown: Sequence[Part]) -> tuple[str, bool, list[tuple[str, str]]]:
    """What a reader sees: of each multipart/alternative one, of the rest all, in order."""
    texts: list[str] = []
    links: list[tuple[str, str]] = []
    hidden = False
    done: set[int] = set()
    for part in shown:
        if part.choice in done:
            continue
        group = [other for other in shown if other.choice == part.choice] if part.choice else [part]
        done.update({part.choice} - {0})
        plain = "\n".join(_decoded(raw, one) for one in group if one.kind != "text/html")
        html = "\n".join(_decoded(raw, one) for one in group if one.kind == "text/html")
        seen = markup.page(html) if html and (_empty(plain) or markup.suspicious(html)) else None
        if seen and (seen.hidden or _empty(plain)):  # where the HTML hides words, the plain text may hold them
            texts.append(seen.text)
            links += seen.links
            hidden = hidden or seen.hidden
        else:
            texts.append(plain)
            links += markup.targets(html)
    return "\n".join(texts), hidden, links


def _empty(plain: str) -> bool:
    bare = plain.strip()
    return not bare or (len(bare) < 400 and bool(_STANDS_IN.search(bare)))


def _decoded(raw: bytes, part: Part) -> str:
    text = text_of(content(raw, part, TEXT), part.parameters.get("charset", ""))
    return _flowed(text) if part.kind != "text/html" and part.parameters.get("format", "").lower() == "flowed" else text


def _flowed(text: str) -> str:
    """RFC 3676: a line that ends in a space goes on in the next, within one depth of quotation."""
    out: list[str] = []
    held = False
    for stuffed in text.replace("\r\n", "\n").split("\n"):
        quoted = stuffed.startswith(">")
        row = stuffed.removeprefix(" ")
        if held and not quoted and row and row != "-- ":
            out.append(row)
        else:
            out.append(("\n" if out else "") + row)
        held = row.endswith(" ") and not quoted and row != "-- "
    return "".join(out)


def _carried(raw: bytes, leaves: Sequence[Part]) -> str:
    """The text of a message that this one carries as an attachment."""
    for part in leaves:
        if part.inside and part.kind == "text/plain" and part.disposition != "attachment":
            return _decoded(raw, part)[:20_000].strip()
    return ""


def _attachments(leaves: Sequence[Part]) -> tuple[str, ...]:
    """Names of what is attached; an unnamed one is called by its kind. Inline images and calendars are none."""
    found: list[str] = []
    for part in leaves:
        if part.inside or part.kind in _CALENDARS or part.name.lower().endswith(".ics"):
            continue
        inline_image = part.kind.startswith("image/") and part.disposition != "attachment"
        signed = part.kind in _ENVELOPE
        if (part.disposition == "attachment" or part.name) and not inline_image and not signed:
            found.append(clean(part.name)[:200] or part.kind)
    return tuple(found[:ATTACHMENTS])


def _links(text: str, links: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Targets in the newly written text: those that stand in it and those whose words do."""
    found = [link.rstrip(".,;:!?*_") for link in _LINK.findall(text)[:100]]
    flat = " ".join(text.split()) if links else ""
    found += [target for target, words in links[:200] if (words and words in flat) or target in flat]
    return tuple(dict.fromkeys(found))
