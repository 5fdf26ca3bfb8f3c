"""Text into sentences, without greeting and closing lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from agent.think.language.pack import Pack

LONGEST = 20_000  # characters of one text that are read
MOST = 200  # sentences of one text that are read
WRAPPED = 50  # a line at least this long may go on in the next
LENGTH = 600  # of one sentence; the rest of it is read as another

PLAIN = (
    {ord(c): "'" for c in "’‘ʼ`´"}
    | {ord(c): "-" for c in "–—‑‐−"}
    | {ord(c): " " for c in "\u00a0\u202f\u2009\t\n\r"}
    | {ord(c): '"' for c in "“”„«»"}
)
URL = re.compile(r"(?:https?://|www\.)[^\s<>\"]{1,500}")
END = re.compile(r"[.!?…]{1,5}[\"')\]”»]{0,3}(?=\s|$)|;(?=\s)|(?<=\S)\s{1,3}[•·](?=\s)")
WORD_BEFORE = re.compile(r"[\w.]{1,12}$")
BULLET = re.compile(r"^\s{0,8}(?:[-*•·>]|\d{1,2}[.)])\s+")
NAME_LINE = re.compile(r"^(?:(?:[A-ZÀ-Þ][\w'’.-]{0,20}|van|von|de|der|den|la|le|du|di|y|&|and|und)\s*){1,4},?$")
SIGN = re.compile(r"^[-–—*~_\s]{0,5}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` as written, `start` its offset; `low` is what patterns are matched against (links taken out)."""

    text: str
    start: int
    low: str
    links: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        return "?" in self.low[-6:] or "¿" in self.low


def plain(text: str) -> str:
    text = text.translate(PLAIN)
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).lower()


def sentences(text: str, pack: Pack) -> list[Sentence]:
    found: list[Sentence] = []
    for start, end in _paragraphs(text[:LONGEST], pack):
        for first, last in _cut(text, start, end, pack):
            sentence = _sentence(text, first, last)
            if sentence:
                found.append(sentence)
            if len(found) >= MOST:
                return found
    return found


def _sentence(text: str, start: int, end: int) -> Sentence | None:
    raw = text[start:end]
    bullet = BULLET.match(raw)
    start += bullet.end() if bullet else len(raw) - len(raw.lstrip())
    raw = text[start:end].rstrip()
    if not any(c.isalnum() for c in raw) and "?" not in raw:
        return None
    links = tuple(URL.findall(raw)) if "://" in raw or "www." in raw else ()
    return Sentence(raw, start, plain(URL.sub(" ", raw) if links else raw).strip(), links)


def _lines(text: str) -> list[tuple[int, int]]:
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append((at, at + len(line)))
        at += len(line) + 1
    return lines


def _paragraphs(text: str, pack: Pack) -> Iterator[tuple[int, int]]:
    """Stretches of text that sentences do not cross, greeting and closing lines left out."""
    lines = _body(text, [(a, b) for a, b in _lines(text)], pack)
    start = end = -1
    for a, b in lines:
        line = text[a:b]
        if not line.strip():
            if start >= 0:
                yield start, end
            start = -1
            continue
        if start >= 0 and _goes_on(text[start:end], line):
            end = b
            continue
        if start >= 0:
            yield start, end
        start, end = a, b
    if start >= 0:
        yield start, end


def _goes_on(before: str, line: str) -> bool:
    """Whether a line continues the one before it rather than beginning anew."""
    last = before.rsplit("\n", 1)[-1].rstrip()
    head = line.lstrip()
    if not head or BULLET.match(line):
        return False
    return len(last) >= WRAPPED or head[0].islower() or (last.endswith(",") and len(last) > 25)


def _body(text: str, lines: list[tuple[int, int]], pack: Pack) -> list[tuple[int, int]]:
    """Without the greeting line at the top and names and closings at the bottom."""
    kept = list(lines)
    while kept and not text[kept[0][0] : kept[0][1]].strip():
        kept.pop(0)
    if kept and len(kept) > 1 and _greets(text[kept[0][0] : kept[0][1]], pack):
        kept[0] = (kept[0][1], kept[0][1])
    for _ in range(8):
        while kept and not text[kept[-1][0] : kept[-1][1]].strip():
            kept.pop()
        if not kept or not _closes(text[kept[-1][0] : kept[-1][1]], pack, alone=not any(text[a:b].strip() for a, b in kept[:-1])):
            break
        kept.pop()
    return kept


def _greets(line: str, pack: Pack) -> bool:
    line = line.strip()
    if len(line) > 70 or line[-1:] in ".?":
        return False
    if pack.has("greeting", plain(line)) and len(line.split()) <= 7:
        return True
    return line.endswith((",", "!")) and bool(NAME_LINE.match(line.rstrip("!"))) and not _means(line, pack)


def _closes(line: str, pack: Pack, alone: bool) -> bool:
    line = SIGN.sub("", line.strip()).strip()
    if not line:
        return True
    if len(line) > 60 or line[-1] in "?!":
        return False
    low = plain(line)
    closing = pack.cues["closing"].fullmatch(low.rstrip(" ,.!"))
    if closing:
        return not alone or line.endswith(",")
    return not alone and bool(NAME_LINE.match(line)) and not _means(line, pack)


def _means(line: str, pack: Pack) -> bool:
    """Whether a short capitalised line is a word of the language rather than a name."""
    low = plain(line)
    return pack.has("word_line", low) or bool(pack.times.words.search(low))


def _cut(text: str, start: int, end: int, pack: Pack) -> Iterator[tuple[int, int]]:
    at = start
    for match in END.finditer(text, start, end):
        if not _ends(text, match, pack):
            continue
        yield from _pieces(at, match.end())
        at = match.end()
    if at < end:
        yield from _pieces(at, end)


def _pieces(start: int, end: int) -> Iterator[tuple[int, int]]:
    for at in range(start, end, LENGTH):
        yield at, min(at + LENGTH, end)


def _ends(text: str, match: re.Match[str], pack: Pack) -> bool:
    """Whether a full stop ends a sentence rather than an abbreviation or an ordinal number."""
    if match.group()[0] != "." or (len(match.group()) > 1 and match.group()[1] in ".…"):
        return True
    following = text[match.end() : match.end() + 24].lstrip()
    before = WORD_BEFORE.search(text, max(0, match.start() - 12), match.start())
    word = before.group().lower() if before else ""
    if not following:
        return True
    if word.replace(".", "").isdigit():
        return not (len(word) <= 5 and (following[0].islower() or following[0].isdigit() or _month(following, pack)))
    if word in pack.abbreviations or (len(word) == 1 and word.isalpha() and word != "i"):
        unit = before is not None and text[max(0, before.start() - 2) : before.start()].strip()[-1:].isdigit()  # "14 h."
        return following[0].isupper() and (word in ("a.m", "p.m") or (unit and len(word) == 1))
    return True


def _month(following: str, pack: Pack) -> bool:
    word = re.match(r"\w+", following)
    return word is not None and word.group().lower() in pack.times.months
