"""Components of the API document: versions of a document and what became of its passages."""

from __future__ import annotations

from annotations.api.schema.notation import Schema, obj, one_of
from annotations.rules import vocabulary as v

VERSION_FACTS: dict[str, str | Schema] = {
    "id": "int", "uid": "uuid", "document": "int", "number": "int", "sha256": "str", "length": "int",
    "clean_length": "int", "cleaner": "str", "reader": "str", "blocks": "int", "folded_blocks": "int",
    "repairs": "{int}", "file_name": "str", "created_at": "time", "created_by": "int?",
}  # fmt: skip
TEXT_VERSION = obj(**VERSION_FACTS)
LOADED_VERSION = obj(
    "`outcome` counts the passages by what became of them.", **VERSION_FACTS, title="str", outcome="{int}"
)
CARRIED_STATEMENT = obj(id="int", label="str")
CARRIED = obj(
    "A passage in two versions; `version` is the annotation's, for If-Match.",
    annotation="int", version="int", state=one_of(v.PASSAGE_STATES), before="str", after="str", similarity="num",
    method="str", effects={"type": "array", "items": one_of(v.REWORDINGS)}, statements="[CarriedStatement]",
)  # fmt: skip
CHANGES = obj(
    **{"from": "int?"}, to="int", changed_paragraphs="int", outcome="{int}", effects="{int}", passages="[Carried]"
)
