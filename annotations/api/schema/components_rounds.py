"""What leaves the API about coding rounds; in the documentation with the other components."""

from annotations.api.schema.notation import obj, one_of
from annotations.rules import vocabulary as v

RANGE = {"type": ["array", "null"], "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
FIGURES = obj(
    "Agreement on one label: claim, proposal, tag:<id>, or empty for all passages. `counts`: passages by coder. "
    "`exact` and `overlap` are F1, `kappa` and `alpha` are over sentences, `unit` is the unitizing alpha; ranges hold "
    "95 % of the draws over documents. null: nothing can be said.",
    label="str", counts="{int}", exact="num?", overlap="num?", kappa="num?", alpha="num?", alpha_interval=RANGE,
    unit="num?", unit_interval=RANGE,
)  # fmt: skip
FROZEN_TAG = obj(
    id="int", uid="uuid", code="str", label="str", label_zh_hans="str", label_zh_hant="str", definition="str",
    definition_zh_hans="str", definition_zh_hant="str", colour="str", key="str",
)  # fmt: skip
CODER = obj("`documents` were given to this member, `ended` of them are done.",
            id="int", name="str", documents="int", ended="int")  # fmt: skip
ROUND = obj(
    "A coding round. `tags` are the codebook as it was when the round was opened; `report` is empty until "
    "it is closed.",
    id="int", uid="uuid", corpus="int", version="int", name="str", blind="bool", guide="str", codebook_version="int",
    tags="[FrozenTag]", coders_per_document="int", documents="[int]", coders="[Coder]", created_at="time",
    closed_at="time?", report="[Figures]",
)  # fmt: skip
ASSIGNMENT = obj(
    "One's own work on a document of a round, on the text of `text_version`.",
    state=one_of(v.ASSIGNMENT_STATES), done_at="time?", text_version="int",
)  # fmt: skip
CODED_MARK = obj(coder="int", annotation="int", start="int", end="int", kinds="[str]", tags="[int]", quote="str")
RULING = obj(
    "`annotation`: the passage that everybody has of it; null when none was taken over.",
    id="int", start="int", end="int", annotation="int?", reason="str", by="Person", at="time",
)  # fmt: skip
CODED_PLACE = obj(
    "Passages of the coders that overlap each other; raw code points of the text that was coded. `differences`: "
    "missed, borders, kind, tags; none where all agree.",
    start="int", end="int", marks="[CodedMark]", differences="[str]", ruling="Ruling?",
)  # fmt: skip
CODED_PLACES = obj(results="[CodedPlace]")
SETTLED = obj(settled="int")
