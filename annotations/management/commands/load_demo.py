"""manage.py load_demo: the demo corpus, once; prints the logins of its people."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from annotations.services import demo
from annotations.services.demo.people import read_logins


class Command(BaseCommand):
    help = "Load the demo corpus when it is not there, and print its logins."

    def handle(self, *args: Any, **options: Any) -> None:
        corpus, made = demo.load()
        self.stdout.write(f"Demo corpus “{corpus.name}”: {settings.BASE_URL}{corpus.get_absolute_url()}")
        logins = made or read_logins()
        if not logins:
            self.stdout.write(
                "The demo logins are in var/demo-logins.txt no more; set a password with manage.py changepassword."
            )
            return
        width = max(len(login.username) for login in logins)
        self.stdout.write("Logins (kept in var/demo-logins.txt):")
        for login in logins:
            self.stdout.write(f"  {login.username:<{width}}  {login.password}  ({login.role})")
