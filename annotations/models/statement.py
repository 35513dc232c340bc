"""Statements (claims and proposals), their Occurrences in passages, agents, relations, milestones."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from annotations.models.annotation import Annotation
from annotations.models.base import Editable, LiveQuerySet, Thing, unique_uid
from annotations.models.codebook import Tag
from annotations.models.corpus import Corpus, Member

PREFIX = {"claim": "C", "proposal": "P"}


class Agent(Thing):
    """Who says, proposes, should act, publishes. A government, its premier and a commentator are three agents."""

    name = models.CharField(max_length=200)
    type = models.CharField(max_length=20, default="unknown")
    aliases = models.JSONField(default=list)
    url = models.CharField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    fold = models.CharField(max_length=200, db_index=True)  # folded name: 中國政府 and 中国政府 are one agent
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [unique_uid("agent"), models.UniqueConstraint(fields=["corpus", "fold"], name="agent_name")]

    def __str__(self) -> str:
        return self.name


class StatementQuerySet(LiveQuerySet["Statement"]):
    def visible_to(self, member: Member) -> StatementQuerySet:
        return self.filter(corpus_id=member.corpus_id, removed_at=None)


class Statement(Editable):
    """The canonical claim or proposal. Three columns tell where it stands: `work`, `public`, `verdict` (of the
    latest approved check)."""

    kind = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    text = models.TextField()
    fold = models.TextField(blank=True)  # folded text, for search-as-you-type and filters
    gloss_en = models.TextField(blank=True)
    language = models.CharField(max_length=10, default="und")
    type = models.CharField(max_length=20, blank=True)  # primary claim type
    more_types = models.JSONField(default=list)
    wording = models.CharField(max_length=12, default="as_quoted")
    work = models.CharField(max_length=20, default="untriaged")
    public = models.CharField(max_length=10, default="none")
    verdict = models.CharField(max_length=20, blank=True)
    verdict_as_of = models.CharField(max_length=10, blank=True)
    published_version = models.PositiveIntegerField(null=True)  # number of the check that is public
    published_at = models.DateTimeField(null=True)
    progress = models.CharField(max_length=20, blank=True)
    progress_date = models.CharField(max_length=10, blank=True)
    triage_reason = models.CharField(max_length=20, blank=True)
    triage_note = models.TextField(blank=True)
    checkworthiness = models.CharField(max_length=6, blank=True)
    q1 = models.CharField(max_length=12, blank=True)
    q2 = models.PositiveSmallIntegerField(null=True)
    q3 = models.PositiveSmallIntegerField(null=True)
    q4 = models.CharField(max_length=12, blank=True)
    priority = models.PositiveSmallIntegerField(null=True)
    assignee = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="assigned")
    due = models.DateField(null=True)
    about_date = models.CharField(max_length=10, blank=True)
    reference_year = models.PositiveSmallIntegerField(null=True)
    resolve_by = models.DateField(null=True)
    resolution_criteria = models.TextField(blank=True)
    note = models.TextField(blank=True)
    redirect_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="redirects")
    # anatomy of a proposal (research/domain.md 2.5); its agents stand in StatementAgent
    mechanism = models.CharField(max_length=30, blank=True)
    instrument = models.CharField(max_length=30, blank=True)
    bindingness = models.CharField(max_length=10, blank=True)
    modality = models.CharField(max_length=12, blank=True)
    target = models.TextField(blank=True)
    deadline = models.CharField(max_length=10, blank=True)
    specificity = models.PositiveSmallIntegerField(null=True)
    tags = models.ManyToManyField(Tag, through="StatementTag", related_name="statements")

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            unique_uid("statement"),
            models.UniqueConstraint(fields=["corpus", "kind", "number"], name="statement_number"),
            models.CheckConstraint(condition=~Q(kind="proposal") | Q(verdict=""), name="proposal_has_no_verdict"),
        ]
        # Holds what counts and the usual order ask for, so that they read no row.
        indexes = [
            models.Index(
                fields=["corpus", "removed_at", "redirect_to", "kind", "number", "work", "public"],
                name="statement_list",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.text[:40]}"

    @property
    def label(self) -> str:
        return f"{PREFIX[self.kind]}-{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("statement_detail", args=[self.corpus.slug, self.label])


class StatementAgent(models.Model):
    """An agent in a role of a proposal: proposer, actor, addressee, beneficiary, enforcer, monitor."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="agent_rows")
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="statement_rows")
    role = models.CharField(max_length=12)
    rests_on = models.TextField(blank=True)  # the words of the passage it rests on
    prefilled = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement", "agent", "role"], name="statement_agent_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.role} {self.agent_id}"


class StatementTag(models.Model):
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="tag_rows", db_index=False)
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="statement_rows")
    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement", "tag"], name="statement_tag_once")]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.statement_id}"


class Occurrence(Editable):
    """This Annotation expresses that Statement, in this voice; `fit` says whether in the same words or as a variant."""

    annotation = models.ForeignKey(Annotation, models.CASCADE, related_name="occurrences", db_index=False)
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="occurrences", db_index=False)
    voice = models.CharField(max_length=24, blank=True)
    attributed_to = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="occurrences")
    reported_via = models.CharField(max_length=300, blank=True)
    author_stance = models.CharField(max_length=10, blank=True)
    modality = models.CharField(max_length=12, blank=True)
    utterance_date = models.CharField(max_length=10, blank=True)
    fit = models.CharField(max_length=8, default="same")
    difference = models.CharField(max_length=10, blank=True)
    prefilled = models.JSONField(default=list)

    objects = LiveQuerySet.as_manager()

    class Meta:
        constraints = [
            unique_uid("occurrence"),
            models.UniqueConstraint(
                fields=["annotation", "statement"], condition=Q(removed_at=None), name="occurrence_once"
            ),
        ]
        # Either way from the one to the other without reading a row.
        indexes = [
            models.Index(fields=["statement", "removed_at", "annotation"], name="passages_of_statement"),
            models.Index(fields=["annotation", "removed_at", "statement"], name="statements_of_passage"),
        ]

    def __str__(self) -> str:
        return f"{self.annotation_id} -> {self.statement_id}"


class Relation(Editable):
    """A typed link between two Statements; `suggested` until a person confirms or rejects it."""

    source = models.ForeignKey(Statement, models.CASCADE, related_name="relations_out")
    target = models.ForeignKey(Statement, models.CASCADE, related_name="relations_in")
    type = models.CharField(max_length=12)
    state = models.CharField(max_length=10, default="confirmed")
    rationale = models.TextField(blank=True)

    objects = LiveQuerySet.as_manager()

    class Meta:
        constraints = [
            unique_uid("relation"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="relation_not_to_itself"),
            models.UniqueConstraint(
                fields=["source", "target", "type"], condition=Q(removed_at=None), name="relation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.type} {self.target_id}"


class Milestone(Editable):
    """One dated, sourced step in the life of a proposal; counts once a second person confirmed it."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="milestones")
    status = models.CharField(max_length=20)
    date = models.CharField(max_length=10)
    source = models.ForeignKey("annotations.Source", models.PROTECT, null=True, related_name="milestones")
    note = models.TextField(blank=True)
    confirmed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    refused_reason = models.TextField(blank=True)

    objects = LiveQuerySet.as_manager()

    class Meta:
        constraints = [unique_uid("milestone")]

    def __str__(self) -> str:
        return f"{self.status} {self.date}"
