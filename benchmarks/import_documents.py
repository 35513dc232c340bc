"""Importing 10,000 plain-text files of 1,000 to 2,000 characters, with 20 annotations each, searchable at the end.

    python -m benchmarks.import_documents [--documents 10000] [--characters 1500] [--json]

What is timed is what `manage.py import_documents` does from the list of files to the last commit: hash, read, keep the
upload, clean, cut, propose facts, write, index. Once by one process that does everything, and once with a second one
that prepares. Afterwards the index is asked for words whose count is known. Wall times suffer from whoever else uses
the machine; "documents a CPU second" does not, much. Promise (DESIGN.md 10): 450 documents a second, the second process
allowed; no batch holds the write lock for more than 40 ms.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import corpus

DOCUMENTS, CHARACTERS = 10_000, 1_500
ALONE = 3_000  # documents for the process that does everything
TIMED = ("alone", "with a helper")


def run(documents: int = DOCUMENTS, characters: int = CHARACTERS) -> dict[str, Any]:
    """Figures of both ways; see `figures`."""
    with tempfile.TemporaryDirectory(prefix="aigov-bench-import-") as folder:
        files = Path(folder) / "files"
        write(files, documents, characters)
        return {
            "alone": measured(Path(folder), files, min(documents, ALONE), characters, 1),
            "with a helper": measured(Path(folder), files, documents, characters, 2),
        }


def write(folder: Path, documents: int, characters: int) -> None:
    """The texts alone: spans count from their first character."""
    folder.mkdir()
    for sample in corpus.documents(documents, characters, spans=0):
        (folder / f"{sample.number:05d}.txt").write_text(sample.text, "utf-8")


def measured(folder: Path, files: Path, documents: int, characters: int, jobs: int) -> dict[str, Any]:
    """One import in a process and a data folder of its own."""
    data = folder / f"data-{jobs}"
    data.mkdir(mode=0o700)
    environment = {**os.environ, "AIGOV_DATA": str(data), "DJANGO_SETTINGS_MODULE": "aigov.settings"}
    environment.pop("DATABASE_URL", None)
    asked = [str(number) for number in (documents, characters, jobs)]
    command = [sys.executable, "-m", "benchmarks.import_documents", "--child", str(files), *asked]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def spans(path: str, characters: int, tags: Sequence[int]) -> list[Any]:
    """The annotations of one file; made where the file is prepared."""
    from annotations.services.bulk_load import Mark

    sample = corpus.document(int(Path(path).stem), characters)
    return [Mark(start, end, (tags[tag % len(tags)],)) for start, end, tag in sample.spans]


def child(files: Path, documents: int, characters: int, jobs: int) -> dict[str, Any]:
    """Import in this process; everything else is done before the clock starts."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from annotations.models import Member, Tag, User
    from annotations.services import corpora, import_files
    from annotations.services.import_run import Run

    made = corpora.create(user=User.objects.create_user(username="bench"), name="Bench")
    member = Member.objects.select_related("corpus").get(corpus=made)
    tags = tuple(Tag.objects.filter(corpus=made, tag_set__scope="annotation").values_list("pk", flat=True))
    prepare = partial(import_files.prepare, marks_of=partial(spans, characters=characters, tags=tags))
    run = Run(member, "bench", jobs=jobs, prepare=prepare)
    marking = _seconds_of_marking(documents, characters, tags)
    wall, cpu = time.perf_counter(), _cpu()
    outcome = run.load(sorted(files.iterdir())[:documents])
    wall, used = time.perf_counter() - wall, [now - before for now, before in zip(_cpu(), cpu, strict=True)]
    _check(member, outcome, documents)
    return figures(documents, wall, used, outcome.holds, marking)


def _seconds_of_marking(documents: int, characters: int, tags: Sequence[int]) -> float:
    """CPU seconds that making up the spans takes, which is the benchmark's work and not the import's."""
    sample = min(documents, 200)
    begun = time.process_time()
    for number in range(sample):
        spans(f"{number:05d}.txt", characters, tags)
    return (time.process_time() - begun) * documents / sample


def _cpu() -> tuple[float, float]:
    """CPU seconds of this process and of the helpers that have ended."""
    times = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return times[0].ru_utime + times[0].ru_stime, times[1].ru_utime + times[1].ru_stime


def _check(member: Any, outcome: Any, documents: int) -> None:
    """Everything is in, and found: an import that loses something is not fast."""
    from annotations.models import Annotation, Document
    from annotations.services import history, search

    assert (outcome.loaded, outcome.failed, outcome.present) == (documents, [], [])
    assert Document.objects.filter(corpus=member.corpus).count() == documents
    assert Annotation.objects.filter(corpus=member.corpus).count() == documents * corpus.SPANS
    for needle, remainder in corpus.NEEDLES.items():
        wanted = sum(number % corpus.PERIOD == remainder for number in range(documents))
        assert search.run(member, needle).documents == wanted, needle
    assert history.verify(member.corpus) is None


def figures(
    documents: int, wall: float, used: Sequence[float], holds: Sequence[float], marking: float
) -> dict[str, float]:
    """Per document and per second; the CPU time of making up spans is taken off."""
    cpu = sum(used) - marking
    return {
        "documents": documents,
        "documents a second": round(documents / wall, 1),
        "documents a CPU second": round(documents / cpu, 1),
        "CPU ms a document": round(cpu / documents * 1000, 2),
        "CPU ms a document, helper": round(used[1] / documents * 1000, 2),
        "write lock p50 ms": round(sorted(holds)[len(holds) // 2] * 1000, 1),
        "write lock p99 ms": round(sorted(holds)[int(len(holds) * 0.99)] * 1000, 1),
        "batches": len(holds),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--characters", type=int, default=CHARACTERS)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", nargs=4, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        files, *numbers = asked.child
        print(json.dumps(child(Path(files), *map(int, numbers))))
        return
    found = run(asked.documents, asked.characters)
    if asked.json:
        print(json.dumps(found, indent=1))
        return
    for way in TIMED:
        for figure, value in found[way].items():
            print(f"{value:>12,g}  {way}: {figure}")


if __name__ == "__main__":
    main()
