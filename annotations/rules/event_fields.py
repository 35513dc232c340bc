"""What a changed field is called inside a sentence of the history: "changed the text, the type of C-12"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotations.rules import vocabulary
from annotations.rules.errors import noop
from annotations.rules.vocabulary import Vocabulary

#: Column name -> msgid. A column that is not here is shown by its name.
FIELDS: Mapping[str, str] = {
    # documents and sources
    "title": noop("the title"),
    "language": noop("the language"),
    "genre": noop("the genre"),
    "authors": noop("the authors"),
    "author_note": noop("the author's role"),
    "affiliation": noop("the affiliation"),
    "publisher": noop("the publisher"),
    "source_note": noop("the source note"),
    "url": noop("the address"),
    "published_date": noop("the date of publication"),
    "not_before": noop("the earliest date"),
    "reference_year": noop("the reference year"),
    "rights": noop("the rights"),
    "proposed": noop("what is confirmed"),
    "identifier": noop("the identifier"),
    "reliability_note": noop("the note on reliability"),
    "interests_note": noop("the note on interests"),
    "independent_group": noop("the group of sources"),
    # statements and passages
    "text": noop("the text"),
    "gloss_en": noop("the English gloss"),
    "kind": noop("the kind"),
    "type": noop("the type"),
    "more_types": noop("the further types"),
    "wording": noop("the state of the wording"),
    "note": noop("the note"),
    "comment": noop("the comment"),
    "priority": noop("the priority"),
    "work": noop("the status"),
    "public": noop("the publication"),
    "verdict": noop("the verdict"),
    "checkworthiness": noop("the check-worthiness"),
    "q1": noop("the answer whether it can be verified"),
    "q2": noop("the answer whether people would care"),
    "q3": noop("the answer whether it could do harm"),
    "q4": noop("the answer whether it is worth checking"),
    "assignee": noop("the owner"),
    "due": noop("the due date"),
    "about_date": noop("the date it is about"),
    "place": noop("the place"),
    "resolve_by": noop("the day of resolution"),
    "resolution_criteria": noop("the criteria of resolution"),
    "confidence": noop("the confidence"),
    "voice": noop("the voice"),
    "speaker": noop("the speaker"),
    "attributed_to": noop("the speaker"),
    "reported_via": noop("the reporting source"),
    "author_stance": noop("the author's attitude"),
    "modality": noop("the strength of wording"),
    "utterance_date": noop("the date it was said"),
    "fit": noop("the fit"),
    "difference": noop("the difference"),
    # proposals
    "mechanism": noop("the mechanism"),
    "instrument": noop("the instrument"),
    "bindingness": noop("the bindingness"),
    "target": noop("the target"),
    "deadline": noop("the deadline"),
    "specificity": noop("the specificity"),
    "progress": noop("the progress"),
    "progress_date": noop("the date of the progress"),
    "proposer": noop("the proposer"),
    "actor": noop("the actor"),
    "addressee": noop("the addressee"),
    "beneficiary": noop("the beneficiary"),
    "enforcer": noop("the enforcer"),
    "monitor": noop("the monitor"),
    # evidence
    "quote": noop("the quotation"),
    "locator": noop("the place in the source"),
    "stance": noop("the stance"),
    "medium": noop("the medium"),
    # checks
    "justification": noop("the reasons"),
    "limitations": noop("the limits"),
    "flags": noop("the flags"),
    "as_of_date": noop("the as-of date"),
    "search_log": noop("the search log"),
    "sole_source_reason": noop("the reason for a sole source"),
    "claimant_contacted": noop("the contact with the claimant"),
    "claimant_note": noop("what the claimant said"),
    # the corpus, people, tags
    "name": noop("the name"),
    "description": noop("the description"),
    "aliases": noop("the other names"),
    "role": noop("the role"),
    "label": noop("the label"),
    "definition": noop("the definition"),
    "colour": noop("the colour"),
    "key": noop("the key"),
    "parent": noop("the place in the tree"),
    "deprecated": noop("the use"),
    "order": noop("the order"),
}

_WORDS: Mapping[str, tuple[Vocabulary[Any], ...]] = {
    "work": (vocabulary.WORK,),
    "public": (vocabulary.PUBLIC,),
    "verdict": (vocabulary.VERDICTS,),
    "flags": (vocabulary.FLAGS,),
    "claimant_contacted": (vocabulary.CONTACTED,),
    "progress": (vocabulary.PROGRESS,),
    "kind": (vocabulary.KINDS,),
    "type": (vocabulary.CLAIM_TYPES, vocabulary.SOURCE_TYPES, vocabulary.AGENT_TYPES),
    "genre": (vocabulary.GENRES,),
    "language": (vocabulary.LANGUAGES,),
    "wording": (vocabulary.WORDINGS,),
    "checkworthiness": (vocabulary.CHECKWORTHINESS,),
    "q1": (vocabulary.VERIFIABLE,),
    "q4": (vocabulary.WORTH_CHECKING,),
    "voice": (vocabulary.VOICES,),
    "author_stance": (vocabulary.AUTHOR_STANCES,),
    "modality": (vocabulary.MODALITIES,),
    "fit": (vocabulary.FITS,),
    "difference": (vocabulary.DIFFERENCES,),
    "mechanism": (vocabulary.MECHANISMS,),
    "instrument": (vocabulary.INSTRUMENTS,),
    "bindingness": (vocabulary.BINDINGNESS,),
    "stance": (vocabulary.EVIDENCE_STANCES,),
    "medium": (vocabulary.MEDIUMS,),
    "role": (vocabulary.ROLES,),
    "colour": (vocabulary.PALETTE,),
}


def word_of(name: str, value: str) -> str | None:
    """The msgid of a value of this column that is a code; None for a value that stands for itself."""
    return next((words.label(value) for words in _WORDS.get(name, ()) if value in words), None)
