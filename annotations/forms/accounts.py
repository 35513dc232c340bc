"""Accounts as an operator enters them: a new one with its first password, and the facts of one that is there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import UserCreationForm
from django.utils.translation import gettext_lazy as _

from annotations.forms.meeting import Meeting
from annotations.models import User
from annotations.services import accounts

LABELS = {
    "full_name": _("Name shown to others"), "username": _("User name"), "email": _("E-mail"),
    "is_active": _("Can log in"), "is_staff": _("May look at the administration"),
    "is_superuser": _("May change accounts"),
}  # fmt: skip


class AddressForm(forms.ModelForm):
    """An address is one person's: people log in by it."""

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if accounts.address_taken(email, self.instance.pk):
            raise forms.ValidationError(_("Another account has this e-mail address."))
        return email


class NewAccountForm(AddressForm, UserCreationForm):
    """The password is typed twice and held to the same rules as everywhere."""

    class Meta:
        model = User
        fields = ("username", "full_name", "email")
        labels = LABELS


class AccountFactsForm(Meeting, AddressForm):
    """Everything but the password, which has a form of its own."""

    class Meta:
        model = User
        fields = ("username", "full_name", "email", "is_active", "is_staff", "is_superuser")
        labels = LABELS
        help_texts = {
            "is_active": _("Without it the person is signed out at once and tokens stop working. Accounts are never "
                           "deleted: names stand at the work."),
            "is_staff": _("Accounts, corpora by number and size, invitations and tokens; no content of corpora."),
            "is_superuser": _("Makes accounts, closes them, sets passwords. Takes the right above as well."),
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.travel()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self._meet(data)
        data["is_staff"] = bool(data.get("is_staff") or data.get("is_superuser"))
        stays = all(data.get(flag) for flag in ("is_active", "is_staff", "is_superuser"))
        if not stays and accounts.is_last_operator(self.instance):
            raise forms.ValidationError(_("Nobody else may change accounts. Give somebody else this right first."))
        return data

    def _meet(self, data: dict[str, Any]) -> None:
        """Keep what another operator changed meanwhile; where both changed the same, say so before it is saved."""
        touched, clashes = self.touched(), self.clashes()
        left = [(name, field) for name, field in self.fields.items() if name not in touched]
        data.update({name: self.get_initial_for_field(field, name) for name, field in left})
        if clashes:
            self.renew()
            said = _("%(label)s: somebody changed this meanwhile, it says “%(theirs)s” now. Save again to keep yours.")
            raise forms.ValidationError([said % {"label": one.label, "theirs": one.theirs} for one in clashes])
