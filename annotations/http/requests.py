"""What a request asks: JSON body, query, Idempotency-Key, If-Match; each refused in words when it is wrong."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any

import orjson
from django.http import HttpRequest

from annotations.http import fields
from annotations.rules.errors import Invalid, NeedsMatch, Stale, noop

DEEPEST = 32
PAGING = frozenset({"page", "page_size"})


def json_body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of the body, {} for an empty one; Invalid when it is not one or nested too deeply."""
    if not request.body:
        return {}
    try:
        found = orjson.loads(request.body)
    except orjson.JSONDecodeError as error:
        raise Invalid("not_json", noop("The body is not JSON: %(reason)s."), reason=str(error)) from None
    if not isinstance(found, dict):
        raise Invalid("not_an_object", noop("The body must be a JSON object."))
    if too_deep(found, DEEPEST):
        raise Invalid("too_deep", noop("The body is nested more than %(limit)s deep."), limit=DEEPEST)
    return found


def too_deep(value: object, left: int) -> bool:
    """Whether lists and objects stand inside each other more than `left` times."""
    if not isinstance(value, (dict, list)):
        return False
    inside = value.values() if isinstance(value, dict) else value
    return left == 0 or any(too_deep(item, left - 1) for item in inside if isinstance(item, (dict, list)))


def body_of(request: HttpRequest, table: fields.Body) -> dict[str, Any]:
    """The values of the JSON body as its table of fields reads them."""
    return fields.read(json_body(request), table)


def bearer_of(request: HttpRequest) -> str:
    """The secret of a bearer token, "" for a request without one."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def key_of(request: HttpRequest) -> str:
    """The Idempotency-Key; Invalid when it holds what no client makes on purpose."""
    key = request.headers.get("Idempotency-Key", "")
    if key and not (key.isascii() and key.isprintable()):
        raise Invalid("key_characters", noop("The Idempotency-Key must be plain ASCII."))
    return key


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


def check_query(request: HttpRequest, known: Iterable[str]) -> None:
    """Refuse names in the query that this list does not have: a misspelt filter must not silently show everything."""
    allowed = PAGING | set(known)
    for name in request.GET:
        if name not in allowed:
            raise Invalid("filter_unknown", noop("There is no filter “%(name)s”."), field=name, name=name)


def query_id(request: HttpRequest, name: str) -> int | None:
    """A whole number of the query, None when it is not there."""
    asked = request.GET.get(name, "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdecimal()) or len(asked) > 16:
        raise Invalid("not_a_number", noop("“%(name)s” must be a number."), field=name, name=name)
    return int(asked)


def query_text(request: HttpRequest, name: str, longest: int = 200) -> str:
    return fields.check_text(request.GET.get(name, ""), name, longest).strip()


integer = fields.check_integer
text = fields.check_text


def integers(value: object, field: str) -> list[int]:
    """A list of ids."""
    found: list[int] = IDS.read(value, field)
    return found


IDS = fields.ids()


def objects(value: object, field: str) -> list[dict[str, Any]]:
    """A list of at most 100 objects."""
    if not isinstance(value, list) or len(value) > 100 or not all(isinstance(one, dict) for one in value):
        raise Invalid("not_objects", noop("“%(name)s” must be a list of objects."), field=field, name=field)
    return value
