"""Files in folders, as they are found and read: Maildir, `.eml`, `.ics`, YAML and CSV alike.

Nothing here writes, renames or touches. A listing costs one `scandir` per folder and, once something is known, one `stat` per file;
of mail only in folders that changed, and once a day in all.
"""

# A Path per file would cost more than reading the file.
# ruff: noqa: PTH112, PTH116
from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from agent.errors import NeedsHuman, OnwardError, Unavailable
from connectors._folder_known import UNREADABLE

LIMIT = 25 * 2**20  # bytes; a larger mail is quarantined
PARTS, DEPTH = 450, 25  # from so many on, the whole of a mail is looked at to tell whether they are too many
HEAD = 260 * 1024  # bytes read of a mail for its headers (256 kB at most) and, mostly, its invitation
LATER = "-"  # in place of a mark: made when the file is opened

BOXES = frozenset({"cur", "new"})
READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK  # a pipe that bears a mail's name does not stop us
_CHUNK = 1 << 20
_GRAIN = 2 * 10**9  # nanoseconds: the coarsest that file systems tell times (FAT)
_CALM = 600 * 10**9  # in which no file of a folder changed: then none is being written
_DAY = 86_400 * 10**9
_Look = Callable[[os.DirEntry[str]], str]
_REGULAR = 0o100000
_AWAY = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENAMETOOLONG})


class File(NamedTuple):
    """`id` is printable and stable while the file stays what it is; `mark` changes with the file."""

    id: str
    path: str
    mark: str


class Folder(NamedTuple):
    """`name` is printable. `stamp` changes when a file comes, goes or is renamed; "" where that does not tell whether any file
    changed. `files` is None where the stamp is the one that was known."""

    name: str
    stamp: str
    files: list[File] | None


@contextmanager
def faults(section: str, path: str) -> Iterator[None]:
    """Turns what the file system says into what must happen next."""
    try:
        yield
    except OSError as fault:
        raise _advice(section, path, fault) from fault


def _advice(section: str, path: str, fault: OSError) -> OnwardError:
    where = fault.filename if isinstance(fault.filename, str) else path
    if fault.errno in _AWAY:
        return NeedsHuman(
            f"{section}: {printable(where)} cannot be read ({_reason(fault)})",
            f"see that it is there and readable, or change `path` of `{section}`",
        )
    return Unavailable(f"{section}: {printable(where)} does not answer ({_reason(fault)})")


def _reason(fault: OSError) -> str:
    return (fault.strerror or type(fault).__name__).lower()


def why(fault: OSError) -> str:
    """The reason for a quarantine."""
    return f"cannot be opened: {_reason(fault)}"


def printable(name: str) -> str:
    """A file name may hold any bytes; an id may not."""
    if name.isprintable():
        return name
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def mark(stat: os.stat_result) -> str:
    if stat.st_mode & 0o170000 != _REGULAR:
        return UNREADABLE
    return f"{stat.st_size:x}.{stat.st_mtime_ns:x}.{stat.st_ino:x}"


# -------------------------------------------------------------------------------------------------------- listing


def walk(root: str, suffixes: tuple[str, ...], maildir: bool = False) -> Iterator[File]:
    """Files below `root` whose names end so (any case), each folder once, however the links run; `maildir` as with `folders`."""
    for folder in folders(root, suffixes, maildir):
        yield from folder.files or ()


def folders(
    root: str, suffixes: tuple[str, ...], maildir: bool = False, later: bool = False, known: Mapping[str, str] | None = None
) -> Iterator[Folder]:
    """With `maildir`, a folder that holds `cur` or `new` is one (https://cr.yp.to/proto/maildir.html): all in those two is
    mail, whatever its name, but for drafts (flag D), and `tmp` is none. Its id lacks flags and the folder's name, so that
    reading a mail does not change it. As its files never change, those two are not listed while their stamp is the one in
    `known`, nor are other folders of mail in which nothing was written for a while. With `later`, files are not looked at: where
    all are opened anyway, that is half the work.
    """
    look = _name_only if later else _mark
    seen: set[tuple[int, int]] = set()
    waiting = [(root, "", "")]
    while waiting:
        path, prefix, box = waiting.pop()
        name = printable(prefix + box)
        try:
            here = os.stat(path)
            if (here.st_dev, here.st_ino) in seen:
                continue
            seen.add((here.st_dev, here.st_ino))
            stamp = _stamp(here, _GRAIN if box else _CALM) if maildir else ""
            if stamp and known and known.get(name) == stamp:
                yield Folder(name, stamp, None)
                continue
            found, below, links = _listed(path)
        except FileNotFoundError:
            if path == root:
                raise
            continue
        boxes = BOXES & {*below, *links} if maildir and not box else frozenset()
        waiting[len(waiting) :] = _inside(path, prefix, below, boxes)
        waiting[:0] = _inside(path, prefix, links, boxes)  # the real ones first
        files = _mails(found, prefix, look) if box else _named(found, prefix, suffixes, look)
        alone = not (below or links or any(entry.is_symlink() for entry in found))
        tells = stamp and alone and (box or (not later and _calm(found)))
        yield Folder(name, stamp if tells else "", list(files))


def _stamp(here: os.stat_result, age: int) -> str:
    """None of a folder that changed just now: it may change again without its times telling. Another one each day: a file that is
    written in place does not change its folder, and not every file system tells by these times that one came."""
    latest, now = max(here.st_mtime_ns, here.st_ctime_ns), time.time_ns()
    return f"{here.st_mtime_ns:x}.{here.st_ctime_ns:x}.{here.st_ino:x}.{now // _DAY:x}" if latest < now - age else ""


def _calm(found: list[os.DirEntry[str]]) -> bool:
    try:
        return max((entry.stat().st_mtime_ns for entry in found), default=0) < time.time_ns() - _CALM
    except OSError:
        return False


def _inside(path: str, prefix: str, names: Iterable[str], boxes: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    for name in names:
        if name in boxes:
            yield f"{path}/{name}", prefix, name
        elif not (boxes and name == "tmp"):
            yield f"{path}/{name}", f"{prefix}{name}/", ""


def _listed(path: str) -> tuple[list[os.DirEntry[str]], list[str], list[str]]:
    """The files, the folders and the links to folders in one folder."""
    files: list[os.DirEntry[str]] = []
    below: list[str] = []
    links: list[str] = []
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                below.append(entry.name)
            elif entry.is_symlink() and os.path.isdir(entry.path):
                links.append(entry.name)
            else:
                files.append(entry)
    return files, below, links


def _named(entries: list[os.DirEntry[str]], prefix: str, suffixes: tuple[str, ...], look: _Look) -> Iterator[File]:
    for entry in entries:
        name = entry.name
        if name.lower().endswith(suffixes) and name[0] != "." and (found := look(entry)):
            whole = prefix + name
            yield File(whole if whole.isprintable() else printable(whole), entry.path, found)


def _mails(entries: list[os.DirEntry[str]], prefix: str, look: _Look) -> Iterator[File]:
    for entry in entries:
        unique, _, flags = entry.name.partition(":2,")
        if unique[0] != "." and "D" not in flags and (found := look(entry)):
            yield File(printable(prefix + unique), entry.path, found)


def _mark(entry: os.DirEntry[str]) -> str:
    """ "" for what is gone since it was listed."""
    try:
        return mark(entry.stat())
    except OSError:
        return UNREADABLE if entry.is_symlink() else ""


def _name_only(entry: os.DirEntry[str]) -> str:
    return _mark(entry) if entry.is_symlink() else LATER


# -------------------------------------------------------------------------------------------------------- reading


def span(fd: int, start: int, length: int) -> bytes:
    """Up to `length` bytes from `start`; fewer where the file ends."""
    data = os.pread(fd, length, start)
    if len(data) == length or not data:
        return data
    parts = [data]
    while data and (length := length - len(data)) > 0:
        start += len(data)
        data = os.pread(fd, length, start)
        parts.append(data)
    return b"".join(parts)


def whole(path: str) -> bytes:
    fd = os.open(path, READ)
    try:
        return span(fd, 0, os.fstat(fd).st_size)
    finally:
        os.close(fd)


def enough(fd: int, start: int, length: int) -> bytes:
    """What the headers of a mail and its invitation need: the whole of a small mail, the head of a large one, but the
    whole again if further down a calendar part lies or there may be more parts or levels than allowed.
    """
    head = span(fd, start, min(length, HEAD))
    if length > HEAD and _parts_follow(fd, start + HEAD, length - HEAD, head):
        return span(fd, start, length)
    return head


def _parts_follow(fd: int, start: int, length: int, head: bytes) -> bool:
    kinds = head[: _headers_end(head)].lower()
    if b"multipart/" not in kinds and b"message/" not in kinds:
        return False
    tail, parts, levels = b"", head.count(b"\n--"), _levels(head.lower())
    while length > 0 and (chunk := os.pread(fd, min(length, _CHUNK), start)):
        text = (tail + chunk).lower()
        parts, levels = parts + chunk.count(b"\n--"), levels + _levels(text)
        if parts > PARTS or levels > DEPTH or b"text/calendar" in text or b"application/ics" in text:
            return True
        tail, start, length = chunk[-16:], start + len(chunk), length - len(chunk)
    return False


def _levels(text: bytes) -> int:
    return text.count(b"multipart/") + text.count(b"message/rfc822")


def _headers_end(head: bytes) -> int:
    ends = [at for at in (head.find(b"\n\n"), head.find(b"\n\r\n")) if at >= 0]
    return min(ends, default=len(head))
