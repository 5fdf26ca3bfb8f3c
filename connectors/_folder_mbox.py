"""One mbox file (RFC 4155, quoted as mboxrd): read in pieces, never as a whole, however large it is.

A mail's id is a digest of its text without the lines in which mail programs note what was read, so that a flag, an
expunged neighbour or a compacted file is no change.
"""

# ruff: noqa: PTH116
from __future__ import annotations

import errno
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b

from connectors._folder_known import Sheet
from connectors._folder_tree import HEAD, READ, mark, span

_CHUNK = 1 << 20
_LINE = 1024  # bytes; a separator is no longer
_DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?"
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_CLOCK = rb"[0-2]?\d:\d\d(?::\d\d)?"
_ZONE = rb"(?:[ ]{1,4}(?:[+-]\d{4}|[A-Z]{1,5}))?"
# asctime with or without a zone before or after the year (Gmail's export), RFC 5322, ISO 8601; "-" is Thunderbird's
_SEPARATOR = re.compile(
    rb"From[ ]{1,4}(?:[^\s@]{1,256}@[^\s@]{1,256}|MAILER-DAEMON|-)[ ]{1,8}(?:"
    + _DAY + rb"[ ]{1,4}" + _MONTH + rb"[ ]{1,4}\d{1,2}[ ]{1,4}" + _CLOCK + _ZONE + rb"[ ]{1,4}\d{4}\b"
    + rb"|(?:" + _DAY + rb"[ ]{1,4})?\d{1,2}[ -]" + _MONTH + rb"[ -]\d{4}[ ]{1,4}" + _CLOCK
    + rb"|\d{4}-\d\d-\d\d[T ]" + _CLOCK
    + rb")",
    re.IGNORECASE,
)  # fmt: skip
_QUOTED = re.compile(rb"(?m)^>(>*From )")
_NOTES = re.compile(rb"(?mi)^(?:x-)?(?:status|keywords|uid|imap|imapbase|mozilla-[a-z0-9-]{1,20}|content-length):[^\n]*\n")


def messages(fd: int, start: int = 0) -> Iterator[tuple[int, int]]:
    """(offset, length) of each mail with its separator line, from `start` on, where a line must begin."""
    begin = start
    for blank, line in separators(fd, start):
        if blank > begin:
            yield begin, blank - begin
        begin = line
    if (end := os.fstat(fd).st_size) > begin:
        yield begin, end - begin


def separators(fd: int, start: int, size: int = _CHUNK) -> Iterator[tuple[int, int]]:
    """Where the empty line before a separator begins, and where the separator does."""
    end = os.fstat(fd).st_size
    at, carry, first = start, b"\n\n", 0  # as if an empty line stood before the start
    while at < end and (chunk := os.pread(fd, size, at)):
        text, origin = carry + chunk, at - len(carry)
        at += len(chunk)
        stop = len(text) if at >= end else max(len(text) - _LINE, first)  # what is cut off at the end comes again
        for hit in _hits(text, first, stop):
            blank = hit - 1 if text[hit - 1 : hit] == b"\r" else hit
            if text[blank - 1 : blank] == b"\n" and _SEPARATOR.match(text, hit + 1):
                yield max(origin + blank, start), origin + hit + 1
        carry, first = text[max(stop - 3, 0) :], min(stop, 3)


def _hits(text: bytes, first: int, stop: int) -> Iterator[int]:
    hit = text.find(b"\nFrom ", first)
    while 0 <= hit < stop:
        yield hit
        hit = text.find(b"\nFrom ", hit + 1)


def digest(fd: int, start: int, length: int) -> str:
    head = unseparated(span(fd, start, min(length, HEAD)))
    end = head.find(b"\n\n") if b"\n\n" in head else head.find(b"\n\r\n")
    end = len(head) if end < 0 else end + 1
    return blake2b(_NOTES.sub(b"", head[:end]) + head[end:].rstrip(), digest_size=12).hexdigest()


def unseparated(text: bytes) -> bytes:
    """The mail without its separator line. What stands before a file's first separator has none."""
    return text.partition(b"\n")[2] if _SEPARATOR.match(text) else text


def mail(text: bytes) -> bytes:
    """As it was sent: no separator, and one `>` less before `From `."""
    text = unseparated(text)
    return _QUOTED.sub(rb"\1", text) if b">From " in text else text


class Mbox:
    """The shelf of an mbox file. Marks are "offset.length" in hex; `stamp` is the file's own mark."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._places: Mapping[str, str] = {}
        self._stamp = ""

    def look(self, known: Mapping[str, Sheet], stamp: str) -> tuple[dict[str, Sheet], str]:
        now = mark(os.stat(self._path))  # before it is read: what is appended meanwhile is found next time
        before = known[""] if "" in known else Sheet("", {})
        if known and now == stamp:
            return dict(known), now
        marks = self._scan(before.marks)
        self._places, self._stamp = marks, now
        same = before.same(marks)
        return {"": before if same else Sheet("", marks)} if marks else {}, now

    def _scan(self, known: Mapping[str, str]) -> dict[str, str]:
        fd = os.open(self._path, READ)
        try:
            return self._read(fd, known)
        finally:
            os.close(fd)

    def _read(self, fd: int, known: Mapping[str, str]) -> dict[str, str]:
        places, start = self._kept(fd, known)
        copies = Counter(name.partition("-")[0] for name in places)
        for at, length in messages(fd, start):
            if at == start and not span(fd, at, min(length, _LINE)).strip() and length < _LINE:
                continue  # empty lines before the first separator
            name = digest(fd, at, length)
            copies[name] += 1
            places[name if copies[name] == 1 else f"{name}-{copies[name]}"] = f"{at:x}.{length:x}"
        return places

    def _kept(self, fd: int, known: Mapping[str, str]) -> tuple[dict[str, str], int]:
        """What need not be read again of a file that only grew: all but the last mail, if the one before is in its place."""
        places = sorted((_place(m), name) for name, m in known.items())
        if len(places) < 2:
            return {}, 0
        (at, length), name = places[-2]
        (last, _), tail = places[-1]
        if digest(fd, at, length) != name.partition("-")[0] or not _SEPARATOR.match(span(fd, last, _LINE)):
            return {}, 0
        return {name: m for name, m in known.items() if name != tail}, last

    def changed(self, known: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
        return [name for name in now if name not in known]

    def confirm(self, gone: Iterable[str]) -> list[str]:
        return list(gone)

    def open(self, name: str) -> tuple[int, int, int, str]:
        """A descriptor that the caller closes, where in it the mail begins and how long it is, and its mark."""
        if name not in self._places:
            self.look({}, "")
        if name not in self._places:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        start, length = _place(self._places[name])
        fd = os.open(self._path, READ)
        if mark(os.fstat(fd)) != self._stamp and digest(fd, start, length) != name.partition("-")[0]:
            os.close(fd)  # rewritten under us: the next pull tells
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        return fd, start, length, self._places[name]

    def clean(self, text: bytes) -> bytes:
        return mail(text)


def _place(mark: str) -> tuple[int, int]:
    at, _, length = mark.partition(".")
    return int(at, 16), int(length, 16)
