"""What all forms share: the choices of a vocabulary."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from annotations.rules import vocabulary


def choices(name: vocabulary.Vocabulary[Any], blank: object = "") -> list[tuple[str, Any]]:
    """The choices of a vocabulary, translated, after a blank one."""
    return [("", blank or "—"), *((code, _(label)) for code, label in name.choices)]
