"""What a row says of its statement besides words and passage: own columns, owner, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from annotations.formats.spreadsheet_plan import PlannedRow
from annotations.models import Corpus, Member, Source, Statement
from annotations.rules.errors import Invalid, Problem, noop
from annotations.services import sources, statements, workflow
from annotations.services.op import Op
from annotations.text.folding import fold_text


class Details:
    """The people of a corpus by name, read once."""

    def __init__(self, corpus: Corpus) -> None:
        self._people: dict[str, list[Member]] = {}
        for member in Member.objects.filter(corpus=corpus, active=True).select_related("user"):
            for name in {fold_text(member.name), fold_text(member.user.username if member.user else "")} - {""}:
                self._people.setdefault(name, []).append(member)

    def add(
        self, op: Op, row: PlannedRow, statement: Statement, tags: Sequence[int], made: Counter[str]
    ) -> list[Problem]:
        """Set them on a new statement; a sentence for each that this member may not set, or that nobody knows."""
        problems: list[Problem] = []
        if tags:
            statements.set_tags(op, statement, add=tags)
        if row.owner:
            problems += self._assign(op, row.owner, statement)
        for text in row.sources:
            problems += self._source(op, text, statement, made)
        return problems

    def _assign(self, op: Op, name: str, statement: Statement) -> list[Problem]:
        found = self._people.get(fold_text(name), [])
        if len(found) != 1:
            return [Invalid("owner_unknown", noop("“%(name)s” is no member of this corpus."), field="owner", name=name)]
        try:
            workflow.assign(op, statement, found[0])
        except Problem as problem:
            return [problem]
        return []

    def _source(self, op: Op, text: str, statement: Statement, made: Counter[str]) -> list[Problem]:
        """Attached as context, until somebody says what the source shows."""
        if not (op.may("add_source") and op.may("add_evidence")):
            message = noop("“%(name)s” was not taken as a source: that needs the role of a checker.")
            return [Invalid("source_role", message, field="source", name=text)]
        try:
            sources.add_evidence(op, statement, self._named(op, text, made), stance="context", note=text[:500])
        except Problem as problem:
            return [problem]
        made["evidence"] += 1
        return []

    def _named(self, op: Op, text: str, made: Counter[str]) -> Source:
        """The source with this address or title, made when it is new."""
        url = text[:2000] if text.startswith(("http://", "https://")) else ""
        live = Source.objects.filter(corpus=op.corpus, removed_at=None)
        found = sources.find_same(op, {"url": url}) if url else live.filter(title=text[:500]).first()
        if found is None:
            found = sources.create(op, again=True, title=text[:500], url=url)
            made["sources"] += 1
        return found
