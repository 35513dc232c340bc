"""What leaves the API about suggestions; in the documentation with the other components."""

from annotations.api.schema.notation import obj, one_of
from annotations.rules import vocabulary as v

SUGGESTION = obj(
    "What a machine proposes: a new statement of `kind`, or a repeat of `statement`. `score` is from 0 to 1, `fit` "
    "and `difference` say whether the words mean the same, `why` tells the reasons; a variant never inherits a "
    "verdict. Offsets are those of an annotation.",
    id="int", uid="uuid", version="int", document="int", text_version="int", start="int", end="int",
    clean_start="int", clean_end="int", block="int", quote="str", suggester=one_of(v.SUGGESTERS),
    kind=one_of(v.KINDS, blank=True), statement="End?", score="num", fit=one_of(v.FITS),
    difference=one_of(v.DIFFERENCES, blank=True), reasons="[{any}]", why="[str]", state=one_of(v.SUGGESTION_STATES),
    annotation="int?", decided_by="int?", created_at="time",
)  # fmt: skip
SUGGESTIONS = obj(count="int", next="str?", previous="str?", seq="int", results="[Suggestion]")
DECIDED = obj("`annotation`: the passage that it became.", suggestion="Suggestion", annotation="Annotation?")
LOOKALIKE = obj(
    "`words`: the wording of it that was compared; `differing`: spans of those words (code points).",
    id="int", label="str", kind=one_of(v.KINDS), text="str", version="int", words="str", differing="[{any}]",
)  # fmt: skip
DUPLICATE = obj(
    "Two statements with nearly the same words. `fit` and `difference` as of an occurrence: a variant is never the "
    "same. `merge`: which one would go; null where a check would be lost.",
    state=one_of(v.DUPLICATE_STATES), score="num", fit=one_of(v.FITS), difference=one_of(v.DIFFERENCES, blank=True),
    why="[str]", one="Lookalike", other="Lookalike", merge="{any}?",
)  # fmt: skip
PASSAGE = obj(
    "A passage of the current text of a document that is like what was asked for. `score`, `fit`, `difference` and "
    "`why` as of a suggestion; `statements`: the labels of those marked there. Offsets are those of an annotation.",
    document="int", title="str", text_version="int", paragraph="int", start="int", end="int", clean_start="int",
    clean_end="int", quote="str", score="num", fit=one_of(v.FITS), difference=one_of(v.DIFFERENCES, blank=True),
    why="[str]", statements="[str]",
)  # fmt: skip
PARTNER = obj("`share`: about how much of the document that was asked for stands in this one.",
              document="int", title="str", share="num")  # fmt: skip
STRETCH = obj(
    "A run of words that two documents share: raw code points of each; `text` as the first one has it.",
    start="int", end="int", other_start="int", other_end="int", text="str",
)  # fmt: skip
STRETCHES = obj(
    "`share` and `other_share`: how much of each document is shared, 0 to 1.",
    share="num", other_share="num", count="int", next="str?", previous="str?", results="[Stretch]",
)  # fmt: skip
