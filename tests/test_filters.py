"""Filters and orders of statements: what each lets through, exactly; misspelt ones are refused; nothing leaks through
them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from annotations import filters
from annotations.filters.queries import filters_of
from annotations.models import Agent, Layer, Round, Statement
from annotations.rules.errors import Invalid
from annotations.services import documents
from annotations.services.op import writing
from tests.tracked import Tracked, make_tracked

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Tracked:
    return make_tracked()


def labels(made: Tracked, query: str, role: str = "annotator", ordering: str = "") -> list[str]:
    rows = filters.ordered(filters.statements(made.cast[role], QueryDict(query)), ordering)
    return [row.label for row in rows]


EACH = {
    "": ["C-1", "C-2", "C-3", "C-4", "P-1", "P-2"],
    "kind=claim": ["C-1", "C-2", "C-3", "C-4"],
    "status=untriaged&kind=claim": ["C-1", "C-2", "C-4"],
    "status=in_progress": ["C-3"],
    "status=in_progress,untriaged&kind=claim": ["C-1", "C-2", "C-3", "C-4"],
    "status=in_progress&status=untriaged&kind=claim": ["C-1", "C-2", "C-3", "C-4"],
    "type=quantity": ["C-3"],
    "type=none&kind=proposal": ["P-1", "P-2"],
    "checkworthiness=high": ["C-3"],
    "checkworthiness=none&kind=claim": ["C-1", "C-2", "C-4"],
    "wording=stands_alone": ["C-3"],
    "progress=not_yet_rated": ["P-1", "P-2"],
    "fit=variant": ["C-2"],
    "passages=variant": ["C-2"],
    "passages=several": ["C-2"],
    "passages=one&kind=claim": ["C-1", "C-3", "C-4"],
    "passages=none": [],
    "q=c-2 P-1": ["C-2", "P-1"],
    "q=算力": ["C-2"],
    "q=事故 飙升": ["C-3"],
    "q=事故 算力": [],
    "q=國際": [],
    "due=now": ["C-4"],
    "due=week": ["C-4"],
    "due=later": [],
    "due=none&kind=proposal": ["P-1", "P-2"],
    "due_before=2020-01-02": ["C-4"],
    "due_after=2020-01-03": [],
    "assignee=none&kind=claim": ["C-1", "C-2"],
    "columns=gloss&group=status&open=C-1&view=v3&script=hans&page=2&q=c-1": ["C-1"],
}


def test_each_filter_lets_through_what_it_says(made: Tracked) -> None:
    assert {query: labels(made, query) for query in EACH} == EACH


def test_text_is_found_in_either_script(made: Tracked) -> None:
    assert labels(made, "q=发达国家") == labels(made, "q=發達國家") == ["C-2"]


def test_tags_of_statements_and_of_passages(made: Tracked) -> None:
    first, second = made.passage_tags
    assert labels(made, f"tag={made.topics[0].pk}") == ["P-2"]
    assert labels(made, f"tag={first.pk}") == ["C-1", "P-1"]
    assert labels(made, f"tag={first.pk},{second.pk}&tag={made.topics[0].pk}") == ["C-1", "C-3", "P-1", "P-2"]
    assert labels(made, f"tag={made.topics[1].pk}") == []


def test_documents_agents_and_owners(made: Tracked) -> None:
    assert labels(made, f"document={made.two.pk}") == ["C-2", "C-3", "C-4"]
    checker = made.cast["checker"].pk
    assert labels(made, "assignee=me", "checker") == labels(made, f"assignee={checker}") == ["C-3", "C-4"]
    agent = Agent.objects.filter(occurrences__statement=made.labels["C-1"]).first()
    if agent is not None:
        assert "C-1" in labels(made, f"agent={agent.pk}")


def test_a_removed_document_takes_its_passages_along(made: Tracked) -> None:
    with writing(by=made.cast["admin"]) as op:
        documents.remove(op, made.two)
    assert labels(made, f"document={made.two.pk}") == []
    assert labels(made, "passages=none") == ["C-3", "C-4"]
    assert labels(made, "fit=variant") == []


def test_layers_of_an_open_blind_round_are_not_found_by_their_tags(made: Tracked) -> None:
    coder, other = made.cast["annotator"], made.cast["editor"]
    opened = Round.objects.create(
        corpus=made.cast.corpus, name="R", codebook_version=1, created_at=timezone.now(), created_by=made.cast["admin"]
    )
    layer = Layer.objects.create(round=opened, member=coder)
    occurrence = made["C-3"].occurrences.get()
    occurrence.annotation.layer = layer
    occurrence.annotation.save()
    query = f"tag={made.passage_tags[1].pk}"
    assert (labels(made, query), labels(made, query, "editor")) == (["C-3"], [])
    opened.closed_at = timezone.now()
    opened.save()
    assert other and labels(made, query, "editor") == ["C-3"]


def test_an_unreviewed_verdict_is_no_filter(made: Tracked) -> None:
    for role in made.cast.members:
        assert labels(made, "verdict=supported", role) == []
        assert labels(made, "verdict=none", role) == ["C-1", "C-2", "C-3", "C-4"]


def test_verdicts_and_progress_together_mean_either(made: Tracked) -> None:
    Statement.objects.filter(pk=made.labels["C-1"].pk).update(verdict="supported")
    assert labels(made, "verdict=supported&progress=not_yet_rated") == ["C-1", "P-1", "P-2"]
    assert labels(made, "verdict=refuted&progress=adopted") == []


SENSELESS = {
    "stauts=queued": "stauts",
    "status=nonsense": "status",
    "due_before=soon": "due_before",
    "tag=safety": "tag",
    "assignee=somebody": "assignee",
    "passages=some": "passages",
}


def test_what_makes_no_sense_is_refused_by_name(made: Tracked) -> None:
    for query, field in SENSELESS.items():
        with pytest.raises(Invalid) as refused:
            list(filters.statements(made.cast["annotator"], QueryDict(query)))
        assert refused.value.field == field


def test_empty_values_filter_nothing(made: Tracked) -> None:
    assert len(labels(made, "kind=&status=&q=&tag=&due_before=")) == 6


def test_another_corpus_is_never_seen(made: Tracked) -> None:
    other = make_tracked()
    assert not {row.pk for row in filters.statements(other.cast["admin"], {})} & set(made.pk("C-1", "P-1"))
    assert labels(other, f"tag={made.passage_tags[0].pk}") == []
    assert labels(other, f"document={made.one.pk}") == []


def test_orders_are_whole_and_turn_round(made: Tracked) -> None:
    for name in filters.ORDERS:
        there, back = labels(made, "", ordering=name), labels(made, "", ordering=f"-{name}")
        assert sorted(there) == sorted(back) == ["C-1", "C-2", "C-3", "C-4", "P-1", "P-2"]


def test_codes_sort_by_their_vocabulary_and_empty_ones_come_last(made: Tracked) -> None:
    assert labels(made, "kind=claim", ordering="status")[-1] == "C-3"
    assert labels(made, "kind=claim", ordering="-status")[0] == "C-3"
    assert labels(made, "", ordering="due")[0] == labels(made, "", ordering="-due")[0] == "C-4"
    assert labels(made, "kind=claim", ordering="type")[0] == "C-3"
    assert labels(made, "", ordering="-number")[:2] == ["P-2", "P-1"]


def test_an_unknown_order_names_the_known_ones(made: Tracked) -> None:
    with pytest.raises(Invalid, match="number, text"):
        labels(made, "", ordering="size")


def test_later_dates(made: Tracked) -> None:
    today = timezone.localdate()
    Statement.objects.filter(pk=made.labels["C-4"].pk).update(due=today + timedelta(days=8))
    assert labels(made, "due=later") == ["C-4"] and labels(made, "due=week") == []
    Statement.objects.filter(pk=made.labels["C-4"].pk).update(due=today, work="set_aside")
    assert labels(made, "due=now") == []


def test_filters_of_a_query_leave_out_its_shape() -> None:
    query = QueryDict("kind=claim&kind=proposal&q=&page=2&columns=gloss&ordering=due&status=queued")
    assert filters_of(query) == {"kind": ["claim", "proposal"], "status": ["queued"]}
