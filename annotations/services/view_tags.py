"""Tags inside the filters of saved views: what asks for one tag, and asking for another one instead."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode

from django.db.models import F, QuerySet

from annotations.models import SavedView, Tag
from annotations.services.op import Op

NAME = "tag"


def tags_in(query: str) -> list[str]:
    """Ids of the tags that a query asks for, one by one or with commas."""
    return [one for name, value in parse_qsl(query) if name == NAME for one in value.split(",")]


def asking_for(tag: Tag) -> list[SavedView]:
    """Views, anybody's, that ask for this tag."""
    likely: QuerySet[SavedView] = SavedView.objects.filter(
        corpus_id=tag.corpus_id, removed_at=None, query__contains=f"{NAME}="
    )
    return [view for view in likely.order_by("id") if str(tag.pk) in tags_in(view.query)]


def exchange(op: Op, tag: Tag, into: Tag, only: Sequence[int] | None = None) -> list[int]:
    """Views that ask for `tag` ask for `into` (of `only` these views, when given); answers which they are. Which tags
    somebody's own view asks for is theirs: the history names the views, not their filters."""
    found = [view for view in asking_for(tag) if only is None or view.pk in only]
    for view in found:
        query = exchanged(view.query, str(tag.pk), str(into.pk))
        rows = SavedView.objects.filter(pk=view.pk)
        rows.update(query=query, version=F("version") + 1, updated_at=op.at)
    return [view.pk for view in found]


def exchanged(query: str, old: str, new: str) -> str:
    """The query with one tag in the place of another, each tag once."""
    found = []
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name == NAME:
            ids = dict.fromkeys(new if one == old else one for one in value.split(","))
            value = ",".join(ids)
        if (name, value) not in found or name != NAME:
            found.append((name, value))
    return urlencode(found, safe=",")
