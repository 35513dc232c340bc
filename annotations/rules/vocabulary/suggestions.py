"""What machines suggest and what people make of it: passages, and pairs of statements."""

from annotations.rules.errors import noop
from annotations.rules.vocabulary.terms import Term, Vocabulary

#: What two statements with nearly the same words are to each other.
DUPLICATE_STATES = Vocabulary(
    noop("state of the pair"),
    (
        Term("open", noop("To look at"), noop("Nobody has said yet what the two are.")),
        Term("related", noop("Related"), noop("Somebody said how the two are related.")),
        Term("not", noop("Not the same"), noop("Somebody said so; the pair never comes back.")),
    ),
)

#: What a person says of two statements with nearly the same words, besides merging them.
DUPLICATE_DECISIONS = Vocabulary(
    noop("decision on the pair"),
    (
        Term("not_same", noop("Not the same"), noop("For good; it can be undone.")),
        Term("kept_apart", noop("The same, keep both"), noop("They restate each other and stay two.")),
    ),
)

#: What became of a passage that a machine proposed.
SUGGESTION_STATES = Vocabulary(
    noop("state of the suggestion"),
    (
        Term("open", noop("Undecided"), noop("Waits for somebody's decision; counts for nothing until then.")),
        Term("accepted", noop("Accepted"), noop("Somebody made it a passage of their own.")),
        Term("rejected", noop("Turned down"), noop("The same words are never suggested for this again.")),
        Term("gone", noop("Gone"), noop("Its text or what it repeats has changed since.")),
    ),
)

#: What becomes of a passage in the list of those like another one.
ALIKE_DECISIONS = Vocabulary(
    noop("decision on the passage"),
    (
        Term("accept", noop("Accept"), noop("It is a passage of the statement.")),
        Term("claim", noop("Claim")),
        Term("proposal", noop("Proposal")),
        Term("highlight", noop("Highlight"), noop("Marked, and nothing more.")),
        Term("reject", noop("Turn down"), noop("The same words are never suggested for this again.")),
    ),
)

#: Who suggests.
SUGGESTERS = Vocabulary(
    noop("suggester"),
    (
        Term("recurrence", noop("Repeats"), noop("Finds passages that repeat a known statement.")),
        Term("asked", noop("More like this"), noop("Found when somebody asked for passages like another one.")),
        Term("cues", noop("Claims and proposals"), noop("Finds new claims and proposals by their wording.")),
        Term("meaning", noop("Meaning"), noop("Those of them that mean something like what was accepted.")),
        Term("model", noop("Language model"), noop("Asked for claims and proposals; it quotes word for word.")),
    ),
)
