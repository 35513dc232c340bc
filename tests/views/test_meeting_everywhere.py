"""Every form that edits what is there, sent by two people in turn: nothing is overwritten, both versions are shown, one
click keeps either or both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.views.people import People, fields, words
from tests.views.rows import check, claim, comment, corpus, document, member, proposal, relation, source, tag, view


@dataclass(frozen=True)
class Form:
    """`place`: (page, args) of the form called `mark`, and where it is sent when that is elsewhere; `at`: the same
    field of both (theirs, mine); `theirs` and `mine`: a field that only one of them changes, with its new value."""

    name: str
    place: Callable[[People], tuple[str, Any]]
    mark: str
    at: tuple[str, Any, Any]
    row: Callable[[People], Any]
    mine: tuple[str, Any] | None = None
    theirs: tuple[str, Any] | None = None
    role: str = "editor"
    other: str = "admin"
    send: str = ""

    def __str__(self) -> str:
        return self.name


FORMS = [
    Form("statement", lambda p: ("statement_detail", claim(p).label), "edit", ("text", "Theirs.", "Mine."), claim,
         ("gloss_en", "Mine."), ("note", "Theirs.")),
    Form("proposal", lambda p: ("statement_detail", proposal(p).label), "anatomy", ("target", "Theirs", "Mine"),
         proposal, ("instrument", "treaty"), ("deadline", "2030")),
    Form("check", lambda p: ("check_edit", check(p).statement.label), "save", ("justification", "Theirs.", "Mine."),
         check, ("verdict", "supported"), ("limitations", "Theirs."), role="checker", other="checker"),
    Form("facts", lambda p: ("document_facts", document(p).pk), "source_note", ("title", "Theirs", "Mine"), document,
         ("publisher", "Mine"), ("note", "Theirs")),
    Form("source", lambda p: ("source_edit", source(p).pk), "identifier", ("title", "Theirs", "Mine"), source,
         ("publisher", "Mine"), ("reliability_note", "Theirs")),
    Form("tag", lambda p: ("tag_edit", tag(p).pk), "definition", ("label", "Theirs", "Mine"), tag,
         ("definition", "Mine"), ("examples", "Theirs")),
    Form("settings", lambda p: ("corpus_settings", ()), "publisher_name", ("publisher_name", "Theirs", "Mine"), corpus,
         ("publisher_contact", "mine@example.org"), ("publisher_policy", "Theirs."), other="editor"),
    Form("comment", lambda p: ("statement_detail", comment(p) and claim(p).label), "initial-body",
         ("body", "Theirs.", "Mine."), comment, other="editor", send="comment_send"),
    Form("name of a view", lambda p: ("tracker", ()), "initial-name", ("name", "Theirs", "Mine"), view,
         send="view_change"),
    Form("reasons of a relation", lambda p: ("statement_detail", relation(p).source.label), "initial-rationale",
         ("rationale", "Theirs.", "Mine."), relation),
    Form("role", lambda p: ("member_list", ()), "Role of", ("role", "checker", "reviewer"), member, role="admin",
         send="member_change"),
]  # fmt: skip


def sent(people: People, form: Form) -> dict[str, Any]:
    """What the form would send, as it is shown to this person now."""
    page, args = form.place(people)
    row = form.row(people)
    query = f"?view=v{row.pk}" if form.send == "view_change" else ""
    shown = people.get(form.role, page, *(args if isinstance(args, tuple) else (args,)), query=query)
    if form.send == "member_change":
        return fields(shown, f"id_role-{row.pk}")
    extra = {"action": "rename"} if form.send == "view_change" else {}
    return fields(shown, form.mark) | extra


def target(people: People, form: Form) -> tuple[Any, ...]:
    if form.send == "comment_send":
        return (form.send,)
    if form.send:
        return (form.send, form.row(people).pk)
    page, args = form.place(people)
    return (page, *(args if isinstance(args, tuple) else (args,)))


@pytest.mark.parametrize("choice", ["theirs", "mine"])
@pytest.mark.parametrize("form", FORMS, ids=str)
def test_nothing_is_overwritten_and_one_click_merges(people: People, form: Form, choice: str) -> None:
    form.row(people)
    seen = sent(people, form)
    name, theirs, mine = form.at
    to = target(people, form)
    people.done(form.other, *to, **seen | {name: theirs} | dict([form.theirs] if form.theirs else []))
    page = people.late(form.role, *to, **seen | {name: mine} | dict([form.mine] if form.mine else []))
    row = type(form.row(people)).objects.get(pk=form.row(people).pk)
    assert getattr(row, name) == theirs, "overwritten"
    said = page.split('id="clashes"')[1].split("</button>")[0]
    assert theirs.lower() in words(said).lower() and mine.lower() in words(said).lower()
    assert "changed this" in words(page)
    people.done(form.role, *to, **fields(page, f"take-{name}") | {f"take-{name}": choice})
    row.refresh_from_db()
    assert getattr(row, name) == (theirs if choice == "theirs" else mine)
    for one in filter(None, (form.theirs, form.mine)):
        assert getattr(row, one[0]) == one[1], "what only one changed is kept from both"
