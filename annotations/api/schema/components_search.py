"""What leaves the API about a search; in the documentation with the other components."""

from annotations.api.schema.notation import Schema, obj

SPAN: Schema = {
    "type": "array",
    "prefixItems": [{"type": "integer"}, {"type": "integer"}],
    "minItems": 2,
    "maxItems": 2,
}
SPANS: Schema = {"type": "array", "items": SPAN}
PIECE = obj(text="str", hit="bool")
HIT_FIELD = obj(text="str", pieces="[Piece]")
HIT = obj(
    "A sentence with its place; of other kinds `id`, `label` and the fields in which the words stand.",
    document_opt="int", title_opt="str", language_opt="str", paragraph_opt="int", spans_opt=SPANS,
    clean_spans_opt=SPANS, text_opt="str", pieces_opt="[Piece]", kind_opt="str", id_opt="int", label_opt="str?",
    fields_opt="[HitField]",
)  # fmt: skip
SEARCH_COUNTS = obj(
    "Passages in three units; or how many there are of the kind that was asked for, or of all.",
    sentences_opt="int", documents_opt="int", hits_opt="int", hits_exact_opt="bool", repeated_hits_opt="int",
    passage_opt="int", annotation_opt="int", statement_opt="int", source_opt="int", comment_opt="int",
)  # fmt: skip
SEARCH = obj(count="int", counts="SearchCounts", next="str?", previous="str?", results="[Hit]")
