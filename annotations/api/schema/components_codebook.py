"""What leaves the API of the codebook's past, of what hangs on its tags, and of what was read."""

from __future__ import annotations

from annotations.api.schema.notation import obj, one_of
from annotations.rules import vocabulary as v

TAG_REACH = obj(
    "What is there now; what was removed moves along, and is not counted. `documents`: that carry the tag, or whose "
    "passages do; `views`: saved views that ask for it, anybody's; `both`: carry `into`, too.",
    tag="int", into="int?", passages="int", statements="int", documents="int", views="int", both="int",
    people="[PersonCount]",
)  # fmt: skip
PERSON_COUNT = obj(name="str", count="int")
EDITION = obj(number="int", note="str", at="time", by="str", op="str")
EDITION_DETAIL = obj(
    "`content`: the sets and tags as the dump writes them; `changes` when `since` was asked for.",
    number="int", note="str", at="time", by="str", op="str", content="{any}", changes_opt="[CodebookChange]",
)  # fmt: skip
CODEBOOK_CHANGE = obj(
    "`other`: the tag or set that it went to or came from.",
    kind=one_of(v.CODEBOOK_CHANGES), thing={"type": "string", "enum": ["tag_set", "tag"]}, uid="uuid", label="str",
    other="str", fields="[ChangedField]",
)  # fmt: skip
COVERAGE = obj(
    "`ranges`: half-open, of blocks counted from 0; copies and running heads are no reading. `percent` is one's own "
    "share, `anybody` that of all members together, of the current version.",
    version="int", ranges={"type": "array", "items": {"type": "array", "items": {"type": "integer"}}}, read="int",
    blocks="int", percent="int", anybody="int",
)  # fmt: skip
CHANGED_FIELD = obj(name="str", before="any", after="any")
