"""All benchmarks of this folder, one after another, against what was promised.

    python -m benchmarks [NAME ...] [--write] [--list]         (make bench ARGS="start writers")

A benchmark is a module with `run() -> dict` whose values are numbers, texts, or dicts of them. Each runs in a process
of its own with a data folder of its own that is removed afterwards: nobody's documents are touched. The figures go into
results.json beside this file, where those of other benchmarks stay; --write makes docs/benchmarks.md from all of them.
Exit code: 0 when every benchmark ran and kept its promises, 1 when a promise was broken, 2 when a benchmark failed.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import processes, promises, report
from benchmarks.report import Taken
from benchmarks.server import ROOT, environment

FOLDER = Path(__file__).resolve().parent
RESULTS = FOLDER / "results.json"
PAGE = ROOT / "docs" / "benchmarks.md"
LONGEST = 1_200  # seconds for one benchmark
CHILD = """
import importlib, json, sys
found = importlib.import_module(sys.argv[1]).run()
with open(sys.argv[2], "w") as file:
    json.dump(found, file, default=str)
"""


class Failed(Exception):
    """A benchmark that gave no figures."""


def names() -> list[str]:
    """The modules of this folder that have a run()."""
    return [path.stem for path in sorted(FOLDER.glob("*.py")) if path.stem != "__main__" and has_run(path)]


def has_run(path: Path) -> bool:
    """Whether the module defines `run` at its top level; it is not imported for that."""
    return any(isinstance(node, ast.FunctionDef) and node.name == "run" for node in ast.parse(path.read_text()).body)


def take(name: str) -> Taken:
    """Run one benchmark in a process of its own. Raises Failed with the last of what it said."""
    before = processes.contention()
    with tempfile.TemporaryDirectory(prefix=f"aigov-bench-{name}-") as folder:
        answer = Path(folder) / "answer.json"
        data = Path(folder) / "data"
        data.mkdir(mode=0o700)
        command = [sys.executable, "-c", CHILD, f"benchmarks.{name}", str(answer)]
        said = run_to_end(command, environment(data))
        if not answer.exists():
            raise Failed(f"{name} failed:\n{said[-3000:]}")
        found = json.loads(answer.read_text())
    at = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    busy, load = (before, processes.contention()), round(os.getloadavg()[0], 1)
    return Taken(name, promises.flat(found), at, busy, load, report.commit())


def run_to_end(command: list[str], environ: dict[str, str]) -> str:
    """What the command said; it and everything it started are killed when it takes too long."""
    child = subprocess.Popen(
        command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        return child.communicate(timeout=LONGEST)[0]
    except (subprocess.TimeoutExpired, KeyboardInterrupt) as error:
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
        if isinstance(error, KeyboardInterrupt):
            raise
        raise Failed(f"took more than {LONGEST} seconds") from error


def kept_results() -> dict[str, Taken]:
    """The figures of earlier runs on this machine."""
    if not RESULTS.exists():
        return {}
    stored = json.loads(RESULTS.read_text())
    return {
        name: Taken(name, one["figures"], one["at"], (one["busy"][0], one["busy"][1]), one["load"], one["commit"])
        for name, one in stored["benchmarks"].items()
        if name in names()
    }


def keep(results: dict[str, Taken]) -> None:
    """Write results.json."""
    content = {"machine": report.machine(), "benchmarks": {name: one.as_json() for name, one in results.items()}}
    RESULTS.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def measure(wanted: Sequence[str]) -> tuple[dict[str, Taken], list[str]]:
    """All results with the new ones among them, and the names of those that failed; results are kept one by one."""
    results, failed = kept_results(), []
    for name in wanted:
        print(f"{name} ...", flush=True)
        try:
            results[name] = take(name)
        except Failed as problem:
            failed.append(name)
            print(problem, flush=True)
            continue
        keep(dict(sorted(results.items())))
        show(results[name])
    return dict(sorted(results.items())), failed


def show(taken: Taken) -> None:
    """The figures on the terminal."""
    for figure, value, promised, kept, _ in report.rows(taken):
        judged = f"{promised}: {kept.strip('*')}" if promised else ""
        print(f"  {value:>12}  {figure:<48} {judged}".rstrip(), flush=True)
    print(f"  busy {taken.busy[0]:g} before, {taken.busy[1]:g} after (1.0: a core to ourselves)", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", nargs="*", help="benchmarks to run (default: all)")
    parser.add_argument("--write", action="store_true", help="make docs/benchmarks.md from all figures kept")
    parser.add_argument("--list", action="store_true", help="only name the benchmarks")
    asked = parser.parse_args()
    known = names()
    if asked.list:
        print("\n".join(known))
        return 0
    if unknown := set(asked.name) - set(known):
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; there is: {', '.join(known)}")
    results, failed = measure(asked.name or known)
    if asked.write:
        PAGE.write_text(report.page(results))
        print(f"{PAGE.relative_to(ROOT)} is written")
    judged = [results[name] for name in asked.name or known if name in results]
    broken = [line for one in judged for line in promises.broken(one.benchmark, one.figures)]
    print("\n".join(broken) or "All promises that were measured are kept.")
    return 2 if failed else 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
