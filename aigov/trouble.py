"""When the database cannot take a write just now: 503 with Retry-After and a sentence, never a traceback, never a
silent retry; what was wrong goes into the log, never onto the page."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

RETRY_AFTER_SECONDS = "2"
log = logging.getLogger(__name__)


class BusyMiddleware:
    """Answers for a database that is locked, full, restarting or gone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError) as error:  # by a middleware below, e.g. while the session is saved
            return busy(request, error)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A view's exception; None leaves all others to Django."""
        return busy(request, exception) if isinstance(exception, OperationalError | InterfaceError) else None


def busy(request: HttpRequest, error: Exception) -> HttpResponse:
    """503 in the form that the path promises: problem+json under /api/, a plain sentence elsewhere."""
    log.error("The database refused %s %s", request.method, request.path, exc_info=error)
    title = _("The database is busy")
    detail = _("Your change was not saved. Nothing is lost on the page: wait a few seconds and try again.")
    if request.path.startswith("/api/"):
        response: HttpResponse = problem(503, "busy", title, detail)
    else:
        response = HttpResponse(f"{title}. {detail}", status=503, content_type="text/plain; charset=utf-8")
    response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def problem(status: int, code: str, title: str, detail: str) -> JsonResponse:
    """RFC 9457 from a place below the app, which has its own (annotations/http)."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "code": code}
    return JsonResponse(body, status=status, content_type="application/problem+json")
