"""What the files of codebooks share: rows with every value, uids for what has none, the problem that names the file."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from annotations.records import TagRecord, TagSetRecord
from annotations.rules.errors import Unreadable

Content = Mapping[str, Sequence[Mapping[str, Any]]]
#: The scope of a set of which a file says nothing.
SCOPE = "annotation"
_SPACE = uuid.UUID("6d1c3c53-8f7e-5d7b-9f0e-6b1a1f0f4b11")


def problem(filename: str, template: str, **params: str | int) -> Unreadable:
    return Unreadable("codebook-file", template, field=None, name=filename, **params)


def uid_of(words: str) -> str:
    """The same uid for the same words: a file without uids means the same things each time it is read."""
    return str(uuid.uuid5(_SPACE, words))


def set_row(**values: Any) -> TagSetRecord:
    given = {"name": "", "scope": SCOPE, "many": True, "closed": True, "order": 0, **values}
    return TagSetRecord(**given)


def tag_row(**values: Any) -> TagRecord:
    given = {
        "tag_set": "", "code": "", "label": "", "label_zh_hans": "", "label_zh_hant": "", "definition": "",
        "colour": "", "key": "", "parent": None, "deprecated": False, "order": 0, **values,
    }  # fmt: skip
    return TagRecord(**given)
