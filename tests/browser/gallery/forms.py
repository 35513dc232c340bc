"""A form with one field of each kind."""

from __future__ import annotations

from django import forms


class SampleForm(forms.Form):
    """Never saved; only shown."""

    title = forms.CharField(label="Title", help_text="As the document gives it; empty takes the first words.")
    kind = forms.ChoiceField(label="Type", choices=[("a", "Quantity"), ("b", "Property"), ("c", "Causal")])
    speaker = forms.ChoiceField(
        label="Speaker", choices=[("", ""), ("1", "斯坦福大学人工智能研究所"), ("2", "中国政府")], required=False
    )
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    when = forms.DateField(label="As of")
    voices = forms.MultipleChoiceField(
        label="Flags",
        choices=[("x", "Wrong number"), ("y", "Missing context")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    urgent = forms.BooleanField(label="Urgent", required=False, help_text="Goes to the head of the queue.")
