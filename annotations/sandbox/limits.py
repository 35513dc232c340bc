"""What the reading of one file may cost; the numbers are those of rules/limits.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotations.rules.limits import LIMITS

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one reading. Bytes, seconds. The child process keeps all but `upload`, which is checked before."""

    upload: int = LIMITS["upload_bytes"].default  # bytes of the file
    memory: int = LIMITS["reader_memory"].default  # address space of the child
    cpu: int = LIMITS["reader_cpu_seconds"].default  # seconds of processor time
    wall: float = float(LIMITS["reader_seconds"].default)  # seconds by the clock
    files: int = 32  # open files
    output: int = LIMITS["reader_output"].default  # bytes of the answer
    reading: Mapping[str, int] = field(default_factory=dict)  # by name in the table, where it is not the default
