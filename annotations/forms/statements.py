"""Input shapes of the statement page: the statement, the anatomy of a proposal, evidence, milestones."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from annotations.forms.base import PartDateField, choices
from annotations.forms.meeting import Meeting
from annotations.models import Corpus, Source, Statement, Verification
from annotations.rules import vocabulary


class StatementForm(Meeting, forms.ModelForm):
    """What a person edits of a statement; proposals have their anatomy in a form of their own."""

    text = forms.CharField(label=_("Statement"), widget=forms.Textarea(attrs={"rows": 3}))
    stands_alone = forms.BooleanField(
        label=_("It can be understood on its own"), required=False,
        help_text=_("No “this year”, “it” or “the latter” that only the document explains."),
    )  # fmt: skip
    type = forms.ChoiceField(label=_("Type"), choices=lambda: choices(vocabulary.CLAIM_TYPES), required=False)
    scopes = {"text": "public", "gloss_en": "public", "resolution_criteria": "internal", "note": "internal"}

    class Meta:
        model = Statement
        fields = ("text", "type", "gloss_en", "about_date", "due", "resolve_by", "resolution_criteria", "note")
        field_classes = {"about_date": PartDateField}
        labels = {
            "gloss_en": _("English gloss"), "about_date": _("About the time"), "due": _("Due"), "note": _("Note"),
            "resolve_by": _("Can be checked on"), "resolution_criteria": _("What will decide it"),
        }  # fmt: skip
        widgets = {
            "gloss_en": forms.Textarea(attrs={"rows": 2}), "note": forms.Textarea(attrs={"rows": 3}),
            "resolution_criteria": forms.Textarea(attrs={"rows": 2}), "due": forms.DateInput(attrs={"type": "date"}),
            "resolve_by": forms.DateInput(attrs={"type": "date"}),
        }  # fmt: skip

    def __init__(self, data: Any = None, *, instance: Statement) -> None:
        super().__init__(data, instance=instance)
        self.initial["stands_alone"] = instance.wording == "stands_alone"
        for name, field in self.fields.items():
            field.required = name == "text"
        if instance.kind == "proposal":
            for name in ("type", "resolve_by", "resolution_criteria"):
                del self.fields[name]
        self.travel()

    def values(self) -> dict[str, Any]:
        """What this person changed, for services.statements.update."""
        found = self.mine()
        if "stands_alone" in found:
            found["wording"] = "stands_alone" if found.pop("stands_alone") else "as_quoted"
        return found


class ProposalForm(Meeting, forms.Form):
    """Who proposes what to whom, by which means (research/domain.md 2.5). Names are separated by semicolons."""

    mechanism = forms.ChoiceField(label=_("Mechanism"), choices=lambda: choices(vocabulary.MECHANISMS), required=False)
    instrument = forms.ChoiceField(
        label=_("Instrument"), choices=lambda: choices(vocabulary.INSTRUMENTS), required=False
    )
    bindingness = forms.ChoiceField(
        label=_("Bindingness"), choices=lambda: choices(vocabulary.BINDINGNESS), required=False
    )
    specificity = forms.TypedChoiceField(
        label=_("Specificity"), coerce=int, empty_value=None, required=False,
        choices=lambda: choices(vocabulary.SPECIFICITY),
    )  # fmt: skip
    target = forms.CharField(label=_("Target"), required=False)
    deadline = PartDateField(label=_("Deadline"), required=False)
    scopes = {"target": "internal"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in vocabulary.PROPOSAL_ROLES.choices:
            self.fields[code] = forms.CharField(
                label=_(label), required=False, help_text=_("Several: separate them with ;")
            )
        self.travel()

    def values(self) -> dict[str, Any]:
        """What this person changed, but for the names."""
        return {name: value for name, value in self.mine().items() if name not in vocabulary.PROPOSAL_ROLES}

    def names(self) -> dict[str, list[str]]:
        """The names of each role whose names this person changed."""
        mine = self.mine()
        return {role: _names(mine[role]) for role in vocabulary.PROPOSAL_ROLES.codes if role in mine}


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.replace("；", ";").split(";") if name.strip()]


def proposal_form(statement: Statement, data: Any = None) -> ProposalForm:
    """The anatomy of this proposal, filled in."""
    initial: dict[str, Any] = {
        name: getattr(statement, name)
        for name in ("mechanism", "instrument", "bindingness", "specificity", "target", "deadline")
    }
    for role in vocabulary.PROPOSAL_ROLES.codes:
        initial[role] = "; ".join(
            row.agent.name for row in statement.agent_rows.filter(role=role).select_related("agent")
        )
    return ProposalForm(data, initial=initial)


class SourceChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class EvidenceForm(forms.Form):
    """Evidence from a source that is here, or from a new one named by title and address."""

    source = SourceChoice(
        label=_("Source"), queryset=Source.objects.none(), required=False, empty_label=_("a new one:")
    )
    title = forms.CharField(label=_("Title of the new source"), max_length=500, required=False)
    url = forms.URLField(label=_("Its address"), required=False, assume_scheme="https")
    type = forms.ChoiceField(label=_("Its type"), choices=lambda: choices(vocabulary.SOURCE_TYPES), required=False)
    text = forms.CharField(
        label=_("What it says, pasted"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept as a snapshot, so that the quotation can be proved later."),
    )  # fmt: skip
    stance = forms.ChoiceField(
        label=_("Stance"),
        choices=lambda: choices(vocabulary.EVIDENCE_STANCES)[1:],
        widget=forms.RadioSelect,
        initial="supports",
    )
    quote = forms.CharField(label=_("Quotation"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    locator = forms.CharField(
        label=_("Where in it"), required=False, max_length=200, help_text=_("Page, paragraph, table")
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    scopes = {"text": "internal", "quote": "public", "note": "internal"}

    def __init__(self, *args: Any, corpus: Corpus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = Source.objects.filter(corpus=corpus, removed_at=None).order_by("title")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("source") and not data.get("title"):
            self.add_error("title", _("Choose a source, or give the new one a title."))
        return data


class MilestoneForm(forms.Form):
    status = forms.ChoiceField(label=_("Progress"), choices=lambda: choices(vocabulary.PROGRESS)[2:])
    date = PartDateField(label=_("Date"))
    source = SourceChoice(label=_("Source"), queryset=Source.objects.none(), required=False)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    scopes = {"note": "internal"}

    def __init__(self, *args: Any, corpus: Corpus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = Source.objects.filter(corpus=corpus, removed_at=None).order_by("title")  # type: ignore[attr-defined]


class CheckForm(Meeting, forms.Form):
    """The verdict with its reasons. Lists are typed a line each."""

    verdict = forms.ChoiceField(label=_("Verdict"), choices=lambda: choices(vocabulary.VERDICTS), required=False)
    as_of_date = forms.CharField(
        label=_("As of"), max_length=10, required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    justification = forms.CharField(
        label=pgettext_lazy("of a verdict", "Why"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    flags = forms.MultipleChoiceField(
        label=_("Flags"),
        choices=lambda: choices(vocabulary.FLAGS)[1:],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    limitations = forms.CharField(
        label=pgettext_lazy("of a verdict", "Limits"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    sole_source_reason = forms.CharField(
        label=_("Why one source is enough"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    claimant_contacted = forms.ChoiceField(
        label=_("Claimant contacted"), choices=lambda: choices(vocabulary.CONTACTED), required=False
    )
    search_log = forms.CharField(
        label=_("Search log"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A search a line: date | where | terms | outcome"),
    )  # fmt: skip
    scopes = {
        "justification": "public", "limitations": "public", "sole_source_reason": "internal", "search_log": "internal",
    }  # fmt: skip
    draft = True

    def __init__(self, data: Any, *, check: Verification) -> None:
        initial = {name: getattr(check, name) for name in self.base_fields if name != "search_log"}
        log = [
            " | ".join(str(entry.get(k, "")) for k in ("date", "where", "terms", "outcome"))
            for entry in check.search_log
        ]
        super().__init__(data, initial={**initial, "search_log": "\n".join(log)})
        self.travel()

    def clean_search_log(self) -> list[dict[str, str]]:
        found = []
        for line in self.cleaned_data["search_log"].splitlines():
            parts = [part.strip() for part in line.split("|")]
            if any(parts):
                found.append(dict(zip(("date", "where", "terms", "outcome"), [*parts, "", "", ""], strict=False)))
        return found

    def values(self) -> dict[str, Any]:
        """What this person changed, for services.verifications.save."""
        return self.mine()


class BlindForm(forms.Form):
    """A reviewer's own verdict."""

    verdict = forms.ChoiceField(
        label=_("Your verdict"), choices=lambda: choices(vocabulary.VERDICTS)[1:], widget=forms.RadioSelect
    )
    why = forms.CharField(label=_("Why, in a line"), required=False, max_length=500)
    scopes = {"why": "internal"}
