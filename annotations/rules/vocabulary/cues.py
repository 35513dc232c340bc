"""Why a passage is suggested as a claim or proposal: the signs that text/suggest weighs, in words for the screen."""

from __future__ import annotations

from annotations.rules.errors import noop
from annotations.rules.vocabulary.terms import Term, Vocabulary

CUES = Vocabulary(
    noop("cue"),
    (
        Term("number", noop("number")),
        Term("share", noop("share")),
        Term("money", noop("amount of money")),
        Term("date", noop("date")),
        Term("event", noop("event")),
        Term("aspect", noop("state of affairs")),
        Term("compare", noop("comparison")),
        Term("superlative", noop("first or most")),
        Term("trend", noop("trend")),
        Term("concentration", noop("who holds how much")),
        Term("cause", noop("cause or effect")),
        Term("attributed", noop("said by somebody")),
        Term("says", noop("speech verb")),
        Term("document", noop("named document")),
        Term("rule", noop("rule in force")),
        Term("quantifier", noop("all, most or none")),
        Term("predict", noop("prediction")),
        Term("property", noop("property")),
        Term("denial", noop("denial")),
        Term("actor", noop("named body")),
        Term("example", noop("example")),
        Term("must", noop("must")),
        Term("should", noop("should")),
        Term("recommend", noop("recommendation or call")),
        Term("commit", noop("commitment")),
        Term("measure", noop("measure")),
        Term("institution", noop("new institution")),
        Term("listed", noop("item of a list")),
        Term("in_list", noop("in a list of measures")),
        Term("after_measure", noop("goes on from a proposal")),
        Term("actor_does", noop("who should do it")),
        Term("learned", noop("like what was accepted here")),
    ),
)
