"""What all forms share: the choices of a vocabulary, and dates of a day, a month or a year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.rules import dates, vocabulary
from annotations.rules.errors import Invalid


def choices(name: vocabulary.Vocabulary[Any], blank: object = "") -> list[tuple[str, Any]]:
    """The choices of a vocabulary, translated, after a blank one."""
    return [("", blank or "—"), *((code, _(label)) for code, label in name.choices)]


class PartDateField(forms.CharField):
    """A day, a month or a year, as rules.dates writes them."""

    def __init__(self, **options: Any) -> None:
        options["help_text"] = options.get("help_text") or _("YYYY-MM-DD, YYYY-MM or YYYY")
        super().__init__(**{"max_length": 10, **options})

    def clean(self, value: Any) -> str:
        found = str(super().clean(value))
        try:
            return dates.check_date(found, "")
        except Invalid as problem:
            raise forms.ValidationError(problem.sentence(gettext)) from None
