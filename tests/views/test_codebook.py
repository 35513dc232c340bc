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
    page = people.get("editor", "tag_merge", first(people, "Capacity building").pk)
    assert "Safety" not in page.split('name="into"')[1].split("</select>")[0]


def test_merging_moves_every_use(people: People) -> None:
    old, new = first(people), first(people, "Ethics and rights")
    document = make_document(people.cast["annotator"])
    both = mark(people.cast["annotator"], document, "Experts agree", tags=(old.pk, new.pk))
    one = mark(people.cast["annotator"], document, "tests are needed", tags=(old.pk,))
    people.done("editor", "tag_merge", old.pk, into=new.pk)
    for annotation in (both, one):
        assert list(annotation.tag_rows.values_list("tag_id", flat=True)) == [new.pk]
    old.refresh_from_db()
    assert old.deprecated


def test_merging_shows_first_and_needs_a_tag_of_the_same_kind(people: People, own: TagSet) -> None:
    people.done("editor", "tag_new", own.pk, label="Africa")
    old, new = first(people), first(people, "Ethics and rights")
    mark(people.cast["annotator"], make_document(people.cast["annotator"]), "Experts agree", tags=(old.pk, new.pk))
    page = people.get("editor", "tag_merge", old.pk)
    assert f'value="{first(people, "Africa").pk}"' not in page
    shown = words(people.client("editor").get(f"{people.url('tag_merge', old.pk)}?into={new.pk}"))
    assert "1 passage in 1 document 1 carries both" in shown and f"Work of {people.cast['annotator'].name} 1" in shown
    kept = people.kept("editor", "tag_merge", old.pk, into=first(people, "Africa").pk)
    assert "Select a valid choice." in words(kept) and not first(people).deprecated


def test_splitting_by_filter_and_one_by_one(people: People) -> None:
    old = first(people)
    document = make_document(people.cast["annotator"])
    quotes = ("Experts agree", "tests are needed", "standards body")
    one, two, three = (mark(people.cast["annotator"], document, quote, tags=(old.pk,)) for quote in quotes)
    shown = words(people.client("editor").get(f"{people.url('tag_split', old.pk)}?q=experts"))
    assert "Experts agree" in shown and "tests are needed" not in shown and "The 1 found" in shown
    people.kept("editor", "tag_split", old.pk, label="Risk")
    people.done("editor", "tag_split", old.pk, ids=one.pk, label="Risk", definition="What may go wrong")
    assert one.tag_rows.get().tag == first(people, "Risk")
    old.refresh_from_db()
    people.done("editor", "tag_split", old.pk, which="all", into=first(people, "Risk").pk, retire="on")
    assert {row.tag_rows.get().tag.label for row in (two, three)} == {"Risk"}
    old.refresh_from_db()
    assert old.deprecated


def test_moving_below_another(people: People) -> None:
    tag, above = first(people), first(people, "Ethics and rights")
    people.done("editor", "tag_place", tag.pk, tag_set=tag.tag_set_id, parent=above.pk)
    tag.refresh_from_db()
    assert tag.parent == above
    assert "cannot stand below itself" in words(
        people.kept("editor", "tag_place", above.pk, tag_set=tag.tag_set_id, parent=tag.pk)
    )


def test_editions_and_the_way_back(people: People) -> None:
    old, new = first(people), first(people, "Ethics and rights")
    people.done("editor", "tag_merge", old.pk, into=new.pk)
    shown = words(people.get("viewer", "edition_list"))
    assert "Edition 3" in shown and "Merged Safety → Ethics and rights" in shown
    people.done("editor", "edition_detail", 2, note="before the pilot")
    compared = people.client("viewer").get(f"{people.url('edition_list')}?from=2&to=3")
    assert "From edition 2 to edition 3 Merged Safety" in words(compared)
    assert "Safety" in words(people.get("viewer", "edition_detail", 2))
    page = people.get("editor", "codebook")
    assert "Undo my last change" in page and "Undo my last change" not in people.get("admin", "codebook")
    people.done("editor", "codebook_undo", op=field_value(page, "op"))
    old.refresh_from_db()
    assert not old.deprecated and people.get("viewer", "edition_detail", 9, status=404)


def test_guidelines_stand_with_the_tag(people: People) -> None:
    people.done("editor", "tag_edit", first(people).pk, label="Safety", colour="red", use_when="Harm is named",
                not_when="Mere progress", examples="“red lines”")  # fmt: skip
    shown = words(people.get("viewer", "codebook"))
    assert "When to use it Harm is named When not to use it Mere progress Examples “red lines”" in shown


def test_names_follow_the_language(people: People) -> None:
    client = people.client("editor")
    client.cookies["django_language"] = "zh-hans"
    shown = words(client.get(people.url("tag_merge", first(people).pk)))
    assert "能力建设" in shown and "Capacity building" not in shown
