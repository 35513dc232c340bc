"""What a helper process does first. Importable before Django is set up, because a spawned process starts with it."""

import signal

import django

from aigov import garbage


def begin() -> None:
    """Leave Ctrl-C to the parent, which ends in order and ends its helpers; then set Django up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    django.setup()
    garbage.settle()
