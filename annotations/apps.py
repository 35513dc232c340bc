"""The app's entry in Django."""

from django.apps import AppConfig
from django.conf import settings
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AnnotationsConfig(AppConfig):
    """Also hangs the project's own system checks in, and tells the pure rooms which limits are in force."""

    name = "annotations"
    verbose_name = _("Accounts and corpora")

    def ready(self) -> None:
        """Runs once all models stand."""
        from aigov import checks, worker
        from annotations.rules import limits
        from annotations.services import queue

        checks.register_all()
        limits.follow(lambda: settings.AIGOV_LIMITS)
        queue.listen(worker.wake)
        post_migrate.connect(make_cache_table, sender=self)


def make_cache_table(using: str, **kwargs: object) -> None:
    """The table of the database cache has no migration of its own; rate limits need it from the first sign-in on."""
    call_command("createcachetable", database=using, verbosity=0)
