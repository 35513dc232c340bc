"""Input shapes of the codebook."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from annotations.forms.base import choices
from annotations.forms.meeting import Meeting
from annotations.models import Member, Tag, TagSet
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
    scopes = dict.fromkeys(
        ("definition", "definition_zh_hans", "definition_zh_hant", "use_when", "not_when", "examples"), "internal"
    )

    class Meta:
        model = Tag
        fields = (
            "label", "label_zh_hans", "label_zh_hant", "colour", "key", "definition", "definition_zh_hans",
            "definition_zh_hant", "use_when", "not_when", "examples", "deprecated",
        )  # fmt: skip
        labels = {
            "label": _("Name"), "label_zh_hans": _("Name in 简体中文"), "label_zh_hant": _("Name in 繁體中文"),
            "definition": _("Definition"), "definition_zh_hans": _("Definition in 简体中文"),
            "definition_zh_hant": _("Definition in 繁體中文"), "use_when": _("When to use it"),
            "not_when": _("When not to use it"), "examples": _("Examples"),
            "deprecated": _("Retired: no longer offered"),
        }  # fmt: skip
        widgets = {
            name: forms.Textarea(attrs={"rows": 2})
            for name in (
                "definition", "definition_zh_hans", "definition_zh_hant", "use_when", "not_when", "examples",
            )
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.travel()


class TagChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label_in(get_language() or "en"))


class MergeTagForm(forms.Form):
    into = TagChoice(label=_("Merge into"), queryset=Tag.objects.none(), empty_label="—")

    def __init__(self, *args: Any, others: QuerySet[Tag], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


class ChoiceForm(forms.Form):
    """Which of the things of a tag are looked at: words, document, person, another tag they carry."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    document = forms.IntegerField(required=False, widget=forms.HiddenInput)
    by = forms.ModelChoiceField(
        label=_("Made by"), queryset=Member.objects.none(), required=False, empty_label=_("Made by anybody")
    )
    tag = TagChoice(
        label=_("Carries also"), queryset=Tag.objects.none(), required=False, empty_label=_("With any other tag")
    )

    def __init__(self, *args: Any, others: QuerySet[Tag], members: QuerySet[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tag"].queryset = others  # type: ignore[attr-defined]
        self.fields["by"].queryset = members  # type: ignore[attr-defined]


class SplitTagForm(forms.Form):
    """Where the chosen ones go: a tag that is there, or a new one."""

    into = TagChoice(label=_("To the tag"), queryset=Tag.objects.none(), required=False, empty_label=_("a new tag:"))
    label = forms.CharField(label=_("Name of the new tag"), required=False, max_length=80)
    definition = forms.CharField(
        label=_("Definition"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    retire = forms.BooleanField(label=_("Retire this tag; nothing is left with it"), required=False)

    def __init__(self, *args: Any, others: QuerySet[Tag], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


class SetChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{gettext(obj.name)} ({gettext(vocabulary.TAG_SCOPES.label(obj.scope))})"


class PlaceTagForm(forms.Form):
    """The set and the tag below which a tag is to stand."""

    tag_set = SetChoice(label=_("Tag set"), queryset=TagSet.objects.none(), empty_label=None)
    parent = TagChoice(label=_("Below"), queryset=Tag.objects.none(), required=False, empty_label=_("at the top"))

    def __init__(self, *args: Any, sets: QuerySet[TagSet], others: QuerySet[Tag], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tag_set"].queryset = sets  # type: ignore[attr-defined]
        self.fields["parent"].queryset = others  # type: ignore[attr-defined]
