"""Words about claims and about who says them: type, voice, attitude, strength (domain.md 2.1, 2.3, 2.5)."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.rules.errors import noop
from annotations.rules.vocabulary.terms import Term, Vocabulary

CLAIM_TYPES = Vocabulary(
    noop("claim type"),
    (
        Term("event", noop("Event"), noop("Something happened or was done. Check records and dispatches.")),
        Term("property", noop("Property"), noop("A state, trait or consensus. Check definition and data.")),
        Term("quantity", noop("Quantity"), noop("A number, share, rank or trend. Check the dataset behind it.")),
        Term("quotation", noop("Quotation"), noop("Somebody said these words. Check the original speech or text.")),
        Term("position", noop("Position"), noop("Somebody holds, proposed or supports it. Check the official record.")),
        Term("document_content", noop("Document content"), noop("A document says so. Read the document.")),
        Term("rule", noop("Rule"), noop("A rule is in force or applies. Read the law.")),
        Term("causal", noop("Causal"), noop("One thing leads to another. Check studies.")),
        Term("definition", noop("Definition"), noop("One thing is a kind of another. Check the literature.")),
        Term("prediction", noop("Prediction"), noop("A future state. Cannot be checked now; give a date.")),
        Term("value", noop("Value"), noop("An evaluation or a norm without action. Cannot be checked.")),
    ),
)
#: All but prediction and value: what a verdict, and a ClaimReview, can be about.
CHECKABLE_TYPES = CLAIM_TYPES.only(noop("checkable claim type"), *CLAIM_TYPES.codes[:-2])
#: For these the original document itself is enough evidence (domain.md 3, evidence minimum).
SELF_EVIDENT_TYPES = frozenset({"quotation", "document_content"})

VOICES = Vocabulary(
    noop("voice"),
    (
        Term("author", noop("Author's own words"), noop("Asserted by the author of the document.")),
        Term("direct_quote", noop("Direct quotation"), noop("In quotation marks, from a named speaker.")),
        Term("indirect", noop("Indirect"), noop("Reported of a named speaker, without quotation marks.")),
        Term("document", noop("Stated in a document"), noop("A report, law or declaration says so.")),
        Term("collective_unnamed", noop("Unnamed sources"), noop("Some experts, or a quotation without a speaker.")),
        Term(
            "unattributed_restatement",
            noop("Restated without source"),
            noop("Somebody else's words, not marked as such."),
        ),
    ),
)
#: Voices of which both "was it said" and "is it so" may be checked (UX.md 4.8).
QUOTED_VOICES = frozenset({"direct_quote", "indirect", "document"})

AUTHOR_STANCES = Vocabulary(
    noop("author's attitude"),
    (
        Term("asserts", noop("Asserts"), noop("Says it in their own name.")),
        Term("endorses", noop("Endorses"), noop("Passes it on and agrees.")),
        Term("reports", noop("Reports"), noop("Passes it on, no more.")),
        Term("disputes", noop("Disputes"), noop("Passes it on and disagrees.")),
    ),
)

#: Strongest first: a proposal shows the strongest wording of its same occurrences (UX.md 4.8).
MODALITIES = Vocabulary(
    noop("strength of wording"),
    (
        Term("must", noop("Must"), noop("Has to be done.")),
        Term("should", noop("Should"), noop("Ought to be done.")),
        Term("recommend", noop("Recommend"), noop("Is recommended, proposed or called for.")),
        Term("will", noop("Will"), noop("An actor undertakes it; a mere forecast is a prediction.")),
        Term("may", noop("May"), noop("Could be done, often by a named means.")),
        Term("can_be", noop("Can be"), noop("States what is possible; a claim, not a proposal.")),
        Term("ongoing", noop("Ongoing"), noop("Bare verbs in a list of measures; may exist already.")),
    ),
)


def strongest(modalities: Iterable[str]) -> str:
    """The strongest of these codes; "" when none is known."""
    found = set(modalities)
    return next((code for code in MODALITIES.codes if code in found), "")
