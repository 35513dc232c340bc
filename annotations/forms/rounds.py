"""Input shapes of coding rounds."""

from __future__ import annotations

import random
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.models import Document, Member
from annotations.services import rounds

#: Documents of a corpus up to which all are listed.
LISTED = 500


class RoundForm(forms.Form):
    """Opening a round: what is coded by whom."""

    name = forms.CharField(label=_("Name"), max_length=120)
    documents = forms.ModelMultipleChoiceField(label=_("Documents"), queryset=Document.objects.none(), required=False)
    drawn = forms.IntegerField(
        label=_("And so many drawn at random"), min_value=0, max_value=10_000, required=False,
        help_text=_("From the other documents of the corpus; a number above theirs takes all."),
    )  # fmt: skip
    coders = forms.ModelMultipleChoiceField(
        label=_("Coders"), queryset=Member.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    each = forms.IntegerField(label=_("Coders for each document"), min_value=1, max_value=20, initial=2)
    guide = forms.CharField(
        label=_("Guide for the coders"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What to mark and what not, in Markdown."),
    )  # fmt: skip
    blind = forms.BooleanField(
        label=_("Blind: nobody sees another coder's passages before the round is closed"), required=False, initial=True
    )
    scopes = {"guide": "internal"}

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Document.objects.filter(corpus_id=member.corpus_id, removed_at=None).exclude(current=None)
        self.rows = rows.order_by("title", "pk")
        self._field("documents").queryset = self.rows
        people = Member.objects.filter(corpus_id=member.corpus_id, active=True).order_by("name")
        able = [one.pk for one in rounds.coders(people)]
        self._field("coders").queryset = people.filter(pk__in=able)

    def chosen(self) -> list[Document]:
        """The documents named, then those drawn."""
        named = list(self.cleaned_data["documents"])
        others = list(self.rows.exclude(pk__in=[row.pk for row in named]))
        drawn = min(self.cleaned_data["drawn"] or 0, len(others))
        return [*named, *random.sample(others, drawn)]

    @property
    def too_many(self) -> bool:
        """Whether the documents are to be found by typing rather than listed."""
        return self.rows.count() > LISTED

    @property
    def offered(self) -> list[tuple[int, str, bool]]:
        """Id and title of the documents to list, and whether each is chosen."""
        chosen = {int(one) for one in self["documents"].value() or () if str(one).isdecimal()}
        rows = self.rows.filter(pk__in=chosen) if self.too_many else self.rows
        return [(row.pk, row.title, row.pk in chosen) for row in rows.only("title")]

    def _field(self, name: str) -> forms.ModelMultipleChoiceField:
        found = self.fields[name]
        assert isinstance(found, forms.ModelMultipleChoiceField)
        return found


class RulingForm(forms.Form):
    """What becomes of one place: a coder's passage, or none with a reason."""

    start = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    annotation = forms.IntegerField(required=False)
    reason = forms.CharField(required=False, max_length=2000)
