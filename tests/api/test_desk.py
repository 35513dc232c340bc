"""The verification desk over HTTP: a check written, reviewed blind, sent back, approved; relations, milestones."""

from __future__ import annotations

import pytest

from annotations.models import Statement
from annotations.services import statements
from annotations.services.op import writing
from tests import checks
from tests.api.driver import Api, ok, problem
from tests.factories import Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def people(cast: Cast) -> dict[str, Api]:
    return {role: Api(cast.user(role)) for role in cast.members}


def queued(cast: Cast) -> Statement:
    statement = checks.make_claim(cast)
    return checks.move(cast, "annotator", statement, "queued")


def test_a_check_from_the_first_question_to_the_second_verdict(cast: Cast) -> None:
    who, claim = people(cast), queued(cast)
    checker, reviewer, other = who["checker"], who["reviewer"], who["editor"]
    check = checker.made(f"/api/statements/{claim.pk}/verifications/")
    here = f"/api/verifications/{check['id']}/"
    assert (check["number"], check["state"], check["author"]) == (1, "in_progress", cast["checker"].pk)
    body = {"title": "Register", "type": "primary_document", "text": "The register counts 233 cases."}
    source = checker.made(f"/api/corpora/{cast.corpus.pk}/sources/", body)
    assert [shot["characters"] for shot in source["snapshots"]] == [30]
    evidence = checker.made(
        f"/api/statements/{claim.pk}/evidence/", {"source": source["id"], "stance": "supports", "quote": "233 cases"}
    )
    check = checker.made(f"{here}questions/", {"text": "What does the register say?"})
    question = check["questions"][0]["id"]
    check = checker.made(f"/api/questions/{question}/answers/", {"type": "extractive", "text": "233."})
    answer = check["questions"][0]["answers"][0]["id"]
    ok(checker.patch(f"/api/evidence/{evidence['id']}/", {"answer": answer}))
    moved = f"/api/statements/{claim.pk}/transitions/"
    refused = problem(checker.post(moved, {"to": "in_review"}, etag=etag(checker, claim)), 409, "needs")
    assert {one["code"] for one in refused["errors"]} >= {"verdict", "justification"}
    fields = {"verdict": "supported", "justification": checks.WHY, "sole_source_reason": "The only register."}
    ok(checker.patch(here, fields))
    ok(checker.post(moved, {"to": "in_review"}, etag=etag(checker, claim)))
    seen = reviewer.read(here)
    assert seen["hidden"] and seen["questions"][0]["quotes"][0]["quote"] == "233 cases"
    assert not {"verdict", "justification", "reviews"} & set(seen) and "answers" not in seen["questions"][0]
    assert other.read(here).get("verdict") is None and "questions" not in who["annotator"].read(here)
    problem(checker.post(f"{here}reviews/", {"verdict": "supported"}), 403, "role_needed")
    after = reviewer.made(f"{here}reviews/", {"verdict": "refuted", "reason": "page not named"})
    assert (after["verdict"], after["reviews"][0]["blind_verdict"]) == ("supported", "refuted")
    problem(reviewer.post(f"{here}decision/", {"decision": "approve"}), 409, "needs")
    ok(reviewer.post(f"{here}decision/", {"decision": "changes_requested", "note": "Name the page."}))
    ok(checker.post(moved, {"to": "in_progress"}, etag=etag(checker, claim)))
    ok(checker.patch(f"/api/evidence/{evidence['id']}/", {"locator": "p. 9"}))
    ok(checker.post(moved, {"to": "in_review"}, etag=etag(checker, claim)))
    after = reviewer.made(f"{here}reviews/", {"verdict": "supported"})
    assert after["reviews"][1]["after_discussion"]
    assert ok(reviewer.post(f"{here}decision/", {"decision": "approve"}))["state"] == "approved"
    assert who["viewer"].read(here)["verdict"] == "supported"
    assert who["viewer"].read(f"/api/statements/{claim.pk}/")["verdict"] == "supported"


def etag(api: Api, statement: Statement) -> str:
    return str(api.get(f"/api/statements/{statement.pk}/")["ETag"])


def test_a_proposal_takes_no_check_and_its_milestones_a_second_person(cast: Cast) -> None:
    who = people(cast)
    with writing(by=cast["annotator"]) as op:
        proposal = statements.create(op, "proposal", "A body")
    problem(who["checker"].post(f"/api/statements/{proposal.pk}/verifications/"), 409, "proposal_has_progress")
    source = checks.make_source(cast)
    body = {"status": "in_the_works", "date": "2025-07-26", "source": source.pk}
    step = who["checker"].made(f"/api/statements/{proposal.pk}/milestones/", body)
    problem(who["checker"].post(f"/api/milestones/{step['id']}/confirm/"), 403, "own_milestone")
    assert ok(who["reviewer"].post(f"/api/milestones/{step['id']}/confirm/"))["state"] == "confirmed"
    problem(who["editor"].post(f"/api/milestones/{step['id']}/refuse/", {"reason": "late"}), 409, "settled")
    assert who["viewer"].read(f"/api/statements/{proposal.pk}/")["progress"] == "in_the_works"


def test_relations_from_both_ends(cast: Cast) -> None:
    api = Api(cast.user("annotator"))
    url = f"/api/corpora/{cast.corpus.pk}/statements/"
    one, other = (api.made(url, {"kind": "claim", "text": text})["id"] for text in ("One", "Other"))
    made = api.made(f"/api/statements/{one}/relations/", {"statement": other, "type": "supports", "inward": True})
    assert (made["source"], made["target"], made["outward"]) == (other, one, False)
    assert api.read(f"/api/statements/{other}/relations/")["results"][0]["outward"]
    problem(api.post(f"/api/statements/{one}/relations/", {"statement": one, "type": "supports"}), 409)
    changed = ok(api.send("PATCH", f"/api/relations/{made['id']}/", {"state": "rejected"}, etag=f'"{made["id"]}-1"'))
    assert changed["state"] == "rejected"
    assert api.delete(f"/api/relations/{made['id']}/").status_code == 204
    assert api.read(f"/api/statements/{one}/relations/")["count"] == 0


def test_merge_split_and_moving_a_passage(cast: Cast) -> None:
    api = Api(cast.user("checker"))
    first, second = (checks.make_claim(cast, quote) for quote in ("233 reported incidents", "tests are needed"))
    row = second.occurrences.get()
    etag = f'"{row.pk}-{row.version}"'
    body = {"statement": first.pk, "fit": "variant", "difference": "number"}
    problem(api.send("PATCH", f"/api/occurrences/{row.pk}/", {**body, "voice": "author"}, etag=etag), 400)
    moved = ok(api.send("PATCH", f"/api/occurrences/{row.pk}/", body, etag=etag))
    assert [(s["id"], s["fit"]) for s in moved["statements"]] == [(first.pk, "variant")]
    made = api.made(f"/api/statements/{first.pk}/split/", {"text": "Half", "occurrences": [row.pk], "take": True})
    assert made["passages"] == 1
    here = f"/api/statements/{made['id']}/"
    problem(api.post(f"{here}merge/", {"into": first.pk}), 428)
    answer = api.post(f"{here}merge/", {"into": first.pk}, etag=api.get(here)["ETag"], key="merging")
    winner = ok(answer)
    assert winner["id"] == first.pk and answer["ETag"] == f'"{first.pk}-{winner["version"]}"'
    assert ok(api.post(f"{here}merge/", {"into": first.pk}, etag='"0-0"', key="merging"))["id"] == first.pk
    assert api.read(here)["id"] == first.pk
    problem(Api(cast.user("annotator")).post(f"{here}merge/", {"into": first.pk}, etag="*"), 403, "role_needed")


def test_a_replayed_change_of_a_statement_is_answered_and_done_once(cast: Cast) -> None:
    claim, editor = checks.make_claim(cast), Api(cast.user("editor"))
    here = f"/api/statements/{claim.pk}/"
    etag = editor.get(here)["ETag"]
    first = editor.patch(here, {"note": "look"}, etag=etag, key="k1")
    again = editor.patch(here, {"note": "look"}, etag=etag, key="k1")  # the ETag of then: the answer was lost
    assert (ok(first)["note"], ok(again)["note"], again["X-Op"]) == ("look", "look", "k1")
    assert again["ETag"] == first["ETag"] == f'"{claim.pk}-{checks.fresh(claim).version}"'
    problem(editor.patch(here, {"note": "other"}, etag=first["ETag"], key="k1"), 422, "key_reused")


def test_what_is_under_review_is_frozen_with_the_way_out(cast: Cast) -> None:
    claim, editor = checks.make_claim(cast), Api(cast.user("editor"))
    checks.send(cast, claim)
    here = f"/api/statements/{claim.pk}/"
    refused = problem(editor.patch(here, {"text": "Something else."}), 409, "frozen")
    assert "send it back or reopen it first" in refused["detail"]
    assert ok(editor.patch(here, {"note": "still free"}))["note"] == "still free"
