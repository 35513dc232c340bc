"""Who may read a passage, a check or a comment, as sets of members: asked once for any number of readers.

The querysets of the models say the same for one reader (`visible_to`, `readable_by`, `unhidden`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from annotations.models import Annotation, Comment, Review, Verification

Audience = frozenset[int] | None  # ids of members; None: everybody


def layer_owners(annotations: Collection[int]) -> dict[int, int | None]:
    """Those of these passages that stand in an open blind round, with their coder."""
    if not annotations:
        return {}
    layered = Annotation.objects.filter(pk__in=annotations, layer__round__closed_at=None, layer__round__blind=True)
    return dict(layered.values_list("pk", "layer__member_id"))


def readers_of_checks(checks: Collection[int], *, reviewers: bool = False) -> dict[int, Audience]:
    """Everybody reads an approved check, its contributors one under way, nobody a removed one. `reviewers`: also the
    second person, once a verdict of their own is recorded."""
    found: dict[int, Audience] = dict.fromkeys(checks, frozenset())
    if not found:
        return found
    live = Verification.objects.filter(pk__in=found, removed_at=None)
    for pk, state, author, contributor in live.values_list("pk", "state", "author_id", "contributors"):
        found[pk] = None if state == "approved" else _with(found[pk], author, contributor)
    if reviewers:
        second = Review.objects.filter(verification__in=live).exclude(verification__state="approved")
        for pk, reviewer in second.values_list("verification_id", "reviewer"):
            found[pk] = _with(found[pk], reviewer)
    return found


def readers_of_comments(ids: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Those of these comments that are not for everybody, with who may read them: as the passage or the check that
    they stand on."""
    if not ids:
        return {}
    rows = Comment.objects.filter(pk__in=ids).exclude(annotation=None, verification=None)
    places = list(rows.values_list("pk", "annotation_id", "verification_id"))
    coders = layer_owners({annotation for _, annotation, _ in places if annotation})
    checks = readers_of_checks({check for _, _, check in places if check}, reviewers=True)
    found: dict[int, frozenset[int]] = {}
    for pk, annotation, check in places:
        if annotation in coders:
            found[pk] = _with(None, coders[annotation])
        elif (readers := checks.get(check)) is not None:
            found[pk] = readers
    return found


def _with(audience: Audience, *people: int | None) -> frozenset[int]:
    return (audience or frozenset()) | {one for one in people if one is not None}
