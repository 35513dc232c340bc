"""The app's entry in Django."""

from django.apps import AppConfig


class AnnotationsConfig(AppConfig):
    """Also hangs the project's own system checks in."""

    name = "annotations"

    def ready(self) -> None:
        """Runs once all models stand."""
        from aigov import checks

        checks.register_all()
