"""The input shape of a token for one's own programs."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

MAY = [("", _("Only read")), ("on", _("Read and write as you may"))]
DAYS = [("7", _("after a week")), ("30", _("after 30 days")), ("90", _("after 90 days")), ("365", _("after a year"))]


class TokenForm(forms.Form):
    """What a program may do with the token, and for how long."""

    name = forms.CharField(label=_("What it is for"), max_length=80)
    write = forms.ChoiceField(label=_("What it may do"), choices=MAY, required=False)
    days = forms.TypedChoiceField(label=_("Expires"), coerce=int, initial="90", choices=DAYS)
