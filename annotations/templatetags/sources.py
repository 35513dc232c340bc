"""Words about captures, for templates."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from annotations.models import Capture
from annotations.services import captures

register = template.Library()


@register.filter
def capture_reason(capture: Capture) -> str:
    """Why it waits, failed or was not allowed, in the language of the page."""
    problem = captures.problem_of(capture.reason)
    return problem.sentence(gettext) if problem else ""
