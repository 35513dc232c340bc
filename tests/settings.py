"""The project's settings in a data folder of their own, with cheap password hashes, jobs run at once and files
unhashed.

The database is SQLite in a file (threads need one that they can share), or what DATABASE_URL names.
"""

import atexit
import os
import shutil
import tempfile

os.environ["AIGOV_DATA"] = tempfile.mkdtemp(prefix="aigov-tests-")
atexit.register(shutil.rmtree, os.environ["AIGOV_DATA"], ignore_errors=True)
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

from aigov.settings import *  # noqa: E402, F403

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", "aigov.hashers.Argon2Hasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
AIGOV_SUGGEST = False  # a test that looks for claims says so
