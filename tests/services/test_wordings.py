"""The index of wordings: after whatever happens to a corpus it holds what a walk over all statements finds, and the
pairs found by it are those that comparing each with each finds."""

from __future__ import annotations

import random
from itertools import permutations

import pytest

from annotations.models import Document, Lookalike, Occurrence, Recurrence, Statement, Wording, WordingRun
from annotations.rules.errors import Problem
from annotations.services import (
    annotations,
    documents,
    due,
    known,
    merging,
    occurrences,
    recurrence,
    statements,
    undo,
    versions,
)
from annotations.services.op import Op, writing
from annotations.text import restating, reuse
from annotations.text.classes import fold_text
from tests.factories import Cast, make_cast, make_document, mark
from tests.services.test_versions import prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


WHO = ("各国政府", "監管機構", "平台企业", "标准组织", "大学实验室", "The regulators")
DOES = ("应当公布", "不应当公布", "已经修订", "要求评估", "正在测试")
WHAT = ("人工智能系统的训练数据", "人工智慧系統的訓練數據", "高风险模型的安全测试报告", "跨境算力门槛的统一标准")
ENDS = ("，同比增长56.4%", "，同比增长54%", "", "，并在2025年完成", "，并在2026年完成")


Pair = tuple[int, int, str, float]  # the two statements, fit, score


def sentence(chance: random.Random) -> str:
    return "".join(chance.choice(part) for part in (WHO, DOES, WHAT, ENDS))


def look(cast: Cast) -> None:
    assert recurrence.catch_up(cast.corpus.pk, 60.0)


def by_brute_force(cast: Cast) -> set[Pair]:
    """Each wording compared with each of all other statements; the best pair of each two."""
    kinds = dict(Statement.objects.values_list("pk", "kind"))
    marked: dict[int, set[int]] = {}
    links = Occurrence.objects.filter(removed_at=None, annotation__removed_at=None)
    for statement, annotation in links.values_list("statement", "annotation"):
        marked.setdefault(statement, set()).add(annotation)
    wordings = known.of_corpus(cast.corpus.pk, glosses=True)
    wordings = [one for one in wordings if reuse.passage(one.words).weight >= reuse.LEAST]
    best: dict[tuple[int, int], tuple[tuple[bool, float], str, float]] = {}
    for one, other in permutations(wordings, 2):
        pair = one.statement, other.statement
        told_apart = marked.get(pair[0], set()) & marked.get(pair[1], set()) and not (one.own and other.own)
        if pair[0] == pair[1] or kinds[pair[0]] != kinds[pair[1]] or told_apart:
            continue
        verdict = restating.both_ways(one.words, other.words)
        if not verdict.repeats:
            continue
        fit = "same" if verdict.fit == one.fit == other.fit else "variant"
        rank = fit == "same", verdict.score + 0.0001 * (one.own + other.own)
        key = min(pair), max(pair)
        if key not in best or best[key][0] < rank:
            best[key] = rank, fit, verdict.score
    return {(*key, fit, score) for key, (_, fit, score) in best.items()}


def found() -> set[Pair]:
    gone = set(Statement.objects.exclude(removed_at=None, redirect_to=None).values_list("pk", flat=True))
    rows = Lookalike.objects.values_list("one", "other", "fit", "score")
    return {row for row in rows if not gone & set(row[:2])}


def indexed() -> list[tuple[int, str, str, str, bool, bool]]:
    rows = Wording.objects.values_list("statement", "words", "fit", "difference", "own", "gloss")
    return sorted((pk, fold_text(words), *how) for pk, words, *how in rows)


def should_be_indexed(cast: Cast) -> list[tuple[int, str, str, str, bool, bool]]:
    rows = known.of_corpus(cast.corpus.pk, glosses=True)
    return sorted(
        (one.statement, fold_text(one.words), one.fit, one.difference, one.own, one.gloss)
        for one in rows if reuse.passage(one.words).weight >= reuse.LEAST
    )  # fmt: skip


def test_pairs_are_those_that_comparing_each_with_each_finds(cast: Cast) -> None:
    chance = random.Random(7)
    with writing(by=cast["annotator"]) as op:
        for number in range(60):
            made = statements.create(op, "proposal" if number % 4 == 0 else "claim", sentence(chance))
            if number % 5 == 0:
                statements.update(op, made, gloss_en=f"Governments shall publish the training data of systems {number}")
    look(cast)
    assert len(found()) > 50 and found() == by_brute_force(cast)
    assert indexed() == should_be_indexed(cast)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_the_index_and_the_pairs_follow(cast: Cast, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(6):
        text = "。\n\n".join(sentence(chance) for _ in range(4))
        document = make_document(cast["annotator"], f"第{number}篇\n\n{text}。\n")
        for quote in chance.sample(text.split("。\n\n"), 2):
            mark(cast["annotator"], document, quote, chance.choice(("claim", "claim", "proposal")))
    look(cast)
    for step in range(40):
        act(cast, chance, f"step-{step}")
        if chance.random() < 0.4:
            look(cast)
            assert indexed() == should_be_indexed(cast)
            assert found() == by_brute_force(cast)
    look(cast)
    assert indexed() == should_be_indexed(cast) and found() == by_brute_force(cast)
    held = set(WordingRun.objects.values_list("wording", flat=True))
    assert held == set(Wording.objects.values_list("pk", flat=True))


def act(cast: Cast, chance: random.Random, key: str) -> None:
    """One thing that people do, by chance; what is refused does not happen."""
    does = chance.choice((reword, new_one, gloss, merge, removed, unlinked, linked, version, gone, take_back))
    try:
        with writing(by=cast["admin"], key=key) as op:
            does(op, chance)
    except Problem:
        pass


def one_of(chance: random.Random) -> Statement:
    return chance.choice(list(Statement.objects.filter(removed_at=None, redirect_to=None).order_by("pk")))


def reword(op: Op, chance: random.Random) -> None:
    statements.update(op, one_of(chance), text=sentence(chance))


def new_one(op: Op, chance: random.Random) -> None:
    statements.create(op, "claim", sentence(chance))


def gloss(op: Op, chance: random.Random) -> None:
    statements.update(
        op, one_of(chance), gloss_en=f"The regulators publish {chance.randint(1, 9)} reports on training data"
    )


def merge(op: Op, chance: random.Random) -> None:
    merging.merge(op, one_of(chance), one_of(chance))


def passage(chance: random.Random) -> Occurrence:
    rows = Occurrence.objects.filter(
        removed_at=None, annotation__removed_at=None, annotation__document__removed_at=None
    )
    return chance.choice(list(rows.select_related("annotation__document", "statement").order_by("pk")))


def removed(op: Op, chance: random.Random) -> None:
    annotations.remove(op, passage(chance).annotation)


def unlinked(op: Op, chance: random.Random) -> None:
    occurrences.part(op, passage(chance))


def linked(op: Op, chance: random.Random) -> None:
    merging.move(op, passage(chance), one_of(chance), fit="variant", difference="number")


def document(chance: random.Random) -> Document:
    rows = Document.objects.filter(removed_at=None).select_related("corpus", "current__text").order_by("pk")
    return chance.choice(list(rows))


def version(op: Op, chance: random.Random) -> None:
    row = document(chance)
    assert row.current is not None
    edited = row.current.text.clean.replace("56.4", "57").replace("应当", "必须") + "又及：并无其他。\n"
    versions.add_version(op, row, prepared(edited))


def gone(op: Op, chance: random.Random) -> None:
    if chance.random() < 0.3:
        documents.remove(op, document(chance))


def take_back(op: Op, chance: random.Random) -> None:
    undo.undo(op, f"step-{chance.randrange(40)}")


def test_a_corpus_of_before_the_index_is_put_into_it(cast: Cast) -> None:
    with writing(by=cast["annotator"]) as op:
        for text in (sentence(random.Random(seed)) for seed in range(5)):
            statements.create(op, "claim", text)
    look(cast)
    seq = Recurrence.objects.get().seq
    Wording.objects.all().delete(), WordingRun.objects.all().delete()
    Recurrence.objects.update(shelved=0)
    assert due.corpora() == [cast.corpus.pk]
    look(cast)
    assert indexed() == should_be_indexed(cast) and Recurrence.objects.get().seq == seq
