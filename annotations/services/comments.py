"""Comments on passages, statements and checks: say, answer, change, settle, remove; who is named with @ is kept."""

from __future__ import annotations

from django.db.models import Q

from annotations.models import Annotation, Comment, Member, Mention, Statement, Verification
from annotations.models.comment import CommentQuerySet
from annotations.rules import limits
from annotations.rules.errors import Forbidden, Invalid, Refused, noop
from annotations.rules.mentions import mentioned
from annotations.services import access
from annotations.services.op import Op

Target = Annotation | Statement | Verification
QUOTED = 40  # characters of a passage without a statement, by which its comments are named


def check_readable(member: Member, target: Target) -> None:
    """Who may not read a thing may not read what is said about it: that there is a check is known, a layer is not."""
    if isinstance(target, Verification):
        if not Verification.objects.filter(pk=target.pk).readable_by(member).exists():
            raise Forbidden("check_private", noop("What is said about a check under way is for those who work on it."))
    elif not type(target).objects.filter(pk=target.pk).visible_to(member).exists():
        raise access.not_found()


def of_target(target: Target, member: Member) -> CommentQuerySet:
    """Everything said about one thing, thread by thread; a removed first comment stays while it has answers."""
    check_readable(member, target)
    return threads(Comment.objects.filter(**{target._meta.model_name or "": target}), member)


def of_statement(statement: Statement, member: Member) -> CommentQuerySet:
    """Everything said about a statement, the ones merged into it, its passages and its checks."""
    merged = Statement.objects.filter(redirect_to=statement)
    stated = Q(statement=statement) | Q(statement__in=merged.values("pk"))
    links = statement.occurrences.filter(removed_at=None).values("annotation_id")
    return threads(
        Comment.objects.filter(stated | Q(annotation__in=links) | Q(verification__statement=statement)), member
    )


def threads(rows: CommentQuerySet, member: Member) -> CommentQuerySet:
    """Those of these comments that the member may read, in threads; what was removed only while it has answers."""
    answered = Q(pk__in=Comment.objects.filter(removed_at=None).exclude(parent=None).values("parent_id"))
    found = rows.unhidden(member).filter(Q(removed_at=None) | answered).exclude(annotation__removed_at__isnull=False)
    return found.in_threads().select_related("created_by", "resolved_by", "verification").prefetch_related("mentions")


def create(op: Op, target: Target, body: str, parent: Comment | None = None) -> Comment:
    """Say something about a thing, or answer: an answer to an answer goes to the same thread."""
    op.check("comment")
    if parent is not None:
        parent, target = check_parent(op, parent, target)
    check_readable(op.by, target)
    comment = Comment.objects.create(
        corpus=op.corpus, body=check_body(body), parent=parent, created_at=op.at, updated_at=op.at, created_by=op.by,
        **{target._meta.model_name or "": target},
    )  # fmt: skip
    named = keep_mentions(comment)
    _log(op, "comment.created", comment, comment=comment.body)
    tell(op, comment, named)
    return comment


def check_parent(op: Op, parent: Comment, target: Target) -> tuple[Comment, Target]:
    """The first comment of the thread, and what it stands on; it must be the thing that was named."""
    first = parent.parent or parent
    if first.corpus_id != op.corpus.pk or first.target != target:
        raise Invalid("other_thread", noop("The comment that is answered stands elsewhere."), field="parent")
    return first, first.target


def check_body(body: str) -> str:
    if not body.strip():
        raise Invalid("comment_needs_text", noop("Write something."), field="body")
    limits.check("comment", len(body), field="body")
    return body.strip()


def keep_mentions(comment: Comment) -> list[Member]:
    """Store who is named; those who were not before."""
    people = Member.objects.filter(corpus_id=comment.corpus_id, active=True, user__isnull=False)
    rows = {row.pk: row for row in people.select_related("user")}
    names = [(pk, name) for pk, row in rows.items() for name in (row.name, row.user.get_username() if row.user else "")]
    wanted = mentioned(comment.body, names)
    present = set(comment.mentions.values_list("member_id", flat=True))
    comment.mentions.exclude(member_id__in=wanted).delete()
    new = [pk for pk in wanted if pk not in present]
    Mention.objects.bulk_create([Mention(comment=comment, member_id=pk) for pk in new])
    return [rows[pk] for pk in new]


def tell(op: Op, row: Comment, named: list[Member]) -> None:
    """Who is named in it, who spoke in the thread before, whose work it is about."""
    op.tell([member.pk for member in named], "mention")
    if row.parent is not None:
        earlier = row.parent.replies.filter(removed_at=None).values_list("created_by_id", flat=True)
        op.tell([row.parent.created_by_id, *earlier], "reply")
    author = row.verification.author_id if row.verification else None
    op.tell([author, row.statement.assignee_id if row.statement else None, row.target.created_by_id], "work")


def edit(op: Op, comment: Comment, body: str) -> Comment:
    """Change one's own words."""
    op.check("comment")
    check_readable(op.by, comment.target)
    if comment.created_by_id != op.by.pk:
        raise Forbidden(
            "not_your_comment", noop("This comment is %(name)s's. Answer it instead."), name=str(comment.created_by)
        )
    before, body = comment.body, check_body(body)
    if before != body:
        comment.body = body
        _touch(op, comment)
        named = keep_mentions(comment)
        _log(op, "comment.updated", comment, changes={"comment": [before, body]})
        op.tell([member.pk for member in named], "mention")
    return comment


def settle(op: Op, comment: Comment, resolved: bool) -> Comment:
    """Settle a thread, or take it up again; whoever may comment may."""
    op.check("comment")
    check_readable(op.by, comment.target)
    if comment.parent_id:
        raise Refused("thread_settled_as_whole", noop("A thread is settled as a whole, by its first comment."))
    if resolved != (comment.resolved_at is not None):
        comment.resolved_at, comment.resolved_by = (op.at, op.by) if resolved else (None, None)
        _touch(op, comment)
        _log(op, "comment.resolved" if resolved else "comment.reopened", comment)
    return comment


def remove(op: Op, comment: Comment) -> None:
    """Remove one's own comment; an editor may remove any. Answers of others stay."""
    op.check("comment")
    check_readable(op.by, comment.target)
    if comment.created_by_id != op.by.pk:
        op.check("remove_others_comment")
    if comment.removed_at is None:
        comment.removed_at = op.at
        _touch(op, comment)
        _log(op, "comment.removed", comment, changes={"comment": [comment.body, ""]})


def _touch(op: Op, comment: Comment) -> None:
    comment.version += 1
    comment.updated_at = op.at
    comment.save()


def _log(op: Op, kind: str, row: Comment, **more: object) -> None:
    """One event; its payload names what the comment stands on, so that open pages know whether it is theirs."""
    annotation = row.annotation
    statement = row.verification.statement if row.verification else row.statement
    if annotation is not None:
        link = annotation.occurrences.filter(removed_at=None).select_related("statement").order_by("id").first()
        statement = link.statement if link else None
    while statement is not None and statement.redirect_to is not None:
        statement = statement.redirect_to
    payload = {
        "label": statement.label if statement else quoted(annotation), "statement": statement and statement.pk,
        "annotation": row.annotation_id, "verification": row.verification_id, "parent": row.parent_id,
        **more,
    }  # fmt: skip
    op.log(kind, row, payload, document_id=annotation.document_id if annotation else None)


def quoted(annotation: Annotation | None) -> str:
    """A passage by its first words."""
    anchor = annotation and annotation.anchors.order_by("-version__number").first()
    words = anchor.quote if anchor else ""
    return f"“{words[:QUOTED]}{'…' if len(words) > QUOTED else ''}”"


def count_open(statement: Statement) -> int:
    """Threads on a statement and its checks that nobody has settled yet."""
    about = Q(statement=statement) | Q(verification__statement=statement)
    return Comment.objects.filter(about, parent=None, removed_at=None, resolved_at=None).count()
