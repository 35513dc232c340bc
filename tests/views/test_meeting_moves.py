"""Two people at the same step, answer, decision or removal: the later one sees who was quicker and loses no word."""

from __future__ import annotations

from annotations.models import CodebookVersion, Comment, SavedView, Tag, Verification
from annotations.services import comments, milestones, saved_views, sources, statements, verifications
from annotations.services.op import writing
from tests import checks
from tests.views.people import People, field_value, fields, words
from tests.views.rows import check, claim, comment, proposal, source, tag, view


def test_giving(people: People) -> None:
    row = claim(people)
    seen = fields(people.get("editor", "statement_detail", "C-1"), "assign")
    people.done("admin", "statement_detail", "C-1", **seen | {"assignee": people.cast["checker"].pk})
    page = people.late("editor", "statement_detail", "C-1", **seen | {"assignee": people.cast["reviewer"].pk})
    assert checks.fresh(row).assignee == people.cast["checker"]
    names = [people.cast[role].name for role in ("checker", "reviewer")]
    assert "Now it says: {} You wrote: {}".format(*names) in words(page)
    again = fields(page, "take-assignee")
    people.done("editor", "statement_detail", "C-1", **again)
    assert checks.fresh(row).assignee == people.cast["reviewer"]
    late = fields(people.get("checker", "statement_detail", "C-1"), "assign")
    people.done("admin", "statement_detail", "C-1", action="assign", assignee="")
    people.late("checker", "statement_detail", "C-1", **late | {"assignee": people.cast["checker"].pk})


def test_a_milestone_is_settled_once(people: People) -> None:
    row = proposal(people)
    with writing(by=people.cast["checker"]) as op:
        step = milestones.propose(op, row, status="adopted", date="2026-01-01", source=checks.make_source(people.cast))
    seen = fields(people.get("editor", "statement_detail", "P-1"), "milestone", 0)
    people.done("admin", "statement_detail", "P-1", **seen, decision="confirm")
    page = people.late("editor", "statement_detail", "P-1", **seen | {"reason": "Wrong day."}, decision="refuse")
    shown = words(page)
    assert f"{people.cast['admin'].name} confirmed a milestone of P-1" in shown and "You wrote: Wrong day." in shown
    step.refresh_from_db()
    assert step.confirmed_by == people.cast["admin"] and step.refused_by is None


def test_questions_of_a_check_in_two_windows(people: People) -> None:
    row = check(people)
    with writing(by=people.cast["checker"]) as op:
        question = verifications.ask(op, row, "What does the register say?")
    page = people.get("checker", "check_edit", "C-1")
    answer, drop, send = (fields(page, mark) for mark in ("answer", "drop", "send"))
    people.done("checker", "check_edit", "C-1", **answer | {"text": "233.", "type": "extractive"})
    shown = people.late("checker", "check_edit", "C-1", **answer | {"text": "About 230.", "type": "extractive"})
    assert "Somebody answered: 233. You answered: About 230." in words(shown)
    assert field_value(shown.split('name="question"')[2], "text") == "About 230."
    people.late("checker", "check_edit", "C-1", **drop)
    people.late("checker", "check_edit", "C-1", **send)
    assert [one.text for one in question.answers.all()] == ["233."]
    people.done("checker", "check_edit", "C-1", **fields(shown, "answer"))
    assert [one.text for one in question.answers.all()] == ["233.", "About 230."]


def test_evidence_placed_elsewhere_stays_there(people: People) -> None:
    row = check(people)
    with writing(by=people.cast["checker"]) as op:
        asked = [verifications.ask(op, row, text) for text in ("One?", "Two?")]
        one, two = (verifications.reply(op, question, text="Yes.", type="extractive") for question in asked)
        found = sources.add_evidence(op, row.statement, source(people), stance="supports", quote="233 cases")
    seen = fields(people.get("checker", "check_edit", "C-1"), "place")
    people.done("checker", "check_edit", "C-1", **seen | {"answer": one.pk})
    people.late("checker", "check_edit", "C-1", **seen | {"answer": two.pk})
    found.refresh_from_db()
    assert found.answer == one


def test_a_verdict_is_recorded_on_what_was_read(people: People) -> None:
    row = checks.send(people.cast, claim(people))
    seen = fields(people.get("reviewer", "review_blind", "C-1"), "record")
    checks.record(people.cast, row, "admin")
    checks.move(people.cast, "admin", row.statement, "changes_requested", note="Plover: name the page.")
    mine = seen | {"verdict": "refuted", "why": "I read it otherwise."}
    page = people.late("reviewer", "review_blind", "C-1", **mine)
    shown = words(page)
    assert f"{people.cast['admin'].name} moved C-1 on" in shown
    assert "Verdict. You wrote: Refuted" in shown and "You wrote: I read it otherwise." in shown
    for private in (checks.WHY, checks.ANSWER, checks.LIMITS, "Plover", "Mostly supported", "mostly_supported"):
        assert private not in page
    checks.move(people.cast, "checker", row.statement, "in_progress")
    with writing(by=people.cast["checker"]) as op:
        verifications.save(op, Verification.objects.get(pk=row.pk), limitations="New.")
    checks.move(people.cast, "checker", row.statement, "in_review")
    page = people.late("reviewer", "review_blind", "C-1", **mine)
    assert "The check was changed after you opened it." in words(page) and row.reviews.count() == 1
    assert field_value(page, "why") == "I read it otherwise." and checks.WHY not in page
    people.done("reviewer", "review_blind", "C-1", **fields(page, "record"))
    assert row.reviews.get(reviewer=people.cast["reviewer"]).blind_verdict == "refuted"


def test_two_reviewers_decide(people: People) -> None:
    row = checks.send(people.cast, claim(people))
    for role in ("reviewer", "admin"):
        checks.record(people.cast, row, role)
    seen = fields(people.get("admin", "review_blind", "C-1"), "note")
    checks.move(people.cast, "reviewer", row.statement, "changes_requested", note="Name the page.")
    page = people.late("admin", "review_blind", "C-1", **seen | {"note": "Good as it is."}, action="approve")
    shown = words(page)
    assert people.cast["reviewer"].name in shown.split("Somebody was quicker")[1]
    assert field_value(page, "body") == "Good as it is." and checks.fresh(row.statement).work == "changes_requested"


def test_who_lost_the_check_keeps_what_was_typed(people: People) -> None:
    row = check(people)
    seen = fields(people.get("checker", "check_edit", "C-1"), "save")
    checks.move(people.cast, "checker", row.statement, "queued", note="No time.")
    with writing(by=people.cast["reviewer"]) as op:
        statements.update(op, checks.fresh(row.statement), due=None)
    checks.move(people.cast, "reviewer", row.statement, "in_progress")
    page = people.late("checker", "check_edit", "C-1", **seen | {"justification": "Because of the register."})
    shown = words(page)
    assert people.cast["reviewer"].name in shown and "You wrote: Because of the register." in shown
    assert people.post("editor", "check_edit", "C-1", **seen).status_code == 403
    assert Verification.objects.get(pk=row.pk).justification == ""


def test_a_comment_changed_meanwhile_is_not_removed_unread(people: People) -> None:
    row = comment(people)
    seen = fields(people.get("admin", "statement_detail", "C-1"), "remove")
    with writing(by=people.cast["editor"]) as op:
        comments.edit(op, Comment.objects.get(pk=row.pk), "As it is now.")
    page = people.late("admin", "comment_send", **seen)
    assert "As it is now." in words(page) and Comment.objects.get(pk=row.pk).removed_at is None
    people.done("admin", "comment_send", **fields(page, "remove"))
    assert Comment.objects.get(pk=row.pk).removed_at


def test_a_view_changed_meanwhile_is_not_replaced_unseen(people: People) -> None:
    row = view(people)
    seen = fields(people.get("editor", "tracker", query=f"?view=v{row.pk}&status=untriaged"), "initial-name")
    with writing(by=people.cast["admin"]) as op:
        saved_views.update(op, SavedView.objects.get(pk=row.pk), query="status=published")
    for action in ("update", "remove"):
        page = people.late("editor", "view_change", row.pk, **seen, action=action)
        row.refresh_from_db()
        assert (row.query, row.removed_at) == ("status=published", None)
    people.done("editor", "view_change", row.pk, **seen | {"name": "Renamed"}, action="rename")
    people.done("editor", "view_change", row.pk, **fields(page, "remove") | {"action": "update"})
    row.refresh_from_db()
    assert (row.name, "untriaged" in row.query) == ("Renamed", True)


def test_a_tag_changed_meanwhile_is_not_merged_unseen(people: People) -> None:
    row = tag(people)
    into = Tag.objects.filter(tag_set=row.tag_set).exclude(pk=row.pk)[0]
    seen = fields(people.get("editor", "tag_merge", row.pk, query=f"?into={into.pk}"), "seen")
    people.done("admin", "tag_edit", row.pk, label="Something else", colour=row.colour)
    people.late("editor", "tag_merge", row.pk, **seen)
    people.late("editor", "tag_split", row.pk, **seen | {"label": "New", "which": "all"})
    people.late("editor", "tag_place", row.pk, **seen | {"tag_set": row.tag_set_id, "parent": into.pk})
    row.refresh_from_db()
    assert (row.merged_into, row.parent) == (None, None)


def test_an_edition_named_meanwhile_keeps_that_name(people: People) -> None:
    seen = fields(people.get("editor", "edition_detail", 2), "note")
    people.done("admin", "edition_detail", 2, **seen | {"note": "before the pilot"})
    people.late("editor", "edition_detail", 2, **seen | {"note": "first"})
    assert CodebookVersion.objects.get(corpus=people.cast.corpus, number=2).note == "before the pilot"


def test_rows_that_somebody_changed_are_left_alone_and_asked_about_again(people: People) -> None:
    first, second = (
        checks.make_claim(people.cast),
        checks.make_claim(people.cast, "Experts agree that tests are needed"),
    )
    ids = f"{first.pk},{second.pk}"
    seen = fields(people.get("editor", "tracker_bulk", "due", query=f"?ids={ids}"), "due")
    people.done("admin", "tracker_bulk", "due", ids=first.pk, due="2027-01-01", go="1")
    people.done("admin", "tracker_bulk", "assign", ids=second.pk, assignee="me", go="1")  # another column
    page = people.late("editor", "tracker_bulk", "due", **seen | {"due": "2028-02-02"})
    assert f"C-1: {people.cast['admin'].name} changed this meanwhile." in words(page)
    assert [str(checks.fresh(row).due) for row in (first, second)] == ["2027-01-01", "2028-02-02"]
    assert field_value(page, "due") == "2028-02-02" and f'name="ids" value="{second.pk}"' not in page
    people.done("editor", "tracker_bulk", "due", **fields(page, "due"))
    assert str(checks.fresh(first).due) == "2028-02-02"
