"""Input shapes of pages. What is right is decided by the services; a form only knows types, labels and help."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from annotations.models import Document, Tag, User
from annotations.rules import vocabulary


def choices(name: vocabulary.Vocabulary[Any], blank: str = "") -> list[tuple[str, Any]]:
    """The choices of a vocabulary, translated, after a blank one."""
    return [("", blank or "—"), *((code, _(label)) for code, label in name.choices)]


class PasteForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=500, required=False, help_text=_("Left empty, one is proposed."))
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 14}), strip=False)
    again = forms.BooleanField(label=_("Load it even if it is here already"), required=False)
    present: Document | None = None


class FactsForm(forms.ModelForm):
    """The facts of a document; names of the fields are those of services.documents.FACTS."""

    authors = forms.CharField(label=_("Authors"), required=False, help_text=_("Several: separate them with ;"))
    language = forms.ChoiceField(label=_("Language"), choices=lambda: choices(vocabulary.LANGUAGES)[1:])
    genre = forms.ChoiceField(label=_("Genre"), choices=lambda: choices(vocabulary.GENRES), required=False)

    class Meta:
        model = Document
        fields = (
            "title", "authors", "author_note", "affiliation", "publisher", "published_date", "not_before", "language",
            "genre", "source_note", "url", "reference_year", "rights", "note",
        )  # fmt: skip
        labels = {
            "title": _("Title"), "author_note": _("Author's post"), "affiliation": _("Affiliation"),
            "publisher": _("Publisher"), "published_date": _("Published"), "not_before": _("Not before"),
            "source_note": _("Source note"), "url": _("Address"), "reference_year": _("Reference year"),
            "rights": _("Rights"), "note": _("Note on the document"),
        }  # fmt: skip
        help_texts = {
            "published_date": _("YYYY-MM-DD, YYYY-MM or YYYY"), "not_before": _("From dates in the text: it was not written earlier."),
            "reference_year": _("Resolves “this year” and dates without a year."),
        }  # fmt: skip
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, instance: Document, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.initial["authors"] = "; ".join(instance.authors)
        self.fields["note"].required = False

    def clean_authors(self) -> list[str]:
        return [name.strip() for name in self.cleaned_data["authors"].replace("；", ";").split(";") if name.strip()]

    def facts(self) -> dict[str, Any]:
        """The values for services.documents.update_facts."""
        return {name: value for name, value in self.cleaned_data.items() if name != "note"}


class InviteForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=lambda: choices(vocabulary.ROLES)[1:], initial="annotator")
    note = forms.CharField(label=_("For whom"), max_length=120, required=False)


class AccountForm(forms.ModelForm):
    """A new account for somebody who was invited."""

    full_name = forms.CharField(label=_("Name shown to others"), max_length=120)
    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False,
        help_text=_("At least 15 characters; a sentence is easy to remember."),
    )  # fmt: skip

    class Meta:
        model = User
        fields = ("full_name", "username", "email")
        labels = {"username": _("User name"), "email": _("E-mail")}
        help_texts = {"username": ""}

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self.instance)
        return password

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit=False)
        user.set_password(self.cleaned_data["password"])
        user.save()
        return user


class CorpusForm(forms.Form):
    """A new corpus."""

    name = forms.CharField(label=_("Name"), max_length=120)
    description = forms.CharField(label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    codebook = forms.ChoiceField(
        label=_("Codebook"), choices=lambda: [(code, _(book.name)) for code, book in vocabulary.CODEBOOKS.items()],
        help_text=_("Nine tags to start with, or none. Everything can be changed later."),
    )  # fmt: skip


class TagSetForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    scope = forms.ChoiceField(label=_("For"), choices=lambda: choices(vocabulary.TAG_SCOPES)[1:])
    many = forms.BooleanField(label=_("Several at once"), required=False, initial=True)


class TagForm(forms.ModelForm):
    colour = forms.ChoiceField(label=_("Colour"), choices=lambda: choices(vocabulary.PALETTE, _("the next free one")), required=False)
    key = forms.ChoiceField(label=_("Key"), choices=[("", "—"), *((n, n) for n in "123456789")], required=False)

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
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in ("definition", "definition_zh_hans", "definition_zh_hant", "examples")}


class MergeTagForm(forms.Form):
    into = forms.ModelChoiceField(label=_("Merge into"), queryset=Tag.objects.none())
    merge = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def __init__(self, *args: Any, others: QuerySet[Tag], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]
