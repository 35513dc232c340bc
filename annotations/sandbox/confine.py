"""What a child gives up before it looks at a stranger's file: memory, time, writing, the network, other processes.

Resource limits work on every POSIX system. On Linux a seccomp filter makes the kernel refuse the system calls that a
reader never needs (a hijacked parser would); where there is no filter for the machine, the limits stand alone.
"""

import ctypes
import os
import platform
import resource
import signal
import struct
import sys

from annotations.sandbox.limits import Limits

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
# AUDIT_ARCH constant and numbers of the refused calls, from the kernel's own tables (asm/unistd.h).
REFUSED: dict[str, tuple[int, dict[str, int]]] = {
    "x86_64": (
        0xC000003E,
        {
            "socket": 41, "connect": 42, "bind": 49, "execve": 59, "execveat": 322, "vfork": 58, "ptrace": 101,
            "kill": 62, "tkill": 200, "pidfd_send_signal": 424, "process_vm_readv": 310, "process_vm_writev": 311,
            "io_uring_setup": 425, "unlink": 87, "unlinkat": 263, "rmdir": 84, "rename": 82, "renameat": 264,
            "renameat2": 316, "truncate": 76, "mkdir": 83, "mkdirat": 258, "symlink": 88, "symlinkat": 266,
            "link": 86, "linkat": 265, "chmod": 90, "fchmodat": 268, "creat": 85, "mknod": 133, "mknodat": 259,
        },
    ),
    "aarch64": (
        0xC00000B7,
        {
            "socket": 198, "connect": 203, "bind": 200, "execve": 221, "execveat": 281, "ptrace": 117, "kill": 129,
            "tkill": 130, "pidfd_send_signal": 424, "process_vm_readv": 270, "process_vm_writev": 271,
            "io_uring_setup": 425, "unlinkat": 35, "renameat": 38, "renameat2": 276, "truncate": 45, "mkdirat": 34,
            "symlinkat": 36, "linkat": 37, "fchmodat": 53, "mknodat": 33,
        },
    ),
}  # fmt: skip
_LOAD, _EQUAL, _ATLEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_JMP|JGE|K, BPF_RET|K
_ALLOW, _EPERM, _X32 = 0x7FFF0000, 0x00050001, 0x40000000


def confine(limits: Limits) -> None:
    """Never to be undone in this process. A limit that the system does not know is left out."""
    _alarm(limits.wall)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)  # no file can get any content
    _limit(resource.RLIMIT_NOFILE, limits.files)
    _limit(resource.RLIMIT_AS, limits.memory)
    _limit(resource.RLIMIT_CPU, limits.cpu, limits.cpu + 2)  # SIGXCPU first, which says why; SIGKILL after
    os.nice(5)  # people who click come first
    refuse_system_calls()


def _alarm(seconds: float) -> None:
    """Death at the end of the time even inside a loop in C; the parent's clock is the second line."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit(kind: int, soft: int, hard: int | None = None) -> None:
    _, present = resource.getrlimit(kind)
    most = soft if hard is None else hard
    most = most if present == resource.RLIM_INFINITY else min(most, present)
    try:
        resource.setrlimit(kind, (min(soft, most), most))
    except (ValueError, OSError):
        return  # macOS has no limit of address space


def refuse_system_calls() -> bool:
    """Install the filter; False where there is none for this machine. Refused calls fail with EPERM."""
    if sys.platform != "linux" or platform.machine() not in REFUSED:
        return False
    program = _program(*REFUSED[platform.machine()])
    libc = ctypes.CDLL(None, use_errno=True)
    code = ctypes.create_string_buffer(program)
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return bool(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.create_string_buffer(header), 0, 0) == 0)


def _program(arch: int, calls: dict[str, int]) -> bytes:
    """Classic BPF: allow, unless the call is in the list or made through another architecture's table."""
    numbers = sorted(set(calls.values()))
    steps = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, arch), (_RETURN, 0, 0, _EPERM), (_LOAD, 0, 0, 0)]
    steps.append((_ATLEAST, len(numbers) + 1, 0, _X32))
    steps += [(_EQUAL, len(numbers) - place, 0, number) for place, number in enumerate(numbers)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _EPERM)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
