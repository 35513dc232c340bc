"""Input shapes of sources."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.forms.base import PartDateField, choices
from annotations.forms.meeting import Meeting
from annotations.models import Source
from annotations.rules import vocabulary

NOT_OF_THE_SOURCE = ("text", "file", "again", "capture", "citation")


class SourceForm(forms.Form):
    citation = forms.CharField(
        label=_("Citation"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=20_000,
        help_text=_("One BibTeX or RIS entry, a DOI or a UN symbol such as A/RES/78/265. Nothing is asked of the web."),
    )  # fmt: skip
    title = forms.CharField(label=_("Title"), max_length=500)
    url = forms.URLField(label=_("Address"), required=False, assume_scheme="https", max_length=2000)
    type = forms.ChoiceField(label=_("Type"), choices=lambda: choices(vocabulary.SOURCE_TYPES)[1:])
    publisher = forms.CharField(label=_("Publisher"), max_length=300, required=False)
    authors = forms.CharField(label=_("Authors"), required=False, help_text=_("Several: separate them with ;"))
    published_date = PartDateField(label=_("Published on"), required=False)
    identifier = forms.CharField(
        label=_("Identifier"), max_length=200, required=False, help_text=_("DOI, UN symbol, number of a law")
    )
    capture = forms.BooleanField(
        label=_("Capture the address now"), required=False, initial=True,
        help_text=_("The page is fetched in the background and kept as a snapshot."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("What it says, pasted"), required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Kept as a snapshot with hash and time, so that quotations can be proved later."),
    )  # fmt: skip
    file = forms.FileField(label=_("Or a file of it"), required=False)
    reliability_note = forms.CharField(label=_("Reliability"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    interests_note = forms.CharField(label=_("Interests"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    independent_group = forms.CharField(
        label=_("Same origin as"), max_length=80, required=False, help_text=_("Sources of one group count as one.")
    )
    no_snapshot_reason = forms.CharField(label=_("Why there is no snapshot"), required=False)
    again = forms.BooleanField(label=_("Add it even if it is here already"), required=False)
    scopes = dict.fromkeys(("text", "reliability_note", "interests_note", "no_snapshot_reason"), "internal")
    present: Source | None = None

    def clean_authors(self) -> list[str]:
        return [name.strip() for name in self.cleaned_data["authors"].replace("；", ";").split(";") if name.strip()]

    def values(self) -> dict[str, Any]:
        """The values for services.sources."""
        return {name: value for name, value in self.cleaned_data.items() if name not in NOT_OF_THE_SOURCE}


class SourceEditForm(Meeting, SourceForm):
    """The facts of a source that is here; its snapshots are added elsewhere."""

    citation = text = file = again = capture = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.travel()

    def values(self) -> dict[str, Any]:
        """What this person changed, for services.sources.update."""
        return self.mine()


class DescribedForm(forms.Form):
    """Evidence that cannot be quoted: a picture, a table, a recording."""

    statement = forms.CharField(label=_("For which claim or proposal"), max_length=20, help_text=_("Its number: C-12"))
    stance = forms.ChoiceField(
        label=_("Stance"), choices=lambda: choices(vocabulary.EVIDENCE_STANCES)[1:], widget=forms.RadioSelect,
        initial="supports",
    )  # fmt: skip
    medium = forms.ChoiceField(
        label=_("Kind of material"), choices=lambda: choices(vocabulary.MEDIUMS)[1:], initial="image"
    )
    note = forms.CharField(label=_("What it shows"), widget=forms.Textarea(attrs={"rows": 3}))
    locator = forms.CharField(
        label=_("Where in it"), required=False, max_length=200, help_text=_("Page, paragraph, table")
    )
    snapshot = forms.IntegerField(required=False, widget=forms.HiddenInput)
    scopes = {"note": "internal"}
