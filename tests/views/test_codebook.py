"""The codebook: sets and tags, keys, retiring, merging without loss."""

from __future__ import annotations

import pytest

from annotations.models import Event, Tag, TagSet
from tests.factories import make_document, mark
from tests.views.people import People, field_value, words


@pytest.fixture
def own(people: People) -> TagSet:
    people.done("editor", "codebook", name="Region", scope="statement", many="on")
    return TagSet.objects.get(corpus=people.cast.corpus, name="Region")


def first(people: People, label: str = "Safety") -> Tag:
    return Tag.objects.get(corpus=people.cast.corpus, label=label)


def test_everybody_reads_it_editors_keep_it(people: People) -> None:
    page = people.get("viewer", "codebook")
    assert "Safety" in page and "New tag set" not in page and people.url("tag_edit", first(people).pk) not in page
    assert people.url("tag_edit", first(people).pk) in people.get("editor", "codebook")
    assert people.post("annotator", "codebook", name="Mine", scope="statement").status_code == 403


@pytest.mark.parametrize("name", ["tag_new", "tag_edit"])
def test_only_editors_see_the_forms(people: People, name: str) -> None:
    pk = TagSet.objects.get(corpus=people.cast.corpus).pk if name == "tag_new" else first(people).pk
    assert "To keep the codebook you need the role Editor or above" in words(
        people.get("checker", name, pk, status=403)
    )


def test_a_new_set(people: People, own: TagSet) -> None:
    assert (own.scope, own.many) == ("statement", True)
    page = people.kept("editor", "codebook", name="", scope="document")
    assert "This field is required." in words(page)


def test_a_new_tag(people: People, own: TagSet) -> None:
    people.done(
        "editor", "tag_new", own.pk, label="Africa", label_zh_hans="非洲", colour="teal", definition="The continent"
    )
    tag = first(people, "Africa")
    assert (tag.label_zh_hans, tag.colour, tag.tag_set) == ("非洲", "teal", own)
    page = people.kept("editor", "tag_new", own.pk, label="", definition="Left over")
    assert field_value(page, "definition") == "Left over"


def test_editing_a_tag_keeps_its_uses(people: People) -> None:
    tag = first(people)
    mark(people.cast["annotator"], make_document(people.cast["annotator"]), "Experts agree", tags=(tag.pk,))
    people.done("editor", "tag_edit", tag.pk, label="Safety of systems", colour="red", key="1")
    tag.refresh_from_db()
    assert tag.label == "Safety of systems"
    shown = words(people.get("viewer", "codebook"))
    assert "Safety of systems Risks" in shown or "Safety of systems" in shown
    assert Event.objects.filter(kind="codebook.tag_updated").exists()


def test_a_retired_tag_is_no_longer_offered(people: People) -> None:
    tag = first(people)
    people.done("editor", "tag_edit", tag.pk, label="Safety", colour="red", deprecated="on")
    tag.refresh_from_db()
    assert tag.deprecated and "Safety retired" in words(people.get("viewer", "codebook"))
    page = people.get("editor", "tag_edit", first(people, "Capacity building").pk)
    assert "Safety" not in page.split('name="into"')[1].split("</select>")[0]


def test_merging_moves_every_use(people: People) -> None:
    old, new = first(people), first(people, "Ethics and rights")
    document = make_document(people.cast["annotator"])
    both = mark(people.cast["annotator"], document, "Experts agree", tags=(old.pk, new.pk))
    one = mark(people.cast["annotator"], document, "tests are needed", tags=(old.pk,))
    people.done("editor", "tag_edit", old.pk, merge="True", into=new.pk)
    for annotation in (both, one):
        assert list(annotation.tag_rows.values_list("tag_id", flat=True)) == [new.pk]
    old.refresh_from_db()
    assert old.deprecated


def test_merging_asks_first_and_needs_a_tag_of_the_same_kind(people: People, own: TagSet) -> None:
    people.done("editor", "tag_new", own.pk, label="Africa")
    page = people.get("editor", "tag_edit", first(people).pk)
    assert "data-confirm" in page and f'value="{first(people, "Africa").pk}"' not in page
    kept = people.kept("editor", "tag_edit", first(people).pk, merge="True", into=first(people, "Africa").pk)
    assert "Select a valid choice." in words(kept) and not first(people).deprecated


def test_names_follow_the_language(people: People) -> None:
    client = people.client("editor")
    client.cookies["django_language"] = "zh-hans"
    shown = words(client.get(people.url("tag_edit", first(people).pk)))
    assert "能力建设" in shown and "Capacity building" not in shown
