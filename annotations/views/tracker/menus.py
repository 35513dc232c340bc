"""The filters of the Tracker as menus: what can be chosen, what is chosen, and the words on each button."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _

from annotations.models import Agent, Document, Member, Tag, TagSet
from annotations.rules import vocabulary
from annotations.rules.vocabulary import Vocabulary
from annotations.views.tracker.asked import Asked

SHORT = 40  # so many documents or bodies stand in a list; the others are found by typing


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. `colour` is a palette name."""

    value: str
    label: str
    on: bool
    hint: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Choices of one filter. `kind`: ticks, search (typing finds the others at `url`) or date."""

    name: str
    label: str
    options: list[Option] = field(default_factory=list)
    kind: str = "ticks"
    url: str = ""
    value: str = ""

    @property
    def said(self) -> list[str]:
        return [option.label for option in self.options if option.on] or (
            [f"{self.label} {self.value}"] if self.value else []
        )


@dataclass(frozen=True, slots=True)
class Menu:
    """One button with what opens below it."""

    code: str
    label: str
    parts: list[Part]

    @property
    def wide(self) -> bool:
        """Whether its parts stand in two columns."""
        return self.code in ("outcome", "type", "more")

    @property
    def said(self) -> list[str]:
        """The words of everything chosen in it."""
        return [words for part in self.parts for words in part.said]


class Menus:
    """Builds the menus for one member and one asked list."""

    def __init__(self, member: Member, asked: Asked, tags: Mapping[int, Tag], people: Iterable[Member]) -> None:
        self.member, self.asked, self.tags, self.people = member, asked, tags, list(people)
        self.language = get_language() or "en"

    def all(self) -> list[Menu]:
        """In the order of UX.md 1.4; what is asked rarely stands under "More"."""
        verdicts = self.words("verdict", _("Verdict"), vocabulary.VERDICTS, none=_("Not yet"))
        return [
            Menu("kind", _("Kind"), [self.words("kind", _("Kind"), vocabulary.KINDS)]),
            Menu("status", _("Status"), [self.words("status", _("Status"), vocabulary.STATUSES)]),
            Menu(
                "outcome",
                _("Verdict or progress"),
                [verdicts, self.words("progress", _("Progress"), vocabulary.PROGRESS)],
            ),
            Menu("tag", _("Tag"), self.tag_parts()),
            Menu("document", _("Document"), [self.documents()]),
            Menu("agent", _("Speaker"), [self.agents()]),
            Menu("assignee", _("Owner"), [self.owners()]),
            Menu("type", _("Type"), self.types()),
            Menu("more", _("More"), self.more()),
        ]

    def values(self, name: str) -> list[str]:
        return list(self.asked.filters.get(name, ()))

    def words(self, name: str, label: str, words: Vocabulary[Any], none: str = "") -> Part:
        """The codes of a vocabulary; `none` words the choice of those without one."""
        chosen = self.values(name)
        options = [Option(term.code, gettext(term.label), term.code in chosen) for term in words]
        if none:
            options.append(Option("none", none, "none" in chosen))
        return Part(name, label, options)

    def coded(self, name: str, label: str, choices: Iterable[tuple[str, str]]) -> Part:
        chosen = self.values(name)
        return Part(name, label, [Option(code, words, code in chosen) for code, words in choices])

    def tag_parts(self) -> list[Part]:
        """One list a tag set; retired tags only while they are chosen."""
        chosen = set(self.values("tag"))
        sets: dict[TagSet, list[Option]] = {}
        for tag in self.tags.values():
            if tag.tag_set.scope != "document" and (not tag.deprecated or str(tag.pk) in chosen):
                sets.setdefault(tag.tag_set, []).append(
                    Option(str(tag.pk), tag.label_in(self.language), str(tag.pk) in chosen, colour=tag.colour)
                )
        return [Part("tag", _(tag_set.name), options) for tag_set, options in sets.items()]

    def owners(self) -> Part:
        chosen = self.values("assignee")
        fixed = [Option("me", _("Me"), "me" in chosen), Option("none", _("Nobody"), "none" in chosen)]
        people = [Option(str(one.pk), one.name, str(one.pk) in chosen) for one in self.people]
        return Part("assignee", _("Owner"), [*fixed, *people])

    def documents(self) -> Part:
        rows = Document.objects.filter(corpus_id=self.member.corpus_id, removed_at=None)
        return self.search("document", _("Document"), rows, "title", "-annotation_count")

    def agents(self) -> Part:
        return self.search(
            "agent",
            _("Speaker, proposer or body"),
            Agent.objects.filter(corpus_id=self.member.corpus_id),
            "name",
            "name",
        )

    def search(self, name: str, label: str, rows: Any, words: str, order: str) -> Part:
        """The chosen ones and the first others; the field finds the rest."""
        chosen = [int(value) for value in self.values(name) if value.isdecimal()]
        on = dict(rows.filter(pk__in=chosen).values_list("pk", words)) if chosen else {}
        others = rows.exclude(pk__in=on).order_by(order, "pk").values_list("pk", words)[:SHORT]
        options = [Option(str(pk), text, True) for pk, text in on.items()]
        options += [Option(str(pk), text, False) for pk, text in others]
        url = reverse("api_choices", args=[self.member.corpus_id, name])
        return Part(name, label, options, "search", url)

    def types(self) -> list[Part]:
        return [
            self.words("type", _("Type of a claim"), vocabulary.CLAIM_TYPES, none=_("No type yet")),
            self.words("type", _("Mechanism of a proposal"), vocabulary.MECHANISMS),
        ]

    def more(self) -> list[Part]:
        passages = (
            ("one", _("One")), ("several", _("Several")), ("variant", _("With variants")), ("none", _("None")),
            ("check", _("Changed: have a look")),
        )  # fmt: skip
        due = (
            ("now", _("Today or before")),
            ("week", _("Within a week")),
            ("later", _("Later")),
            ("none", _("No date")),
        )
        return [
            self.words("checkworthiness", _("Check-worthiness"), vocabulary.CHECKWORTHINESS, none=_("Not known")),
            self.words("wording", _("Wording"), vocabulary.WORDINGS),
            self.coded("passages", _("Passages"), passages),
            self.coded("due", _("Due"), due),
            *self.dates(),
        ]

    def dates(self) -> list[Part]:
        names = (
            ("due_after", _("Due from")), ("due_before", _("Due until")), ("created_after", _("Made from")),
            ("created_before", _("Made until")), ("updated_after", _("Changed from")),
            ("updated_before", _("Changed until")),
        )  # fmt: skip
        return [Part(name, label, kind="date", value="".join(self.values(name)[-1:])) for name, label in names]
