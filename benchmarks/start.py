"""From `manage.py start` to the first page, memory when nothing happens, and the size of an installation.

    python -m benchmarks.start

The data folder is prepared before, as `make run` does once; the first page is the one on which people log in.
"""

from __future__ import annotations

import http.client
import importlib.metadata
import re
import time
from pathlib import Path

from benchmarks import processes, server
from benchmarks.server import ROOT

STARTS = 3
REST_SECONDS = 2.0
PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?==", re.M)


def run() -> dict[str, float]:
    """Seconds and megabytes (10^6 bytes); the best of three starts, the memory of the last."""
    with server.prepared() as data:
        starts = [one_start(data) for _ in range(STARTS)]
    return {
        "seconds to the first page": min(wall for wall, _, _ in starts),
        "CPU seconds to the first page": min(cpu for _, cpu, _ in starts),
        **starts[-1][2],
        "installed MB": installed_mb(),
    }


def one_start(data: Path) -> tuple[float, float, dict[str, float]]:
    """Wall seconds and CPU seconds up to the first page, and the memory afterwards."""
    begun = time.perf_counter()
    with server.running(data) as (pid, port):
        server.first_page(port)
        wall, cpu = time.perf_counter() - begun, processes.cpu_seconds(pid)
        time.sleep(REST_SECONDS)
        memory = {f"idle {kind} MB": round(processes.memory_mb(pid, kind.title()), 1) for kind in ("PSS", "RSS")}
        before = processes.cpu_seconds(pid)
        time.sleep(REST_SECONDS)
        memory["CPU ms a second when idle"] = round((processes.cpu_seconds(pid) - before) / REST_SECONDS * 1000, 1)
        ask(port)
    return round(wall, 2), round(cpu, 2), memory


def ask(port: int) -> None:
    """One more page: a server that has died in between must not pass for one that needs no memory."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/healthz")
    answer = connection.getresponse()
    if answer.status != http.client.OK:
        raise RuntimeError(f"/healthz answered {answer.status}")
    connection.close()


def installed_mb() -> float:
    """What the packages of requirements.txt take on the disk of this environment, compiled files included, and pip."""
    names = {*PIN.findall((ROOT / "requirements.txt").read_text()), "pip"}
    files: set[Path] = set()
    for name in names:
        try:
            found = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system or another Python
        for entry in found.files or ():
            path = Path(str(found.locate_file(entry)))
            files.add(path)
            if path.suffix == ".py":
                files.update(path.parent.glob(f"__pycache__/{path.stem}.*.pyc"))
    return round(sum(path.stat().st_blocks * 512 for path in files if path.is_file()) / 1e6, 1)


if __name__ == "__main__":
    for figure, value in run().items():
        print(f"{value:8g}  {figure}")
