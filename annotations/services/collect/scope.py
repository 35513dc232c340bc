"""What one export may hold: the rows that this member may see, narrowed to the chosen statements if any are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Case, Q, QuerySet, When

from annotations import models as m
from annotations.models import Member, Statement

#: Checks that nobody but their contributors may read yet.
UNREVIEWED = ("in_progress", "in_review", "changes_requested")


@dataclass(frozen=True)
class Scope:
    """`chosen`: the statements a filter lets through, None for everything. Properties are querysets in export order."""

    member: Member
    chosen: QuerySet[Statement] | None = None

    @property
    def _chosen(self) -> QuerySet[Any]:
        assert self.chosen is not None
        return self.chosen.order_by().values("pk")

    def _live(self, model: Any) -> QuerySet[Any]:
        return model.objects.filter(corpus_id=self.member.corpus_id, removed_at=None)

    @property
    def annotations(self) -> QuerySet[m.Annotation]:
        rows = m.Annotation.objects.visible_to(self.member).filter(document__removed_at=None)
        if self.chosen is not None:
            links = self._live(m.Occurrence).filter(statement__in=self._chosen)
            rows = rows.filter(pk__in=links.values("annotation_id"))
        return rows.order_by("id")

    @property
    def documents(self) -> QuerySet[m.Document]:
        rows = self._live(m.Document)
        if self.chosen is not None:
            rows = rows.filter(pk__in=self.annotations.order_by().values("document_id"))
        return rows.order_by("id")

    @property
    def statements(self) -> QuerySet[Statement]:
        """With the redirects of merged ones; a filter leaves those out."""
        rows = Statement.objects.visible_to(self.member)
        rows = rows.exclude(pk__in=self.lost) if self.chosen is None else rows.filter(pk__in=self._chosen)
        return rows.order_by("id")

    @cached_property
    def lost(self) -> set[int]:
        """Merged statements whose target is gone: a redirect to nothing is nothing."""
        merged = Statement.objects.filter(corpus_id=self.member.corpus_id).exclude(redirect_to=None)
        targets = dict(merged.values_list("pk", "redirect_to_id"))
        gone = set(
            Statement.objects.filter(pk__in=set(targets.values())).exclude(removed_at=None).values_list("pk", flat=True)
        )
        while found := {pk for pk, target in targets.items() if target in gone and pk not in gone}:
            gone |= found
        return gone & targets.keys()

    @property
    def occurrences(self) -> QuerySet[m.Occurrence]:
        rows = self._live(m.Occurrence).filter(annotation__in=self.annotations.order_by().values("pk"))
        return rows.filter(statement__in=self.statements.order_by().values("pk")).order_by("id")

    @property
    def relations(self) -> QuerySet[m.Relation]:
        here = self.statements.order_by().values("pk")
        return self._live(m.Relation).filter(source__in=here, target__in=here).order_by("id")

    @property
    def verifications(self) -> QuerySet[m.Verification]:
        rows = m.Verification.objects.filter(statement__in=self.statements.order_by().values("pk"))
        return rows.visible_to(self.member).order_by("id")

    @property
    def evidence(self) -> QuerySet[m.Evidence]:
        """Placed evidence is as private as its check; what waits unplaced, as the check under way (UX.md 4.6)."""
        visible = self.verifications.order_by().values("pk")
        closed = ~Q(statement__in=m.Verification.objects.filter(state__in=UNREVIEWED).values("statement_id"))
        own = Q(created_by=self.member)
        under_way = Q(statement__in=self.verifications.order_by().filter(state__in=UNREVIEWED).values("statement_id"))
        loose = Q(answer=None) & (own | closed | under_way)
        rows = self._live(m.Evidence).filter(statement__in=self.statements.order_by().values("pk"))
        return rows.filter(loose | Q(answer__question__verification__in=visible)).order_by("id")

    @property
    def milestones(self) -> QuerySet[m.Milestone]:
        return self._live(m.Milestone).filter(statement__in=self.statements.order_by().values("pk")).order_by("id")

    @property
    def comments(self) -> QuerySet[m.Comment]:
        """What is said about the passages, statements and checks of this export; first comments before answers."""
        here = (self.annotations, self.statements, self.verifications)
        passages, stated, checks = (rows.order_by().values("pk") for rows in here)
        about = Q(annotation__in=passages) | Q(statement__in=stated) | Q(verification__in=checks)
        reply = Case(When(parent=None, then=0), When(parent__removed_at__isnull=False, then=0), default=1)
        return m.Comment.objects.visible_to(self.member).filter(about).alias(reply=reply).order_by("reply", "id")

    @property
    def sources(self) -> QuerySet[m.Source]:
        rows = self._live(m.Source)
        if self.chosen is not None:
            cited = Q(pk__in=self.evidence.order_by().values("source_id"))
            rows = rows.filter(cited | Q(pk__in=self.milestones.order_by().values("source_id")))
        return rows.order_by("id")

    @property
    def agents(self) -> QuerySet[m.Agent]:
        rows = m.Agent.objects.filter(corpus_id=self.member.corpus_id)
        if self.chosen is not None:
            said = Q(pk__in=self.occurrences.order_by().values("attributed_to_id"))
            roles = m.StatementAgent.objects.filter(statement__in=self._chosen)
            rows = rows.filter(said | Q(pk__in=roles.values("agent_id")))
        return rows.order_by("id")

    @property
    def tag_sets(self) -> QuerySet[m.TagSet]:
        return self._live(m.TagSet).order_by("id")

    @cached_property
    def live_sets(self) -> frozenset[int]:
        return frozenset(self.tag_sets.order_by().values_list("pk", flat=True))

    @cached_property
    def brought_in(self) -> frozenset[int]:
        """Open checks of which the member is a contributor by import alone (restore/checks.py): they imported, and
        nothing in the history of the check is theirs."""
        own = m.Event.objects.filter(corpus_id=self.member.corpus_id, actor=self.member)
        open_ones = m.Verification.objects.filter(state__in=UNREVIEWED, contributors=self.member)
        found = frozenset(open_ones.order_by().values_list("pk", flat=True))
        if not found or not own.filter(kind="bulk.imported").exists():
            return frozenset()
        told = own.filter(object_type="verification", object_id__in=found)
        return found - set(told.values_list("object_id", flat=True))

    @property
    def tags(self) -> QuerySet[m.Tag]:
        rows = m.Tag.objects.filter(corpus_id=self.member.corpus_id, tag_set__removed_at=None)
        return rows.order_by("id")

    @property
    def saved_views(self) -> QuerySet[m.SavedView]:
        """The shared ones; somebody's own views are theirs."""
        rows = self._live(m.SavedView).filter(shared=True).order_by("id")
        return rows if self.chosen is None else rows.none()

    @property
    def members(self) -> QuerySet[Member]:
        """Everybody whose name stands at something in this export. Accounts and rights are not content."""
        named = {pk for rows, field in self._named() for pk in rows.order_by().values_list(field, flat=True).distinct()}
        return Member.objects.filter(pk__in=named - {None}).order_by("id")

    def _named(self) -> Iterator[tuple[QuerySet[Any], str]]:
        rows: tuple[QuerySet[Any], ...] = (
            self.documents, self.annotations, self.statements, self.occurrences, self.relations, self.sources,
            self.evidence, self.milestones, self.saved_views,
        )  # fmt: skip
        yield from ((each, "created_by_id") for each in rows)
        yield self.documents, "versions__created_by_id"
        yield self.statements, "assignee_id"
        yield self.milestones, "confirmed_by_id"
        yield self.milestones, "refused_by_id"
        yield self.documents, "batch__created_by_id"
        yield self.statements, "corrections__created_by_id"
        yield self.verifications, "author_id"
        yield self.verifications, "created_by_id"
        wrote = m.Verification.contributors.through.objects.filter(verification__in=self.verifications.order_by())
        yield wrote.exclude(verification__in=self.brought_in, member=self.member), "member_id"
        yield from ((self.comments, name) for name in ("created_by_id", "resolved_by_id", "mentions__member_id"))
        yield self.verifications, "reviews__reviewer_id"
