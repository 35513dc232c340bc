"""The public record: a line for each thing that readers of a public page saw happen."""

from __future__ import annotations

import pytest

from annotations.models import Statement
from tests import checks, published
from tests.factories import Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def record(statement: Statement) -> list[tuple[str, int, int, str]]:
    rows = statement.corrections.order_by("id")
    return [(row.kind, row.from_version, row.to_version, row.public_note) for row in rows]


def test_each_public_step_leaves_a_line(cast: Cast) -> None:
    statement = published.correct(cast, published.publish(cast), "We read the table wrongly.")
    checks.move(cast, "editor", statement, "withdrawn", reason="The register was a draft.")
    assert record(statement) == [
        ("published", 0, 1, ""), ("paused", 1, 1, "A reader wrote to us."), ("reopened", 1, 1, ""),
        ("correction", 1, 2, "We read the table wrongly."), ("withdrawn", 2, 2, "The register was a draft."),
    ]  # fmt: skip


def test_the_editor_may_call_it_by_another_name(cast: Cast) -> None:
    statement = published.correct(cast, published.publish(cast), "New figures came.", "update")
    assert record(statement)[-1] == ("update", 1, 2, "New figures came.")


def test_published_again_unchanged_after_a_pause(cast: Cast) -> None:
    statement = published.publish(cast)
    checks.move(cast, "editor", statement, "paused", reason="A question came in.")
    checks.move(cast, "editor", statement, "published")
    assert record(statement)[-1] == ("published", 1, 1, "")


def test_what_was_never_public_has_no_record(cast: Cast) -> None:
    statement = checks.approve(cast, checks.make_claim(cast))
    checks.move(cast, "reviewer", statement, "in_progress", reason="Again.")
    checks.move(cast, "editor", statement, "withdrawn", reason="Of no use.")
    assert record(statement) == []
