"""manage.py verify_history: intact, broken, several corpora, wrong use."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.db import connection

from annotations.models import Corpus, CorpusHead, Event
from annotations.services import history
from tests.commands.conftest import Ended
from tests.factories import make_cast, make_document, mark

Runner = Callable[..., Ended]
pytestmark = pytest.mark.django_db


def made(name: str) -> Corpus:
    cast = make_cast(name)
    mark(cast["annotator"], make_document(cast["annotator"]), "standards body", "proposal")
    return cast.corpus


def execute(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_intact(run: Runner) -> None:
    corpora = [made("One"), made("Two")]
    ended = run("verify_history")
    assert (ended.code, ended.err) == (0, "")
    for corpus in corpora:
        head = CorpusHead.objects.get(corpus=corpus)
        assert f"{corpus.slug}: {head.seq} lines, unbroken. Head {head.seq} {head.hash}" in ended.out


def test_the_first_broken_line_is_named(run: Runner) -> None:
    corpus, other = made("One"), made("Two")
    execute("UPDATE annotations_event SET payload = '{}' WHERE corpus_id = %s AND seq IN (9, 5)", corpus.pk)
    ended = run("verify_history")
    assert (ended.code, ended.err.strip()) == (1, "one: line 5 is broken: the payload was changed.")
    assert run("verify_history", "--corpus", other.slug).code == 0
    found = json.loads(run("verify_history", "--json").out)
    assert found["intact"] is False
    assert [(one["corpus"], one["broken"] and one["broken"]["seq"]) for one in found["corpora"]] == [
        ("one", 5),
        ("two", None),
    ]


def test_a_line_put_in_by_hand_is_found(run: Runner) -> None:
    corpus = made("One")
    last = Event.objects.filter(corpus=corpus).latest("seq")
    last.pk, last.seq, last.op = None, last.seq + 1, "by hand"
    last.save(force_insert=True)
    broken = history.verify(corpus)
    assert broken is not None and (broken.seq, broken.reason) == (last.seq, history.BEYOND)


def test_a_head_set_back_with_its_lines_is_found(run: Runner) -> None:
    """Removing the last lines leaves the head; changing the head as well leaves its hash."""
    corpus = made("One")
    head = CorpusHead.objects.get(corpus=corpus)
    execute("DELETE FROM annotations_event WHERE corpus_id = %s AND seq = %s", corpus.pk, head.seq)
    assert run("verify_history").code == 1
    execute("UPDATE annotations_corpushead SET seq = seq - 1 WHERE corpus_id = %s", corpus.pk)
    ended = run("verify_history")
    assert (ended.code, "another last event" in ended.err) == (1, True)


def test_wrong_use_and_nothing_there(run: Runner) -> None:
    assert run("verify_history", "--corpus", "nowhere").code == 2
    assert run("verify_history").out.strip() == "There is no corpus yet."
    assert json.loads(run("verify_history", "--json").out) == {"intact": True, "corpora": []}
