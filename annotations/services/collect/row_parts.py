"""What other tables say about a statement in the analysts' table: its check, tags, agents, sources, relations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from annotations import models as m
from annotations.models import Member
from annotations.rules import vocabulary
from annotations.services import following
from annotations.services.collect.directory import Directory
from annotations.services.collect.row_passages import PASSAGE
from annotations.services.collect.texts import joined

CHECK = ("verdict", "verdict_label", "verdict_state", "as_of_date", "flags", "justification", "checker", "reviewer")
AGENTS = ("proposer", "actor", "addressee", "beneficiary")
SOURCES = ("source_titles", "source_urls", "archive_urls")
RELATIONS = ("relation_supports", "relation_attacks", "relation_restates")
COLUMNS = (*CHECK, "statement_tags", *AGENTS, *SOURCES, *RELATIONS)
LABELS = {code: vocabulary.VERDICTS.label(code) for code in ("", *vocabulary.VERDICTS.codes)}
RELATED = ("supports", "attacks", "restates")
_UNCHECKED = ("",) * len(CHECK)
_NOBODY, _NO_SOURCES, _UNRELATED = ("",) * len(AGENTS), ("",) * len(SOURCES), ("",) * len(RELATIONS)

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The cells of a chunk of statements, by statement; most statements have few of them."""

    checks: dict[int, Cells]
    tags: dict[int, str]
    agents: dict[int, Cells]
    sources: dict[int, Cells]
    relations: dict[int, Cells]

    def of(self, pk: int, row: tuple[Any, ...]) -> Cells:
        """The cells of COLUMNS; `row` ends with verdict, date of the verdict and strength of the statement itself."""
        check = self.checks.get(pk)
        if check is None:
            check = (row[-3], LABELS[row[-3]], "approved", row[-2], "", "", "", "") if row[-3] else _UNCHECKED
        return (
            *check, self.tags.get(pk, ""), *self.agents.get(pk, _NOBODY), *self.sources.get(pk, _NO_SOURCES),
            *self.relations.get(pk, _UNRELATED),
        )  # fmt: skip


class Having:
    """Which statements of the corpus have a check, tags, agents, evidence, relations at all: mostly few of many."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.checks = self._ids(m.Verification, "statement_id")
        self.tags = self._ids(m.StatementTag, "statement_id")
        self.sources = self._ids(m.Evidence, "statement_id")
        self.relations = self._ids(m.Relation, "source_id") | self._ids(m.Relation, "target_id")
        roles = m.StatementAgent.objects.filter(statement__corpus_id=member.corpus_id, role__in=AGENTS)
        self.agents = set(roles.values_list("statement_id", flat=True).distinct())

    def _ids(self, model: Any, field: str) -> set[int]:
        rows = model.objects.filter(corpus_id=self.member.corpus_id)
        return set(rows.values_list(field, flat=True).distinct())


def of(having: Having, ids: Sequence[int], names: Directory, unreviewed: bool) -> Parts:
    """The parts of a chunk; only those statements are asked for that have any."""

    def cells(have: set[int], find: Callable[[list[int]], dict[int, Any]]) -> dict[int, Any]:
        some = [pk for pk in ids if pk in have] if have else []
        return find(some) if some else {}

    return Parts(
        cells(having.checks, lambda some: _checks(having.member, some, unreviewed)),
        cells(having.tags, lambda some: _tags(some, names)),
        cells(having.agents, lambda some: _agents(some, names)),
        cells(having.sources, _sources),
        cells(having.relations, _relations),
    )


def no_passage(row: tuple[Any, ...]) -> Cells:
    """The passage cells of a statement without one: only how strongly it is worded."""
    return (*("",) * (len(PASSAGE) - 1), row[-1])


def _checks(member: Member, ids: Sequence[int], unreviewed: bool) -> dict[int, Cells]:
    """The newest check of each: an approved one, or, for its contributors who ask for it, one under way."""
    rows = m.Verification.objects.filter(statement_id__in=ids).visible_to(member).order_by("number")
    rows = rows if unreviewed else rows.filter(state="approved")
    found: dict[int, Cells] = {}
    for row in rows.select_related("author").prefetch_related("reviews__reviewer"):
        approved = [each.reviewer.name for each in row.reviews.all() if each.reviewer and each.decision == "approve"]
        found[row.statement_id] = (
            row.verdict, LABELS[row.verdict], "approved" if row.state == "approved" else "unreviewed", row.as_of_date,
            joined(row.flags), row.justification, row.author.name if row.author else "", joined(approved),
        )  # fmt: skip
    return found


def _tags(ids: Sequence[int], names: Directory) -> dict[int, str]:
    tags: dict[int, list[int]] = defaultdict(list)
    rows = m.StatementTag.objects.filter(statement_id__in=ids).order_by("id")
    for statement_id, tag_id in rows.values_list("statement_id", "tag_id"):
        tags[statement_id].append(tag_id)
    shown = {pk: following.seen(found, names.leading) for pk, found in tags.items()}
    return {pk: joined(names.tags[tag] for tag in found) for pk, found in shown.items()}


def _agents(ids: Sequence[int], names: Directory) -> dict[int, Cells]:
    by_role: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = m.StatementAgent.objects.filter(statement_id__in=ids, role__in=AGENTS).order_by("id")
    for statement_id, role, agent_id in rows.values_list("statement_id", "role", "agent_id"):
        by_role[statement_id][role].append(names.agents[agent_id])
    return {pk: tuple(joined(roles[role]) for role in AGENTS) for pk, roles in by_role.items()}


def _sources(ids: Sequence[int]) -> dict[int, Cells]:
    """Sources in use; which of them support or refute is not said here, so nothing private leaves."""
    used: dict[int, list[m.Source]] = defaultdict(list)
    rows = m.Evidence.objects.filter(statement_id__in=ids, removed_at=None).select_related("source")
    for row in rows.prefetch_related("source__snapshots").order_by("id"):
        used[row.statement_id].append(row.source)
    return {
        pk: (
            joined(source.title for source in found), joined(source.url for source in found),
            joined(snapshot.archive_url for source in found for snapshot in source.snapshots.all()),
        )
        for pk, found in used.items()
    }  # fmt: skip


def _relations(ids: Sequence[int]) -> dict[int, Cells]:
    """Confirmed ones, by the label of the other statement; "restates" holds both ways."""
    labels: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    live = m.Relation.objects.filter(removed_at=None, state="confirmed", type__in=RELATED)
    live = live.filter(source__removed_at=None, target__removed_at=None).order_by("id")
    for row in live.filter(source_id__in=ids).select_related("target"):
        labels[row.source_id][row.type].append(row.target.label)
    for row in live.filter(target_id__in=ids, type="restates").select_related("source"):
        labels[row.target_id]["restates"].append(row.source.label)
    return {pk: tuple(joined(types[name]) for name in RELATED) for pk, types in labels.items()}
