"""Input shapes of the codebook."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from annotations.forms.base import choices
from annotations.forms.meeting import Meeting
from annotations.models import Tag
from annotations.rules import vocabulary


class TagSetForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    scope = forms.ChoiceField(label=_("For"), choices=lambda: choices(vocabulary.TAG_SCOPES)[1:])
    many = forms.BooleanField(label=_("Several at once"), required=False, initial=True)


class TagForm(Meeting, forms.ModelForm):
    colour = forms.ChoiceField(
        label=_("Colour"), choices=lambda: choices(vocabulary.PALETTE, _("the next free one")), required=False
    )
    key = forms.ChoiceField(label=_("Key"), choices=[("", "—"), *((n, n) for n in "123456789")], required=False)
    scopes = dict.fromkeys(("definition", "definition_zh_hans", "definition_zh_hant", "examples"), "internal")

    class Meta:
        model = Tag
        fields = (
            "label", "label_zh_hans", "label_zh_hant", "colour", "key", "definition", "definition_zh_hans",
            "definition_zh_hant", "examples", "deprecated",
        )  # fmt: skip
        labels = {
            "label": _("Name"), "label_zh_hans": _("Name in 简体中文"), "label_zh_hant": _("Name in 繁體中文"),
            "definition": _("Definition"), "definition_zh_hans": _("Definition in 简体中文"),
            "definition_zh_hant": _("Definition in 繁體中文"), "examples": _("Examples"),
            "deprecated": _("Retired: no longer offered"),
        }  # fmt: skip
        widgets = {
            name: forms.Textarea(attrs={"rows": 2})
            for name in ("definition", "definition_zh_hans", "definition_zh_hant", "examples")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.travel()


class TagChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label_in(get_language() or "en"))


class MergeTagForm(forms.Form):
    into = TagChoice(label=_("Merge into"), queryset=Tag.objects.none(), empty_label="—")
    merge = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def __init__(self, *args: Any, others: QuerySet[Tag], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]
