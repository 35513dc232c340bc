"""Input shapes of accounts, invitations and corpora."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from annotations.forms.base import choices
from annotations.forms.meeting import Meeting
from annotations.models import Member, User
from annotations.rules import vocabulary


class InviteForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=lambda: choices(vocabulary.ROLES)[1:], initial="annotator")
    note = forms.CharField(label=_("For whom"), max_length=120, required=False)
    scopes = {"note": "internal"}


class RoleForm(Meeting, forms.Form):
    """What a member may do."""

    role = forms.ChoiceField(label=_("Role"), choices=lambda: choices(vocabulary.ROLES)[1:])

    def __init__(self, data: Any = None, *, member: Member) -> None:
        super().__init__(data, initial={"role": member.role}, auto_id=f"id_%s-{member.pk}")
        self.fields["role"].widget.attrs["aria-label"] = _("Role of %(name)s") % {"name": member.name}
        self.travel()


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
    scopes = {"description": "internal"}
