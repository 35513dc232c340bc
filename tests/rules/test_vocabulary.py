"""Vocabularies: complete, without doubles, and as the specification has them."""

from __future__ import annotations

import re

import pytest

from annotations.rules import vocabulary
from annotations.rules.errors import Invalid
from annotations.rules.vocabulary import Term, Verdict, Vocabulary

ALL = {name: value for name, value in vars(vocabulary).items() if isinstance(value, Vocabulary)}
NAMES = sorted(ALL)

# The codes other parts and files from outside rely on; changing one is a migration, so it has to be done here, too.
CODES = {
    "KINDS": "claim proposal",
    "CLAIM_TYPES": (
        "event property quantity quotation position document_content rule causal definition prediction value"
    ),
    "CHECKABLE_TYPES": "event property quantity quotation position document_content rule causal definition",
    "VOICES": "author direct_quote indirect document collective_unnamed unattributed_restatement",
    "AUTHOR_STANCES": "asserts endorses reports disputes",
    "MODALITIES": "must should recommend will may can_be ongoing",
    "MECHANISMS": (
        "new_institution rule_making standards_evaluation performance_requirement technical_safeguard "
        "licensing_registration tiering disclosure information_study coordination multilateral_support "
        "capacity_building research_development funding_infrastructure pilots technology_sharing risk_monitoring "
        "responsibility_norm"
    ),
    "INSTRUMENTS": (
        "treaty resolution declaration law regulation standard guideline action_plan organization fund programme "
        "voluntary_commitment none_named"
    ),
    "BINDINGNESS": "hard_law soft_law other",
    "VERDICTS": "supported mostly_supported mixed conflicting refuted not_enough_evidence",
    "FLAGS": (
        "wrong_date wrong_number wrong_entity misattributed altered_quote overgeneralised missing_context outdated "
        "translation_issue source_not_found secondary_only presupposition_false"
    ),
    "PROGRESS": (
        "not_yet_rated in_the_works adopted implemented partly_implemented stalled rejected superseded not_trackable"
    ),
    "FITS": "same variant",
    "DIFFERENCES": "number date negation modality scope",
    "RELATIONS": "supports attacks restates specifies addresses supersedes",
    "AGENT_TYPES": "person government intergovernmental company academia civil_society media unknown",
    "SOURCE_TYPES": (
        "primary_document dataset official_statement peer_reviewed news expert_interview secondary"
    ),
    "GENRES": "opinion law resolution report speech news",
    "MEDIUMS": "web_text pdf table image video",
    "EVIDENCE_STANCES": "supports refutes context",
    "ANSWER_TYPES": "extractive abstractive boolean unanswerable",
    "TRIAGE_REASONS": "opinion prediction too_vague trivial duplicate out_of_scope",
    "PROPOSAL_REASONS": "too_vague not_prospective no_action trivial duplicate out_of_scope",
    "CHECKWORTHINESS": "high medium low",
    "ANCHOR_STATES": "ok moved changed ambiguous orphaned",
    "READING_STATES": "unread reading read nothing",
    "LANGUAGES": "zh-Hans zh-Hant en und",
    "WORDINGS": "as_quoted stands_alone",
    "WORK": "untriaged set_aside queued in_progress in_review changes_requested approved tracked",
    "PROPOSAL_WORK": "untriaged tracked set_aside",
    "PUBLIC": "none published paused withdrawn",
    "STATUSES": (
        "untriaged set_aside queued in_progress in_review changes_requested approved tracked "
        "published paused withdrawn"
    ),
    "PROPOSAL_ROLES": "proposer actor addressee beneficiary enforcer monitor",
    "ROLES": "viewer annotator checker reviewer editor admin",
    "TAG_SCOPES": "annotation statement document",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(CODES))
def test_the_codes_are_the_specified_ones_in_their_order(name: str) -> None:
    assert ALL[name].codes == tuple(CODES[name].split())


@pytest.mark.parametrize("name", NAMES)
def test_every_term_has_a_label_and_a_storable_code(name: str) -> None:
    labels = [term.label for term in ALL[name]]
    assert all(labels) and len(set(labels)) == len(labels)
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", code) and len(code) <= 32 for code in ALL[name].codes)


@pytest.mark.parametrize("name", NAMES)
def test_definitions_are_sentences(name: str) -> None:
    assert all(term.definition.endswith(".") for term in ALL[name] if term.definition)


def test_every_vocabulary_of_a_module_is_exported() -> None:
    assert set(NAMES) <= set(vocabulary.__all__)
    assert set(vocabulary.__all__) <= set(vars(vocabulary))


def test_check_gives_the_code_back_or_names_the_allowed_ones() -> None:
    assert vocabulary.FITS.check("same", "fit") == "same"
    with pytest.raises(Invalid) as caught:
        vocabulary.FITS.check("equal", "fit")
    assert caught.value.field == "fit"
    assert str(caught.value) == "“equal” is not allowed here (fit). Allowed: same, variant."


@pytest.mark.parametrize("value", ["", None, 3, ["same"]])
def test_check_refuses_what_is_no_code_at_all(value: object) -> None:
    with pytest.raises(Invalid):
        vocabulary.FITS.check(value, "fit")


def test_blank_is_allowed_only_where_it_is_said() -> None:
    assert vocabulary.FITS.check("", "fit", blank=True) == ""
    with pytest.raises(Invalid):
        vocabulary.FITS.check(None, "fit", blank=True)


def test_labels_choices_length_and_membership() -> None:
    assert vocabulary.VERDICTS.label("refuted") == "Refuted"
    assert vocabulary.VERDICTS.label("") == ""
    assert vocabulary.KINDS.choices == [("claim", "Claim"), ("proposal", "Proposal")]
    assert "claim" in vocabulary.KINDS and "opinion" not in vocabulary.KINDS and len(vocabulary.KINDS) == 2
    with pytest.raises(KeyError):
        vocabulary.VERDICTS.label("true")


def test_a_code_cannot_stand_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        Vocabulary("x", (Term("a", "A"), Term("a", "B")))


RATINGS = {"supported": 5, "mostly_supported": 4, "mixed": 3, "refuted": 1}


@pytest.mark.parametrize("verdict", vocabulary.VERDICTS.terms, ids=lambda verdict: verdict.code)
def test_verdicts_carry_the_numbers_of_claim_review_and_the_labels_of_averitec(verdict: Verdict) -> None:
    assert verdict.rating == RATINGS.get(verdict.code)
    assert verdict.averitec in {
        "Supported", "Refuted", "Not Enough Evidence", "Conflicting Evidence/Cherrypicking"
    }  # fmt: skip


def test_every_mechanism_has_an_agora_code_and_those_without_one_say_other() -> None:
    others = [term.code for term in vocabulary.MECHANISMS if term.agora == "Other"]
    assert others == ["technology_sharing", "risk_monitoring", "responsibility_norm"]


def test_the_strongest_wording_wins() -> None:
    assert vocabulary.strongest(["ongoing", "recommend", "may"]) == "recommend"
    assert vocabulary.strongest(["", "unheard"]) == ""


def test_subsets_hold_only_known_codes() -> None:
    assert vocabulary.PRIMARY_SOURCES | vocabulary.SECONDARY_SOURCES <= set(vocabulary.SOURCE_TYPES.codes)
    assert set(vocabulary.CHECKABLE_TYPES.codes) >= vocabulary.SELF_EVIDENT_TYPES
    assert set(vocabulary.VOICES.codes) >= vocabulary.QUOTED_VOICES
    assert set(vocabulary.RELATIONS.codes) >= vocabulary.SYMMETRIC_RELATIONS
    assert set(vocabulary.PROGRESS.codes) >= vocabulary.FINISHED_PROGRESS


def test_twelve_colours() -> None:
    assert len(vocabulary.PALETTE) == 12


def test_the_default_codebook_has_nine_tags_on_nine_keys_in_three_languages() -> None:
    tags = vocabulary.CODEBOOKS["ai-governance"].tags
    assert [tag.key for tag in tags] == list("123456789")
    assert [tag.label_zh_hans for tag in tags[:4]] == ["安全", "能力建设", "机构与机制", "标准与评测"]
    assert len({tag.code for tag in tags}) == len({tag.colour for tag in tags}) == 9
    assert all(tag.colour in vocabulary.PALETTE for tag in tags)
    assert all(
        tag.label and tag.label_zh_hant and tag.definition and tag.definition_zh_hans and tag.definition_zh_hant
        for tag in tags
    )
    assert vocabulary.CODEBOOKS["empty"].tags == ()
