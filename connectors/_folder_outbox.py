"""An outbox of files: `drafts/NAME.eml` and `sent/NAME.eml`, to be opened, changed, moved and deleted with anything.

Whoever moves a file from one folder to the other has sent it: a rename succeeds once, so of two senders one wins. A file is
made elsewhere, flushed to the disk and renamed, and so it is there as a whole or not at all.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from agent.errors import NeedsHuman, OnwardError, Rejected, Unavailable, Unsure
from agent.model import Mail
from agent.ports import Handle, Placed, Receipt

_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW
_NAME = re.compile(r"[0-9a-f]{32}\Z")
_LARGEST = 64 * 2**20  # bytes of a draft that somebody has changed
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_MENDABLE = frozenset(getattr(errno, name) for name in "EACCES EPERM EROFS ENOENT ENOTDIR EEXIST EISDIR ELOOP ENAMETOOLONG".split())


class Outbox:
    """`put/NAME` holds the SHA-256 of what was put under that name; it is written once the draft lies there, so that a draft
    which has a digest and is missing was taken away by somebody, and is not laid again. `tmp` is where files are made.

    A handle is the name, made from the key alone. One writer at a time, in whatever process.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tmp, self._digests, self._drafts, self._sent = (path / name for name in ("tmp", "put", "drafts", "sent"))

    def put(self, mail: Mail) -> Handle:
        name = sha256(mail.key.encode()).hexdigest()[:32]
        with self._faults(), self._alone(makes=True):
            wanted, known, there = _digest(mail.raw), self._digest(name), self._file(self._drafts, name).exists()
            if not self._file(self._sent, name).exists() and (not known or (there and known != wanted)):
                self._make(self._file(self._drafts, name), mail.raw)
                self._make(self._digests / name, wanted.encode())
        return name

    def look(self, handles: Sequence[Handle]) -> list[Placed]:
        with self._faults():
            return [self._placed(handle) for handle in handles]

    def _placed(self, handle: Handle) -> Placed:
        """A draft that is moved while we look is seen: the folder of sent mail is looked into before and after."""
        for folder in (self._sent, self._drafts, self._sent):
            if (data := self._read(folder, handle)) is None:
                continue
            edited = _digest(data) != self._digest(handle)
            if folder is self._drafts:
                return Placed("draft", edited)
            _flush(self._sent)  # whoever moved it may not have waited for the disk
            return Placed("sent", edited, self._receipt(handle).id)
        return Placed("gone" if _NAME.match(handle) and self._digest(handle) else "elsewhere")

    def send(self, handle: Handle) -> Receipt:
        with self._faults(), self._alone():
            if self._read(self._sent, handle) is None:
                self._unchanged(handle)
                self._move(handle)
            self._settle()
        return self._receipt(handle)

    def withdraw(self, handle: Handle) -> bool:
        with self._faults(), self._alone():
            if self._read(self._sent, handle) is not None or self._read(self._drafts, handle) is None:
                return False
            try:
                self._file(self._drafts, handle).unlink()
            except FileNotFoundError:
                return False  # moved or deleted this very moment
            _flush(self._drafts)
        return True

    # ---------------------------------------------------------------------------------------------------- sending

    def _unchanged(self, name: str) -> None:
        """The draft is what was put, and the rep's alone to read; raises otherwise."""
        data = self._read(self._drafts, name)
        if data is None:
            raise Unsure(f"outbox: the draft is not in {self._drafts} any more; whether it was sent from there cannot be told")
        if _digest(data) != self._digest(name):
            raise Rejected("the draft was changed in the folder after it was approved; approve the new text, or move the file to `sent`")
        self._file(self._drafts, name).chmod(0o600)

    def _move(self, name: str) -> None:
        try:
            self._file(self._drafts, name).rename(self._file(self._sent, name))
        except FileNotFoundError:
            if self._read(self._sent, name) is None:
                raise Unsure("outbox: the draft was taken away while it was being sent") from None
        except OSError as fault:
            if fault.errno in _FULL | _MENDABLE:
                raise
            raise Unsure(f"outbox: whether the mail was moved to {self._sent} cannot be told ({_reason(fault)})") from fault

    def _settle(self) -> None:
        """Sent is what the disk has, not what it will have."""
        try:
            _flush(self._sent)
            _flush(self._drafts)
        except OSError as fault:
            raise Unsure(f"outbox: the mail was moved to {self._sent}, but the disk did not confirm it ({_reason(fault)})") from fault

    def _receipt(self, name: str) -> Receipt:
        return Receipt(f"sent/{name}.eml")

    # ------------------------------------------------------------------------------------------------------ files

    def _file(self, folder: Path, name: str) -> Path:
        return folder / f"{name}.eml"

    def _read(self, folder: Path, handle: Handle) -> bytes | None:
        """None where there is no such file, as with a handle of another outbox; a folder that is missing is a fault."""
        if not _NAME.match(handle):
            return None
        try:
            return _whole(self._file(folder, handle))
        except FileNotFoundError:
            folder.stat()
            return None

    def _digest(self, name: str) -> str:
        """ "" for what was never put."""
        try:
            return _whole(self._digests / name).decode("ascii", "replace")
        except FileNotFoundError:
            return ""

    def _make(self, path: Path, data: bytes) -> None:
        made = self._tmp / path.name
        fd = os.open(made, _WRITE, 0o600)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(fd, view) :]
            os.fsync(fd)
        finally:
            os.close(fd)
        made.replace(path)
        _flush(path.parent)

    @contextmanager
    def _alone(self, *, makes: bool = False) -> Iterator[None]:
        """The lock ends with the process that holds it, however that ends. Where a draft must have been put before, a folder that
        is missing is a fault: its disk may not be plugged in."""
        if not makes:
            self._drafts.stat()
        self._prepare()
        fd = os.open(self._tmp / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX)
            yield
        finally:
            os.close(fd)

    def _prepare(self) -> None:
        missing = [folder for folder in (self._tmp, self._digests, self._drafts, self._sent) if not folder.is_dir()]
        if not missing:
            return
        if not self._path.is_dir():
            self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
            _flush(self._path.parent)
        for folder in missing:
            folder.mkdir(mode=0o700, exist_ok=True)
        _flush(self._path)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Turns what the file system says into what must happen next; what may have had an effect was turned before."""
        try:
            yield
        except OSError as fault:
            raise self._advice(fault) from fault

    def _advice(self, fault: OSError) -> OnwardError:
        where = fault.filename if isinstance(fault.filename, str | os.PathLike) else self._path
        if fault.errno in _FULL:
            return Unavailable(f"outbox: the disk of {self._path} is full; make room, nothing was lost")
        if fault.errno in _MENDABLE:
            hint = "see that it is a folder there that you may write to, or change `path` of `outbox`"
            return NeedsHuman(f"outbox: {os.fspath(where)} cannot be used ({_reason(fault)})", hint)
        return Unavailable(f"outbox: {self._path} does not answer ({_reason(fault)})")


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _whole(path: Path) -> bytes:
    fd = os.open(path, _READ)
    with os.fdopen(fd, "rb") as file:
        return file.read(_LARGEST)


def _flush(folder: Path) -> None:
    """What was made, moved or deleted in a folder is on the disk."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _reason(fault: OSError) -> str:
    return (fault.strerror or type(fault).__name__).lower()
