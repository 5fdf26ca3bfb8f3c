"""Kills a process before or after the N-th system call that changes a file, by ptrace(2): what `strace -e inject` does, but of a
forked child that has everything imported already, so that every N can be tried.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass

# arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h
_CALLS = {
    "x86_64": {
        1: "write",
        18: "pwrite64",
        20: "writev",
        296: "pwritev",
        74: "fsync",
        75: "fdatasync",
        77: "ftruncate",
        82: "rename",
        264: "renameat",
        316: "renameat2",
        86: "link",
        87: "unlink",
        263: "unlinkat",
        83: "mkdir",
        258: "mkdirat",
        90: "chmod",
        91: "fchmod",
        268: "fchmodat",
    },
    "aarch64": {
        64: "write",
        68: "pwrite64",
        66: "writev",
        70: "pwritev",
        82: "fsync",
        83: "fdatasync",
        46: "ftruncate",
        38: "renameat",
        276: "renameat2",
        37: "linkat",
        35: "unlinkat",
        34: "mkdirat",
        52: "fchmod",
        53: "fchmodat",
    },
}
_NETWORK = {"x86_64": {42: "connect", 44: "sendto", 45: "recvfrom"}, "aarch64": {203: "connect", 206: "sendto", 207: "recvfrom"}}
CALLS = _CALLS.get(platform.machine(), {})
NETWORK = _NETWORK.get(platform.machine(), {})
TRACEME, SYSCALL, SETOPTIONS, SYSCALL_INFO = 0, 24, 0x4200, 0x420E
SYSGOOD, EXITKILL = 0x01, 0x00100000
ENTRY, EXIT = 1, 2


class _Info(ctypes.Structure):
    """struct ptrace_syscall_info, as far as the number of the call."""

    _fields_ = (
        ("op", ctypes.c_uint8),
        ("pad", ctypes.c_uint8 * 3),
        ("arch", ctypes.c_uint32),
        ("pointer", ctypes.c_uint64),
        ("stack", ctypes.c_uint64),
        ("number", ctypes.c_uint64),
        ("args", ctypes.c_uint64 * 8),
    )


_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
_libc.ptrace.restype = ctypes.c_long


def _ptrace(request: int, pid: int, address: object, data: object) -> None:
    if _libc.ptrace(request, pid, address, data) < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


@dataclass(frozen=True)
class Ended:
    """`calls` are the names of those it began; `killed` unless it came to its end."""

    calls: tuple[str, ...]
    killed: bool


def available() -> bool:
    return sys.platform == "linux" and bool(CALLS)


def run(work: Callable[[], None], point: int | None = None, table: Mapping[int, str] = CALLS) -> Ended:
    """Counts the calls in `table`. `point` 2n: killed before its n-th call does anything, 2n + 1: as soon as it has done it; None:
    not at all.

    Raises `AssertionError` if `work` raises.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        _child(work)
    os.waitpid(pid, 0)
    _ptrace(SETOPTIONS, pid, None, SYSGOOD | EXITKILL)
    calls: list[str] = []
    info, counted, passed = _Info(), False, 0
    while True:
        _ptrace(SYSCALL, pid, None, passed)
        _, status = os.waitpid(pid, 0)
        if not os.WIFSTOPPED(status):
            assert os.WIFEXITED(status), f"ended by signal {os.WTERMSIG(status)}"
            assert os.WEXITSTATUS(status) == 0, "the work failed; see above"
            return Ended(tuple(calls), False)
        passed = 0
        if os.WSTOPSIG(status) != signal.SIGTRAP | 0x80:
            passed = os.WSTOPSIG(status)
            continue
        _ptrace(SYSCALL_INFO, pid, ctypes.sizeof(info), ctypes.addressof(info))
        if info.op == ENTRY:
            counted = info.number in table
            if counted:
                calls.append(table[info.number])
        if counted and point == 2 * (len(calls) - 1) + (info.op == EXIT):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            return Ended(tuple(calls), True)


def _child(work: Callable[[], None]) -> None:
    try:
        _ptrace(TRACEME, 0, None, None)
        os.kill(os.getpid(), signal.SIGSTOP)
        work()
    except BaseException:  # noqa: BLE001 -- whatever it is, the process ends here and its parent is told
        traceback.print_exc()
        os._exit(70)
    os._exit(0)
