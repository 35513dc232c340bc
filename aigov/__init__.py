"""The project: settings, URLs, servers. Importing it puts a sound SQLite in place before Django loads one.

SQLite before 3.51.3 can lose a commit in WAL mode (the "WAL-reset bug", sqlite.org/wal.html), and Debian's Python
links such a version. pysqlite3 is the standard module built with a sound library, so it takes the name `sqlite3`
where it is installed; where it is not, aigov/checks.py judges the version found.
"""

import importlib
import sys


def use_sound_sqlite() -> None:
    """Let `import sqlite3` mean pysqlite3 wherever that is installed."""
    try:
        module = importlib.import_module("pysqlite3")
    except ImportError:  # no wheel for this platform: the version check decides
        return
    sys.modules["sqlite3"] = module
    sys.modules["sqlite3.dbapi2"] = importlib.import_module("pysqlite3.dbapi2")


use_sound_sqlite()
