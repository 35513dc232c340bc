"""CPU seconds and memory of exporting 200,000 annotations, the reading of the database included.

    python -m benchmarks.export [--annotations 200000] [--json]

Every annotation has two tags, a note on each tenth, and a statement of its own: the longest table that so many
annotations can give. Building and each measurement run in a process of their own, so that memory is counted honestly.
Promises (DESIGN.md 10): JSON Lines 3 CPU seconds, CSV 6, memory growth 50 MB.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID

ANNOTATIONS = 200_000
PER_DOCUMENT = 100
FORMATS = ("jsonl", "csv", "web-annotation", "json", "xlsx")
PROMISED = {"jsonl": 3.0, "csv": 6.0}
PROMISED_MB = 50
BATCH = 5_000
#: A workbook of so many cells is made of XML, and takes minutes; nobody promised it.
MEASURED = FORMATS[:4]
SENTENCE = "各方應當在平等的基礎上商定規則，監管機構需要公布測試的結果。2024年的報告列出233起事故，紅線必須說得清楚。"


def run(annotations: int = ANNOTATIONS) -> dict[str, Any]:
    """{format: {cpu_s, growth_mb, mb, promised_s, kept}} over one corpus that is built first."""
    with tempfile.TemporaryDirectory(prefix="aigov-bench-") as folder:
        _child(folder, "--build", str(annotations))
        return {name: _child(folder, "--measure", name) for name in MEASURED}


def _child(folder: str, *arguments: str) -> Any:
    environment = {**os.environ, "AIGOV_DATA": folder, "DJANGO_SETTINGS_MODULE": "aigov.settings"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "benchmarks.export", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def build(annotations: int) -> dict[str, object]:
    """One corpus of so many annotations in the database of AIGOV_DATA."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from annotations.models import Anchor, Annotation, AnnotationTag, Occurrence, Statement, User
    from annotations.services import corpora

    user = User.objects.create_user(username="bench", password="a long enough password")
    corpus = corpora.create(user=user, name="Bench")
    builder = _Builder(corpus, annotations)
    for batch in builder.batches():
        made = Annotation.objects.bulk_create(batch)
        Anchor.objects.bulk_create(builder.anchors(made))
        AnnotationTag.objects.bulk_create(builder.tags(made))
        statements = Statement.objects.bulk_create(builder.statements(made))
        Occurrence.objects.bulk_create(builder.occurrences(made, statements))
    return {"built": annotations}


class _Builder:
    """Rows without the services: a million of them would take an hour, and only reading is measured."""

    def __init__(self, corpus: Any, annotations: int) -> None:
        from django.utils import timezone

        from annotations.models import Member, Tag

        self.corpus, self.total = corpus, annotations
        self.random = random.Random(1)
        self.member = Member.objects.get(corpus=corpus)
        self.tag_ids = list(Tag.objects.filter(corpus=corpus).values_list("pk", flat=True))
        self.now = timezone.now()
        self.common = {
            "corpus": corpus, "created_at": self.now, "updated_at": self.now, "created_by": self.member,
        }  # fmt: skip
        self.text = SENTENCE * 8
        self.documents = self._documents()
        self.number = 0

    def uid(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def _documents(self) -> list[Any]:
        from annotations.models import Document
        from annotations.records import SourceText
        from annotations.services import documents
        from annotations.services.op import writing

        ready = documents.prepare(SourceText(text=self.text, blocks=(), reader="txt"))
        made: list[Document] = []
        for number in range(-(-self.total // PER_DOCUMENT)):
            with writing(by=self.member) as op:
                made.append(documents.load(op, ready, again=True, title=f"文件 {number}", language="zh-Hant"))
        return made

    def batches(self) -> Iterator[list[Any]]:
        from annotations.models import Annotation

        batch = []
        for index in range(self.total):
            document = self.documents[index // PER_DOCUMENT]
            note = "Look at the numbers again." if index % 10 == 0 else ""
            batch.append(Annotation(**self.common, uid=self.uid(), document=document, note=note))
            if len(batch) == BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    def anchors(self, made: list[Any]) -> Iterator[Any]:
        from annotations.models import Anchor

        for annotation in made:
            start = self.random.randrange(0, len(self.text) - 80)
            end = start + self.random.randint(8, 60)
            place = {"clean_start": start, "clean_end": end, "home_start": start, "home_end": end}
            yield Anchor(
                annotation=annotation, version_id=annotation.document.current_id, start=start, end=end, **place,
                exact=self.text[start:end], quote=self.text[start:end], prefix=self.text[max(0, start - 32) : start],
                suffix=self.text[end : end + 32], block=0, fold_hash="0" * 32,
            )  # fmt: skip

    def tags(self, made: list[Any]) -> Iterator[Any]:
        from annotations.models import AnnotationTag

        for annotation in made:
            for tag_id in self.random.sample(self.tag_ids, 2):
                yield AnnotationTag(
                    annotation=annotation, tag_id=tag_id, document_id=annotation.document_id, corpus=self.corpus
                )

    def statements(self, made: list[Any]) -> list[Any]:
        from annotations.models import Statement

        rows = []
        for _ in made:
            self.number += 1
            rows.append(
                Statement(
                    **self.common, uid=self.uid(), kind="claim", number=self.number, text=SENTENCE[:40], type="quantity"
                )
            )
        return rows

    def occurrences(self, made: list[Any], statements: list[Any]) -> Iterator[Any]:
        from annotations.models import Occurrence

        for annotation, statement in zip(made, statements, strict=True):
            yield Occurrence(**self.common, uid=self.uid(), annotation=annotation, statement=statement, voice="author")


def measure(name: str) -> dict[str, object]:
    """One export of everything, thrown away as it comes."""
    import django

    django.setup()
    from django.db import connection

    from annotations.formats import FORMATS as ALL
    from annotations.models import Member, Statement
    from annotations.services import collect

    connection.ensure_connection()
    member = Member.objects.select_related("corpus").get()
    found = collect.export(member, Statement.objects.visible_to(member).order_by("kind", "number"))
    before, started = _peak(), time.process_time()
    size = sum(map(len, collect.stream(ALL[name], found)))
    seconds, growth = time.process_time() - started, _peak() - before
    promised = PROMISED.get(name)
    kept = growth <= PROMISED_MB and (promised is None or seconds <= promised)
    return {
        "cpu_s": round(seconds, 2), "growth_mb": round(growth, 1), "mb": round(size / 1e6, 1), "promised_s": promised,
        "kept": kept,
    }  # fmt: skip


def _peak() -> float:
    """Peak resident memory so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--annotations", type=int, default=ANNOTATIONS)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--build", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--measure", choices=FORMATS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.build:
        print(json.dumps(build(asked.build)))
    elif asked.measure:
        print(json.dumps(measure(asked.measure)))
    else:
        found = run(asked.annotations)
        print(json.dumps(found) if asked.json else "\n".join(_line(name, row) for name, row in found.items()))


def _line(name: str, row: dict[str, Any]) -> str:
    promise = f" (promised {row['promised_s']:g} s, {PROMISED_MB} MB)" if row["promised_s"] else ""
    return f"{name}: {row['cpu_s']} CPU s, {row['growth_mb']} MB more memory, {row['mb']} MB of file{promise}"


if __name__ == "__main__":
    main()
