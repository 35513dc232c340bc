"""The project's settings in a data folder of their own, with cheap password hashes, jobs run at once and files
unhashed.

The database is SQLite in a file (threads need one that they can share), or what DATABASE_URL names. Test processes
that run side by side have a database, a number of the Redis and a channel each.
"""

import atexit
import os
import shutil
import tempfile
from urllib.parse import urlsplit

os.environ["AIGOV_DATA"] = tempfile.mkdtemp(prefix="aigov-tests-")
atexit.register(shutil.rmtree, os.environ["AIGOV_DATA"], ignore_errors=True)
REAL_EMBEDDING = os.environ.pop("AIGOV_EMBEDDING", "")  # tests of a real model are run where one is named
for name in (
    "AIGOV_HTTPS",
    "AIGOV_DEBUG",
    "AIGOV_SECRET_KEY",
    "AIGOV_ALLOWED_HOSTS",
    "AIGOV_PROXIES",
    "AIGOV_OPEN_SIGNUP",
    "AIGOV_FETCH",
    "AIGOV_SUGGEST",
):
    os.environ.pop(name, None)  # of the developer's own installation

if worker := os.environ.get("PYTEST_XDIST_WORKER"):  # several run side by side: each hears only its own wake-ups
    number = int(worker.removeprefix("gw"))
    if address := os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = address + ("&" if "?" in address else "?") + f"application_name={worker}"
    if address := os.environ.get("REDIS_URL"):
        parts = urlsplit(address)
        base = int(parts.path.strip("/") or 0)
        os.environ["REDIS_URL"] = parts._replace(path=f"/{base + number}").geturl()

from aigov.settings import *  # noqa: E402, F403

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", "aigov.hashers.Argon2Hasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
AIGOV_EMBEDDING = None
AIGOV_SUGGEST = False  # a test that looks for claims says so
