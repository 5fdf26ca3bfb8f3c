"""What the receiving server says of a sender (Authentication-Results, RFC 8601)."""

from __future__ import annotations

import re
from functools import lru_cache

from agent.facts.parts import one_line
from agent.facts.people import registrable
from agent.model import Authentication, Message

MOST = 20  # headers that are kept
_COMMENT = re.compile(r"\([^()]*\)")
_METHOD = re.compile(r"\s*(spf|dkim|dmarc)(?:\s*/\s*\d+)?\s*=\s*([a-z]+)")
_PROPERTY = re.compile(r"(?:header\.(?:from|d|i)|smtp\.(?:mailfrom|mail|from)|policy\.from|envelope-from)\s*=\s*\"?([^\s;\"]+)")
_UNDECIDED = frozenset({"none", "softfail", "neutral", "temperror", "permerror", "policy", "unknown"})


def results(values: list[str]) -> tuple[tuple[str, str], ...]:
    """(authserv-id, results) of each header, top first; the id is "" where a server left it out."""
    return tuple(map(_split, values[:MOST]))


@lru_cache(maxsize=4096)  # a sender's results are often the same, and then kept once
def _split(value: str) -> tuple[str, str]:
    text = _without_comments(one_line(value[:8192]).lower())
    who, semicolon, rest = text.partition(";")
    words = who.split()
    if "=" in who:  # Exchange Online names no authserv-id
        return "", text.strip()
    return (words[0].strip('"') if words else ""), rest.strip() if semicolon else ""


def _without_comments(text: str) -> str:
    if "(" not in text:
        return text
    bare = _COMMENT.sub(" ", text)
    if "(" not in bare and ")" not in bare:
        return bare
    out: list[str] = []
    depth = at = 0
    for match in re.finditer(r"[()]", text):
        if not depth:
            out.append(text[at : match.start()])
        depth = max(0, depth + (1 if match[0] == "(" else -1))
        at = match.end()
    return " ".join((*out, "" if depth else text[at:]))


def authentication(message: Message, company_domains: frozenset[str], authserv_id: str) -> Authentication:
    """The verdict of the topmost results that the company's own server signed, by its id; all others anybody may write.

    "failed" is dmarc=fail, or, where dmarc is not named, that neither spf nor dkim passes for the domain of the From.
    What was not checked or could not be (none, softfail, neutral, errors) is "unverified".
    """
    return _topmost(message.authentication, message.sender.domain, company_domains, authserv_id)


@lru_cache(maxsize=16384)  # a mail is judged several times, and its sender's other mail often says the same
def _topmost(stated: tuple[tuple[str, str], ...], domain: str, company_domains: frozenset[str], authserv_id: str) -> Authentication:
    trusted = authserv_id.lower().split()
    for who, said in stated:
        if who and (who in trusted or registrable(who) in company_domains or who in company_domains):
            return _verdict(said, registrable(domain))
    return "unverified"


def _verdict(said: str, domain: str) -> Authentication:
    found: dict[str, list[tuple[str, str]]] = {}
    for piece in said.split(";")[:50]:
        match = _METHOD.match(piece)
        if match:
            found.setdefault(match[1], []).append((match[2], piece))
    for result, _ in found.get("dmarc", [])[:1]:
        if result in ("pass", "bestguesspass"):
            return "passed"
        return "failed" if result == "fail" else "unverified"
    checks = [_check(result, piece, domain) for name in ("spf", "dkim") for result, piece in found.get(name, ())]
    if "passed" in checks:
        return "passed"
    if any(result == "temperror" for name in ("spf", "dkim") for result, _ in found.get(name, ())):
        return "unverified"
    return "failed" if "failed" in checks else "unverified"


def _check(result: str, piece: str, domain: str) -> Authentication:
    if result in _UNDECIDED:
        return "unverified"
    if result != "pass":
        return "failed"
    named = _PROPERTY.findall(piece)
    if not named:
        return "unverified"
    return "passed" if any(registrable(who.rpartition("@")[2]) == domain for who in named) else "failed"
