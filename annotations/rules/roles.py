"""One table, verb x role: permission checks, menus, the API and the permission tests all read it (DESIGN.md 6).

A role is a code of ROLES. Somebody who is no member never gets here: outside, a corpus answers 404.
Rules about the person rather than the role (own work, assigned work, second person) are conditions: rules/guards.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotations.rules.errors import Forbidden, Msgid, noop
from annotations.rules.vocabulary import ROLES


@dataclass(frozen=True, slots=True)
class Verb:
    """`role`: the least role that may; `label`: a msgid in the infinitive; `note`: what else the deed asks for."""

    code: str
    role: str
    label: str
    note: str = ""


_TABLE = (
    # reading
    Verb("read", "viewer", noop("read this corpus")),
    Verb("export", "viewer", noop("export"), noop("Unreviewed verdicts only for those who worked on them.")),
    Verb("view_history", "viewer", noop("see the history")),
    Verb("mark_read", "viewer", noop("keep a reading place"), noop("One's own.")),
    Verb("save_view", "viewer", noop("save a view"), noop("For oneself.")),
    Verb("undo_own", "viewer", noop("undo one's own last change"), noop("As long as nobody changed it since.")),
    Verb("share_view", "annotator", noop("share a view")),
    Verb("comment", "annotator", noop("comment")),
    Verb("remove_others_comment", "editor", noop("remove the comments of others")),
    Verb("see_reading", "editor", noop("see how much each member has read")),
    # documents
    Verb("add_document", "annotator", noop("add documents")),
    Verb("add_version", "annotator", noop("add a new version of a document")),
    Verb("edit_document_facts", "annotator", noop("edit the facts of a document")),
    Verb("remove_document", "editor", noop("remove a document"), noop("With a reason.")),
    # passages
    Verb("annotate", "annotator", noop("mark passages")),
    Verb("edit_own_annotation", "annotator", noop("change or remove one's own passages")),
    Verb("edit_others_annotation", "editor", noop("change the passages of others")),
    Verb("remove_others_annotation", "editor", noop("remove the passages of others"), noop("With a reason.")),
    Verb("decide_suggestion", "annotator", noop("decide on suggestions")),
    Verb("reanchor", "annotator", noop("put a passage back in its place")),
    Verb("import_annotations", "annotator", noop("import a table of passages")),
    # statements
    Verb("create_statement", "annotator", noop("make claims and proposals")),
    Verb("edit_statement", "annotator", noop("edit a statement")),
    Verb("link_occurrence", "annotator", noop("link a passage to a statement")),
    Verb("split_statement", "annotator", noop("split a statement")),
    Verb("merge_statements", "checker", noop("merge statements"), noop("Never two with published checks.")),
    Verb("relate", "annotator", noop("relate statements")),
    Verb("bulk_edit", "annotator", noop("change many rows at once"), noop("Each row is checked by its own verb.")),
    Verb("edit_agent", "annotator", noop("name persons and bodies")),
    Verb("merge_agents", "editor", noop("merge persons and bodies")),
    # triage
    Verb("triage", "annotator", noop("triage")),
    Verb("set_aside", "annotator", noop("set a statement aside"), noop("With a reason.")),
    Verb("requeue", "checker", noop("take back a triage decision"), noop("With a note.")),
    Verb("assign_self", "checker", noop("take on a check")),
    Verb("assign_others", "editor", noop("assign a check to somebody else")),
    # checking
    Verb("add_source", "checker", noop("add sources")),
    Verb("edit_source", "checker", noop("edit sources")),
    Verb("add_evidence", "checker", noop("add evidence")),
    Verb("verify", "checker", noop("check a claim"), noop("Only the one whose check it is.")),
    Verb("review", "reviewer", noop("review a check"), noop("Never one's own.")),
    Verb("reopen", "reviewer", noop("reopen a check"), noop("With a reason.")),
    Verb("publish", "editor", noop("publish or pause a check")),
    Verb("correct", "editor", noop("correct a published check"), noop("With a public note.")),
    Verb("withdraw", "editor", noop("withdraw a statement"), noop("With a reason.")),
    Verb("set_publisher", "editor", noop("say who publishes, and where corrections go")),
    # progress of proposals
    Verb("milestone_propose", "checker", noop("enter a milestone"), noop("With date and source.")),
    Verb("milestone_confirm", "checker", noop("confirm or refuse a milestone"), noop("Never one's own.")),
    # being told
    Verb("watch", "viewer", noop("watch a search or a statement")),
    Verb("send_webhooks", "editor", noop("see what webhooks are told, and send it again")),
    Verb("manage_webhooks", "admin", noop("tell other programs what watches find")),
    # rounds
    Verb("code_round", "annotator", noop("code in a round"), noop("Only assigned documents.")),
    Verb("adjudicate", "reviewer", noop("adjudicate a round")),
    Verb("manage_rounds", "editor", noop("open and close rounds")),
    # the corpus
    Verb("manage_codebook", "editor", noop("keep the codebook")),
    Verb("manage_members", "admin", noop("manage members")),
    Verb("manage_corpus", "admin", noop("change the corpus itself")),
    Verb("import_corpus", "admin", noop("import a whole corpus")),
    Verb("erase", "admin", noop("erase the content of an event"), noop("The chain of the history still proves.")),
)
VERBS: dict[str, Verb] = {verb.code: verb for verb in _TABLE}

_RANK = {code: rank for rank, code in enumerate(ROLES.codes)}


def at_least(role: str, needed: str) -> bool:
    """Whether `role` has all rights of `needed`."""
    return _RANK[role] >= _RANK[needed]


def allows(role: str, verb: str) -> bool:
    """Whether the role may. KeyError for a verb or a role that is not in its table: a mistake in the program."""
    return at_least(role, VERBS[verb].role)


def check(role: str, verb: str) -> None:
    """Forbidden with the role needed, when the role may not."""
    if problem := forbidden(role, verb):
        raise problem


def forbidden(role: str, verb: str) -> Forbidden | None:
    """The sentence that says which role it takes; None when the role may."""
    if allows(role, verb):
        return None
    entry = VERBS[verb]
    return Forbidden(
        "role_needed",
        noop("To %(deed)s you need the role %(needed)s or above; yours is %(role)s."),
        deed=Msgid(entry.label),
        needed=Msgid(ROLES.label(entry.role)),
        role=Msgid(ROLES.label(role)),
    )


def verbs_of(role: str) -> tuple[str, ...]:
    """Every verb the role may, in table order; menus and the members page show them."""
    return tuple(code for code in VERBS if allows(role, code))
