"""Domains by their registrable part, and those that identify nobody's company."""

from __future__ import annotations

from functools import lru_cache

from publicsuffixlist import PublicSuffixList

from agent.bundled import lines, suffix_rules


def a_label(domain: str) -> str:
    """The domain in ASCII (RFC 5890); "" if it has no such form."""
    if domain.isascii():
        return domain
    try:
        return domain[:255].encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    """The rules as A-labels only, as domains are here: the library's own conversion of every rule takes longer than the rest."""
    return PublicSuffixList([_a_rule(rule) for rule in suffix_rules()], accept_encoded_idn=False)


def _a_rule(rule: str) -> str:
    return ("!" if rule[0] == "!" else "") + a_label(rule.lstrip("!").strip())


@lru_cache(maxsize=16384)
def registrable(domain: str) -> str:
    """The registrable part by the public suffix list with its private section; a bare suffix stands for itself."""
    domain = a_label(domain[:255].strip().strip(".").lower())
    return _suffixes().privatesuffix(domain) or domain


@lru_cache(maxsize=1)
def _free() -> frozenset[str]:
    return frozenset(lines("free_mail_domains"))


@lru_cache(maxsize=16384)
def free_mail(domain: str) -> bool:
    """Whether the domain belongs to a free-mail or internet provider and so identifies no company."""
    own = registrable(domain)
    return not _free().isdisjoint((own, domain.lower(), own.partition(".")[0] + ".*"))
