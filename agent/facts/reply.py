"""What somebody newly wrote, apart from what their mail program or lawyers added. Line by line, linear in time.

A quotation is known by ">", by the line above it ("On … wrote:"), by a rule ("-----Original Message-----") or by a
block of header lines (From, Sent, To, Subject), in the languages that mail programs speak. Text between and below
quotations counts as new.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from agent.bundled import lines as bundled
from agent.facts.signature import signature_start, unsaid
from agent.facts.words import visible

LOOKED_AT = 200_000  # characters
_DASHES = " \t-"
_RULERS = "-_=*\u2014\u2013:"
_SPAN = 4  # lines that "On … wrote:" may be wrapped over
_ABOVE = 400  # characters of it

Kind = Literal["text", "quoted", "forwarded", "signature"]


@dataclass(frozen=True, slots=True)
class Parts:
    """Every line of a mail in one of four piles, in order."""

    text: str
    quoted: str = ""
    forwarded: str = ""
    signature: str = ""


_WROTE = re.compile(
    r"\b(?:wrote|writes|schrieb|schreibt|geschrieben|hat folgendes geschrieben|a écrit|écrit|escribió|escribio|schreef|heeft geschreven|"
    r"geschreven|ha scritto|scrive|escreveu|skrev|skreiv|kirjoitti|napisał|napisała|"
    r"napisał\(a\)|napsal|napísal|írta|пишет|написал|написала|a scris)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"[*_\"' ]*(?:On|Am|Le|El|Op|Il|Il giorno|Em|A|Em|Den|W dniu|Dnia|Le|On,|At|Vào|Dne|Pe|Около|[A-Za-zÀ-ž]{2,4}[.,])[ ,\xa0]", re.UNICODE
)
_STAMP = re.compile(r"\d{4}|\d{1,2}[:.h]\d\d|\d{1,2}[/.-]\d{1,2}[/.-]\d\d|@")
_FROM = frozenset("from von de da van fra från lähettäjä od expéditeur expediteur mittente remitente afzender avsändare от".split())
_OTHERS = {
    **dict.fromkeys(
        "sent date gesendet datum envoyé envoye enviado enviada fecha inviato data verzonden sendt dato skickat lähetetty".split(), "date"
    ),
    **dict.fromkeys("päivämäärä wysłano wysłane gesendet: datum: dátum отправлено дата".split(), "date"),
    **dict.fromkeys("to an à a para aan til till vastaanottaja do destinataire кому".split(), "to"),
    **dict.fromkeys("subject betreff objet asunto oggetto onderwerp assunto emne ämne aihe temat předmět тема".split(), "subject"),
    **dict.fromkeys("cc kopie copie kopi copia bcc reply-to antwort".split(), "cc"),
}
_KEY = re.compile(r"[ \t>*_]{0,8}([^\W\d_][\w-]{0,20})[ \t\xa0]?[*_]{0,2}:[*_]{0,2}(?:[ \t\xa0]|$|.)")


def split(text: str, sender: str = "", forward: bool = False) -> Parts:
    """The piles of a plain text of at most 200,000 characters; the rest is not looked at.

    `sender` is the display name, known as a signature where it closes the text. With `forward` (the subject says so)
    a block of header lines begins a forwarded mail, not a quotation.
    """
    rows = [row.rstrip() for row in visible(text[:LOOKED_AT]).replace("\xa0", " ").split("\n")]
    kinds = _quotes(rows, forward)
    _sign(rows, kinds, sender)
    return Parts(*(_pile(rows, kinds, kind) for kind in ("text", "quoted", "forwarded", "signature")))


def _pile(rows: Sequence[str], kinds: Sequence[Kind], kind: Kind) -> str:
    """The rows of one kind; an empty line stands where others were cut out."""
    out: list[str] = []
    for at, row in enumerate(rows):
        if kinds[at] == kind:
            if out and out[-1] and row and kinds[at - 1] != kind:
                out.append("")
            out.append(row)
    return "\n".join(out).strip("\n")


def _quotes(rows: Sequence[str], forward: bool) -> list[Kind]:
    kinds: list[Kind] = ["text"] * len(rows)
    ends = [at for at, row in enumerate(rows) if row[-1:] == ":" or "rote" in row[-16:]] + [len(rows) + _SPAN]
    at = end = 0
    while at < len(rows):
        row = rows[at]
        while ends[end] < at:
            end += 1
        if not row:
            at += 1
        elif row.lstrip()[:1] == ">":
            kinds[at] = "quoted"
            at += 1
        elif rest := _rest(rows, at, forward):
            start = _rule_above(rows, at)
            kinds[start:] = [rest] * (len(rows) - start)
            break
        elif ends[end] < at + _SPAN and (span := _attribution(rows, at)):
            below = _next(rows, at + span)
            if below < len(rows) and rows[below].lstrip()[:1] == ">":
                kinds[at:below] = ["quoted"] * (below - at)
                at = below
            else:
                kinds[at:] = ["quoted"] * (len(rows) - at)
                break
        else:
            at += 1
    return kinds


def _next(rows: Sequence[str], at: int) -> int:
    """The next line that is not empty."""
    while at < len(rows) and not rows[at].strip():
        at += 1
    return at


def _rest(rows: Sequence[str], at: int, forward: bool) -> Kind | None:
    """What all from this line on is, if the line begins a mail within the mail."""
    row = rows[at]
    if row[-1:] in _RULERS and len(row) < 200:
        core = _ruled(row)
        if core:
            original, forwarded = _rules()
            if core in original and row.lstrip()[:2] in ("--", "__", "==", "**", "\u2014\u2014", "- "):
                return "forwarded" if forward else "quoted"
            if core in forwarded or core.startswith("forwarded by "):
                return "forwarded"
    if ":" in row[:40] and _header_block(rows, at):
        return "forwarded" if forward else "quoted"
    return None


def _ruled(row: str) -> str:
    """The words between the dashes of a line, or before its colon."""
    bare = row.strip().rstrip(":").strip("-_=*\u2014\u2013> \t").rstrip(":")
    return bare.casefold() if len(bare) < 60 and (row.strip()[:2] != row.strip()[:2].strip("-_=*\u2014\u2013") or row.endswith(":")) else ""


@lru_cache(maxsize=1)
def _rules() -> tuple[frozenset[str], frozenset[str]]:
    original, forwarded = (frozenset(entry.casefold() for entry in bundled(name)) for name in ("original_message", "forwarded_message"))
    return original, forwarded


def _key(row: str) -> str:
    match = _KEY.match(row[:60])
    return match[1].lower() if match else ""


def _header_block(rows: Sequence[str], at: int) -> bool:
    """From: with two of date, to and subject close below, as Outlook sets them above what it quotes."""
    first = _key(rows[at])
    if first not in _FROM:
        return False
    found = {_OTHERS[key] for row in rows[at + 1 : at + 8] if (key := _key(row)) in _OTHERS}
    return len(found) >= 2 or ("@" in rows[at] and "date" in found)


def _rule_above(rows: Sequence[str], at: int) -> int:
    """A line of underscores right above belongs to the quotation."""
    above = at - 1
    while above > 0 and not rows[above].strip():
        above -= 1
    return above if above >= 0 and len(rows[above]) > 4 and not rows[above].strip("_- \t") else at


def _attribution(rows: Sequence[str], at: int) -> int:
    """How many lines "On … wrote:" takes from here; 0 if it does not stand here."""
    row = rows[at]
    opens = bool(_OPENS.match(row[:80].lstrip(_DASHES)))
    joined = ""
    for span in range(1, _SPAN + 1):
        if at + span > len(rows) or (span > 1 and not rows[at + span - 1].strip()):
            return 0
        joined = f"{joined} {rows[at + span - 1].strip(_DASHES)}"
        if len(joined) > _ABOVE or (span > 1 and not opens and span > 2):
            return 0
        addressed = "@" in joined
        if not (joined.endswith(":") or (addressed and _WROTE.search(joined[-16:]) and "." not in joined[-8:])):
            continue
        if opens or span == 1 or addressed:
            stamps = len(_STAMP.findall(joined))
            if _WROTE.search(joined) or (addressed and ">" in joined[-12:] and stamps > 2):
                return span if _named(rows, at + span, stamps, opens or addressed) else 0
    return 0


def _named(rows: Sequence[str], after: int, stamps: int, sure: bool) -> bool:
    """Whether a line that ends like an attribution is one: it has a date or an address, or a quotation follows."""
    below = _next(rows, after)
    return (below < len(rows) and rows[below].lstrip()[:1] == ">") or stamps >= 2 or (stamps == 1 and sure)


def _sign(rows: Sequence[str], kinds: list[Kind], sender: str) -> None:
    """Marks signatures and notices in every run of new lines."""
    at = 0
    while at < len(rows):
        if kinds[at] != "text":
            at += 1
            continue
        end = at
        while end < len(rows) and kinds[end] == "text":
            end += 1
        for line in unsaid(rows, at, end):
            kinds[line] = "signature"
        said = [line for line in range(at, end) if kinds[line] == "text"]
        for line in said[signature_start([rows[line] for line in said], sender) :]:
            kinds[line] = "signature"
        at = end
