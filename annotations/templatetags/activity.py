"""The words of the activity: what several events of one person come to, and the days they stand under."""

from __future__ import annotations

from datetime import date, timedelta

from django import template
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import gettext, pgettext

from annotations.rules.errors import render
from annotations.rules.events import UNKNOWN
from annotations.services.activity import Sum
from annotations.templatetags.ui import counted

register = template.Library()


@register.simple_tag
def summed(one: Sum) -> str:
    """One line of the digest: “Li marked 12 passages in 3 documents”."""
    values = {
        "actor": one.name or UNKNOWN,
        "count": counted(one.count, one.part.unit),
        "documents": counted(one.documents, "document"),
    }
    return render(one.part.template, values, gettext)


@register.simple_tag
def named_day(day: date) -> str:
    """Today, yesterday, else the date with its weekday."""
    today = timezone.localdate()
    if day == today:
        return gettext("Today")
    if day == today - timedelta(days=1):
        return gettext("Yesterday")
    form = pgettext("date format", "l, j F") if day.year == today.year else pgettext("date format", "l, j F Y")
    return format_date(day, form)
