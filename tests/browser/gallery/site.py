"""Serves the gallery on 127.0.0.1 with the policy of the real site; run as a module it takes pictures into a folder."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

HERE = Path(__file__).resolve().parent
SIZES = (390, 1280, 1920)
PAGES = ("components", "reader", "tracker", "entrance", "empty")


class Quiet(WSGIRequestHandler):
    """Requests are not logged."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


class Server(ThreadingMixIn, WSGIServer):
    """Several requests at once, as a browser asks."""

    daemon_threads = True


def overrides() -> dict[str, object]:
    """Settings of the gallery: its addresses, its templates beside the app's, no database."""
    from django.conf import settings

    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [HERE / "templates"]
    processors = templates[0]["OPTIONS"]["context_processors"]
    processors += [name for name in ["annotations.views.context.page"] if name not in processors]
    kept = ("headers", "locale", "common", "csrf", "messages", "htmx")
    middleware = [name for name in settings.MIDDLEWARE if any(word in name for word in kept)]
    return {
        "ROOT_URLCONF": "tests.browser.gallery.pages",
        "TEMPLATES": templates,
        "MIDDLEWARE": middleware,
        "STATICFILES_DIRS": [HERE / "static"],
        "MESSAGE_STORAGE": "django.contrib.messages.storage.cookie.CookieStorage",
    }


@contextmanager
def serving() -> Iterator[str]:
    """The address of the running gallery."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import override_settings

    with override_settings(**overrides()):
        application = StaticFilesHandler(WSGIHandler())
        with make_server("127.0.0.1", 0, application, Server, Quiet) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            try:
                yield f"http://127.0.0.1:{server.server_port}"
            finally:
                server.shutdown()


def pictures(folder: Path, names: list[str]) -> None:
    """Every page in every size, light and dark."""
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    with serving() as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name in names or PAGES:
            for look in ("light", "dark"):
                for width in SIZES:
                    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=look)
                    page.on("console", lambda message: print(message.text) if message.type == "error" else None)
                    page.goto(f"{address}/{name}/")
                    page.screenshot(path=folder / f"{name}-{look}-{width}.png", full_page=True)
                    page.close()
        browser.close()


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    pictures(Path(sys.argv[1]), sys.argv[2:])
