"""What no draft may hold. A text with a problem is not shown; the template takes over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from agent import bundled
from agent.draft.text import fold, unseen
from agent.model import Brief, Text

MOST_WORDS = 150
LONGEST = 8000  # characters; more is refused unread
NEVER = ("banned_phrases", "pressure_phrases", "apology_phrases", "blame_phrases")  # lists in config/

_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{%|%\}|\$\{|[\[\]<>{}]|\b(?:tbd|tba|todo|xxx|lorem ipsum)\b|_{3,}|\.{4,}", re.IGNORECASE)
_LEAKED = re.compile(r"\b(?:None|nan|NaN|undefined|null)\b")
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_MONEY = re.compile(
    r"[$€£¥₹%‰]|\b(?:eur|euros?|usd|dollars?|dólares|gbp|pounds?|chf|francs?|percent|prozent|procent)\b|pour ?cent\b|por ciento\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"\b(?:https?|ftp|mailto|tel):|\bwww\.|(?<![\w.])[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.[^\W\d_]{2,24}\b", re.IGNORECASE)
_QUOTED = re.compile(
    r"^\s{0,9}(?:>|\||-{3,}|_{3,}|(?:from|von|de|van|sent|gesendet)\s?:)|(?:wrote|schrieb|écrit|escribió|schreef)\s?:\s*$",
    re.MULTILINE | re.IGNORECASE,
)


def lint(text: Text, brief: Brief) -> tuple[str, ...]:
    """Every problem as a short sentence; () for a text that may be shown."""
    if len(text.body) > LONGEST:
        return ("it is too long to read",)
    body = text.body.rstrip()
    signed = body.endswith(brief.signature.rstrip())
    said = body[: len(body) - len(brief.signature.rstrip())] if signed else body
    found = [] if signed and brief.signature.strip() else ["it does not end with the signature"]
    return tuple(dict.fromkeys([*found, *wording(said, attached=brief.attached), *_sources(said, brief), *_requests(text, said, brief)]))


def unfit(text: str) -> bool:
    """Whether a name must not be copied into a draft: it would break a rule there, or read as something else."""
    return bool(
        _PLACEHOLDER.search(text)
        or _LEAKED.search(text)
        or _QUOTED.search(text)
        or _MONEY.search(text)
        or any(c in text for c in '@?¿|\\`~^*="“”„«»')
        or _LINK.search(text)
        or unseen(text)
        or _phrase(text, (*NEVER, "attachment_phrases", "instruction_phrases"))
    )


def wording(said: str, *, attached: bool = False) -> Iterator[str]:
    """What stands in no good mail, whoever wrote it."""
    if phrase := _phrase(said, NEVER):
        yield f"it says '{phrase}'"
    if not attached and (phrase := _phrase(said, ("attachment_phrases",))):
        yield f"it says '{phrase}' and nothing is attached"
    if found := _PLACEHOLDER.search(said) or _LEAKED.search(said):
        yield f"it holds a placeholder: {found[0]}"
    if _QUOTED.search(said):
        yield "it quotes a mail"
    if unseen(said.replace("\n", "")):
        yield "it holds characters that nobody sees"
    if len(said.split()) > MOST_WORDS:
        yield f"it has more than {MOST_WORDS} words"


def _sources(said: str, brief: Brief) -> Iterator[str]:
    """Numbers, links, addresses and amounts come from the brief or not at all, however they are written."""
    said, known = _even(said), _even("\n".join(_known(brief)))
    if strange := set(_NUMBER.findall(said)) - set(_NUMBER.findall(known)):
        yield f"it holds a number from no source: {min(strange)}"
    if strange := set(_LINK.findall(said)) - set(_LINK.findall(known)):
        yield f"it holds a link from no source: {min(strange)}"
    if "@" in said:
        yield "it holds an address"
    if set(_MONEY.findall(said.lower())) - set(_MONEY.findall(known.lower())):
        yield "it holds an amount from no source"


def _known(brief: Brief) -> Iterator[str]:
    yield from (brief.deal, brief.account, brief.title, brief.met_on, brief.promised_by, brief.matter, brief.topic, brief.ask, brief.backup)
    yield from (*brief.times, *brief.criteria, *brief.greeting, *brief.full_names)


def _even(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("。", ".")


def _requests(text: Text, said: str, brief: Brief) -> Iterator[str]:
    asked, allowed = said.count("?"), max(1, text.ask.count("?") + text.backup.count("?"))
    if not asked:
        yield "it asks nothing"
    elif asked > min(allowed, 3):
        yield "it asks more than its two requests"
    if not text.ask.strip() or text.ask not in said:
        yield "its request is not in it"
    if text.backup not in said:
        yield "its smaller request is not in it"
    if any(moment not in said for moment in brief.times):
        yield "it leaves out a time on offer"


@cache
def _pattern(lists: tuple[str, ...]) -> re.Pattern[str]:
    phrases = sorted({fold(entry) for name in lists for entry in bundled.lines(name)}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, phrases)) + r")(?!\w)")


def _phrase(text: str, lists: tuple[str, ...]) -> str:
    found = _pattern(lists).search(fold(text))
    return found[0] if found else ""
