"""CPU milliseconds of a Tracker page over 10,000 statements: rows, exact counts, filters, sorting, grouping.

    python -m benchmarks.tracker [--statements 10000] [--json]

Two passages a statement in 200 documents, two tags a passage of nine, one own column, an owner for each fourth, a date
for each fifth. Figures are the middle of 15 runs in a warm process. `queries` is filter, counts and the 50 rows as
the page reads them; `page` is the answer over the test client, templates included. Promise (DESIGN.md 10): a page of
50 with a tag filter in at most 20 CPU ms, counts exact.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

STATEMENTS = 10_000
DOCUMENTS = 200
RUNS = 15
BATCH = 5_000
WORDS = (
    "人工智能 系統 風險 標準 政府 企業 算力 數據 模型 安全 評測 治理 機構 事故 發展 國家 倫理 訓練 公布 要求".split()
)
QUERIES = {
    "all": "", "tag": "tag={tag}", "own tag": "tag={own}", "status": "status=queued,tracked", "text": "q=算力標準",
    "document": "document={document}", "owner": "assignee=me", "sorted by due": "ordering=due",
    "grouped by document": "group=document", "last page": "page=200",
}  # fmt: skip


def run(statements: int = STATEMENTS) -> dict[str, Any]:
    """{query: {queries ms, page ms, rows}} and whether the counts agree with counting one by one."""
    prepare()
    made = Made(statements)
    found: dict[str, Any] = {"statements": statements}
    for name, query in QUERIES.items():
        asked = query.format(tag=made.tags[0], own=made.own[0], document=made.documents[3])
        found[name] = {
            "queries ms": middle(partial(made.read, asked)),
            "page ms": middle(partial(made.page, asked)),
            "statements": made.read(asked),
        }
    found["counts exact"] = int(made.exact(f"tag={made.tags[0]}"))
    return found


def prepare() -> None:
    """An empty database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aigov.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def middle(work: Callable[[], object]) -> float:
    """The middle CPU time of some runs, in milliseconds; the first, cold one is left out."""
    work()
    times = []
    for _ in range(RUNS):
        before = time.process_time()
        work()
        times.append(1000 * (time.process_time() - before))
    return round(statistics.median(times), 1)


class Made:
    """The corpus, written without the services (only reading is measured), and what is asked of it."""

    def __init__(self, statements: int) -> None:
        from django.test import Client

        from annotations.models import Member, Tag, TagSet, User
        from annotations.services import corpora

        self.random, self.total = random.Random(1), statements
        user = User.objects.create_user(username="bench", password="a long enough password")
        self.corpus = corpora.create(user=user, name="Bench")
        self.member = Member.objects.select_related("corpus").get(corpus=self.corpus)
        self.tags = list(Tag.objects.filter(corpus=self.corpus).values_list("pk", flat=True))
        own = TagSet.objects.create(corpus=self.corpus, name="Topic", scope="statement")
        self.own = [
            Tag.objects.create(corpus=self.corpus, tag_set=own, code=c, label=c, colour="red").pk for c in "abc"
        ]
        self.client = Client()
        self.client.force_login(user)
        self.documents = self.make_documents()
        self.agents = self.make_agents()
        self.fill()

    def make_documents(self) -> list[int]:
        from annotations.records import SourceText
        from annotations.services import documents
        from annotations.services.op import writing

        ready = documents.prepare(SourceText(text="各方應當商定規則。" * 20, blocks=(), reader="txt"))
        made = []
        for number in range(DOCUMENTS):
            with writing(by=self.member) as op:
                made.append(
                    documents.load(op, ready, again=True, title=f"文件 {number}", published_date="2025-01-01").pk
                )
        return made

    def make_agents(self) -> list[int]:
        from annotations.models import Agent

        rows = [Agent(corpus=self.corpus, name=f"機構 {n}", fold=f"机构 {n}") for n in range(60)]
        return [row.pk for row in Agent.objects.bulk_create(rows)]

    def fill(self) -> None:
        from annotations.models import Annotation, AnnotationTag, Occurrence, Statement, StatementTag

        for start in range(0, self.total, BATCH):
            rows = Statement.objects.bulk_create(
                [self.statement(n) for n in range(start, min(start + BATCH, self.total))]
            )
            places = [(row, self.documents[(row.number * 7 + k * 31) % DOCUMENTS]) for row in rows for k in (0, 1)]
            marked = Annotation.objects.bulk_create([Annotation(**self.common(), document_id=pk) for _, pk in places])
            links = [
                Occurrence(**self.common(), annotation=one, statement=row, attributed_to_id=self.agents[row.pk % 60])
                for one, (row, _) in zip(marked, places, strict=True)
            ]  # fmt: skip
            Occurrence.objects.bulk_create(links)
            tags = [
                AnnotationTag(annotation=one, tag_id=tag, document_id=one.document_id, corpus=self.corpus)
                for one in marked for tag in self.random.sample(self.tags, 2)
            ]  # fmt: skip
            AnnotationTag.objects.bulk_create(tags)
            own = [StatementTag(statement=row, tag_id=self.random.choice(self.own), corpus=self.corpus) for row in rows]
            StatementTag.objects.bulk_create(own)

    def common(self) -> dict[str, Any]:
        from django.utils import timezone

        return {
            "corpus": self.corpus,
            "created_at": timezone.now(),
            "updated_at": timezone.now(),
            "created_by": self.member,
        }

    def statement(self, number: int) -> Any:
        from annotations.models import Statement
        from annotations.text.folding import fold_text

        text = "".join(self.random.choice(WORDS) for _ in range(12))
        claim = number % 3 > 0
        work = self.random.choice(
            ("untriaged", "queued", "in_progress", "approved") if claim else ("untriaged", "tracked")
        )
        return Statement(
            **self.common(), kind="claim" if claim else "proposal", number=number + 1, text=text, fold=fold_text(text),
            language="zh-Hant", work=work, type="quantity" if claim else "", mechanism="" if claim else "disclosure",
            progress="" if claim else "not_yet_rated", assignee=self.member if number % 4 == 0 else None,
            due=date(2026, 1, 1) + timedelta(days=number % 300) if number % 5 == 0 else None,
        )  # fmt: skip

    def read(self, text: str) -> int:
        """What the page reads: filter, counts, rows. How many statements there are."""
        from django.http import QueryDict
        from django.utils import timezone

        from annotations import filters
        from annotations.filters.orders import order_by
        from annotations.services.tracker import columns, counts, table
        from annotations.views.tracker.listing import COSTLY

        query = QueryDict(text)
        rows = filters.statements(self.member, query)
        order = order_by(query.get("ordering", ""))
        if COSTLY & set(query):
            rows = counts.settled(rows, order)
        total = counts.of(self.member, rows).statements
        look = table.Look(columns.ALWAYS, table.tags_of(self.member), timezone.localdate(), self.corpus.slug)
        page = int(query.get("page", "1"))
        table.build(self.member, rows, order, look, total=total, page=page, group=query.get("group", ""))
        return total

    def page(self, text: str) -> None:
        answer = self.client.get(f"/c/{self.corpus.slug}/tracker/?{text}", headers={"Host": "127.0.0.1"})
        assert answer.status_code == 200, answer.status_code

    def exact(self, text: str) -> bool:
        """Whether the counts are those of counting in memory."""
        from django.http import QueryDict

        from annotations import filters
        from annotations.models import Occurrence
        from annotations.services.tracker import counts

        found = filters.statements(self.member, QueryDict(text))
        chosen = {row.pk: row.kind for row in found}
        links = Occurrence.objects.select_related("annotation")
        passages = {(o.annotation_id, o.annotation.document_id) for o in links if o.statement_id in chosen}
        kinds = list(chosen.values())
        wanted = (kinds.count("claim"), kinds.count("proposal"), len(passages), len({pk for _, pk in passages}))
        counted = counts.of(self.member, found)
        return wanted == (counted.claims, counted.proposals, counted.passages, counted.documents)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--statements", type=int, default=STATEMENTS)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = run(asked.statements)
    if asked.json:
        print(json.dumps(found, ensure_ascii=False))
        return
    for name, figures in found.items():
        print(f"{name:20} {figures}")


if __name__ == "__main__":
    main()
