"""Input shapes of document pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.forms.base import PartDateField, choices
from annotations.forms.meeting import Meeting
from annotations.models import Document
from annotations.rules import vocabulary


class PasteForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=500, required=False, help_text=_("Left empty, one is proposed.")
    )
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 14}), strip=False)
    again = forms.BooleanField(label=_("Load it even if it is here already"), required=False)
    present: Document | None = None


class FactsForm(Meeting, forms.ModelForm):
    """The facts of a document; names of the fields are those of services.documents.FACTS."""

    authors = forms.CharField(label=_("Authors"), required=False, help_text=_("Several: separate them with ;"))
    language = forms.ChoiceField(label=_("Language"), choices=lambda: choices(vocabulary.LANGUAGES)[1:])
    genre = forms.ChoiceField(label=_("Genre"), choices=lambda: choices(vocabulary.GENRES), required=False)
    scopes = {"note": "internal"}

    class Meta:
        model = Document
        fields = (
            "title",
            "authors",
            "author_note",
            "affiliation",
            "publisher",
            "published_date",
            "not_before",
            "language",
            "genre",
            "source_note",
            "url",
            "reference_year",
            "rights",
            "note",
        )
        labels = {
            "title": _("Title"),
            "author_note": _("Author's post"),
            "affiliation": _("Affiliation"),
            "publisher": _("Publisher"),
            "published_date": _("Published on"),
            "not_before": _("Not before"),
            "source_note": _("Source note"),
            "url": _("Address"),
            "reference_year": _("Reference year"),
            "rights": _("Rights"),
            "note": _("Note on the document"),
        }
        field_classes = {"published_date": PartDateField, "not_before": PartDateField}
        help_texts = {
            "published_date": _("YYYY-MM-DD, YYYY-MM or YYYY"),
            "not_before": _("From dates in the text: it was not written earlier."),
            "reference_year": _("Resolves “this year” and dates without a year."),
        }
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, data: Any = None, *, instance: Document) -> None:
        super().__init__(data, instance=instance)
        self.initial["authors"] = "; ".join(instance.authors)
        for name in ("note", "reference_year"):
            self.fields[name].required = False
        self.travel()

    def clean_authors(self) -> list[str]:
        return [name.strip() for name in self.cleaned_data["authors"].replace("；", ";").split(";") if name.strip()]

    def facts(self) -> dict[str, Any]:
        """What this person changed, for services.documents.update_facts."""
        return {name: value for name, value in self.mine().items() if name != "note"}
