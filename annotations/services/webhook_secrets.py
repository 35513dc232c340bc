"""Secrets of webhooks: made, kept encrypted, and the signature of a message as Standard Webhooks (v1) wants it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from aigov.sealing import InvalidToken, box
from annotations.models import Webhook
from annotations.rules.errors import Refused, noop

PREFIX, PURPOSE = "whsec_", "webhook"


def new_secret() -> str:
    """24 random bytes in the form of Standard Webhooks."""
    return PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()


def seal(secret: str) -> str:
    """The secret as the database keeps it."""
    return box(PURPOSE).encrypt(secret.encode()).decode()


def opened(row: Webhook) -> str:
    """The secret, for signing. Refused when the secret key under which it was kept is gone."""
    try:
        return box(PURPOSE).decrypt(row.secret.encode()).decode()
    except InvalidToken:
        lost = noop("The secret of this webhook cannot be read any more. Make a new one.")
        raise Refused("webhook_secret_lost", lost) from None


def sign(secret: str, uid: str, stamp: int, body: str) -> str:
    """The signature of one message: HMAC-SHA256 over "id.timestamp.body", in base64 behind its version."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    made = hmac.new(key, f"{uid}.{stamp}.{body}".encode(), hashlib.sha256).digest()
    return f"v1,{base64.b64encode(made).decode()}"
