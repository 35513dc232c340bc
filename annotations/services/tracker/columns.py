"""The columns of the Tracker: those of every row, those that are asked for, and one for each tag set of statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotations.models import Corpus, TagSet
from annotations.rules.errors import noop

OWN = "set-"


@dataclass(frozen=True, slots=True)
class Column:
    """`label` is a msgid or a tag set's name; `order` a key of filters.ORDERS; `edits` how its cell is edited."""

    code: str
    label: str
    order: str = ""
    edits: str = ""  # text, type, owner, due, tags, own
    asked: bool = False
    fixed: bool = False
    tag_set: TagSet | None = None

    @property
    def look(self) -> str:
        """The class of its cells."""
        return "c-own" if self.tag_set else f"c-{self.code}"


ALWAYS = (
    Column("number", noop("No."), "number", fixed=True),
    Column("text", noop("Statement"), "text", "text", fixed=True),
    Column("type", noop("Type"), "type", "type"),
    Column("status", noop("Status"), "status"),
    Column("verdict", noop("Verdict or progress"), "verdict"),
    Column("speaker", noop("Speaker or proposer")),
    Column("passages", noop("Passages")),
    Column("tags", noop("Tags"), edits="tags"),
    Column("owner", noop("Owner"), "assignee", "owner"),
    Column("due", noop("Due"), "due", "due"),
    Column("updated", noop("Updated"), "updated"),
)
ASKED = (
    Column("gloss", noop("English gloss"), edits="gloss", asked=True),
    Column("checkworthiness", noop("Check-worthiness"), "checkworthiness", asked=True),
    Column("flags", noop("Flags"), asked=True),
    Column("sources", noop("Sources"), asked=True),
    Column("first_seen", noop("First seen"), asked=True),
    Column("actor", noop("Actor"), asked=True),
    Column("addressee", noop("Addressee"), asked=True),
    Column("strength", noop("Strength of wording"), asked=True),
    Column("deadline", noop("Deadline"), "deadline", asked=True),
    Column("checker", noop("Checker"), asked=True),
    Column("reviewer", noop("Reviewer"), asked=True),
    Column("note", noop("Note"), edits="note", asked=True),
)


def own(corpus: Corpus) -> list[Column]:
    """One column for each tag set that the corpus keeps for its statements."""
    sets = TagSet.objects.filter(corpus=corpus, scope="statement", removed_at=None)
    return [Column(f"{OWN}{one.pk}", one.name, edits="own", asked=True, tag_set=one) for one in sets]


def choosable(corpus: Corpus) -> list[Column]:
    """Every column that can be shown or hidden, in the order in which they stand."""
    *before, updated = [column for column in ALWAYS if not column.fixed]
    return [*before, *own(corpus), *ASKED, updated]


def shown(all_of: Sequence[Column], codes: Iterable[str]) -> list[Column]:
    """Number, text and the chosen ones; without a choice the usual ones. A code that is gone is passed over."""
    wanted = set(codes) or {column.code for column in ALWAYS}
    return [*(column for column in ALWAYS if column.fixed), *(column for column in all_of if column.code in wanted)]
