"""A list as Markdown, for a mail or a report: each statement with its state and its passages quoted (UX.md 4.10)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotations.models import Member, Statement
from annotations.rules.errors import noop
from annotations.rules.status import status_label
from annotations.rules.vocabulary import PROGRESS, VERDICTS
from annotations.services import workflow
from annotations.services.tracker.context import Passage, passages

Translate = Callable[[str], str]
#: A digest is read by people; longer lists are exported.
MOST = 200
SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>#|"})


def digest(
    member: Member, statements: Sequence[Statement], title: str, translate: Translate, link: Callable[[str], str]
) -> str:
    """Markdown of these statements, texts as written. `link` gives the address of a label (C-12) or of a path."""
    blocks = [f"# {plain(title)}"]
    for statement in statements[:MOST]:
        blocks.append(_statement(statement, translate, link))
        blocks += [_passage(one, translate, link) for one in passages(member, statement)]
    if len(statements) > MOST:
        blocks.append(translate(noop("… and %(n)d more")) % {"n": len(statements) - MOST})
    return "\n\n".join(blocks) + "\n"


def plain(text: str) -> str:
    """Text that Markdown leaves as it is, on one line."""
    return " ".join(text.split()).translate(SPECIAL)


def _statement(one: Statement, translate: Translate, link: Callable[[str], str]) -> str:
    facts = [translate(status_label(one.kind, workflow.shown(one))), _outcome(one, translate)]
    said = " · ".join(fact for fact in facts if fact)
    return f"**[{one.label}]({link(one.label)})** {plain(one.text)} ({said})"


def _outcome(one: Statement, translate: Translate) -> str:
    """The reviewed verdict with its date, or the progress; nothing for what is not known yet."""
    if one.kind == "claim":
        words, when = translate(VERDICTS.label(one.verdict)) if one.verdict else "", one.verdict_as_of
        return translate(noop("%(words)s as of %(date)s")) % {"words": words, "date": when} if words and when else words
    if one.progress in ("", "not_yet_rated"):
        return ""
    return f"{translate(PROGRESS.label(one.progress))} {one.progress_date}".strip()


def _passage(one: Passage, translate: Translate, link: Callable[[str], str]) -> str:
    document = one.occurrence.annotation.document
    where = f"[{plain(document.title)} ¶ {one.paragraph}]({link(f'/a/{one.anchor.annotation_id}/')})"
    by = plain(one.occurrence.attributed_to.name) if one.occurrence.attributed_to else ""
    variant = translate(noop("variant")) if one.occurrence.fit == "variant" else ""
    return f"> {plain(one.quote)}\n>\n> — {', '.join(part for part in (by, where, variant) if part)}"
