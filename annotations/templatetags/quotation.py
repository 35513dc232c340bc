"""The section “Quotation” on pages of a claim: its words beside the archived originals."""

from __future__ import annotations

from typing import Any

from django import template

from annotations.models import Statement, Verification
from annotations.rules.vocabulary import QUOTATION_FLAGS
from annotations.services import quotation as quotation_service

register = template.Library()


@register.inclusion_tag("annotations/_statement_quotation.html", takes_context=True)
def quotation(context: Any, statement: Statement, check: Verification | None = None) -> dict[str, Any]:
    """Nothing for other claims. `?snapshot=` chooses one to compare with first; `check` is given where its checker may
    record what they make of it."""
    passed = {name: context[name] for name in ("corpus", "csrf_token") if name in context}
    if not quotation_service.applies(statement):
        return passed
    shots = quotation_service.choices(statement)
    asked = context["request"].GET.get("snapshot", "")
    chosen = next((shot.pk for shot in shots if str(shot.pk) == asked), None)
    return passed | {
        "statement": statement,
        "quotation": quotation_service.of(statement, context["member"], chosen),
        "shots": shots,
        "chosen": chosen,
        "check": check,
        "flags": QUOTATION_FLAGS,
    }
