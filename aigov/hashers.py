"""Argon2 with memory bounded: Django's default takes 100 MiB a hash, so eight sign-ins at once would take 800."""

import threading

from django.contrib.auth.hashers import Argon2PasswordHasher

AT_ONCE = threading.BoundedSemaphore(2)


class Argon2Hasher(Argon2PasswordHasher):
    """19 MiB, two passes, one lane (OWASP's first choice for Argon2id), at most two hashes at a time."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """The stored form of a new password."""
        with AT_ONCE:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Whether the password is the one stored."""
        with AT_ONCE:
            return super().verify(password, encoded)
