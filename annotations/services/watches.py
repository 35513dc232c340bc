"""Watches: kept by whoever may read, their own only; each asks for a search or for the repeats of a statement."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import Count, Max, QuerySet

from annotations.models import Member, Statement, Watch, WatchHit
from annotations.rules.errors import Invalid, Refused, noop
from annotations.services import access, limits, search_query
from annotations.services.op import Op, changes

NAME = 120


def own(member: Member) -> QuerySet[Watch]:
    """One's own watches by name, with how many texts each found something in, and when last."""
    rows = Watch.objects.filter(corpus_id=member.corpus_id, created_by=member, removed_at=None)
    return rows.select_related("statement").annotate(texts=Count("hits"), last=Max("hits__at")).order_by("name", "id")


def get(member: Member, pk: int) -> Watch:
    """One of one's own; not found otherwise, whoever else's it is."""
    found = own(member).filter(pk=pk).first()
    if found is None:
        raise access.not_found()
    return found


def of(member: Member, *, query: str = "", statement: Statement | None = None) -> Watch | None:
    """One's own watch of exactly this."""
    return own(member).filter(query=plain(query), statement=statement).first()


def found_by(member: Member) -> QuerySet[WatchHit]:
    """What one's watches found, newest first; documents that were removed are left out."""
    mine = list(own(member).order_by().values_list("pk", flat=True))
    rows = WatchHit.objects.filter(watch__in=mine, document__removed_at=None)
    return rows.select_related("document__corpus", "watch__statement").order_by("-id")


def path_of(hit: WatchHit) -> str:
    """The reader at the first place that was found; the document alone when it has another text by now."""
    find = f"?{urlencode({'find': hit.watch.query})}" if hit.watch.query else ""
    here = f"#t={hit.start}-{hit.end}" if hit.text_id == hit.document.current_id else ""
    return f"{hit.document.get_absolute_url()}{find}{here}"


def add(
    op: Op, *, query: str = "", statement: Statement | None = None, name: str = "", outside: bool | None = None
) -> Watch:
    """Watch a search or a statement, one of them; the same again is the one that is there.

    `outside`: the webhooks are told, too. Unless somebody says so, they are told of statements, which belong to all,
    and not of what one person searches for.
    """
    op.check("watch")
    query = plain(query)
    if bool(query) == (statement is not None):
        raise Invalid("watch_one_thing", noop("Watch a search or a statement, one of them."), field="query")
    if statement is not None:
        statement = final(statement)
        if statement is None or statement.corpus_id != op.corpus.pk:
            raise access.not_found()
    else:
        limits.check("query", len(query), "query")
        if search_query.understand(query).words is None:
            raise Invalid("watch_needs_words", noop("Say which words a new text must hold."), field="query")
    present = of(op.by, query=query, statement=statement)
    if present is not None:
        return present
    limits.check("watches", own(op.by).count() + 1)
    row = Watch.objects.create(
        corpus=op.corpus, query=query, statement=statement, name=_name(name or named(query, statement)),
        outside=statement is not None if outside is None else outside,
        created_at=op.at, updated_at=op.at, created_by=op.by,
    )  # fmt: skip
    op.log("watch.added", row, {"name": row.name})
    return row


def plain(query: str) -> str:
    """A query as it is kept: words parted by one space."""
    return " ".join(query.split())


def named(query: str, statement: Statement | None) -> str:
    return statement.label if statement else query[:NAME]


def final(statement: Statement | None) -> Statement | None:
    """The statement, or the one it was merged into; None when it is gone."""
    while statement is not None and statement.redirect_to is not None:
        statement = statement.redirect_to
    return statement if statement is not None and statement.removed_at is None else None


def _name(name: str) -> str:
    found = plain(name)
    if not found:
        raise Invalid("watch_needs_name", noop("Give the watch a name."), field="name")
    if len(found) > NAME:
        raise Invalid(
            "watch_name_long", noop("The name of the watch is longer than %(limit)s characters."), field="name",
            limit=NAME,
        )  # fmt: skip
    return found


def update(op: Op, row: Watch, *, name: str | None = None, outside: bool | None = None) -> Watch:
    """Its name, and whether webhooks are told what it finds; None leaves it as it is."""
    check_own(op, row)
    values: dict[str, object] = {} if name is None else {"name": _name(name)}
    if outside is not None:
        values["outside"] = outside
    if changed := changes(row, values):
        _save(op, row)
        op.log("watch.updated", row, {"name": row.name, "changes": changed})
    return row


def remove(op: Op, row: Watch) -> None:
    check_own(op, row)
    if row.removed_at is None:
        row.removed_at = op.at
        _save(op, row)
        op.log("watch.removed", row, {"name": row.name})


def check_own(op: Op, row: Watch) -> None:
    op.check("watch")
    if row.created_by_id != op.by.pk:
        raise Refused("not_your_watch", noop("A watch belongs to whoever made it."))


def _save(op: Op, row: Watch) -> None:
    row.version += 1
    row.updated_at = op.at
    row.save()
