"""Typed readers of environment variables: each refuses nonsense with a sentence that names the variable and what it
may be."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES, NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """The value without surrounding space, or the default when unset or empty."""
    return os.environ.get(name, "").strip() or default


def words(name: str, default: str = "") -> list[str]:
    """The value split at commas and spaces."""
    return text(name, default).replace(",", " ").split()


def flag(name: str, default: bool = False) -> bool:
    """1/true/yes/on or 0/false/no/off; ImproperlyConfigured for anything else."""
    value = text(name, "1" if default else "0").lower()
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{name} is {value!r}; write 1 (yes) or 0 (no).")
    return value in YES


def number(name: str, default: int, low: int = 0, high: int = 2**53) -> int:
    """A whole number within [low, high]."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number from {low} to {high}.")
    return int(value)


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """One of the allowed words."""
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}; write one of: {', '.join(allowed)}.")
    return value


def url(name: str, default: str, schemes: tuple[str, ...]) -> str:
    """A URL with one of the schemes and, except for sqlite, a host. The value is never repeated: it may hold a
    password."""
    value = text(name, default)
    try:
        parts = urlsplit(value)
        good = not value or (parts.scheme in schemes and (parts.scheme == "sqlite" or bool(parts.hostname)))
    except ValueError:
        good = False
    if not good:
        raise ImproperlyConfigured(
            f"{name} is not a URL that begins with one of: {', '.join(s + '://' for s in schemes)}"
        )
    return value


def host(address: str) -> str:
    """The host of a URL as ALLOWED_HOSTS writes it."""
    name = urlsplit(address).hostname or ""
    return f"[{name}]" if ":" in name else name


def numbers(prefix: str) -> dict[str, int]:
    """Every variable that begins with the prefix, by the lower-case rest of its name."""
    names = sorted(name for name in os.environ if name.startswith(prefix) and len(name) > len(prefix))
    return {name[len(prefix) :].lower(): number(name, 0) for name in names}


def private_folder(path: Path) -> Path:
    """Make the folder where it is missing, readable by its owner alone."""
    if not path.exists():
        path.mkdir(parents=True, mode=0o700)
        path.chmod(0o700)
    return path


def secret_key(folder: Path) -> str:
    """AIGOV_SECRET_KEY, or the key kept in `secret-key` of the folder, which is made at the first start."""
    key = text("AIGOV_SECRET_KEY") or kept_key(folder / "secret-key")
    if len(key) < 50 or len(set(key)) < 5 or key.startswith("django-insecure-"):
        raise ImproperlyConfigured(
            "The secret key is too weak: AIGOV_SECRET_KEY needs 50 or more random characters. "
            "Leave it unset to have one made and kept in the data folder."
        )
    return key


def kept_key(path: Path) -> str:
    """The key in the file, made once; two processes that start together agree on one, because link() never replaces."""
    if not path.exists():
        draft = path.with_name(f".{path.name}-{os.getpid()}-{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64) + "\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def mail_server(address: str) -> tuple[str, int, str, str, bool]:
    """Host, port, user, password and whether TLS stands from the first byte, out of smtp://user:password@host:port."""
    parts = urlsplit(address)
    tls = parts.scheme == "smtps"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return parts.hostname or "", parts.port or (465 if tls else 587), user, password, tls
