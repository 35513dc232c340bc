"""Backups: a consistent copy of the database with all uploads, and the way back, both checked by hash and by history.

A backup is a folder: manifest.json, the database (`database.sqlite3` or `database.dump`), `files/` by hash. The secret
key is not in it: whoever holds a backup cannot forge sessions or read second factors.
"""

from annotations.services.backups.manifest import Manifest
from annotations.services.backups.restoring import restore
from annotations.services.backups.saving import save

__all__ = ["Manifest", "restore", "save"]
