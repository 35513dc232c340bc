"""When two addresses of the web are the same for us."""

from __future__ import annotations

from url_normalize import url_normalize

TRACKING = ("utm_", "fbclid", "gclid", "spm", "from_source")


def url_key(url: str) -> str:
    """One key for spellings of the same address: scheme, case, default port, fragment, tracking parameters dropped."""
    if not url:
        return ""
    found = url_normalize(url, filter_params=False) or url
    found = found.split("#", 1)[0].removeprefix("https://").removeprefix("http://").removeprefix("www.")
    path, _, query = found.partition("?")
    kept = [part for part in query.split("&") if part and not part.lower().startswith(TRACKING)]
    return path.rstrip("/") + ("?" + "&".join(sorted(kept)) if kept else "")
