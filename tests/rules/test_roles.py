"""The permission table: every verb against every role, and the sentence of a refusal."""

from __future__ import annotations

import pytest

from annotations.rules import roles
from annotations.rules.errors import Forbidden
from annotations.rules.vocabulary import ROLES

# Written down a second time on purpose: a right changes only when somebody means it.
GAINS = {
    "viewer": "read export view_history mark_read save_view undo_own watch",
    "annotator": (
        "share_view comment add_document add_version edit_document_facts annotate edit_own_annotation reanchor "
        "decide_suggestion import_annotations create_statement edit_statement link_occurrence split_statement relate "
        "bulk_edit edit_agent triage set_aside code_round"
    ),
    "checker": (
        "merge_statements requeue assign_self add_source edit_source add_evidence verify "
        "milestone_propose milestone_confirm"
    ),
    "reviewer": "review reopen adjudicate",
    "editor": (
        "remove_document edit_others_annotation remove_others_annotation merge_agents assign_others publish correct "
        "withdraw set_publisher manage_rounds manage_codebook remove_others_comment see_reading "
        "send_webhooks"
    ),
    "admin": "manage_members manage_corpus import_corpus erase manage_webhooks",
}


@pytest.mark.parametrize("role", ROLES.codes)
def test_each_role_may_what_it_gains_and_what_the_roles_below_may(role: str) -> None:
    below = ROLES.codes[: ROLES.codes.index(role) + 1]
    assert set(roles.verbs_of(role)) == {verb for name in below for verb in GAINS[name].split()}


@pytest.mark.parametrize("verb", roles.VERBS)
def test_every_verb_is_allowed_from_its_role_upwards_and_refused_below(verb: str) -> None:
    needed = ROLES.codes.index(roles.VERBS[verb].role)
    for rank, role in enumerate(ROLES.codes):
        assert roles.allows(role, verb) is (rank >= needed)
        if rank >= needed:
            roles.check(role, verb)
            continue
        with pytest.raises(Forbidden) as caught:
            roles.check(role, verb)
        assert ROLES.label(roles.VERBS[verb].role) in str(caught.value)


def test_the_refusal_names_deed_needed_role_and_own_role() -> None:
    assert str(roles.forbidden("checker", "review")) == (
        "To review a check you need the role Reviewer or above; yours is Checker."
    )
    assert roles.forbidden("reviewer", "review") is None


@pytest.mark.parametrize("call", [("owner", "read"), ("viewer", "dance"), ("", "read")])
def test_an_unknown_role_or_verb_is_never_a_yes(call: tuple[str, str]) -> None:
    with pytest.raises(KeyError):
        roles.allows(*call)


def test_every_verb_has_a_label_that_continues_a_sentence() -> None:
    labels = [verb.label for verb in roles.VERBS.values()]
    assert len(set(labels)) == len(labels)
    assert all(label[0].islower() and not label.endswith(".") for label in labels)
