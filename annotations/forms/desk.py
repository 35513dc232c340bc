"""Input shapes of single acts on a statement: whose it is, its wording in the triage deck, what is said about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.forms.base import choices
from annotations.forms.meeting import Meeting
from annotations.models import Member, Statement
from annotations.rules import vocabulary


class GiveForm(Meeting, forms.Form):
    """Whose the statement is. A script may say `me`."""

    assignee = forms.ChoiceField(label=_("Owner"), required=False)

    def __init__(self, data: Any = None, *, statement: Statement, me: Member) -> None:
        if data is not None and data.get("assignee") == "me":
            data = data.copy()
            data["assignee"] = str(me.pk)
        super().__init__(data, initial={"assignee": str(statement.assignee_id or "")})
        people = Member.objects.filter(corpus_id=statement.corpus_id, active=True, user__isnull=False).order_by("name")
        named = {str(one.pk): one.name for one in people}
        if statement.assignee is not None:
            named.setdefault(str(statement.assignee_id), statement.assignee.name)  # gone, and it is theirs still
        self.fields["assignee"].choices = [("", "—"), *named.items()]  # type: ignore[attr-defined]
        self.travel()


#: A box that is not ticked and a choice of nothing are known by the field beside them.
SENT_WITH = {"stands_alone": "text", "specificity": "mechanism"}


class WordingForm(Meeting, forms.Form):
    """What the triage deck shows of a statement to be put right before a decision."""

    text = forms.CharField(label=_("Wording"), required=False, widget=forms.Textarea)
    stands_alone = forms.BooleanField(label=_("It can be understood on its own"), required=False)
    type = forms.ChoiceField(label=_("Type"), choices=lambda: choices(vocabulary.CLAIM_TYPES), required=False)
    mechanism = forms.ChoiceField(label=_("Mechanism"), choices=lambda: choices(vocabulary.MECHANISMS), required=False)
    specificity = forms.TypedChoiceField(
        label=_("Specificity"), coerce=int, empty_value=None, required=False,
        choices=lambda: choices(vocabulary.SPECIFICITY),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, statement: Statement) -> None:
        initial = {name: getattr(statement, name) for name in ("text", "type", "mechanism", "specificity")}
        super().__init__(data, initial={**initial, "stands_alone": statement.wording == "stands_alone"})
        for name in ("mechanism", "specificity") if statement.kind == "claim" else ("type",):
            del self.fields[name]
        if data is not None:  # what is not sent at all is left as it is
            for name in [name for name in self.fields if SENT_WITH.get(name, name) not in data]:
                del self.fields[name]
        self.travel()

    def values(self) -> dict[str, Any]:
        """What this person changed, for services.statements.update."""
        found = self.mine()
        if "stands_alone" in found:
            found["wording"] = "stands_alone" if found.pop("stands_alone") else "as_quoted"
        elif "text" in found:
            found["wording"] = "stands_alone" if self.cleaned_data["stands_alone"] else "as_quoted"
        return found


class CommentForm(Meeting, forms.Form):
    """One's own words, to be changed."""

    body = forms.CharField(label=_("Comment"), required=False, strip=False, widget=forms.Textarea)

    def __init__(self, data: Any = None, *, body: str) -> None:
        super().__init__(data, initial={"body": body})
        self.travel()
