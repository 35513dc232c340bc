"""All settings. What may differ between installations comes from the environment (.env.example lists it) through
aigov/env.py.

Reasons that a line cannot show stand in docs/decisions/ and beside the line.
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from aigov import env

os.umask(0o077)  # whatever this process writes is its owner's alone

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.private_folder(Path(env.text("AIGOV_DATA", str(BASE_DIR / "var"))).resolve())

DEBUG = env.flag("AIGOV_DEBUG")
HTTPS = env.flag("AIGOV_HTTPS")
BASE_URL = env.url("AIGOV_BASE_URL", "http://127.0.0.1:8000", ("http", "https")).rstrip("/")
PROXIES = env.number("AIGOV_PROXIES", 0, 0, 5)  # trusted reverse proxies in front of us
ALLOWED_HOSTS = env.words("AIGOV_ALLOWED_HOSTS", f"localhost 127.0.0.1 [::1] {env.host(BASE_URL)}")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if HTTPS else []

SECRET_KEY = env.secret_key(DATA_DIR)
SECRET_KEY_FALLBACKS = env.words("AIGOV_SECRET_KEY_FALLBACKS")

AIGOV_LIMITS = env.numbers("AIGOV_LIMIT_")  # name -> number, over the defaults of annotations/rules/limits.py
AIGOV_OPEN_SIGNUP = env.flag("AIGOV_OPEN_SIGNUP")
AIGOV_SUGGEST = env.flag("AIGOV_SUGGEST", default=True)
# A language model that may be asked for suggestions where an admin of a corpus agrees: an OpenAI-compatible service.
AIGOV_MODEL_URL = env.url("AIGOV_MODEL_URL", "", ("http", "https")).rstrip("/")
AIGOV_MODEL_NAME = env.text("AIGOV_MODEL_NAME")
AIGOV_MODEL_KEY = env.text("AIGOV_MODEL_KEY")
# A folder with model.onnx and tokenizer.json: suggestions compare by meaning, too (annotations/services/embedding.py).
AIGOV_EMBEDDING = Path(folder).resolve() if (folder := env.text("AIGOV_EMBEDDING")) else None
AIGOV_FETCH = env.flag("AIGOV_FETCH", default=True)

# --- apps and middleware ---
INSTALLED_APPS = [
    "annotations",  # first: its templates replace those of the apps below
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "aigov.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "aigov.trouble.BusyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "aigov.accounts.StaffMfaMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "aigov.urls"
WSGI_APPLICATION = "aigov.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "aigov" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "annotations.views.context.page",
            ]
        },
    }
]

# --- database: SQLite by our own backend, or PostgreSQL ---
DATABASE_URL = env.url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}", ("sqlite", "postgres", "postgresql"))
STATEMENT_SECONDS = env.number("AIGOV_STATEMENT_SECONDS", 15, 0, 3600)  # PostgreSQL: 0 is no limit, for commands


def database() -> dict[str, Any]:
    """The one database, with the options that its promises rest on."""
    found: dict[str, Any] = dict(dj_database_url.parse(DATABASE_URL))
    if found["ENGINE"] == "django.db.backends.sqlite3":
        # Kept by each long-lived thread: opening costs a page read and a PRAGMA each time.
        return found | {
            "ENGINE": "aigov.sqlite",
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": str(DATA_DIR / "test.sqlite3")},
        }
    if found["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL names neither SQLite nor PostgreSQL.")
    limits = {"statement_timeout": STATEMENT_SECONDS, "lock_timeout": 5, "idle_in_transaction_session_timeout": 30}
    options = {
        "options": " ".join(f"-c {name}={seconds}s" for name, seconds in limits.items()),
        "pool": {"min_size": 2, "max_size": env.number("AIGOV_DB_POOL", 10, 2, 100), "timeout": 5},
    }
    options |= found.get("OPTIONS", {})  # such as ?sslmode=require
    return found | {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- cache: rate limits and other counters; never whole pages ---
REDIS_URL = env.url("REDIS_URL", "", ("redis", "rediss"))
CACHES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entry"},
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
if REDIS_URL:
    CACHES["database"] = CACHES["default"]
    CACHES["default"] = {"BACKEND": "aigov.cache.SteadyRedisCache", "LOCATION": REDIS_URL}

# --- jobs: kept in the database, run by a thread of the web process (annotations/management/commands/start.py) ---
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# --- people ---
AUTH_USER_MODEL = "annotations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["aigov.hashers.Argon2Hasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "aigov.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts come by invitation
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# key: the name that was typed, together with the address it was typed at
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "30/15m/ip,5/15m/key"}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
MFA_ADAPTER = "aigov.accounts.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "aigov"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # passkeys on http://localhost

# --- cookies and transport ---
SESSION_SAVE_EVERY_REQUEST = False  # a GET writes nothing
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if HTTPS:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- sizes (the request body as a whole: aigov/bodies.py) ---
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_MEMORY_SIZE = AIGOV_LIMITS.get("body_bytes", 16 * 2**20)  # files of a form are counted apart
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700

# --- languages and time ---
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文"), ("zh-hant", "繁體中文")]
LOCALE_PATHS = [BASE_DIR / "annotations" / "locale"]
USE_TZ = True
TIME_ZONE = env.text("AIGOV_TIME_ZONE", "UTC")  # what people see; rows hold UTC

# --- files ---
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "aigov.static.ManifestStorage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG

# --- mail: into a folder until a server is named ---
SMTP_URL = env.url("AIGOV_SMTP_URL", "", ("smtp", "smtps"))
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if SMTP_URL else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
if SMTP_URL:
    EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_SSL = env.mail_server(SMTP_URL)
    EMAIL_USE_TLS = not EMAIL_USE_SSL
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("AIGOV_MAIL_FROM", "aigov@localhost")

# --- API ---
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["aigov.rest.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "aigov.rest.Pages",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "aigov",
    "DESCRIPTION": "Annotate a corpus, verify its claims, track its proposals, export the result.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
}

# --- log: one JSON object a line on the standard error stream ---
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "aigov.logs.JsonLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["stderr"],
        "level": env.choice("AIGOV_LOG_LEVEL", "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR")),
    },
    "loggers": {"django": {"handlers": [], "propagate": True}, "django.server": {"handlers": [], "propagate": True}},
}
