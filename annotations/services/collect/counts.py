"""How many of each thing an export has, and how many it keeps back: the numbers of loss reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from annotations import models as m
from annotations.models import Statement
from annotations.services.collect import passages, tables
from annotations.services.collect.scope import Scope


class Counts(Mapping[str, int]):
    """How many of each there are, for loss reports; counted when the first is asked for. Units as in the name."""

    def __init__(self, scope: Scope, statements: QuerySet[Statement]) -> None:
        self._scope, self._statements = scope, statements

    def __getitem__(self, name: str) -> int:
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    @cached_property
    def _found(self) -> dict[str, int]:
        scope, member = self._scope, self._scope.member
        found = {name: getattr(scope, name).order_by().count() for name in tables.TABLES}
        all_passages, bare = passages.count(scope)
        documents = scope.documents.order_by().values("pk")
        return {
            **found, "passages": all_passages, "bare_passages": bare,
            "statements": self._statements.order_by().count(),
            "bare_statements": passages.bare_statements(member, self._statements),
            "events": m.Event.objects.filter(corpus_id=member.corpus_id).count(),
            "snapshots": m.Snapshot.objects.filter(source__in=scope.sources.order_by().values("pk")).count(),
            "reading": m.ReadingState.objects.filter(document__in=documents).count(),
            "corrections": m.Correction.objects.filter(statement__in=scope.statements.order_by().values("pk")).count(),
            "confidence": scope.annotations.order_by().exclude(confidence=None).count(),
            "bare_documents": self._bare_documents(), **(self._kept_back() if scope.chosen is None else {}),
        }  # fmt: skip

    def _bare_documents(self) -> int:
        marked = self._scope.annotations.order_by().values("document_id")
        return self._scope.documents.order_by().exclude(pk__in=marked).count()

    def _kept_back(self) -> dict[str, int]:
        """What no export holds, or not one of this member's."""
        here = {"corpus_id": self._scope.member.corpus_id}
        removable: tuple[Any, ...] = (m.Document, m.Annotation, m.Statement, m.Source)
        gone = [model.objects.filter(**here).exclude(removed_at=None).count() for model in removable]
        checks = m.Verification.objects.filter(**here, removed_at=None, statement__removed_at=None).count()
        views = m.SavedView.objects.filter(**here, removed_at=None, shared=False)
        return {
            "removed": sum(gone), "own_views": views.count(),
            "closed_checks": checks - self._scope.verifications.order_by().count(),
            "turned_down": m.Suggestion.objects.filter(**here, state="rejected").count(),
            "rounds": m.Round.objects.filter(**here).count(),
        }  # fmt: skip
