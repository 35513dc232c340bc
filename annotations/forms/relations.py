"""Input shapes of merging, splitting and relating statements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.forms.meeting import Meeting
from annotations.models import Relation, Statement
from annotations.rules import vocabulary
from annotations.rules.vocabulary import SYMMETRIC_RELATIONS

#: Before the type of a relation that is told from its target: "back-supports" reads "supported by".
BACK = "back-"


def ways() -> list[tuple[str, Any]]:
    """Every relation as a statement can have it: outwards, and inwards where that is another thing."""
    found: list[tuple[str, Any]] = []
    for code, label in vocabulary.RELATIONS.choices:
        found.append((code, _(label)))
        if code not in SYMMETRIC_RELATIONS:
            found.append((f"{BACK}{code}", _(vocabulary.RELATIONS_BACK.label(code))))
    return found


class StatementChoice(forms.Select):
    """A <select> of numbers, which search-as-you-type fills; alone it offers the statements given."""

    def __init__(self, rows: Iterable[Statement] = (), chosen: str = "") -> None:
        offered = [(row.label, f"{row.label}  {row.text[:80]}") for row in rows]
        if chosen and chosen not in dict(offered):
            offered.insert(0, (chosen, chosen))
        super().__init__(choices=[("", "—"), *offered])


class RelateForm(forms.Form):
    """How this statement relates to another one, and why."""

    way = forms.ChoiceField(label=_("This statement"), choices=ways)
    other = forms.CharField(label=_("The other statement"), max_length=20)
    rationale = forms.CharField(
        label=_("Reasons"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    suggested = forms.BooleanField(label=_("Only suggest it; somebody else confirms"), required=False)
    scopes = {"rationale": "internal"}

    def __init__(self, data: Any = None, *, offered: Iterable[Statement] = (), typed: str = "", way: str = "") -> None:
        super().__init__(data, initial={"other": typed, "way": way or "supports"})
        chosen = (data.get("other", "") if data is not None else "") or typed
        self.fields["other"].widget = StatementChoice(offered, chosen)


class RelationForm(Meeting, forms.ModelForm):
    """The reasons of a relation that is there."""

    rationale = forms.CharField(
        label=_("Reasons"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    scopes = {"rationale": "internal"}

    class Meta:
        model = Relation
        fields = ("rationale",)

    def __init__(self, data: Any = None, *, instance: Relation) -> None:
        super().__init__(data, instance=instance, auto_id=f"id_%s-{instance.pk}")
        self.travel()

    def values(self) -> dict[str, Any]:
        return self.mine()


class SplitForm(forms.Form):
    """Which passages go, whether they leave, and where to: to new words, or to a statement that is there."""

    occurrences = forms.MultipleChoiceField(label=_("Passages that go"))
    take = forms.BooleanField(label=_("They leave this statement"), required=False)
    text = forms.CharField(label=_("Words of the new statement"), required=False,
                           widget=forms.Textarea(attrs={"rows": 3}))  # fmt: skip
    into = forms.CharField(label=_("Or a statement that is there"), required=False, max_length=20)
    scopes = {"text": "public"}

    def __init__(self, data: Any = None, *, passages: Iterable[int], offered: Iterable[Statement], text: str) -> None:
        super().__init__(data, initial={"text": text})
        self.fields["occurrences"].choices = [(str(pk), str(pk)) for pk in passages]  # type: ignore[attr-defined]
        self.fields["into"].widget = StatementChoice(offered, data.get("into", "") if data is not None else "")
