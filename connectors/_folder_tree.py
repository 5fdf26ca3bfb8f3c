"""Files in folders, as they are found and read: Maildir, `.eml`, `.ics`, YAML and CSV alike.

Nothing here writes, renames or touches. A listing costs one `scandir` per folder and, once something is known, one `stat` per file.
"""

# A Path per file would cost more than reading the file.
# ruff: noqa: PTH112, PTH116, PTH208
from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from agent.errors import NeedsHuman, OnwardError, Unavailable

LIMIT = 25 * 2**20  # bytes; a larger mail is quarantined
PARTS, DEPTH = 450, 25  # from so many on, the whole of a mail is looked at to tell whether they are too many
HEAD = 260 * 1024  # bytes read of a mail for its headers (256 kB at most) and, mostly, its invitation
UNREADABLE = "?"  # in place of a mark: looked at again each time
LATER = "-"  # in place of a mark: made when the file is opened

BOXES = frozenset({"cur", "new"})
READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK  # a pipe that bears a mail's name does not stop us
_CHUNK = 1 << 20
_Look = Callable[[os.DirEntry[str]], str]
_REGULAR = 0o100000
_AWAY = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENAMETOOLONG})


class File(NamedTuple):
    """`id` is printable and stable while the file stays what it is; `mark` changes with the file."""

    id: str
    path: str
    mark: str


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


def walk(root: str, suffixes: tuple[str, ...], maildir: bool = False, later: bool = False) -> Iterator[File]:
    """Files below `root` whose names end so (any case), each folder once, however the links run.

    With `maildir`, a folder that holds `cur` or `new` is one (https://cr.yp.to/proto/maildir.html): all in those two is
    mail, whatever its name, but for drafts (flag D), and `tmp` is none. Its id lacks flags and the folder's name, so that
    reading a mail does not change it. With `later`, files are not looked at: where all are opened anyway, that is half the work.
    """
    look = _name_only if later else _mark
    seen: set[tuple[int, int]] = set()
    folders = [(root, "", False)]
    while folders:
        path, prefix, box = folders.pop()
        try:
            found, below, links = _look(path, seen)
        except FileNotFoundError:
            if path == root:
                raise
            continue
        boxes = BOXES & {*below, *links} if maildir and not box else frozenset()
        folders[len(folders) :] = _inside(path, prefix, below, boxes)
        folders[:0] = _inside(path, prefix, links, boxes)  # the real ones first
        yield from _mails(found, prefix, look) if box else _named(found, prefix, suffixes, look)


def _inside(path: str, prefix: str, names: Iterable[str], boxes: frozenset[str]) -> Iterator[tuple[str, str, bool]]:
    for name in names:
        if name in boxes:
            yield f"{path}/{name}", prefix, True
        elif not (boxes and name == "tmp"):
            yield f"{path}/{name}", f"{prefix}{name}/", False


def _look(path: str, seen: set[tuple[int, int]]) -> tuple[list[os.DirEntry[str]], list[str], list[str]]:
    """The files, the folders and the links to folders in one folder; nothing if it was seen before."""
    files: list[os.DirEntry[str]] = []
    folders: list[str] = []
    links: list[str] = []
    here = os.stat(path)
    if (here.st_dev, here.st_ino) in seen:
        return files, folders, links
    seen.add((here.st_dev, here.st_ino))
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            elif entry.is_symlink() and os.path.isdir(entry.path):
                links.append(entry.name)
            else:
                files.append(entry)
    return files, folders, links


def _named(entries: list[os.DirEntry[str]], prefix: str, suffixes: tuple[str, ...], look: _Look) -> Iterator[File]:
    for entry in entries:
        name = entry.name
        if name.lower().endswith(suffixes) and name[0] != "." and (found := look(entry)):
            yield File(printable(prefix + name), entry.path, found)


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


class Tree:
    """The shelf of a Maildir or a folder of `.eml` files; a mail's mark is its file's."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._paths: dict[str, str] = {}
        self._marks: dict[str, str] = {}

    def look(self, known: Mapping[str, str], _stamp: str) -> tuple[dict[str, str], str]:
        """Where nothing is known, a mark comes into what is returned when its file is opened."""
        marks: dict[str, str] = {}
        self._paths = {}
        for name, path, found in walk(self._root, (".eml",), maildir=True, later=not known):
            self._paths[name], marks[name] = path, found
        self._marks = {name: marks[name] for name in sorted(marks)}
        return self._marks, ""

    def changed(self, known: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
        return [name for name, mark in now.items() if known.get(name) != mark or mark == UNREADABLE]

    def confirm(self, gone: Iterable[str]) -> list[str]:
        """A folder that is being renamed in may be listed without a file that is there: looked at twice."""
        if not gone:
            return []
        there, _ = self.look({}, "")
        return [name for name in gone if name not in there]

    def open(self, name: str) -> tuple[int, int, int]:
        """A descriptor that the caller closes, and where in it the mail begins and how long it is."""
        if name not in self._paths:
            self.look({}, "")
        if name not in self._paths:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        path = self._paths[name]
        try:
            fd = os.open(path, READ)
        except FileNotFoundError:
            fd = os.open(_moved(path), READ)
        stat = os.fstat(fd)
        if stat.st_mode & 0o170000 != _REGULAR:
            os.close(fd)
            raise OSError(errno.EINVAL, "not a regular file")
        if self._marks.get(name) == LATER:
            self._marks[name] = mark(stat)
        return fd, 0, stat.st_size

    def clean(self, text: bytes) -> bytes:
        return text


def _moved(path: str) -> str:
    """Where a mail of a Maildir went when a flag was set since the listing."""
    folder, name = os.path.split(path)
    above, box = os.path.split(folder)
    unique = name.partition(":2,")[0]
    for beside in (f"{above}/{each}" for each in BOXES) if box in BOXES else ():
        for other in os.listdir(beside) if os.path.isdir(beside) else ():
            if other.partition(":2,")[0] == unique:
                return f"{beside}/{other}"
    return path


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
