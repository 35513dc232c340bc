"""Two people at one form: what its fields said when it was shown comes back with it, so that their edits meet field by
field instead of the later one wiping out the earlier. Where both changed the same, the choice comes back, too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from annotations.rules.errors import Stale

#: Before the name of a field: which side is to stand, "theirs", "mine" or "both"; without it, what the field says.
TAKE = "take-"


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that this person and somebody else both changed, in words; `both`: both texts together, "" where that
    makes no sense."""

    name: str
    label: str
    mine: str
    theirs: str
    both: str


class Meeting(forms.BaseForm):
    """A form that knows what was seen. Its `initial` is how things stand now; call `travel` once all fields are there.
    What comes without the seen values (a script, a test) counts as changed throughout."""

    cleaned_data: dict[str, Any]

    def travel(self) -> None:
        """Let what each field says now be sent back with the form; put in what was chosen of two versions."""
        for field in self.fields.values():
            field.show_hidden_initial = True
        if self.is_bound and any(name.startswith(TAKE) for name in self.data):
            self._choose()

    def touched(self) -> set[str]:
        """The fields that this person changed; those of others are left as they are."""
        return {name for name in self.fields if self._changed(name)}

    def mine(self) -> dict[str, Any]:
        """The cleaned values of those, text with the line ends that are stored."""
        touched = self.touched()
        return {name: lines(value) for name, value in self.cleaned_data.items() if name in touched}

    def clashes(self) -> list[Clash]:
        """What somebody else changed meanwhile, and this person, too, to something else."""
        return [self._clash(name) for name in self.fields if self._met(name)] if self.is_bound else []

    def check_alone(self, problem: Stale) -> None:
        """Raise `problem`, with the labels of the fields as its parameter `fields`, when there are clashes."""
        labels = tuple(clash.label for clash in self.clashes())
        if labels:
            problem.params["fields"] = labels
            raise problem

    def renew(self) -> None:
        """The person is being shown how it stands now: from here on that is what was seen, and what the fields say
        that this person left alone."""
        data, touched = self.data.copy(), self.touched()  # type: ignore[attr-defined]  # a QueryDict
        for name in self.fields:
            self._put(data, self.add_initial_prefix(name), name, self._now(name), always=True)
            if name not in touched:
                self._put(data, self.add_prefix(name), name, self._now(name))
            data.pop(f"{TAKE}{name}", None)
        self.data = data

    def offer(self, values: Mapping[str, Any]) -> None:
        """Let the fields say `values`, which are not stored yet: sent back, they count as this person's change."""
        data = QueryDict(mutable=True)
        for name in self.fields:
            self._put(data, self.add_initial_prefix(name), name, self._now(name), always=True)
            self._put(data, self.add_prefix(name), name, values.get(name, self._now(name)))
        self.data, self.is_bound = data, True

    def _put(self, data: QueryDict, key: str, name: str, value: Any, *, always: bool = False) -> None:
        """Write a value as a browser sends it: nothing for a box that is not ticked (but for what was seen)."""
        field = self.fields[name]
        found = field.prepare_value(value)
        data.pop(key, None)
        if isinstance(field, forms.BooleanField):
            if found or always:
                data[key] = str(bool(found))
        elif isinstance(field, forms.MultipleChoiceField):
            data.setlist(key, [str(one) for one in found or []])
        else:
            data[key] = _text(found)

    def _choose(self) -> None:
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        for name in self.fields:
            key, seen = self.add_prefix(name), self._seen(name)
            chosen = data.get(f"{TAKE}{name}")
            if chosen == "theirs" and seen is not None:
                self._put(data, key, name, self._python(name, seen))
            elif chosen == "both":
                data[key] = both(_text(seen), _text(self[name].data))
        self.data = data

    def _now(self, name: str) -> Any:
        return self.get_initial_for_field(self.fields[name], name)

    def _seen(self, name: str) -> Any:
        """What the field said when it was shown; None when that was not sent."""
        key = self.add_initial_prefix(name)
        if isinstance(self.fields[name], forms.MultipleChoiceField):
            sent = any(self.add_initial_prefix(one) in self.data for one in self.fields)  # an empty list sends nothing
            return self.data.getlist(key) if sent else None  # type: ignore[attr-defined]
        return self.data.get(key)

    def _python(self, name: str, value: Any) -> Any:
        return self.fields[name].to_python(lines(value))

    def _differ(self, name: str, one: Any, other: Any) -> bool:
        """Whether two values of a field are different ones, however they are written; what cannot be read differs."""
        try:
            return self.fields[name].has_changed(self._python(name, one), lines(other))
        except ValidationError:
            return True

    def _changed(self, name: str) -> bool:
        seen = self._seen(name)
        return seen is None or self._differ(name, seen, self[name].data)

    def _met(self, name: str) -> bool:
        seen, now = self._seen(name), self._now(name)
        if seen is None or not self._changed(name) or not self._differ(name, now, seen):
            return False
        return self._differ(name, now, self[name].data)

    def _clash(self, name: str) -> Clash:
        field = self.fields[name]
        mine, theirs = self[name].data, field.prepare_value(self._now(name))
        running = isinstance(field.widget, forms.Textarea) and mine and theirs
        together = both(_text(theirs), _text(lines(mine))) if running else ""
        return Clash(name, str(field.label), _word(field, mine), _word(field, theirs), together)


def both(theirs: str, mine: str) -> str:
    """Both texts, theirs first; nothing twice."""
    theirs, mine = lines(theirs), lines(mine)
    if mine in theirs:
        return theirs
    return mine if theirs in mine else f"{theirs}\n{mine}"


def lines(value: Any) -> Any:
    """Text with the line ends that are stored; a browser sends others."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _word(field: forms.Field, value: Any) -> str:
    """What a person reads: yes or no, the labels of choices, the text itself otherwise."""
    if isinstance(field, forms.BooleanField):
        return "✓" if field.to_python(value) else "✗"
    labels = {str(code): str(label) for code, label in getattr(field, "choices", ())}
    if isinstance(field, forms.MultipleChoiceField):
        return " · ".join(labels.get(str(one), str(one)) for one in value or [])
    return labels.get(_text(value), _text(value))
