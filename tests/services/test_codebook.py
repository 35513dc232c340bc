"""Names of tags: one name, one tag in a set; a retired one does not stand in the way."""

from __future__ import annotations

import json
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from annotations.models import AnnotationTag, Tag, TagSet
from annotations.rules.errors import Invalid
from annotations.services import codebook
from annotations.services.op import writing
from tests.factories import Cast, make_cast, make_document, make_user
from tests.services.everything import make_everything
from tests.services.test_dump import bring_in, dumped, empty_corpus

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def add(cast: Cast, tag_set: TagSet, label: str, **values: object) -> Tag:
    with writing(by=cast["editor"]) as op:
        return codebook.add_tag(op, tag_set, label=label, **values)


@pytest.fixture
def own(cast: Cast) -> TagSet:
    with writing(by=cast["editor"]) as op:
        return codebook.add_set(op, name="Own", scope="annotation")


@pytest.mark.parametrize("label", ["Risk", "risk", " RISK ", "Risk  ".upper()])
def test_a_second_tag_of_the_name_is_refused(cast: Cast, own: TagSet, label: str) -> None:
    add(cast, own, "Risk")
    with pytest.raises(Invalid) as caught:
        add(cast, own, label, code="other")
    assert str(caught.value) == (
        "“Own” has a tag “Risk” already. Use that one, or choose a name that tells the two apart."
    )
    assert (caught.value.code, caught.value.field) == ("tag_exists", "label")


def test_letters_beyond_ascii_have_case_too(cast: Cast, own: TagSet) -> None:
    add(cast, own, "Élan")
    with pytest.raises(Invalid):
        add(cast, own, "élan")


def test_another_set_may_have_the_name(cast: Cast, own: TagSet) -> None:
    add(cast, own, "Risk")
    with writing(by=cast["editor"]) as op:
        other = codebook.add_set(op, name="Other", scope="annotation")
    assert add(cast, other, "Risk").label == "Risk"


def test_a_retired_tag_leaves_its_name_and_cannot_take_it_back(cast: Cast, own: TagSet) -> None:
    first = add(cast, own, "Risk")
    with writing(by=cast["editor"]) as op:
        codebook.update_tag(op, first, deprecated=True)
    add(cast, own, "risk")
    with writing(by=cast["editor"]) as op, pytest.raises(Invalid):
        codebook.update_tag(op, first, deprecated=False)
    with writing(by=cast["editor"]) as op:
        codebook.update_tag(op, first, deprecated=False, label="Old risk")


def test_renaming_asks_the_same_and_lets_case_change(cast: Cast, own: TagSet) -> None:
    add(cast, own, "Risk")
    other = add(cast, own, "harm")
    with writing(by=cast["editor"]) as op, pytest.raises(Invalid):
        codebook.update_tag(op, other, label="risk")
    with writing(by=cast["editor"]) as op:
        assert codebook.update_tag(op, other, label="Harm").label == "Harm"


def test_the_database_holds_it_too(cast: Cast, own: TagSet) -> None:
    tag = add(cast, own, "Risk")
    with pytest.raises(IntegrityError), transaction.atomic():
        Tag.objects.create(corpus=cast.corpus, tag_set=own, code="x", label="RISK", colour=tag.colour)


def test_names_that_stood_twice_are_numbered_by_the_migration(cast: Cast, own: TagSet) -> None:
    for label in ("Old risk", "old  risk", "Old   Risk"):  # the index does not know their spaces
        Tag.objects.create(corpus=cast.corpus, tag_set=own, code=label, label=label, colour="red")
    import_module("annotations.migrations.0004_tag_names_once_in_a_set").number_the_later(apps, None)
    assert list(own.tags.order_by("id").values_list("label", flat=True)) == [
        "Old risk",
        "old  risk (2)",
        "Old   Risk (3)",
    ]


def test_an_older_dump_with_a_name_twice_comes_in() -> None:
    """Both tags stay, told apart by a number; where the name is here already, it is that tag."""
    tables = json.loads(dumped(make_everything().cast["admin"]))
    first, second = [tag for tag in tables["tags"] if tag["label"] in ("High", "Low")]
    second["label"] = "HIGH"
    data = json.dumps(tables).encode()
    member = empty_corpus(make_user("importer"))
    bring_in(data, member)
    assert set(Tag.objects.filter(corpus=member.corpus_id, label__startswith="H").values_list("label", flat=True)) >= {
        "High", "HIGH (2)",
    }  # fmt: skip


def test_a_tag_of_the_name_that_is_here_is_that_tag() -> None:
    everything = make_everything()
    tables = json.loads(dumped(everything.cast["admin"]))
    used = tables["annotations"][0]["tags"]
    assert len(used) == 2
    here = make_cast("Here")
    make_document(here["annotator"])  # an empty corpus would take over the codebook of the dump
    one = Tag.objects.filter(corpus=here.corpus).earliest("id")
    by_uid = {tag["uid"]: tag for tag in tables["tags"]}
    by_uid[used[0]]["code"], by_uid[used[0]]["label"] = "new", one.label.upper()
    by_uid[used[1]]["code"], by_uid[used[1]]["label"] = one.code, "Something else"
    bring_in(json.dumps(tables).encode(), here["admin"])
    assert AnnotationTag.objects.filter(corpus=here.corpus, tag=one).count() == 2
