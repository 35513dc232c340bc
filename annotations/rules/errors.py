"""Every error of the domain: a code, an English sentence with parameters, an HTTP status. Doors translate it."""

from __future__ import annotations

from collections.abc import Callable, Mapping


def noop(text: str) -> str:
    """Mark a msgid for xgettext (keyword `noop`) and give it back unchanged; the doors translate."""
    return text


class Msgid(str):
    """A parameter that is itself a msgid, such as the label of a role: `render` translates it before filling it in."""

    __slots__ = ()


#: Between the items of a tuple parameter; a msgid, because Chinese lists use another mark.
LIST_SEPARATOR = noop(", ")


def render(template: str, params: Mapping[str, object], translate: Callable[[str], str] = noop) -> str:
    """The sentence: the translated template filled with params; Msgid params are translated, tuples joined."""

    def word(value: object) -> object:
        if isinstance(value, Msgid):
            return translate(str(value))
        if isinstance(value, (tuple, list)):
            return translate(LIST_SEPARATOR).join(str(word(item)) for item in value)
        return value

    return translate(template) % {name: word(value) for name, value in params.items()}


class Problem(Exception):
    """A sentence a person can act on. `template` is a %-format msgid, so a literal per cent sign is written %%."""

    status = 400

    def __init__(self, code: str, template: str, /, *, field: str | None = None, **params: object) -> None:
        super().__init__(code, template)
        self.code = code
        self.template = template
        self.field = field
        self.params: dict[str, object] = params

    def __str__(self) -> str:
        return self.sentence()

    def sentence(self, translate: Callable[[str], str] = noop) -> str:
        """The sentence in the language of `translate` (a gettext function); English without one."""
        return render(self.template, self.params, translate)

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions cross from the sandbox process by pickle, whose default forgets keyword arguments.
        return _rebuild, (type(self), self.code, self.template, dict(self.__dict__))


def _rebuild(kind: type[Problem], code: str, template: str, state: dict[str, object]) -> Problem:
    problem = kind(code, template)
    problem.__dict__.update(state)
    return problem


class Invalid(Problem):
    """A value that cannot be right, whoever sends it."""


class Unreadable(Invalid):
    """An upload that no reader can read; the sentence names the file and the reason."""


class NotSignedIn(Problem):
    """Nobody is known behind the request."""

    status = 401

    def __init__(self, code: str = "not_signed_in", message: str = noop("Log in, or send a bearer token.")) -> None:
        super().__init__(code, message)


class Forbidden(Problem):
    """This member may not do it; the sentence names the role or the person who may."""

    status = 403


class Missing(Problem):
    """Not there, or not there for this person."""

    status = 404


class Refused(Problem):
    """A rule says no. `reasons` holds each missing thing as a sentence of its own ("Still needed")."""

    status = 409

    def __init__(
        self,
        code: str,
        template: str,
        /,
        *,
        reasons: tuple[Problem, ...] = (),
        field: str | None = None,
        **params: object,
    ) -> None:
        super().__init__(code, template, field=field, **params)
        self.reasons = reasons


class Stale(Problem):
    """Somebody else changed it since it was read (If-Match does not match)."""

    status = 412


class TooLarge(Problem):
    """More than a limit allows (rules/limits.py)."""

    status = 413


class Unprocessable(Problem):
    """Well formed, but it cannot be carried out as asked."""

    status = 422


class NeedsMatch(Problem):
    """A change without If-Match."""

    status = 428
