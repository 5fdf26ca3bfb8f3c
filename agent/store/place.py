"""Where a SQLite store may lie: on a disk of this machine, for its owner's eyes alone."""

from __future__ import annotations

import os
from pathlib import Path

from agent.errors import NeedsHuman

BESIDE = ("", "-wal", "-shm")  # SQLite gives its journal and index the mode of the database
_OTHERS = 0o077
_MOUNTS = Path("/proc/self/mountinfo")
# Locks and shared memory, which WAL needs, do not hold there between machines: sqlite.org/wal.html, sqlite.org/useovernet.html
_NETWORK = frozenset(
    "nfs nfs4 cifs smb2 smb3 smbfs afs ceph glusterfs lustre gfs2 ocfs2 beegfs davfs fuse.sshfs fuse.rclone fuse.davfs2".split()
)


def prepare(path: Path) -> None:
    """Makes the folder and an empty file if they are not there. Raises `NeedsHuman` for a place that is no place for mail."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _remote(path)
        # Never opened when it exists: closing any handle of a file takes away this process's own locks on it (POSIX).
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        if not path.exists():
            raise NeedsHuman(f"there is a file where the folder of the store {path} should be", "name another place") from None
    except OSError as fault:
        raise NeedsHuman(f"the store {path} cannot be made ({fault.strerror})", "name a folder that is yours") from None
    for beside in BESIDE:
        _private(path.with_name(path.name + beside))


def _private(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except OSError:
        return
    if mode & _OTHERS:
        raise NeedsHuman(f"{path} can be read by others (mode {mode & 0o777:o}) and holds mail", f"run: chmod 600 '{path}'")


def _remote(path: Path) -> None:
    try:
        mounts = _MOUNTS.read_text("utf-8", "replace")
    except OSError:
        return  # not Linux: it cannot be told
    kind = file_system(path.parent.resolve(), mounts)
    if kind in _NETWORK:
        raise NeedsHuman(f"the store {path} lies on a network file system ({kind})", "name a folder on a disk of this machine")


def file_system(folder: Path, mounts: str) -> str:
    """The type of the file system that `folder` lies on. `mounts`: text of /proc/self/mountinfo, proc_pid_mountinfo(5)."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        left, _, right = line.partition(" - ")
        point = Path(left.split()[4].replace("\\040", " ").replace("\\134", "\\"))
        if folder.is_relative_to(point) and len(point.parts) >= best:  # a later mount hides an earlier one
            best, kind = len(point.parts), right.split()[0]
    return kind
