"""Sources: the list, adding by text or file, the page with everything that rests on it, archiving once more."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Snapshot, Source, Statement
from annotations.services import milestones, snapshots, sources
from annotations.services.op import writing
from tests import checks
from tests.factories import make_document, mark
from tests.views.people import People, field_value, words

FORM = {
    "title": "Register of incidents",
    "type": "dataset",
    "url": "https://example.org/register",
    "text": "233 cases.",
}


@pytest.fixture
def source(people: People) -> Source:
    return checks.make_source(people.cast)


def test_a_source_with_what_it_says(people: People) -> None:
    page = people.done("checker", "source_new", **FORM, authors="Li; Wang", published_date="2025-07")
    assert "Register of incidents" in page and "233 cases." in page
    found = Source.objects.get()
    assert (found.type, found.authors, found.created_by) == ("dataset", ["Li", "Wang"], people.cast["checker"])
    assert found.snapshots.get().text == "233 cases."


def test_a_source_with_a_file(people: People) -> None:
    file = SimpleUploadedFile("register.txt", b"The table counts 233 cases.")
    people.done("checker", "source_new", **FORM | {"text": ""}, file=file)
    assert Snapshot.objects.get().text == "The table counts 233 cases."


def test_a_file_nobody_can_read_is_told_and_the_rest_kept(people: People) -> None:
    file = SimpleUploadedFile("picture.png", b"\x89PNG\r\n\x1a\n")
    page = people.kept("checker", "source_new", **FORM | {"text": ""}, file=file)
    assert "picture.png" in words(page) and field_value(page, "title") == FORM["title"]
    assert not Source.objects.exists()


def test_the_same_address_is_refused_with_the_way_there(people: People) -> None:
    people.done("checker", "source_new", **FORM)
    again = FORM | {"title": "The register", "url": "http://www.example.org/register/?utm_source=x"}
    page = people.kept("checker", "source_new", **again)
    assert "This source is here already: “Register of incidents”." in words(page)
    assert Source.objects.get().get_absolute_url() in page and field_value(page, "title") == "The register"
    people.done("checker", "source_new", **again, again="on")
    assert Source.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"title": ""}, "This field is required."),
        ({"url": "not an address"}, "Enter a valid URL."),
        ({"published_date": "2025-13"}, "“2025-13” is not a date"),
    ],
)
def test_what_is_wrong_is_told_at_the_field(people: People, wrong: dict[str, str], told: str) -> None:
    page = people.kept("checker", "source_new", **FORM | wrong)
    assert told in words(page)
    name, value = next(iter(wrong.items()))
    assert field_value(page, name) == value


def test_editing(people: People, source: Source) -> None:
    page = people.get("checker", "source_edit", source.pk)
    assert field_value(page, "title") == "Register" and 'name="file"' not in page
    people.done("checker", "source_edit", source.pk, title="The register", type="dataset", reliability_note="Official")
    source.refresh_from_db()
    assert (source.title, source.type, source.reliability_note) == ("The register", "dataset", "Official")


def test_archiving_once_more(people: People, source: Source) -> None:
    people.done("checker", "source_detail", source.pk, text="Now it counts 234 cases.")
    assert source.snapshots.count() == 2
    page = people.get("checker", "source_detail", source.pk)
    assert "234 cases" in page and "233 cases" not in page and "Source changed" in page
    newest, oldest = source.snapshots.order_by("-id")
    shown = people.get("viewer", "source_snapshot", source.pk, newest.pk)
    assert "<del>" in shown and "<ins>234</ins>" in shown and newest.sha256 in shown
    assert "233 cases" in words(people.get("viewer", "source_snapshot", source.pk, oldest.pk))
    people.get("viewer", "source_snapshot", source.pk, newest.pk + 9, status=404)


def test_the_same_words_once_more_are_told(people: People, source: Source) -> None:
    page = people.done("checker", "source_detail", source.pk, text="The register  counts 233 cases.".replace("  ", " "))
    assert "the same as the newest snapshot" in words(page) and source.snapshots.count() == 1
    assert "Paste what the source says." in words(people.kept("checker", "source_detail", source.pk, text=" "))


def test_archiving_a_file(people: People, source: Source) -> None:
    file = SimpleUploadedFile("new.txt", b"Now it counts 235 cases.")
    assert "235 cases" in people.done("checker", "source_detail", source.pk, file=file)
    shot = source.snapshots.latest("id")
    assert (shot.way, shot.file_name) == ("uploaded", "new.txt")
    saved = people.client("viewer").get(f"/api/snapshots/{shot.pk}/file/")
    assert saved.content == b"Now it counts 235 cases." and saved["Content-Type"] == "application/octet-stream"
    assert "attachment" in saved["Content-Disposition"]
    assert people.client("stranger").get(f"/api/snapshots/{shot.pk}/file/").status_code == 404


def test_what_a_snapshot_was_is_never_html(people: People, source: Source) -> None:
    people.done("checker", "source_detail", source.pk, text="<script>alert(1)</script><img src=x onerror=y>")
    for page in (
        people.get("viewer", "source_detail", source.pk),
        people.get("viewer", "source_snapshot", source.pk, source.snapshots.latest("id").pk),
    ):
        assert "<script>alert" not in page and "<img src=x" not in page and "&lt;script&gt;" in page


def test_a_quotation_that_does_not_stand_is_flagged(people: People, source: Source) -> None:
    claim = checks.make_claim(people.cast)
    with writing(by=people.cast["checker"]) as op:
        sources.add_evidence(op, claim, source, stance="supports", quote="233 cases")
        wrong = sources.add_evidence(op, claim, source, stance="supports", quote="33 cases")
    assert wrong.quote_found is False
    page = words(people.get("checker", "source_detail", source.pk))
    assert page.count("Quotation not found in the snapshot") == 1
    people.done("checker", "source_detail", source.pk, text="All counts were withdrawn.")
    page = words(people.get("checker", "source_detail", source.pk))
    assert "Source changed: not in the newest snapshot" in page and "2 quotations do not stand" in page
    assert "Source changed: not in the newest" in words(people.get("checker", "statement_detail", claim.label))


@pytest.mark.parametrize("role", ["viewer", "annotator"])
def test_only_a_checker_adds_and_edits(people: People, source: Source, role: str) -> None:
    assert "source_new" not in people.get(role, "source_list")
    for name, args in (("source_new", ()), ("source_edit", (source.pk,))):
        assert "you need the role Checker or above" in words(people.get(role, name, *args, status=403))
    assert people.post(role, "source_detail", source.pk, text="x").status_code == 403


def test_what_rests_on_it_without_unreviewed_stances(people: People) -> None:
    claim = checks.make_claim(people.cast)
    checks.send(people.cast, claim)
    source = Source.objects.get()
    mark(people.cast["annotator"], make_document(people.cast["annotator"]), "a global standards body", "proposal")
    with writing(by=people.cast["checker"]) as op:
        milestones.propose(op, Statement.objects.get(kind="proposal"), status="adopted", date="2025", source=source)
    theirs, mine = (words(people.get(role, "source_detail", source.pk)) for role in ("viewer", "checker"))
    assert "233 cases" in theirs and "C-1" in theirs and "P-1" in theirs and "Adopted" in theirs
    assert "Refutes" not in theirs and "Refutes" in mine


def test_the_list_is_searched_and_counts_statements(people: People) -> None:
    checks.send(people.cast, checks.make_claim(people.cast))
    shown = words(people.get("viewer", "source_list", query="?q=regis"))
    assert "Register" in shown and "1 source" in shown
    assert "No source matches" in words(people.get("viewer", "source_list", query="?q=qwertz"))


def test_an_empty_list_says_who_adds(people: People) -> None:
    assert people.url("source_new") in people.get("checker", "source_list")
    page = people.get("viewer", "source_list")
    assert "A checker adds them" in words(page) and people.url("source_new") not in page


def test_an_address_of_another_kind_of_scheme_is_no_link(people: People) -> None:
    page = people.kept("checker", "source_new", **FORM | {"url": "javascript:alert(1)"})
    assert 'href="javascript' not in page and not Source.objects.exists()


def say(people: People, source: Source, *texts: str) -> None:
    """What the source says one time after another, the newest last."""
    for text in texts:
        with writing(by=people.cast["checker"]) as op:
            snapshots.store(op, source, snapshots.pasted(text))


def test_the_list_tells_which_sources_changed(people: People, source: Source) -> None:
    listed = people.get("viewer", "source_list")
    assert "Register" in listed and "Source changed" not in listed
    say(people, source, "The register counts 234 cases.")
    assert "Source changed" in words(people.get("viewer", "source_list"))
    say(people, source, "The register counts 233 cases.", "The register counts 233 cases. ")
    assert "Source changed" in words(people.get("viewer", "source_list"))  # back again is another change


def test_only_the_last_two_snapshots_tell_that_it_changed(people: People, source: Source) -> None:
    say(people, source, "Other words.")
    twin = source.snapshots.latest("id")
    Snapshot.objects.create(
        corpus=twin.corpus, source=source, way="captured", retrieved_at=twin.retrieved_at, sha256="0" * 64,
        text_sha256=twin.text_sha256, mime="text/html", text=twin.text,
    )  # fmt: skip
    assert "Source changed" not in people.get("viewer", "source_list")  # another page with the same words


def test_a_longer_list_takes_no_more_questions(people: People, source: Source) -> None:
    people.get("viewer", "source_list")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            people.get("viewer", "source_list")
        counts.append(len(asked))
        for number in range(5):
            with writing(by=people.cast["checker"]) as op:
                more = sources.create(op, title=f"More {number}", type="news", text=f"First {number}.")
            say(people, more, f"Then {number}.")
    assert counts[0] == counts[1]
