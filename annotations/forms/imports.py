"""The forms of an import: the file, and which column of a table means what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.formats.column_names import FIELDS
from annotations.forms.base import choices
from annotations.models import Corpus, Document
from annotations.rules import vocabulary

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: What the fields of spreadsheet_plan.PlannedRow are called on the screen.
LABELS: Mapping[str, StrOrPromise] = {
    "quote": _("Quote"), "document": _("Document"), "kind": _("Claim or proposal"), "text": _("Text of the statement"),
    "type": _("Type"), "tags": _("Tags"), "note": _("Note"), "speaker": _("Speaker"), "owner": _("Owner"),
    "source": _("Source"),
}  # fmt: skip
HELP: Mapping[str, StrOrPromise] = {
    "quote": _("The words of the document, in either script."),
    "document": _("Its title, file name or address. Left out, every document is searched."),
    "text": _("Left out, the quote itself is the statement."),
    "tags": _("Several: parted by | or ;"),
}  # fmt: skip
MOST_DOCUMENTS = 1000


class UploadForm(forms.Form):
    file = forms.FileField(label=_("File"), help_text=_("CSV, XLSX, JSON-LD or JSON"))


def documents_field(corpus: Corpus, label: StrOrPromise) -> forms.ModelChoiceField:
    """A select of the documents of a corpus, by title."""
    live = Document.objects.filter(corpus=corpus, removed_at=None).order_by("title")
    some = live.filter(pk__in=live.values("pk")[:MOST_DOCUMENTS])
    return forms.ModelChoiceField(label=label, queryset=some, required=False, empty_label="—")


class DocumentForm(forms.Form):
    """The document in which to look for what names none that is here."""

    def __init__(self, *args: Any, corpus: Corpus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"] = documents_field(corpus, _("Look for those whose document is not here in"))


class ColumnsForm(forms.Form):
    """One select of columns for each field, and what holds for rows that do not say."""

    def __init__(self, *args: Any, columns: Sequence[str], corpus: Corpus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", "—"), *((column, column) for column in columns)]
        for name in FIELDS:
            self.fields[name] = forms.ChoiceField(
                label=LABELS[name], help_text=HELP.get(name, ""), choices=offered, required=False
            )
        self.fields["kind_otherwise"] = forms.ChoiceField(
            label=_("Rows that do not say what they are"), required=False,
            choices=choices(vocabulary.KINDS, _("passages without a statement")),
        )  # fmt: skip
        self.fields["document_otherwise"] = documents_field(corpus, _("Rows whose document is not here: look in"))

    @property
    def mapping(self) -> dict[str, str]:
        """field -> column, of those that were chosen."""
        return {name: self.cleaned_data[name] for name in FIELDS if self.cleaned_data.get(name)}
