"""Log lines as JSON, one a line: control characters in a path or a name arrive escaped and cannot forge a second
line."""

import json
import logging
from datetime import UTC, datetime


class JsonLine(logging.Formatter):
    """time, level, logger, message and, where there is one, the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of ASCII."""
        fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        return json.dumps(fields)
