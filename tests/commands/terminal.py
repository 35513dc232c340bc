"""manage.py in a process and a data folder of its own, for commands that replace or copy the database file itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def environment(data: Path, **more: str) -> dict[str, str]:
    found = {**os.environ, "AIGOV_DATA": str(data), "DJANGO_SETTINGS_MODULE": "aigov.settings", **more}
    if "DATABASE_URL" not in more:
        found.pop("DATABASE_URL", None)
    return found


def manage(data: Path, *words: object, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "manage.py"), *map(str, words)]
    return subprocess.run(
        command, env=environment(data, **more), cwd=ROOT, capture_output=True, text=True, timeout=300
    )  # fmt: skip


def python(data: Path, code: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run code after django.setup()."""
    command = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
    return subprocess.run(
        command, env=environment(data, **more), cwd=ROOT, capture_output=True, text=True, timeout=300
    )  # fmt: skip
