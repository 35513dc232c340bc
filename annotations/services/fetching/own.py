"""Asking the one service that the operator of this installation named, by POST and with JSON both ways.

Unlike the pages that members name, it may stand in our own network and on any port. Without https it must: neither a
text nor a key goes over the internet in the clear. Redirections are not followed, so nothing is sent anywhere else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from annotations.rules.errors import noop
from annotations.services import fetching
from annotations.services.fetching import problems
from annotations.services.fetching.addresses import is_public
from annotations.services.fetching.body import CODINGS
from annotations.services.fetching.problems import FetchProblem
from annotations.services.fetching.target import parse
from annotations.services.fetching.wire import Deadline, Guarded, exchange

ANY_PORT = range(1, 2**16)


def post(url: str, body: Mapping[str, object], *, key: str = "", seconds: float, limit: int) -> object:
    """The JSON that the service answers with: at most `limit` bytes within so many seconds. `key`: a bearer token.
    Raises FetchProblem, and nothing else."""
    target = parse(url, ANY_PORT)
    content = json.dumps(body, ensure_ascii=False).encode()
    sent = (
        ("Host", target.authority), ("User-Agent", "aigov"), ("Accept", "application/json"),
        ("Accept-Encoding", CODINGS), ("Content-Type", "application/json"), ("Content-Length", str(len(content))),
        ("Connection", "close"), *((("Authorization", f"Bearer {key}"),) if key else ()),
    )  # fmt: skip
    safe = target.scheme == "https"
    guard = Guarded(fetching.net, Deadline(seconds), lambda address: safe or not is_public(address))
    try:
        answer = exchange(target, sent, content, guard, limit, check_json)
    except FetchProblem as problem:
        raise in_the_clear(target.host) if problem.code == "fetch_not_public" else problem from None
    if not 200 <= answer.status < 300:
        raise of_status(target.host, answer.status)
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        raise no_json() from None


def check_json(header: str) -> None:
    """Refuse, before it is loaded, what is no JSON."""
    mime, _ = fetching.content_type(header)
    if mime != "application/json":
        raise no_json()


def of_status(host: str, status: int) -> FetchProblem:
    return FetchProblem(
        "fetch_status", noop("“%(host)s” answered with the status %(status)s."),
        again=status >= 500 or status in problems.TRY_AGAIN, http=status, host=host, status=status,
    )  # fmt: skip


def no_json() -> FetchProblem:
    return FetchProblem("fetch_no_json", noop("The service answered with something else than JSON."))


def in_the_clear(host: str) -> FetchProblem:
    return FetchProblem(
        "fetch_in_the_clear",
        noop("“%(host)s” is outside of our own network and would be asked without encryption. Use https://."),
        blocked=True, host=host,
    )  # fmt: skip
