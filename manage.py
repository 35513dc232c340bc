#!/usr/bin/env python3
"""Every command of the project: `python manage.py help` lists them."""

import os
import sys

SERVERS = {"start", "runserver"}


def main() -> None:
    """Run the command named on the command line; a missing environment gets the remedy, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aigov.settings")
    if len(sys.argv) > 1 and sys.argv[1] not in SERVERS:
        os.environ.setdefault("AIGOV_STATEMENT_SECONDS", "0")  # imports and migrations may take long, requests may not
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed in this Python. Run `make install`, then `.venv/bin/python manage.py ...`.")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
