"""Secrets that have to be read again are kept encrypted with the secret key: a copy of the database does not give them
away."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

__all__ = ["InvalidToken", "box"]


def box(purpose: str) -> MultiFernet:
    """Encrypts with the present secret key, decrypts with the former ones too; what is sealed for one purpose is not
    opened for another. Opening raises InvalidToken when the key is none of them."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"aigov {purpose}\0{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
