"""Words about checking: verdicts, flags, evidence, answers, sources, review, correction (domain.md 2.4)."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.rules.errors import noop
from annotations.rules.vocabulary.terms import Term, Vocabulary


@dataclass(frozen=True, slots=True)
class Verdict(Term):
    """`rating`: ClaimReview ratingValue (None = leave numbers out); `averitec`, `fever`: their labels, "" = none."""

    rating: int | None = None
    averitec: str = ""
    fever: str = ""


_MIXED = "Conflicting Evidence/Cherrypicking"
VERDICTS = Vocabulary(
    noop("verdict"),
    (
        Verdict(
            "supported",
            noop("Supported"),
            noop("Evidence clearly supports all essential parts."),
            5,
            "Supported",
            "SUPPORTS",
        ),
        Verdict(
            "mostly_supported",
            noop("Mostly supported"),
            noop("The essentials are right; a detail is wrong or missing."),
            4,
            _MIXED,
        ),
        Verdict("mixed", noop("Mixed"), noop("Essential parts right and wrong, or cherry-picked."), 3, _MIXED),
        Verdict(
            "conflicting",
            noop("Conflicting evidence"),
            noop("Reliable sources disagree and it could not be resolved."),
            None,
            _MIXED,
        ),
        Verdict(
            "refuted",
            noop("Refuted"),
            noop("Evidence clearly refutes it; a mere lack of support does not."),
            1,
            "Refuted",
            "REFUTES",
        ),
        Verdict(
            "not_enough_evidence",
            noop("Not enough evidence"),
            noop("Searched, the search is documented, nothing decisive found."),
            None,
            "Not Enough Evidence",
            "NOT ENOUGH INFO",
        ),
    ),
)
BEST_RATING, WORST_RATING = 5, 1

FLAGS = Vocabulary(
    noop("flag"),
    (
        Term("wrong_date", noop("Wrong date")),
        Term("wrong_number", noop("Wrong number")),
        Term("wrong_entity", noop("Wrong person or body")),
        Term("misattributed", noop("Misattributed"), noop("Said by somebody else.")),
        Term("altered_quote", noop("Altered quotation"), noop("For instance a condition was left out.")),
        Term("overgeneralised", noop("Overgeneralised")),
        Term("missing_context", noop("Missing context")),
        Term("outdated", noop("Outdated"), noop("Was right once; a verdict holds as of its date.")),
        Term("translation_issue", noop("Translation issue")),
        Term("source_not_found", noop("Named source not found")),
        Term("secondary_only", noop("Secondary sources only")),
        Term("presupposition_false", noop("Presupposition false")),
    ),
)

#: What a person records of a quotation after reading the original; `compare` of text/quotation.py cannot know it.
QUOTATION_FLAGS = ("altered_quote", "missing_context")
#: How quoted words stand in their original, as text/quotation.py finds by itself.
QUOTATION_KINDS = Vocabulary(
    noop("comparison with the original"),
    (
        Term("exact", noop("Word for word"), noop("The same words; only script, width or punctuation may differ.")),
        Term("elided", noop("Words left out"), noop("All words stand there in this order, with others between them.")),
        Term("altered", noop("Words changed"), noop("Some of the words do not stand there.")),
        Term("not_found", noop("Not found"), noop("Nothing like it stands in this text.")),
    ),
)

EVIDENCE_STANCES = Vocabulary(
    noop("stance"),
    (
        Term("supports", noop("Supports")),
        Term("refutes", noop("Refutes")),
        Term("context", noop("Context"), noop("Neither; needed to understand it.")),
    ),
)

ANSWER_TYPES = Vocabulary(
    noop("kind of answer"),
    (
        Term("extractive", noop("Quoted from the evidence")),
        Term("abstractive", noop("In own words")),
        Term("boolean", noop("Yes or no"), noop("Needs an explanation.")),
        Term("unanswerable", noop("No answer found"), noop("Has no source.")),
    ),
)

MEDIUMS = Vocabulary(
    noop("medium"),
    (
        Term("web_text", noop("Web text")),
        Term("pdf", noop("PDF")),
        Term("table", noop("Table")),
        Term("image", noop("Image")),
        Term("video", noop("Video")),
    ),
)

SOURCE_TYPES = Vocabulary(
    noop("source type"),
    (
        Term("primary_document", noop("Primary document"), noop("The law, report or speech itself.")),
        Term("dataset", noop("Dataset")),
        Term("official_statement", noop("Official statement")),
        Term("peer_reviewed", noop("Peer-reviewed work")),
        Term("news", noop("News")),
        Term("expert_interview", noop("Expert interview")),
        Term("secondary", noop("Secondary source"), noop("Reports what another source says.")),
    ),
)
#: One of these may stand alone when the reason is given; two of the others are needed (domain.md 3).
PRIMARY_SOURCES = frozenset({"primary_document", "dataset", "official_statement"})
#: Nothing but these calls for the flag secondary_only.
SECONDARY_SOURCES = frozenset({"news", "secondary"})

SNAPSHOT_WAYS = Vocabulary(
    noop("way of a snapshot"),
    (
        Term("captured", noop("Captured"), noop("Fetched from its address by this installation.")),
        Term("uploaded", noop("Uploaded"), noop("A file that somebody brought.")),
        Term("pasted", noop("Pasted"), noop("Text that somebody copied from it.")),
    ),
)
CAPTURE_STATES = Vocabulary(
    noop("state of a capture"),
    (
        Term("queued", noop("Waiting for capture"), noop("The address is fetched as soon as possible.")),
        Term("fetching", noop("Being captured"), noop("The address is being fetched.")),
        Term("fetched", noop("Captured"), noop("Fetched from its address by this installation.")),
        Term("blocked", noop("Not allowed"), noop("The address leads to a place that must not be asked.")),
        Term("failed", noop("Not captured"), noop("The address gave nothing that can be kept.")),
    ),
)
#: A capture that somebody or something still works on.
OPEN_CAPTURES = ("queued", "fetching")

DECISIONS = Vocabulary(
    noop("decision"),
    (
        Term("approve", noop("Approve")),
        Term("changes_requested", noop("Ask for changes")),
    ),
)

#: What a line of the public record tells of: the first four are chosen on publishing again, the others come by
#: themselves with a step.
CORRECTION_KINDS = Vocabulary(
    noop("kind of correction"),
    (
        Term("typo", noop("Typing error")),
        Term("clarification", noop("Clarification")),
        Term("correction", noop("Correction")),
        Term("update", noop("Update"), noop("New evidence; the old verdict was right in its time.")),
        Term("published", noop("Published")),
        Term("paused", noop("Paused")),
        Term("reopened", noop("Being checked again")),
        Term("withdrawn", noop("Withdrawn")),
    ),
)
REPUBLISHED_AS = ("typo", "clarification", "correction", "update")

CONTACTED = Vocabulary(
    noop("answer"),
    (Term("yes", noop("Yes")), Term("no", noop("No")), Term("na", noop("Not applicable"))),
)

#: Whether a verdict shown or exported has passed the second person (UX.md 4.6).
VERDICT_STATES = Vocabulary(
    noop("state of the verdict"),
    (
        Term("unreviewed", noop("Unreviewed")),
        Term("blind", noop("Blind verdict"), noop("Given before the other verdict was seen.")),
        Term("after_discussion", noop("After discussion")),
        Term("approved", noop("Approved")),
    ),
)
