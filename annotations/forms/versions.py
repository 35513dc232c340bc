"""The form of a new version of a document: a file, or a pasted text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _


class VersionForm(forms.Form):
    file = forms.FileField(label=_("File"), required=False)
    text = forms.CharField(
        label=_("Or paste the text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6})
    )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not found.get("file") and not (found.get("text") or "").strip() and not self.errors:
            raise forms.ValidationError(_now("Choose a file, or paste the text."))
        return found
