"""Two people at one form: what its fields said when it was shown comes back with it, so that their edits meet field by
field instead of the later one wiping out the earlier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that this person and somebody else both changed: in words, and as the field would hold theirs."""

    name: str
    label: str
    mine: str
    theirs: str
    value: str
    text: bool


class Meeting(forms.BaseForm):
    """A form that knows what was seen. Its `initial` is how things stand now; call `travel` once all fields are there.
    What comes without the seen values (a script, a test) counts as changed throughout."""

    cleaned_data: dict[str, Any]

    def travel(self) -> None:
        """Let what each field says now be sent back with the form."""
        for field in self.fields.values():
            field.show_hidden_initial = True

    def touched(self) -> set[str]:
        """The fields that this person changed; those of others are left as they are."""
        return {name for name in self.fields if self._changed(name)}

    def mine(self) -> dict[str, Any]:
        """The cleaned values of those, text with the line ends that are stored."""
        touched = self.touched()
        return {name: _lines(value) for name, value in self.cleaned_data.items() if name in touched}

    def clashes(self) -> list[Clash]:
        """What somebody else changed meanwhile, and this person, too, to something else."""
        return [self._clash(name) for name in self.fields if self._met(name)]

    def renew(self) -> None:
        """The person is being shown how it stands now: from here on that is what was seen, and what the fields say
        that this person left alone."""
        data: dict[str, Any] = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        touched = self.touched()
        for name, field in self.fields.items():
            now = field.prepare_value(self._now(name))
            data[self.add_initial_prefix(name)] = _text(now)
            if name not in touched:
                data[self.add_prefix(name)] = now if isinstance(field, forms.BooleanField) else _text(now)
        self.data = data

    def _now(self, name: str) -> Any:
        return self.get_initial_for_field(self.fields[name], name)

    def _seen(self, name: str) -> Any:
        """What the field said when it was shown; None when that was not sent."""
        return self.data.get(self.add_initial_prefix(name))

    def _changed(self, name: str) -> bool:
        field, seen = self.fields[name], self._seen(name)
        if seen is None:
            return True
        try:
            return field.has_changed(field.to_python(_lines(seen)), _lines(self[name].data))
        except ValidationError:
            return True

    def _met(self, name: str) -> bool:
        field, seen, now = self.fields[name], self._seen(name), self._now(name)
        if seen is None or not self._changed(name) or not field.has_changed(_lines(now), _lines(seen)):
            return False
        return field.has_changed(_lines(now), _lines(self[name].data))

    def _clash(self, name: str) -> Clash:
        field, now = self.fields[name], self._now(name)
        running = isinstance(field.widget, forms.Textarea)
        theirs = _text(field.prepare_value(now))
        return Clash(name, str(field.label), _word(field, self[name].data), _word(field, theirs), theirs, running)


def _lines(value: Any) -> Any:
    """Text with the line ends that are stored; a browser sends others."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _word(field: forms.Field, value: Any) -> str:
    """What a person reads: the label of a choice, the text itself otherwise."""
    labels = {str(code): str(label) for code, label in getattr(field, "choices", ())}
    return labels.get(_text(value), _text(value))
