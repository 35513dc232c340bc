"""What the operating system says about processes: CPU time, memory, and how much of a core was ours (Linux)."""

from __future__ import annotations

import os
import time
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


def family(pid: int) -> list[int]:
    """The process and everything it started that still runs."""
    parents: dict[int, int] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            fields = stat(int(entry.name))
            if fields:
                parents[int(entry.name)] = int(fields[1])
    found = [pid]
    for one in found:  # grows while it is read
        found += [child for child, parent in parents.items() if parent == one]
    return found


def stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat behind the name (state, parent ...); [] when the process is gone."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def cpu_seconds(pid: int) -> float:
    """User and system time of the whole family so far, children that ended included."""
    return sum(sum(map(int, stat(one)[11:15])) for one in family(pid) if stat(one)) / TICK


def memory_mb(pid: int, kind: str = "Pss") -> float:
    """Memory of the family in MB (10^6 bytes). Pss shares a common page between its users, Rss counts it for each."""
    total = 0
    for one in family(pid):
        try:
            lines = (PROC / str(one) / "smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith(f"{kind}:"))
    return total * 1024 / 1e6


def contention(cpu: float = 0.15) -> float:
    """Wall time over CPU time of a busy loop: 1.0 is a core to ourselves, 2.0 means that others took half of it."""
    wall, begun = time.perf_counter(), time.thread_time()
    while time.thread_time() - begun < cpu:
        pass
    return round((time.perf_counter() - wall) / cpu, 2)
