"""Input shapes of publishing: who publishes (once for a corpus), what a correction changed; settings of a corpus."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.forms.base import choices
from annotations.forms.meeting import Meeting
from annotations.models import Corpus
from annotations.rules import vocabulary
from annotations.services.facts import Asked


class PublisherForm(Meeting, forms.ModelForm):
    """Who publishes the checks of a corpus; it stands at the foot of each public page. Whether enough is said is
    asked by the step that publishes."""

    draft = True
    scopes = dict.fromkeys(("publisher_name", "publisher_contact", "publisher_policy"), "public")

    class Meta:
        model = Corpus
        fields: tuple[str, ...] = ("publisher_name", "publisher_contact", "publisher_policy")
        labels = {
            "name": _("Name"), "description": _("Description"), "publisher_name": _("Publisher"),
            "publisher_contact": _("Corrections go to"), "publisher_policy": _("Corrections policy"),
        }  # fmt: skip
        help_texts = {
            "publisher_name": _("The body that answers for the checks, as readers know it."),
            "publisher_contact": _("An e-mail address or a web address."),
            "publisher_policy": _("How mistakes are put right, and how quickly."),
        }
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}), "publisher_policy": forms.Textarea(attrs={"rows": 4}),
        }  # fmt: skip

    def __init__(self, data: Any = None, *, instance: Corpus) -> None:
        super().__init__(data, instance=instance)
        self.travel()


class SettingsForm(PublisherForm):
    """The same with the name and the description of the corpus, for those who may change it."""

    scopes = PublisherForm.scopes | {"description": "internal"}

    class Meta(PublisherForm.Meta):
        fields = ("name", "description", *PublisherForm.Meta.fields)


class PublishForm(forms.Form):
    """What goes with a publication: for one that replaces another the public note that tells why, and its kind.
    Whether the note is needed is asked by the step itself."""

    draft = True
    correction_note = forms.CharField(
        label=_("Correction note"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was wrong or is new, in a sentence for readers. It stays on the page for ever."),
    )  # fmt: skip
    correction_kind = forms.ChoiceField(
        label=_("Kind of correction"), required=False,
        choices=lambda: choices(
            vocabulary.CORRECTION_KINDS.only(vocabulary.CORRECTION_KINDS.name, *vocabulary.REPUBLISHED_AS),
            _("by what changed"),
        ),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    scopes = {"correction_note": "public", "note": "internal"}

    def __init__(self, data: Any = None, *, replaces: bool) -> None:
        super().__init__(data)
        if not replaces:
            del self.fields["correction_note"], self.fields["correction_kind"]

    def asked(self) -> Asked:
        """What was typed, as the workflow reads it; nothing while nothing was sent."""
        return Asked(**self.cleaned_data) if self.is_bound and self.is_valid() else Asked()
