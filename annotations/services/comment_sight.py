"""Who may read comments, for all readers at once: as the passage or the check they stand on (models/comment.py says it
for one)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from annotations.models import Annotation, Comment, Review, Verification


def readers_of_comments(ids: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Those of these comments that are not for everybody, each with the members who may read it."""
    if not ids:
        return {}
    rows = Comment.objects.filter(pk__in=ids).exclude(annotation=None, verification=None)
    places = list(rows.values_list("pk", "annotation_id", "verification_id"))
    coders = coders_of({annotation for _, annotation, _ in places if annotation})
    readers = readers_of_checks({check for _, _, check in places if check})
    found = {pk: coders.get(annotation) or readers.get(check) for pk, annotation, check in places}
    return {pk: allowed for pk, allowed in found.items() if allowed is not None}


def coders_of(annotations: Collection[int]) -> dict[int | None, frozenset[int]]:
    """Those of these passages that stand in an open blind layer, with its coder."""
    layered = Annotation.objects.filter(pk__in=annotations, layer__round__closed_at=None, layer__round__blind=True)
    return {pk: frozenset({coder}) for pk, coder in layered.values_list("pk", "layer__member_id")}


def readers_of_checks(checks: Collection[int]) -> dict[int | None, frozenset[int]]:
    """Those of these checks that are not approved, with who may read them: who works on it, and the second person once
    their own verdict is recorded, as `Verification.objects.readable_by` says it. A removed one nobody."""
    found: dict[int | None, frozenset[int]] = {}
    closed = Verification.objects.filter(pk__in=checks).exclude(state="approved", removed_at=None)
    gone = set(closed.exclude(removed_at=None).values_list("pk", flat=True))
    for pk, author, contributor in closed.values_list("pk", "author_id", "contributors"):
        found[pk] = found.get(pk, frozenset()) | ({author, contributor} - {None})
    for pk, reviewer in Review.objects.filter(verification__in=list(found)).values_list("verification_id", "reviewer"):
        found[pk] |= {reviewer} - {None}
    return {pk: frozenset() if pk in gone else people for pk, people in found.items()}
