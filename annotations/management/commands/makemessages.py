"""Django's makemessages, which also finds what PURE code marks with noop() (annotations/rules/errors.py)."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Same options as Django's."""

    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=noop"]
