"""Addresses of watches and webhooks."""

from __future__ import annotations

from annotations.api import bodies_watches as bodies
from annotations.api.schema.endpoint import Endpoint

TABLE = (
    Endpoint("GET", "api_watches", "One's own watches", "Watch", many=True),
    Endpoint("POST", "api_watches", "Watch a search or a statement", "Watch", 201, bodies.WATCH_NEW,
             example={"query": "incidents"}),
    Endpoint("GET", "api_watch", "One of one's own watches", "Watch"),
    Endpoint("PATCH", "api_watch", "Rename a watch, or tell webhooks of it", "Watch", body=bodies.WATCH, match=True),
    Endpoint("DELETE", "api_watch", "Watch it no longer", match=True),
    Endpoint("GET", "api_watch_hits", "Where a watch found something, newest first", "WatchHit", many=True),
    Endpoint("GET", "api_webhooks", "Addresses that are told what watches find (editor)", "Webhook", many=True),
    Endpoint("POST", "api_webhooks", "Tell another address (admin); the answer holds its secret, once", "Webhook", 201,
             bodies.WEBHOOK_NEW),
    Endpoint("GET", "api_webhook", "A webhook (editor)", "Webhook"),
    Endpoint("PATCH", "api_webhook", "Switch a webhook on or off, or note on it (admin)", "Webhook",
             body=bodies.WEBHOOK, match=True),
    Endpoint("DELETE", "api_webhook", "Tell it nothing more (admin)", match=True),
    Endpoint("POST", "api_webhook_secret", "A new secret for a webhook (admin); the answer holds it, once", "Webhook",
             201),
    Endpoint("GET", "api_deliveries", "What was sent to a webhook, newest first (editor)", "Delivery", many=True),
    Endpoint("POST", "api_deliveries", "Send a test, or a message again (editor)", "Delivery", 201,
             bodies.DELIVERY_NEW),
)  # fmt: skip
