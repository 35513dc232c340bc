"""Why a page was not fetched: a sentence for the person, whether trying again can help, and who said no."""

from __future__ import annotations

from annotations.rules.errors import Problem, noop


class FetchProblem(Problem):
    """`again`: another try may succeed. `blocked`: we refused to ask, because of where the address leads."""

    status = 422

    def __init__(
        self, code: str, template: str, /, *, again: bool = False, blocked: bool = False, http: int | None = None,
        **params: object,
    ) -> None:  # fmt: skip
        super().__init__(code, template, field=None, **params)
        self.again = again
        self.blocked = blocked
        self.http = http


def not_public(host: str) -> FetchProblem:
    return FetchProblem(
        "fetch_not_public",
        noop("“%(host)s” leads into a private network or to this computer. Only public addresses are captured."),
        blocked=True, host=host,
    )  # fmt: skip


def bad_address(template: str, **params: object) -> FetchProblem:
    return FetchProblem("fetch_address", template, again=False, blocked=True, http=None, **params)


def unknown_host(host: str) -> FetchProblem:
    return FetchProblem("fetch_unknown_host", noop("There is no site “%(host)s”."), again=True, host=host)


def no_connection(host: str) -> FetchProblem:
    return FetchProblem("fetch_no_connection", noop("“%(host)s” could not be reached."), again=True, host=host)


def no_trust(host: str) -> FetchProblem:
    return FetchProblem(
        "fetch_no_trust",
        noop("The certificate of “%(host)s” is not valid: nobody vouches that the answer comes from there."),
        host=host,
    )


def cut_short(host: str) -> FetchProblem:
    return FetchProblem(
        "fetch_cut_short", noop("“%(host)s” broke off before the page was complete."), again=True, host=host
    )


def too_slow(seconds: float) -> FetchProblem:
    return FetchProblem(
        "fetch_too_slow", noop("The page did not come within %(limit)s seconds."), again=True, limit=round(seconds)
    )


def too_large(megabytes: float) -> FetchProblem:
    return FetchProblem("fetch_too_large", noop("The page has more than %(limit)s MB."), limit=megabytes)


def bomb(ratio: int) -> FetchProblem:
    return FetchProblem(
        "fetch_bomb", noop("The page unpacks to more than %(limit)s times its size. It was not unpacked."), limit=ratio
    )


def too_many_redirects(limit: int) -> FetchProblem:
    return FetchProblem("fetch_redirects", noop("The address was redirected more than %(limit)s times."), limit=limit)


def redirect_loop(url: str) -> FetchProblem:
    return FetchProblem("fetch_loop", noop("The address redirects in a circle, back to %(url)s."), url=url)


def wrong_type(mime: str) -> FetchProblem:
    return FetchProblem(
        "fetch_type",
        noop("The address gives “%(mime)s”, from which no text can be read. Upload a file with the text instead."),
        mime=mime,
    )


def bad_packing(coding: str) -> FetchProblem:
    return FetchProblem(
        "fetch_packing", noop("The page came packed as “%(coding)s”, which was not asked for or is damaged."),
        again=True, coding=coding,
    )  # fmt: skip


STATUSES = {
    401: noop("The site asks for a password (401). Save the page yourself and upload it."),
    402: noop("The site asks for payment (402). Save the page yourself and upload it."),
    403: noop("The site does not let us read this page (403). Save the page yourself and upload it."),
    404: noop("The site has no such page (404)."),
    410: noop("The site has taken this page away (410)."),
    429: noop("The site asks not to be asked so often (429)."),
    451: noop("The site withholds this page for legal reasons (451)."),
}
TRY_AGAIN = frozenset({408, 425, 429})


def of_status(status: int) -> FetchProblem:
    """Why an answer with this status is not what the source says."""
    broken = status >= 500
    other = noop("The site has a fault of its own (%(status)s).") if broken else noop("The site answered %(status)s.")
    template = STATUSES.get(status, other)
    return FetchProblem("fetch_status", template, again=broken or status in TRY_AGAIN, http=status, status=status)
