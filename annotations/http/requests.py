"""What a request asks: JSON body, Idempotency-Key, If-Match, page; each refused in words when it is wrong."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import orjson
from django.http import HttpRequest

from annotations.rules.errors import Invalid, NeedsMatch, Stale, noop

DEEPEST = 32


def json_body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of the body; Invalid when it is not one."""
    if not request.body:
        return {}
    try:
        found = orjson.loads(request.body)
    except orjson.JSONDecodeError as error:
        raise Invalid("not_json", noop("The body is not JSON: %(reason)s."), reason=str(error)) from None
    if not isinstance(found, dict):
        raise Invalid("not_an_object", noop("The body must be a JSON object."))
    return found


def key_of(request: HttpRequest) -> str:
    return request.headers.get("Idempotency-Key", "")


def digest_of(request: HttpRequest) -> str:
    """What identifies the request under its key: method, path and body (of a form: its fields and files)."""
    digest = hashlib.sha256(f"{request.method} {request.path}\n".encode())
    if request.method != "POST" or request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.hexdigest()
    digest.update(orjson.dumps(sorted(request.POST.lists())))  # a form was read from the stream, its body is gone
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(orjson.dumps([name, file.name, file.size]))
            for chunk in file.chunks():
                digest.update(chunk)
    return digest.hexdigest()


def check_match(request: HttpRequest, etag: str) -> None:
    """Require If-Match with this strong ETag (a leading W/ is ignored): 428 without, 412 when stale."""
    sent = request.headers.get("If-Match")
    if not sent:
        raise NeedsMatch(
            "if_match_needed", noop("Send If-Match with the ETag you read, so that no one's change is lost.")
        )
    given = [re.sub(r"^W/", "", part.strip()) for part in sent.split(",")]
    if etag not in given and "*" not in given:
        raise Stale("changed_meanwhile", noop("Somebody changed this after you loaded it."))


def integer(value: object, field: str, low: int = 0, high: int = 2**53) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Invalid(
            "not_a_number",
            noop("“%(name)s” must be a whole number from %(low)s to %(high)s."),
            field=field,
            name=field,
            low=low,
            high=high,
        )
    return value


def text(value: object, field: str, longest: int = 20_000) -> str:
    if not isinstance(value, str):
        raise Invalid("not_text", noop("“%(name)s” must be text."), field=field, name=field)
    if len(value) > longest:
        raise Invalid(
            "too_long", noop("“%(name)s” is longer than %(limit)s characters."), field=field, name=field, limit=longest
        )
    if "\x00" in value or any("\ud800" <= c <= "\udfff" for c in value):
        raise Invalid(
            "bad_characters", noop("“%(name)s” holds characters that cannot be stored."), field=field, name=field
        )
    return value


def integers(value: object, field: str) -> list[int]:
    if not isinstance(value, list) or len(value) > 1000:
        raise Invalid("not_a_list", noop("“%(name)s” must be a list of numbers."), field=field, name=field)
    return [integer(one, field) for one in value]


def objects(value: object, field: str) -> list[dict[str, Any]]:
    if not isinstance(value, list) or len(value) > 100 or not all(isinstance(one, dict) for one in value):
        raise Invalid("not_objects", noop("“%(name)s” must be a list of objects."), field=field, name=field)
    return value
