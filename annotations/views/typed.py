"""What somebody typed into a form that cannot be taken: shown again, so that it is not lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from annotations.forms.meeting import lines
from annotations.rules.vocabulary import VERDICTS

#: Fields in which people write, with what they are called beside what was typed.
WRITTEN: Sequence[tuple[str, Any]] = (
    ("text", _("Text")), ("verdict", _("Verdict")), ("why", pgettext_lazy("of a verdict", "Why")),
    ("justification", pgettext_lazy("of a verdict", "Why")), ("limitations", pgettext_lazy("of a verdict", "Limits")),
    ("search_log", _("Search log")), ("sole_source_reason", _("Why one source is enough")),
    ("boolean_explanation", _("Explanation of a yes or no")), ("resolution_criteria", _("What will decide it")),
    ("reason", _("Reason")), ("note", _("Note")),
    ("correction_note", _("Correction note")), ("body", _("Comment")), ("quote", _("Quotation")),
)  # fmt: skip


def typed_words(data: QueryDict) -> list[tuple[str, str]]:
    """(label, words) of what a person typed; what a field said before anyway, or the code of a choice, is left out."""
    written = [(name, label) for name, label in WRITTEN if name != "reason" or "to" not in data]
    found = [(str(label), data.get(name, ""), data.get(f"initial-{name}", "")) for name, label in written]
    return [(label, _word(words)) for label, words, seen in found if words.strip() and lines(words) != lines(seen)]


def _word(words: str) -> str:
    """A verdict by its name, the rest as it was typed."""
    return gettext(VERDICTS.label(words)) if words in VERDICTS else lines(words)
