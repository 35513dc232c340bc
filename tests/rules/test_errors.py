"""Errors: sentences, statuses, translation of parameters, and the way through a process border."""

from __future__ import annotations

import pickle

import pytest

from annotations.rules import errors
from annotations.rules.errors import Invalid, Msgid, Problem, Refused, Unreadable, noop

STATUS = [
    ("Invalid", 400), ("Unreadable", 400), ("Forbidden", 403), ("Missing", 404), ("Refused", 409),
    ("Stale", 412), ("TooLarge", 413), ("Unprocessable", 422), ("NeedsMatch", 428),
]  # fmt: skip


@pytest.mark.parametrize(("name", "status"), STATUS)
def test_each_error_has_its_http_status(name: str, status: int) -> None:
    problem = getattr(errors, name)("code", "A sentence.")
    assert isinstance(problem, Problem)
    assert (problem.status, problem.code, problem.field) == (status, "code", None)


def test_every_subclass_is_in_the_status_table() -> None:
    def below(kind: type[Problem]) -> set[str]:
        return {kind.__name__} | {name for sub in kind.__subclasses__() for name in below(sub)}

    assert below(Problem) - {"Problem"} >= {name for name, _ in STATUS}


def test_the_sentence_is_the_filled_template() -> None:
    template = "%(field_name)s has %(n)d characters, 80 %% too many."
    problem = Invalid("too_long", template, field="note", field_name="Note", n=9)
    assert str(problem) == "Note has 9 characters, 80 % too many."
    assert problem.field == "note"


def test_a_parameter_may_be_called_like_an_argument() -> None:
    assert str(Invalid("x", "%(code)s %(template)s", code="a", template="b")) == "a b"


def test_translation_reaches_template_msgid_parameters_and_list_separator() -> None:
    words = {"%(a)s or %(b)s: %(c)s": "%(b)s / %(a)s : %(c)s", "editor": "编辑", ", ": "、"}
    problem = Invalid("x", "%(a)s or %(b)s: %(c)s", a=Msgid("editor"), b="editor", c=(Msgid("editor"), "admin"))
    assert problem.sentence(lambda text: words.get(text, text)) == "editor / 编辑 : 编辑、admin"
    assert str(problem) == "editor or editor: editor, admin"


def test_refusals_carry_their_reasons() -> None:
    reasons = (Invalid("a", "First."), Invalid("b", "Second."))
    assert Refused("needs", "Not yet.", reasons=reasons).reasons == reasons
    assert Refused("needs", "Not yet.").reasons == ()


def test_problems_survive_pickling_with_everything_they_hold() -> None:
    problem = Unreadable("no_text", "%(file)s holds no text.", field="file", file="a.pdf")
    back = pickle.loads(pickle.dumps(problem))
    assert type(back) is Unreadable
    assert (str(back), back.code, back.field) == ("a.pdf holds no text.", "no_text", "file")
    assert back.params == {"file": "a.pdf"}
    refused = pickle.loads(pickle.dumps(Refused("x", "No.", reasons=(problem,), n=1)))
    assert [str(reason) for reason in refused.reasons] == ["a.pdf holds no text."]
    assert refused.params == {"n": 1}


def test_noop_changes_nothing() -> None:
    assert noop("Any %(text)s") == "Any %(text)s"
