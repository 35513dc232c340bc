"""Tags that foreign files name: found by label in any language or by code, made in a set "Imported" if allowed."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.models import Corpus, Tag, TagSet
from annotations.rules.errors import Invalid, Problem, noop
from annotations.services import codebook
from annotations.services.op import Op
from annotations.text.folding import fold_text

SET = "Imported"
LONGEST = 80


class Tags:
    """The tags of a corpus by what people call them; `annotation` and `statement` scope."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._by_name: dict[tuple[str, str], int] = {}
        live = Tag.objects.filter(corpus=corpus, tag_set__removed_at=None, deprecated=False).order_by("-order", "-pk")
        for tag in live.select_related("tag_set"):
            for name in (tag.code, tag.label_zh_hant, tag.label_zh_hans, tag.label):
                self._by_name[tag.tag_set.scope, _key(name)] = tag.pk

    def named(self, name: str, scope: str = "annotation") -> int | None:
        return self._by_name.get((scope, _key(name))) if name.strip() else None

    def unknown(self, names: Iterable[str]) -> list[str]:
        """Those names that are no tag of either scope, each once."""
        new = {
            _key(name): name
            for name in dict.fromkeys(name.strip()[:LONGEST] for name in names)
            if name and self.named(name) is None and self.named(name, "statement") is None
        }
        return list(new.values())

    def make(self, op: Op, names: Iterable[str]) -> int:
        """Make the unknown ones in the set "Imported", if this member may; how many were made."""
        new = self.unknown(names)
        if not new or not op.may("manage_codebook"):
            return 0
        tag_set = TagSet.objects.filter(corpus=op.corpus, name=SET, scope="annotation", removed_at=None).first()
        tag_set = tag_set or codebook.add_set(op, name=SET, scope="annotation")
        for name in new:
            self._by_name["annotation", _key(name)] = codebook.add_tag(op, tag_set, label=name).pk
        return len(new)

    def sorted(self, names: Iterable[str]) -> tuple[list[int], list[int], list[Problem]]:
        """Ids of annotation tags, ids of statement tags, and a sentence for each name that is neither."""
        passages: list[int] = []
        statements: list[int] = []
        problems: list[Problem] = []
        for name in names:
            if (found := self.named(name[:LONGEST])) is not None:
                passages.append(found)
            elif (found := self.named(name[:LONGEST], "statement")) is not None:
                statements.append(found)
            else:
                message = noop("“%(name)s” is not in the codebook; it is taken without this tag.")
                problems.append(Invalid("tag_unknown", message, field="tags", name=name))
        return list(dict.fromkeys(passages)), list(dict.fromkeys(statements)), problems


def _key(name: str) -> str:
    return fold_text(" ".join(name.split()))
