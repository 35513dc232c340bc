"""What the addresses of watches and webhooks take."""

from __future__ import annotations

from annotations.http.fields import Body, boolean, integer, needed, text

OUTSIDE = "the webhooks of the corpus are told, too; when it is not said: of statements yes, of searches no"
WATCH: Body = {"name": text(120), "outside": boolean("the webhooks of the corpus are told, too")}
WATCH_NEW: Body = {
    "query": text(200, "a search, as of the search page; or `statement`"), "statement": integer(about="its id"),
    "name": text(120), "outside": boolean(OUTSIDE),
}  # fmt: skip
WEBHOOK: Body = {"note": text(120), "active": boolean("false: it is told nothing for now")}
WEBHOOK_NEW: Body = {"url": needed(text(2000, "https")), "note": text(120)}
DELIVERY_NEW: Body = {"again": integer(about="id of a message that is sent once more; without it a test is sent")}
