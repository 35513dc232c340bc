"""A dossier written as Markdown: the same sections as the page, with links that lead back to every passage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext

from annotations.models import Evidence, Verification
from annotations.rules import vocabulary
from annotations.services.dossier import Dossier
from annotations.services.quotation import Compared

#: Characters that Markdown would read as marks.
MARKS = re.compile(r"([\\`*_\[\]<>#|~])")
Address = Callable[[str], str]


def markdown(context: Mapping[str, Any], absolute: Address) -> str:
    """The dossier as text. `absolute` makes a whole address of a path."""
    return "\n".join(_lines(context, absolute)).rstrip() + "\n"


def _lines(context: Mapping[str, Any], absolute: Address) -> Iterator[str]:
    statement, found = context["statement"], context["dossier"]
    yield f"# {statement.label} {plain(statement.text)}"
    yield ""
    if statement.gloss_en:
        yield f"*{plain(statement.gloss_en)}*"
        yield ""
    yield f"<{absolute(statement.get_absolute_url())}>"
    yield from _verdict(found)
    yield from _section(gettext("Where it stands"), _places(context["places"], absolute))
    yield from _section(gettext("Quotation"), _quotations(context["quotation"]))
    yield from _section(
        gettext("Questions"), _questions(found, lambda row: absolute(taken_at(statement.corpus.slug, row)))
    )
    yield from _section(gettext("Sources"), _sources(found))
    yield from _section(gettext("Open doubts and limits"), (f"- {plain(one)}" for one in context["doubts"]))
    yield from _section(gettext("Reviews"), _reviews(found))
    yield from _section(gettext("Who decided what"), _trail(context["trail"]))


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    """A headline with its lines; nothing when there are none."""
    rows = list(lines)
    if rows:
        yield from ("", f"## {title}", "", *rows)


def _verdict(found: Dossier) -> Iterator[str]:
    check = found.check
    if check is None:
        yield from ("", gettext("Not checked yet."))
        return
    state = "" if check.state == "approved" else f" ({gettext('not reviewed')})"
    yield from ("", f"## {_label(vocabulary.VERDICTS, check.verdict)}{state}", "")
    yield gettext("as of %(date)s") % {"date": check.as_of_date} + f" · v{check.number}"
    yield from _block(pgettext("of a verdict", "Why"), check.justification)
    yield from _block(pgettext("of a verdict", "Limits"), check.limitations)
    yield from _block(gettext("Why one source is enough"), check.sole_source_reason)
    yield from _searches(check)


def _block(title: str, words: str) -> Iterator[str]:
    if words.strip():
        yield from ("", f"### {title}", "", plain(words))


def _searches(check: Verification) -> Iterator[str]:
    rows = [
        " · ".join(plain(str(entry.get(k, ""))) for k in ("date", "where", "terms", "outcome"))
        for entry in check.search_log
    ]
    if rows:
        yield from ("", f"### {gettext('Search log')}", "", *(f"- {row}" for row in rows))


def _places(places: list[dict[str, Any]], absolute: Address) -> Iterator[str]:
    for place in places:
        row, document = place["row"], place["document"]
        yield f"> …{plain(place['before'])}**{plain(place['quote'])}**{plain(place['after'])}…"
        yield ""
        said = [", ".join(document.authors), document.title, document.published_date, f"¶ {place['paragraph']}"]
        said += [_label(vocabulary.VOICES, row.voice), str(row.attributed_to or ""), row.reported_via]
        said += [gettext("variant")] if row.fit == "variant" else []
        link = absolute(reverse("annotation_permalink", args=[row.annotation_id]))
        yield f"{plain(' · '.join(filter(None, said)))} <{link}>"
        yield ""


def _quotations(found: Compared | None) -> Iterator[str]:
    """Each quotation with the snapshot that has most of it; what was left out is struck, what was put in is bold."""
    forms = {"same": "{}", "del": "~~{}~~", "ins": "**{}**"}
    for one in found.quotations if found else ():
        for held in one.held[:1]:
            told, source = held.comparison, held.snapshot.source
            kind = _label(vocabulary.QUOTATION_KINDS, told.kind)
            if told.kind == "elided" and not told.marked:
                kind += f" ({gettext('no ellipsis says so')})"
            kept = gettext("snapshot %(date)s") % {"date": f"{held.snapshot.retrieved_at:%Y-%m-%d}"}
            yield f"- “{plain(one.words)}”: {kind} · {plain(source.title)} · {kept}"
            if told.kind != "not_found":
                yield "    > " + "".join(_piece(forms[one.kind], one.original or one.claimed) for one in told.pieces)


def _piece(form: str, words: str) -> str:
    """Words within their marks; the space behind them stays outside."""
    return form.format(plain(words)) + " " * words[-1:].isspace()


def taken_at(slug: str, row: Evidence) -> str:
    """Where a quotation stands highlighted in its snapshot."""
    if row.snapshot_id is None:
        return reverse("source_detail", args=[slug, row.source_id])
    return reverse("source_snapshot", args=[slug, row.source_id, row.snapshot_id]) + f"#e-{row.pk}"


def _questions(found: Dossier, address: Callable[[Evidence], str]) -> Iterator[str]:
    for n, question in enumerate(found.questions, 1):
        yield f"{n}. {plain(question.text)}"
        for answer in question.answers.all():
            words = gettext("No answer found") if answer.type == "unanswerable" else answer.text
            yield f"    - {plain(' '.join(filter(None, (words, answer.boolean_explanation))))}"
            yield from (
                f"        - {_evidence(row)} <{address(row)}>" for row in answer.evidence.all() if not row.removed_at
            )


def _evidence(row: Evidence) -> str:
    stance = _label(vocabulary.EVIDENCE_STANCES, row.stance)
    return " · ".join(filter(None, (stance, f"“{plain(row.quote)}”" if row.quote else plain(row.note),
                                    plain(row.source.title), plain(row.locator))))  # fmt: skip


def _sources(found: Dossier) -> Iterator[str]:
    for source in {row.source_id: row.source for row in found.evidence}.values():
        shots = [row.snapshot for row in found.evidence if row.source_id == source.pk and row.snapshot]
        kept = gettext("snapshot %(date)s") % {"date": f"{shots[0].retrieved_at:%Y-%m-%d}"} if shots else ""
        hashed = f"SHA-256 {shots[0].sha256}" if shots else source.no_snapshot_reason
        facts = (source.title, source.publisher, source.published_date, kept, hashed)
        address = f" <{source.url}>" if source.url.startswith(("http://", "https://")) and ">" not in source.url else ""
        yield f"- {plain(' · '.join(filter(None, facts)))}{address}"


def _reviews(found: Dossier) -> Iterator[str]:
    for row in found.reviews:
        decided = _label(vocabulary.DECISIONS, row.decision)
        own = f"{gettext('own verdict:')} {_label(vocabulary.VERDICTS, row.blind_verdict)}"
        told = (
            f"{localtime(row.created_at):%Y-%m-%d}",
            str(row.reviewer or ""),
            own,
            row.blind_reason,
            decided,
            row.comment,
        )
        yield f"- {plain(' · '.join(filter(None, told)))}"


def _trail(told: list[Any]) -> Iterator[str]:
    for one in told:
        words = f" — {one.words}" if one.words else ""
        yield f"- {localtime(one.at):%Y-%m-%d %H:%M} {plain(one.sentence + words)}"


def _label(words: Any, code: str) -> str:
    return gettext(words.label(code)) if code and code in words else ""


def plain(words: str) -> str:
    """What somebody typed, on one line, with nothing in it that Markdown would take for marks."""
    return MARKS.sub(r"\\\1", " ".join(words.split()))
