"""The process that moves the rows of a great merge is killed again and again: each row goes over exactly once."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.house import ROOT, House

PASSAGES, KILLS, BETWEEN = 1_500, 3, 2
MAKE = f"""
import django; django.setup()
import json
from annotations.models import Annotation, AnnotationTag, Document, Member, Recoding, Tag
from annotations.services import recoding
from annotations.services.op import writing
member = Member.objects.select_related("corpus").order_by("pk").first()
document = Document.objects.get()
tag, into = Tag.objects.select_related("tag_set").filter(corpus=member.corpus)[:2]
common = dict(corpus=member.corpus, document=document, created_by=member, created_at=document.created_at)
rows = Annotation.objects.bulk_create(Annotation(updated_at=document.created_at, **common) for _ in range({PASSAGES}))
AnnotationTag.objects.bulk_create(
    AnnotationTag(annotation=row, tag=one, document=document, corpus=member.corpus)
    for row in rows for one in ((tag, into) if row.pk % 3 == 0 else (tag,))
)
with writing(by=member) as op:
    recoding.merge_tag(op, tag, into)
print(json.dumps(dict(tag=tag.pk, into=into.pk, recoding=Recoding.objects.get().pk, key=op.key, by=member.pk)))
"""
BACK = """
import django; django.setup()
from annotations.models import Member, Recoding
from annotations.services import undo
from annotations.services.op import writing
with writing(by=Member.objects.select_related("corpus").get(pk={by})) as op:
    undo.undo(op, "{key}")
print(Recoding.objects.latest("pk").pk)
"""
RUN = """
import django; django.setup()
from annotations.services import recoding_run
recoding_run.LARGEST = 100
print(recoding_run.run({pk}, seconds={seconds}, hold=lambda held: print("batch", flush=True)))
"""


@pytest.fixture
def house(tmp_path: Path) -> House:
    found = House(tmp_path / "data")
    found.build()
    return found


def killed(house: House, pk: int) -> None:
    """A process that is killed in the middle of some batch after BETWEEN whole ones."""
    command = [sys.executable, "-c", RUN.format(pk=pk, seconds=600)]
    with subprocess.Popen(command, cwd=ROOT, env=house.environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(BETWEEN):
            assert process.stdout.readline() == "batch\n"
        process.send_signal(signal.SIGKILL)


def to_the_end(house: House, pk: int) -> None:
    assert house.run("-c", RUN.format(pk=pk, seconds=600)).endswith("True\n")


def test_a_killed_merge_and_a_killed_undo_move_each_row_once(house: House) -> None:
    made = json.loads(house.run("-c", MAKE))
    tag, into = made["tag"], made["into"]
    for _ in range(KILLS):
        killed(house, made["recoding"])
    to_the_end(house, made["recoding"])
    assert state(house, tag, into) == {"": 0, "into": PASSAGES, "tag": 0, "both": 0}
    assert times_touched(house, made["recoding"]) == {1: PASSAGES}
    back = int(house.run("-c", BACK.format(**made)))
    for _ in range(KILLS):
        killed(house, back)
    to_the_end(house, back)
    assert state(house, tag, into) == {"": 0, "into": 0, "tag": PASSAGES - PASSAGES // 3, "both": PASSAGES // 3}
    assert times_touched(house, back) == {1: PASSAGES}
    assert "unbroken" in house.manage("verify_history")


def state(house: House, tag: int, into: int) -> dict[str, int]:
    """How many passages carry neither tag, one of them, both."""
    query = (
        "SELECT max(coalesce(t.tag_id = ?, 0)) + 2 * max(coalesce(t.tag_id = ?, 0)) FROM annotations_annotation a "
        "LEFT JOIN annotations_annotationtag t ON t.annotation_id = a.id GROUP BY a.id"
    )
    with closing(sqlite3.connect(house.database)) as database:
        found = [held for (held,) in database.execute(query, [tag, into])]
    return {name: found.count(held) for held, name in enumerate(("", "tag", "into", "both"))}


def times_touched(house: House, recoding: int) -> dict[int, int]:
    """How often the batches of a recoding name a passage -> how many passages."""
    query = (
        "SELECT n, count(*) FROM (SELECT count(*) AS n FROM annotations_eventobject o JOIN annotations_event e "
        "ON e.id = o.event_id WHERE e.op LIKE ? GROUP BY o.object_id) GROUP BY n"
    )
    with closing(sqlite3.connect(house.database)) as database:
        return dict(database.execute(query, [f"recoding-{recoding}-%"]).fetchall())
