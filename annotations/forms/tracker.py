"""Input shapes of the Tracker's bulk actions: each asks only what its action needs, for however many rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from annotations.forms.base import choices
from annotations.forms.meeting import Meeting
from annotations.models import Member, SavedView, Tag
from annotations.rules import vocabulary
from annotations.rules.vocabulary import Term, Vocabulary
from annotations.services.tracker.steps import Step


class AssignForm(forms.Form):
    assignee = forms.ChoiceField(label=_("Owner"), required=False)

    def __init__(self, *args: Any, member: Member, people: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(str(one.pk), one.name) for one in people if one.pk != member.pk]
        self.fields["assignee"].choices = [("me", _("Me")), *others, ("", _("Nobody"))]  # type: ignore[attr-defined]


class DueForm(forms.Form):
    due = forms.DateField(
        label=_("Due"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty takes the date away."),
    )


class TypeForm(forms.Form):
    """For claims their type, for proposals their mechanism; only the kinds that are chosen are asked."""

    type = forms.ChoiceField(
        label=_("Type of the claims"), choices=lambda: choices(vocabulary.CLAIM_TYPES), required=False
    )
    mechanism = forms.ChoiceField(
        label=_("Mechanism of the proposals"), choices=lambda: choices(vocabulary.MECHANISMS), required=False
    )

    def __init__(self, *args: Any, kinds: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, name in (("claim", "type"), ("proposal", "mechanism")):
            if kind not in kinds:
                del self.fields[name]


class TagSelect(forms.SelectMultiple):
    """Says beside each tag which set it belongs to: two sets may hold the same word."""

    tags: Mapping[int, Tag] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        tag = self.tags.get(int(value)) if str(value).isdecimal() else None
        if tag is not None:
            option["attrs"] |= {"data-hint": tag.tag_set.name, "data-colour": tag.colour}
        return option


class TagForm(forms.Form):
    """Tags to put on and to take off: of the statements themselves, or of all their passages."""

    add = forms.TypedMultipleChoiceField(label=_("Put on"), coerce=int, required=False, widget=TagSelect)
    remove = forms.TypedMultipleChoiceField(label=_("Take off"), coerce=int, required=False, widget=TagSelect)

    def __init__(self, *args: Any, tags: Mapping[int, Tag], carried: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [tag for tag in tags.values() if tag.tag_set.scope != "document"]
        self.offer("add", [tag for tag in offered if not tag.deprecated])
        self.offer("remove", [tag for tag in offered if tag.pk in carried])

    def offer(self, name: str, tags: Sequence[Tag]) -> None:
        field = self.fields[name]
        field.widget.tags = {tag.pk: tag for tag in tags}
        language = get_language() or "en"
        field.choices = [(tag.pk, tag.label_in(language)) for tag in tags]  # type: ignore[attr-defined]
        if not tags:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("add") and not data.get("remove"):
            raise forms.ValidationError(_("Choose at least one tag."))
        return data


class MoveForm(forms.Form):
    """The next step; a note where one of the steps asks for it."""

    to = forms.ChoiceField(label=_("Next step"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("Reason or note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    correction_note = forms.CharField(
        label=_("Correction note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, steps: Sequence[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = [step for step in steps if step.possible]
        self.fields["to"].choices = [(step.target, _(step.label)) for step in self.steps]  # type: ignore[attr-defined]
        if not any("correction_note" in step.asks for step in self.steps):
            del self.fields["correction_note"]
        if any(step.target in ("paused", "withdrawn") for step in self.steps):
            self.fields["note"].help_text = _("Public when a published check is paused or withdrawn.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        return data | {"reason": data.get("note", "")}


class AsideForm(forms.Form):
    """Why it is set aside. Claims and proposals have reasons of their own; both together those they share."""

    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)
    resolve_by = forms.DateField(
        label=_("Can be checked on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    resolution_criteria = forms.CharField(label=_("What will decide it"), required=False)
    duplicate_of = forms.CharField(label=_("Duplicate of"), required=False, help_text=_("Its number, such as C-12."))
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, kinds: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = reasons(kinds)
        self.fields["reason"].choices = [(term.code, _(term.label)) for term in words]  # type: ignore[attr-defined]
        if "prediction" not in words:
            del self.fields["resolve_by"], self.fields["resolution_criteria"]

    def clean(self) -> dict[str, Any]:
        return (super().clean() or {}) | {"to": "set_aside"}


def reasons(kinds: set[str]) -> Vocabulary[Term]:
    """The reasons that hold for all of these kinds."""
    if kinds == {"claim"}:
        return vocabulary.TRIAGE_REASONS
    if kinds == {"proposal"}:
        return vocabulary.PROPOSAL_REASONS
    shared = [code for code in vocabulary.TRIAGE_REASONS.codes if code in vocabulary.PROPOSAL_REASONS]
    return vocabulary.TRIAGE_REASONS.only("reason", *shared)


SCALE = [("", "—"), *((str(n), str(n)) for n in range(1, 6))]


class TriageForm(forms.Form):
    """The questions of the deck for claims, the specificity for proposals, answered once for all chosen rows."""

    q1 = forms.ChoiceField(
        label=_("Does it state a fact that can be verified?"),
        choices=lambda: choices(vocabulary.VERIFIABLE),
        required=False,
    )
    q4 = forms.ChoiceField(
        label=_("Should a checker spend time on it?"),
        choices=lambda: choices(vocabulary.WORTH_CHECKING),
        required=False,
    )
    q2 = forms.ChoiceField(
        label=_("Would decision-makers or the public care?"),
        choices=SCALE,
        required=False,
        help_text=_("1 hardly, 5 very much"),
    )
    q3 = forms.ChoiceField(
        label=_("Could it mislead or do harm if it is wrong?"),
        choices=SCALE,
        required=False,
        help_text=_("1 hardly, 5 very much"),
    )
    specificity = forms.ChoiceField(
        label=_("How specific are the proposals?"), choices=lambda: choices(vocabulary.SPECIFICITY), required=False
    )

    def __init__(self, *args: Any, kinds: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gone = ("specificity",) if kinds == {"claim"} else ("q1", "q2", "q3", "q4") if kinds == {"proposal"} else ()
        for name in gone:
            del self.fields[name]


class ViewForm(Meeting, forms.Form):
    """The name of a saved view."""

    name = forms.CharField(label=_("Name"), max_length=80)

    def __init__(self, data: Any = None, *, view: SavedView) -> None:
        super().__init__(data, initial={"name": view.name})
        self.travel()
